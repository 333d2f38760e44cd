import { colourAt } from "../../explorer/stage/canvas.js";
import { equal, palettes, test } from "./testing.js";

test("the scale's ends and its middle, and beyond it the ends", () => {
  const { light } = palettes;
  const hex = (value) => `#${colourAt(light, value, 2).map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  equal([-2, 0, 2, 9].map((value) => hex(value).toUpperCase()), [...light.scale, light.scale[2]]);
});

test("a grid of zeros has the middle", () => {
  equal(colourAt(palettes.light, 0, 0), colourAt(palettes.light, 0, 1));
});
