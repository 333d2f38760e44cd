import { createPlaying } from "../../explorer/stage/features/playing.js";
import * as own from "../../explorer/stage/state.js";
import { createStore } from "../../explorer/stage/store.js";
import { documentOf, equal, stoppedClock, test } from "./testing.js";

const { FIRST_STATE, masked, sceneOf, stepAfter, stepBefore, stepTo, withDocument } = own;
const BASIC = "?preset=basic", STRIDE = "?preset=stride-2", SMALL = "?x=5&k=1,2;3,4";

/** The state on a page's document, changed. */
const stateOf = (address, changes = {}) => ({ ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true), ...changes });
const shownOf = ({ step, pin, hover, isPlaying }) => ({ step, pin, hover, isPlaying });
const after = (from, address, isNew = false) => shownOf(withDocument(from, documentOf(address), isNew));

test("a page of its own begins with its document's step, trace and mode", () => {
  const state = stateOf("?preset=basic&step=2&trace=output:0,1,1&present=1");
  equal([state.step, state.pin, state.hover, state.isPresenting], [2, "output:0,1,1", "", true]);
  equal([state.document.view, state.links.inputCells, state.direction.letters.input], ["scatter", 4, "X"]);
  equal(stateOf(BASIC).step, null);
});

test("another page takes the step and trace of its document, not those that were shown", () => {
  const before = stateOf(BASIC, { step: 3, pin: "input:0,0,1", hover: "input:0,0,0", isPlaying: true, isPresenting: true });
  const now = withDocument(before, documentOf("?preset=basic&step=2&trace=output:0,1,1"), true);
  equal([shownOf(now), now.isPresenting], [{ step: 2, pin: "output:0,1,1", hover: "", isPlaying: false }, false]);
});

test("a trace that is a zero-inserted cell of the input's is that input cell", () => {
  equal(stateOf("?preset=basic&view=gather&trace=zero_inserted:1,1").pin, "input:0,0,0");
  equal(stateOf("?preset=basic&view=gather&trace=zero_inserted:0,0").pin, "zero_inserted:0,0");
  equal(stateOf("?preset=basic&trace=zero_inserted:0,0").pin, ""); // Scatter has no such cell
});

test("new numbers keep step, pin and playing", () => {
  const before = stateOf(BASIC, { step: 3, pin: "output:0,1,1", hover: "input:0,0,1", isPlaying: true });
  equal(after(before, "?x=1,2;3,4&k=1,2;3,4"), { step: 3, pin: "output:0,1,1", hover: "input:0,0,1", isPlaying: true });
  equal(after(before, STRIDE), { step: 3, pin: "output:0,1,1", hover: "input:0,0,1", isPlaying: true }); // as many stamps
  equal(withDocument(before, documentOf(STRIDE), false).isPresenting, undefined); // stays as it is
});

test("where steps mean something else, all are done and nothing plays", () => {
  const before = stateOf(BASIC, { step: 3, pin: "input:0,0,0", isPlaying: true });
  for (const other of [SMALL, "?preset=basic&view=gather", "?preset=basic&backward=1", "?preset=two-channels-add"])
    equal(after(before, other), { step: null, pin: "input:0,0,0", hover: "", isPlaying: false }, other);
});

test("a step beyond the last becomes the last", () => {
  const before = stateOf("?preset=stride-2&view=gather", { step: 15 });
  equal([before.document.steps, after(before, "?preset=basic&view=gather").step], [16, 9]);
  equal(after(stateOf(BASIC, { step: 0 }), STRIDE).step, 0);
});

test("what is gone is no longer traced", () => {
  const before = stateOf(BASIC, { pin: "input:0,1,1", hover: "output:0,2,2" });
  equal(after(before, SMALL), { step: null, pin: "", hover: "", isPlaying: false });
});

test("a pinned entry of W goes with its input and kernel cell", () => {
  equal(after(stateOf("?preset=basic&view=matrix", { pin: "W:1,4" }), "?preset=stride-2&view=matrix").pin, "W:1,6");
});

test("a pin goes with a change of view or channel, or is let go aloud", () => {
  const pinnedAt = (from, pin, to, isNew = false) => {
    const now = withDocument(stateOf(from, { pin }), documentOf(to), isNew);
    return [now.pin, now.hasLetGo];
  };
  equal(pinnedAt(BASIC, "output:0,1,1", "?preset=basic&view=gather"), ["output:0,1,1", false]);
  equal(pinnedAt("?preset=basic&view=matrix", "W:0,4", BASIC), ["W:0,4", false]);
  equal(pinnedAt("?preset=groups", "output:0,1,1", "?preset=groups&channel=1,1"), ["output:1,1,1", false]);
  equal(pinnedAt("?preset=groups", "kernel:0,0,1,0", "?preset=groups&channel=1,1"), ["kernel:1,0,1,0", false]);
  equal(pinnedAt("?preset=basic&view=gather", "zero_inserted:0,0", BASIC), ["", true]);
  equal(pinnedAt(BASIC, "input:0,1,1", SMALL), ["", true]);
  equal(pinnedAt(BASIC, "", SMALL), ["", false]);
  equal(pinnedAt(BASIC, "input:0,1,1", SMALL, true), ["", false]); // a page of its own has its own trace
});

test("a notice that is closed stays away until the host's next answer", () => {
  const status = { ...FIRST_STATE.status, answer: "a.1.0", notices: ["one", "two"] };
  const state = stateOf(BASIC, { status, hasLetGo: true });
  const shown = (changes) => own.noticesOf({ ...state, ...changes }).map(({ key, text }) => key ?? text);
  equal(shown({}), ["let_go", "one", "two"]);
  const closed = own.closeNotice(state, { text: "one" });
  equal([shown(closed), shown(own.closeNotices(state))], [["let_go", "two"], []]);
  const again = (answer) => shown({ ...closed, ...own.withChanges(state, { status: { ...status, answer } }) });
  equal([again("a.1.0"), again("a.2.0")], [["let_go", "two"], ["let_go", "one", "two"]]);
});

test("a plotly.js that is late is not called missing", () => {
  const shown = (state) => own.noticesOf({ ...stateOf(BASIC), ...state }).map(({ key }) => key);
  equal(shown({}), []);
  equal(shown({ canPaint: false, awaitsPlotly: true }), ["late_plotly"]);
  equal(shown({ canPaint: false, awaitsPlotly: false }), ["no_plotly"]);
  equal(shown({ canPaint: true }), []);
});

test("the mask is the document's", () => {
  const document = { ...documentOf(BASIC), mask: ["output"] };
  equal(withDocument(stateOf(BASIC), document, false).mask, ["output"]);
});

test("the scene: what is traced comes before the step", () => {
  const scene = (changes) => sceneOf(stateOf("?preset=two-channels-add", changes));
  equal([scene({}).trace, scene({}).channel, scene({ step: 0 }).trace], [null, 0, null]);
  const stepped = scene({ step: 5 });
  equal([stepped.traced, stepped.trace.grid, stepped.trace.at, stepped.channel], [null, "input", [1, 0, 0], 1]);
  const traced = scene({ step: 5, hover: "input:0,1,1" });
  equal([traced.trace.at, traced.channel], [[0, 1, 1], 0]);
  equal(scene({ pin: "input:0,0,0", hover: "input:1,1,1" }).channel, 0); // what is pinned comes first
  equal(scene({ step: 5, hover: "output:0,1,1" }).channel, 1); // an output cell has no channel of its own: the step's
});

test("a gathered step traces its output cell in the shown channel", () => {
  const { channel, trace } = sceneOf(stateOf("?preset=two-channels-add&view=gather&channel=1,0", { step: 5 }));
  equal([channel, trace.grid, trace.canvas], [1, "output", 4]);
});

test("a mask hides cells by their names, or a whole grid", () => {
  const isMasked = masked({ mask: ["kernel", "output:0,1,1"] });
  equal(["kernel:0,0,1,1", "output:0,1,1", "output:0,1,0", "input:0,0,0"].map(isMasked), [true, true, false, false]);
  equal(masked({ mask: [] })("input:0,0,0"), false);
});

test("a step back and a step forward", () => {
  const document = { steps: 4 };
  equal([null, 4, 1, 0].map((step) => stepBefore({ step, document })), [4, 3, 0, 0]);
  equal([0, 3, 4, null].map((step) => stepAfter({ step, document })), [1, 4, null, null]);
  equal(stepTo(2), { step: 2, isPlaying: false, pin: "", hover: "" }); // a pin never stands over a step in silence
  equal(own.pinned("input:0,0,0"), { pin: "input:0,0,0", hover: "" });
});

/** A store that plays, with a clock that stands still until a test moves it. */
function playingOf(changes) {
  const clock = stoppedClock(), store = createStore(stateOf(BASIC, changes)), playing = createPlaying(store);
  store.start();
  const now = () => [store.state.step, store.state.isPlaying];
  return { clock, store, playing, now };
}

test("playing begins anew where all is done, and ends at the last step", () => {
  const { clock, playing, now } = playingOf({});
  playing.toggle();
  equal(now(), [0, true]);
  clock.pass(899);
  equal(now(), [0, true]);
  clock.pass(1);
  equal(now(), [1, true]);
  clock.pass(2700);
  equal(now(), [4, false]);
  clock.pass(9000);
  equal([now(), clock.waiting()], [[4, false], 0]);
});

test("playing goes on from where it stands, at its speed", () => {
  const { clock, playing, now } = playingOf({ step: 1, speed: 2 });
  playing.toggle();
  clock.pass(450);
  equal(now(), [2, true]);
  playing.toggle();
  clock.pass(9000);
  equal(now(), [2, false]);
});

test("playing frees what is pinned, and pinning pauses", () => {
  const { clock, playing, store, now } = playingOf({ step: 1, pin: "input:0,1,1" });
  playing.toggle();
  equal([store.state.pin, now()], ["", [1, true]]);
  clock.pass(900);
  store.set(own.pinned("input:0,0,0"));
  equal([store.state.pin, now()], ["input:0,0,0", [2, false]]);
  clock.pass(9000);
  equal(now(), [2, false]);
});

test("a step by hand ends the playing", () => {
  const { clock, store, playing, now } = playingOf({ step: 1 });
  playing.toggle();
  store.set(stepTo(3));
  clock.pass(9000);
  equal(now(), [3, false]);
});

test("a stage that is gone plays no more", () => {
  const { clock, playing, now } = playingOf({ step: 1, isPlaying: true });
  playing.stop();
  clock.pass(9000);
  equal(now(), [1, true]);
});

test("what else changes does not delay the next step", () => {
  const { clock, store, now } = playingOf({ step: 1, isPlaying: true });
  clock.pass(800);
  store.set({ hover: "input:0,0,0" });
  clock.pass(100);
  equal(now(), [2, true]);
});

test("what people believe is opened at any mistake, and closed", () => {
  equal(own.whatIfTurned({ document: documentOf("?preset=basic&step=2&trace=output:0,1,1") }), { name: "any" });
  equal(own.whatIfTurned({ document: { ...documentOf("?preset=basic&step=2&trace=output:0,1,1"), what_if: { name: "no_flip" } } }), { name: "" });
});
