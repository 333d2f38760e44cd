// The kernel: its phases, their sums, what a constant becomes; the verdict, and what mends it.

import { box, button, element, renew } from "../../stage/dom.js";
import { grid, linkPhases } from "./grid.js";

export function createCard({ words, change }) {
  const grids = box("grids"), verdict = element("p", "verdict"), mend = box("mend");
  verdict.dataset.testid = "verdict";
  verdict.setAttribute("role", "status");
  mend.dataset.testid = "mend";
  const node = box("card", grids, box("said", verdict, mend));
  node.dataset.testid = "card";
  linkPhases(node);
  let said = "";

  function legend({ overlap }) {
    const line = box("legend");
    const entry = (name) => {
      const item = element("span", "", words[name]);
      item.prepend(element("i", name));
      line.append(item);
    };
    if (overlap.inside) entry("inside");
    entry("border");
    if (overlap.window) entry("kept");
    return line;
  }
  function ways(all) {
    return all.map(({ label, changes }) => {
      const go = button("tool", () => change(changes, { isNewEntry: true }), label);
      go.dataset.key = label;
      return go;
    });
  }

  /** What stands there already is not said again. */
  function drawVerdict({ tone, answer, text }) {
    const next = JSON.stringify([answer, text]);
    verdict.dataset.tone = tone;
    if (next !== said) verdict.replaceChildren(element("b", "", answer), words.joints.sentences, text);
    said = next;
  }

  return {
    node,
    draw({ card }) {
      const arrow = () => element("span", "arrow", "→");
      grids.replaceChildren(
        grid(card.kernel, "kernel"), arrow(), grid(card.sums, "sums"), arrow(),
        grid(card.overlap, "overlap"), grid(card.response, "response"), legend(card),
      );
      drawVerdict(card.verdict);
      mend.hidden = card.verdict.tone === "good";
      const text = element("p");
      text.append(element("b", "", words.mend), words.joints.sentences, card.mend.text);
      const { kernel } = card.mend;
      const aside = kernel ? [grid(kernel, "mended", 6.4)] : [];
      renew(mend, box("mend-text", text, box("actions", ...ways(card.mend.ways))), ...aside);
    },
  };
}
