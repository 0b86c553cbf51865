// When a schedule is due: only the fields of the chosen form are shown. Without scripts all of them are.
const every = document.querySelector("#timing [name=every]");

function show() {
  for (const field of document.querySelectorAll("#timing [data-for]")) {
    field.hidden = !field.dataset.for.split(" ").includes(every.value);
  }
}

every.addEventListener("change", show);
show();
