// What a step is. Step 1 is the first; null means that all of them are done.

import { inputName, outputName } from "./links.js";

/** Step n: input cell n stamps, channel by channel, row by row. */
export const stampSteps = {
  suffix: "",
  channelAt: ({ inputCells }, step) => Math.floor((step - 1) / inputCells),
  cellName: (links, step) => inputName(links, stampSteps.channelAt(links, step), (step - 1) % links.inputCells),
  /** The canvas after so many stamps, and which of its cells were stamped by then (null: all is done). */
  canvasAt({ document, stamps, inputCells }, step) {
    if (step === null) return { canvas: document.output, touched: null };
    const touched = new Set();
    const canvas = document.output.map(() => 0);
    document.sums.slice(0, step).forEach((sums, index) => {
      if (sums === null) return; // an input channel of another group
      stamps[index % inputCells].forEach((cell, q) => {
        canvas[cell] = sums[q];
        touched.add(cell);
      });
    });
    return { canvas, touched };
  },
};

/** Step n: output cell n is gathered. A cell not gathered yet is empty. */
export const gatherSteps = {
  suffix: "_gather",
  channelAt: () => null,
  cellName: (links, step) => outputName(links, links.canvasOf[step - 1]),
  canvasAt({ document, columnOf }, step) {
    if (step === null) return { canvas: document.output, touched: null };
    const isGathered = (canvas) => columnOf[canvas] >= 0 && columnOf[canvas] < step;
    return { canvas: document.output.map((sum, canvas) => (isGathered(canvas) ? sum : null)), touched: null };
  },
};

/** Step n: input cell n collects its gradient; the canvas holds dY from the start. */
export const gradientSteps = {
  ...stampSteps,
  suffix: "_backward",
  canvasAt: ({ document }) => ({ canvas: document.gradient.upstream, touched: null }),
};
