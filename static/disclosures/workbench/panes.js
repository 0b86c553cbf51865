// Panes that can be dragged and closed; their widths are remembered in this browser.
const KEY = "workbench-panes";
const MIN = 160;

function remembered() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
}

function remember(name, what) {
  try { localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [name]: { ...remembered()[name], ...what } })); } catch { /* for this visit only */ }
}

/** `changed` is called when widths changed. */
export function startPanes(changed) {
  for (const splitter of document.querySelectorAll(".splitter")) {
    const name = splitter.dataset.for;
    const pane = document.getElementById(`pane-${name}`);
    const sign = name === "original" ? 1 : -1;
    const open = document.querySelector(`.open[data-pane="${name}"]`);
    const most = () => Math.round(window.innerWidth * 0.6);
    const tell = () => {
      const width = Math.round(pane.getBoundingClientRect().width);
      for (const [key, value] of [["min", MIN], ["max", most()], ["now", width]]) splitter.setAttribute(`aria-value${key}`, value);
    };
    const set = (width) => { pane.style.width = `${Math.max(MIN, Math.min(width, most()))}px`; tell(); };
    const close = (closed) => { pane.hidden = splitter.hidden = closed; open.hidden = !closed; tell(); changed(); };
    const before = remembered()[name] ?? {};
    if (before.width) set(before.width);
    close(before.closed === true);
    const toggle = (closed) => { close(closed); remember(name, { closed }); };
    document.querySelector(`.close[data-pane="${name}"]`).addEventListener("click", () => toggle(true));
    open.addEventListener("click", () => toggle(false));
    splitter.addEventListener("pointerdown", (event) => {
      const from = pane.getBoundingClientRect().width;
      splitter.setPointerCapture(event.pointerId);
      splitter.classList.add("dragging");
      const move = (moved) => set(from + sign * (moved.clientX - event.clientX));
      const stop = () => {
        splitter.removeEventListener("pointermove", move);
        splitter.classList.remove("dragging");
        remember(name, { width: pane.getBoundingClientRect().width });
        changed();
      };
      splitter.addEventListener("pointermove", move);
      splitter.addEventListener("pointerup", stop, { once: true });
    });
    splitter.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -24, ArrowRight: 24 }[event.key];
      if (!step) return;
      event.preventDefault();
      set(pane.getBoundingClientRect().width + sign * step);
      remember(name, { width: pane.getBoundingClientRect().width });
      changed();
    });
  }
}
