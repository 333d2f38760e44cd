// Cells are chosen as an answer: by a click, or by the arrows and Space or Enter. Each choice is told as `tconv-picked`
// {grid, chosen}, and said to those who do not see it.

import { nameAt } from "../cells.js";
import { element } from "../dom.js";
import { filled } from "../language.js";
import { titlesOf } from "../naming.js";
import { isPickable, withToggled } from "../picking.js";

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function listenToPicks({ root, store, picture, texts, tell, signal }) {
  const words = texts.stage.picking;
  const said = root.appendChild(element("div", "unseen"));
  said.setAttribute("role", "status");
  const listen = (type, act) => picture.node.addEventListener(type, act, { signal });
  const nameIn = (grid) => nameAt(store.state, grid, grid.current);

  function toggle(name) {
    if (!isPickable(store.state, name)) return;
    store.set({ ...withToggled(store.state, name), cursor: name });
    const { picking: { grid, chosen } } = store.state, cell = titlesOf(store.state, texts)(name);
    said.textContent = filled(chosen.includes(name) ? words.taken : words.left, { cell, count: chosen.length });
    tell("picked", { grid, chosen });
  }

  listen("click", (event) => {
    const grid = picture.gridAt(event.target), at = grid?.at(event);
    if (!at) return;
    if (store.state.picking?.isOpen) grid.current = at;
    toggle(nameAt(store.state, grid, at));
  });
  listen("keydown", (event) => {
    const grid = picture.gridAt(event.target), { key } = event;
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!grid || hasModifier || !store.state.picking?.isOpen || !isPickable(store.state, nameIn(grid))) return;
    if (ARROWS[key]) move(grid, ...ARROWS[key]);
    else if (key === " " || key === "Enter") toggle(nameIn(grid));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  listen("focusin", (event) => {
    const grid = picture.gridAt(event.target);
    if (grid && store.state.picking?.isOpen) store.set({ focused: grid.name, cursor: nameIn(grid) });
  });
  listen("focusout", () => store.state.cursor && store.set({ cursor: "" }));

  /** The next cell of the grid that can be chosen, so far as there is one in that direction. */
  function move(grid, down, right) {
    let [row, column] = grid.current;
    for (;;) {
      [row, column] = [row + down, column + right];
      if (row < 0 || column < 0 || row >= grid.rows || column >= grid.columns) return;
      const name = nameAt(store.state, grid, [row, column]);
      if (!isPickable(store.state, name)) continue;
      grid.current = [row, column];
      return store.set({ cursor: name });
    }
  }

  store.subscribe(({ marked, picking }, before) => {
    if (picking !== before?.picking && picking === null) said.textContent = "";
    if (!marked || marked === before?.marked) return;
    const count = (kind) => marked[kind]?.length ?? 0;
    said.textContent = filled(words.marked, { right: count("right"), wrong: count("wrong"), missed: count("missed") });
  });
}
