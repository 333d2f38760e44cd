import { numberText } from "../../explorer/stage/numbers.js";
import { equal, numberTexts, test } from "./testing.js";

test("a number is shown as Python shows it", () => {
  equal(numberTexts.length > 50, true);
  for (const [value, text] of numberTexts) equal(numberText(value), text, String(value));
});

test("an empty cell has no text", () => {
  equal([numberText(null), numberText(undefined)], ["", ""]);
});

test("zero has no sign", () => {
  equal([numberText(0), numberText(-0)], ["0", "0"]);
});
