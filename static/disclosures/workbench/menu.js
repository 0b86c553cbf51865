// A menu at the pointer or the chosen cell: arrows, Enter, Escape.
import { el } from "../dom.js";

let open = null;

export function closeMenu() {
  open?.remove();
  open = null;
}

/** `items`: [label, key hint, what to do]; false ones are left out. */
export function showMenu(x, y, items, giveBack) {
  closeMenu();
  const shown = items.filter(Boolean);
  const buttons = shown.map(([label, hint, run]) => el("button", {
    type: "button", role: "menuitem", tabindex: -1, onclick: () => { closeMenu(); run(); },
  }, el("span", {}, label), hint ? el("kbd", {}, hint) : null));
  open = el("div", { class: "row-menu", role: "menu" }, buttons);
  open.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
    if (event.key === "Escape" || event.key === "Tab") { closeMenu(); giveBack?.(); }
    if (step || ["Escape", "Tab"].includes(event.key)) event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(open);
  const { width, height } = open.getBoundingClientRect();
  open.style.left = `${Math.max(4, Math.min(x, window.innerWidth - width - 4))}px`;
  open.style.top = `${Math.max(4, Math.min(y, window.innerHeight - height - 4))}px`;
  buttons[0]?.focus();
}

document.addEventListener("pointerdown", (event) => { if (open && !open.contains(event.target)) closeMenu(); }, true);
