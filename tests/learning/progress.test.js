import * as own from "../../explorer/learning/panel/progress.js";
import { equal, test } from "../stage/testing.js";

const CONTENTS = [
  { name: "one", title: "One", parts: [{ page: "?a=1", kinds: ["size"] }, { page: "?a=2", kinds: [] }] },
  { name: "two", title: "Two", parts: [{ page: "?b=1", kinds: ["value", "picture"] }] },
];
const missed = (progress, kind, search) => own.withAnswer(progress, { kind, search, isRight: false });
const right = (progress, kind, search) => own.withAnswer(progress, { kind, search, isRight: true });
const first = () => 0, last = () => 0.999;

test("what is stored comes back; a text that holds no progress is nothing", () => {
  const some = missed(own.withPart(own.EMPTY, "one", 2), "size", "?a=1");
  equal(own.readProgress(JSON.stringify(some)), some);
  equal(own.readProgress(JSON.stringify(own.EMPTY)), own.EMPTY);
  const broken = [{ ...some, version: 2 }, { ...some, asked: -1 }, { ...some, done: [] }, { ...some, missed: [{}] }, [], 3];
  for (const text of [null, undefined, "", "{", "x".repeat(200_000), ...broken.map((one) => JSON.stringify(one))]) {
    equal(own.readProgress(text), null);
  }
});

test("a lesson is done when all of its parts are", () => {
  const half = own.withPart(own.EMPTY, "one", 1), whole = own.withPart(half, "one", 2);
  equal([half, whole].map((progress) => own.isLessonDone(progress, CONTENTS[0])), [false, true]);
  equal([own.isPartDone(half, "one", 1), own.isPartDone(half, "one", 2)], [true, false]);
});

test("what was missed comes again soon, when it is right later, and then no more", () => {
  let progress = missed(own.EMPTY, "value", "?b=1");
  equal(progress.missed, [{ kind: "value", search: "?b=1", gap: 2, due: 3 }]);
  equal(own.nextQuestion(progress, CONTENTS, 0, first).kind, "size");
  progress = right(right(progress, "size", "?a=1"), "size", "?a=1");
  equal(own.nextQuestion(progress, CONTENTS, 0, first), { kind: "value", search: "?b=1", number: 4 });
  progress = right(progress, "value", "?b=1");
  equal(progress.missed, [{ kind: "value", search: "?b=1", gap: 8, due: 12 }]);
  progress = right(progress, "value", "?b=1");
  equal(progress.missed.map(({ gap }) => gap), [32]);
  equal(right(progress, "value", "?b=1").missed, []);
  equal(missed(progress, "value", "?b=1").missed.map(({ gap }) => gap), [2]);
});

test("what is right at once is not practised again", () => {
  equal(right(own.EMPTY, "size", "?a=1"), { ...own.EMPTY, asked: 1 });
});

test("practice asks of the parts that are done, of the first lesson where none is", () => {
  equal([first, last].map((random) => own.nextQuestion(own.EMPTY, CONTENTS, 0, random).search), ["?a=1", "?a=1"]);
  const progress = own.withPart(own.EMPTY, "two", 1);
  equal([first, last].map((random) => own.nextQuestion(progress, CONTENTS, 0, random).kind), ["value", "picture"]);
  const bare = own.withPart(own.EMPTY, "one", 2);
  equal(own.nextQuestion(bare, CONTENTS, 0, first).search, "?a=1");
});

test("each question of the practice has another number", () => {
  equal(own.nextQuestion(own.EMPTY, CONTENTS, 0, first).number, 1);
  equal(own.nextQuestion(own.EMPTY, CONTENTS, 5, first).number, 6);
  equal(own.nextQuestion(right(own.EMPTY, "size", "?a=1"), CONTENTS, 0, first).number, 2);
});

test("no more is kept than a hundred missed questions", () => {
  let progress = own.EMPTY;
  for (let at = 0; at < 120; at += 1) progress = missed(progress, "size", `?a=${at}`);
  equal([progress.missed.length, progress.missed[0].search], [100, "?a=20"]);
});
