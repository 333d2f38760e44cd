// What a cell is called: X[0,1], K[1,1], Y[2,0], Wᵀ[3,1].

import { traceOf } from "./links.js";
import { sceneOf } from "./state.js";
import { createSpeech, nameOfTrace } from "./words.js";

/** Returns what gives a cell's title by its name ("input:0,0,1"), in this state. */
export function titlesOf(state, texts) {
  const { direction, links } = state;
  const speech = createSpeech(sceneOf(state), { texts, colour: () => "", direction, isMasked: () => true });
  return (name) => nameOfTrace(speech, traceOf(links, name));
}
