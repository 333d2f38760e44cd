// The text of a lesson as DOM nodes.

import { button, element } from "../../stage/dom.js";

const TAGS = { strong: "strong", em: "em", code: "code" };

/** The paragraphs; `onTerm(name)` is called when a term of the glossary is chosen. */
export function paragraphs(blocks, onTerm) {
  return blocks.map((runs) => {
    const paragraph = element("p");
    paragraph.append(...runs.map((run) => nodeOf(run, onTerm)));
    return paragraph;
  });
}

function nodeOf({ text, style, term }, onTerm) {
  if (style !== "term") return TAGS[style] ? element(TAGS[style], "", text) : document.createTextNode(text);
  const node = button("term", () => onTerm(term), text);
  node.dataset.key = `term ${term}`;
  return node;
}

/** A template's places filled. */
export const filled = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
