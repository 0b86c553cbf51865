// One dialog and one short message at the foot of the window.
import { el } from "../dom.js";
import { emit } from "./store.js";

const dialog = document.getElementById("dialog");
const toastBox = document.getElementById("toast");
let timer = null;

/** Say a sentence; with `undoable` its button takes back what was just done. */
export function toast(text, undoable = false) {
  const hide = () => toastBox.classList.remove("shown");
  const button = el("button", { type: "button", class: "small", onclick: () => { hide(); emit("undo"); } }, "撤销");
  toastBox.replaceChildren(text, ...(undoable ? [button] : []));
  toastBox.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(hide, undoable ? 9000 : 4200);
}

/** Show a dialog; resolves with the value of the pressed button (null when dismissed) and the form's data. */
export function ask(title, content, buttons) {
  return new Promise((resolve) => {
    const form = el("form", { method: "dialog" },
      el("h2", { id: "dialog-title" }, title), content,
      el("div", { class: "actions" }, buttons.map(([value, label, kind, skip]) =>
        el("button", { type: "submit", value, class: kind ?? "", formnovalidate: skip === true }, label))));
    dialog.replaceChildren(form);
    let answered = false;
    form.addEventListener("submit", (event) => {
      answered = true;
      const pressed = event.submitter?.value ?? null;
      resolve({ value: pressed === "cancel" ? null : pressed, data: new FormData(form) });
    });
    form.addEventListener("keydown", (event) => {
      // Enter in a field means the main button, not the first one.
      if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      form.requestSubmit(form.querySelector(".actions button.primary"));
    });
    dialog.addEventListener("close", () => { if (!answered) resolve({ value: null, data: new FormData() }); }, { once: true });
    dialog.showModal();
  });
}

export const cancel = ["cancel", "取消", "", true];
