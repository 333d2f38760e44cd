// The box for numbers from elsewhere, for those without Ctrl+V: the host says what they are before they are taken.

import { box, button, element } from "../dom.js";
import { filled, shapeText, textAt } from "../language.js";
import { numberText } from "../numbers.js";
import { sceneOf } from "../state.js";

const WAIT_MS = 250; // after the last key
const MOST_ROWS = 6, MOST_COLUMNS = 8;

/** Appends the dialog; returns what draws it. */
export function createPasting({ root, texts, store, host, signal }) {
  const words = texts.stage.pasting;
  const { dialog, title, text, preview } = createNodes(words);
  const take = button("tool primary", onTake, words.take);
  const cancel = button("tool", close, words.cancel);
  dialog.append(title, text, preview, box("choices", take, cancel));
  let grid = "", timer = 0;
  let asked = null; // the newest preview that was asked for: {id, text}
  let found = null; // its answer
  let isTaken = false; // it is taken as soon as its answer says that it can be
  let last = null; // what was taken last: {id, grid, text}; if it is refused after all, the box opens again

  function ask() {
    clearTimeout(timer);
    found = null;
    if (!text.value.trim()) return showPreview(null);
    return void (asked = { id: host.send("preview", { grid, text: text.value }), text: text.value });
  }
  function onInput() {
    isTaken = false;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  }
  function onTake() {
    const isCurrent = found !== null && asked?.text === text.value;
    if (isCurrent && found.ok) return send();
    isTaken = !isCurrent && text.value.trim() !== "";
    if (isTaken) ask();
    return text.focus();
  }
  function send() {
    const { document } = store.state;
    const channel = [sceneOf(store.state).channel, document.channels.shown[1]];
    const id = host.send("paste", { grid, text: text.value, channel });
    if (id === undefined) return; // the server is away: the text stays
    last = { id, grid, text: text.value };
    close();
  }
  function close() {
    clearTimeout(timer);
    store.set({ pasting: null });
    dialog.close();
    dialog.remove();
  }
  text.addEventListener("input", onInput, { signal });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onTake();
  }, { signal });
  dialog.addEventListener("cancel", close, { signal }); // Escape
  signal.addEventListener("abort", () => clearTimeout(timer));

  function open(name, value) {
    [grid, text.value, asked, found, isTaken] = [name, value, null, null, false];
    title.textContent = filled(words.title, { grid: textAt(texts, `grids.${name}`) });
    showPreview(null);
    root.append(dialog);
    dialog.showModal();
    text.focus();
  }
  function showPreview(answer, said = answer?.text ?? "") {
    const isRefused = answer?.ok === false;
    text.setAttribute("aria-invalid", String(isRefused));
    preview.classList.toggle("refused", isRefused);
    const table = answer?.rows ? [tableOf(answer.rows)] : [];
    const shape = answer?.shape ? [element("b", "", shapeText(answer.shape))] : [];
    preview.replaceChildren(...shape, element("p", "", said), ...table);
  }
  /** The answer to the newest question; older ones do not count any more. */
  function hear(answer) {
    if (answer === null || answer === found || answer.id !== asked?.id) return;
    found = answer;
    showPreview(answer);
    if (isTaken && answer.ok && asked.text === text.value) send();
    isTaken = false;
  }
  function reopenRefused({ refused, notices }) {
    const own = refused.find(({ id }) => id === last.id);
    if (!own) return;
    const { grid: name, text: value } = last;
    last = null;
    store.set({ pasting: name });
    open(name, value);
    showPreview({ ok: false, shape: null, rows: null, text: own.text ?? notices.join(texts.joints.sentences) });
  }

  return function draw({ pasting, status }, before) {
    if (pasting !== null && !dialog.open) open(pasting, "");
    if (status === before?.status) return;
    if (dialog.open) hear(status.preview ?? null);
    else if (last !== null) reopenRefused(status);
  };
}

function createNodes(words) {
  const dialog = element("dialog", "paste-box");
  const text = Object.assign(element("textarea"), { rows: 6, spellcheck: false, placeholder: words.placeholder });
  const preview = element("div", "preview");
  dialog.dataset.testid = "paste";
  preview.dataset.testid = "preview";
  preview.setAttribute("role", "status");
  dialog.setAttribute("aria-label", words.label);
  text.setAttribute("aria-label", words.label);
  return { dialog, title: element("b", "heading"), text, preview };
}

/** The first rows and columns of the first block. */
function tableOf(rows) {
  if (Array.isArray(rows[0]?.[0])) return tableOf(rows[0]);
  const table = element("table");
  const cut = (list, most) => [...list.slice(0, most), ...(list.length > most ? ["…"] : [])];
  const textOf = (value) => (value === "…" ? value : numberText(value));
  for (const row of cut(rows, MOST_ROWS)) {
    const cells = row === "…" ? [row] : cut(row, MOST_COLUMNS).map(textOf);
    table.appendChild(element("tr")).append(...cells.map((cell) => element("td", "", cell)));
  }
  return table;
}
