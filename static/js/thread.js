// Seasoning for the red thread: arrows follow the lines, and the lines of the box that has the focus stand out.
// Without this file Tab goes from box to box in reading order.
"use strict";

function near(box, from, to) {
  const key = box.dataset.key;
  const figure = box.closest("figure");
  return [...figure.querySelectorAll(`path[data-${from}="${key}"]`)]
    .map((line) => figure.querySelector(`a[data-key="${line.dataset[to]}"]`))
    .filter(Boolean);
}

function beside(box, step) {
  const kind = box.dataset.key.split("-")[0];
  const column = [...box.closest("figure").querySelectorAll(`a[data-key^="${kind}-"]`)];
  return column[column.indexOf(box) + step];
}

const ways = {
  ArrowRight: (box) => near(box, "from", "to")[0],
  ArrowLeft: (box) => near(box, "to", "from")[0],
  ArrowDown: (box) => beside(box, 1),
  ArrowUp: (box) => beside(box, -1),
};

document.addEventListener("keydown", (event) => {
  const box = event.target.closest("a[data-key]");
  const way = ways[event.key];
  if (!box || !way || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = way(box);
  event.preventDefault();
  if (next) next.focus();
});

function light(event) {
  const box = event.target.closest?.("a[data-key]");
  document.querySelectorAll(".thread-figure .lit").forEach((line) => line.classList.remove("lit"));
  if (!box) return;
  const key = box.dataset.key;
  box.closest("figure").querySelectorAll(`path[data-from="${key}"], path[data-to="${key}"]`).forEach((line) => {
    line.classList.add("lit");
  });
}
document.addEventListener("focusin", light);
document.addEventListener("mouseover", light);
