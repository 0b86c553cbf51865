// Sets the chosen theme before the page is drawn. The admin keeps its choice under the same name.
(() => {
  let chosen = null;
  try { chosen = localStorage.getItem("theme"); } catch { /* storage switched off: the system's choice holds */ }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
})();
