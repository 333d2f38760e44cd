// What comes after the layer, as the stage shows it: the canvas at each step, and the sentences.

import { biasOf, readLinks, traceOf } from "../../explorer/stage/links.js";
import { gatherSteps, stampSteps } from "../../explorer/stage/steps.js";
import { directionOf } from "../../explorer/stage/views/index.js";
import { createSpeech, wordsOfStep, wordsOfTrace } from "../../explorer/stage/words.js";
import { documentOf, equal, test, texts } from "./testing.js";

const GAPS = "?preset=stride-leaves-gaps&crop=0,1&bias=0.5";

function said(address, name, step) {
  const document = documentOf(address), links = readLinks(document), direction = directionOf(document);
  const trace = name ? traceOf(links, name) : null;
  const scene = { document, links, step, channel: trace?.channel ?? 0, traced: trace, trace };
  const speech = createSpeech(scene, { texts, colour: () => "", direction, isMasked: () => false });
  const words = name ? wordsOfTrace(speech, direction, trace) : wordsOfStep(speech, direction, step, null);
  const node = globalThis.document.createElement("div");
  node.append(words);
  return node.textContent;
}

test("the bias is in every cell of Y from the start, and in no cropped one", () => {
  const document = documentOf(GAPS), links = readLinks(document);
  const { canvas, touched } = stampSteps.canvasAt(links, 0);
  equal(canvas, links.columnOf.map((column) => (column < 0 ? 0 : 0.5)));
  equal(touched.size, 0);
  equal(links.columnOf.filter((column) => column < 0).length, 9); // a row and a column of 5×5
});

test("after the last stamp the canvas is the document's", () => {
  const document = documentOf(GAPS), links = readLinks(document);
  equal(stampSteps.canvasAt(links, document.steps).canvas, document.output);
});

test("a gathered cell has its bias, one not gathered yet is empty", () => {
  const document = documentOf(`${GAPS}&view=gather`), links = readLinks(document);
  const { canvas } = gatherSteps.canvasAt(links, 1);
  equal(canvas.filter((value) => value !== null), [document.output[0]]);
});

test("the gradient knows nothing of the bias", () => {
  equal(biasOf(documentOf(GAPS)), 0.5);
  equal(biasOf(documentOf(`${GAPS}&backward=1`)), 0);
});

test("a sum ends with the bias, in letters and in numbers", () => {
  equal(said(GAPS, "output:0,3,1", null), "Y[3,1] = X[1,0]·K[0,1] + b = 2·2 + 0.5 = 4.5");
  equal(said(`${GAPS}&view=matrix`, "output:0,3,1", null).includes(" + b = 2·2 + 0.5 = 4.5"), true);
});

test("a cell that no stamp reaches holds the bias alone", () => {
  equal(said(GAPS, "output:0,2,2", null), "Y[2,2] = 0.5: no stamp reaches it, and the bias alone is there.");
});

test("a window's sum ends with the bias too", () => {
  equal(said(`${GAPS}&view=gather`, "output:0,2,2", null).startsWith("Y[2,2] gathers 0·4 + 0·3 + 0·2 + 0·1 + 0.5 = 0.5."), true);
});

test("what is cropped after the layer is not said to be cropped by padding", () => {
  equal(said(GAPS, "output:0,4,0", null), "Canvas[4,0] is cropped after the layer, it is not part of Y. It holds X[1,0]·K[1,0] = 2·3 = 6");
  equal(said(`${GAPS}&backward=1`, "output:0,4,0", null), "Canvas[4,0] is cropped after the layer, it is not part of Y: here dY is 0.");
});

test("the start says that the bias is there", () => {
  equal(said(GAPS, "", 0).startsWith("Nothing is stamped yet; the bias 0.5 is in every cell of Y from the start."), true);
});
