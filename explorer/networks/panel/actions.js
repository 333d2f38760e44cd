// Buttons that lead to another state, each with why.

import { box, button, element } from "../../stage/dom.js";

/** A list of `{label, why, changes, badge}`, or nothing where there is none. */
export function actions({ change, isStale }, all) {
  if (!all.length) return [];
  const className = all.some(({ why }) => why) ? "actions" : "actions in-a-row";
  return [box(className, ...all.map(({ label, why, changes, badge }) => {
    // What is made of a text that is not the one on screen would take away what was typed.
    const go = () => ("layer" in changes && isStale() ? undefined : change(changes, { isNewEntry: true }));
    const act = button("tool", go, label);
    act.dataset.key = `way ${label}`;
    const marks = badge ? [" ", toned(badge)] : [];
    return box("action", act, ...marks, ...(why ? [" ", element("span", "quiet", why)] : []));
  }))];
}

/** A short text whose tone is told by its colour too: `{text, tone, title}`. */
export function toned({ text, tone, title }) {
  const node = element("span", "badge", text);
  node.dataset.tone = tone;
  if (title) node.title = title;
  return node;
}

/** Text with some of it marked: runs `{text, letter}`; a letter has the colour that it has in the formula. */
export const runs = (all) => all.map(({ text, letter }) => {
  const node = element("span", letter ? "letter" : "", text);
  if (letter) node.dataset.letter = letter;
  return node;
});
