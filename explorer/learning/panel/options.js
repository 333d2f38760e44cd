// Answers that are offered: one to be chosen, or pictures to be put in their order.

import { allow, box, button, element, named } from "../../stage/dom.js";
import { filled } from "./text.js";

export function choiceForm({ answer }, { options }) {
  const nodes = options.map((option) => {
    const node = button("option", () => answer({ given: option.name }));
    node.dataset.key = `option ${option.name}`;
    node.append(...shown(option));
    return node;
  });
  const hasPictures = options.some(({ picture }) => picture);
  return { node: box(hasPictures ? "options pictures" : "options", ...nodes), given: () => "" };
}

/** A list whose items are moved by their own buttons; `given` is the order as it was answered. */
export function orderForm({ words }, { options }, given) {
  const byName = new Map(options.map((option) => [option.name, option]));
  const order = [...(given ?? byName.keys())];
  const list = element("ol", "order");

  function mover(name, at, by) {
    const [key, sign, label] = by < 0 ? ["↑", "←", words.earlier] : ["↓", "→", words.later];
    const node = named(button("move tool", () => swap(at, at + by), sign), filled(label, { name: name.toUpperCase() }));
    node.dataset.key = `${key} ${name}`;
    allow(node, at + by >= 0 && at + by < order.length);
    return node;
  }
  function swap(one, other) {
    const { key } = document.activeElement.dataset;
    [order[one], order[other]] = [order[other], order[one]];
    draw();
    list.querySelector(`[data-key="${key}"]`)?.focus();
  }
  function draw() {
    list.replaceChildren(...order.map((name, at) => {
      const item = element("li");
      item.append(...shown(byName.get(name)), mover(name, at, -1), mover(name, at, 1));
      return item;
    }));
  }
  draw();
  return { node: list, given: () => [...order] };
}

/** Pictures that a question is about. */
export function figures(pictures) {
  if (!pictures.length) return [];
  return [box("given", ...pictures.map((picture) => {
    const node = element("figure");
    node.append(...shown(picture));
    return node;
  }))];
}

/** An option's letter, its picture, and its text: beside a picture only for those who do not see it. */
function shown({ name, text, picture }) {
  const nodes = name.length === 1 ? [element("span", "letter", name.toUpperCase())] : [];
  if (picture) nodes.push(image(picture));
  if (text) nodes.push(element("span", picture ? "hidden-text" : "", text));
  return nodes;
}

/** A picture that the server drew as SVG, in the colours of the panel; what it shows is said beside it. */
function image(svg) {
  const node = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
  node.classList.add("picture");
  node.setAttribute("aria-hidden", "true");
  return node;
}
