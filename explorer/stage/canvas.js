// The colours of a grid's cells where the page has no plotly.js: one canvas a grid, a pixel a cell.

/** Paint values (flat, null: an empty cell) on the node's canvas; colours as Plotly's heatmap has them. */
export function paintCanvas(node, name, { rows, columns, height, across, bound, values, palette }) {
  const canvas = node.querySelector("canvas") ?? node.appendChild(node.ownerDocument.createElement("canvas"));
  Object.assign(canvas, { width: columns, height: rows });
  const box = { width: columns * across, height: rows * height };
  for (const [side, px] of Object.entries(box)) canvas.style[side] = `${Math.round(px)}px`;
  const context = canvas.getContext("2d"), image = context.createImageData(columns, rows);
  values.forEach((value, index) => {
    if (value !== null) image.data.set([...colourAt(palette, value, bound), 255], 4 * index);
  });
  context.putImageData(image, 0, 0);
  canvas.dataset.name = name;
}

/** Red, green and blue of a value on the scale from −`bound` over 0 to `bound`. */
export function colourAt({ scale }, value, bound) {
  const share = Math.max(-1, Math.min(value / (bound || 1), 1));
  const [low, middle, high] = scale.map(partsOf);
  const end = share < 0 ? low : high;
  return middle.map((part, at) => Math.round(part + (end[at] - part) * Math.abs(share)));
}

const partsOf = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
