// What a page can do besides links: hovering an assertion lights its words and the other way round; single keys decide.
"use strict";

function light(names, on) {
  for (const name of names) {
    for (const element of document.querySelectorAll(`[data-name~="${CSS.escape(name)}"]`)) element.classList.toggle("lit", on);
  }
}

function hover(event, on) {
  const element = event.target instanceof Element ? event.target.closest("[data-name]") : null;
  if (element) light(element.dataset.name.split(" "), on);
}
document.addEventListener("mouseover", (event) => hover(event, true));
document.addEventListener("mouseout", (event) => hover(event, false));
document.addEventListener("focusin", (event) => hover(event, true));
document.addEventListener("focusout", (event) => hover(event, false));

document.addEventListener("click", (event) => {
  const mark = event.target instanceof Element ? event.target.closest("mark[data-name]") : null;
  if (!mark) return;
  const note = document.getElementById(mark.dataset.name.split(" ").pop());
  if (note) note.scrollIntoView({ block: "center" });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) {
    const field = event.target;
    if (event.key === "Enter" && field.dataset.then) {
      event.preventDefault();
      document.querySelector(`button[value="${field.dataset.then}"]`).click();
    } else if (event.key === "Escape") field.blur();
    return;
  }
  const help = document.getElementById("help");
  if (!help || help.open) return;
  if (event.key === "?") return help.showModal();
  if (event.key === "u") {
    const last = document.querySelector("[data-undo]");
    if (last) last.click();
    return;
  }
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  const needs = { "wrong source": "source", "correct the span": "start" }[button.value];
  const field = needs && document.querySelector(`#decide [name="${needs}"]`);
  if (!field) return button.click();
  for (const one of document.querySelectorAll("#decide input:not([type=hidden])")) one.dataset.then = button.value;
  field.focus();
  field.select();
});
