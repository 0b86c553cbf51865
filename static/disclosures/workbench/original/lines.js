// A text file, line by line as its editor numbers them.
import { el } from "../../dom.js";
import { choose, reveal } from "./choose.js";

export function linesView(box, lines) {
  const items = lines.map((line) => el("li", {}, el("span", {}, line.text)));
  const numbers = new Map(lines.map((line, at) => [line.source, at]));
  const list = el("ol", {}, items);
  list.addEventListener("click", (event) => {
    const at = items.indexOf(event.target.closest("li"));
    if (at < 0 || String(window.getSelection())) return;
    show(lines[at].source);
    choose(lines[at].source);
  });
  box.replaceChildren(list);

  function show(source, also = []) {
    for (const item of box.querySelectorAll(".here, .also")) item.classList.remove("here", "also");
    for (const other of also) items[numbers.get(other)]?.classList.add("also");
    const item = items[numbers.get(source)];
    if (!item) return;
    item.classList.add("here");
    reveal(box, item.getBoundingClientRect());
  }
  return { show };
}
