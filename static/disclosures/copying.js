// Copies a table as Excel and WeChat take it: columns by tabs, lines by line breaks.
for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const rows = [...document.getElementById(button.dataset.copy).rows];
    const text = rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()).join("\t")).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = `已复制 ${rows.length - 1} 行`;
    } catch {
      button.textContent = "浏览器不允许复制，请导出 Excel";
    }
    window.setTimeout(() => { button.textContent = label; }, 3000);
  });
}
