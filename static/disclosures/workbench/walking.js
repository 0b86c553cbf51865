// Walking in a grid as in Excel: Enter goes down, Home and End along the row, with Ctrl to the corners, a page at a time.

const STEPS = { Enter: 1, Home: 1, End: 1, PageUp: 1, PageDown: 1 };

/** Go where the key says; whether it was one of ours. With Shift the selection grows (Enter: goes up). */
export function walk(grid, event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey || event.isComposing) return false;
  if (control && event.key.toLowerCase() === "a") { choose(grid, [0, 0], [rowsOf(grid).length - 1, columnsOf(grid).length - 1]); return true; }
  if (!STEPS[event.key]) return false;
  if (event.key === "Enter") { grid.step(event.shiftKey ? "up" : "down"); return true; }
  const range = grid.table.getRanges()[0];
  if (!range) return false;
  const start = [range.getTopEdge(), range.getLeftEdge()];
  const from = event.shiftKey ? [range.getBottomEdge(), range.getRightEdge()] : start;
  const to = target(grid, from, event.key, control);
  choose(grid, event.shiftKey ? start : to, to);
  return true;
}

const rowsOf = (grid) => grid.table.getRows("active");
const columnsOf = (grid) => grid.table.getColumns();

function target(grid, [row, column], key, control) {
  const [lastRow, lastColumn] = [rowsOf(grid).length - 1, columnsOf(grid).length - 1];
  if (key === "Home") return [control ? 0 : row, 0];
  if (key === "End") return [control ? lastRow : row, lastColumn];
  const page = Math.max(1, grid.pageRows() - 1);
  return [key === "PageDown" ? Math.min(lastRow, row + page) : Math.max(0, row - page), column];
}

function choose(grid, from, to) {
  const cell = ([row, column]) => rowsOf(grid)[row]?.getCell(columnsOf(grid)[column]);
  const [start, end] = [cell(from), cell(to)];
  if (start && end) grid.select(start, end, "nearest");
}
