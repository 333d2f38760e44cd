import { colourAt } from "../../explorer/stage/canvas.js";
import { stamped } from "../../explorer/stage/hosts/offline/sums.js";
import { documentOf, equal, palettes, test } from "./testing.js";

test("the scale's ends and its middle, and beyond it the ends", () => {
  const { light } = palettes;
  const hex = (value) => `#${colourAt(light, value, 2).map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  equal([-2, 0, 2, 9].map((value) => hex(value).toUpperCase()), [...light.scale, light.scale[2]]);
});

test("a grid of zeros has the middle", () => {
  equal(colourAt(palettes.light, 0, 0), colourAt(palettes.light, 0, 1));
});

test("what a file leaves out is added up to the same numbers", async () => {
  for (const address of ["?x=0.5,-1&k=0.123456,-2", "?preset=two-channels-add&stride=2", "?preset=groups"]) {
    const document = await documentOf(address), { output, sums } = stamped(document);
    equal([output, sums], [document.output, document.sums]);
  }
});
