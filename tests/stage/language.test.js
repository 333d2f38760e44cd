import { filled, shapeText, speak, speakAll, spokenParts, textAt } from "../../explorer/stage/language.js";
import { equal, test, texts, textsIn, throws } from "./testing.js";

const table = { hello: "Hello, {name}!", count: { some: "{count} of {all}", twice: "{n} and {n}" }, size: "a size of {size}", note: "{note}: {note_text}" };
const say = (key, values = {}) => speak(table, { key, values });

test("a text at a dotted path", () => {
  equal(textAt(table, "count.some"), "{count} of {all}");
  throws(() => textAt(table, "missing.some"));
});

test("places are filled, each of them", () => {
  equal(filled("{a}, {b}, {a}", { a: 1, b: "two" }), "1, two, 1");
  equal(filled("{a} {missing}!", { a: 0 }), "0 !");
  equal(filled("{a}", { a: null }), "");
});

test("what is filled in is not filled again", () => {
  equal(filled("{a}{b}", { a: "{b}", b: "$&" }), "{b}$&");
});

test("a message with a text, and with none", () => {
  equal(say("hello", { name: "you" }), "Hello, you!");
  equal(say("count.twice", { n: "2" }), "2 and 2");
});

test("a number is spoken as a cell shows it", () => {
  equal(say("count.some", { count: -0.5, all: 12345.6 }), "−0.5 of 12346");
});

test("a message within a message", () => {
  equal(say("note", { note: { key: "size", values: { size: 3 } }, note_text: { key: "hello", values: { name: "X" } } }), "a size of 3: Hello, X!");
});

test("a message of the real table", () => {
  const values = { n: 2, k: 3, s: 2, p: 0, o: 0, d: 1, out: 5 };
  equal(speak(texts, { key: "formula.forward_numbers", values }), "= (2−1)·2 − 2·0 + 1·(3−1) + 0 + 1 = 5");
});

test("messages in a row are joined as sentences of their language are", () => {
  const messages = [{ key: "frame.padding", values: { value: 1 } }, { key: "agreement.exact", values: {} }];
  equal(speakAll(textsIn.en, messages), "Padding 1 keeps only what is inside the dashed frame. All are the same to the last digit.");
  equal(speakAll(textsIn.zh, messages), "填充 1 只保留虚线框内的部分。直到最后一位都相同。");
  equal(speakAll(textsIn.zh, []), "");
});

test("a message in its parts names the place of each", () => {
  const parts = spokenParts(table, { key: "count.some", values: { count: -0.5, all: "x" } });
  equal(parts.map(({ text, place }) => [text, place]), [["", ""], ["−0.5", "count"], [" of ", ""], ["x", "all"], ["", ""]]);
});

test("a shape", () => {
  equal([shapeText([1, 2, 3]), shapeText([4])], ["1×2×3", "4"]);
});
