import { createAddress } from "../../explorer/stage/hosts/streamlit/address.js";
import { equal, test } from "./testing.js";

/** An address on a page whose own part is `page`, opened at `search`. */
function addressOf({ page = {}, search = "", mayWrite = () => true } = {}) {
  history.replaceState(null, "", `/${search}`);
  const gone = [], names = ["x", "stride", "step", "trace", "present", "hide"];
  return { address: createAddress({ names, page: () => page, mayWrite, onGo: (place) => gone.push(place) }), gone };
}
const FIRST = { isFirst: true, isNew: false }, NEW = { isFirst: false, isNew: true };

test("the bare page has no address of its own", () => {
  const { address } = addressOf();
  equal(address.search(), "");
  address.dispose();
});

test("the page's part, then the stage's, then what belongs to others", () => {
  const { address } = addressOf({ page: { x: "1,2;3,4", stride: 2 }, search: "?embed=true&stride=3" });
  address.remember({ step: 0, trace: "output:0,1,1", isPresenting: true });
  equal(address.search(), "?x=1,2;3,4&stride=2&step=0&trace=output:0,1,1&present=1&embed=true");
  address.dispose();
});

test("a hidden result is said", () => {
  const { address } = addressOf();
  address.remember({ step: null, trace: "", isPresenting: true, isHidden: true });
  equal(address.search(), "?present=1&hide=result");
  address.dispose();
});

test("a link is what is on screen, written down at once", () => {
  const { address } = addressOf({ page: { stride: 2 } });
  equal([address.link(), location.search], ["http://modules.test/?stride=2", "?stride=2"]);
  address.dispose();
});

test("on the way to another page nothing is written", () => {
  const { address } = addressOf({ page: { stride: 2 }, mayWrite: () => false });
  equal(address.link(), "http://modules.test/");
  address.dispose();
});

test("a new page becomes a new entry, and Back asks for the one before", async () => {
  const page = {}, { address, gone } = addressOf({ page }), length = history.length;
  address.follow(0, FIRST);
  address.link();
  page.stride = 2;
  address.follow(1, NEW);
  equal([history.length - length, location.search, address.entry()], [1, "?stride=2", 1]);
  history.back();
  while (!gone.length) await new Promise(requestAnimationFrame);
  equal(gone, [{ search: "", entry: 0 }]);
  address.dispose();
});

test("another stage takes over what was handed to it, once", () => {
  const before = addressOf().address;
  before.remember({ step: 2, trace: "", isPresenting: false });
  before.handOver({ data: { number: 7 } });
  before.dispose();
  const after = createAddress({ names: [], page: () => ({}), mayWrite: () => false, onGo: () => {} });
  equal([after.takeOver().data, after.search(), after.takeOver()], [{ number: 7 }, "?step=2", null]);
  after.dispose();
});

const SAME = { isFirst: false, isNew: false };

/** An address whose pages 0, 1 and 2 have an entry each; it stands in the last one. */
function threeEntries() {
  const page = {}, { address, gone } = addressOf({ page });
  address.follow(0, FIRST);
  address.link();
  for (const stride of [1, 2]) {
    page.stride = stride;
    address.follow(stride, NEW);
  }
  const goTo = (entry) => {
    page.stride = entry;
    address.follow(entry, SAME);
  };
  return { address, gone, goTo };
}
const places = (address) => [location.search, address.entry()];
const arrival = async (address, entry) => {
  while (address.entry() !== entry || location.search !== `?stride=${entry}`) await new Promise(requestAnimationFrame);
};

test("a page that is drawn again while the stage goes to its entry goes there once", async () => {
  const { address, gone, goTo } = threeEntries();
  goTo(1);
  goTo(1);
  await arrival(address, 1);
  await new Promise((later) => setTimeout(later, 100)); // time for a second way
  equal([places(address), gone], [["?stride=1", 1], []]);
  address.dispose();
});

test("where the page has gone on meanwhile the stage goes on, too", async () => {
  const { address, gone, goTo } = threeEntries();
  goTo(1);
  goTo(2);
  await arrival(address, 2);
  goTo(1);
  await arrival(address, 1);
  equal(gone, []);
  address.dispose();
});
