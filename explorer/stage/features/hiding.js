// The result is hidden, and whoever clicks a cell of it, or presses Enter in it, reveals that one. It is pinned then,
// so that the picture and the sentence say how it came about.

import { nameAt } from "../cells.js";
import { hiddenCells, withRevealed } from "../hiding.js";
import { pinned } from "../state.js";

export function listenToReveals({ store, picture, signal }) {
  const listen = (type, act) => picture.node.addEventListener(type, act, { signal });

  function reveal(grid, at) {
    const name = nameAt(store.state, grid, at);
    if (store.state.asking) return;
    if (name && hiddenCells(store.state)?.(name)) store.set({ ...withRevealed(store.state, name), ...pinned(name) });
  }
  listen("click", (event) => {
    const grid = picture.gridAt(event.target);
    if (grid) reveal(grid, grid.at(event));
  });
  listen("keydown", (event) => {
    const grid = picture.gridAt(event.target);
    if (grid && event.key === "Enter") reveal(grid, grid.current);
  });
}
