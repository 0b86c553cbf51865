// What goes on paper: the grids as plain tables with all their rows and columns; the screen shows only what is in view.
import { el } from "../dom.js";
import { showAmount } from "./amounts.js";

/** `sides` gives the sides of the open table as they stand, none where something else is open. */
export function startPrinting(content, sides) {
  let paper = null;
  const stop = () => { paper?.remove(); paper = null; };
  window.addEventListener("beforeprint", () => {
    stop();
    const tables = sides();
    if (!tables.length) return;
    paper = el("div", { class: "paper" }, tables.map(plain));
    content.append(paper);
  });
  window.addEventListener("afterprint", stop);
}

function plain({ title, labels, columns, rows }) {
  const heads = [...labels.map(({ head }) => el("th", { scope: "col" }, head)), ...columns.map(({ head }) => el("th", { scope: "col", class: "amount" }, head))];
  return el("table", {}, title ? el("caption", {}, title) : null, el("thead", {}, el("tr", {}, heads)),
    el("tbody", {}, rows.map((row) => el("tr", { class: row.total ? "total" : "" },
      labels.map(({ field }, at) => el("td", { class: at === labels.length - 1 ? `in-${Math.min(row.depth, 3)}` : "" }, row.values[field] ?? "")),
      columns.map(({ field }) => el("td", { class: "amount" }, showAmount(row.values[field])))))));
}
