// One side of a table as a grid: keys, typing, pasting a block, copying, markers, live sums.
import { el, placeWords } from "../dom.js";
import { TabulatorFull as Tabulator } from "../../vendor/tabulator/tabulator_esm.min.js";
import { fromScaled, showAmount, toScaled, withinRounding } from "./amounts.js";
import { cellEditor } from "./editor.js";
import { citedPlaces, marksOf } from "./marks.js";
import { showMenu } from "./menu.js";
import { pasteBlock } from "./pasting.js";
import { addRow, removeRows, setLevel } from "./rows.js";
import { save } from "./saving.js";
import { emit, may, state } from "./store.js";
import { unsavedValues } from "./unsaved.js";
import { walk } from "./walking.js";

const STARTS_AMOUNT = /^[-+.\d０-９－．]$/;
const UNSAVED = "还没有保存";

/** The box that scrolls takes the keyboard, so it is the group of rows that those who listen find in the grid. */
function tellRoles(box) {
  box.removeAttribute("aria-owns");
  box.querySelector(".tabulator-tableholder")?.setAttribute("role", "rowgroup");
  box.querySelector(".tabulator-table")?.setAttribute("role", "presentation");
}

export class Grid {
  /**
   * `side` is a side of a part; `box` the element to draw in; `fill`: it takes the whole height;
   * `first`: the keyboard starts in it.
   */
  constructor(part, side, box, { fill, first }) {
    this.part = part;
    this.side = side;
    this.labels = side.labels.map((label) => label.field);
    this.amounts = side.columns.map((column) => column.field);
    this.marks = marksOf(part.key);
    this.cited = citedPlaces();
    this.waiting = unsavedValues();
    this.pending = [];
    this.typed = null;
    this.box = box;
    this.table = new Tabulator(box, {
      data: side.rows.map((row) => ({ ...row.values, place: row.place, row })),
      index: "place",
      height: fill ? "100%" : undefined,
      layout: "fitColumns",
      columns: this.columns(),
      columnDefaults: { headerSort: false, resizable: "header" },
      selectableRange: 1,
      selectableRangeClearCells: may("correct"),
      selectableRangeClearCellsValue: null,
      selectableRangeAutoFocus: false,
      selectableRangeInitializeDefault: first,
      editTriggerEvent: "dblclick",
      clipboard: "copy",
      clipboardCopyRowRange: "range",
      clipboardCopyStyled: false,
      clipboardCopyConfig: { columnHeaders: false, rowHeaders: false, columnGroups: false, columnCalcs: false },
      placeholder: "没有符合条件的行",
      rowFormatter: (row) => row.getElement().classList.toggle("is-total", Boolean(row.getData().row?.total)),
    });
    this.ready = new Promise((resolve) => { this.table.on("tableBuilt", () => { tellRoles(box); this.keepClear(); resolve(); }); });
    this.table.on("cellEdited", (cell) => this.edited(cell));
    this.table.on("rangeChanged", () => this.selected());
    box.addEventListener("keydown", (event) => this.key(event), true);
    box.addEventListener("paste", (event) => this.paste(event));
    box.addEventListener("contextmenu", (event) => this.menu(event));
  }

  columns() {
    const editable = may("correct");
    const labels = this.side.labels.map((label, at) => ({
      title: label.head, field: label.field, frozen: true, cssClass: "label", variableHeight: true,
      minWidth: label.field === "code" ? 84 : 150, widthGrow: label.field === "code" ? 0 : 3, width: label.field === "code" ? 84 : undefined,
      formatter: (cell) => this.drawLabel(cell, at === this.side.labels.length - 1 || this.side.labels.length === 1),
      editor: editable ? cellEditor(this, false) : undefined,
      bottomCalc: at === 0 ? () => "各行相加" : undefined,
    }));
    const amounts = this.side.columns.map((column) => ({
      title: column.head, field: column.field, cssClass: "amount", hozAlign: "right", headerHozAlign: "right", minWidth: 92, widthGrow: 1,
      formatter: (cell) => this.drawAmount(cell),
      editor: editable ? cellEditor(this, true) : undefined,
      bottomCalc: (values, data) => this.sum(column.field, data),
      bottomCalcFormatter: (cell) => this.drawSum(cell, column.field),
    }));
    return [...labels, ...amounts];
  }

  // drawing

  decorate(cell, field) {
    const { row, place } = cell.getData();
    const node = cell.getElement();
    const where = `${place}/${field}`;
    const mark = this.marks.get(where) ?? (this.labels.includes(field) ? this.marks.get(place) : undefined);
    for (const severity of ["error", "warning", "info"]) node.classList.toggle(`has-${severity}`, mark?.severity === severity);
    const corrected = row.corrected[field];
    node.classList.toggle("corrected", Boolean(corrected));
    node.classList.toggle("doubtful", row.sureties[field] === "doubtful");
    node.classList.toggle("inferred", row.sureties[field] === "inferred");
    node.classList.toggle("cited", this.cited.has(where) || (this.labels.includes(field) && this.cited.has(place)));
    node.dataset.place = where;
    const isWaiting = this.waiting.has(where);
    node.classList.toggle("waiting", isWaiting);
    const source = row.sources[field] ?? row.source;
    const hints = [
      isWaiting ? UNSAVED : null,
      corrected ? `读取值：${corrected.read ?? "空白"}（${corrected.by} ${corrected.at} 更正，${corrected.kind}）` : null,
      row.values[field] !== null && row.values[field] !== "" ? `原样：${row.values[field]}` : null,
      source ? placeWords(source) : null,
      row.sureties[field] === "doubtful" ? "存疑，请核对原件" : row.sureties[field] === "inferred" ? "列位由系统推定" : null,
      mark?.message,
    ];
    node.title = hints.filter(Boolean).join("\n");
  }

  drawLabel(cell, indented) {
    const field = cell.getField();
    this.decorate(cell, field);
    if (indented) cell.getElement().classList.add(`depth-${Math.min(cell.getData().row.depth, 3)}`);
    return document.createTextNode(cell.getValue() ?? "");
  }

  drawAmount(cell) {
    this.decorate(cell, cell.getField());
    return document.createTextNode(showAmount(cell.getValue()));
  }

  sum(field, data) {
    const adding = data.filter((item) => item.row?.adds && item[field] !== null);
    return adding.length ? fromScaled(adding.reduce((sum, item) => sum + toScaled(item[field]), 0n)) : null;
  }

  drawSum(cell, field) {
    const value = cell.getValue();
    if (value === null || value === undefined) return "";
    const rows = this.table.getData();
    const grand = rows.find((item) => item.row.grand);
    const node = el("span", {}, showAmount(value));
    if (grand && grand[field] !== null) {
      const n = rows.filter((item) => item.row.adds && item[field] !== null).length;
      const [sum, total] = [toScaled(value), toScaled(grand[field])];
      if (!withinRounding(sum, total, n)) {
        node.className = "differs";
        node.title = `各行相加 ${showAmount(value)}，表上“${grand[this.labels.at(-1)] || grand[this.labels[0]]}” ${showAmount(grand[field])}，相差 ${showAmount(fromScaled(sum - total))}`;
      }
    }
    return node;
  }

  redraw() {
    this.marks = marksOf(this.part.key);
    this.cited = citedPlaces();
    this.waiting = unsavedValues();
    for (const row of this.table.getRows()) row.reformat();
  }

  /** What was typed here and is not saved yet stands in its cell, marked. */
  showUnsaved() {
    for (const [place, value] of this.waiting) this.show(place, value);
  }

  /** Where a cell is scrolled to, it does not hide behind the frozen labels. */
  keepClear() {
    const frozen = this.table.getColumns().filter((column) => this.labels.includes(column.getField()));
    const holder = this.box.querySelector(".tabulator-tableholder");
    if (holder) holder.style.scrollPaddingLeft = `${frozen.reduce((sum, column) => sum + column.getWidth(), 0)}px`;
  }

  // editing

  key(event) {
    if (event.target instanceof HTMLInputElement) return;
    const cell = this.activeCell();
    if (!cell) return;
    if (walk(this, event)) { this.takeKey(event); return; }
    if (!may("correct")) return;
    if (event.ctrlKey && event.shiftKey && ["+", "=", "Add"].includes(event.key)) { this.takeKey(event); this.addRow(true); return; }
    if (event.ctrlKey && ["-", "_", "Subtract"].includes(event.key)) { this.takeKey(event); this.removeRows(); return; }
    if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
      this.takeKey(event);
      const { left, bottom } = cell.getElement().getBoundingClientRect();
      this.openMenu(left, bottom);
      return;
    }
    if (event.key === "F2") { event.preventDefault(); cell.edit(true); return; }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (plain && event.key === "Process") { // an input method begins to write: into the cell
      this.typed = "";
      cell.edit(true);
      return;
    }
    if (plain && this.amounts.includes(cell.getField()) && STARTS_AMOUNT.test(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      this.typed = event.key;
      cell.edit(true);
    }
  }

  /** One cell further, as the arrows go. */
  step(direction) {
    this.table.modules.selectRange.navigate(false, false, direction);
    this.focus();
  }

  focus() { this.box.querySelector(".tabulator-tableholder")?.focus({ preventScroll: true }); }

  /** How many rows are to be seen at once. */
  pageRows() {
    const row = this.box.querySelector(".tabulator-row");
    return row ? Math.floor(this.box.querySelector(".tabulator-tableholder").clientHeight / row.offsetHeight) : 1;
  }

  takeKey(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  // rows

  chosenRows() {
    const range = this.table.getRanges()[0];
    return (range?.getRows() ?? []).map((row) => row.getData().row).filter(Boolean).map((row) => ({ ...row, words: this.labelOf(row) }));
  }

  labelOf(row) {
    return this.labels.map((field) => row.values[field]).filter(Boolean).join(" ");
  }

  headOf(field) {
    return [...this.side.labels, ...this.side.columns].find((one) => one.field === field)?.head ?? "";
  }

  /** A cell in the words printed around it. */
  wordsOf(row, field) { return `${this.labelOf(row) || "（没有名称的行）"} / ${this.headOf(field)}`; }

  /** Where a row that stands before or behind the chosen one would be put: its position in the whole table. */
  addRow(above) {
    const rows = this.chosenRows();
    const row = above ? rows[0] : rows.at(-1);
    const last = this.side.rows.at(-1);
    if (!row) { addRow(this.part, this.side, last ? last.at + 1 : this.part.count, ""); return; }
    addRow(this.part, this.side, above ? row.at : row.at + 1, `在“${row.words || "这一行"}”${above ? "上面" : "下面"}`);
  }

  removeRows() { removeRows(this.part, this.chosenRows()); }

  menu(event) {
    const place = event.target.closest?.("[data-place]")?.dataset.place;
    if (!may("correct") || !place) return;
    event.preventDefault();
    const cell = this.cellAt(place);
    const inRange = this.chosenRows().some((row) => place.startsWith(`${row.place}/`));
    if (cell && !inRange) this.select(cell);
    this.openMenu(event.clientX, event.clientY);
  }

  openMenu(x, y) {
    const [row] = this.chosenRows();
    showMenu(x, y, [
      ["在上面增加一行…", "Ctrl+Shift++", () => this.addRow(true)],
      ["在下面增加一行…", "", () => this.addRow(false)],
      ["删除行", "Ctrl+-", () => this.removeRows()],
      this.part.nests && row ? ["行的性质、所属单位…", "", () => setLevel(this.part, row)] : null,
      ["这一处的历史", "", () => emit("place-history", this.current)],
    ], () => this.focus());
  }

  edited(cell) {
    const value = cell.getValue() ?? null;
    const before = cell.getData().row.values[cell.getField()] ?? null;
    if (value === before) return;
    const words = this.wordsOf(cell.getData().row, cell.getField());
    this.pending.push({ place: `${cell.getData().place}/${cell.getField()}`, value, before, words });
    if (this.pending.length === 1) setTimeout(() => this.flush(), 0);
  }

  flush() {
    const changes = this.pending.splice(0);
    for (const change of changes) this.hold(change.place, change.value);
    save(changes);
  }

  /** Keep a saved (or to be saved) value with its row. */
  hold(where, value) {
    const [row, field] = this.rowOf(where);
    if (!row) return null;
    row.getData().row.values[field] = value;
    return [row, field];
  }

  paste(event) {
    if (event.target instanceof HTMLInputElement || !may("correct")) return;
    event.preventDefault();
    event.stopPropagation();
    pasteBlock(this, event.clipboardData?.getData("text/plain") ?? "");
  }

  show(where, value) {
    const found = this.hold(where, value);
    if (found) found[0].update({ [found[1]]: value });
    return Boolean(found);
  }

  /** Take what the server says a place holds now. */
  take(change) {
    const [row, field] = this.rowOf(change.place);
    if (!row) return false;
    const data = row.getData().row;
    const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
    if (change.corrected) data.corrected[field] = { read: change.read_value, kind: state.kind === "reading" ? "系统读错" : "文本写错", by: "您", at: now };
    else delete data.corrected[field];
    delete data.sureties[field];
    this.show(change.place, change.value);
    row.reformat();
    return true;
  }

  // places

  rowOf(where) {
    const cut = where.lastIndexOf("/");
    const row = this.table.getRows().find((one) => one.getData().place === where.slice(0, cut));
    return row ? [row, where.slice(cut + 1)] : [null, ""];
  }

  cellAt(where) {
    const [row, field] = this.rowOf(where);
    if (row && (this.labels.includes(field) || this.amounts.includes(field))) return row.getCell(field);
    const whole = this.table.getRows().find((one) => one.getData().place === where);
    return whole ? whole.getCell(this.labels[0]) : null;
  }

  /** Row and column where the selection begins. */
  edges() {
    const range = this.table.getRanges()[0];
    return range ? [range.getTopEdge(), range.getLeftEdge()] : [0, 0];
  }

  /** The cell in that row and column, or in the last row there is. */
  cellNear([row, column]) {
    const rows = this.table.getRows("active");
    return rows.length ? rows[Math.min(row, rows.length - 1)].getCell(this.table.getColumns()[column]) : null;
  }

  /** The values of the row at a place, by field; null where there is no such row. */
  valuesAt(where) {
    const row = this.table.getRows().find((one) => one.getData().place === where);
    return row ? Object.fromEntries(this.labels.map((field) => [field, row.getData().row.values[field]])) : null;
  }

  editCited() {
    const cell = this.activeCell();
    if (!cell || !may("correct") || !cell.getElement().classList.contains("cited")) return;
    (cell.getField() === "code" ? cell.getRow().getCell("name") : cell).edit(true);
  }

  /** Choose a cell, or the block from one to another. */
  async select(cell, to = cell, where = "center") {
    await this.table.scrollToRow(to.getRow(), where, false).catch(() => undefined);
    const [range] = this.table.getRanges();
    if (range) range.setBounds(cell, to); else this.table.addRange(cell, to);
    to.getElement().scrollIntoView({ block: "nearest", inline: "nearest" });
    this.focus();
    this.selected();
  }

  activeCell() {
    const bounds = this.table.getRanges()[0]?.getBounds();
    return bounds?.start ? (bounds.start.getComponent?.() ?? bounds.start) : null;
  }

  selected() {
    const cell = this.activeCell();
    if (!cell || !cell.getData().row) return;
    const { row, place } = cell.getData();
    const field = cell.getField();
    this.current = `${place}/${field}`;
    emit("cell", {
      grid: this, place: `${place}/${field}`, label: row.values[this.labels.at(-1)] || row.values[this.labels[0]], field,
      head: this.headOf(field),
      value: row.values[field], source: row.sources[field] ?? row.source, corrected: row.corrected[field] ?? null,
      surety: row.sureties[field] ?? "sure", isAmount: this.amounts.includes(field),
    });
  }

  filter(name) {
    const marked = (row) => [...this.marks.keys()].some((where) => where === row.place || where.startsWith(`${row.place}/`));
    const tests = {
      findings: ({ row }) => marked(row),
      doubtful: ({ row }) => Object.values(row.sureties).includes("doubtful"),
      corrected: ({ row }) => Object.keys(row.corrected).length > 0,
    };
    if (tests[name]) this.table.setFilter(tests[name]); else this.table.clearFilter();
  }

  destroy() { this.table.destroy(); }
}
