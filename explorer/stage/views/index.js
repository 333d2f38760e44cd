// All views. A new one is a file here and an entry below; its other half is in explorer/views.

import { gather } from "./gather.js";
import { matrix } from "./matrix.js";
import { scatter } from "./scatter.js";

const VIEWS = [scatter, gather, matrix];

export const VIEW_NAMES = VIEWS.map(({ name }) => name);

/** How a document is shown: its view in its direction. */
export const directionOf = ({ view, direction }) => VIEWS.find(({ name }) => name === view)[direction];
