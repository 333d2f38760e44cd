// The text of a lesson as DOM nodes.

import { button, element } from "../../stage/dom.js";

const TAGS = { strong: "strong", em: "em", code: "code" };

/** The paragraphs; `onTerm(name)` is called when a term of the glossary is chosen. */
export function paragraphs(blocks, onTerm) {
  return blocks.map((runs) => {
    const paragraph = element("p");
    runs.forEach((run, at) => {
      const isTerm = run.style === "term", follows = runs[at - 1]?.style === "term";
      const text = follows ? run.text.slice(punctuationOf(run).length) : run.text;
      if (isTerm) paragraph.append(termNode(run, runs[at + 1], onTerm));
      else paragraph.append(TAGS[run.style] ? element(TAGS[run.style], "", text) : text);
    });
    return paragraph;
  });
}

/** A term and the punctuation that follows it, so that no line begins with a comma. */
function termNode({ text, term }, next, onTerm) {
  const node = button("term", () => onTerm(term), text);
  node.dataset.key = `term ${term}`;
  const kept = element("span", "kept");
  kept.append(node, next ? punctuationOf(next) : "");
  return kept;
}

/** The punctuation with which plain text begins. */
const punctuationOf = ({ text, style }) => (style ? "" : text.match(/^[.,;:!?)’”]*/)[0]);

/** A template's places filled. */
export const filled = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
