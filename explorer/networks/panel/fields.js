// The picked layer in fields: what is entered here is written back into the text by the server.

import { box, element } from "../../stage/dom.js";
import { section } from "./section.js";

export function createFields(context) {
  const { words, change } = context;
  const fields = box("field-grid");
  const { node, fill } = section(context, "fields", words.fields, fields);
  const edit = (name, value) => change({}, { edited: { name, value } });
  let known = "", inputs = [];

  function fieldNode({ name, label, kind, options }) {
    const tag = kind === "choice" ? "select" : "input";
    const field = Object.assign(element(tag), { id: `tconv-layer-field-${name}` });
    if (kind === "check") field.type = "checkbox";
    if (kind === "text") Object.assign(field, { type: "text", autocomplete: "off" });
    if (kind === "choice") field.append(...options.map((option) => new Option(option, option)));
    field.onchange = () => edit(name, kind === "check" ? String(field.checked) : field.value);
    const caption = element("label", "", label);
    caption.htmlFor = field.id;
    const wrong = Object.assign(element("p", "wrong"), { id: `${field.id}-wrong` });
    field.setAttribute("aria-describedby", wrong.id);
    return { name, field, wrong, node: box(`field ${kind}`, caption, field, wrong) };
  }

  return {
    node,
    fill,
    draw({ fields: all }) {
      const names = JSON.stringify(all.map(({ name, kind, options }) => [name, kind, options]));
      if (names !== known) {
        inputs = all.map(fieldNode);
        fields.replaceChildren(...inputs.map((one) => one.node));
        known = names;
      }
      all.forEach(({ value, problem, isOff, kind }, at) => {
        const { field, wrong } = inputs[at];
        if (kind === "check") field.checked = value === "true";
        // What cannot be is left as it was typed, beside why.
        else if (!problem && field.value !== value) field.value = value;
        field.disabled = isOff;
        wrong.textContent = problem;
        field.setAttribute("aria-invalid", String(problem !== ""));
      });
    },
  };
}
