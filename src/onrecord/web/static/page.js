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
  if (button.value === "correct the span" && takeSelected()) return button.click();
  const needs = { "wrong source": "source", "correct the span": "start" }[button.value];
  const field = needs && document.querySelector(`#decide [name="${needs}"]`);
  if (!field) return button.click();
  for (const one of document.querySelectorAll("#decide input:not([type=hidden])")) one.dataset.then = button.value;
  field.focus();
  field.select();
});

// Words selected in the sentence become the span. The ledger counts code points; the browser counts UTF-16 units.
function selected() {
  const sentence = document.querySelector("#decide") && document.querySelector("[data-start]");
  const chosen = window.getSelection();
  if (!sentence || !chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!sentence.contains(range.startContainer) || !sentence.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(sentence, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(sentence.dataset.start) + [...before.toString()].length;
  return [start, start + [...range.toString()].length];
}
function takeSelected() {
  const span = selected();
  if (!span) return false;
  const fields = document.getElementById("decide").elements;
  [fields.start.value, fields.end.value] = span;
  return true;
}
document.addEventListener("selectionchange", takeSelected);

// The day of "as known on" can also be slid through the days of the ledger.
for (const field of document.querySelectorAll("input[type=date][data-last]")) {
  const day = 86400000, first = Date.parse(field.min), last = Date.parse(field.dataset.last);
  if (!(last > first)) continue;
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: Math.round((last - first) / day), className: "slider" });
  slider.value = field.value ? Math.round((Date.parse(field.value) - first) / day) : slider.max;
  slider.setAttribute("aria-label", "As known on, day by day");
  slider.addEventListener("input", () => { field.value = new Date(first + slider.value * day).toISOString().slice(0, 10); });
  slider.addEventListener("change", () => field.form.requestSubmit());
  field.after(slider);
}

// Drawing over the timeline chooses its days, for the map and the list too. Each bar begins with its day in words for readers of the screen.
function brush(chart) {
  const drawing = chart.contentDocument && chart.contentDocument.querySelector("svg");
  const form = document.querySelector("form.ask");
  if (!drawing || !form) return;
  const shade = chart.contentDocument.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ y: 0, height: "100%", fill: "#0b57a4", "fill-opacity": 0.15, "pointer-events": "none" })) shade.setAttribute(name, value);
  let from = null;
  const x = (event) => drawing.createSVGPoint && new DOMPoint(event.clientX, 0).matrixTransform(drawing.getScreenCTM().inverse()).x;
  drawing.addEventListener("pointerdown", (event) => { from = event; drawing.setPointerCapture(event.pointerId); drawing.append(shade); event.preventDefault(); });
  drawing.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [a, b] = [x(from), x(event)].sort((one, other) => one - other);
    shade.setAttribute("x", a);
    shade.setAttribute("width", b - a);
  });
  drawing.addEventListener("pointerup", (event) => {
    if (!from) return;
    const [left, right] = [from.clientX, event.clientX].sort((one, other) => one - other);
    from = null;
    shade.remove();
    const bars = [...drawing.querySelectorAll("[aria-label]")].filter((bar) => /^\d{4}-\d\d-\d\d: /.test(bar.getAttribute("aria-label")));
    const days = bars.filter((bar) => { const box = bar.getBoundingClientRect(); return box.right >= left && box.left <= right; }).map((bar) => bar.getAttribute("aria-label").slice(0, 10)).sort();
    if (!days.length) return;
    form.elements.since.value = days[0];
    form.elements.until.value = days[days.length - 1];
    form.requestSubmit();
  });
}
for (const chart of document.querySelectorAll("object.brush")) {
  chart.addEventListener("load", () => brush(chart));
  if (chart.contentDocument && chart.contentDocument.readyState === "complete") brush(chart);
}
