// Each method's own grid, and the tabs of the channels.

/** Adds showPanel and showTabs to a stage. */
function addPanel(stage) {
  const { nodes } = stage;
  nodes.badge.onclick = () => stage.send.state("methods", nodes.panel.hidden);

  stage.showPanel = () => {
    const { methods, detail } = stage.doc.agreement, texts = stage.texts.stage;
    nodes.panel.hidden = methods === null;
    nodes.badge.setAttribute("aria-expanded", String(methods !== null));
    if (methods === null) return nodes.panel.replaceChildren();
    const head = element("div", "head");
    head.append(element("b", "", texts.methods), element("span", "", detail), button("tool", () => stage.send.state("methods", false), texts.close));
    const list = element("div", "methods");
    nodes.panel.replaceChildren(head, list);
    for (const part of methods) {
      if (part.error) {
        list.appendChild(element("div", "failed", part.title)).append(element("p", "", part.error));
        continue;
      }
      const grid = makeGrid(part.name, stage);
      list.append(grid.node);
      const cell = Math.floor(between(4, Math.min((nodes.panel.clientWidth / 4 - 60) / part.columns, 220 / part.rows), 44));
      const indices = [part.rows, part.columns].map((count) => Array.from({ length: count }, (_, n) => String(n)));
      grid.shape(part, cell, indices);
      grid.fill(part, part.values.flat(), stage.palette, null);
      grid.node.classList.toggle("outlier", part.outlier);
    }
  };

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
    const drawn = doc.thumbnails !== null && doc.view === "scatter";
    blocks.hidden = !drawn;
    if (!drawn) return;
    const cell = (letters, ci, co) => {
      if (letters === null) return named(element("span", "block none"), texts.no_block.replace("{ci}", ci).replace("{co}", co));
      const node = named(button("block", () => stage.send.trigger("channel", ["both", ci, co])), texts.one_block.replace("{ci}", ci).replace("{co}", co));
      node.append(thumbnail(letters, ...doc.kernel));
      node.setAttribute("aria-pressed", String(ci === shown && co === doc.channels.shown[1]));
      return node;
    };
    blocks.style.setProperty("--count", doc.channels.outs + 1);
    const head = ["", ...Array.from({ length: doc.channels.outs }, (_, co) => `Y ${co}`)].map((text) => element("span", "", text));
    blocks.replaceChildren(...head, ...doc.thumbnails.weight.flatMap((row, ci) => [element("span", "", `X ${ci}`), ...row.map((letters, co) => cell(letters, ci, co))]));
    blocks.title = texts.layout;
  };

  stage.showTabs = (name, many, shown, text) => {
    const { tabs } = stage.grids.get(name);
    const key = [many, shown, stage.data.doc_key, stage.palette.background].join();
    tabs.hidden = many < 2;
    if (many < 2 || tabs.dataset.key === key) return;
    tabs.dataset.key = key;
    const one = (n) => {
      const node = named(button("tab", () => stage.send.trigger("channel", [name === "input" ? "in" : "out", n]), String(n)), `${text} ${n}`);
      node.setAttribute("aria-pressed", String(n === shown));
      node.prepend(thumbnail(letters[n], ...size));
      return node;
    };
    const letters = stage.doc.thumbnails[name], size = name === "input" ? stage.doc.size : stage.doc.window.slice(2);
    tabs.replaceChildren(element("span", "", text), ...Array.from({ length: many }, (_, n) => one(n)));
  };
}
