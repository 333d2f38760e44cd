// The input's size and the one that is wanted; whether it comes out, and what mends it.

import { box, element, renew } from "../../stage/dom.js";
import { actions } from "./actions.js";

export function createVerdict(context) {
  const { words, value, change, hurry } = context;
  const inputs = ["input", "target"].map((name) => {
    const label = element("label", "", words[name]);
    const field = Object.assign(element("input"), { type: "text", id: `tconv-layer-${name}`, autocomplete: "off" });
    field.placeholder = words.placeholders[name];
    field.setAttribute("aria-describedby", "tconv-layer-size-notes");
    label.htmlFor = field.id;
    field.oninput = () => change({ [name]: field.value }, { typed: true });
    field.onkeydown = ({ key }) => key === "Enter" && hurry();
    return { name, field, node: box("size-field", label, field) };
  });
  const wrong = Object.assign(element("div", "wrong-sizes"), { id: "tconv-layer-size-notes" });
  const verdict = element("div", "verdict");
  verdict.dataset.testid = "verdict";
  for (const node of [wrong, verdict]) node.setAttribute("role", "status");
  let shown = "";

  return {
    node: box("sizes", box("size-fields", ...inputs.map(({ node }) => node)), wrong, verdict),
    fill() {
      for (const { name, field } of inputs) {
        if (document.activeElement !== field && field.value !== value(name)) field.value = value(name);
      }
    },
    draw(data) {
      for (const { name, field } of inputs) {
        field.setAttribute("aria-invalid", String(data.notices.some((notice) => notice.field === name)));
      }
      const texts = data.notices.filter(({ field }) => ["input", "target"].includes(field)).map(({ text }) => text);
      // What stands there already is not said again.
      const said = JSON.stringify([texts, data.verdict]);
      if (said === shown) return;
      shown = said;
      wrong.replaceChildren(...texts.map((text) => element("p", "", text)));
      const { tone, title, text, ways } = data.verdict;
      verdict.dataset.tone = tone;
      verdict.hidden = !title;
      const sentence = title ? [element("strong", "", title), words.joints.sentences, element("span", "", text)] : [];
      renew(verdict, ...sentence, ...actions(context, ways));
    },
  };
}
