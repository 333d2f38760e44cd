// Hover, pin and keyboard focus: which cell is traced.

import { nameAt } from "../cells.js";
import { isPickable } from "../picking.js";
import { pinned } from "../state.js";

export function listenToTracing({ store, picture, signal }) {
  let beforeClick = ""; // the pin before a click, should it become a double-click
  let freed = ""; // the cell just freed by a click: it is not traced again until the pointer leaves it
  const listen = (type, act) => picture.node.addEventListener(type, act, { signal });

  function hover(name) {
    if (store.state.asking) return;
    if (name !== freed) freed = "";
    if ((name === freed && name) || name === store.state.hover) return;
    store.set({ hover: name });
  }

  listen("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const grid = picture.gridAt(event.target);
    hover(grid ? nameAt(store.state, grid, grid.at(event)) : "");
  });
  listen("pointerleave", () => hover(""));

  listen("click", (event) => {
    const grid = picture.gridAt(event.target);
    if (!grid || (store.state.editing && event.target === store.state.editing.box)) return;
    const at = grid.at(event);
    const name = nameAt(store.state, grid, at);
    const { pin } = store.state;
    if (!name || store.state.asking || isPickable(store.state, name)) return;
    grid.current = at;
    // A double-click edits: what was pinned stays.
    if (event.detail >= 2 && grid.isEditable) return store.set(pinned(beforeClick));
    if (event.detail < 2) beforeClick = pin;
    freed = pin === name ? name : "";
    store.set({ ...pinned(freed ? "" : name), focused: grid.name });
  });

  listen("focusin", (event) => {
    const grid = picture.gridAt(event.target);
    if (!grid) return;
    const { row, column } = event.target.dataset;
    const { pin, editing } = store.state;
    if (row !== undefined) grid.current = [Number(row), Number(column)];
    const isByKeyboard = event.target.matches(":focus-visible") && !grid.layer.matches(":hover");
    const traces = !pin && !editing && isByKeyboard;
    store.set({ focused: grid.name, ...(traces ? { hover: nameAt(store.state, grid, grid.current) } : {}) });
  });
  listen("focusout", (event) => {
    const grid = picture.gridAt(event.target);
    if (grid && !grid.layer.matches(":hover")) hover("");
  });
}
