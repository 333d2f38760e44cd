// What people believe, beside what is so: a mistake's result, the right one, and the map of their difference.

import { button, element, fragmentOf, named, renew } from "../dom.js";
import { between, READABLE, times } from "../geometry.js";
import { shapeText, speak, speakAll } from "../language.js";
import { outputName } from "../links.js";
import { masked } from "../state.js";
import { createGrid } from "./grid.js";

const MARGINS = 84, HIGHEST = 250, LARGEST_CELL = 44, SMALLEST_CELL = 4;
const ALWAYS_READABLE = 256; // cells: the numbers are what is compared, so rather scroll
const LEAST_WIDTH = 220;
const SEEN = ["palette", "canPaint", "hiding", "mask", "size"];
const RESULTS = ["wrong", "right", "difference"];

/** Appends the panel; returns what draws it. */
export function createWhatIf({ root, texts, host }) {
  const words = texts.what_if;
  const panel = root.appendChild(element("section", "what-if"));
  Object.assign(panel.dataset, { testid: "what-if" });
  panel.setAttribute("aria-label", words.label);
  panel.hidden = true;
  panel.classList.toggle("standing", !host.can("what_if")); // nobody can close it: so it covers nothing
  let grids = [];

  function choiceOf({ name, offered }) {
    const choice = named(element("select"), words.choose);
    choice.dataset.key = "choice";
    for (const [one, isPossible] of Object.entries(offered)) {
      const { title } = texts.mistakes[one];
      const text = isPossible ? title : `${title} · ${words.nothing_here}`;
      const option = choice.appendChild(element("option", "", text));
      Object.assign(option, { value: one, disabled: !isPossible && one !== name });
    }
    choice.value = name;
    choice.onchange = () => host.send("what_if", { name: choice.value });
    return choice;
  }

  function head(found) {
    const node = element("div", "head");
    node.append(element("b", "", texts.stage.what_if));
    if (host.can("what_if")) {
      const close = button("tool close", () => host.send("what_if", { name: "" }), texts.stage.close);
      node.append(choiceOf(found), close);
    } else node.append(element("span", "", texts.mistakes[found.name].title));
    return node;
  }

  /** How far the mistake goes, and the thread where it happened. */
  function lineOf(messages, thread) {
    const node = element("p", "how-far", speakAll(texts, messages));
    if (thread) node.append(texts.joints.sentences, fragmentOf(words.thread, { thread: element("b", "", thread) }));
    return node;
  }

  /** One result; `isHidden(index)` says which of its cells may not be told yet. */
  function resultGrid(name, { shape, rows, bound, title }, cell, state, isHidden) {
    const isBelieved = name !== "right", { palette, canPaint } = state;
    const grid = createGrid(`what-if-${name}`, null, false), columns = rows[0].length;
    const said = [speak(texts, title), shapeText(shape)], values = rows.flat();
    grid.title.replaceChildren(element("b", "", said[0]), ` · ${said[1]}`);
    grid.node.classList.toggle("believed", isBelieved);
    const size = { rows: rows.length, columns };
    grid.shape(size, cell, times(size.rows, String), times(columns, String), said.join(" · "));
    grid.measure(values.filter((value) => value !== null));
    const textOf = (row, column) => {
      const index = row * columns + column;
      if (values[index] === null) return { text: words.no_cell };
      return isHidden(index) ? { text: texts.stage.hidden, isHidden: true } : undefined;
    };
    grid.fill(values, { bound, palette: isBelieved ? believed(palette) : palette, canPaint, textOf });
    return grid;
  }

  function drawResults(list, found, state) {
    const { links } = state, isMasked = masked(state);
    const isOutputHidden = (index) => isMasked(outputName(links, links.canvasOf[index]));
    const isAnyHidden = links.canvasOf.some((_, index) => isOutputHidden(index));
    const shown = RESULTS.filter((name) => found[name] !== null);
    const most = Math.max(...shown.map((name) => found[name].rows[0].length));
    const highest = Math.max(...shown.map((name) => found[name].rows.length));
    const wide = list.clientWidth, room = wide / between(1, Math.floor(wide / LEAST_WIDTH), shown.length) - MARGINS;
    const least = most * highest <= ALWAYS_READABLE ? READABLE : SMALLEST_CELL;
    const cell = Math.floor(between(least, Math.min(room / most, HIGHEST / highest), LARGEST_CELL));
    for (const name of shown) {
      const isHidden = name === "right" ? isOutputHidden : () => isAnyHidden; // what is wrong would tell what is right
      grids.push(resultGrid(name, found[name], cell, state, isHidden));
      list.append(grids.at(-1).node);
    }
  }

  return function draw(state, before) {
    const { document: { what_if: found } } = state;
    const isSame = before !== null && JSON.stringify(found) === JSON.stringify(before.document?.what_if);
    if (isSame && SEEN.every((name) => state[name] === before[name])) return;
    const hadFocus = panel.contains(document.activeElement);
    grids.forEach((grid) => grid.dispose());
    grids = [];
    panel.hidden = found === null;
    if (found === null) {
      panel.replaceChildren();
      if (hadFocus) root.querySelector(".bar .what_if").focus({ preventScroll: true });
      return;
    }
    const list = element("div", "results");
    const [why, ...counted] = found.messages;
    renew(panel, head(found), element("p", "", speak(texts, why)), lineOf(counted, found.thread), list);
    drawResults(list, found, state);
  };
}

/** The colours of what is no result of this page. */
const believed = ({ believed: scale, ...palette }) => {
  const [negative, zero, positive] = scale;
  return { ...palette, scale, colorscale: [[0, negative], [0.5, zero], [1, positive]] };
};
