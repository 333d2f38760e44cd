// Products and their sums as a sentence writes them: cut after a few, the shown channel's first, the others' named.

import { button } from "./dom.js";
import { filled } from "./language.js";

const MOST_TERMS = 6;
const WITH_CHANNELS = { names: 4, numbers: 8 }; // with channels the names are longer, and the sums too
const MINUS = "−";

/** 2·(−0.5): a negative factor stands in brackets. */
export const productText = (...factors) => factors.map(bracketed).join("·");
export const bracketed = (text) => (text.startsWith(MINUS) ? `(${text})` : text);

/** What a speech says sums with; `isOpen`: nothing is cut. */
export function createSums({ channel: shown, sentences, hasChannels, isOpen }) {
  /** How many terms are said; `kind` is "names" or "numbers". */
  const mostOf = (kind) => (hasChannels ? WITH_CHANNELS[kind] : MOST_TERMS);

  function more(count) {
    const node = button("more", null, filled(sentences.more, { count }));
    node.dataset.key = "more";
    node.setAttribute("aria-expanded", "false");
    return node;
  }

  /** Terms {channel, node} joined by a text. `isNamed`: each other channel's name stands before its terms. */
  function join(terms, { by, kind, isNamed }) {
    const isOwn = (term) => term.channel === shown;
    const ordered = [...terms.filter(isOwn), ...terms.filter((term) => !isOwn(term))];
    const said = isOpen ? ordered : ordered.slice(0, mostOf(kind));
    const nodes = said.flatMap(({ channel, node }, at) => {
      const isFirstOfOther = isNamed && channel !== (said[at - 1]?.channel ?? shown);
      const name = isFirstOfOther ? [filled(sentences.from_channel, { channel })] : [];
      return [...(at ? [by] : []), ...name, node];
    });
    const rest = ordered.length - said.length;
    return rest ? [...nodes, by, more(rest)] : nodes;
  }

  return {
    /** Products in numbers, which do not say their channel themselves. */
    numbers: (terms, by = " + ") => join(terms, { by, kind: "numbers", isNamed: true }),
    /** Products in names, which do. */
    names: (terms) => join(terms, { by: " + ", kind: "names", isNamed: false }),
  };
}
