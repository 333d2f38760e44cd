import { isFound, wordsOf } from "../../explorer/stage/parts/gallery.js";
import { equal, examples, test, texts } from "./testing.js";

/** The examples that a text finds, in the list's order. */
const found = (typed) =>
  Object.entries(examples).flatMap(([group, names]) => names.filter((name) => isFound(wordsOf(texts, group, name), typed)));

test("an example is found by its title, its sentence and its group, whatever the case", () => {
  equal(found("Stride 2 · cell 12"), ["stride-2"]);
  equal(found("straight LINES"), ["bilinear"]);
  equal(found("dumoulin odd"), ["dv-padding-strides-odd"]);
  equal(found("no such words"), []);
  equal(found("").length, Object.keys(texts.presets).length);
});

test("every example is in one group, and has a title and a sentence", () => {
  const names = Object.values(examples).flat();
  equal(new Set(names).size, names.length);
  equal(names.filter((name) => !texts.presets[name] || !texts.about[name]), []);
  equal(Object.keys(examples).filter((group) => !texts.preset_groups[group]), []);
});
