// The buttons of the workflow, each with what it needs to know and what stands in its way.
import { el, get, post, Refusal } from "../dom.js";
import { ask, cancel, toast } from "./dialog.js";
import { reportItems } from "./reports.js";
import { config, emit, may, url } from "./store.js";

const box = document.getElementById("actions");

const STEPS = [
  ["recheck", "check", "重新核对", recheck],
  ["revise", "revise", "启动修订", () => sure("启动修订", "系统复制这一版成为新的一版，在新版上修改，再走一遍审核。", "revise")],
  ["recall", "recall", "撤回提交", () => sure("撤回提交", "撤回后可以继续修改，审核人员不再看到它。", "recall")],
  ["withdraw", "withdraw", "撤回公开", () => worded("撤回公开", "撤回的原因，记入历史。", "withdraw", "reason")],
  ["return", "return", "退回修改", () => worded("退回修改", "请写明要改什么，经办人员会看到。", "return", "remark")],
  ["sign_off", "sign_off", "登记审查签发", signOff],
  ["generate_final", "final_file", "生成定稿", generateFinal],
  ["final_file", "final_file", "上传定稿", finalFile],
  ["publish", "publish", "公开", () => sure("公开", "公开后形成快照，任何人都能看到，内容不能再改。", "publish"), "primary"],
  ["approve", "approve", "审核通过", () => sure("审核通过", "通过后登记保密审查和领导签发，上传定稿，即可公开。", "approve"), "primary"],
  ["submit", "submit", "提交审核", submit, "primary"],
];

/** What comes next of an approved disclosure: signing, the final file, publication. */
const NEXT = config.state !== "approved" ? null : !config.signed ? "sign_off" : !config.hasFinal ? "generate_final" : "publish";

export function drawSteps() {
  box.replaceChildren(...STEPS.filter(([, act]) => may(act)).map(([name, , label, run, kind]) => {
    const isPrimary = NEXT ? name === NEXT : kind === "primary";
    const waits = name === "publish" && NEXT !== "publish" ? (config.signed ? "还没有定稿" : "还没有登记保密审查和领导签发") : null;
    return el("button", { type: "button", class: isPrimary ? "primary" : "", "data-step": name, title: waits, onclick: run }, label);
  }));
  if (may("export")) box.append(exportMenu());
  box.append(el("button", { type: "button", class: "plain", title: "快捷键（?）", "aria-label": "快捷键", onclick: () => emit("keys") }, "?"));
  if (config.state === "published") box.prepend(el("a", { class: "button", href: `/published/${config.id}/` }, "看公开页"));
}

const FORMATS = [["docx", "Word", "整份公开文本，按公文版式"], ["xlsx", "Excel", "每张表一个工作表，可以再导入"], ["csv", "CSV", "每张表一个文件，压缩包"], ["json", "JSON", "供其他系统读取"]];

/** The formats to take the disclosure away in; a click elsewhere or Esc closes the list. */
function exportMenu() {
  const links = FORMATS.map(([form, label, hint]) => el("a", { href: url(`export/${form}/`), onclick: () => { menu.open = false; toast(`正在生成 ${label}，完成后浏览器会下载`); } }, el("b", {}, label), el("small", {}, hint)));
  const menu = el("details", { class: "menu", id: "export-menu" }, el("summary", { class: "button" }, "导出"), el("div", {}, el("div", { class: "menu-head" }, "整份文本"), links, reportItems(() => { menu.open = false; })));
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape" && menu.open) { event.stopPropagation(); menu.open = false; menu.firstChild.focus(); } });
  return menu;
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
    await finalFileKept(answer);
  });
}

async function finalFileKept({ accepted, differences }) {
  if (accepted) { window.location.reload(); return; }
  await ask("定稿与通过审核的数据不一致", el("ul", { class: "plain-findings scroll" }, differences.map((text) => el("li", {}, text))), [["cancel", "知道了", "primary"]]);
}

const PAUSE = 800; // milliseconds between two looks at a task

/** The system writes the Word file and reads it back; the task goes on when the dialog is closed. */
async function generateFinal() {
  const { value } = await ask("生成定稿", el("div", {},
    el("p", {}, "系统用通过审核的数据写成一份 Word 定稿：封面、目录、预算报表、情况说明、图表、绩效目标表、名词解释，再读回逐项比对，一致才接受。"),
    el("p", { class: "hint" }, "附件（转发的通知、目录等）只写标题；需要附上原文的，请编好后用“上传定稿”。")), [cancel, ["ok", "生成并比对", "primary"]]);
  if (value !== "ok") return;
  await attempt(async () => {
    const { task } = await post(url("final-file/generate/"));
    const words = el("p", { role: "status" }, "正在写 Word 文件并逐项核对，一般不超过一分钟……");
    let closed = false;
    const waiting = ask("正在生成定稿", el("div", {}, words, el("progress", { class: "whole" }), el("p", { class: "hint" }, "可以关闭这个窗口，完成后在“后台任务”里看结果。")), [["cancel", "在后台继续"]]).then(() => { closed = true; });
    const ended = await endOf(task, words, () => closed);
    if (closed) { await waiting; return; }
    document.getElementById("dialog").close();
    await waiting;
    if (ended.state === "done") await finalFileKept(ended.result);
    else throw new Refusal(409, { message: ended.error || "没有生成定稿，请稍后再试。" });
  });
}

/** The task when it has ended; the words tell while it waits. */
async function endOf(address, words, stopped) {
  for (;;) {
    const task = await get(address);
    if (!task.open || stopped()) return task;
    words.textContent = task.state === "queued" ? "排队中，前面的任务完成后开始……" : `${task.stage || "正在生成"}……`;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
