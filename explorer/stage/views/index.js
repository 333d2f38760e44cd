// All views. A new one is a file here and an entry below; its other half is in explorer/views.

import { gather } from "./gather.js";
import { matrix } from "./matrix.js";
import { scatter } from "./scatter.js";

const VIEWS = [scatter, gather, matrix];

export const VIEW_NAMES = VIEWS.map(({ name }) => name);

/** The backward directions told as the ordinary convolution of V, which they are too. */
const CONVOLUTIONS = new Map(VIEWS.map(({ name, backward }) => [
  name,
  { ...backward, letters: { input: "X", output: "V" }, modes: ["convolution", ...backward.modes] },
]));

/** How a document is shown: its view in its direction. */
export function directionOf({ view, direction, told_as: toldAs }) {
  if (toldAs === "convolution") return CONVOLUTIONS.get(view);
  return VIEWS.find(({ name }) => name === view)[direction];
}
