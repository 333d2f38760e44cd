// Below the sentence: the result's shape, the sizes as formulas, what autograd says, and the notebook's line.

import { element, renew } from "../dom.js";
import { isAsking } from "../hiding.js";
import { filled, shapeText, speak, speakAll, spokenParts } from "../language.js";

const SIGNS = { same: "✓ ", differs: "≠ " };

/** Appends the facts; returns what draws them. */
export function createFacts({ root, texts }) {
  const facts = root.appendChild(element("div", "facts"));

  function resultNode({ direction, channels, sizes }) {
    const isBackward = direction === "backward";
    const shape = isBackward ? [channels.ins, ...sizes.input] : [channels.outs, ...sizes.window.slice(2)];
    const text = isBackward ? texts.lecture.shape_backward : texts.lecture.shape;
    return element("b", "result-shape", filled(text, { shape: shapeText(shape) }));
  }

  /** A formula in letters, and each letter's number below it. */
  function formulaNode({ letters, numbers }) {
    const node = element("div", "formula");
    node.append(formulaRow("letters", letters), formulaRow("numbers", numbers));
    node.style.setProperty("--count", node.firstElementChild.childElementCount);
    return node;
  }
  function formulaRow(className, message) {
    const row = element("div", `formula-row ${className}`);
    for (const { text, letter } of columnsOf(spokenParts(texts, message))) {
      const cell = row.appendChild(element("span", letter ? "letter" : "", text));
      if (letter) cell.dataset.letter = letter;
    }
    return row;
  }
  function gradientNodes(gradient) {
    if (!gradient) return [];
    return [element("span", gradient.agrees ? "same" : "differs", speakAll(texts, gradient.messages))];
  }
  function notebookNodes(cell) {
    if (!cell) return [];
    const line = element("span", "notebook", `${speak(texts, cell.message)} `); // a space before the sign
    line.append(element("span", cell.verdict, SIGNS[cell.verdict] + speak(texts, cell.verdict_message)));
    return [line];
  }

  return function draw(state, before) {
    const { document, hiding, asking } = state;
    if (document === before?.document && hiding === before.hiding && asking === before.asking) return;
    const { about, formula, gradient, seeds } = document;
    const seedNodes = seeds.map((one) => element("span", "seed", speak(texts, one)));
    const printed = isAsking(state) ? null : about.cell; // the notebook printed what is hidden
    const sizes = [resultNode(document), ...formula.map(formulaNode)];
    renew(facts, ...sizes, ...gradientNodes(gradient), ...notebookNodes(printed), ...seedNodes);
  };
}

/** Text, letter, text, letter, … text: the columns in which letters and numbers stand below one another. */
export function columnsOf(parts) {
  const columns = [{ text: "", letter: "" }];
  for (const { text, place } of parts) {
    if (LETTERS.has(place)) columns.push({ text, letter: place }, { text: "", letter: "" });
    else columns.at(-1).text += text;
  }
  return columns;
}
const LETTERS = new Set(["n", "s", "p", "d", "k", "o"]);
