// The sentence: the traced cell's, else the step's. A long sum is cut; a button opens it, over the picture.

import { button, element, renew } from "../dom.js";
import { speakAll } from "../language.js";
import { reachIfScrolled } from "../scrolling.js";
import { tracedName } from "../state.js";
import { createSpeech, touchModes, wordsOfStep, wordsOfTrace } from "../words.js";

const isTouched = () => window.matchMedia("(pointer: coarse)").matches;

const REST = 60; // ms without a change, until the length of the sentence is read

/** Appends the sentence; returns what draws it from the state, its scene, and a colour for each kernel position. */
export function createSentence({ root, texts, host, store }) {
  const room = root.appendChild(element("div", "sentence"));
  const sentence = room.appendChild(element("div", "said"));
  sentence.dataset.testid = "trace-sentence";
  sentence.setAttribute("aria-atomic", "true");
  let said = "", timer = 0;
  const open = (isSumOpen) => store.set({ isSumOpen });
  sentence.addEventListener("click", ({ target }) => target.closest(".more") && open(!store.state.isSumOpen));

  function less() {
    const node = button("more", null, texts.sentences.less);
    node.dataset.key = "more";
    node.setAttribute("aria-expanded", "true");
    return node;
  }

  function partsOf(state, scene, colour, isMasked) {
    const { direction, step, isSumOpen: isOpen, asking, picking } = state;
    if (asking) return [texts.stage.picking[picking?.isOpen ? "how" : "asked"]];
    const ownModes = host.can("edit") ? direction.modes : [...direction.modes, "fixed"];
    const modes = isTouched() ? touchModes(ownModes) : ownModes;
    const speech = createSpeech(scene, { texts, colour, direction, isMasked, modes, isOpen });
    if (scene.traced) return [wordsOfTrace(speech, direction, scene.traced)];
    const frame = speakAll(texts, scene.document.frame);
    return [wordsOfStep(speech, direction, step, scene.trace), texts.joints.sentences, frame];
  }

  /** What is too long for its room is scrolled by the keyboard too; measured once the picture rests. */
  function watchLength() {
    clearTimeout(timer);
    timer = setTimeout(() => reachIfScrolled(sentence), REST);
  }
  /** Nothing that stands there already is said again. While it plays nothing is said; where it stops, the last. */
  function write(parts, isPlaying, wasPlaying) {
    const next = element("div");
    next.append(...parts);
    sentence.setAttribute("aria-live", isPlaying ? "off" : "polite");
    if (next.innerHTML === said && !(wasPlaying && !isPlaying)) return;
    said = next.innerHTML;
    renew(sentence, ...next.childNodes);
  }

  return function draw(state, before, scene, colour, isMasked) {
    const isOther = before !== null && (tracedName(state) !== tracedName(before) || state.step !== before.step);
    if (isOther && state.isSumOpen) open(false);
    const { isSumOpen } = state;
    room.classList.toggle("open", isSumOpen);
    const parts = partsOf(state, scene, colour, isMasked);
    write([...parts, ...(isSumOpen ? [" ", less()] : [])], state.isPlaying, before?.isPlaying);
    watchLength();
    room.classList.toggle("idle", Boolean(state.asking) || (scene.trace === null && state.step === null));
  };
}
