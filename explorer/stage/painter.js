// The colours of a grid's cells: one Plotly heatmap a grid, without axes and without text; a canvas where the page has
// no Plotly.

import { paintCanvas } from "./canvas.js";

const CLEAR = "rgba(0,0,0,0)";
const LEAST = 10; // px: below it Plotly falls back to 700; the plot's box cuts off what is too much

/** A painter of one node; it draws only what has changed. */
export function createPainter(node, name) {
  let drawn = { figure: "", values: "" }, done = Promise.resolve();
  // Plotly still speaks to a graph when it has drawn it: it is purged only after that.
  const wait = (drawing) => { done = Promise.allSettled([done, drawing]); };

  return {
    /**
     * `height` and `across`: px from one row or column to the next. `values` flat, null for an empty cell; colours run
     * from −`bound` to `bound`.
     */
    paint(picture) {
      if (!window.Plotly) return paintCanvas(node, name, picture);
      const { rows, columns, height, across, bound, values, palette } = picture;
      const z = [];
      for (let row = 0; row < rows; row++) z.push(values.slice(row * columns, (row + 1) * columns));
      const size = { width: sizeOf(columns * across), height: sizeOf(rows * height) };
      const figure = [rows, columns, size.width, size.height, bound, palette.scale].join();
      const flat = JSON.stringify(z);
      if (figure !== drawn.figure) {
        // The configuration once only: given again, it would measure the page.
        const config = drawn.figure ? undefined : { staticPlot: true, responsive: false };
        const layout = { ...layoutOf(rows, columns), ...size };
        wait(window.Plotly.react(node, [traceOf(name, z, bound, palette)], layout, config));
      } else if (flat !== drawn.values) wait(window.Plotly.restyle(node, { z: [z] }, [0]));
      drawn = { figure, values: flat };
      return undefined;
    },
    dispose: () => done.then(() => window.Plotly?.purge(node)),
  };
}

/** Whole px: a map's cells are parts of a pixel. */
const sizeOf = (px) => Math.max(Math.round(px), LEAST);

// Without gaps Plotly draws one pixel a cell and scales it: twice as quick. Lines between cells are the style sheet's.
function traceOf(name, z, bound, palette) {
  const limit = bound || 1;
  return {
    type: "heatmap",
    name,
    z,
    zmin: -limit,
    zmax: limit,
    colorscale: palette.colorscale,
    showscale: false,
    hoverinfo: "skip",
    xgap: 0,
    ygap: 0,
  };
}

function layoutOf(rows, columns) {
  return {
    margin: { l: 0, t: 0, r: 0, b: 0 },
    paper_bgcolor: CLEAR,
    plot_bgcolor: CLEAR,
    xaxis: { range: [-0.5, columns - 0.5], visible: false, fixedrange: true },
    yaxis: { range: [rows - 0.5, -0.5], visible: false, fixedrange: true },
  };
}
