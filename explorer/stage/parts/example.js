// Between the player and the sentence: what this example shows, and the way back to it once it has been changed.

import { button, element, icon, named, renew } from "../dom.js";
import { isAsking } from "../hiding.js";
import { filled, speak } from "../language.js";
import { exists, traceOf } from "../links.js";
import { pinned, sceneOf } from "../state.js";
import { createSpeech, nameOfTrace } from "../words.js";

/** Appends the example; returns what draws it. */
export function createExample({ root, texts, store, host, lecture }) {
  const words = texts.facts;
  const example = root.appendChild(element("div", "example"));

  /** The example's name; where there are others to choose from it opens their list. */
  function titleNode({ title, changed }) {
    const name = speak(texts, title);
    const text = changed ? filled(words.changed, { title: name }) : name;
    if (!host.examples) return element("b", "", text);
    const node = button("name", () => store.set({ isGalleryOpen: true }), text);
    node.append(Object.assign(element("span", "", " ▾"), { ariaHidden: "true" }));
    node.title = texts.gallery.open;
    node.setAttribute("aria-haspopup", "dialog");
    node.dataset.key = "name";
    return node;
  }

  /** The button that pins the cell worth a look, named after that cell. */
  function lookNodes(state, look) {
    if (!look || state.asking || !exists(state.links, look)) return [];
    const scene = sceneOf(state), { direction } = state;
    const speech = createSpeech(scene, { texts, colour: () => "", direction, isMasked: () => false });
    const cell = nameOfTrace(speech, traceOf(state.links, look));
    const node = button("look", () => store.set(pinned(look)), filled(words.look, { cell }));
    node.dataset.key = "look";
    return [node];
  }

  function listNodes() {
    if (!lecture.isPossible) return [];
    const node = named(button("lists", () => store.set({ isPlaylistOpen: true })), texts.lecture.open, "L");
    node.append(icon("list"));
    node.dataset.key = "lists";
    return [node];
  }

  function resetNodes({ preset, changed }) {
    if (!changed || !host.can("preset")) return [];
    const node = button("look reset", () => host.send("preset", { name: preset }), words.reset);
    node.dataset.key = "reset";
    return [node];
  }

  return function draw(state, before) {
    const { document, hiding, asking } = state;
    if (document === before?.document && hiding === before.hiding && asking === before.asking) return;
    const { about } = document;
    const isSaid = about.message && !isAsking(state); // what an example is about may be what is asked
    const message = isSaid ? [element("span", "about", speak(texts, about.message))] : [];
    renew(example, titleNode(about), ...listNodes(), ...message, ...lookNodes(state, about.look), ...resetNodes(about));
  };
}
