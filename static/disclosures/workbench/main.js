// The workbench: tabs, panes, keys, and who follows whom when something is selected.
import { el, get, placeWords, severityWords } from "../dom.js";
import { showAmount } from "./amounts.js";
import { ask, toast } from "./dialog.js";
import { drawOthers } from "./others.js";
import { declareNoData, emptyTable } from "./rows.js";
import { startUnsaved } from "./unsaved.js";
import { listed, startFindings } from "./findings.js";
import { drawForms, openForm } from "./forms.js";
import { Grid } from "./grid.js";
import { correctionTable, drawHistory } from "./history.js";
import { findingsOf } from "./marks.js";
import { loadOriginal, showSource } from "./original.js";
import { doubtParts, startDoubts } from "./original/doubts.js";
import { startPanes } from "./panes.js";
import { isOpen, isWriting, lacking, sections } from "./prose.js";
import { startPrinting } from "./printing.js";
import { again, redo, revert, stacks, undo } from "./saving.js";
import { drawSteps } from "./steps.js";
import { chosenFinding, config, emit, holding, loadFindings, may, on, state, takeFindings, url } from "./store.js";

const content = document.getElementById("content");
const cellbar = document.getElementById("cellbar");
const tools = document.getElementById("tools");
const savedBox = document.getElementById("saved");
const tabs = [...document.querySelectorAll("[data-tab]")];
let grids = [];
let part = null;
let filter = "";
let opening = 0;
let activeGrid = null;
let chosenPlace = null;
let reloading = Promise.resolve();

// parts

async function open(key, { force = false } = {}) {
  if (!force && (key === state.part || isWriting())) return;
  const mine = ++opening;
  const held = { side: Math.max(0, grids.indexOf(activeGrid)), at: activeGrid?.edges() ?? [0, 0] };
  let answer;
  try { answer = await get(url(`parts/${key}/`)); } catch (refusal) { toast(refusal.message); return; }
  if (mine !== opening) return; // another tab was opened in the meantime
  const moved = key !== state.part;
  state.part = key;
  state.revision = answer.revision;
  part = answer;
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab.dataset.tab === key));
    tab.tabIndex = tab.dataset.tab === key ? 0 : -1;
  }
  tabs.find((tab) => tab.dataset.tab === key)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  history.replaceState(null, "", `#${key}`);
  markTab(answer);
  if (!moved && isOpen()) return; // what is being written stays; saving it draws everything anew
  await draw();
  if (force && chosenPlace) reselect(chosenPlace, held);
  if (moved) { chosenPlace = null; emit("part"); }
}

/** A tab tells whether its table is there and how much is in it, also after edits. */
function markTab(answer) {
  const tab = tabs.find((one) => one.dataset.tab === state.part);
  const number = answer.others?.length ?? answer.forms?.length;
  if (answer.sides || answer.missing) tab?.classList.toggle("missing", Boolean(answer.missing));
  if (number !== undefined) tab?.querySelector(".number")?.replaceChildren(number ? String(number) : "");
}

/** After the part was loaded anew, the keyboard goes on where it was; where that is gone, on what took its place. */
function reselect(place, { side, at }) {
  for (const grid of grids) {
    const cell = grid.cellAt(place);
    if (cell) { grid.select(cell); return; }
  }
  const cell = grids[side]?.cellNear(at);
  if (cell) grids[side].select(cell);
}

async function draw() {
  for (const grid of grids) grid.destroy();
  grids = [];
  drawNothingChosen();
  content.classList.toggle("may-edit", may("correct"));
  const top = content.scrollTop;
  const held = content.contains(document.activeElement) ? document.activeElement.closest("[data-place]")?.dataset.place : null;
  document.getElementById("part-title").textContent = part.title ?? tabs.find((tab) => tab.dataset.tab === state.part).dataset.label;
  if (part.sides) await drawTable();
  else if (part.forms) drawForms(part, content);
  else if (part.events) drawHistory(part, content);
  else if (part.others) drawOthers(part, content);
  else drawProse();
  drawTools();
  filterTexts();
  content.scrollTop = top;
  if (held && !grids.length) textAt(held)?.focus({ preventScroll: true });
}

const textAt = (place) => [...content.querySelectorAll("[data-place]")].find((node) => node.dataset.place === place);

async function drawTable() {
  if (part.missing || part.noData || !part.count) {
    content.replaceChildren(emptyTable(part, may("correct")));
    return;
  }
  const boxes = part.sides.map((side) => [side, el("div", { class: "grid-box", role: "region", "aria-label": side.title || part.title })]);
  const fill = boxes.length === 1;
  content.replaceChildren(fill ? el("div", { class: "one-grid" }, boxes[0][1])
    : el("div", { class: "sides" }, boxes.map(([side, box]) => el("div", {}, el("h3", {}, side.title), box))));
  if (fill) boxes[0][1].style.height = "100%";
  grids = boxes.map(([side, box], at) => new Grid(part, side, box, { fill, first: at === 0 }));
  await Promise.all(grids.map((grid) => grid.ready));
  for (const grid of grids) {
    grid.filter(filter);
    grid.showUnsaved();
  }
}

function drawProse() {
  const body = el("div", { class: "prose" });
  if (part.cover?.length) body.append(...part.cover.map((line) => el("p", { class: "hint" }, line.text)));
  body.append(...sections(state.part, part.sections));
  body.append(...lacking(part.lacking));
  if (!part.sections.length) body.append(el("p", { class: "empty" }, "没有读到这一部分。"));
  if (part.notes?.length) body.append(el("h3", {}, `读取提示 ${part.notes.length}`), el("ul", {}, part.notes.map((note) => el("li", {}, note.message, note.source ? el("button", { type: "button", class: "plain small", onclick: () => showSource(note.source) }, placeWords(note.source)) : null))));
  if (part.attachments?.length) body.append(el("h3", {}, "附件"), el("ul", {}, part.attachments.map((item) => el("li", {}, item.title))));
  content.replaceChildren(body);
}

function drawTools() {
  if (part.events || part.others || part.missing) { tools.replaceChildren(); return; }
  const select = el("select", { "aria-label": "显示哪些", onchange: () => { filter = select.value; for (const grid of grids) grid.filter(filter); filterTexts(); } },
    [["", part.sides ? "全部行" : "全部内容"], ["findings", "只看有问题"], ["doubtful", "只看存疑"], ["corrected", "只看更正过"]].map(([value, label]) => el("option", { value, selected: value === filter }, label)));
  const rows = part.sides && grids.length && may("correct") ? [
    el("button", { type: "button", class: "small", title: "在选中的行下面增加一行（Ctrl+Shift+加号在上面增加）", onclick: () => (active() ?? grids[0]).addRow(false) }, "＋ 行"),
    el("button", { type: "button", class: "small", title: "删除选中的行（Ctrl+减号）", onclick: () => (active() ?? grids[0]).removeRows() }, "－ 行"),
    el("button", { type: "button", class: "plain small", onclick: () => declareNoData(part) }, "本表无数据")] : [];
  tools.replaceChildren(...rows, part.sides ? el("span", { class: "hint" }, `单位：${part.unit ?? "万元"}`) : "", select);
}

/** The grid in which the chosen cell is. */
const active = () => grids.find((grid) => grid === activeGrid);

const KEEP = { findings: ".has-finding", doubtful: ".doubtful", corrected: ".corrected" };

/** The filter of texts and forms: what bears no such mark is not shown. */
function filterTexts() {
  if (part.sides) return;
  const wanted = KEEP[filter];
  let left = 0;
  for (const node of content.querySelectorAll(".filterable")) {
    node.hidden = Boolean(wanted) && !node.matches(wanted) && !node.querySelector(wanted);
    left += node.hidden ? 0 : 1;
  }
  content.querySelector(".nothing-left")?.remove();
  if (wanted && !left) content.prepend(el("p", { class: "empty nothing-left" }, "没有符合条件的内容。"));
}

// the chosen cell

/** The bar keeps its room, so that nothing moves under the pointer when something is chosen. */
function drawNothingChosen() {
  const hint = may("correct") ? "选中一处，这里显示它在原件的哪里；双击或按回车修改" : "选中一处，这里显示它在原件的哪里";
  cellbar.replaceChildren(...(part.events || part.others || (part.sides && !part.count) ? [] : [el("span", { class: "hint" }, hint)]));
}

function drawCellbar({ place, label, head, value, source, corrected, surety, plainText, isAmount }) {
  const kind = el("select", { "aria-label": "改动属于", onchange: () => { state.kind = kind.value; sessionStorage.setItem("correction-kind", kind.value); } },
    el("option", { value: "document", selected: state.kind === "document" }, "改动属于：文本写错"), el("option", { value: "reading", selected: state.kind === "reading" }, "改动属于：系统读错"));
  const reason = el("input", { type: "text", placeholder: "原因（可不填）", "aria-label": "改动的原因", maxlength: 500, value: state.reason, oninput: () => { state.reason = reason.value; } });
  const parts = [
    el("span", { class: "what" }, el("strong", {}, `${label ?? ""}${head ? ` / ${head}` : ""}`), "　",
      plainText ? "" : (isAmount ? showAmount(value) : value) || "空白",
      source ? el("span", { class: "hint" }, `　${placeWords(source)}`) : null,
      surety === "doubtful" ? el("span", { class: "hint" }, "　存疑") : null,
      corrected ? el("span", { class: "hint" }, `　读取值 ${corrected.read ?? "空白"}，${corrected.by} ${corrected.at} 更正`) : null),
    ...doubtParts(place),
    corrected && may("correct") ? el("button", { type: "button", class: "small", onclick: () => revert(place) }, "恢复读取值") : null,
    el("button", { type: "button", class: "plain small", onclick: () => showPlaceHistory(place) }, "历史"),
    may("correct") ? kind : null, may("correct") ? reason : null];
  cellbar.replaceChildren(...parts.filter(Boolean));
}

async function showPlaceHistory(place) {
  const { history: found } = await get(url(`place-history/?place=${encodeURIComponent(place)}`));
  await ask("这一处的历史", found.length
    ? el("div", { class: "scroll" }, correctionTable(found, { places: false }))
    : el("p", {}, "没有改动过。"), [["cancel", "关闭", "primary"]]);
}

on("place-history", showPlaceHistory);
on("source", (source) => showSource(source));
on("cell", (cell) => {
  activeGrid = cell.grid;
  chosenPlace = cell.place;
  drawCellbar(cell);
  const finding = chosenFinding();
  showSource(cell.source, finding ? finding.evidence.map((item) => item.source) : []);
});
on("text", ({ place, source, corrected, read }) => {
  showSource(source);
  drawCellbar({ place, label: "", source, corrected: corrected?.by ? corrected : corrected ? { read, by: "", at: "" } : null, plainText: true });
});
// going to a place

function tabOf(where) {
  const [head, second] = where.split("/");
  if (/^T\d\d$/.test(head)) return head;
  if (head === "other") return "others";
  if (head === "N") return ["概况", "名词解释"].includes(second) ? "overview" : "narrative";
  return head === "P" || head.startsWith("O") ? "targets" : "overview";
}

async function go({ where, source }) {
  await reloading;
  await open(tabOf(where));
  for (const grid of grids) {
    const cell = grid.cellAt(where);
    if (cell) { await grid.select(cell); return; }
  }
  if (part.forms && openForm(where, part.forms)) drawForms(part, content);
  const text = textAt(where) ?? content.querySelector(".editable.cited");
  text?.scrollIntoView({ block: "center" });
  text?.focus({ preventScroll: true });
  if (source) showSource(source);
}

async function goFinding(id) {
  state.finding = id;
  const finding = chosenFinding();
  if (!finding) return;
  await open(tabOf(finding.where));
  if (!grids.length) {
    if (part.forms) openForm(finding.where, part.forms);
    await draw();
  } else for (const grid of grids) grid.redraw();
  await go({ where: finding.where, source: finding.source });
  emit("choose");
}

/** Open the place of a finding for editing: the cell, or the text it speaks of. */
async function editFinding(id) {
  await goFinding(id);
  if (grids.length) { for (const grid of grids) grid.editCited(); return; }
  content.querySelector(".editable.cited")?.dispatchEvent(new MouseEvent("dblclick"));
}

on("go", go);
on("go-finding", goFinding);
on("edit-finding", editFinding);

// saving

on("saving", () => { savedBox.textContent = "正在保存…"; });
on("saved", ({ savedAt, changed, rearranged }) => {
  savedBox.textContent = `保存于 ${savedAt}`;
  if (rearranged || !grids.length) { reloading = open(state.part, { force: true }); return; }
  const known = changed.every((change) => tabOf(change.place) !== state.part || grids.some((grid) => grid.take(change)));
  if (!known) open(state.part, { force: true }); // a row was renamed, so its places are others
});
on("refused", () => { savedBox.textContent = "没有保存"; open(state.part, { force: true }); });
on("unsaved", () => { savedBox.textContent = "没有保存"; for (const grid of grids) grid.redraw(); });
on("reload", () => { savedBox.textContent = savedBox.textContent.replace("正在保存…", ""); open(state.part, { force: true }); loadFindings(); });
on("answer", (answer) => { savedBox.textContent = ""; takeFindings(answer); });

/** What is found in a part, for its tab. */
const foundIn = (key) => (key === "overview" ? [...findingsOf("overview"), ...findingsOf("doc")] : findingsOf(key));

on("findings", () => {
  for (const grid of grids) grid.redraw();
  if (!grids.length && part && !content.querySelector("textarea, input")) draw();
  for (const tab of tabs) {
    const mine = foundIn(tab.dataset.tab);
    const badge = tab.querySelector(".badge");
    const worst = ["error", "warning", "info"].find((severity) => mine.some((finding) => finding.severity === severity));
    badge.hidden = !mine.length;
    badge.textContent = String(mine.length);
    badge.className = `badge ${worst ?? ""}`;
  }
  const all = holding();
  const words = Object.entries(severityWords).map(([severity, word]) => [all.filter((finding) => finding.severity === severity).length, severity, word]).filter(([number]) => number);
  document.getElementById("totals").replaceChildren(el("span", { class: "sevs" }, words.length ? words.map(([number, severity, word]) => el("span", { class: `sev ${severity}` }, `${number} ${word}`)) : el("span", {}, "没有待处理的问题"),
    state.notChecked.length ? el("span", { class: "hint" }, `${state.notChecked.length} 未核对`) : null));
});

// keys

const KEYS = [["方向键、Tab、回车", "在格子之间走动"], ["Home、End，加 Ctrl", "到行首、行末；到表的左上角、右下角"], ["Ctrl+方向键", "跳到有数的格子的尽头"], ["Shift+方向键、Ctrl+A", "选一块、选整张表"],
  ["直接输入", "改写格子；回车往下、Tab 往右，Esc 放弃"], ["F2、双击", "修改格子里原有的内容"], ["Delete", "清空选中的格子"], ["Ctrl+C、Ctrl+V", "与 Excel 互相复制，可以是一大块"], ["Ctrl+Z、Ctrl+Y", "撤销、重做，已保存的也可以"],
  ["Ctrl+Shift+加号、Ctrl+减号", "在上面增加一行、删除选中的行"], ["右键、Shift+F10", "这一行的菜单"], ["n、p", "下一个、上一个问题"], ["[、]", "上一张、下一张表"], ["?", "这张说明"]];

function showKeys() {
  ask("快捷键", el("dl", { class: "keys" }, KEYS.flatMap(([key, meaning]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, meaning)])), [["cancel", "关闭", "primary"]]);
}

function nextFinding(step) {
  const all = listed().filter((finding) => finding.status !== "waived" && finding.status !== "muted");
  if (!all.length) { toast("这里没有问题"); return; }
  const at = all.findIndex((finding) => finding.id === state.finding);
  goFinding(all[(at + step + all.length) % all.length].id);
}

function nextTab(step) {
  const at = tabs.findIndex((tab) => tab.dataset.tab === state.part);
  open(tabs[(at + step + tabs.length) % tabs.length].dataset.tab);
}

document.addEventListener("keydown", (event) => {
  if (event.target.closest?.("input, textarea, select, dialog") || event.isComposing) return;
  const control = event.ctrlKey || event.metaKey;
  const act = control
    ? { z: event.shiftKey ? redo : undo, y: redo }[event.key.toLowerCase()]
    : !event.altKey && { n: () => nextFinding(1), p: () => nextFinding(-1), "?": showKeys, "[": () => nextTab(-1), "]": () => nextTab(1) }[event.key];
  if (!act || (control && !may("correct"))) return;
  event.preventDefault();
  act();
});
on("keys", showKeys);

// undo and redo, for those who look for buttons

const undoing = { undo: document.getElementById("undo"), redo: document.getElementById("redo") };
function drawUndoing() {
  for (const [name, button] of Object.entries(undoing)) {
    button.hidden = !may("correct");
    button.disabled = !stacks()[name];
  }
}
undoing.undo.addEventListener("click", undo);
undoing.redo.addEventListener("click", redo);
on("undo", undo);
on("stacks", drawUndoing);

for (const tab of tabs) {
  tab.addEventListener("click", () => open(tab.dataset.tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    open(next.dataset.tab);
  });
}
document.getElementById("totals").addEventListener("click", () => emit("show-all"));

// start

drawUndoing();
startPrinting(content, () => (grids.length ? part.sides : []));
startPanes(() => { for (const grid of grids) grid.table.redraw(); });
drawSteps();
startUnsaved(again);
startFindings({ reload: loadFindings, valuesAt: (where) => grids.map((grid) => grid.valuesAt(where)).find(Boolean) ?? null });
await Promise.all([loadFindings(), loadOriginal(), startDoubts()]);
const wanted = decodeURIComponent(window.location.hash.slice(1)); // a tab, or a place in one
const first = tabs.find((tab) => tab.dataset.tab === wanted) ?? tabs.find((tab) => foundIn(tab.dataset.tab).some((finding) => finding.severity === "error")) ?? tabs[0];
if (wanted.includes("/")) await go({ where: wanted });
else await open(first.dataset.tab);
document.body.dataset.ready = "true";
