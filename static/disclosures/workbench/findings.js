// The findings of the disclosure: what is wrong, where, what to do about it.
import { el, post, severityWords } from "../dom.js";
import { ask, cancel, toast } from "./dialog.js";
import { showAmount } from "./amounts.js";
import { save } from "./saving.js";
import { config, emit, may, on, state, takeFindings, url } from "./store.js";

const box = document.getElementById("findings");
const tools = document.getElementById("finding-tools");
const SETTLED = ["waived", "muted"];
const AMOUNT = /^-?\d+(\.\d+)?$/;
const MOST_SIDES = 6; // places shown of a finding; a sum may have dozens
const shown = { scope: "part", severity: "" };
let page = { reload: async () => {}, valuesAt: () => null };

/** `reload` asks for the findings again; `valuesAt` gives the labels of a row of the open table. */
export function startFindings(hooks) {
  page = hooks;
  const scope = el("select", { "aria-label": "哪些问题", onchange: () => { shown.scope = scope.value; draw(); } },
    el("option", { value: "part" }, "本页"), el("option", { value: "all" }, "全部"));
  const severity = el("select", { "aria-label": "程度", onchange: () => { shown.severity = severity.value; draw(); } },
    el("option", { value: "" }, "各种程度"), Object.entries(severityWords).map(([key, word]) => el("option", { value: key }, word)));
  tools.replaceChildren(scope, severity);
  on("findings", ({ gone, fresh }) => draw(gone, fresh));
  on("part", () => draw());
  on("choose", () => draw());
  on("show-all", () => { scope.value = shown.scope = "all"; draw(); });
}

/** The findings in the order shown, for the keys n and p. */
export function listed() {
  const here = (finding) => shown.scope === "all" || finding.part === state.part || (finding.part === "doc" && state.part === "overview")
    || finding.evidence.some((item) => item.part === state.part);
  return state.findings.filter((finding) => here(finding) && (!shown.severity || finding.severity === shown.severity));
}

function draw(gone = [], fresh = new Set()) {
  const findings = listed();
  const open = findings.filter((finding) => !SETTLED.includes(finding.status));
  const settled = findings.filter((finding) => SETTLED.includes(finding.status));
  const whole = state.remarks.filter((one) => !one.fingerprint && !one.resolved);
  const parts = whole.length ? [opinions(whole)] : [];
  parts.push(...Object.keys(severityWords).map((severity) => group(severity, open, gone, fresh)));
  if (settled.length) parts.push(el("details", {}, el("summary", { class: "findings-head" }, `已豁免或停用 ${settled.length}`), settled.map((one) => item(one, fresh))));
  if (!findings.length && !gone.length) {
    const elsewhere = state.findings.length - findings.length;
    parts.push(el("p", { class: "empty" }, state.checkedAt ? (elsewhere ? `这里没有问题，其他部分还有 ${elsewhere} 个。` : "没有发现问题。") : "还没有核对过。",
      elsewhere ? el("br") : null, elsewhere ? el("button", { type: "button", class: "small", onclick: () => emit("show-all") }, "看全部") : null));
  }
  if (state.notChecked.length && shown.scope === "all") parts.push(notChecked());
  const at = box.scrollTop;
  box.replaceChildren(...parts.filter(Boolean));
  box.scrollTop = at;
  box.querySelector(".finding.chosen")?.scrollIntoView({ block: "nearest" });
}

/** What was said of the whole: the reviewer's opinion, the clerk's answer. */
function opinions(remarks) {
  return el("section", {}, el("div", { class: "findings-head" }, "意见与答复"),
    remarks.map((remark) => el("div", { class: "finding" }, `${remark.by} ${remark.at}：${remark.text}`,
      remark.place ? el("div", { class: "meta" }, remark.place) : null)),
    may("remark") ? el("div", { class: "finding" }, el("button", { type: "button", class: "small", onclick: () => remark(null) }, "答复")) : null);
}

function group(severity, findings, gone, fresh) {
  const mine = findings.filter((finding) => finding.severity === severity);
  const leaving = gone.filter((finding) => finding.severity === severity);
  if (!mine.length && !leaving.length) return null;
  return el("section", {}, el("div", { class: "findings-head" }, el("span", { class: `sev ${severity}` }, `${severityWords[severity]} ${mine.length}`)),
    leaving.map(solved), mine.map((finding) => item(finding, fresh)));
}

function solved(finding) {
  const node = el("div", { class: "finding" }, el("span", { class: "solved" }, "已解决　"), finding.message);
  node.style.maxHeight = "14em";
  requestAnimationFrame(() => requestAnimationFrame(() => node.classList.add("gone")));
  setTimeout(() => { // the head goes with the last of them
    const group = node.closest("section");
    node.remove();
    if (group && !group.querySelector(".finding")) draw();
  }, 2600);
  return node;
}

function item(finding, fresh) {
  const chosen = finding.id === state.finding;
  const remarks = state.remarks.filter((remark) => remark.fingerprint === finding.fingerprint);
  return el("div", { class: `finding${chosen ? " chosen" : ""}${fresh.has(finding.id) ? " new" : ""}${SETTLED.includes(finding.status) ? " settled" : ""}`, "data-finding": finding.id, "data-rule": finding.rule },
    el("button", { type: "button", class: "main", "aria-pressed": String(chosen), onclick: () => emit("go-finding", finding.id) },
      finding.message,
      el("div", { class: "meta" }, [finding.place, finding.sourceWords, finding.rule].filter(Boolean).join(" · "))),
    said(finding),
    remarks.map((remark) => el("div", { class: "said" }, `${remark.by} ${remark.at} 批注：${remark.text}`)),
    chosen ? detail(finding) : null);
}

function said({ explanation, waiver, status, statusWords }) {
  if (waiver) return el("div", { class: "said" }, `已豁免（${waiver.by}）：${waiver.reason}`);
  if (!explanation) return status === "open" ? null : el("div", { class: "said" }, statusWords);
  return el("div", { class: "said" }, `${explanation.by} 说明（${explanation.decisionWords}）：${explanation.text}`, explanation.answer ? `\n审核答复：${explanation.answer}` : null);
}

const sideOf = (side) => el("li", {}, el("button", { type: "button", onclick: () => emit("go", { where: side.where, source: side.source }) },
  el("span", {}, side.place), el("span", { class: "value" }, showAmount(side.value ?? ""))));

function detail(finding) {
  const sides = [{ where: finding.where, place: finding.place, value: finding.actual, source: finding.source }, ...finding.evidence.filter((one) => one.where !== finding.where)];
  return el("div", {},
    el("ul", { class: "sides-of" }, sides.slice(0, MOST_SIDES).map(sideOf)),
    sides.length > MOST_SIDES ? el("details", { class: "more-sides" }, el("summary", { class: "meta" }, `还有 ${sides.length - MOST_SIDES} 处`), el("ul", { class: "sides-of" }, sides.slice(MOST_SIDES).map(sideOf))) : null,
    finding.expected ? el("div", { class: "meta" }, `应为 ${showAmount(finding.expected)}${finding.difference ? `，相差 ${showAmount(finding.difference)}` : ""}`) : null,
    el("div", { class: "meta", title: finding.basis }, `${finding.ruleTitle}：${finding.ruleStatement}`),
    el("div", { class: "offers" }, offers(finding)));
}

function offers(finding) {
  const button = (label, onclick, kind = "small") => el("button", { type: "button", class: kind, onclick }, label);
  const pending = finding.explanation?.decision === "pending";
  const made = [];
  if (may("correct")) {
    const place = placeToSet(finding);
    if (place) made.push(button(`改为 ${showAmount(finding.expected)}`, () => save([{ place, value: finding.expected, before: finding.actual }]), "small primary"));
    else if (finding.where !== "doc") made.push(button("去修改", () => emit("edit-finding", finding.id)));
  }
  if (may("explain") && finding.status === "open") made.push(button("说明原因", () => settle(finding, "explain", "说明原因", "为什么文本这样写是对的？审核人员会看到。", true)));
  if (may("explain") && pending) made.push(button("收回说明", () => settle(finding, "withdraw-explanation")));
  if (may("decide") && pending) {
    made.push(button("采纳说明", () => settle(finding, "accept", "采纳说明", "采纳后这个问题豁免；数字一变，豁免即失效。可以补充理由。", false), "small primary"));
    made.push(button("不采纳", () => settle(finding, "refuse", "不采纳说明", "请告诉经办人员应该怎么改。", true)));
  }
  if (may("decide") && !pending && finding.status !== "waived") made.push(button("豁免", () => settle(finding, "waive", "豁免这个问题", "理由会记入历史；数字一变，豁免即失效。", true)));
  if (may("decide") && finding.status === "waived") made.push(button("撤销豁免", () => settle(finding, "revoke", "撤销豁免", "撤销的原因", true)));
  if (may("remark")) made.push(button("批注", () => remark(finding)));
  return made;
}

/** Where the expected value would go: the cell itself, or the label of the row that shows the wrong value. */
function placeToSet({ where, actual, expected }) {
  if (!/^T\d\d\//.test(where) || !actual || !expected) return null;
  if (/\/[a-z_]+$/.test(where)) return AMOUNT.test(expected) && AMOUNT.test(actual) ? where : null;
  const field = Object.entries(page.valuesAt(where) ?? {}).find(([, value]) => value === actual)?.[0];
  return field ? `${where}/${field}` : null;
}

async function words(title, hint, required) {
  const { value, data } = await ask(title, el("label", { class: "field" }, el("span", {}, hint),
    el("textarea", { name: "text", rows: 4, required, maxlength: 2000 })), [cancel, ["ok", "确定", "primary"]]);
  return value === "ok" ? String(data.get("text") ?? "").trim() : null;
}

async function settle(finding, act, title, hint, required) {
  const text = title ? await words(title, hint, required) : "";
  if (text === null) return;
  try { takeFindings(await post(`${config.findings}${finding.id}/${act}/`, { text })); } catch (refusal) { toast(refusal.message); }
}

async function remark(finding) {
  const text = await words(finding ? "批注" : "答复", "写给对方看的话，会记入历史。", true);
  if (text === null) return;
  try {
    await post(url("remarks/"), { text, fingerprint: finding?.fingerprint ?? "", place: finding?.where ?? "" });
    await page.reload();
  } catch (refusal) { toast(refusal.message); }
}

function notChecked() {
  return el("details", {}, el("summary", { class: "findings-head" }, `未核对 ${state.notChecked.length} 项`),
    el("ul", { class: "plain-list" }, state.notChecked.map((one) => el("li", {}, `${one.title}：${one.reason}`, el("span", { class: "meta" }, ` ${one.rule}`)))));
}
