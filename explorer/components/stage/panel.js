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

  stage.showTabs = (name, many, shown, text) => {
    const { tabs } = stage.grids.get(name);
    const key = `${many}:${shown}`;
    tabs.hidden = many < 2;
    if (many < 2 || tabs.dataset.key === key) return;
    tabs.dataset.key = key;
    const one = (n) => {
      const node = named(button("tab", () => stage.send.trigger("channel", [name === "input" ? "in" : "out", n]), String(n)), `${text} ${n}`);
      node.setAttribute("aria-pressed", String(n === shown));
      return node;
    };
    tabs.replaceChildren(element("span", "", text), ...Array.from({ length: many }, (_, n) => one(n)));
  };
}
