// Several layers in a row, from the kernel itself and from the mended one.

import { box, element } from "../../stage/dom.js";
import { section } from "../../networks/panel/section.js";

export function createStack(context) {
  const { words, value, change } = context;
  const count = element("select", "tool");
  count.append(...["2", "3"].map((number) => new Option(number, number)));
  count.onchange = () => change({ layers: count.value });
  const label = element("label", "control inline");
  label.append(element("span", "", words.layers), count);
  const rows = box("stack-rows");
  const { node, fill } = section(context, "stacked", words.stacked, box("stack-head", label,
    element("p", "quiet", words.stacked_help)), rows);

  function output({ image, size, inside, text }) {
    const figure = element("figure"), frame = box("stack-window");
    const picture = Object.assign(element("img"), { src: image, alt: text });
    frame.append(picture);
    frame.style.setProperty("--shape", `${size[1]} / ${size[0]}`);
    if (inside) {
      const mark = frame.appendChild(element("i", "inside"));
      ["--top", "--left", "--height", "--width"].forEach((side, at) => {
        mark.style.setProperty(side, `${100 * inside[at]}%`);
      });
    }
    figure.append(frame, element("figcaption", "", text));
    return figure;
  }

  return {
    node,
    fill() {
      fill();
      count.value = value("layers");
    },
    draw({ stacked }) {
      if (!stacked) return;
      rows.replaceChildren(...stacked.rows.map(({ title, outputs }) =>
        box("stack-row", element("h3", "", title), box("outputs", ...outputs.map(output)))));
    },
  };
}
