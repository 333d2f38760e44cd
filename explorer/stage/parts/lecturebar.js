// The foot of a stage that presents: which state of the playlist this is, and the hyper-parameters with their keys.

import { allow, box, button, element, icon, named, renew } from "../dom.js";
import { filled } from "../language.js";
import { LETTERS, movedValue, moveBy } from "../lecturekeys.js";
import { turned } from "../playlist.js";

/** Appends the bar; returns what draws it. */
export function createLectureBar({ root, texts, store, host, lecture, turnContrast }) {
  const words = texts.lecture;
  const bar = root.appendChild(element("div", "lecture-bar"));
  bar.dataset.testid = "lecture-bar";
  bar.hidden = true;
  const place = element("span", "place");
  const before = jump("back", words.previous, "Shift+PageUp", -1);
  const next = jump("forward", words.next, "Shift+PageDown", 1);
  const list = named(button("tool list", () => store.set({ isPlaylistOpen: true })), words.open, "L");
  list.append(icon("list"), " ", element("kbd", "", "L"));
  const parameters = Object.keys(LETTERS).map(parameter);
  const walk = box("walk", before, place, next, list);
  const controls = box("parameters", ...parameters.map(({ node }) => node)), canMove = host.can("move");
  const contrast = named(button("tool contrast", turnContrast), words.contrast, "K");
  contrast.append(icon("contrast"), " ", element("kbd", "", "K"));
  contrast.hidden = !turnContrast;
  bar.append(walk, controls, contrast);
  walk.hidden = !lecture.isPossible;
  controls.hidden = !canMove;

  function jump(name, label, key, by) {
    const node = named(button("tool", () => lecture.advance(by, false)), label, key);
    node.append(icon(name));
    return node;
  }

  /** One hyper-parameter: less, its value, its key, more. */
  function parameter(name) {
    const called = texts.controls[name], key = LETTERS[name].toUpperCase(), value = element("b");
    const step = (by, sign, label, shown) =>
      named(button("tool", () => moveBy({ store, host }, name, by), sign), filled(label, { name: called }), shown);
    const less = step(-1, "−", words.less, `Shift+${key}`), more = step(1, "+", words.more, key);
    const node = box("parameter", less, element("span", "", `${called} `), value, element("kbd", "", key), more);
    return { name, node, value, less, more };
  }

  function drawPlace(state) {
    const found = lecture.active(), at = lecture.place(found);
    const values = found && { at: at + 1, count: found.states.length, title: found.states[at]?.title ?? found.title };
    const text = found ? filled(at < 0 ? words.before_first : words.place, values) : words.no_list;
    if (place.textContent !== text) renew(place, text);
    place.title = found?.states[at]?.note ?? "";
    for (const [node, by] of [[before, -1], [next, 1]]) allow(node, turned(state, found, by, false) !== null);
  }

  function drawParameters({ document: { layer, sizes } }) {
    const isRow = sizes.input[0] === 1 && sizes.kernel[0] === 1;
    for (const { name, value, less, more } of parameters) {
      const [height, width] = layer[name].value;
      value.textContent = isRow || height === width ? String(width) : `${height}×${width}`;
      allow(less, movedValue(layer[name], -1, isRow) !== null);
      allow(more, movedValue(layer[name], 1, isRow) !== null);
    }
  }

  return function draw(state) {
    const isUseful = lecture.isPossible || canMove;
    bar.hidden = !state.isPresenting || !state.isLectureBarShown || !isUseful;
    if (bar.hidden) return;
    contrast.setAttribute("aria-pressed", String(state.palette.name === "contrast"));
    drawPlace(state);
    drawParameters(state);
  };
}
