// What a grid is called: its name, its size, a note.

import { element, renew } from "../dom.js";
import { filled, shapeText, speak } from "../language.js";

/** The parts of a title; the name says its channel where the view names channels. */
function partsOf(texts, { name, shape, note }, channel) {
  const named = channel === null ? name : withChannel(name, channel);
  return [speak(texts, named), ...(shape.length ? [shapeText(shape)] : []), ...(note ? [speak(texts, note)] : [])];
}

function withChannel({ key, values }, channel) {
  return { key: key.replace(/^grids\./, "channel_grids."), values: { ...values, channel } };
}

/** Write a title into a grid's caption; `more` is what else stands there, `short` a name in its place. */
export function writeTitle(grid, texts, title, { channel = null, block = "", more = [], short = "" } = {}) {
  const said = short ? { ...title, note: null } : title;
  const [whole, ...rest] = partsOf(texts, said, channel), name = short || whole;
  const note = block ? [element("span", "note", ` · ${block}`)] : [];
  const key = [name, ...rest, block].join(" · ");
  if (grid.title.dataset.text === key) return;
  grid.title.dataset.text = key;
  grid.title.title = texts.grid_help[title.name.key.split(".").at(-1)] ?? "";
  renew(grid.title, element("b", "", name), rest.map((text) => ` · ${text}`).join(""), ...note, ...more);
}

/** The title of a grid that is hidden while something is asked; what tells its size (`isUnsized`) is left out. */
export function askedTitle({ name, shape }, isUnsized) {
  const note = { key: "stage.picking.hidden", values: {} };
  if (!isUnsized) return { name, shape, note };
  const plain = { key: name.key.replace(/(cropped|extended)$/, "output"), values: {} };
  return { name: plain, shape: [], note };
}

export const titleText = (texts, title) => partsOf(texts, title, null).join(" · ");

/** Which block of the whole matrix is shown. */
export function blockText(texts, { channels }, channel, grid) {
  return filled(texts.stage.block, { ci: channel, co: channels.shown[1], size: `${grid.rows}×${grid.columns}` });
}
