// All channels in small: tabs, the weight's layout as a table, the matrix as blocks.

/** Adds showBlocks, showTabs and overview to a stage. */
function addChannels(stage) {
  /** One pixel a cell; the letters are levels of the scale. */
  const thumbnail = (letters, rows, columns) => {
    const canvas = Object.assign(element("canvas", "thumbnail"), { width: columns, height: rows });
    const brush = canvas.getContext("2d");
    [...letters].forEach((letter, index) => {
      brush.fillStyle = stage.palette.levels[letter.charCodeAt(0) - 97];
      brush.fillRect(index % columns, Math.floor(index / columns), 1, 1);
    });
    return canvas;
  };

  /** The weight's layout: a row an input channel, a column an output channel, in each cell the kernel between them. */
  stage.showBlocks = (shown) => {
    const { doc } = stage, texts = stage.texts.stage, { blocks } = stage.grids.get("kernel");
    const drawn = doc.thumbnails !== null && doc.view === "scatter" && !doc.gradient;
    blocks.hidden = !drawn;
    if (!drawn) return;
    const cell = (letters, ci, co) => {
      if (letters === null) return named(element("span", "block none"), texts.no_block.replace("{ci}", ci).replace("{co}", co));
      const node = named(button("block", () => stage.command("channel", { side: "both", channel: ci, other: co })), texts.one_block.replace("{ci}", ci).replace("{co}", co));
      node.append(thumbnail(letters, ...doc.kernel));
      node.setAttribute("aria-pressed", String(ci === shown && co === doc.channels.shown[1]));
      return node;
    };
    blocks.style.setProperty("--count", doc.channels.outs + 1);
    const head = ["", ...Array.from({ length: doc.channels.outs }, (_, co) => `Y ${co}`)].map((text) => element("span", "", text));
    blocks.replaceChildren(...head, ...doc.thumbnails.weight.flatMap((row, ci) => [element("span", "", `X ${ci}`), ...row.map((letters, co) => cell(letters, ci, co))]));
    blocks.title = texts.layout;
  };

  /** The matrix in small: a row of blocks an output channel, a column an input channel (in W the other way round). */
  stage.overview = () => {
    const { doc } = stage, texts = stage.texts.stage, node = element("figure", "overview");
    const [ins, outs] = [doc.channels.ins, doc.channels.outs], [cells, results] = doc.block;
    const upright = !!doc.gradient; // W; otherwise it is transposed
    const [across, down] = upright ? [outs, ins] : [ins, outs], [wide, high] = upright ? [results, cells] : [cells, results];
    const width = Math.floor(between(12, (upright ? 170 : 130) / across, 60)), height = Math.floor(between(12, Math.min(260 / down, (width * high) / wide), 90));
    const draw = (letters) => {
      const canvas = Object.assign(element("canvas"), { width, height }), brush = canvas.getContext("2d");
      const [dx, dy] = [width / wide, height / high];
      for (const [row, column, q] of doc.entries) {
        const [x, y] = upright ? [column, row] : [row, column];
        brush.fillStyle = stage.palette.levels[letters.charCodeAt(q) - 97];
        brush.fillRect(x * dx, y * dy, Math.max(dx, 1), Math.max(dy, 1));
      }
      return canvas;
    };
    const block = (ci, co) => {
      const letters = doc.thumbnails.weight[ci][co], text = (letters === null ? texts.no_block : texts.one_block).replace("{ci}", ci).replace("{co}", co);
      if (letters === null) return named(Object.assign(element("span", "block none"), { style: `width:${width}px;height:${height}px` }), text);
      const one = named(button("block", () => stage.command("channel", { side: "both", channel: ci, other: co })), text);
      one.append(draw(letters));
      Object.assign(one.dataset, { ci, co });
      return one;
    };
    const label = (row) => element("span", "", upright ? `X ${row}` : `Y ${row}`);
    const table = element("div", "blocks");
    table.style.setProperty("--count", across + 1);
    table.append(...["", ...Array.from({ length: across }, (_, n) => (upright ? `Y ${n}` : `X ${n}`))].map((text) => element("span", "", text)));
    for (let row = 0; row < down; row++)
      table.append(label(row), ...Array.from({ length: across }, (_, column) => (upright ? block(row, column) : block(column, row))));
    node.append(element("figcaption", "title", upright ? texts.overview_backward : texts.overview), table);
    return node;
  };

  /** Which of the blocks in small is shown large. */
  stage.showOverview = (shown) => {
    for (const one of stage.nodes.picture.querySelectorAll(".overview button"))
      one.setAttribute("aria-pressed", String(Number(one.dataset.ci) === shown && Number(one.dataset.co) === stage.doc.channels.shown[1]));
  };

  stage.showTabs = (name, many, shown, text) => {
    const { tabs } = stage.grids.get(name) ?? {};
    if (!tabs) return;
    const key = [many, shown, stage.data.number, stage.palette.background].join();
    tabs.hidden = many < 2 || stage.doc.view === "matrix"; // there the blocks in small are the tabs
    if (tabs.hidden || tabs.dataset.key === key) return;
    tabs.dataset.key = key;
    const side = { gradient: "in", input: "in" }[name] ?? "out", letters = stage.doc.gradient ? null : stage.doc.thumbnails[name];
    const one = (n) => {
      const node = named(button("tab", () => stage.command("channel", { side, channel: n, other: 0 }), String(n)), `${text} ${n}`);
      node.setAttribute("aria-pressed", String(n === shown));
      if (letters) node.prepend(thumbnail(letters[n], ...(side === "in" ? stage.doc.size : stage.doc.window.slice(2))));
      return node;
    };
    tabs.replaceChildren(element("span", "", text), ...Array.from({ length: many }, (_, n) => one(n)));
  };
}
