// What a step is. Step 1 is the first; null means that all of them are done.

import { biasOf, inputName, outputName } from "./links.js";

const stepOf = ({ inputCells }, { channel, cell }) => channel * inputCells + cell + 1;

/** Step n: input cell n stamps, channel by channel, row by row. */
export const stampSteps = {
  suffix: "",
  channelAt: ({ inputCells }, step) => Math.floor((step - 1) / inputCells),
  cellName: (links, step) => inputName(links, stampSteps.channelAt(links, step), (step - 1) % links.inputCells),
  /** What a traced cell still lacks after so many steps: {key of a sentence, done, all}; null where it is complete. */
  lacks(links, step, trace) {
    if (trace.grid === "input" && trace.pairs.length && stepOf(links, trace) > step) return { key: "not_stamped" };
    if (trace.grid !== "output") return null;
    const done = trace.pairs.filter((pair) => stepOf(links, pair) <= step).length;
    return done < trace.pairs.length ? { key: "so_far", done, all: trace.pairs.length } : null;
  },
  /**
   * The canvas after so many stamps, and which of its cells were stamped by then (null: all is done). The bias is there
   * from the start.
   */
  canvasAt({ document, stamps, columnOf, inputCells }, step) {
    if (step === null) return { canvas: document.output, touched: null };
    const touched = new Set(), bias = biasOf(document);
    const canvas = columnOf.map((column) => (column >= 0 ? bias : 0));
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
  lacks: (links, step, { grid, canvas }) =>
    grid === "output" && links.columnOf[canvas] >= step ? { key: "not_gathered" } : null,
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
  lacks: (links, step, trace) =>
    trace.grid === "input" && stepOf(links, trace) > step ? { key: "not_collected" } : null,
  canvasAt: ({ document }) => ({ canvas: document.gradient.upstream, touched: null }),
};
