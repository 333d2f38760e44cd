// Each method's own output, from its own array, over the picture.

import { button, element, renew } from "../dom.js";
import { between, READABLE, times } from "../geometry.js";
import { filled, shapeText, speakAll } from "../language.js";
import { outputName } from "../links.js";
import { TRACED } from "../marks.js";
import { masked } from "../state.js";
import { createGrid } from "./grid.js";

const LEAST_WIDTH = 172, MARGINS = 60, HIGHEST = 220, LARGEST_CELL = 44, SMALLEST_CELL = 4;
const ALWAYS_READABLE = 256; // cells: the numbers are what is compared, so rather scroll

/** Appends the panel; returns what draws it. */
export function createPanel({ root, texts, host }) {
  const panel = root.appendChild(element("div", "panel"));
  panel.hidden = true;
  let grids = [];
  const show = (precision) => () => host.send("methods", { precision });

  function head({ precision, precisions, details }) {
    const node = element("div", "head"), choice = element("span", "choice");
    for (const name of precisions) {
      const one = choice.appendChild(button("tool", show(name), name));
      one.setAttribute("aria-pressed", String(name === precision));
      one.dataset.key = name;
    }
    const close = button("tool close", show(""), texts.stage.close);
    const said = element("span", "", speakAll(texts, details));
    node.append(element("b", "", texts.stage.methods), choice, said, close);
    return node;
  }

  function failed({ name, error }) {
    const node = element("div", "failed", texts.methods[name]);
    node.append(element("p", "", filled(texts.agreement.error, { error })));
    return node;
  }

  function methodGrid({ name, shape, values, bound, outlier, cell: differs }, room, state) {
    const { palette, canPaint, links } = state, isMasked = masked(state);
    const grid = createGrid(name, null, false);
    const [, rows, columns] = shape;
    const title = [texts.methods[name], shapeText(shape)];
    grid.title.replaceChildren(element("b", "", title[0]), ` · ${title[1]}`);
    const least = rows * columns <= ALWAYS_READABLE ? READABLE : SMALLEST_CELL;
    const cell = Math.floor(between(least, Math.min(room / columns, HIGHEST / rows), LARGEST_CELL));
    grid.shape({ rows, columns }, cell, times(rows, String), times(columns, String), title.join(" · "));
    grid.measure(values.flat());
    const isHidden = (index) => isMasked(outputName(links, links.canvasOf[index]));
    const textOf = (row, column) =>
      isHidden(row * columns + column) ? { text: texts.stage.hidden, isHidden: true } : undefined;
    grid.fill(values.flat(), { bound, palette, canPaint, textOf });
    grid.mark(differs === null ? [] : [{ index: differs, colour: TRACED }], []);
    grid.node.classList.toggle("outlier", outlier);
    return grid;
  }

  return function draw(state, before) {
    const { document: { agreement } } = state;
    const isSameAgreement = before !== null && agreement === before.document?.agreement;
    const isSame = ["palette", "canPaint", "hiding", "asking"].every((name) => state[name] === before?.[name]);
    if (isSameAgreement && isSame) return;
    const hadFocus = panel.contains(document.activeElement);
    grids.forEach((grid) => grid.dispose());
    grids = [];
    panel.hidden = agreement.methods === null || Boolean(state.asking);
    if (panel.hidden) {
      panel.replaceChildren();
      if (hadFocus) root.querySelector(".badge").focus();
      return;
    }
    const list = element("div", "methods");
    renew(panel, head(agreement), list);
    const wide = panel.clientWidth;
    const room = wide / between(1, Math.floor(wide / LEAST_WIDTH), agreement.methods.length) - MARGINS;
    for (const method of agreement.methods) {
      if (method.error) {
        list.append(failed(method));
        continue;
      }
      const grid = methodGrid(method, room, state);
      grids.push(grid);
      list.append(grid.node);
    }
  };
}
