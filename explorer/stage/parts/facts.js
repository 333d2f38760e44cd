// Below the sentence: what the example is about, the sizes as formulas, and the notebook's line.

import { button, element, renew } from "../dom.js";
import { speak } from "../language.js";
import { pinned } from "../state.js";

const SIGNS = { same: "✓ ", differs: "≠ ", changed: "" };

/** Appends the facts; returns what draws them. */
export function createFacts({ root, texts, store }) {
  const facts = root.appendChild(element("div", "facts"));
  const span = (className, message) => element("span", className, speak(texts, message));

  function aboutNodes({ message, look }) {
    if (!message) return [];
    const node = span("about", message);
    if (look) node.append(" ", lookButton(look));
    return [node];
  }
  function lookButton(look) {
    const node = button("look", () => store.set(pinned(look)), texts.stage.look);
    node.dataset.key = "look";
    return node;
  }
  function gradientNodes(gradient) {
    if (!gradient) return [];
    const text = gradient.messages.map((one) => speak(texts, one)).join(" ");
    return [element("span", gradient.agrees ? "same" : "differs", text)];
  }
  function notebookNodes(cell) {
    if (!cell) return [];
    const line = element("span", "notebook", `${speak(texts, cell.message)} `);
    line.append(element("span", cell.verdict, SIGNS[cell.verdict] + speak(texts, cell.verdict_message)));
    return [line];
  }

  return function draw({ document }, before) {
    if (document === before?.document) return;
    const { about, formula, gradient, seeds } = document;
    const seedNodes = seeds.map((one) => span("seed", one));
    const formulaNodes = formula.map((one) => span("formula", one));
    const ownNodes = [...aboutNodes(about), ...gradientNodes(gradient), ...formulaNodes];
    renew(facts, ...ownNodes, ...notebookNodes(about.cell), ...seedNodes);
  };
}
