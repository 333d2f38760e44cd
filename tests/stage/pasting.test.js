import { createPasting } from "../../explorer/stage/parts/pasting.js";
import { FIRST_STATE, withDocument } from "../../explorer/stage/state.js";
import { createStore } from "../../explorer/stage/store.js";
import { documentOf, equal, stoppedClock, test, texts } from "./testing.js";

const clock = stoppedClock();

/** The box over a grid, and what its host was asked for; `answer(preview)` and `type(text)` are what others do. */
function opened(grid = "input") {
  const root = document.body.appendChild(document.createElement("div")), sent = [];
  const store = createStore({ ...FIRST_STATE, ...withDocument(FIRST_STATE, documentOf("?preset=groups&channel=1,1"), true) });
  const host = { send: (name, args) => sent.push([name, args]) }; // the length of the list: the command's id
  const { signal } = new AbortController();
  store.subscribe(createPasting({ root, texts, store, host, signal }));
  store.start();
  store.set({ pasting: grid });
  const dialog = root.querySelector("dialog.paste-box"), text = dialog.querySelector("textarea");
  const status = (changes) => store.set({ status: { ...store.state.status, ...changes } });
  return {
    dialog, text, sent, store, status,
    preview: () => dialog.querySelector("[data-testid=preview]"),
    type(value) {
      text.value = value;
      text.dispatchEvent(new Event("input"));
    },
    answer: (changes) => status({ preview: { grid, shape: [1, 2], rows: [[1, 2.5]], text: "said", ok: true, ...changes } }),
    take: () => text.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true })),
  };
}

test("what is pasted is previewed a moment after the last key, and then taken", () => {
  const box = opened();
  equal([box.dialog.open, document.activeElement === box.text], [true, true]);
  box.type("1");
  clock.pass(200);
  box.type("1 2.5");
  clock.pass(200);
  equal(box.sent, []);
  clock.pass(50);
  equal(box.sent, [["preview", { grid: "input", text: "1 2.5" }]]);
  box.answer({ id: 1 });
  equal([...box.preview().querySelectorAll("b, p, td")].map((node) => node.textContent), ["1×2", "said", "1", "2.5"]);
  box.take();
  equal(box.sent[1], ["paste", { grid: "input", text: "1 2.5", channel: [1, 1] }]);
  equal([box.dialog.open, box.store.state.pasting], [false, null]);
});

test("a refused text keeps the box open and stays in it", () => {
  const box = opened();
  box.type("1 x");
  clock.pass(250);
  box.answer({ id: 1, ok: false, shape: null, rows: null, text: "line 1, entry 2" });
  box.take();
  equal([box.sent.length, box.dialog.open, box.text.value], [1, true, "1 x"]);
  equal([box.preview().className, box.preview().textContent], ["preview refused", "line 1, entry 2"]);
  box.dialog.dispatchEvent(new Event("cancel"));
  equal([box.dialog.open, box.store.state.pasting, box.sent.length], [false, null, 1]);
});

test("an answer to an older text says nothing of the newer one", () => {
  const box = opened();
  box.type("1 2");
  clock.pass(250);
  box.type("1 2 3");
  clock.pass(250);
  box.answer({ id: 1 });
  equal(box.preview().querySelector("table"), null);
  box.answer({ id: 2 });
  equal(box.preview().querySelectorAll("td").length, 2);
});

test("taken before it is previewed: it waits for the answer, and what cannot be read stays", () => {
  const box = opened("kernel");
  box.type("1 2");
  box.take();
  equal(box.sent, [["preview", { grid: "kernel", text: "1 2" }]]);
  box.answer({ id: 1 });
  equal([box.sent[1][0], box.dialog.open], ["paste", false]);
  const other = opened();
  other.type("x");
  other.take();
  other.answer({ id: 1, ok: false });
  equal([other.sent.length, other.dialog.open], [1, true]);
});

test("what is refused after all opens the box again, with its text", () => {
  const box = opened();
  box.type("1 2");
  box.take();
  box.answer({ id: 1 });
  equal(box.dialog.open, false);
  box.status({ refused: [{ id: 2 }], notices: ["stale"] });
  equal([box.dialog.open, box.text.value, box.preview().textContent], [true, "1 2", "stale"]);
});

test("a large block shows its first rows and columns, blocks within blocks their first", () => {
  const box = opened(), rows = Array.from({ length: 9 }, () => Array(9).fill(7));
  box.type("7");
  clock.pass(250);
  box.answer({ id: 1, rows: [[rows]], shape: [1, 1, 9, 9] });
  equal(box.preview().querySelectorAll("tr").length, 7);
  equal(box.preview().querySelector("tr").children.length, 9);
});
