// What every page needs: the switch between light and dark.
const order = ["auto", "light", "dark"];
const labels = { auto: "跟随系统", light: "浅色", dark: "深色" };
const button = document.getElementById("theme");

function current() {
  return document.documentElement.dataset.theme ?? "auto";
}

function show() {
  button.textContent = labels[current()];
}

if (button) {
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(current()) + 1) % order.length];
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* holds for this page only */ }
    show();
  });
  show();
}

for (const form of document.querySelectorAll("form[data-at-once]")) {
  for (const field of form.querySelectorAll("select")) field.addEventListener("change", () => form.requestSubmit());
}
