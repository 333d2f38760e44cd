// Beside the sentence: that a cell is pinned and how it is freed, and what a traced cell lacks at the present step.

import { box, button, element } from "../dom.js";
import { filled } from "../language.js";
import { pinned } from "../state.js";
import { createSpeech } from "../words.js";

const TOUCH = "(hover: none)";

/** Appends the line; returns what draws it from the state and its scene. */
export function createPinLine({ root, texts, store }) {
  const words = texts.stage;
  const free = () => {
    store.set(pinned(""));
    root.focus({ preventScroll: true }); // the button is gone
  };
  const lacks = element("span", "lacks");
  lacks.setAttribute("role", "status");
  const unpin = button("unpin", free, window.matchMedia(TOUCH).matches ? words.pinned_touch : words.pinned);
  unpin.dataset.testid = "unpin";
  root.appendChild(box("pin-line", box("", lacks, unpin)));

  return function draw({ pin, step, direction }, scene, isMasked) {
    unpin.hidden = pin === "";
    const found = scene.traced && step !== null ? direction.steps.lacks(scene.links, step, scene.traced) : null;
    const text = found ? textOf(found, step, direction, scene, isMasked) : "";
    if (lacks.textContent !== text) lacks.textContent = text;
    lacks.hidden = text === "";
  };

  function textOf({ key, done, all }, step, direction, scene, isMasked) {
    const speech = createSpeech(scene, { texts, colour: () => "", direction, isMasked });
    const { canvas } = direction.steps.canvasAt(scene.links, step);
    const value = key === "so_far" ? speech.output(scene.traced.canvas, canvas) : "";
    return filled(words[key], { step, last: scene.document.steps, done, all, value });
  }
}
