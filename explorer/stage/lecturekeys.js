// The keys of somebody who presents, and those of a clicker: they come before what a key means elsewhere.

import { blankAfter } from "./blanking.js";
import { between } from "./geometry.js";

/** A letter for each hyper-parameter: with Shift it gets smaller. Padding crops. */
export const LETTERS = { stride: "s", padding: "c", output_padding: "o", dilation: "d" };

/** Returns what takes an event of a key and says whether it was one of these. */
export function createLectureKeys({ root, store, host, lecture }) {
  const { ownerDocument } = root;
  const turn = (by) => ({ shiftKey }) => lecture.advance(by, !shiftKey);
  const move = (name) => ({ shiftKey }) => moveBy({ store, host }, name, shiftKey ? -1 : 1);
  const actions = {
    PageDown: turn(1),
    PageUp: turn(-1),
    /** The arrows step, as ever; where no step is left they go on. */
    ArrowRight: ({ shiftKey }) => (shiftKey || store.state.step !== null ? false : lecture.advance(1)),
    ArrowLeft: ({ shiftKey }) => (shiftKey || store.state.step !== 0 ? false : lecture.advance(-1)),
    Enter: ({ target }) => (target === root || target === ownerDocument.body ? lecture.advance(1) : false),
    t: () => store.set({ isLectureBarShown: !store.state.isLectureBarShown }),
    g: () => store.set({ isSpotlit: !store.state.isSpotlit }),
    f: () => turnFullScreen(ownerDocument),
    q: () => host.can("dialog") && host.send("dialog", { name: "qr", address: host.link() }),
    ...Object.fromEntries(Object.entries(LETTERS).map(([name, letter]) => [letter, move(name)])),
  };

  return function take(event) {
    const isBlank = blankAfter(store.state, event);
    if (isBlank !== undefined) store.set({ isBlank });
    if (isBlank !== undefined || !store.state.isPresenting) return isBlank !== undefined;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    return actions[key] !== undefined && actions[key](event) !== false;
  };
}

/** The browser's own full screen, or out of it; a browser that refuses stays as it is. */
function turnFullScreen(ownerDocument) {
  const done = ownerDocument.fullscreenElement
    ? ownerDocument.exitFullscreen()
    : ownerDocument.documentElement.requestFullscreen?.();
  done?.catch(() => {});
}

/** Ask for a hyper-parameter that is larger or smaller by one, as far as it goes. */
export function moveBy({ store, host }, name, by) {
  const { layer, sizes } = store.state.document;
  const value = movedValue(layer[name], by, sizes.input[0] === 1 && sizes.kernel[0] === 1);
  if (value !== null && host.can("move")) host.send("move", { name, value });
}

/**
 * The value that "move" takes: one number, or two where height and width differ; null where nothing can move. One row
 * has only a width.
 */
export function movedValue({ value, least, most }, by, isRow) {
  const within = (side, last) => between(least, value[side] + by, last);
  if (!isRow && value[0] !== value[1]) {
    const moved = [0, 1].map((side) => within(side, most[side]));
    return moved.join() === value.join() ? null : moved;
  }
  const moved = within(1, isRow ? most[1] : Math.min(...most));
  return moved === value[1] ? null : moved;
}
