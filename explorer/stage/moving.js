// Moves the traced cell by the keyboard, within its grid.

import { nameAt, placeOf } from "./cells.js";
import { between } from "./geometry.js";
import { pinned, tracedName } from "./state.js";

/** Move the traced cell by so many rows and columns, in the grid that has the focus if it shows that cell. */
export function moveTraced({ store, picture }, down, right) {
  const { state } = store;
  const ofStep = () => (state.step ? state.direction.steps.cellName(state.links, state.step) : "");
  const traced = tracedName(state) || ofStep();
  let grid = picture.grids.get(state.focused);
  if (traced && (!grid || nameAt(state, grid, grid.current) !== traced)) {
    const place = placeOf(picture.grids, state, traced);
    if (place) {
      grid = place.grid;
      grid.current = place.at;
    }
  }
  grid ??= [...picture.grids.values()].find(({ kind }) => kind.isCanvas);
  if (!grid) return;
  const [row, column] = grid.current;
  if (traced) grid.current = [between(0, row + down, grid.rows - 1), between(0, column + right, grid.columns - 1)];
  const name = nameAt(state, grid, grid.current);
  if (name) store.set({ ...pinned(name), focused: grid.name });
  if (grid.isEditable && grid.layer.contains(document.activeElement)) grid.box(...grid.current)?.focus();
}

/** Pin the cell that the keyboard is in. */
export function pinFocused({ store, picture }) {
  const grid = picture.grids.get(store.state.focused);
  if (grid) store.set(pinned(nameAt(store.state, grid, grid.current)));
}
