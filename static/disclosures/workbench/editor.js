// Typing into a cell of a grid, as in Excel: Enter goes down, Tab right; begun by typing, the arrows go on as well.
import { el } from "../dom.js";
import { parseAmount } from "./amounts.js";
import { toast } from "./dialog.js";

const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

/** The editor of a column; the grid says in `typed` what the cell was begun with, null where it is to be changed. */
export function cellEditor(grid, isAmount) {
  return (cell, onRendered, success, cancel) => {
    const before = cell.getValue() ?? "";
    const input = el("input", { type: "text", "aria-label": "单元格", inputmode: isAmount ? "decimal" : "text" });
    const typed = grid.typed !== null;
    const isBegun = grid.typed === ""; // by an input method, which has put nothing in yet
    input.value = grid.typed ?? before;
    grid.typed = null;
    onRendered(() => {
      input.focus({ preventScroll: true });
      if (typed) input.setSelectionRange(input.value.length, input.value.length); else input.select();
    });
    let done = false;
    const finish = (move) => {
      if (done) return;
      done = true;
      const value = isAmount ? parseAmount(input.value) : input.value.trim();
      if (value === undefined) { toast(`“${input.value}”不是金额，没有改动`); cancel(); } else if ((value ?? "") === before || (isBegun && !input.value)) cancel(); else success(value);
      if (move) setTimeout(() => grid.step(move), 0);
    };
    input.addEventListener("blur", () => finish());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const move = { Enter: event.shiftKey ? "up" : "down", Tab: event.shiftKey ? "left" : "right" }[event.key] ?? (typed ? ARROWS[event.key] : null);
      if (move) { finish(move); event.preventDefault(); }
      if (event.key === "Escape") { done = true; cancel(); grid.focus(); }
      event.stopPropagation();
    });
    return input;
  };
}
