// The page's own controls rest from the moment that the page changes until they show it: about two frames.

import { setInert } from "../../inerting.js";
import { takesKey } from "../../typing.js";

const CONTROLS = "[data-testid=stSidebar], .st-key-view, .st-key-lesson_controls";
const MARK = ".st-key-controls_mark input";
const RESTING = ["keydown", "pointerdown", "mousedown", "touchstart", "click"];
const LONGEST_REST_MS = 2000;
const LONGEST_ABSENCE_MS = 5000; // they come after the stage; a page without them needs none

export function createControls() {
  let wanted = "", since = 0, frame = 0, waiting = 0;
  const born = performance.now();
  const shown = () => document.querySelector(MARK)?.value;
  const isResting = () => ![undefined, wanted].includes(shown()) && performance.now() - since < LONGEST_REST_MS;

  /** A key now would move a control by what it showed before: Streamlit would send that as a move of the new page. */
  const hold = (event) => {
    if (!event.target.closest?.(CONTROLS)) return;
    if (event.type === "keydown" && !takesKey(event.target, event.key, false)) return; // the stage's
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const listen = (act) => {
    for (const type of RESTING) document[act](type, hold, { capture: true, passive: false });
  };
  const allow = (isAllowed) => {
    for (const controls of document.querySelectorAll(CONTROLS)) setInert(controls, "away", !isAllowed);
  };

  function watch() {
    if (isResting()) frame = requestAnimationFrame(watch);
    else release();
  }
  function release() {
    cancelAnimationFrame(frame);
    frame = 0;
    listen("removeEventListener");
  }

  /**
   * Act once the controls stand on the page for the first time. A run of the page before that would make them anew, at
   * their smallest values, as the server takes its own last values for theirs.
   */
  function whenThere(act) {
    cancelAnimationFrame(waiting);
    const isThere = Boolean(shown()) || performance.now() - born > LONGEST_ABSENCE_MS;
    if (isThere) act();
    else waiting = requestAnimationFrame(() => whenThere(act));
  }

  return {
    /** Let the controls rest until they are drawn with this mark. */
    rest(mark) {
      [wanted, since] = [mark, performance.now()];
      if (frame || !isResting()) return;
      listen("addEventListener");
      watch();
    },
    whenThere,
    /** While the server is away nobody can move them at all. */
    allow,
    dispose() {
      cancelAnimationFrame(waiting);
      release();
      allow(true);
    },
  };
}
