// What comes after the layer: a crop of each end for itself, and a bias. Fields beside Y; the picture follows each.

import { button, element } from "../dom.js";
import { between } from "../geometry.js";
import { filled } from "../language.js";

const MARGIN = 8, GAP = 6; // px
const LONGEST = 60; // characters of a number, as explorer/session/commands.py has it
const ENDS = [["top", "bottom"], ["left", "right"]];

/** The cells that a field says: a whole number within its bounds. */
const cellsIn = ({ value, max }) => between(0, Math.round(Number(value)), Number(max));

/** Returns what draws the box, which stands in the stage while it is open. */
export function createAfterwards({ root, texts, store, host, signal, picture }) {
  const words = texts.stage.afterwards;
  const panel = element("div", "afterwards");
  Object.assign(panel.dataset, { testid: "afterwards" });
  panel.popover = "manual";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", words.title);
  let fields = { ends: [], biases: [] }, shown = "";
  const isOpen = () => panel.isConnected;

  function close() {
    store.set({ isAfterwardsOpen: false });
    picture.grids.get("output")?.menu.querySelector("button").focus({ preventScroll: true });
  }
  const sendCrop = () => host.send("crop", { ends: fields.ends.map(cellsIn) });
  const sendBias = () => host.send("bias", { texts: fields.biases.map(({ value }) => value.trim() || "0") });
  function reset() {
    for (const field of [...fields.ends, ...fields.biases]) field.value = "0";
    sendCrop();
    sendBias();
  }

  function fieldOf(label, properties, onChange) {
    const field = Object.assign(element("input"), { autocomplete: "off", ...properties, onchange: onChange });
    const node = element("label", "field", label);
    node.append(field);
    return { node, field };
  }
  function rowOf(name, made) {
    const row = element("div", "fields");
    row.append(element("span", "name", words[name]), ...made.map(({ node }) => node));
    return row;
  }

  /** New fields, for another count of channels. */
  function build({ bias }) {
    const whole = { type: "number", min: 0, step: 1 };
    const ends = ENDS.flat().map((end) => fieldOf(words[end], { ...whole, name: end }, sendCrop));
    const labelOf = (channel) => (bias.length > 1 ? filled(words.of_channel, { channel }) : words.of_all);
    const number = { type: "text", inputMode: "decimal", maxLength: LONGEST };
    const biasOf = (_, channel) => fieldOf(labelOf(channel), { ...number, name: `bias-${channel}` }, sendBias);
    const biases = bias.map(biasOf);
    fields = { ends: ends.map(({ field }) => field), biases: biases.map(({ field }) => field) };
    const head = element("div", "head"), tools = [["", reset, words.reset], [" close", close, texts.stage.close]];
    head.append(element("b", "", words.title), ...tools.map(([name, act, text]) => button(`tool${name}`, act, text)));
    panel.replaceChildren(head, rowOf("crop", ends), rowOf("bias", biases), element("p", "hint", words.hint));
  }

  /** Show what the page says, and how far each end can go. */
  function write({ size, crop, most, bias }) {
    crop.flat().forEach((end, at) => {
      const [axis, side] = [Math.floor(at / 2), at % 2], field = fields.ends[at];
      field.value = end;
      field.max = Math.min(size[axis] - 1 - crop[axis][1 - side], most);
      field.disabled = size[axis] === 1;
    });
    bias.forEach((value, channel) => { fields.biases[channel].value = String(value); });
  }

  /** Left of Y, which it is about; where there is no room, above it; within the window. */
  function place() {
    const grid = picture.grids.get("output");
    if (!grid) return;
    const { left, top } = grid.node.getBoundingClientRect();
    const { clientWidth, clientHeight } = root.ownerDocument.documentElement;
    const [wide, high] = [panel.offsetWidth + GAP, panel.offsetHeight + GAP];
    const isBeside = left - root.getBoundingClientRect().left >= wide;
    const at = isBeside ? [left - wide, top] : [left, top - high];
    const most = [clientWidth - wide, clientHeight - high].map((px) => Math.max(px, MARGIN));
    [panel.style.left, panel.style.top] = at.map((px, axis) => `${between(MARGIN, px, most[axis])}px`);
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }, { signal });
  root.ownerDocument.addEventListener("pointerdown", ({ target }) => {
    if (isOpen() && !panel.contains(target)) store.set({ isAfterwardsOpen: false });
  }, { signal, capture: true });

  return function draw({ document, isAfterwardsOpen, asking }, before) {
    const isWanted = isAfterwardsOpen && document.direction === "forward" && !asking;
    if (!isWanted) {
      panel.remove();
      return;
    }
    const { afterwards } = document, key = String(afterwards.bias.length);
    if (key !== shown) build(afterwards);
    shown = key;
    if (!isOpen() || document !== before?.document) write(afterwards);
    if (isOpen()) return;
    root.append(panel);
    panel.showPopover();
    place();
    fields.ends.find(({ disabled }) => !disabled)?.focus();
  };
}
