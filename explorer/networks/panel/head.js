// The title of the page, and texts to begin with.

import { box, element, named } from "../../stage/dom.js";

export function createHead({ words, examples, change }) {
  const list = named(element("select", "tool examples"), words.examples);
  list.append(new Option(words.examples, ""), ...examples.map(({ name, title }) => new Option(title, name)));
  list.onchange = () => {
    const found = examples.find(({ name }) => name === list.value);
    list.value = "";
    if (found) change({ ...found.query, pick: "0", axis: "0" }, { isNewEntry: true });
  };
  const title = element("label", "", words.title);
  title.htmlFor = "tconv-layer-text";
  const heading = element("h1");
  heading.append(title);
  return { node: box("head", heading, list), draw() {} };
}
