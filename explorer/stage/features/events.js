// Tells a page what happens on the stage, by events of its element that bubble:
//   tconv-stepped {step}    tconv-traced {cell}    tconv-pinned {cell}
//   tconv-edited {grid, at, text}    tconv-answered {cell, text}, the last two from their own features.

import { tracedName } from "../state.js";

/** Returns what ends it. */
export function tellEvents({ store, tell }) {
  return store.subscribe((state, before) => {
    if (before === null) return;
    if (state.step !== before.step) tell("stepped", { step: state.step });
    if (tracedName(state) !== tracedName(before)) tell("traced", { cell: tracedName(state) });
    if (state.pin !== before.pin) tell("pinned", { cell: state.pin });
  });
}
