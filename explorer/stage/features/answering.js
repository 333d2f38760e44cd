// A cell that the host masks asks: whoever clicks it, or presses Enter in it, can type what it holds. A lesson hears
// the answer.

import { nameAt } from "../cells.js";
import { element } from "../dom.js";
import { isPickable } from "../picking.js";
import { asked } from "../state.js";

export function listenToAnswers({ store, picture, texts, tell, signal }) {
  const listen = (type, act) => picture.node.addEventListener(type, act, { signal });

  /** Open a field over a masked cell. */
  function ask(grid, [row, column]) {
    const name = nameAt(store.state, grid, [row, column]);
    if (!name || !asked(store.state)(name) || isPickable(store.state, name)) return;
    const field = grid.layer.parentElement.appendChild(element("input", "answer"));
    field.setAttribute("aria-label", texts.stage.answer);
    const { width, height, across } = grid;
    const place = { top: row * height, left: column * across, width, height };
    for (const [property, length] of Object.entries(place)) field.style[property] = `${length}px`;
    const close = () => field.remove();
    field.onblur = close;
    field.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && field.value.trim()) tell("answered", { cell: name, text: field.value.trim() });
      if (event.key === "Enter" || event.key === "Escape") grid.layer.focus();
    };
    field.focus();
  }

  // What was asked of another document, or is no longer hidden, is asked no more.
  store.subscribe(({ document, mask }, before) => {
    if (!before || (document === before.document && mask === before.mask)) return;
    for (const field of picture.node.querySelectorAll("input.answer")) field.remove();
  });
  listen("click", (event) => {
    const grid = picture.gridAt(event.target);
    const at = grid?.at(event);
    if (at) ask(grid, at);
  });
  listen("keydown", (event) => {
    const grid = picture.gridAt(event.target);
    if (grid && event.key === "Enter") ask(grid, grid.current);
  });
}
