// What the reader was not sure of: what sums leave of it, confirmed or corrected with one press, or all at once.
import { el, get } from "../../dom.js";
import { showAmount } from "../amounts.js";
import { ask, toast } from "../dialog.js";
import { act } from "../saving.js";
import { emit, may, on, url } from "../store.js";

let known = { total: 0, names: 0, readings: [] };
let scanned = false;
let place = null; // that the cell bar speaks of

/** Load once, and again after every save as long as there are doubts. */
export async function startDoubts() {
  on("scanned", () => { scanned = true; drawNote(); });
  on("saved", () => { if (known.total || known.names) load(); });
  on("cell", (cell) => { place = cell.place; });
  await load();
}

async function load() {
  try { known = await get(url("doubts/")); } catch { return; } // a hint less; saving and findings tell what is wrong
  drawNote();
  const shown = document.querySelector(".cellbar .doubt");
  if (shown && place) shown.replaceChildren(...parts(place));
}

/** For the bar over the grid: why the cell is hatched, and what can be done about it. */
export function doubtParts(where) {
  const found = parts(where);
  return found.length ? [el("span", { class: "doubt" }, found)] : [];
}

function parts(where) {
  const found = known.readings.find((one) => one.place === where);
  if (!found) return [];
  const sums = `按 ${found.statements} 处合计关系`;
  if (found.read === found.value) {
    return [el("span", {}, `看不清，${sums}核实无误`), may("correct") ? el("button", { type: "button", class: "small", onclick: () => confirm([where]) }, "确认") : null].filter(Boolean);
  }
  return [el("span", {}, `看不清：读作 ${showAmount(found.read)}，${sums}只能是 ${showAmount(found.value)}`),
    may("correct") ? el("button", { type: "button", class: "small primary", onclick: () => amend(found) }, `改为 ${showAmount(found.value)}`) : null].filter(Boolean);
}

/** The reading of the document was wrong, whatever the box above the grid says. */
const amend = (found) => act({ changes: [{ place: found.place, value: found.value, words: found.words }], kind: "reading", reason: `按 ${found.statements} 处合计关系` });

async function confirm(places) {
  const answer = await act({ confirm: places });
  if (!answer) return;
  emit("reload");
  toast(places.length > 1 ? `已确认 ${answer.changed.length} 处，可以撤销（Ctrl+Z）` : "已确认，可以撤销（Ctrl+Z）");
}

/** In the head of the page: how much of a scan asks for a second look. */
function drawNote() {
  let note = document.getElementById("doubts-note");
  note?.remove();
  if (!known.total && !scanned) return;
  const settled = known.readings.filter((one) => one.read === one.value);
  note = el("span", { class: "doubts-note", id: "doubts-note" },
    noteWords(),
    known.readings.length ? el("button", { type: "button", class: "small", onclick: () => askAll(settled) }, settled.length ? `确认已核实的 ${settled.length} 处…` : `看看只能是什么 ${known.readings.length}…`) : null);
  document.getElementById("saved").before(note);
}

function noteWords() {
  const names = known.names ? `${known.names} 处看不清的名称` : "";
  if (known.total) {
    const amounts = `${known.total} 处看不清的数字`;
    return scanned ? `扫描件识别，请重点核对 ${amounts}${names && `、${names}`}` : `请核对 ${amounts}`;
  }
  return names ? `扫描件识别，数字都看得清，请核对 ${names}` : "扫描件识别，没有看不清的数字";
}

async function askAll(settled) {
  const others = known.readings.filter((one) => one.read !== one.value);
  const go = (one) => el("button", { type: "button", class: "plain small", onclick: (event) => { event.target.closest("dialog").close(); emit("go", { where: one.place }); } }, one.words);
  const table = (items, heads, row) => el("div", { class: "scroll" }, el("table", { class: "list versions" },
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, items.map(row))));
  const mayConfirm = may("correct") && settled.length;
  const content = el("div", {},
    settled.length ? el("p", {}, "这些数字看不清，但与表内其他看得清的数字合得上。确认后不再标为存疑，历史里有记录，可以撤销。") : null,
    settled.length ? table(settled, ["位置", "读作", "合计关系"], (one) => el("tr", {},
      el("td", {}, mayConfirm ? el("input", { type: "checkbox", name: "place", value: one.place, checked: true, "aria-label": `确认 ${one.words}` }) : null, " ", go(one)),
      el("td", { class: "num" }, showAmount(one.read)), el("td", { class: "num" }, `${one.statements} 处`))) : null,
    others.length ? el("h3", { class: "group" }, "读作的数字与合计关系不符，请逐处对照原件") : null,
    others.length ? table(others, ["位置", "读作", "只能是"], (one) => el("tr", {},
      el("td", {}, go(one)), el("td", { class: "num" }, showAmount(one.read)), el("td", { class: "num" }, showAmount(one.value)))) : null);
  const { value, data } = await ask("看不清的数字", content, mayConfirm ? [["cancel", "取消"], ["confirm", "确认选中的", "primary"]] : [["cancel", "关闭", "primary"]]);
  const places = data.getAll("place");
  if (value === "confirm" && places.length) confirm(places);
}
