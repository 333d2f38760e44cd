import { directionOf } from "../../explorer/stage/views/index.js";
import { documentOf, equal, test } from "./testing.js";

/** What a view places, as texts: grids by their names, signs, and how many channels are left out. */
function placed(address, arrangement) {
  const document = documentOf(address);
  const flat = (...children) => children.flat(9);
  return directionOf(document).place({
    document, arrangement, grid: (name) => name, sign: (text) => text, pair: flat, side: flat,
    overview: () => [], rest: (count) => (count ? [`+ ${count}`] : []),
  }).flat(9).join(" ");
}

test("an = stands only where the sum before it is whole, or the other channels are named", () => {
  const gather = (address) => placed(`${address}&view=gather`, "gather stack");
  equal(gather("?preset=basic"), "input kernel → zero_inserted ★ flipped = output");
  equal(placed("?preset=two-channels-add&view=gather&channel=1,0", "gather stack"), "input kernel → zero_inserted ★ flipped + 1 = output");
  equal(placed("?preset=basic&out_channels=2&backward=1", "row"), "gradient = kernel ★ upstream + 1");
  equal(placed("?preset=basic&backward=1", "row"), "gradient = kernel ★ upstream");
});
