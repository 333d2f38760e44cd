// The picked layer: its sizes by the formula, the sizes that its convolution takes to the same, other ways to its size.

import { box, element, renew } from "../../stage/dom.js";
import { actions, runs } from "./actions.js";

export function createCard(context) {
  const node = element("section", "card");
  node.dataset.testid = "layer-card";
  const paragraph = (className, all) => {
    const found = element("p", className);
    found.append(...runs(all));
    return found;
  };
  const part = (title, texts, ways) => {
    if (!texts.length && !ways.length) return [];
    const heading = title ? [element("h3", "", title)] : [];
    return [box("part", ...heading, ...texts.map((text) => element("p", "", text)), ...actions(context, ways))];
  };
  const formula = ({ letters, numbers }) =>
    box("formula", paragraph("letters", letters), paragraph("numbers", numbers));

  return {
    node,
    draw({ card }) {
      node.hidden = !card;
      if (!card) return;
      renew(
        node,
        element("h2", "", card.title),
        ...card.formulas.map(formula),
        ...part("", card.texts, []),
        ...part(card.sizes.title, card.sizes.texts, card.sizes.ways),
        ...part(card.others.title, card.others.texts, card.others.ways),
      );
    },
  };
}
