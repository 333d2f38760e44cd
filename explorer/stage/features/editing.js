// Typing numbers into X, K and dY. The text goes to the host as it is; what it means is decided there.

import { between } from "../geometry.js";
import { exists } from "../links.js";
import { masked, sceneOf, sceneWithCanvas } from "../state.js";
import { beginsNumber } from "../typing.js";

export function listenToEdits({ store, picture, host, isFocusByPointer, tell, signal }) {
  const listen = (type, act) => picture.node.addEventListener(type, act, { signal });
  const editableAt = (target) => {
    const grid = picture.gridAt(target);
    return grid?.isEditable ? grid : undefined;
  };

  /** Begin to edit a cell, with its number or with what has been typed. */
  function edit(grid, box, text) {
    const { editing } = store.state;
    if (!box || editing?.box === box) return;
    if (editing) commit();
    const scene = sceneOf(store.state);
    const row = Number(box.dataset.row);
    const column = Number(box.dataset.column);
    const name = grid.kind.nameAt(scene, row, column);
    if (grid.kind.editAt(scene, row, column) === null) return;
    const value = grid.kind.values(sceneWithCanvas(store.state))[row * grid.columns + column];
    if (!exists(store.state.links, name) || masked(store.state)(name)) return;
    const begun = { grid: grid.name, box, value, scene };
    store.set({ editing: begun, isPlaying: false, isBubbleShown: false });
    box.readOnly = false;
    box.classList.add("editing");
    box.value = text ?? String(value);
    box.focus();
    if (text === undefined) box.select();
  }
  function leave() {
    const { box } = store.state.editing;
    box.readOnly = true;
    box.classList.remove("editing");
    store.set({ editing: null });
  }
  function commit() {
    const { grid: name, box, value, scene } = store.state.editing;
    const text = box.value;
    if (text !== String(value)) put(picture.grids.get(name), box, scene, text);
    leave();
  }
  /** Send a cell's text, or a block from that cell on. */
  function put({ kind }, { dataset }, scene, text) {
    const at = kind.editAt(scene, Number(dataset.row), Number(dataset.column));
    if (at === null) return;
    host.send("edit", { grid: kind.edits, at, text });
    tell("edited", { grid: kind.edits, at, text });
  }

  listen("dblclick", (event) => {
    const grid = editableAt(event.target);
    const at = grid?.at(event);
    if (at) edit(grid, grid.box(...at));
  });
  listen("focusout", (event) => store.state.editing?.box === event.target && commit());

  listen("paste", (event) => {
    const grid = editableAt(event.target);
    const box = event.target.closest("input.cell");
    const text = event.clipboardData.getData("text/plain");
    const isOneNumber = !/[\t\n]/.test(text.trim());
    const isIntoCell = store.state.editing && isOneNumber; // one number goes into the cell being edited
    if (!grid || !box || !text.trim() || isIntoCell) return;
    event.preventDefault();
    if (store.state.editing) leave();
    put(grid, box, sceneOf(store.state), text.replace(/[\r\n]+$/, "")); // an empty last cell is kept: it is refused
  });
  listen("keydown", (event) => {
    const grid = editableAt(event.target);
    const box = event.target.closest("input.cell");
    if (!grid || !box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = store.state.editing?.box === box ? keyWhileEditing : keyThatEdits;
    if (!act(grid, box, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function keyThatEdits(grid, box, { key }) {
    const isTyped = beginsNumber(key, isFocusByPointer());
    if (!isTyped && key !== "Enter" && key !== "F2") return false;
    edit(grid, box, isTyped ? key : undefined);
    return true;
  }

  /** Enter and the arrows end the edit and go on to a neighbour; Tab goes to the next cell, but not out of the grid. */
  function keyWhileEditing(grid, box, { key, shiftKey }) {
    if (key === "Escape") {
      leave();
      return true;
    }
    const row = Number(box.dataset.row);
    const column = Number(box.dataset.column);
    const sign = shiftKey ? -1 : 1;
    const down = { Enter: sign, ArrowDown: 1, ArrowUp: -1 }[key];
    const below = down && between(0, row + down, grid.rows - 1) * grid.columns + column;
    const next = key === "Tab" ? row * grid.columns + column + sign : below;
    if (!grid.cells[next]) return false;
    commit(); // this may make the cells anew: the picture is not laid out while one is edited
    (grid.cells[next] ?? grid.layer).focus(); // cells that are too small now are none
    return true;
  }
}
