// Each method's own grid, from its own array.

/** Adds showPanel to a stage. */
function addPanel(stage) {
  const { nodes } = stage;
  const show = (precision) => stage.command("methods", { precision });
  nodes.badge.onclick = () => show(nodes.panel.hidden ? "float64" : "");

  stage.showPanel = () => {
    const { methods, detail, precision, precisions } = stage.doc.agreement, texts = stage.texts.stage;
    const inside = nodes.panel.contains(document.activeElement);
    nodes.panel.hidden = methods === null;
    nodes.badge.setAttribute("aria-expanded", String(methods !== null));
    if (methods === null) {
      nodes.panel.replaceChildren();
      if (inside) nodes.badge.focus();
      return;
    }
    const head = element("div", "head"), choice = element("span", "choice");
    for (const name of precisions) {
      const one = choice.appendChild(button("tool", () => show(name), name));
      one.setAttribute("aria-pressed", String(name === precision));
    }
    const close = button("tool close", () => show(""), texts.close);
    head.append(element("b", "", texts.methods), choice, element("span", "", detail), close);
    const list = element("div", "methods");
    nodes.panel.replaceChildren(head, list);
    if (inside) choice.querySelector("[aria-pressed=true]").focus();
    const wide = nodes.panel.clientWidth, room = wide / between(1, Math.floor(wide / 172), methods.length) - 60;
    for (const part of methods) {
      if (part.error) {
        list.appendChild(element("div", "failed", part.title)).append(element("p", "", part.error));
        continue;
      }
      const grid = makeGrid(part.name, stage);
      list.append(grid.node);
      const least = part.rows * part.columns <= 256 ? READABLE : 4; // the numbers are what is compared: rather scroll
      const cell = Math.floor(between(least, Math.min(room / part.columns, 220 / part.rows), 44));
      const indices = [part.rows, part.columns].map((count) => Array.from({ length: count }, (_, n) => String(n)));
      grid.shape(part, cell, indices);
      grid.fill(part, part.values.flat(), stage.palette, null);
      grid.mark(part.cell === null ? [] : [{ index: part.cell, colour: "var(--traced)" }], []);
      grid.node.classList.toggle("outlier", part.outlier);
    }
  };
}
