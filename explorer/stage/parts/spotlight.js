// A spotlight on the traced cell: all else is dimmed. It lies over everything and takes no pointer.

import { placeOf } from "../cells.js";
import { element } from "../dom.js";
import { tracedName } from "../state.js";

const LEAST_RADIUS = 34, AROUND = 0.95; // px, and of a cell's larger side

/** Appends the light; returns what draws it from the state and its scene, once the picture is drawn. */
export function createSpotlight({ root, picture }) {
  const light = root.appendChild(element("div", "spotlight"));
  light.hidden = true;

  return function draw(state) {
    const place = state.isSpotlit ? placeOf(picture.grids, state, nameOf(state)) : undefined;
    light.hidden = place === undefined;
    root.classList.toggle("spotlit", place !== undefined);
    if (!place) return;
    const { grid, at: [row, column] } = place, { left, top } = grid.layer.getBoundingClientRect();
    const lengths = {
      "--x": left + column * grid.across + grid.width / 2,
      "--y": top + (row + 0.5) * grid.height,
      "--radius": Math.max(LEAST_RADIUS, Math.max(grid.width, grid.height) * AROUND),
    };
    for (const [name, px] of Object.entries(lengths)) light.style.setProperty(name, `${px}px`);
  };
}

/** The cell that is traced, else the one that the step is about; empty where there is none. */
function nameOf(state) {
  const { step, direction, links } = state;
  return tracedName(state) || (step ? direction.steps.cellName(links, step) : "");
}
