// The sentence: the traced cell's, else the step's.

import { element } from "../dom.js";
import { speak } from "../language.js";
import { createSpeech, touchModes, wordsOfStep, wordsOfTrace } from "../words.js";

const isTouched = () => window.matchMedia("(pointer: coarse)").matches;

/** Appends the sentence; returns what draws it from the state, its scene, and a colour for each kernel position. */
export function createSentence({ root, texts, host }) {
  const sentence = root.appendChild(element("div", "sentence"));
  sentence.dataset.testid = "trace-sentence";
  sentence.setAttribute("aria-live", "polite");

  return function draw({ direction, step }, scene, colour, isMasked) {
    const ownModes = host.can("edit") ? direction.modes : [...direction.modes, "fixed"];
    const modes = isTouched() ? touchModes(ownModes) : ownModes;
    const speech = createSpeech(scene, { texts, colour, direction, isMasked, modes });
    if (scene.traced) return sentence.replaceChildren(wordsOfTrace(speech, direction, scene.traced));
    const frame = scene.document.frame.map((one) => speak(texts, one)).join(" ");
    return sentence.replaceChildren(wordsOfStep(speech, direction, step, scene.trace), ` ${frame}`);
  };
}
