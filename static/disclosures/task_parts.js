// What every page that shows background tasks has in common: the bar, the buttons, asking how far they are.
import { el, post } from "./dom.js";

export const POLL = 700; // milliseconds between two questions while something is open

const PER_CENT = ["import", "quick_check"]; // kinds that count hundredths and tell pages in their stage

/** A progress bar, 0 to 100. */
export function bar(percent, label) {
  const inner = el("i");
  inner.style.width = `${percent}%`;
  return el("div", { class: "bar", role: "progressbar", "aria-valuenow": Math.round(percent), "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": label }, inner);
}

/** What a task is doing now, in words. */
export function nowWords(task) {
  if (task.cancelling) return "正在取消…";
  const count = task.total > 1 && !PER_CENT.includes(task.kind) ? ` ${task.done} / ${task.total}` : "";
  return task.open ? `${task.stage || task.stateWords}${task.state === "running" ? count : ""}` : task.stateWords;
}

/** Buttons to cancel and retry; `changed(task)` is called with the new state, refusals appear beside the button. */
export function buttons(task, changed) {
  const button = (words, address) => el("button", {
    class: "small", type: "button", "aria-label": `${words} ${task.name}`,
    onclick: async (event) => {
      const pressed = event.target;
      pressed.disabled = true;
      try { changed(await post(address)); } catch (refusal) {
        pressed.disabled = false;
        pressed.after(el("span", { class: "hint", role: "alert" }, refusal.message));
      }
    },
  }, words);
  return [
    task.mayCancel ? button("取消", task.addresses.cancel) : null,
    task.mayRetry ? button("重试", task.addresses.retry) : null,
  ];
}
