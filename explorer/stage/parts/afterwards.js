// What comes after the layer: a crop of each end for itself, and a bias. Fields beside Y; the picture follows each of them.

import { button, element } from "../dom.js";
import { between } from "../geometry.js";
import { filled } from "../language.js";

const MARGIN = 8, GAP = 6; // px
const ENDS = [["top", "bottom"], ["left", "right"]];

/** Appends the box; returns what draws it. */
export function createAfterwards({ root, texts, store, host, signal, picture }) {
  const words = texts.stage.afterwards;
  const panel = root.appendChild(element("div", "afterwards"));
  Object.assign(panel.dataset, { testid: "afterwards" });
  panel.popover = "manual";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", words.title);
  let fields = { ends: [], biases: [] }, shown = "";
  const isOpen = () => panel.matches(":popover-open");

  function close() {
    store.set({ isAfterwardsOpen: false });
    picture.grids.get("output")?.menu.querySelector("button").focus({ preventScroll: true });
  }
  const sendCrop = () => host.send("crop", { ends: fields.ends.map(({ value }) => Math.max(Math.round(Number(value)), 0)) });
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
    const ends = ENDS.flat().map((end) => fieldOf(words[end], { type: "number", min: 0, step: 1, name: end }, sendCrop));
    const labelOf = (channel) => (bias.length > 1 ? filled(words.of_channel, { channel }) : words.of_all);
    const biases = bias.map((_, channel) =>
      fieldOf(labelOf(channel), { type: "text", inputMode: "decimal", name: `bias-${channel}`, maxLength: 60 }, sendBias));
    fields = { ends: ends.map(({ field }) => field), biases: biases.map(({ field }) => field) };
    const head = element("div", "head"), foot = element("p", "hint", words.hint);
    head.append(element("b", "", words.title), button("tool", reset, words.reset), button("tool close", close, texts.stage.close));
    panel.replaceChildren(head, rowOf("crop", ends), rowOf("bias", biases), foot);
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

  /** Below the menu of Y, within the window. */
  function place() {
    const opener = picture.grids.get("output")?.menu;
    if (!opener) return;
    const { left, bottom } = opener.getBoundingClientRect();
    const { clientWidth, clientHeight } = root.ownerDocument.documentElement;
    const [wide, high] = [panel.offsetWidth, panel.offsetHeight].map((px) => px + MARGIN);
    panel.style.left = `${between(MARGIN, left - wide / 2, Math.max(clientWidth - wide, MARGIN))}px`;
    panel.style.top = `${between(MARGIN, bottom + GAP, Math.max(clientHeight - high, MARGIN))}px`;
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
      if (isOpen()) panel.hidePopover();
      return;
    }
    const { afterwards } = document, key = String(afterwards.bias.length);
    if (key !== shown) build(afterwards);
    shown = key;
    if (!isOpen() || document !== before?.document) write(afterwards);
    if (isOpen()) return;
    panel.showPopover();
    place();
    fields.ends.find(({ disabled }) => !disabled)?.focus();
  };
}
