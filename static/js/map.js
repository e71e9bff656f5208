// Seasoning for the tile map: arrow keys move between squares, so that the map is one stop for the Tab key.
"use strict";

document.querySelectorAll("svg.tiles").forEach((map) => {
  const tiles = new Map([...map.querySelectorAll("a[data-at]")].map((tile) => [tile.dataset.at, tile]));
  const place = (tile) => tile.dataset.at.split(",").map(Number);
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  // The nearest square in the direction: straight ahead counts most, a step aside counts double.
  function next(from, [down, right]) {
    const [row, col] = place(from);
    let best = null;
    let least = Infinity;
    tiles.forEach((tile) => {
      const [otherRow, otherCol] = place(tile);
      const ahead = (otherRow - row) * down + (otherCol - col) * right;
      const aside = Math.abs((otherRow - row) * right) + Math.abs((otherCol - col) * down);
      if (ahead > 0 && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = tile;
      }
    });
    return best;
  }

  map.addEventListener("keydown", (event) => {
    const tile = event.target.closest("a[data-at]");
    const move = moves[event.key];
    if (!tile || !move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const other = next(tile, move);
    if (other) other.focus();
  });
  // Listened for outside the drawing: a drawing that listens for focus becomes a stop for the Tab key itself.
  map.parentElement.addEventListener("focusin", (event) => {
    const tile = event.target.closest("a[data-at]");
    if (!tile) return;
    map.querySelectorAll('a[tabindex="0"]').forEach((stop) => stop.setAttribute("tabindex", "-1"));
    tile.setAttribute("tabindex", "0");
    const told = document.getElementById("map-told");
    if (told) told.textContent = tile.querySelector("title").textContent;
  });
  map.addEventListener("pointerover", (event) => {
    const tile = event.target.closest("a[data-at]");
    const told = document.getElementById("map-told");
    if (tile && told) told.textContent = tile.querySelector("title").textContent;
  });
});
