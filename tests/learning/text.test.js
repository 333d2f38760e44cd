import { paragraphs } from "../../explorer/learning/panel/text.js";
import { equal, test } from "../stage/testing.js";

const plain = (text) => ({ text, style: "", term: "" });
const term = (text) => ({ text, style: "term", term: "x" });
/** What stands together with each term, and the whole paragraph. */
function kept(...runs) {
  const [node] = paragraphs([runs], () => {});
  return [[...node.querySelectorAll(".kept")].map(({ textContent }) => textContent), node.textContent];
}

test("signs of every script stay with the term, and nothing is lost", () => {
  for (const [before, after, held] of [
    ["The ", ", then", "W,"],
    ["The (", ") then", "(W)"],
    ["the “", "”, then", "“W”,"],
    ["the ", " then", "W"],
    ["这是", "。然后", "W。"],
    ["这是“", "”，然后", "“W”，"],
    ["这是", "、", "W、"],
    ["¿", "? ¿Y", "¿W?"],
    ["这是", "的核", "W"],
  ]) equal(kept(plain(before), term("W"), plain(after)), [[held], `${before}W${after}`]);
});

test("signs between two terms are shared out once", () => {
  equal(kept(term("A"), plain("，(“"), term("B"), plain("”)。")), [["A，", "(“B”)。"], "A，(“B”)。"]);
  equal(kept(term("A"), plain("¿"), term("B")), [["A", "¿B"], "A¿B"]);
  equal(kept(term("A"), term("B")), [["A", "B"], "AB"]);
});

test("what stands out keeps its own signs", () => {
  equal(kept(term("A"), { text: ")", style: "code", term: "" }), [["A"], "A)"]);
});
