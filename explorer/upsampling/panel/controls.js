// The controls: the kernel's source, its numbers, the picture.

import { box, button, element, named } from "../../stage/dom.js";

const RANDOM = ["random", "trained_like", "icnr"];

/** A list named `name` of the address; `before(value)` may take a choice over, by saying true. */
export function list({ words, choices, value, change }, name, before = () => false) {
  const select = named(element("select", "tool"), words[name]);
  select.append(...choices[name].map(({ name: own, title }) => new Option(title, own)));
  select.dataset.testid = `choose-${name}`;
  select.onchange = () => {
    if (!before(select.value)) change({ [name]: select.value }, { isNewEntry: true });
    else fill();
  };
  const fill = () => { select.value = value(name); };
  const label = element("label", "control");
  label.append(element("span", "", words[name]), select);
  return { node: label, select, fill };
}

export function createControls(context, upload) {
  const { words, value, change } = context;
  const kernel = list(context, "kernel");
  const picture = list(context, "picture", (name) => name === "upload" && !upload.name() && upload.open());
  const down = list(context, "down");
  const seed = button("tool", () => change({ seed: String((Number(value("seed")) + 1) % 10000) }), words.seed);
  const pair = list({ ...context, choices: { pair: [] }, value: () => value("channel") }, "pair");
  pair.select.onchange = () => change({ channel: pair.select.value });
  const area = Object.assign(element("textarea"), { id: "tconv-upsample-paste", rows: 4, spellcheck: false });
  const caption = element("label", "", words.paste_label);
  caption.htmlFor = area.id;
  const wrong = Object.assign(element("p", "wrong"), { id: "tconv-upsample-wrong" });
  wrong.setAttribute("role", "alert");
  area.setAttribute("aria-describedby", wrong.id);
  const use = button("primary", () => area.value.trim() && context.ask({ pasted: area.value }), words.paste_go);
  const paste = element("details", "paste");
  paste.append(element("summary", "tool", words.paste), box("paste-box", caption, area, wrong, use));
  const sliders = {};

  function slider({ name, label, low, high }) {
    const input = Object.assign(element("input"), { type: "range", min: low, max: high, step: 1 });
    input.dataset.testid = `slider-${name}`;
    const shown = element("output");
    input.oninput = () => {
      shown.textContent = input.value;
      change({ [name]: input.value });
    };
    const node = element("label", "control slider");
    const top = element("span", "", `${label} `);
    top.append(shown);
    node.append(top, input);
    return { node, input, shown };
  }
  const slots = box("sliders");
  const row = box("controls", kernel.node, seed, slots, pair.node, paste, picture.node, upload.button, down.node);

  return {
    node: row,
    fill() {
      for (const one of [kernel, picture, down]) one.fill();
      seed.hidden = !RANDOM.includes(value("kernel"));
    },
    draw(data) {
      for (const one of data.sliders) {
        if (!sliders[one.name]) {
          sliders[one.name] = slider(one);
          slots.append(sliders[one.name].node);
        }
        const { input, shown } = sliders[one.name];
        input.disabled = one.isOff;
        input.setAttribute("aria-valuetext", one.text);
        shown.textContent = one.text;
        input.value = one.value;
      }
      const { pairs } = data.card;
      pair.node.hidden = !pairs.length;
      pair.select.replaceChildren(...pairs.map(({ value: own, label }) => new Option(label, own)));
      pair.select.value = value("channel");
    },
    /** What became of pasted numbers. */
    take({ problem, changes }) {
      wrong.textContent = problem;
      area.setAttribute("aria-invalid", String(problem !== ""));
      if (problem) return;
      paste.open = false;
      change(changes, { isNewEntry: true });
    },
  };
}
