// Speaks messages, {key, values}, in the language of a text table.

import { numberText } from "./numbers.js";

/** The text at a dotted path of the table. */
export const textAt = (texts, path) => path.split(".").reduce((table, name) => table[name], texts);

/** A template with its {places} filled. */
export const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** A message as a sentence. Numbers are spoken as cells show them. */
export function speak(texts, { key, values }) {
  const spoken = Object.entries(values).map(([name, value]) => [name, speakValue(texts, value)]);
  return filled(textAt(texts, key), Object.fromEntries(spoken));
}

/** The same in its parts: {text, place}, the place's name or empty. */
export function spokenParts(texts, { key, values }) {
  const parts = textAt(texts, key).split(/\{(\w+)\}/);
  return parts.map((part, index) =>
    index % 2 ? { text: speakValue(texts, values[part]), place: part } : { text: part, place: "" });
}

function speakValue(texts, value) {
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? value : speak(texts, value);
}

/** Messages one after the other, joined as sentences of the language are. */
export const speakAll = (texts, messages) =>
  messages.map((one) => speak(texts, one)).join(texts.joints.sentences);

export const shapeText = (shape) => shape.join("×");
