// What a presenting stage covers, and what is free again.

import { listenToCovering } from "../../explorer/stage/features/covering.js";
import { setInert } from "../../explorer/stage/inerting.js";
import { createStore } from "../../explorer/stage/store.js";
import { equal, test } from "./testing.js";

const added = (parent, html) => {
  parent.insertAdjacentHTML("beforeend", html);
  return parent.lastElementChild;
};
const observed = () => new Promise((done) => { setTimeout(done); });

/** A page with a slider beside the stage. */
function pageWithStage(isPresenting = false) {
  document.body.replaceChildren();
  const page = added(document.body, "<main><aside><input></aside><div class=host></div></main>");
  const root = added(page.querySelector(".host"), "<section tabindex=0><button></button></section>");
  const controller = new AbortController(), store = createStore({ isPresenting });
  listenToCovering({ root, store, signal: controller.signal });
  store.start();
  return { page, root, store, controller, aside: page.querySelector("aside"), field: page.querySelector("input") };
}

test("what lies beside the stage is inert while it presents, and free afterwards", () => {
  const { page, root, store, aside } = pageWithStage();
  equal(aside.inert, false);
  store.set({ isPresenting: true });
  equal([aside.inert, page.inert, root.inert], [true, false, false]);
  store.set({ isPresenting: false });
  equal(aside.inert, false);
});

test("the focus goes to the stage, and back to where it was", () => {
  const { root, store, field } = pageWithStage();
  field.focus();
  store.set({ isPresenting: true });
  equal(document.activeElement === root, true);
  store.set({ isPresenting: false });
  equal(document.activeElement === field, true);
});

test("a page that presents from the first takes no focus", () => {
  const { aside } = pageWithStage(true);
  equal([aside.inert, document.activeElement === document.body], [true, true]);
});

test("what is drawn later is covered too, but no dialog", async () => {
  const { page, store } = pageWithStage(true);
  const late = added(page, "<aside></aside>"), dialog = added(document.body, "<div><p role=dialog></p></div>");
  const box = added(document.body, "<div></div>");
  await observed();
  equal([late.inert, dialog.inert, box.inert], [true, false, false]);
  store.set({ isPresenting: false });
  equal(late.inert, false);
});

test("a stage that goes leaves nothing covered", () => {
  const { controller, aside } = pageWithStage(true);
  controller.abort();
  equal(aside.inert, false);
});

test("a node that is inert for two reasons is free when neither holds", () => {
  const { store, aside } = pageWithStage(true);
  setInert(aside, "away", true);
  setInert(aside, "away", false);
  equal(aside.inert, true);
  setInert(aside, "away", true);
  store.set({ isPresenting: false });
  equal(aside.inert, true);
  setInert(aside, "away", false);
  equal(aside.inert, false);
});
