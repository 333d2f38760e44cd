import { rowsOf } from "../../explorer/stage/copying.js";
import { hidingAfter, isAsking, withHidingTurned, withRevealed } from "../../explorer/stage/hiding.js";
import { asked, FIRST_STATE, masked, withDocument } from "../../explorer/stage/state.js";
import { documentOf, equal, test } from "./testing.js";

const BASIC = "?preset=basic";
const NAMES = ["input:0,0,0", "kernel:0,0,0,0", "W:0,0", "output:0,0,0", "output:0,1,1"];

function stateOf(address, changes = {}) {
  return { ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true), ...changes };
}
const turned = (state) => ({ ...state, ...withHidingTurned(state) });
const revealed = (state, name) => ({ ...state, ...withRevealed(state, name) });
const moved = (state, address) => ({ ...state, ...withDocument(state, documentOf(address), false) });
const hiddenOf = (state) => NAMES.map(masked(state));

test("nothing is hidden at first; all of Y is, and shown again", () => {
  const state = stateOf(BASIC), hidden = turned(state);
  equal([hiddenOf(state), isAsking(state)], [[false, false, false, false, false], false]);
  equal([hiddenOf(hidden), isAsking(hidden)], [[false, false, false, true, true], true]);
  equal([hiddenOf(turned(hidden)), isAsking(turned(hidden))], [[false, false, false, false, false], false]);
});

test("backward the result is dX, and dY stays", () => {
  equal(hiddenOf(turned(stateOf(`${BASIC}&backward=1`))), [true, false, false, false, false]);
});

test("one cell is revealed, all others stay hidden", () => {
  const state = revealed(turned(stateOf(BASIC)), "output:0,1,1");
  equal([hiddenOf(state), isAsking(state)], [[false, false, false, true, false], true]);
  equal(hiddenOf(turned(turned(state))), [false, false, false, true, true]); // shown, and hidden anew
});

test("once the last cell of Y is revealed nothing is asked, and the key hides anew", () => {
  const state = turned(stateOf("?preset=padding-1")); // one cell of Y, the others of the canvas are cropped
  const shown = revealed(state, "output:0,1,1");
  equal([isAsking(state), isAsking(shown), isAsking(turned(shown))], [true, false, true]);
});

test("another view of the same result keeps what is revealed, another result asks for all of it", () => {
  const state = revealed(turned(stateOf(BASIC)), "output:0,1,1");
  equal(hiddenOf(moved(state, `${BASIC}&view=gather`)), [false, false, false, true, false]);
  equal(hiddenOf(moved(state, `${BASIC}&view=matrix`)), [false, false, false, true, false]);
  equal(hiddenOf(moved(state, "?preset=stride-2")), [false, false, false, true, true]);
  equal(hiddenOf(moved(state, "?x=1,2;3,4&k=1,2;3,4")), [false, false, false, true, true]);
  equal(hiddenOf(moved(state, `${BASIC}&backward=1`)), [true, false, false, false, false]);
});

test("a page of its own stays hidden, and what is shown stays shown", () => {
  const arrived = (state) => withDocument(state, documentOf("?preset=stride-2"), true).hiding.isOn;
  equal([arrived(turned(stateOf(BASIC))), arrived(stateOf(BASIC))], [true, false]);
  equal(hidingAfter({ document: null }, documentOf(BASIC)), { isOn: false, revealed: [] });
});

test("what is hidden is not copied, at a step and in the vector too", () => {
  const rows = (name, state) =>
    rowsOf({ kind: state.direction.grids[name], ...state.document.grids[name] }, state).flat();
  const state = revealed(turned(stateOf(`${BASIC}&view=matrix`)), "output:0,1,1");
  const none = [null, null, null, null, 4, null, null, null, null];
  equal([rows("output", state), rows("vec_output", state)], [none, none]);
  equal(rows("output", { ...state, step: 0 }).filter((value) => value !== null), [0]);
  equal(rows("input", state), [0, 1, 2, 3]);
});

test("what the host asks for is another thing: nobody reveals it by a click", () => {
  const state = turned(stateOf(BASIC, { mask: ["kernel"] }));
  equal(NAMES.map(asked(state)), [false, true, false, false, false]);
  equal(hiddenOf(state), [false, true, false, true, true]);
});
