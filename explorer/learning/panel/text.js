// The text of a lesson as DOM nodes.

import { button, element } from "../../stage/dom.js";

const TAGS = { strong: "strong", em: "em", code: "code" };

const OPENING = /[\p{Ps}\p{Pi}¿¡]*$/u, CLOSING = /^(?:(?![¿¡])[\p{Pe}\p{Pf}\p{Po}])*/u; // of any script

/** The paragraphs; `onTerm(name)` is called when a term of the glossary is chosen. */
export function paragraphs(blocks, onTerm) {
  return blocks.map((runs) => {
    const paragraph = element("p");
    paragraph.append(...runs.map((run, at) => runNode(run, { before: runs[at - 1], after: runs[at + 1] }, onTerm)));
    return paragraph;
  });
}

function runNode(run, { before, after }, onTerm) {
  if (isTerm(run)) return termNode(run, openingOf(before), closingOf(after), onTerm);
  const first = isTerm(before) ? closingOf(run).length : 0, last = isTerm(after) ? openingOf(run).length : 0;
  const text = run.text.slice(first, run.text.length - last);
  return TAGS[run.style] ? element(TAGS[run.style], "", text) : text;
}

/** A term and the signs around it, so that no line begins with a comma or ends with a bracket. */
function termNode({ text, term }, opening, closing, onTerm) {
  const node = button("term", () => onTerm(term), text);
  node.dataset.key = `term ${term}`;
  const kept = element("span", "kept");
  kept.append(opening, node, closing);
  return kept;
}

const isTerm = (run) => run?.style === "term";
/** The signs with which plain text ends or begins. */
const openingOf = (run) => signsOf(run, OPENING);
const closingOf = (run) => signsOf(run, CLOSING);
const signsOf = (run, pattern) => (run && !run.style ? run.text.match(pattern)[0] : "");

/** A template's places filled. */
export const filled = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
