import { onClosed } from "../../explorer/stage/dom.js";
import { createSliders } from "../../explorer/stage/hosts/offline/sliders.js";
import { createFacts } from "../../explorer/stage/parts/facts.js";
import { createHelp } from "../../explorer/stage/parts/help.js";
import { createNotes } from "../../explorer/stage/parts/notes.js";
import { createWhatIf } from "../../explorer/stage/parts/whatif.js";
import { FIRST_STATE, withDocument } from "../../explorer/stage/state.js";
import { documentOf, equal, palettes, test, textsIn } from "./testing.js";

const { signal } = new AbortController();

/** An element of the page for a part. */
const rootOf = () => document.body.appendChild(document.createElement("div"));
const stateOf = (address) => ({ ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf(address), true) });
const host = { can: () => true };

test("the list of keys names keys and what they do", () => {
  for (const [language, key, does] of [
    ["en", "Shift + arrows", "move the traced cell"],
    ["zh", "Shift + 方向键", "移动追踪的元素"],
  ]) {
    const root = rootOf();
    createHelp({ root, texts: textsIn[language], store: null, signal });
    const said = [...root.querySelectorAll("dt")].map((node) => [node.textContent, node.nextSibling.textContent]);
    equal(said.find(([one]) => one === key), [key, does]);
    equal(said.length, Object.keys(textsIn.en.stage.shortcuts).length);
  }
});

test("a list that was closed stays closed, and opens again, though the browser says only later that it was closed", async () => {
  let state = { isHelpOpen: false };
  const change = (changes) => {
    const before = state;
    state = { ...state, ...changes };
    draw(state, before);
  };
  const root = rootOf(), draw = createHelp({ root, texts: textsIn.en, store: { set: change }, signal });
  const help = root.querySelector("dialog");
  change({ isHelpOpen: true });
  equal(help.open, true);
  help.close();
  change({ step: 1 });
  equal(help.open, false);
  help.dispatchEvent(new Event("cancel")); // Escape
  equal(state.isHelpOpen, false);
  change({ isHelpOpen: true });
  equal([help.open, state.isHelpOpen], [true, true]);
  await new Promise((done) => { help.addEventListener("close", done); });
  equal([help.open, state.isHelpOpen], [true, true]);
  help.close();
  await new Promise((done) => { help.addEventListener("close", done); });
  equal(state.isHelpOpen, false);
});

test("a dialog is not closed by a file that was not chosen in it, which the browser also calls cancelled", () => {
  const dialog = rootOf().appendChild(document.createElement("dialog"));
  const file = dialog.appendChild(document.createElement("input"));
  let closed = 0;
  onClosed(dialog, () => { closed += 1; }, signal);
  file.dispatchEvent(new Event("cancel", { bubbles: true }));
  equal(closed, 0);
});

test("two sentences about a lost server stand side by side", () => {
  for (const [language, end] of [
    ["en", "until it is back. What you typed (2) is kept, and sent then."],
    ["zh", "要等它恢复。你输入的内容 (2 处) 已保留，恢复后发送。"],
  ]) {
    const root = rootOf(), draw = createNotes({ root, texts: textsIn[language], store: null });
    draw({ ...stateOf("?preset=basic"), status: { isUp: false, pending: [1, 2], notices: [], refused: [] } });
    equal(root.querySelector(".connection").textContent.endsWith(end), true, root.textContent);
  }
});

test("what autograd says is a sentence where another follows it", () => {
  const message = { key: "gradient.failed", values: { error: "x" } };
  for (const [language, said] of [
    ["en", "dX = W·vec(dY) · autograd failed: x All are the same to the last digit."],
    ["zh", "dX = W·vec(dY) · 自动微分失败：x。直到最后一位都相同。"],
  ]) {
    const root = rootOf(), state = stateOf("?preset=basic&backward=1");
    state.document.gradient.messages = [message, { key: "agreement.exact", values: {} }];
    createFacts({ root, texts: textsIn[language] })(state, null);
    equal(root.querySelector(".facts > .same, .facts > .differs").textContent, said);
  }
});

test("a mistake, how far it goes and where it happened", () => {
  const grid = { shape: [1, 1, 1], rows: [[1]], bound: 1, title: { key: "what_if.no_cell", values: {} } };
  const messages = ["agreement.exact", "agreement.exact", "agreement.others_exact"].map((key) => ({ key, values: {} }));
  const found = { name: "pads_input", offered: {}, messages, thread: "a.b/1", wrong: grid, right: grid, difference: null };
  for (const [language, said] of [
    ["en", "All are the same to the last digit. The others are the same to the last digit. Where it happened: a.b/1"],
    ["zh", "直到最后一位都相同。其余的直到最后一位都相同。实例：a.b/1"],
  ]) {
    const root = rootOf(), draw = createWhatIf({ root, texts: textsIn[language], host }), state = stateOf("?preset=basic");
    state.document.what_if = found;
    draw({ ...state, palette: palettes.light, canPaint: false }, null);
    equal(root.querySelector(".how-far").textContent, said);
    equal(root.querySelector(".how-far b").textContent, "a.b/1");
  }
});

test("sliders are called by the page's names, and say what moved with them", () => {
  const words = {
    en: { label: "Parameters", moved: "{name} is {value} now." },
    zh: { label: "参数", moved: "{name}现在为 {value}。" },
  };
  const names = ["stride", "padding", "dilation"], combinations = [[1, 1, 1], [2, 0, 2]];
  for (const [language, labels, said] of [
    ["en", ["stride", "padding", "dilation"], "padding is 0 now. dilation is 2 now."],
    ["zh", ["步幅", "填充", "膨胀"], "填充现在为 0。膨胀现在为 2。"],
  ]) {
    const root = rootOf(), row = { names, combinations, texts: words[language] };
    createSliders(root, row, textsIn[language], [1, 1, 1], () => {});
    equal([...root.querySelectorAll("label > span")].map(({ textContent }) => textContent), labels);
    const [stride] = root.querySelectorAll("input");
    stride.value = "2";
    stride.dispatchEvent(new Event("input"));
    equal(root.querySelector("[role=status]").textContent, said);
  }
});
