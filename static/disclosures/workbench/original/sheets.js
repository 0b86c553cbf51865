// An Excel file: one sheet at a time as a grid with its letters and numbers, the chosen cell marked.
import { el } from "../../dom.js";
import { choose, isNumber, reveal } from "./choose.js";

const CELL = /^sheet (.+)!([A-Z]*)(\d+)$/s;
const WHOLE = /^sheet (.+)$/s;
const AT_ONCE = 400; // rows drawn together: a sheet may have thousands

const letters = (number) => (number ? letters(Math.floor((number - 1) / 26)) + String.fromCharCode(65 + ((number - 1) % 26)) : "");
const ordinal = (name) => [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** What the lines say of each sheet: its name, its rows by number, how many columns it has. */
function sheetsOf(lines) {
  const sheets = new Map();
  for (const line of lines) {
    const found = CELL.exec(line.source);
    const name = found ? found[1] : WHOLE.exec(line.source)?.[1];
    if (!name) continue;
    if (!sheets.has(name)) sheets.set(name, { name, rows: [], columns: 1 });
    if (!found) continue;
    const sheet = sheets.get(name);
    const cells = new Map();
    (line.cells ?? [line.text]).forEach((text, at) => {
      const column = ordinal(CELL.exec(line.cellSources?.[at] ?? "")?.[2] ?? "") || at + 1;
      cells.set(column, { text, source: line.cellSources?.[at] ?? line.source });
      sheet.columns = Math.max(sheet.columns, column);
    });
    sheet.rows.push({ number: Number(found[3]), source: line.source, cells });
  }
  return [...sheets.values()];
}

export function sheetsView(box, lines, bar) {
  const sheets = sheetsOf(lines);
  const tabs = sheets.map((sheet) => el("button", { type: "button", role: "tab", onclick: () => open(sheet) }, sheet.name));
  const strip = el("div", { class: "sheet-tabs", role: "tablist", "aria-label": "工作表" }, tabs);
  strip.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = (sheets.indexOf(current) + step + sheets.length) % sheets.length;
    open(sheets[at]);
    tabs[at].focus();
  });
  bar.replaceChildren(strip);
  let current = null;
  let body = null;
  let more = null;
  let drawn = 0;
  let marked = { source: null, also: [] };

  function open(sheet) {
    if (current === sheet) return;
    current = sheet;
    drawn = 0;
    body = el("tbody");
    more = el("button", { type: "button", class: "plain", onclick: () => draw(drawn + AT_ONCE) });
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(sheets[at] === sheet));
      tab.tabIndex = sheets[at] === sheet ? 0 : -1;
    });
    tabs[sheets.indexOf(sheet)].scrollIntoView({ block: "nearest", inline: "nearest" });
    const heads = Array.from({ length: sheet.columns }, (_, at) => el("th", { scope: "col" }, letters(at + 1)));
    const table = el("table", { class: "sheet lettered", "aria-label": `工作表“${sheet.name}”` }, el("thead", {}, el("tr", {}, el("th"), heads)), body);
    box.replaceChildren(table, more);
    box.scrollTop = box.scrollLeft = 0;
    draw(AT_ONCE);
  }

  function draw(until) {
    for (const row of current.rows.slice(drawn, until)) body.append(rowOf(row));
    drawn = Math.min(Math.max(until, drawn), current.rows.length);
    more.textContent = `显示其余 ${current.rows.length - drawn} 行`;
    more.hidden = drawn >= current.rows.length;
    mark();
  }

  function rowOf(row) {
    const cells = Array.from({ length: current.columns }, (_, at) => {
      const cell = row.cells.get(at + 1);
      return el("td", { class: isNumber(cell?.text) ? "num" : null, "data-source": cell?.source ?? `sheet ${current.name}!${letters(at + 1)}${row.number}` }, cell?.text ?? "");
    });
    return el("tr", { "data-source": row.source }, el("th", { scope: "row" }, row.number), cells);
  }

  function mark() {
    for (const node of box.querySelectorAll(".here, .also")) node.classList.remove("here", "also");
    for (const node of box.querySelectorAll("[data-source]")) {
      if (marked.also.includes(node.dataset.source)) node.classList.add("also");
      if (node.dataset.source === marked.source) node.classList.add("here");
    }
    return box.querySelector("td.here") ?? box.querySelector("tr.here");
  }

  function show(source, also = []) {
    marked = { source, also };
    const found = CELL.exec(source ?? "");
    const name = found?.[1] ?? WHOLE.exec(source ?? "")?.[1];
    const sheet = sheets.find((one) => one.name === name);
    if (!sheet) { mark(); return; }
    open(sheet);
    const at = found ? sheet.rows.findIndex((row) => row.number === Number(found[3])) : -1;
    if (at >= drawn) draw(at + AT_ONCE);
    const node = mark();
    if (!node) return;
    const column = ordinal(found[2]);
    box.querySelector("thead tr")?.children[column]?.classList.add("here");
    node.closest("tr").firstElementChild.classList.add("here");
    reveal(box, node.getBoundingClientRect(), 30);
  }

  box.addEventListener("click", (event) => {
    const node = event.target.closest("td");
    if (!node || String(window.getSelection())) return;
    show(node.dataset.source);
    choose(node.dataset.source, node.parentElement.dataset.source);
  });
  open(sheets[0]);
  return { show };
}
