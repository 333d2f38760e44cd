import { spokenParts } from "../../explorer/stage/language.js";
import { columnsOf } from "../../explorer/stage/parts/facts.js";
import { documentOf, equal, test, texts } from "./testing.js";

/** The formula's rows, letters and numbers, as the columns in which they stand. */
function rowsOf(address) {
  const { letters, numbers } = documentOf(address).formula[0];
  return [letters, numbers].map((message) => columnsOf(spokenParts(texts, message)));
}
const texted = (row) => row.map(({ text }) => text).join("");

test("the letters stand first and each of their numbers below it", () => {
  const [letters, numbers] = rowsOf("?preset=dilation");
  equal(texted(letters), "H′ = W′ = (H−1)·s − 2p + d(k−1) + o + 1");
  equal(texted(numbers), "= (2−1)·1 − 2·0 + 2·(2−1) + 0 + 1 = 4");
  equal(letters.map(({ letter }) => letter), numbers.map(({ letter }) => letter));
  equal(letters.map(({ letter }) => letter).filter(Boolean), ["n", "s", "p", "d", "k", "o"]);
});

test("backward it is the convolution's", () => {
  const [letters, numbers] = rowsOf("?preset=padding-1&view=matrix&backward=1&upstream=ones");
  equal(texted(letters), "H = W = ⌊(H′ + 2p − d(k−1) − 1)/s⌋ + 1");
  equal(texted(numbers), "= ⌊(1 + 2·1 − 1·(2−1) − 1)/1⌋ + 1 = 2");
  equal(letters.map(({ letter }) => letter), numbers.map(({ letter }) => letter));
});
