import { equal, test } from "../stage/testing.js";
import * as own from "../../explorer/networks/panel/state.js";

const NAMES = ["layer", "input", "target", "pick", "open"];
const DEFAULTS = { own: { layer: "A", input: "1x1", target: "64x64", pick: "0", open: "lanes" }, plain: { input: "16", target: "" } };

test("an address and back, whatever a text holds", () => {
  for (const layer of ["nn.ConvTranspose2d(1, 2, 3)\nx = [1]", "a&b=c#d?e+f%20", "ü × “same” \\", "", " "]) {
    const query = { layer, input: "16x16" };
    equal(own.queryOf(own.searchOf(query, "", NAMES), NAMES), query);
  }
});

test("what belongs to others in an address stays, behind", () => {
  const search = own.searchOf({ pick: "2" }, "?embed=true&pick=1&utm_source=a%26b", NAMES);
  equal(search, "?pick=2&embed=true&utm_source=a%26b");
  equal(own.searchOf({}, "?embed=true", NAMES), "?embed=true");
  equal(own.searchOf({}, "?pick=1", NAMES), "");
  equal(own.queryOf("?embed=true&pick=1", NAMES), { pick: "1" });
});

test("an address is readable", () => {
  equal(own.searchOf({ layer: "a(1, 2)\nb=3" }, "", NAMES), "?layer=a(1,+2)%0Ab=3");
});

test("where an address is silent, the bare page and one with a text of its own mean something else", () => {
  equal(own.valueOf({}, "input", DEFAULTS), "1x1");
  equal(own.valueOf({ layer: "B" }, "input", DEFAULTS), "16");
  equal(own.valueOf({ layer: "B" }, "open", DEFAULTS), "lanes");
  equal(own.valueOf({ input: "7" }, "input", DEFAULTS), "7");
});

test("a text that is changed keeps the sizes that stood beside it", () => {
  equal(own.changed({}, { layer: "B" }, DEFAULTS), { input: "1x1", target: "64x64", layer: "B" });
  equal(own.changed({ input: "7" }, { layer: "B" }, DEFAULTS), { input: "7", target: "64x64", layer: "B" });
  equal(own.changed({ layer: "B" }, { layer: "C" }, DEFAULTS), { layer: "C" });
  equal(own.changed({}, { pick: "2" }, DEFAULTS), { pick: "2" });
});

test("a section is folded and unfolded", () => {
  equal(own.folded("lanes", "trip", true), "lanes-trip");
  equal(own.folded("lanes-trip", "lanes", false), "trip");
  equal(own.folded("trip", "trip", false), "none");
  equal(own.folded("none", "trip", true), "trip");
  equal(own.folded("trip", "trip", true), "trip");
});

test("lines of a text", () => {
  const text = "one\ntwo\n\nfour";
  equal([0, 3, 4, 8, 9, 13].map((place) => own.lineAt(text, place)), [1, 1, 2, 3, 4, 4]);
  equal([1, 2, 3, 4].map((line) => text.slice(...own.rangeOfLine(text, line))), ["one", "two", "", "four"]);
});
