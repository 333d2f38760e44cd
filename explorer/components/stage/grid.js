// One grid: a Plotly heatmap, and over it the numbers, the marks and the pointer.

const READABLE = 22; // px: the smallest cell with a number in it

/** Draws one grid into its own nodes and keeps them; redraws only what changed. */
function makeGrid(name, stage) {
  const editable = name === "input" || name === "kernel";
  const node = element("figure", `grid grid-${name}`);
  const title = node.appendChild(element("figcaption", "title"));
  const fill = editable || name === "upstream" ? node.appendChild(element("select", "fill")) : null;
  const tabs = node.appendChild(element("div", "tabs"));
  const blocks = node.appendChild(element("div", "blocks"));
  blocks.hidden = true;
  const scroll = node.appendChild(element("div", "scroll"));
  const board = scroll.appendChild(element("div", "board"));
  const columnNames = board.appendChild(element("div", "names columns"));
  const rowNames = board.appendChild(element("div", "names rows"));
  const plot = board.appendChild(element("div", "plot"));
  const under = board.appendChild(element("div", "under"));
  const layer = board.appendChild(element("div", "layer"));
  const marks = board.appendChild(element("div", "marks"));
  const drawn = { shape: "", figure: "", z: null };
  const grid = { name, node, layer, tabs, blocks, rows: 0, columns: 0, cell: 0, cells: [], editable, current: [0, 0] };
  let note = null;
  if (fill) fill.onchange = () => { const { value } = fill; fill.value = ""; stage.command("fill", { grid: name, name: value }); };
  layer.dataset.grid = name;

  function place(box, top, left, height, width) {
    Object.assign(box.style, {
      top: `${top * grid.cell}px`, left: `${left * grid.cell}px`,
      width: `${width * grid.cell}px`, height: `${height * grid.cell}px`,
    });
    return box;
  }

  /** Lay the grid out at a cell size in px. */
  grid.shape = (part, cell, [rowLabels, columnLabels]) => {
    const [name0, ...rest] = part.title.split(" · ");
    if (fill && !fill.length) {
      const { fill: label, fills } = stage.texts.stage;
      fill.setAttribute("aria-label", `${label} ${name0}`);
      fill.replaceChildren(...Object.entries({ "": label, ...fills }).filter(([value]) => editable || !value || STATIC.upstream.includes(value)).map(([value, text]) => new Option(text, value)));
      fill.options[0].disabled = true;
    }
    title.replaceChildren(element("b", "", name0), ...(rest.length ? [` · ${rest.join(" · ")}`] : []), ...(fill ? [fill] : []));
    const key = [part.rows, part.columns, cell, rowLabels.at(-1), columnLabels.at(-1)].join();
    layer.setAttribute("aria-label", part.title);
    if (key === drawn.shape) return;
    drawn.shape = key;
    Object.assign(grid, { rows: part.rows, columns: part.columns, cell });
    for (const [what, value] of [["cell", `${cell}px`], ["rows", part.rows], ["columns", part.columns]]) node.style.setProperty(`--${what}`, value);
    const readable = cell >= READABLE;
    node.classList.toggle("tiny", !readable);
    node.classList.toggle("lined", cell >= 8);
    const names = (labels, room) => labels.map((text, n) =>
      element("span", "", cell >= room || (n % 10 === 0 && cell * 10 >= 2 * room) ? text : ""));
    columnNames.replaceChildren(...names(columnLabels, 6 + 6 * columnLabels.at(-1).length));
    rowNames.replaceChildren(...names(rowLabels, 13));
    grid.cells = [];
    layer.replaceChildren();
    layer.setAttribute("role", editable ? "group" : readable ? "table" : "img");
    layer.tabIndex = editable ? -1 : 0;
    if (!readable) return;
    for (let row = 0; row < part.rows; row++) {
      const line = editable ? layer : layer.appendChild(element("div", "record"));
      if (!editable) line.setAttribute("role", "row");
      for (let column = 0; column < part.columns; column++) {
        const box = line.appendChild(element(editable ? "input" : "span", "cell"));
        if (!editable) box.setAttribute("role", "cell");
        if (editable) {
          Object.assign(box, { readOnly: true, type: "text", autocomplete: "off", spellcheck: false, inputMode: "text" });
          box.tabIndex = row || column ? -1 : 0;
        }
        Object.assign(box.dataset, { row, column });
        grid.cells.push(box);
      }
    }
  };

  /** Give the grid another title. */
  grid.rename = (text) => { title.firstElementChild.textContent = text; };

  /** Say which part of the whole is shown. */
  grid.note = (text) => {
    note ??= element("span", "note");
    note.textContent = ` · ${text}`;
    if (note.parentNode !== title) title.append(note);
  };

  /** Show the values (flat) and, for the output, which cells are touched already. */
  grid.fill = (part, values, palette, touched, channel) => {
    if (window.Plotly) paint(part, values, palette); // first: it reads the layout, which the numbers would make stale
    grid.cells.forEach((box, index) => {
      if (box === stage.editing?.box) return;
      const typed = editable && stage.pendingText(name, channel, Number(box.dataset.row), Number(box.dataset.column));
      const text = typed || show(values[index]);
      if (editable) box.classList.toggle("pending", !!typed);
      if (editable) { if (box.value !== text) box.value = text; }
      else if (box.textContent !== text) box.textContent = text;
      if (box.dataset.length !== String(text.length)) {
        box.dataset.length = text.length;
        box.style.fontSize = `${Math.min(grid.cell * 0.38, (grid.cell * 1.55) / Math.max(text.length, 1), 30)}px`;
      }
      box.classList.toggle("waiting", !!touched && !touched.has(index));
    });
  };

  function paint(part, values, palette) {
    const z = [];
    for (let row = 0; row < grid.rows; row++) z.push(values.slice(row * grid.columns, (row + 1) * grid.columns));
    const least = 10; // px: below it Plotly falls back to 700; the plot's box cuts off what is too much
    const size = { width: Math.max(grid.columns * grid.cell, least), height: Math.max(grid.rows * grid.cell, least) };
    const bound = part.figure.data[0].zmax;
    const key = [grid.rows, grid.columns, size.width, bound, palette.scale].join();
    const flat = JSON.stringify(z);
    if (key !== drawn.figure) {
      // Without gaps Plotly draws one pixel a cell and scales it: twice as quick. The gaps are lines of the layer below.
      const trace = { ...part.figure.data[0], z, colorscale: palette.colorscale, xgap: 0, ygap: 0 };
      const config = drawn.figure ? undefined : { staticPlot: true, responsive: false }; // given again, it would measure the page
      wait(Plotly.react(plot, [trace], { ...part.figure.layout, ...size }, config));
    } else if (flat !== drawn.z) wait(Plotly.restyle(plot, { z: [z] }, [0]));
    Object.assign(drawn, { figure: key, z: flat });
  }

  /** Name the editable cells for those who do not see them. */
  grid.nameCells = (nameOf, hint) => {
    layer.title = hint;
    grid.cells.forEach((box, index) => box.setAttribute("aria-label", nameOf(index)));
  };

  /** Leave only the cells of these indices with a number: in W those that come from K, a 0 of K's included. */
  grid.blank = (filled) => {
    const kept = new Set(filled);
    grid.cells.forEach((box, index) => kept.has(index) || (box.textContent = ""));
  };

  /** Hatch what is cropped, dot what output_padding adds, and draw the crop frame. */
  grid.crop = (doc) => {
    const [top, left, height, width] = doc.window, [rows, columns] = doc.canvas, [full, across] = doc.full;
    const bottom = top + height, right = left + width;
    const boxes = [];
    const box = (kind, r, c, h, w) => { if (h > 0 && w > 0) boxes.push(place(element("div", kind), r, c, h, w)); };
    box("cropped", 0, 0, top, columns);
    box("cropped", bottom, 0, rows - bottom, columns);
    box("cropped", top, 0, height, left);
    box("cropped", top, right, height, columns - right);
    box("added", full, left, bottom - full, width);
    box("added", top, across, Math.min(bottom, full) - top, right - across);
    if (boxes.length) box("window", top, left, height, width);
    under.replaceChildren(...boxes);
    grid.cells.forEach((cell, index) => cell.classList.toggle("outside", doc.columns[index] < 0));
  };

  /** Hatch the zeros that were put in, in strips, and what a negative border crops. */
  grid.zeros = ({ cells, size: [rows, columns], window: [top, left, height, width] }) => {
    const boxes = [], real = (row, column) => cells[row * columns + column] >= 0;
    const box = (kind, r, c, h, w) => { if (h > 0 && w > 0) boxes.push(place(element("div", kind), r, c, h, w)); };
    for (let row = 0; row < rows; row++)
      for (let column = 0, from = 0; column <= columns; column++) {
        if (column < columns && !real(row, column)) continue;
        box("inserted", row, from, 1, column - from);
        from = column + 1;
      }
    box("cropped", 0, 0, top, columns);
    box("cropped", top + height, 0, rows - top - height, columns);
    box("cropped", top, 0, height, left);
    box("cropped", top, left + width, height, columns - left - width);
    if (height < rows || width < columns) box("window", top, left, height, width);
    under.replaceChildren(...boxes);
    grid.cells.forEach((cell, index) => cell.classList.toggle("zero", cells[index] < 0));
  };

  /** Scroll a grid that is larger than its room to a row and a column. */
  grid.reveal = (row, column) => {
    if (layer.matches(":hover")) return; // whoever points at a cell must not lose it
    const follow = (side, length, at) => {
      const room = scroll[`client${length}`];
      if (at !== undefined && scroll[`scroll${length}`] > room) scroll[`scroll${side}`] = at * grid.cell + 20 - room / 2;
    };
    follow("Top", "Height", row);
    follow("Left", "Width", column);
  };

  /** Outlines over cells: [{index, colour, corner, label, kind}], and frames around blocks of them. */
  grid.mark = (list, frames) => {
    const wanted = frames.map(({ row = 0, column = 0, height = grid.rows, width = grid.columns, kind }) =>
      [`line ${kind}`, row, column, height, width]);
    for (const { index, colour, corner, label, kind } of list) {
      const texts = grid.cell >= 34 ? [corner, label] : [];
      wanted.push([`mark ${kind ?? ""}`, Math.floor(index / grid.columns), index % grid.columns, 1, 1, colour, ...texts]);
    }
    // Boxes are used again from step to step: what stays as it was costs nothing.
    while (marks.childElementCount > wanted.length) marks.lastElementChild.remove();
    wanted.forEach((what, at) => {
      const box = marks.children[at] ?? marks.appendChild(element("div")), key = [grid.cell, ...what].join();
      if (box.key === key) return;
      const [kind, row, column, height, width, colour, corner, label] = what;
      Object.assign(place(box, row, column, height, width), { key, className: kind });
      box.style.setProperty("--mark", colour ?? "");
      box.replaceChildren(...(corner ? [element("span", "corner", corner)] : []), ...(label ? [element("span", "label", label)] : []));
    });
  };

  /** [row, column] under a pointer event. */
  grid.at = (event) => {
    const box = layer.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / grid.cell), column = Math.floor((event.clientX - box.left) / grid.cell);
    return row >= 0 && column >= 0 && row < grid.rows && column < grid.columns ? [row, column] : null;
  };
  grid.box = (row, column) => grid.cells[row * grid.columns + column];
  // Plotly still speaks to a graph when it has drawn it: it is purged only after that.
  const wait = (drawing) => { drawn.done = Promise.allSettled([drawn.done, drawing]); };
  grid.dispose = () => drawn.done?.then(() => Plotly.purge(plot));
  return grid;
}
