import { colourOf } from "../../explorer/stage/marks.js";
import { traceOf } from "../../explorer/stage/links.js";
import { FIRST_STATE, masked, sceneOf, withDocument } from "../../explorer/stage/state.js";
import {
  createSpeech,
  nameOfTrace,
  reachText,
  touchModes,
  wordsOfStep,
  wordsOfTrace,
} from "../../explorer/stage/words.js";
import { documentOf, equal, palettes, test, texts, textsIn } from "./testing.js";

const CHANNELS = "?x=1,1;1,1|4,5;6,7&k=1,1;1,1|4,5;6,7|8,9;10,11|4,5;6,7|16,17;18,19|20,21;22,23&out_channels=3&channel=1,2";
const UNCOVERS = "?preset=output-padding-uncovers";

/** The sentence of a traced cell (a name) or of a step; `mask` names hidden cells. As the page's nodes. */
function spoken(address, about, mask = [], isOpen = false, own = texts) {
  const isTrace = typeof about === "string", more = isTrace ? { pin: about } : { step: about };
  const state = { ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true), ...more, mask };
  const scene = sceneOf(state), { direction } = state;
  const colour = colourOf(scene.document, palettes.light, scene.trace?.pairs.map(({ q }) => q) ?? []);
  const speech = createSpeech(scene, { texts: own, colour, direction, isMasked: masked(state), isOpen });
  return isTrace ? wordsOfTrace(speech, direction, scene.traced) : wordsOfStep(speech, direction, about, scene.trace);
}
const said = (...all) => spoken(...all).textContent;

test("steps of Scatter", () => {
  const at = (step) => said("?preset=basic", step);
  equal(at(0), "Nothing is stamped yet. X has 4 cells; each will stamp its multiple of K.");
  equal(at(2), "Stamp 2: X[0,1] = 1 stamps 1·K onto rows 0–1, columns 1–2 of Y: 1·0 1·1 1·2 1·3");
  equal(at(null), "Every input cell has stamped its multiple of K; where stamps overlap they add up. Play it, point at a cell, or double-click a number of X or K to change it.");
});

test("where there is no pointer nobody is told to point or to double-click", () => {
  for (const modes of [["scatter"], ["matrix"], ["gather"], ["gather", "fixed"], ["scatter", "fixed"]]) {
    const words = touchModes(modes).map((mode) => texts.sentences[`done_${mode}`]).find(Boolean);
    equal([/tap a cell/.test(words), /point at|double-click/.test(words)], [true, false], modes.join());
  }
});

test("cells of Scatter", () => {
  equal(said("?preset=basic", "input:0,1,1"), "X[1,1] = 3 stamps 3·K onto rows 1–2, columns 1–2 of Y: 3·0 3·1 3·2 3·3");
  equal(said("?preset=basic", "kernel:0,0,1,0"), "K[1,0] = 2 joins each input cell with one output cell: X[i,j]·K[1,0]. Inside Y: 4 of 4.");
  equal(said("?preset=basic", "output:0,1,1"), "Y[1,1] = X[0,0]·K[1,1] + X[0,1]·K[1,0] + X[1,0]·K[0,1] + X[1,1]·K[0,0] = 0·3 + 1·2 + 2·1 + 3·0 = 4");
});

test("a cropped cell is no cell of Y", () => {
  equal(said("?preset=padding-1", "output:0,0,1"), "Canvas[0,1] is cropped by padding, it is not part of Y. It holds X[0,0]·K[0,1] + X[0,1]·K[0,0] = 0·1 + 1·0 = 0");
  equal(said("?preset=padding-1", "output:0,1,1"), "Y[0,0] = X[0,0]·K[1,1] + X[0,1]·K[1,0] + X[1,0]·K[0,1] + X[1,1]·K[0,0] = 0·3 + 1·2 + 2·1 + 3·0 = 4");
  equal(said("?preset=stride-leaves-gaps&padding=1", "output:0,0,2"), "Canvas[0,2] is cropped by padding, it is not part of Y. No stamp reaches it.");
});

test("a cell that no stamp reaches", () => {
  equal(said("?preset=stride-leaves-gaps", "output:0,2,2"), "Y[2,2] = 0: no stamp reaches it.");
  equal(said("?preset=output-padding-zeros", "output:0,4,4"), "Y[4,4] = 0: output_padding adds it beyond the full canvas, where no stamp reaches.");
});

test("steps of Gather", () => {
  const at = (step) => said("?preset=basic&view=gather", step);
  equal(at(0), "Nothing is gathered yet. The flipped kernel will stop 9 times over the zero-inserted X, once for each cell of Y.");
  equal(at(2), "Y[0,1] gathers 0·3 + 0·2 + 0·1 + 1·0 = 0. 2 of the 4 products multiply a zero that was put in: work that scattering never does.");
  equal(at(null), "The flipped kernel has stopped over every cell: each output cell is one window's sum. Grey are the zeros put in. Play it, or point at a cell.");
});

test("cells of Gather", () => {
  const at = (name, preset = "basic") => said(`?preset=${preset}&view=gather`, name);
  equal(at("output:0,1,1"), "Y[1,1] gathers 0·3 + 1·2 + 2·1 + 3·0 = 4. No product here multiplies a zero that was put in.");
  equal(at("output:0,2,2", "stride-leaves-gaps"), "Y[2,2] gathers 0·4 + 0·3 + 0·2 + 0·1 = 0. Every product here multiplies a zero that was put in.");
  equal(at("output:0,4,4", "output-padding-zeros"), "Y[4,4] = 0: output_padding adds it beyond the full canvas, where no stamp reaches.");
  equal(at("output:0,0,0", "padding-1"), "Canvas[0,0] is cropped by padding, it is not part of Y. It holds X[0,0]·K[0,0] = 0·0 = 0");
  equal(at("input:0,1,1"), "X[1,1] = 3 lies in the windows of rows 1–2, columns 1–2 of Y, each time under another kernel cell: 3·0 3·1 3·2 3·3");
  equal(at("kernel:0,0,1,0"), "K[1,0] = 2 joins each input cell with one output cell: X[i,j]·K[1,0]. Inside Y: 4 of 4.");
});

test("a zero that was put in", () => {
  equal(said("?preset=basic&view=gather", "zero_inserted:0,1"), "A zero that was put in. Windows that multiply it: 2; it adds nothing to their sums.");
  equal(said("?x=1,2,3;4,5,6;7,8,9&k=5&stride=2&padding=1&view=gather", "zero_inserted:0,1"), "A zero that was put in; no window meets it.");
});

test("steps and cells of Matrix", () => {
  const at = (about) => said("?preset=conv-matrix", about);
  equal(at(2), "Stamp 2: X[0,1] = 37 stamps 37·K, its column of Wᵀ, onto rows 0–1, columns 1–2 of Y: 37·1 37·2 37·3 37·4");
  equal(at("input:0,0,1"), "X[0,1] = 37 stamps 37·K onto rows 0–1, columns 1–2 of Y; its stamp is its column of Wᵀ: 37·1 37·2 37·3 37·4");
  equal(at("output:0,0,1"), "Y[0,1] = X[0,0]·K[0,1] + X[0,1]·K[0,0] = 27·2 + 37·1 = 91. Its row of Wᵀ is what it gathers.");
  equal(at("W:1,4"), "Wᵀ[4,1] = W[1,4] = K[1,0] = 3: it joins X[0,1] with Y[1,1].");
  equal(at("W:0,8"), "Wᵀ[8,0] = W[0,8] = 0: no kernel cell joins X[0,0] with Y[2,2].");
  equal(at(0), said("?preset=basic", 0));
});

test("steps and cells backward", () => {
  const at = (about, view) => said(`?preset=basic&view=${view}&backward=1`, about);
  const sum = "dX[0,1] = dY[0,1]·K[0,0] + dY[0,2]·K[0,1] + dY[1,1]·K[1,0] + dY[1,2]·K[1,1] = 1·0 + 2·1 + 4·2 + 5·3 = 25";
  for (const view of ["scatter", "gather"]) {
    equal(at(2, view), sum);
    equal(at("input:0,0,1", view), sum);
    equal(at("output:0,0,1", view), "dY[0,1] = 1 goes back, each time by the kernel cell that brought it: 1·1, 1·0");
  }
  equal(at("input:0,0,1", "matrix"), `${sum}: its row of W is what it collects.`);
  equal(at("output:0,0,1", "matrix"), "dY[0,1] = 1 goes back by its column of W: 1·1, 1·0");
  equal(at("W:1,4", "matrix"), "W[1,4] = K[1,0] = 2: it joins dX[0,1] with dY[1,1].");
  for (const view of ["scatter", "gather", "matrix"]) {
    equal(at(0, view), "Nothing is collected yet. Each cell of X will collect the gradients of the output cells that it reached.");
    equal(at("kernel:0,0,1,0", view), "K[1,0] = 2 brings dY back, once for each cell of X. Inside Y: 4 of 4.");
  }
});

test("backward, Scatter and Gather say that they are one picture", () => {
  const at = (view) => said(`?preset=basic&view=${view}&backward=1`, null);
  const collected = "Every cell of X has collected dY from where its stamp went, times the kernel cell that took it there";
  equal(at("scatter"), `${collected}. Backward, Scatter and Gather are one picture: each cell of dX gathers.`);
  equal(at("gather"), `${collected}. Backward, Gather and Scatter are one picture: each cell of dX gathers.`);
  equal(at("matrix"), `${collected}: an ordinary convolution of dY.`);
});

test("backward, cropped and not reached", () => {
  const at = (address, name) => said(`${address}&backward=1`, name);
  const cropped = "is cropped by padding, it is not part of Y: here dY is 0, the zero padding of the convolution.";
  equal(at("?preset=padding-1", "output:0,0,0"), `Canvas[0,0] ${cropped}`);
  equal(at("?preset=stride-leaves-gaps&padding=1", "output:0,0,2"), `Canvas[0,2] ${cropped}`);
  equal(at("?preset=padding-1", "kernel:0,0,1,0"), "K[1,0] = 2 brings dY back, once for each cell of X. Inside Y: 1 of 4.");
  equal(at("?preset=stride-leaves-gaps", "output:0,2,2"), "dY[2,2] = 12 goes nowhere: no stamp reaches that cell of Y.");
  equal(at("?preset=output-padding-zeros", "output:0,4,4"), "dY[4,4] = 24 goes nowhere: output_padding adds that cell of Y beyond the full canvas.");
  equal(at("?x=1,2,3;4,5,6;7,8,9&k=5&padding=1", "input:0,0,0"), "dX[0,0] = nothing (all of its stamp is cropped) = 0");
});

test("names say their channels where there are several", () => {
  const at = (name) => said("?preset=two-channels-add", name);
  equal(at("input:1,0,0"), "X[1,0,0] = 1 stamps 1·K onto rows 0–1, columns 0–1 of Y: 1·10 1·20 1·30 1·40");
  equal(at("kernel:1,0,0,1"), "K[1,0,0,1] = 20 joins each input cell with one output cell: X[i,j]·K[1,0,0,1]. Inside Y: 4 of 4.");
  equal(at("output:0,0,0"), "Y[0,0,0] = X[0,0,0]·K[0,0,0,0] + X[1,0,0]·K[1,0,0,0] = 0·1 + from channel 1: 1·10 = 10");
  equal(said("?preset=basic&out_channels=2&backward=1", "input:0,0,0"), "dX[0,0,0] = dY[0,0,0]·K[0,0,0,0] + dY[0,0,1]·K[0,0,0,1] + dY[0,1,0]·K[0,0,1,0] + dY[0,1,1]·K[0,0,1,1] = 0·0 + 1·1 + 3·2 + 4·3 + the other channels of dY (1) = 268");
});

test("a cell of another group", () => {
  equal(said("?preset=groups", "input:1,0,0"), "X[1,0,0] belongs to another group; it does not reach output channel 0.");
  equal(said("?preset=groups", 5), "Stamp 5: X[1,0,0] belongs to another group; it does not reach output channel 0.");
  equal(said("?preset=groups&backward=1", "input:1,0,0"), "dX[1,0,0] belongs to another group; it does not reach output channel 0.");
});

test("a long list is cut, and the rest is counted", () => {
  equal(said("?preset=dv-no-padding", "input:0,0,1"), "X[0,1] = 1 stamps 1·K onto rows 0–2, columns 1–3 of Y: 1·0 1·1 1·2 1·3 1·4 1·5 … 3 more");
  const four = "X[0,0,0]·K[0,0,1,1] + X[0,0,1]·K[0,0,1,0] + X[0,1,0]·K[0,0,0,1] + X[0,1,1]·K[0,0,0,0]";
  equal(said("?preset=two-channels-add", "output:0,1,1"), `Y[0,1,1] = ${four} + … 4 more = 0·4 + 1·3 + 2·2 + 3·1 + from channel 1: 1·40 + 1·30 + 1·20 + 1·10 = 110`);
});

test("a sum says the shown channel's products first, and of which channel the others are", () => {
  const at = (view, open) => said(`${CHANNELS}&view=${view}`, "output:2,1,1", [], open);
  const sum = "4·23 + 5·22 + 6·21 + 7·20 + from channel 0: 1·11 + 1·10 + 1·9 + 1·8 = 506";
  equal(at("gather"), `Y[2,1,1] gathers ${sum}. No product here multiplies a zero that was put in.`);
  const names = (c, b) => `X[${c},0,0]·K[${c},${b},1,1] + X[${c},0,1]·K[${c},${b},1,0] + X[${c},1,0]·K[${c},${b},0,1] + X[${c},1,1]·K[${c},${b},0,0]`;
  equal(at("scatter"), `Y[2,1,1] = ${names(1, 2)} + … 4 more = ${sum}`);
  equal(at("scatter", true), `Y[2,1,1] = ${names(1, 2)} + ${names(0, 2)} = ${sum}`);
  const chips = [...spoken(`${CHANNELS}&view=gather`, "output:2,1,1").querySelectorAll(".chip")].slice(1);
  const colours = chips.map((chip) => chip.style.getPropertyValue("--mark"));
  const { kernel } = palettes.light; // of K[1,1], K[1,0], K[0,1], K[0,0]: the cells on screen are the shown channel's
  equal(colours, [kernel[3], kernel[2], kernel[1], kernel[0], ...new Array(4).fill("var(--tconv-muted)")]);
});

test("what is cut is behind a button, and a sum that is open has none", () => {
  const buttons = (open) => spoken("?preset=dv-no-padding", "input:0,0,1", [], open).querySelectorAll("button.more").length;
  equal([buttons(false), buttons(true)], [1, 0]);
  equal(said("?preset=dv-no-padding", "input:0,0,1", [], true), "X[0,1] = 1 stamps 1·K onto rows 0–2, columns 1–3 of Y: 1·0 1·1 1·2 1·3 1·4 1·5 1·6 1·7 1·8");
});

test("where a stamp lands is said in Y's rows and columns; of the canvas is what is cropped", () => {
  const at = (address, name) => said(address, name).replace(/^.* onto (.*): .*$/, "$1");
  equal(at(UNCOVERS, "input:0,0,0"), "rows 0–1, columns 0–1 of Y (the rest is cropped)");
  equal(at(UNCOVERS, "input:0,1,1"), "rows 1–3, columns 1–3 of Y");
  equal(at("?x=1,2,3;4,5,6;7,8,9&k=5&padding=1", "input:0,0,2"), "row 0, column 2 of the canvas, all cropped");
  equal(said(UNCOVERS, "output:0,1,1"), "Y[0,0] = X[0,0]·K[1,1] = 0·1 = 0");
  equal(said(UNCOVERS, "kernel:0,0,0,0"), "K[0,0] = 1 joins each input cell with one output cell: X[i,j]·K[0,0]. Inside Y: 1 of 4.");
});

test("of a large window the input's cells are said first", () => {
  equal(said("?preset=dv-no-padding&view=gather", "output:0,1,1"), "Y[1,1] gathers 0·4 + 1·3 + 2·1 + 3·0 + 0·8 + 0·7 + … 3 more = 5. 5 of the 9 products multiply a zero that was put in: work that scattering never does.");
});

test("rows that are reached", () => {
  const text = (reached) => reachText(texts, "row", reached);
  equal([[3], [3, 4, 5], [3, 5], [2, 2]].map(text), ["row 3", "rows 3–5", "rows 3, 5", "row 2"]);
  equal(reachText(texts, "column", [0, 2, 4]), "columns 0, 2, 4");
  equal(said("?preset=dilation", "input:0,0,1"), "X[0,1] = 1 stamps 1·K onto rows 0, 2, columns 1, 3 of Y: 1·1 1·2 1·3 1·4");
});

test("the same sentences in Chinese: its own signs, and lists of its own", () => {
  const chinese = (address, about) => said(address, about, [], false, textsIn.zh);
  equal([[3], [3, 4, 5], [3, 5]].map((reached) => reachText(textsIn.zh, "row", reached)), ["第 3 行", "第 3–5 行", "第 3、5 行"]);
  equal(chinese("?preset=basic", 2), "印记 2：X[0,1] = 1，把 1·K 盖到 Y 的第 0–1 行、第 1–2 列：1·0 1·1 1·2 1·3。");
  equal(chinese("?preset=dilation", "input:0,0,1"), "X[0,1] = 1，把 1·K 盖到 Y 的第 0、2 行、第 1、3 列：1·1 1·2 1·3 1·4。");
  equal(chinese("?preset=basic&backward=1", "output:0,0,1"), "dY[0,1] = 1 传回去，每次都经过当初带来它的核元素：1·1、1·0。");
  equal(chinese("?preset=padding-1", "output:0,0,1"), "画布[0,1] 被填充裁掉了，不属于 Y。它的值是 X[0,0]·K[0,1] + X[0,1]·K[0,0] = 0·1 + 1·0 = 0。");
});

test("a number is spoken as its cell shows it", () => {
  equal(said("?x=0.5,-1&k=0.123456,-2", "input:0,0,1"), "X[0,1] = −1 stamps (−1)·K onto row 0, columns 1–2 of Y: (−1)·0.1235 (−1)·(−2)");
});

test("what a masked cell holds is not said", () => {
  equal(said("?preset=basic", "output:0,1,1", ["output"]), "Y[1,1] = X[0,0]·K[1,1] + X[0,1]·K[1,0] + X[1,0]·K[0,1] + X[1,1]·K[0,0] = 0·3 + 1·2 + 2·1 + 3·0 = ?");
  equal(said("?preset=basic", "input:0,0,1", ["kernel:0,0,0,1", "input:0,0,1"]), "X[0,1] = ? stamps ?·K onto rows 0–1, columns 1–2 of Y: ?·0 ?·? ?·2 ?·3");
  equal(said("?preset=basic", "kernel:0,0,0,1", ["kernel:0,0,0,1"]), "K[0,1] = ? joins each input cell with one output cell: X[i,j]·K[0,1]. Inside Y: 4 of 4.");
  equal(said("?preset=conv-matrix", "W:1,4", ["kernel:0,0,1,0"]), "Wᵀ[4,1] = W[1,4] = K[1,0] = ?: it joins X[0,1] with Y[1,1].");
  equal(said("?preset=basic&view=gather", "output:0,0,0", ["kernel", "output:0,0,0"]), "Y[0,0] gathers 0·? + 0·? + 0·? + 0·? = ?. 3 of the 4 products multiply a zero that was put in: work that scattering never does.");
  equal(said("?preset=basic&backward=1", "input:0,0,1", ["input:0,0,1", "output:0,0,2"]), "dX[0,1] = dY[0,1]·K[0,0] + dY[0,2]·K[0,1] + dY[1,1]·K[1,0] + dY[1,2]·K[1,1] = 1·0 + ?·1 + 4·2 + 5·3 = ?");
});

test("what a cell to look at is called", () => {
  const name = (address, cell) => {
    const state = { ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true) }, { direction } = state;
    const speech = createSpeech(sceneOf(state), { texts, colour: () => "", direction, isMasked: () => false });
    return nameOfTrace(speech, traceOf(state.links, cell));
  };
  equal([name(UNCOVERS, "output:0,4,4"), name(UNCOVERS, "input:0,1,0"), name(UNCOVERS, "kernel:0,0,1,2")], ["Y[3,3]", "X[1,0]", "K[1,2]"]);
  equal([name("?preset=conv-matrix", "W:1,4"), name("?preset=basic", "W:1,4")], ["Wᵀ[4,1]", "W[1,4]"]);
  equal(name("?preset=basic&view=matrix&backward=1", "output:0,1,1"), "dY[1,1]");
});

test("chips have the colours of their kernel cells", () => {
  const colours = (address, name) => [...spoken(address, name).querySelectorAll(".chip")].map((chip) => chip.style.getPropertyValue("--mark"));
  const { kernel } = palettes.light;
  equal(colours("?preset=basic", "input:0,0,1"), ["var(--tconv-traced)", ...kernel.slice(0, 4)]);
  equal(colours("?preset=conv-matrix", "W:1,4"), [kernel[2], kernel[2]]); // Wᵀ[4,1] and W[1,4]
  equal([...spoken("?preset=basic&view=gather", "output:0,0,0").querySelectorAll(".chip.vain")].length, 3);
});
