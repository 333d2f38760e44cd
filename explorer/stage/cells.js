// Which cell of the document stands where in the picture.

import { exists, parseName } from "./links.js";
import { sceneOf } from "./state.js";

/** The name of a grid's cell at [row, column], or empty. */
export function nameAt(state, grid, at) {
  if (!at) return "";
  const name = grid.kind.nameAt(sceneOf(state), ...at);
  return exists(state.links, name) ? name : "";
}

/** Where a traced cell is drawn: {grid, at} in the first grid of its role; undefined where no grid shows it. */
export function placeOf(grids, { links }, name) {
  const { grid: role, at } = parseName(name);
  const find = (wanted) => [...grids.values()].find(({ kind }) => kind.role === wanted);
  const [row, column] = [at[0] % links.inputCells, at[1] % links.outputCells];
  if (role !== "W") return found(find(role), at.slice(-2));
  return find("W") ? found(find("W"), [row, column]) : found(find("WT"), [column, row]);
}
const found = (grid, at) => (grid ? { grid, at } : undefined);
