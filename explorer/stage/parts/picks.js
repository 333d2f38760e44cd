// The cells of a grid that are chosen as an answer, and how they were marked: a frame each, with a sign; and what they
// say to those who do not see them.

import { times } from "../geometry.js";
import { titlesOf } from "../naming.js";
import { isPickable, pickedKinds } from "../picking.js";

let made = 0; // stages on this page: each names its cells

/** Returns what gives the boxes of a grid's chosen cells and of the keyboard's cursor, as `grid.mark` takes them. */
export function createPicks(texts) {
  const words = texts.stage.picking, prefix = `pick-${++made}`;

  return function picksIn(state, scene, grid) {
    const { picking, marked } = state;
    if (picking === null && marked === null) return undress(grid);
    const kinds = pickedKinds(state);
    const cells = times(grid.rows * grid.columns, (index) => {
      const row = Math.floor(index / grid.columns), column = index % grid.columns;
      const name = grid.kind.nameAt(scene, row, column);
      return { row, column, name, kind: kinds.get(name), isOwn: isPickable(state, name) };
    });
    const isOpen = cells.some(({ isOwn }) => isOwn);
    dress(grid, state, cells, isOpen);
    const boxes = cells.filter(({ kind }) => kind).map(({ row, column, kind }) => boxAt(row, column, `pick ${kind}`));
    const hasCursor = isOpen && state.cursor !== "" && state.focused === grid.name;
    return [...boxes, ...(hasCursor ? [boxAt(...grid.current, "cursor")] : [])];
  };

  /** What the grid and its cells are for those who do not see them. */
  function dress(grid, state, cells, isOpen) {
    const { layer } = grid, titleOf = titlesOf(state, texts);
    grid.isDressed = true;
    layer.classList.toggle("picks", isOpen);
    if (!grid.cells.length) return;
    const active = isOpen ? (grid.box(...grid.current)?.id ?? null) : null;
    const role = isOpen ? "grid" : "table";
    set(layer, { role, "aria-multiselectable": isOpen || null, "aria-activedescendant": active });
    grid.cells.forEach((box, index) => {
      const { name, kind, isOwn } = cells[index];
      box.id = `${prefix}-${grid.name}-${index}`;
      const said = [titleOf(name), box.textContent, words[kind]].filter(Boolean);
      const label = isOwn || kind ? said.join(texts.joints.list) : null;
      const selected = isOwn ? kind === "chosen" : null;
      set(box, { role: isOpen ? "gridcell" : "cell", "aria-selected": selected, "aria-label": label });
    });
  }
}

const boxAt = (row, column, className) => ({ className, row, column, height: 1, width: 1 });

/** A grid as it is without any of it. */
function undress(grid) {
  if (!grid.isDressed) return [];
  grid.isDressed = false;
  grid.layer.classList.remove("picks");
  set(grid.layer, { "aria-multiselectable": null, "aria-activedescendant": null });
  if (!grid.cells.length || grid.isEditable) return [];
  grid.layer.setAttribute("role", "table");
  for (const box of grid.cells) set(box, { role: "cell", "aria-selected": null, "aria-label": null });
  return [];
}

/** Set attributes; null takes one away. */
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, String(value));
  }
}
