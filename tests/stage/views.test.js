import { restOf } from "../../explorer/stage/arranging.js";
import { directionOf } from "../../explorer/stage/views/index.js";
import { documentOf, equal, test } from "./testing.js";

/** What a form places, as texts: grids by their names, signs, and how many channels are left out. */
function placed(address, form) {
  const document = documentOf(address);
  const flat = (...children) => children.flat(9);
  const rest = () => (restOf(document) ? [`+ ${restOf(document)}`] : []);
  return directionOf(document).forms[form]({
    document, grid: (name) => name, sign: (text) => text, row: flat, column: flat, axis: flat, overview: () => [], rest,
  }).flat(9).join(" ");
}

test("an = stands only where the sum before it is whole, or the other channels are named", () => {
  for (const form of ["wide", "narrow", "phone"]) {
    equal(placed("?preset=basic&view=gather", form), "input kernel → zero_inserted ★ flipped = output");
    equal(placed("?preset=two-channels-add&view=gather&channel=1,0", form), "input kernel → zero_inserted ★ flipped + 1 = output");
    equal(placed("?preset=basic&out_channels=2&backward=1", form), "gradient = kernel ★ upstream + 1");
    equal(placed("?preset=basic&backward=1", form), "gradient = kernel ★ upstream");
  }
});
