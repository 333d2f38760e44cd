// The picture: which grids stand where, what is in them, and what is marked.

import { placeOf } from "../cells.js";
import { element } from "../dom.js";
import { startFor } from "./excerpt.js";
import { createFilling } from "./filling.js";
import { createLayout } from "./layout.js";
import { createPicks } from "./picks.js";

/** Appends the picture; returns its node, its grids, and what draws it. */
export function createPicture(context) {
  const { root, texts, host } = context;
  const node = root.appendChild(element("div", "picture"));
  const grids = new Map();
  /** The grid whose cells a node is among. */
  const gridAt = (target) => grids.get(target?.closest?.(".layer")?.dataset.grid);
  const { layOut, slide, excerpt } = createLayout({ ...context, node, grids, gridAt });
  const filling = createFilling({ node, grids, texts, host });
  const picksIn = createPicks(texts);

  /** Move the excerpt to what is marked in the matrix; whether it moved. Whoever points at it must not lose it. */
  function follow({ excerpt: names }, marked) {
    const whole = grids.get(names?.[0]), part = grids.get(`${names?.[0]}_excerpt`);
    const places = part && marked ? placesIn(whole, marked) : [];
    const isPointedAt = names?.some((name) => grids.get(`${name}_excerpt`)?.layer.matches(":hover"));
    if (!places.length || isPointedAt) return false;
    const before = excerpt.start;
    excerpt.start = startFor(before, part, whole, places);
    return excerpt.start.row !== before.row || excerpt.start.column !== before.column;
  }

  function moveExcerpt(state, scene, isMasked) {
    for (const grid of grids.values()) if (grid.kind.isExcerpt) filling.move(state, scene, grid, isMasked);
  }

  /** The frame around the excerpt in the whole matrix. */
  function frameOf({ name }, { excerpt: names }) {
    const part = name === names?.[0] ? grids.get(`${name}_excerpt`) : undefined;
    return part ? [{ ...excerpt.start, height: part.rows, width: part.columns, kind: "excerpt" }] : [];
  }

  return {
    node,
    grids,
    gridAt,
    layOut(state) {
      if (layOut(state)) filling.forget();
    },
    draw(state, scene, marked, isMasked) {
      slide(scene);
      filling.draw(state, scene, isMasked);
      if (follow(state.direction, marked)) moveExcerpt(state, scene, isMasked);
      const pin = state.pin ? placeOf(grids, state, state.pin) : undefined;
      for (const grid of grids.values()) {
        const frames = frameOf(grid, state.direction), picks = picksIn(state, scene, grid);
        markGrid(grid, scene, marked, isMasked, { frames, pin: pinIn(grid, pin), picks });
      }
    },
    /** A number that grows with each change of the numbers, colours and places. */
    version: filling.version,
    dispose: () => grids.forEach((grid) => grid.dispose()),
  };
}

/** Outline a grid's marked cells. A masked cell's corner would tell. `more` is what is drawn besides. */
function markGrid(grid, scene, marked, isMasked, more) {
  const { kind } = grid, whole = kind.source ?? grid;
  const isHidden = ({ row, column }) => isMasked(kind.nameAt(scene, row, column));
  const within = (box) => (kind.within ? kind.within(grid, box) : box);
  const marks = (marked?.marks.get(kind.role) ?? []).flatMap((mark) => {
    const box = within({ ...cellOf(mark, whole), height: 1, width: 1 });
    if (!box) return [];
    const index = box.row * grid.columns + box.column;
    return [{ ...mark, index, ...(mark.corner !== undefined && isHidden(box) ? { corner: null } : {}) }];
  });
  const frames = (marked?.frames.get(kind.role) ?? []).flatMap((frame) => {
    const box = within({ row: 0, column: 0, height: whole.rows, width: whole.columns, ...frame });
    return box ? [{ ...frame, ...box }] : [];
  });
  grid.mark(marks, [...frames, ...more.frames], more.pin, more.picks);
}

/** [row, column] of the pin in a grid, which may be an excerpt of the one that shows it; else null. */
function pinIn(grid, pin) {
  const { source = grid, within } = grid.kind;
  if (!pin || pin.grid !== source) return null;
  const [row, column] = pin.at;
  const box = within ? within(grid, { row, column, height: 1, width: 1 }) : { row, column };
  return box && [box.row, box.column];
}

const cellOf = ({ index }, { columns }) => ({ row: Math.floor(index / columns), column: index % columns });

/** Where a matrix is marked: its cells; else the row or column that is framed. */
function placesIn(whole, { marks, frames }) {
  const { role } = whole.kind;
  const cells = (marks.get(role) ?? []).map((mark) => cellOf(mark, whole));
  return cells.length ? cells : (frames.get(role) ?? []).map(({ row = 0, column = 0 }) => ({ row, column }));
}
