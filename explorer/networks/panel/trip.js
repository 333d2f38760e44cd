// The round trip in numbers: V by the convolution to X, and back by the transposed one to Z, which is not V.

import { box, button, element, renew } from "../../stage/dom.js";
import { watchScrolling } from "../../stage/scrolling.js";
import { section } from "./section.js";

export function createTrip(context) {
  const { words, value, change } = context;
  const fields = ["trip_v", "trip_k"].map((name) => {
    const field = Object.assign(element("textarea"), { id: `tconv-layer-${name}`, rows: 3, wrap: "off" });
    const label = element("label", "", words[name]);
    const wrong = Object.assign(element("p", "wrong"), { id: `${field.id}-wrong` });
    field.spellcheck = false;
    label.htmlFor = field.id;
    field.setAttribute("aria-describedby", wrong.id);
    field.oninput = () => change({ [name]: field.value }, { typed: true });
    return { name, field, wrong, node: box("trip-field", label, field, wrong) };
  });
  const text = element("p", "quiet"), grids = element("div", "grids"), below = element("div", "trip-facts");
  const own = button("tool", () => change({ trip_v: "", trip_k: "" }, { isNewEntry: true }), words.trip_own);
  own.dataset.key = "trip own";
  const entries = box("trip-fields", ...fields.map(({ node }) => node), own);
  const folding = section(context, "trip", words.trip, text, entries, grids, below);

  function gridNode({ title, rows, about, highlighted }) {
    const figure = element("figure", "numbers"), table = element("table");
    table.append(...rows.map((numbers, at) => {
      const line = element("tr");
      line.append(...numbers.map((number, column) => element("td", highlighted?.[at]?.[column] ? "same" : "", number)));
      return line;
    }));
    table.setAttribute("aria-label", title);
    const caption = element("figcaption", "", title);
    figure.append(caption, watchScrolling(box("scrolled", table)), ...(about ? [element("p", "quiet", about)] : []));
    return figure;
  }

  return {
    node: folding.node,
    fill() {
      folding.fill();
      for (const { name, field } of fields) {
        if (document.activeElement !== field && value(name)) field.value = value(name);
      }
    },
    draw({ trip }) {
      folding.node.hidden = !trip;
      if (!trip || trip.isFolded) return;
      text.textContent = trip.text;
      for (const { name, field, wrong } of fields) {
        if (document.activeElement !== field && !value(name)) field.value = trip[name];
        wrong.textContent = trip.problems[name] ?? "";
        field.setAttribute("aria-invalid", String(wrong.textContent !== ""));
      }
      renew(grids, ...trip.grids.map(gridNode));
      renew(below, ...trip.facts.map((fact) => element("p", "", fact)));
    },
  };
}
