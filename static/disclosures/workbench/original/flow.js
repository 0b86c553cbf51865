// A Word document: its paragraphs and tables in order, the chosen paragraph or cell marked.
import { el, placeWords } from "../../dom.js";
import { choose, isNumber, reveal } from "./choose.js";

const ROW = /^table (\d+) row \d+$/;

export function flowView(box, lines) {
  const nodes = new Map(); // place -> its element
  const body = el("div", { class: "flow" });
  let table = null;
  let number = null;
  for (const line of lines) {
    const row = ROW.exec(line.source);
    if (!row || !line.cells) {
      table = null;
      body.append(placed(el("p", { title: placeWords(line.source) }, line.text), line.source));
      continue;
    }
    if (!table || row[1] !== number) {
      [table, number] = [el("tbody"), row[1]];
      body.append(el("table", { class: "sheet", "aria-label": `第 ${number} 个表格` }, table));
    }
    const cells = line.cells.map((text, at) => placed(el("td", { class: isNumber(text) ? "num" : null }, text), line.cellSources?.[at]));
    table.append(placed(el("tr", { title: placeWords(line.source) }, cells), line.source));
  }
  body.addEventListener("click", (event) => {
    const node = event.target.closest("[data-source]");
    if (!node || String(window.getSelection())) return;
    show(node.dataset.source);
    choose(node.dataset.source, node.closest("tr")?.dataset.source);
  });
  box.replaceChildren(body);

  function placed(node, source) {
    if (source) {
      node.dataset.source = source;
      if (!nodes.has(source)) nodes.set(source, node);
    }
    return node;
  }

  function show(source, also = []) {
    for (const node of box.querySelectorAll(".here, .also")) node.classList.remove("here", "also");
    for (const other of also) nodes.get(other)?.classList.add("also");
    const node = nodes.get(source);
    if (!node) return;
    node.classList.add("here");
    reveal(box, node.getBoundingClientRect());
  }
  return { show };
}
