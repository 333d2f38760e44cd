import { element } from "../../stage/dom.js";
export function createSketch() { return { node: element("div"), draw() {} }; }
