import { isAsking, isHiding, withHidingTurned } from "../../explorer/stage/hiding.js";
import { isFixed, isPickable, pickedKinds, quiet, withToggled } from "../../explorer/stage/picking.js";
import { FIRST_STATE, sceneOf, tracedName, withChanges, withDocument } from "../../explorer/stage/state.js";
import { createStore } from "../../explorer/stage/store.js";
import { documentOf, equal, test } from "./testing.js";

const BASIC = "?preset=basic";

function stateOf(address, changes = {}) {
  const state = { ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true) };
  return { ...state, ...withChanges(state, changes) };
}
const changed = (state, changes) => ({ ...state, ...withChanges(state, changes) });

test("cells of the grid that is asked for are chosen, and no longer, and no others", () => {
  const state = stateOf(BASIC, { picking: { grid: "input", chosen: [] } });
  equal(["input:0,0,1", "kernel:0,0,0,1", ""].map((name) => isPickable(state, name)), [true, false, false]);
  const one = { ...state, ...withToggled(state, "input:0,0,1") };
  equal(one.picking, { grid: "input", chosen: ["input:0,0,1"], isOpen: true });
  equal({ ...one, ...withToggled(one, "input:0,0,1") }.picking.chosen, []);
});

test("what the document does not have, or another grid has, is not chosen; nor is anything twice", () => {
  const chosen = ["W:0,0", "W:0,0", "W:99,0", "input:0,0,0"];
  equal(stateOf(BASIC, { picking: { grid: "W", chosen } }).picking.chosen, ["W:0,0"]);
});

test("once it is closed nothing is chosen any more", () => {
  const state = stateOf(BASIC, { picking: { grid: "input", chosen: ["input:0,0,0"], isOpen: false } });
  equal([isPickable(state, "input:0,0,0"), state.picking.chosen], [false, ["input:0,0,0"]]);
});

test("a marked cell is right, wrong or missed, whether it is still chosen or not", () => {
  const marked = { right: ["input:0,0,0"], wrong: ["input:0,0,1"], missed: ["input:0,1,0"] };
  const state = stateOf(BASIC, { picking: { grid: "input", chosen: ["input:0,0,0", "input:0,1,1"] }, marked });
  const kinds = { "input:0,0,0": "right", "input:0,0,1": "wrong", "input:0,1,0": "missed", "input:0,1,1": "chosen" };
  equal(pickedKinds(state), kinds);
});

test("while a question is open nothing is traced, played or stepped, and what is asked stays asked", () => {
  const store = createStore(stateOf(BASIC, { step: 2, pin: "output:0,1,1" }), quiet);
  equal([tracedName(store.state), store.state.step], ["output:0,1,1", 2]);
  store.set(withChanges(store.state, { asking: true }));
  for (const patch of [{ pin: "output:0,0,0" }, { hover: "input:0,0,0" }, { step: 3 }, { isPlaying: true }]) store.set(patch);
  const { state } = store, { pin, hover, step, isPlaying } = state;
  equal([pin, hover, step, isPlaying, sceneOf(state).trace], ["", "", 2, false, null]);
  equal([isAsking(state), isHiding(state), isFixed(state)], [true, false, true]);
  equal(withHidingTurned(state).hiding.isOn, true);
  store.set(withChanges(store.state, { asking: false, pin: "output:0,0,0" }));
  equal(tracedName(store.state), "output:0,0,0");
});

test("whoever plays the answer has closed the question", () => {
  const asked = stateOf(BASIC, { asking: "size", picking: { grid: "input", chosen: ["input:0,0,0"] } });
  const { asking, picking, isPlaying } = changed(asked, { step: 0, isPlaying: true, mask: [] });
  equal([asking, picking, isPlaying], [false, { grid: "input", chosen: ["input:0,0,0"], isOpen: false }, true]);
});

test("of an old question nothing remains on a page of its own; where only numbers change it stays", () => {
  const marked = { right: [], wrong: ["input:0,0,0"], missed: [] };
  const asked = stateOf(BASIC, { asking: true, picking: { grid: "input", chosen: ["input:0,0,0"] }, marked });
  const moved = (isNew) => ({ ...asked, ...withDocument(asked, documentOf("?preset=stride-2"), isNew) });
  const questionOf = ({ asking, picking, marked: marks }) => [asking, picking, marks];
  equal(questionOf(moved(true)), [false, null, null]);
  equal(questionOf(moved(false)), [true, asked.picking, marked]);
});

test("what somebody outside points at is pointed at, so far as it is there", () => {
  equal(["input:0,1,1", "input:0,7,7"].map((hover) => stateOf(BASIC, { hover }).hover), ["input:0,1,1", ""]);
});
