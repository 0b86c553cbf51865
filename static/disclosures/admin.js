// The lists that search while one types have a box of their own: it takes the name of its field.
function nameThem() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const name = (label?.textContent ?? select.getAttribute("aria-label") ?? "").trim().replace(/[：:]$/, "");
    const box = select.nextElementSibling;
    if (!name || !box?.matches(".select2")) continue;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox]")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", name);
    }
  }
}

window.django?.jQuery?.(nameThem); // after the boxes were made
window.addEventListener("load", nameThem);
document.addEventListener("formset:added", () => setTimeout(nameThem));
document.addEventListener("change", () => setTimeout(nameThem));
