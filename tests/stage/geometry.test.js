import { placeBeside } from "../../explorer/stage/geometry.js";
import { equal, test } from "./testing.js";

const grid = (left, top, right, bottom) => ({ left, top, right, bottom });
const NOTE = { width: 280, height: 50 }, ROOM = 900;
const place = (near, others, at = near.left) => placeBeside(near, at, NOTE, ROOM, [near, ...others], 6);

test("a note stands below the grid that it speaks of, at the cell", () => {
  equal(place(grid(100, 40, 240, 180), []), [100, 186]);
  equal(place(grid(700, 40, 860, 180), [], 780), [620, 186]); // not beyond the right edge
});

test("a note avoids the other grids: at the right, at the left, above", () => {
  const near = grid(300, 100, 440, 240), below = grid(300, 260, 440, 400);
  equal(place(near, [below]), [446, 100]);
  equal(place(near, [below, grid(500, 100, 800, 400)]), [14, 100]);
  equal(place(near, [below, grid(500, 100, 800, 400), grid(0, 100, 280, 400)]), [300, 44]);
});

test("where there is no free place a note stands below its grid all the same", () => {
  const near = grid(10, 20, 150, 160);
  equal(place(near, [grid(10, 170, 150, 300), grid(160, 0, 900, 300)]), [10, 166]);
});
