// A block from the clipboard into a grid: as Excel writes it, one save, and every cell that cannot take its value named.
import { el } from "../dom.js";
import { parseAmount } from "./amounts.js";
import { ask, toast } from "./dialog.js";
import { pasteLonger } from "./rows.js";
import { save } from "./saving.js";

const MOST_NAMED = 50;

/** Lines of cells; a cell in quotation marks may hold line breaks and doubled quotation marks, as Excel writes them. */
export function parseBlock(text) {
  const lines = [[]];
  const cells = /("(?:[^"]|"")*"(?=\t|\r?\n|$)|[^\t\r\n]*)(\t|\r?\n|\r|$)/gy;
  for (let found = cells.exec(text); found; found = cells.exec(text)) {
    const [, cell, end] = found;
    lines.at(-1).push(/^"[^]*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"').replace(/\s*\n\s*/g, "") : cell);
    if (cells.lastIndex >= text.length) {
      if (end === "\t") lines.at(-1).push("");
      break;
    }
    if (end !== "\t") lines.push([]);
  }
  if (/[\r\n]$/.test(text) && lines.at(-1).length === 0) lines.pop();
  return lines;
}

/** A block fills a selection that is a multiple of it, as in Excel: one copied cell fills all the chosen ones. */
function tiled(lines, rows, columns) {
  const [high, wide] = [lines.length, lines[0].length];
  if (lines.some((line) => line.length !== wide) || rows % high || columns % wide) return lines;
  return Array.from({ length: rows }, (_, down) => Array.from({ length: columns }, (_unused, across) => lines[down % high][across % wide]));
}

/** Put a block where the selection of the grid begins. */
export async function pasteBlock(grid, text) {
  const range = grid.table.getRanges()[0];
  if (!range || !text) return;
  const rows = grid.table.getRows("active").slice(range.getTopEdge());
  const columns = grid.table.getColumns().slice(range.getLeftEdge());
  const lines = tiled(parseBlock(text), range.getRows().length, range.getColumns().length);
  const widest = Math.max(...lines.map((line) => line.length));
  if (widest > columns.length) {
    toast(`粘贴的内容有 ${widest} 列，从这一格起只有 ${columns.length} 列，没有改动`);
    return;
  }
  if (lines.length > rows.length && grid.table.getFilters().length) { toast("粘贴的内容比筛选出的行多，请先显示全部行"); return; }
  const { changes, added, problems } = taken(grid, lines, rows, columns);
  if (problems.length) { await refuse(problems); return; }
  if (added.length) { pasteLonger(grid.part, grid.side, changes, added); return; }
  if (!changes.length) { toast("粘贴的内容与现有的相同"); return; }
  for (const change of changes) grid.show(change.place, change.value);
  if (await save(changes)) toast(`已粘贴 ${lines.length} 行，改动 ${changes.length} 个格子`, true);
}

/** What the block changes, what rows it adds, and which of its cells hold no amount where one belongs. */
function taken(grid, lines, rows, columns) {
  const [changes, added, problems] = [[], [], []];
  for (const [down, line] of lines.entries()) {
    const data = rows[down]?.getData();
    if (!data) added.push({ before: (grid.side.rows.at(-1)?.at ?? -1) + 1, values: {} });
    for (const [across, text] of line.entries()) {
      const field = columns[across].getField();
      const value = grid.amounts.includes(field) ? parseAmount(text) : text.trim();
      if (value === undefined) {
        problems.push([data ? grid.wordsOf(data.row, field) : `新增的第 ${added.length} 行 / ${columns[across].getDefinition().title}`, text]);
      } else if (!data) added.at(-1).values[field] = value;
      else {
        const before = data.row.values[field] ?? null;
        if ((value ?? "") !== (before ?? "")) changes.push({ place: `${data.place}/${field}`, value, before, words: grid.wordsOf(data.row, field) });
      }
    }
  }
  return { changes, added, problems };
}

async function refuse(problems) {
  const rows = problems.slice(0, MOST_NAMED).map(([place, text]) => el("tr", {}, el("td", {}, place), el("td", {}, text)));
  await ask("没有粘贴", el("div", {}, el("p", {}, `有 ${problems.length} 处不是金额，整块都没有粘贴。请在 Excel 中改好再复制：`),
    el("div", { class: "scroll" }, el("table", { class: "list" }, el("thead", {}, el("tr", {}, ["位置", "粘贴的内容"].map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, rows))),
    problems.length > MOST_NAMED ? el("p", { class: "hint" }, `还有 ${problems.length - MOST_NAMED} 处。`) : null), [["cancel", "知道了", "primary"]]);
}
