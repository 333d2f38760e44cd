// Below the picture: steps, in numbers and on a slider.

import { allow, button, element, icon, named } from "../dom.js";
import { isHiding, withHidingTurned } from "../hiding.js";
import { filled } from "../language.js";
import { stepAfter, stepBefore, stepTo } from "../state.js";

export const SPEEDS = [0.5, 1, 2, 4];

/** Appends the player; returns what draws it. */
export function createPlayer({ root, texts, store, host, play }) {
  const words = texts.stage;
  const player = root.appendChild(element("div", "player"));
  const buttons = player.appendChild(element("span", "steps"));
  const round = (kind, action) => buttons.appendChild(button(`round${kind}`, action));
  /** A button that goes to the step which `next(state)` says. */
  function jump(name, key, next) {
    const node = named(round("", () => store.set(stepTo(next(store.state)))), words[name], key);
    node.append(icon(name));
    return node;
  }
  const start = jump("start", "Home", () => 0);
  const back = jump("back", "←", stepBefore);
  const toggle = round(" primary", play);
  const forward = jump("forward", "→", stepAfter);
  const end = jump("end", "End", ({ document }) => document.steps);
  const scrub = Object.assign(player.appendChild(element("input", "scrub")), { type: "range", min: 0, step: 1 });
  scrub.setAttribute("aria-label", words.scrub);
  scrub.oninput = () => store.set(stepTo(Number(scrub.value)));
  const count = player.appendChild(element("span", "count"));
  const faster = () => store.set({ speed: SPEEDS[(SPEEDS.indexOf(store.state.speed) + 1) % SPEEDS.length] });
  const speed = named(player.appendChild(button("tool speed", faster)), words.speed);
  const hide = player.appendChild(button("tool hide", () => store.set(withHidingTurned(store.state))));
  hide.title = words.hide_help;
  hide.hidden = host.isCourse === true && !host.can("hide");

  function drawHide(state) {
    const { document, direction: { letters } } = state, isHidden = isHiding(state);
    const name = document.direction === "forward" ? letters.output : letters.input;
    const text = filled(isHidden ? words.show : words.hide, { name });
    if (hide.dataset.text === text) return;
    hide.dataset.text = text;
    hide.replaceChildren(text, " ", element("kbd", "", "H"));
    hide.setAttribute("aria-pressed", String(isHidden));
  }

  return function draw(state) {
    const { document, direction, step, isPlaying, speed: times } = state;
    drawHide(state);
    Object.assign(scrub, { max: document.steps, value: step ?? document.steps });
    const template = words[`${step === null ? "all" : "step"}${direction.steps.suffix}`];
    const text = filled(template, { step, last: document.steps });
    if (count.textContent !== text) {
      count.textContent = text;
      scrub.setAttribute("aria-valuetext", text);
    }
    if (toggle.dataset.playing !== String(isPlaying)) {
      toggle.dataset.playing = isPlaying;
      toggle.replaceChildren(icon(isPlaying ? "pause" : "play"));
      named(toggle, isPlaying ? words.pause : words.play, words.space_key);
    }
    speed.textContent = `${times}×`;
    for (const node of [start, back]) allow(node, step !== 0);
    for (const node of [forward, end]) allow(node, step !== null);
  };
}
