import { createCard } from "../../explorer/upsampling/panel/card.js";
import { equal, test } from "../stage/testing.js";

const GRID = { label: "K", texts: [["1"]], phases: [[0]], shares: [[0]], isTinted: true };
const JOINTS = { en: " ", zh: "" };

test("the answer stands out from its reason, in every language", () => {
  for (const [language, answer, text, mend] of [
    ["en", "Yes.", "A sum is 0.5. Mend it.", "Mend it:"],
    ["zh", "会，而且有空洞。", "有些总是 0。只有相等时才平坦。", "修正："],
  ]) {
    const words = { mend, joints: { sentences: JOINTS[language] } }, card = createCard({ words, change: () => {} });
    const said = { tone: "warn", answer, text };
    card.draw({ card: {
      kernel: GRID, sums: GRID, overlap: GRID, response: GRID, verdict: said, mend: { text, kernel: null, ways: [] },
    } });
    const verdict = card.node.querySelector("[data-testid=verdict]");
    equal([verdict.firstChild.tagName, verdict.firstChild.textContent], ["B", answer]);
    equal(verdict.textContent, answer + JOINTS[language] + text);
    equal(card.node.querySelector(".mend-text p").textContent, mend + JOINTS[language] + text);
  }
});
