// What was read of a file, in words: the result of an import and of a quick check.
import { el, placeWords } from "./dom.js";

/** `address` is that of the workbench, where there is one: what is doubtful then links to its cell. */
export function readingParts(result, address = "") {
  const link = (words, where) => (address && where ? el("a", { href: `${address}#${encodeURIComponent(where)}` }, words) : words);
  const parts = [el("div", {}, `读到 ${result.tables} 张表 ${result.rows} 行、${result.sections} 节说明、${result.targets} 张绩效目标表。`)];
  if (result.missing?.length) parts.push(el("div", {}, `没有读到：${result.missing.join("、")}`));
  if (result.others_total) {
    parts.push(details(`没有认出的表格 ${result.others_total} 张${address ? "，请在工作台认定或删去" : ""}`,
      result.others.map((title) => link(title, "others")), result.others_total));
  }
  if (result.doubtful_total) {
    parts.push(details(`存疑 ${result.doubtful_total} 处，请对照原件`,
      result.doubtful.map((item) => [link(item.place, item.where), `（${placeWords(item.source)}）`]), result.doubtful_total));
  }
  if (result.notes_total) {
    parts.push(details(`读取提示 ${result.notes_total} 条`,
      result.notes.map((note) => note.message + (note.source ? `（${placeWords(note.source)}）` : "")), result.notes_total));
  }
  return parts;
}

function details(title, lines, total) {
  const items = lines.map((line) => el("li", {}, line));
  if (total > lines.length) items.push(el("li", {}, `…… 其余 ${total - lines.length} 处见工作台`));
  return el("details", {}, el("summary", {}, title), el("ul", {}, items));
}
