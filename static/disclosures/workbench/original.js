// The original beside the tables, as its kind of file is shown; the chosen place is marked and scrolled to.
import { el, get } from "../dom.js";
import { flowView } from "./original/flow.js";
import { linesView } from "./original/lines.js";
import { pagesView } from "./original/pages.js";
import { sheetsView } from "./original/sheets.js";
import { config, url } from "./store.js";

const box = document.getElementById("original");
const find = document.getElementById("original-find");
const bar = el("div", { class: "original-bar" });
let lines = [];
let view = null;
let chosen = null;

export async function loadOriginal() {
  if (!config.hasOriginal) {
    box.replaceChildren(el("p", { class: "empty" }, "没有原件：这一版是在系统里修订的。"));
    find.hidden = true;
    return;
  }
  let paged;
  ({ lines, paged } = await get(url("original/")));
  find.hidden = !lines.length;
  if (paged) {
    box.before(bar);
    box.replaceChildren(el("p", { class: "empty" }, "正在打开原件…"));
    openPages(); // the tables need not wait for the pictures
  } else if (isData(lines)) {
    find.hidden = true;
    box.replaceChildren(el("p", { class: "empty" }, "原件是数据文件（JSON），没有版面可以对照；需要时请下载。"));
  } else if (lines.length) view = viewOf(lines[0].source);
  else box.replaceChildren(el("p", { class: "empty" }, "原件没有可以逐行显示的文字，请下载后查看。"));
}

/** A file for programs: its one line is nothing to look at. */
const isData = ([first]) => Boolean(first) && first.source.startsWith("line ") && first.text.trimStart().startsWith("{");

async function openPages() {
  try {
    view = await pagesView(box, lines, bar);
    if (chosen) showSource(...chosen);
  } catch (refusal) {
    bar.remove();
    box.replaceChildren(el("p", { class: "empty" }, refusal.message, " ", el("button", { type: "button", class: "small", onclick: loadOriginal }, "再试一次")));
  }
}

function viewOf(source) {
  if (source.startsWith("line ")) return linesView(box, lines);
  box.closest(".pane").classList.add("gridded");
  if (!source.startsWith("sheet ")) return flowView(box, lines);
  box.before(bar);
  return sheetsView(box, lines, bar);
}

/** Mark the place of a source, and further ones more quietly. */
export function showSource(source, also = []) {
  chosen = [source, also];
  view?.show(source, also.filter(Boolean));
}

let found = -1;
find.addEventListener("keydown", (event) => {
  const wanted = find.value.trim();
  if (event.key !== "Enter" || !wanted) return;
  event.preventDefault();
  const order = [...lines.keys()].map((step) => (found + 1 + step) % lines.length);
  const at = order.find((index) => lines[index].text.includes(wanted));
  find.setAttribute("aria-invalid", String(at === undefined));
  if (at === undefined) return;
  found = at;
  const cell = lines[at].cells?.findIndex((text) => text.includes(wanted)) ?? -1;
  showSource(lines[at].cellSources?.[cell] ?? lines[at].source);
});
