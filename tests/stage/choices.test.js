import { meant, moved, offered } from "../../explorer/stage/hosts/offline/choices.js";
import { equal, test } from "./testing.js";

const STRIDE_PADDING = [[1, 0], [1, 1], [2, 0], [2, 1], [3, 0], [3, 1], [3, 2]];
const GROUPS = [[1], [2], [4]];

test("a slider offers what is possible with those before it", () => {
  equal(offered(STRIDE_PADDING, [1, 1], 0), [1, 2, 3]);
  equal(offered(STRIDE_PADDING, [1, 1], 1), [0, 1]);
  equal(offered(STRIDE_PADDING, [3, 0], 1), [0, 1, 2]);
});

test("those behind a slider stay, or go to the nearest possible value", () => {
  equal(moved(STRIDE_PADDING, [3, 2], 0, 1), [1, 1]);
  equal(moved(STRIDE_PADDING, [3, 1], 0, 1), [1, 1]);
  equal(moved(STRIDE_PADDING, [1, 1], 0, 3), [3, 1]);
  equal(moved(STRIDE_PADDING, [3, 1], 1, 2), [3, 2]);
});

test("a handle between two possible values means the next one on its way", () => {
  const possible = offered(GROUPS, [1], 0);
  equal([[2, 1], [3, 2], [3, 4], [1, 4]].map(([number, from]) => meant(possible, number, from)), [2, 4, 2, 1]);
});
