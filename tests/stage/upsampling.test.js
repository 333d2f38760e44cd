import { changed, clipped, curve, joined, readZoom, valueOf, writtenZoom } from
  "../../explorer/upsampling/panel/state.js";
import { equal, test } from "./testing.js";

const READ = { kernel: "ones", stride: "2", size: "3" };

test("what was changed last counts, else what the server read", () => {
  equal([valueOf({ size: "5" }, "size", READ), valueOf({}, "size", READ)], ["5", "3"]);
});

test("numbers of its own leave the bare page its stride", () => {
  equal(changed({}, { kernel: "own", k: "1" }, READ), { stride: "2", kernel: "own", k: "1" });
  equal(changed({ stride: "3" }, { k: "1" }, READ), { stride: "3", k: "1" });
  equal(changed({}, { size: "4" }, READ), { size: "4" });
});

test("a zoom shows no empty edge and stays within bounds", () => {
  equal(clipped({ zoom: 2, x: 0, y: 1 }), { zoom: 2, x: 0.25, y: 0.75 });
  equal(clipped({ zoom: 0.1, x: 0.9, y: 0 }), { zoom: 1, x: 0.5, y: 0.5 });
  equal(clipped({ zoom: 100, x: 0.5, y: 0.5 }).zoom, 16);
});

test("a zoom in an address and back", () => {
  equal(writtenZoom(readZoom("4,0.25,0.5")), "4,0.25,0.5");
  for (const text of [undefined, "", "x,1,1", "1,0.5,0.5"]) equal(writtenZoom(readZoom(text)), "");
});

test("a chunk goes on where it belongs, and a training that begins anew forgets", () => {
  equal(joined([4, 3], 2, [2, 1]), [4, 3, 2, 1]);
  equal(joined([4, 3, 2], 0, [9]), [9]);
});

test("losses on a logarithmic scale", () => {
  equal(curve([0.1, 0.01], 2), { points: [[0, 0], [0.5, 1]], low: -2, high: -1 });
  equal(curve([], 2).points, []);
  equal(curve([0, 1], 2).points.length, 1);
});
