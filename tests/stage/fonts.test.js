import { CORNERED, commonFont, cornerFont, hatchOf, nameFont, ownFont, shiftOf } from "../../explorer/stage/fonts.js";
import { equal, test } from "./testing.js";

const DIGIT = 0.5, HIGH = 0.66; // em: how wide and how high a digit is

test("two digits take at least 0.4 of the cell's height", () => {
  for (const texts of [["0", "1"], ["0", "12"], ["−9", "12", "3"]]) equal(commonFont(texts).size >= 0.4, true, texts.join());
});

test("the longest number decides the size of all, down to a quarter of the cell", () => {
  const sizes = ["1", "100", "−1000", "123456"].map((longest) => commonFont(["0", longest]).size);
  equal(sizes.every((size, at) => at === 0 || size <= sizes[at - 1]), true);
  equal(commonFont(["0", "−1.234e-5"]).size, 0.24);
  equal(commonFont([]).size, 0.44);
});

test("a number that is too long for its cell is smaller by itself, and none is cut off", () => {
  const common = commonFont(["0", "12345678"]);
  equal(ownFont(common, "0"), common.size);
  for (const text of ["12", "1.474", "−1234567", "−1.234e-15"]) {
    const own = ownFont(commonFont(["0", text]), text);
    const digits = text.length - (text.includes(".") ? 0.5 : 0); // a point is half as wide
    equal(own * DIGIT * digits < 0.9, true, text);
  }
});

test("decimal points stand below one another", () => {
  const texts = ["1.474", "−0.3671", "12.5", "0"], common = commonFont(texts);
  equal(common.size >= 0.24, true);
  for (const text of texts) equal(ownFont(common, text), common.size, text);
  const pointOf = (text) => {
    const wide = text.length - (text.includes(".") ? 0.5 : 0); // in digits; a point is half of one
    const before = text.includes(".") ? text.indexOf(".") : text.length;
    return before - wide / 2 + shiftOf(common, text);
  };
  for (const text of texts) equal(pointOf(text), pointOf(texts[0]), text);
});

test("whole numbers, and what does not fit into the common columns, stand in the middle", () => {
  equal(shiftOf(commonFont(["0", "−12", "3"]), "3"), 0);
  equal(shiftOf(commonFont(["1.5", "2"]), "123.25"), 0);
  equal(shiftOf(commonFont(["1.5", "2"]), ""), 0);
  equal(commonFont(["0.5", "1.2e-7"]).after, 0);
  equal(commonFont(["123456.5", "0.0001"]).after, 0); // the columns would be wider than a cell
});

test("names, corners and labels grow with the cell, and no corner reaches into the number", () => {
  for (const cell of [22, CORNERED, 50, 86, 120, 170]) {
    equal(nameFont(cell) >= 11 && cornerFont(cell) >= 11, true);
    const above = cell * (1 - HIGH * commonFont(["12"]).size) / 2;
    const border = Math.max(2, Math.min(1 + cell * 0.04, 5)); // the outline's
    if (cell >= CORNERED) equal(border + cornerFont(cell) <= above + 1, true, `${cell}`);
  }
  equal([nameFont(100), cornerFont(100), cornerFont(170)], [17, 20, 34]);
  equal(nameFont(170), 20);
});

test("hatching has a whole number of lines in a cell, about as far apart in all, and none where they would blur", () => {
  for (let cell = 14; cell <= 170; cell++) {
    const lines = cell / Math.SQRT2 / hatchOf(cell);
    equal(Math.abs(lines - Math.round(lines)) < 1e-9, true, `${cell}`);
    equal(hatchOf(cell) > 6 && hatchOf(cell) < 14, true, `${cell}`);
  }
  equal([3, 8, 13.5].map(hatchOf), [0, 0, 0]);
});
