// One side of a table as a grid: keys, typing, pasting a block, copying, markers, live sums.
import { el, placeWords } from "../dom.js";
import { TabulatorFull as Tabulator } from "../../vendor/tabulator/tabulator_esm.min.js";
import { fromScaled, parseAmount, showAmount, toScaled, withinRounding } from "./amounts.js";
import { toast } from "./dialog.js";
import { citedPlaces, marksOf } from "./marks.js";
import { showMenu } from "./menu.js";
import { addRow, pasteLonger, removeRows, setLevel } from "./rows.js";
import { save } from "./saving.js";
import { emit, may, state } from "./store.js";

const STARTS_AMOUNT = /^[-+.\d０-９－．]$/;

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
    this.ready = new Promise((resolve) => { this.table.on("tableBuilt", () => { tellRoles(box); resolve(); }); });
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
      editor: editable ? this.editor(false) : undefined,
      bottomCalc: at === 0 ? () => "各行相加" : undefined,
    }));
    const amounts = this.side.columns.map((column) => ({
      title: column.head, field: column.field, cssClass: "amount", hozAlign: "right", headerHozAlign: "right", minWidth: 92, widthGrow: 1,
      formatter: (cell) => this.drawAmount(cell),
      editor: editable ? this.editor(true) : undefined,
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
    const source = row.sources[field] ?? row.source;
    const hints = [
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
    for (const row of this.table.getRows()) row.reformat();
  }

  // editing

  editor(isAmount) {
    return (cell, onRendered, success, cancel) => {
      const before = cell.getValue() ?? "";
      const input = el("input", { type: "text", "aria-label": "单元格", inputmode: isAmount ? "decimal" : "text" });
      input.value = this.typed ?? before;
      const typed = this.typed !== null;
      this.typed = null;
      onRendered(() => {
        input.focus({ preventScroll: true });
        if (typed) input.setSelectionRange(input.value.length, input.value.length); else input.select();
      });
      let done = false;
      const finish = (move) => {
        if (done) return;
        done = true;
        const value = isAmount ? parseAmount(input.value) : input.value.trim();
        if (value === undefined) { toast(`“${input.value}”不是金额，没有改动`); cancel(); } else if ((value ?? "") === before) cancel(); else success(value);
        if (move) setTimeout(() => this.table.modules.selectRange.navigate(false, false, move), 0);
      };
      input.addEventListener("blur", () => finish());
      input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (event.key === "Enter") { finish(event.shiftKey ? "up" : "down"); event.preventDefault(); }
        else if (event.key === "Tab") { finish(event.shiftKey ? "left" : "right"); event.preventDefault(); }
        else if (event.key === "Escape") { done = true; cancel(); }
        event.stopPropagation();
      });
      return input;
    };
  }

  key(event) {
    if (event.target instanceof HTMLInputElement || !may("correct")) return;
    const cell = this.activeCell();
    if (!cell) return;
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
    if (plain && this.amounts.includes(cell.getField()) && STARTS_AMOUNT.test(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      this.typed = event.key;
      cell.edit(true);
    }
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
    ], () => this.box.querySelector(".tabulator-tableholder")?.focus({ preventScroll: true }));
  }

  edited(cell) {
    const value = cell.getValue() ?? null;
    const before = cell.getData().row.values[cell.getField()] ?? null;
    if (value === before) return;
    this.pending.push({ place: `${cell.getData().place}/${cell.getField()}`, value, before });
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
    const lines = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const range = this.table.getRanges()[0];
    if (!range) return;
    const rows = this.table.getRows("active").slice(range.getTopEdge());
    const columns = this.table.getColumns().slice(range.getLeftEdge());
    if (lines.some((line) => line.length > columns.length)) {
      toast(`粘贴的内容有 ${Math.max(...lines.map((line) => line.length))} 列，从这一格起只有 ${columns.length} 列，没有改动`);
      return;
    }
    if (lines.length > rows.length && this.table.getFilters().length) { toast("粘贴的内容比筛选出的行多，请先显示全部行"); return; }
    const changes = [];
    const added = [];
    for (const [down, line] of lines.entries()) {
      if (down >= rows.length) added.push({ before: (this.side.rows.at(-1)?.at ?? -1) + 1, values: {} });
      for (const [across, text] of line.entries()) {
        const field = columns[across].getField();
        const value = this.amounts.includes(field) ? parseAmount(text) : text.trim();
        if (value === undefined) { toast(`第 ${down + 1} 行第 ${across + 1} 列“${text}”不是金额，没有粘贴`); return; }
        if (down >= rows.length) { added.at(-1).values[field] = value; continue; }
        const data = rows[down].getData();
        const before = data.row.values[field] ?? null;
        if ((value ?? "") !== (before ?? "")) changes.push({ place: `${data.place}/${field}`, value, before });
      }
    }
    if (added.length) { pasteLonger(this.part, this.side, changes, added); return; }
    if (!changes.length) { toast("粘贴的内容与现有的相同"); return; }
    for (const change of changes) this.show(change.place, change.value);
    save(changes).then((saved) => { if (saved) toast(`已粘贴 ${lines.length} 行，改动 ${changes.length} 个格子；Ctrl+Z 可以撤销`); });
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

  async select(cell) {
    await this.table.scrollToRow(cell.getRow(), "center", false).catch(() => undefined);
    const [range] = this.table.getRanges();
    if (range) range.setBounds(cell, cell); else this.table.addRange(cell, cell);
    cell.getElement().scrollIntoView({ block: "nearest", inline: "nearest" });
    this.box.querySelector(".tabulator-tableholder")?.focus({ preventScroll: true });
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
      head: [...this.side.labels, ...this.side.columns].find((one) => one.field === field)?.head ?? "",
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
