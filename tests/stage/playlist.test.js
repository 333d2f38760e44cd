import { blankAfter } from "../../explorer/stage/blanking.js";
import { movedValue } from "../../explorer/stage/lecturekeys.js";
import * as own from "../../explorer/stage/playlist.js";
import { documentOf, equal, examples, lectures, test, texts } from "./testing.js";

const LISTS = own.builtInLists(lectures, texts);
const NOTEBOOK = LISTS[0];
const state = (title, more = {}) => ({ title, note: "", address: "?stride=2", isHidden: false, ...more });
const MINE = { id: "own-1", title: "Mine", isOwn: true, states: ["a", "b", "c"].map((title) => state(title)) };

/** A stage that shows a page at a step, gone to from a place in a list. */
const at = (address, step, playlist = { id: "", place: -1 }) => ({ document: documentOf(address), step, playlist });
const titles = ({ states }) => states.map(({ title }) => title).join("");

test("each group of examples is a playlist in its own order; large ones begin with all steps done", () => {
  equal(LISTS.map(({ id }) => id), Object.keys(examples));
  equal(NOTEBOOK.states.map(({ preset }) => preset), examples.notebook);
  equal(NOTEBOOK.states[0], {
    preset: "basic", title: texts.presets.basic, note: texts.about.basic, address: "?preset=basic&step=0", isHidden: false,
  });
  equal(NOTEBOOK.states[4].address, "?preset=shape-round-trip");
});

test("an example is in its list, also once it was changed there; numbers of one's own are in none", () => {
  const found = (...page) => own.listOf(at(...page), [...LISTS, MINE])?.id;
  equal(found("?preset=basic", null), "notebook");
  equal(found("?preset=dv-no-padding", null, { id: "notebook", place: 0 }), "dumoulin-visin");
  equal(found("?x=1,2;3,4&k=1,2;3,4", null), undefined);
  equal(found("?x=1,2;3,4&k=1,2;3,4", null, { id: "notebook", place: 0 }), "notebook");
  equal(found("?preset=basic", null, { id: "own-1", place: 1 }), "own-1");
});

test("the place: of an example where it stands, of a page in one's own list where one went last", () => {
  equal(own.placeIn(at("?preset=stride-2", null, { id: "notebook", place: 0 }), NOTEBOOK), 3);
  equal(own.placeIn(at("?preset=basic", null, { id: "own-1", place: 1 }), MINE), 1);
  equal(own.placeIn(at("?preset=basic", null, { id: "own-1", place: 9 }), MINE), 2);
  equal(own.placeIn(at("?preset=basic", null), MINE), -1);
});

test("on: through the steps, then to the next state", () => {
  const next = (step) => own.turned(at("?preset=basic", step), NOTEBOOK, 1);
  equal([0, 3, 4, null].map(next), [{ step: 1 }, { step: 4 }, { step: null }, { place: 1, isEnd: false }]);
  equal(own.turned(at("?preset=basic", 0), NOTEBOOK, 1, false), { place: 1, isEnd: false });
});

test("back: through the steps, then to the end of the state before", () => {
  const back = (address, step) => own.turned(at(address, step), NOTEBOOK, -1);
  equal(back("?preset=stride-2", null), { step: 4 });
  equal(back("?preset=stride-2", 1), { step: 0 });
  equal(back("?preset=stride-2", 0), { place: 2, isEnd: true });
  equal(own.turned(at("?preset=stride-2", 2), NOTEBOOK, -1, false), { place: 2, isEnd: false });
  const done = at("?preset=basic", null, { id: "own-1", place: 1 }); // a state that begins with all done
  equal(own.turned(done, MINE, -1), { place: 0, isEnd: true });
});

test("nothing is beyond either end, and without a list only the steps are gone through", () => {
  equal(own.turned(at("?preset=basic", 0), NOTEBOOK, -1), null);
  equal(own.turned(at("?preset=arange-9", null), NOTEBOOK, 1), null);
  equal([0, null].map((step) => own.turned(at("?preset=basic", step), null, 1)), [{ step: 1 }, null]);
});

test("a state's address as it is gone to", () => {
  const to = (address, more) => own.addressOf({ address }, more);
  equal(to("?stride=2&step=0", { isEnd: false, isPresenting: true }), "?stride=2&step=0&present=1");
  equal(to("?stride=2&step=0", { isEnd: true, isPresenting: false }), "?stride=2");
});

test("a page as a state keeps what is on it, not that it is presented and nothing foreign", () => {
  const made = own.stateOf("?stride=2&present=1&utm_source=x&step=3", ["stride", "step", "present"], state("a"));
  equal(made, state("a", { address: "?stride=2&step=3" }));
  const start = own.withStart(made, true);
  equal([start.address, own.isFromStart(start), own.isFromStart(made)], ["?stride=2&step=0", true, false]);
  equal(own.withStart(start, false).address, "?stride=2");
});

test("states are added, renamed, moved and removed", () => {
  equal(titles(own.withState(MINE, state("d"))), "abcd");
  equal(titles(own.withStateAt(MINE, 1, { title: "x" })), "axc");
  equal([[0, 1], [2, -1], [0, -1], [2, 1]].map(([n, by]) => titles(own.withStateMoved(MINE, n, by))), ["bac", "acb", "abc", "abc"]);
  equal(titles(own.withoutStateAt(MINE, 1)), "ac");
  equal(titles(MINE), "abc"); // nothing is changed in place
  const full = { ...MINE, states: Array(own.MOST_STATES).fill(state("a")) };
  equal(own.withState(full, state("b")).states.length, own.MOST_STATES);
});

test("lists are put in the place of one with their name, and removed", () => {
  const renamed = { ...MINE, title: "Other" };
  equal(own.withList([MINE], renamed), [renamed]);
  equal(own.withoutList([MINE], "own-1"), []);
});

test("a list comes back from its file", () => {
  const list = { ...MINE, states: [state("a", { note: "one line", isHidden: true }), state("b")] };
  equal(own.listFrom(own.textOf(list), "own-1"), list);
});

test("what is no playlist is refused, and of one only what may be in it is taken", () => {
  const read = (value) => own.listFrom(typeof value === "string" ? value : JSON.stringify(value), "new");
  equal(["", "{", "[]", "null", "{}", { playlist: 2, states: [] }, { playlist: 1 }].map(read), Array(7).fill(null));
  const bad = [null, 7, {}, { address: 7 }, { address: "javascript:alert(1)" }, { address: `?${"x".repeat(20000)}` }];
  equal(read({ playlist: 1, states: bad }).states, []);
  const odd = { title: 7, note: "n".repeat(999), address: "?stride=2", hidden: "yes", more: 1 };
  equal(read({ playlist: 1, title: "t", states: [odd] }), {
    id: "new", title: "t", isOwn: true, states: [state("", { note: "n".repeat(own.LONGEST_WORDS) })],
  });
});

test("the screen is blanked while presenting, and lit by the same keys and those of navigation", () => {
  const after = (isBlank, key, more = {}) => blankAfter({ isBlank, isPresenting: true }, { key, shiftKey: false, ...more });
  equal(["b", "B", ".", "x", "PageDown"].map((key) => after(false, key)), [true, true, true, undefined, undefined]);
  equal(after(false, "B", { shiftKey: true }), undefined); // backward
  equal(["b", ".", "PageDown", "ArrowLeft", " ", "Escape"].map((key) => after(true, key)), Array(6).fill(false));
  equal(["x", "p", "s"].map((key) => after(true, key)), [true, true, true]); // nothing happens unseen
  equal(blankAfter({ isBlank: false, isPresenting: false }, { key: "b", shiftKey: false }), undefined);
});

test("a hyper-parameter moves by one as far as it goes", () => {
  const moved = (value, by, isRow = false, most = [4, 4]) => movedValue({ value, least: 1, most }, by, isRow);
  equal([moved([1, 1], 1), moved([2, 2], -1), moved([1, 1], -1), moved([4, 4], 1)], [2, 1, null, null]);
  equal([moved([1, 2], 1), moved([4, 3], 1), moved([1, 2], -1)], [[2, 3], [4, 4], [1, 1]]);
  equal([moved([0, 2], 1, true), moved([0, 4], 1, true)], [3, null]); // one row has only a width
  equal(moved([1, 1], 1, false, [2, 1]), null); // joined: as far as both can
});
