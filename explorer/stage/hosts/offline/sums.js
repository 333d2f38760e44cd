// What a file leaves out because the stage can add it up again: Y, and the sums after each stamp. A pure module.

/**
 * `output`: the finished canvas. `sums`: for each input cell, in the order of the steps, the sums under its stamp after
 * it; null for an input channel of another group. The same products are added in the same order as in `scatter_steps`
 * of explorer/operation.py, so that all are the same to the last digit.
 */
export function stamped({ input, weight, sizes, landing }) {
  const [height, width] = sizes.canvas, [, inputWidth] = sizes.input, [, kernelWidth] = sizes.kernel;
  const canvas = new Array(height * width).fill(0);
  const landsOn = (cell, q) => {
    const row = landing.rows[Math.floor(cell / inputWidth)][Math.floor(q / kernelWidth)];
    return row * width + landing.columns[cell % inputWidth][q % kernelWidth];
  };
  const sums = input.flatMap((values, channel) => values.map((value, cell) => {
    if (weight[channel] === null) return null;
    return weight[channel].map((factor, q) => (canvas[landsOn(cell, q)] += value * factor));
  }));
  return { output: canvas, sums };
}
