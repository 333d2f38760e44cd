import { FORMATS, rowsOf } from "../../explorer/stage/copying.js";
import { FIRST_STATE, withDocument } from "../../explorer/stage/state.js";
import { documentOf, equal, test } from "./testing.js";

/** What a grid copies, on a page's document. */
function copied(address, name, changes = {}) {
  const document = documentOf(address);
  const state = { ...FIRST_STATE, ...withDocument(FIRST_STATE, document, true), ...changes };
  return rowsOf({ kind: state.direction.grids[name], ...document.grids[name] }, state);
}

test("every digit of X and K is copied, also where a cell shows fewer", () => {
  equal(copied("?x=0.5,-1&k=0.123456,-2", "input"), [[0.5, -1]]);
  equal(copied("?x=0.5,-1&k=0.123456,-2", "kernel"), [[0.123456, -2]]);
  equal(copied("?x=0.5,-1&k=0.123456,-2", "output"), [[0.061728, -1.123456, 2]]);
});

test("of a canvas only the output is copied", () => {
  equal(copied("?preset=padding-1", "output"), [[4]]);
  equal(copied("?preset=padding-1&view=matrix&backward=1&upstream=ones", "upstream"), [[1]]);
  equal(copied("?preset=output-padding-zeros", "output")[0].length, documentOf("?preset=output-padding-zeros").sizes.window[3]);
});

test("W, the vectors, K flipped, the zero-inserted X and dX", () => {
  equal(copied("?preset=basic&view=matrix", "W")[1], [0, 0, 1, 0, 2, 3, 0, 0, 0]);
  equal(copied("?preset=basic&view=matrix", "vec_input"), [[0], [1], [2], [3]]);
  equal(copied("?preset=basic&view=gather", "flipped"), [[3, 2], [1, 0]]);
  equal(copied("?preset=basic&view=gather", "zero_inserted")[1], [0, 0, 1, 0]);
  equal(copied("?preset=basic&backward=1", "gradient"), [[19, 25], [37, 43]]);
});

test("at a step what is shown is copied, and a masked number is not", () => {
  equal(copied("?preset=basic", "output", { step: 2 }), [[0, 0, 1], [0, 2, 3], [0, 0, 0]]);
  equal(copied("?preset=basic&backward=1", "gradient", { step: 1 }), [[19, null], [null, null]]);
  equal(copied("?preset=basic", "input", { mask: ["input:0,0,1"] }), [[0, null], [2, 3]]);
});

test("the formats", () => {
  const rows = [[1, -0.5], [1 / 3, 1e-7]];
  equal(FORMATS.tabs(rows), "1\t-0.5\n0.3333333333333333\t1e-7");
  equal(FORMATS.list(rows), "[[1, -0.5],\n [0.3333333333333333, 1e-7]]");
  equal(FORMATS.numpy([[1, 2], [3, 4]]), "np.array([[1, 2],\n          [3, 4]], dtype=np.float64)");
  equal(FORMATS.torch([[1, 2]]), "torch.tensor([[1, 2]], dtype=torch.float64)");
  equal(FORMATS.latex([[1, 2], [3, 1e-7]]), "\\begin{bmatrix}\n  1 & 2 \\\\\n  3 & 1 \\cdot 10^{-7}\n\\end{bmatrix}");
});

test("where no number is", () => {
  const rows = [[null, 1]];
  equal(FORMATS.tabs(rows), "\t1");
  equal(FORMATS.list(rows), "[[None, 1]]");
  equal(FORMATS.numpy(rows), "np.array([[np.nan, 1]], dtype=np.float64)");
  equal(FORMATS.torch(rows), 'torch.tensor([[float("nan"), 1]], dtype=torch.float64)');
});
