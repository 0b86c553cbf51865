// The original as numbered lines; the line of the chosen cell is marked and scrolled to.
import { el, get } from "../dom.js";
import { config, emit, url } from "./store.js";

const box = document.getElementById("original");
const find = document.getElementById("original-find");
let items = [];
let lines = [];

export const lineOf = (source) => Number(/^line (\d+)/.exec(source ?? "")?.[1] ?? 0);

export async function loadOriginal() {
  if (!config.hasOriginal) {
    box.replaceChildren(el("p", { class: "empty" }, "没有原件：这一版是在系统里修订的。"));
    return;
  }
  ({ lines } = await get(url("original/")));
  if (!lines.length) {
    box.replaceChildren(el("p", { class: "empty" }, "原件不是文本，请下载后查看。"));
    return;
  }
  items = lines.map((text) => el("li", {}, el("span", {}, text)));
  const list = el("ol", {}, items);
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item && !String(window.getSelection())) emit("line", items.indexOf(item) + 1);
  });
  box.replaceChildren(list);
}

/** Mark the line of a source, and further ones more quietly. */
export function showSource(source, also = []) {
  for (const item of box.querySelectorAll(".here, .also")) item.classList.remove("here", "also");
  for (const other of also) items[lineOf(other) - 1]?.classList.add("also");
  const item = items[lineOf(source) - 1];
  if (!item) return;
  item.classList.add("here");
  const { top, bottom } = item.getBoundingClientRect();
  const view = box.getBoundingClientRect();
  if (top < view.top + 20 || bottom > view.bottom - 20) item.scrollIntoView({ block: "center" });
}

find.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !find.value.trim()) return;
  event.preventDefault();
  const from = items.findIndex((item) => item.classList.contains("here"));
  const order = [...lines.keys()].map((step) => (from + 1 + step) % lines.length);
  const at = order.find((index) => lines[index].includes(find.value.trim()));
  if (at !== undefined) showSource(`line ${at + 1}`);
});
