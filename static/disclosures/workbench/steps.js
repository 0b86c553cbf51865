// The buttons of the workflow, each with what it needs to know and what stands in its way.
import { el, post, Refusal } from "../dom.js";
import { ask, cancel, toast } from "./dialog.js";
import { config, emit, may, url } from "./store.js";

const box = document.getElementById("actions");

const STEPS = [
  ["recheck", "check", "重新核对", recheck],
  ["revise", "revise", "启动修订", () => sure("启动修订", "系统复制这一版成为新的一版，在新版上修改，再走一遍审核。", "revise")],
  ["recall", "recall", "撤回提交", () => sure("撤回提交", "撤回后可以继续修改，审核人员不再看到它。", "recall")],
  ["withdraw", "withdraw", "撤回公开", () => worded("撤回公开", "撤回的原因，记入历史。", "withdraw", "reason")],
  ["return", "return", "退回修改", () => worded("退回修改", "请写明要改什么，经办人员会看到。", "return", "remark")],
  ["sign_off", "sign_off", "登记审查签发", signOff],
  ["final_file", "final_file", "上传定稿", finalFile],
  ["publish", "publish", "公开", () => sure("公开", "公开后形成快照，任何人都能看到，内容不能再改。", "publish"), "primary"],
  ["approve", "approve", "审核通过", () => sure("审核通过", "通过后登记保密审查和领导签发，上传定稿，即可公开。", "approve"), "primary"],
  ["submit", "submit", "提交审核", submit, "primary"],
];

export function drawSteps() {
  box.replaceChildren(...STEPS.filter(([, act]) => may(act)).map(([name, , label, run, kind]) => el("button", { type: "button", class: kind ?? "", "data-step": name, onclick: run }, label)));
  box.append(el("button", { type: "button", class: "plain", title: "快捷键（?）", "aria-label": "快捷键", onclick: () => emit("keys") }, "?"));
  if (config.state === "published") box.prepend(el("a", { class: "button", href: `/published/${config.id}/` }, "看公开页"));
}

async function take(act, body = {}) {
  const { url: target } = await post(url(`steps/${act}/`), body);
  window.location.assign(target);
}

async function attempt(work) {
  try { await work(); } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const reasons = refusal.body.reasons ?? [];
    await ask("没有完成", el("div", {}, el("p", {}, refusal.message), el("ul", {}, reasons.map((reason) => el("li", {}, reason)))), [["cancel", "知道了", "primary"]]);
  }
}

async function sure(title, text, act) {
  const { value } = await ask(title, el("p", {}, text), [cancel, ["ok", title, "primary"]]);
  if (value === "ok") await attempt(() => take(act));
}

async function worded(title, hint, act, name) {
  const { value, data } = await ask(title, el("label", { class: "field" }, el("span", {}, hint), el("textarea", { name: "text", rows: 5, required: true })), [cancel, ["ok", title, "primary"]]);
  if (value === "ok") await attempt(() => take(act, { [name]: String(data.get("text")) }));
}

async function recheck() {
  emit("saving");
  try {
    emit("answer", await post(`${config.findings}recheck/`));
    toast("已重新核对");
  } catch (refusal) { toast(refusal.message); }
}

/** First asks what stands in the way; warnings that are not confirmed come back as a list to confirm. */
async function submit() {
  try { await take("submit"); } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { errors = [], warnings = [] } = refusal.body;
    if (errors.length) await blocked(refusal, errors);
    else if (warnings.length) await confirmWarnings(warnings);
    else await ask("没有提交", el("p", {}, refusal.message), [["cancel", "知道了", "primary"]]);
  }
}

function listOf(findings, severity) {
  return el("ul", { class: "plain-findings scroll" }, findings.map((finding) => el("li", {}, el("span", { class: `sev ${severity}` }, ""), finding.message,
    el("button", { type: "submit", value: `go-${finding.id}`, class: "plain small" }, "去看"))));
}

async function blocked(refusal, errors) {
  const { value } = await ask("还不能提交", el("div", {}, el("p", {}, `还有 ${errors.length} 个错误没有改正或说明原因：`), listOf(errors, "error")), [["cancel", "知道了", "primary"]]);
  goTo(value);
}

async function confirmWarnings(warnings) {
  const { value } = await ask("确认后提交", el("div", {}, el("p", {}, `没有未处理的错误。还有 ${warnings.length} 个提醒，请确认文本无误：`), listOf(warnings, "warning")), [cancel, ["ok", "已逐条确认，提交审核", "primary"]]);
  if (value === "ok") await attempt(() => take("submit", { confirmWarnings: true }));
  else goTo(value);
}

function goTo(value) {
  if (value?.startsWith("go-")) emit("go-finding", Number(value.slice(3)));
}

const field = (name, label, type = "text", value = "") => el("label", { class: "field" }, el("span", {}, label), el("input", { name, type, required: true, value, maxlength: 100 }));

async function signOff() {
  const today = new Date().toLocaleDateString("sv");
  const { value, data } = await ask("登记保密审查和领导签发", el("div", {},
    field("secrecyReviewer", "保密审查人"), field("secrecyReviewedOn", "审查日期", "date", today), field("leader", "签发领导"), field("signedOn", "签发日期", "date", today)), [cancel, ["ok", "登记", "primary"]]);
  if (value === "ok") await attempt(() => take("sign_off", Object.fromEntries(data)));
}

async function finalFile() {
  const { value, data } = await ask("上传定稿", el("div", {}, el("p", {}, "系统读回定稿，与通过审核的数据逐项比对，一致才接受；只公开这一份文件。"), el("label", { class: "field" }, el("span", {}, "定稿文件"), el("input", { type: "file", name: "file", required: true }))), [cancel, ["ok", "上传并比对", "primary"]]);
  if (value !== "ok") return;
  await attempt(async () => {
    const answer = await post(url("final-file/"), data);
    if (answer.accepted) { window.location.reload(); return; }
    await ask("定稿与通过审核的数据不一致", el("ul", { class: "plain-findings scroll" }, answer.differences.map((text) => el("li", {}, text))), [["cancel", "知道了", "primary"]]);
  });
}
