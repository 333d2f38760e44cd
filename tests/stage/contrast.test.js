import { createContrast } from "../../explorer/stage/contrast.js";
import { equal, test } from "./testing.js";

const light = { name: "light" }, contrast = { name: "contrast" };

function made(host = { palette: () => light, contrast }) {
  sessionStorage.removeItem("tconv-contrast");
  const controller = new AbortController();
  return createContrast({ root: document.body, host, signal: controller.signal });
}
const isMarked = () => document.documentElement.hasAttribute("data-tconv-contrast");

test("the page's own colours, until somebody wants more contrast", () => {
  const colours = made();
  equal([colours.palette().name, isMarked()], ["light", false]);
  colours.turn();
  equal([colours.palette().name, isMarked()], ["contrast", true]);
  colours.turn();
  equal([colours.palette().name, isMarked()], ["light", false]);
});

test("another stage of the session has what was chosen", () => {
  made().turn();
  const { signal } = new AbortController();
  const other = createContrast({ root: document.body, host: { palette: () => light, contrast }, signal });
  equal(other.palette().name, "contrast");
  other.turn();
  equal(other.palette().name, "light");
});

test("a host without these colours has its own", () => {
  const colours = made({ palette: () => light });
  equal([colours.isPossible, colours.palette().name], [false, "light"]);
});
