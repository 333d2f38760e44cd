import { isFound, wordsOf } from "../../explorer/stage/parts/gallery.js";
import { equal, examples, test, texts, textsIn } from "./testing.js";

/** The examples that a text finds, in the list's order. */
const found = (typed, own = texts) =>
  Object.entries(examples).flatMap(([group, names]) => names.filter((name) => isFound(wordsOf(own, group, name), typed)));

test("an example is found by its title, its sentence and its group, whatever the case", () => {
  equal(found("Stride 2 · cell 12"), ["stride-2"]);
  equal(found("straight LINES"), ["bilinear"]);
  equal(found("dumoulin odd"), ["dv-padding-strides-odd"]);
  equal(found("no such words"), []);
  equal(found("").length, Object.keys(texts.presets).length);
});

test("in Chinese spaces may be left out, and an input method's wide digits are digits", () => {
  const all = found("步幅 2", textsIn.zh);
  equal(all.includes("stride-2"), true);
  for (const typed of ["步幅2", "步幅２", "步幅　2"]) equal(found(typed, textsIn.zh).includes("stride-2"), true, typed);
  equal(found("没有这样的词", textsIn.zh), []);
});

test("every example is in one group, and has a title and a sentence", () => {
  const names = Object.values(examples).flat();
  equal(new Set(names).size, names.length);
  equal(names.filter((name) => !texts.presets[name] || !texts.about[name]), []);
  equal(Object.keys(examples).filter((group) => !texts.preset_groups[group]), []);
});
