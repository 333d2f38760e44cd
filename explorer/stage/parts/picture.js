// The picture: which grids stand where, what is in them, and what is marked.

import { placeOf } from "../cells.js";
import { element } from "../dom.js";
import { createFilling } from "./filling.js";
import { createLayout } from "./layout.js";

/** Appends the picture; returns its node, its grids, and what draws it. */
export function createPicture(context) {
  const { root, texts, host } = context;
  const node = root.appendChild(element("div", "picture"));
  const grids = new Map();
  /** The grid whose cells a node is among. */
  const gridAt = (target) => grids.get(target?.closest?.(".layer")?.dataset.grid);
  const layOut = createLayout({ ...context, node, grids, gridAt });
  const filling = createFilling({ node, grids, texts, host });

  return {
    node,
    grids,
    gridAt,
    layOut(state) {
      if (layOut(state)) filling.forget();
    },
    draw(state, scene, marked, isMasked) {
      filling.draw(state, scene, isMasked);
      const pin = state.pin ? placeOf(grids, state, state.pin) : undefined;
      for (const grid of grids.values()) markGrid(grid, scene, marked, isMasked, pin?.grid === grid ? pin.at : null);
    },
    /** A number that grows with each change of the numbers, colours and places. */
    version: filling.version,
    dispose: () => grids.forEach((grid) => grid.dispose()),
  };
}

/** Outline a grid's marked cells, and scroll a long one to the first of them. A masked cell's corner would tell. */
function markGrid(grid, scene, marked, isMasked, pin) {
  const { kind, columns } = grid;
  const list = marked?.marks.get(kind.role) ?? [];
  const frames = marked?.frames.get(kind.role) ?? [];
  const cellOf = ({ index }) => [Math.floor(index / columns), index % columns];
  const isHidden = (one) => one.corner !== undefined && isMasked(kind.nameAt(scene, ...cellOf(one)));
  grid.mark(list.map((one) => (isHidden(one) ? { ...one, corner: null } : one)), frames, pin);
  const isLong = kind.isMatrix || kind.role.startsWith("vec_");
  if (!scene.traced || !isLong || !list.length) return;
  const [row, column] = cellOf(list[0]);
  grid.reveal(frames[0]?.row ?? row, frames[0]?.column ?? column);
}
