// Dialogs by the keyboard: what has the focus when a button is disabled or removed, and what Tab reaches.

import { watchDialogs } from "../../explorer/stage/hosts/streamlit/dialogs.js";
import { equal, test } from "./testing.js";

const IN_DIALOG = `<div data-testid=stDialog><section role=dialog tabindex=-1>
  <button class=file></button><button class=other></button><div data-testid=stCode><pre></pre></div></section></div>`;

/** The browser takes the focus from what is disabled when it paints. */
const painted = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
const focused = async () => {
  await painted();
  const { className, role, localName } = document.activeElement;
  return className || role || localName;
};

/** A page with a dialog, its buttons, and what ends the watch. */
function pageWithDialog(html = IN_DIALOG) {
  document.body.innerHTML = html;
  const [file, other] = document.querySelectorAll("button");
  return { file, other, stop: watchDialogs(document) };
}

test("the dialog has the focus while its button is disabled, and then the button again", async () => {
  const { file, stop } = pageWithDialog();
  for (const time of ["once", "again"]) {
    file.focus();
    file.disabled = true;
    equal([time, await focused()], [time, "dialog"]);
    file.disabled = false;
    equal([time, await focused()], [time, "file"]);
  }
  stop();
});

test("the dialog has the focus when the button is removed that had it", async () => {
  const { file, stop } = pageWithDialog();
  file.focus();
  file.remove();
  equal(await focused(), "dialog");
  stop();
});

test("what has the focus keeps it", async () => {
  const { file, other, stop } = pageWithDialog();
  other.focus();
  file.disabled = true;
  equal(await focused(), "other");
  file.disabled = false;
  equal(await focused(), "other");
  file.focus();
  file.disabled = true;
  await painted();
  other.focus();
  file.disabled = false;
  equal(await focused(), "other"); // it was chosen meanwhile
  stop();
});

test("a dialog that comes later is watched, until the end", async () => {
  const { stop } = pageWithDialog("<main></main>");
  document.body.insertAdjacentHTML("beforeend", IN_DIALOG);
  await painted();
  const file = document.querySelector(".file");
  file.focus();
  file.disabled = true;
  equal(await focused(), "dialog");
  file.disabled = false;
  equal(await focused(), "file");
  stop();
  file.disabled = true;
  equal(await focused(), "body");
});

test("outside of a dialog nothing is done", async () => {
  const { file, stop } = pageWithDialog("<main><button class=file></button></main>");
  file.focus();
  file.disabled = true;
  equal(await focused(), "body");
  stop();
});

test("code in a dialog is reached by Tab, and what is not in one is as it was", async () => {
  const { stop } = pageWithDialog(`<div data-testid=stCode><pre class=beside></pre></div>${IN_DIALOG}`);
  equal([...document.querySelectorAll("pre")].map((node) => node.tabIndex), [-1, 0]);
  stop();
});
