// A row of sliders over the stage of one file: the parameters whose documents the file carries.

import { element } from "../../dom.js";
import { filled } from "../../language.js";
import { meant, moved, offered } from "./choices.js";

/**
 * Appends the row. `names` are the parameters' own, `combinations` the values that they can have together, `first`
 * those that they have; `choose` is called with the values after each move. `texts` are the row's own; `controls`, what
 * the parameters are called, and `joints` are of the stage's.
 */
export function createSliders(parent, { names, combinations, texts }, { controls, joints }, first, choose) {
  const row = parent.appendChild(element("div", "sliders"));
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", texts.label);
  row.dataset.testid = "sliders";
  const sliders = names.map((name, at) => createSlider(row, name, controls[name], (number) => move(at, number)));
  const status = row.appendChild(element("span"));
  status.setAttribute("role", "status");
  let values = first;
  draw();

  function move(at, number) {
    const before = values;
    values = moved(combinations, values, at, meant(offered(combinations, values, at), number, values[at]));
    draw();
    if (values.every((value, index) => value === before[index])) return;
    const others = names.map((name, index) => ({ name: controls[name], value: values[index], index }));
    const changed = others.filter(({ index, value }) => index !== at && value !== before[index]);
    status.textContent = changed.map((one) => filled(texts.moved, one)).join(joints.sentences);
    choose(values);
  }

  function draw() {
    sliders.forEach((slider, at) => slider(values[at], offered(combinations, values, at)));
  }
}

/** Appends a slider; returns what draws it with its value and those that it can have. */
function createSlider(row, name, called, move) {
  const label = row.appendChild(element("label")), shown = element("output");
  const input = element("input");
  Object.assign(input, { type: "range", name, step: 1 });
  input.addEventListener("input", () => move(Number(input.value)));
  label.append(element("span", "", called), input, shown);
  return function draw(value, possible) {
    Object.assign(input, { min: possible[0], max: possible.at(-1), disabled: possible.length === 1 });
    input.value = value;
    shown.textContent = value;
  };
}
