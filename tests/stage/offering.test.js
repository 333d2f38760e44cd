import { changesOf, offerOf } from "../../explorer/stage/hosts/offering.js";
import { equal, test } from "./testing.js";

const PICKING = { grid: "input", chosen: [], isOpen: true };
const dataOf = (more) => ({ document: { mask: ["output"] }, ...more });
const changes = (data, before, more) => changesOf(dataOf(data), before && dataOf(before), more);

test("a page that names no tools offers all; one that names them offers those, and numbers can be changed", () => {
  equal(["undo", "edit", "view"].map(offerOf({})), [true, true, true]);
  equal(["undo", "edit", "view"].map(offerOf({ tools: ["view"] })), [false, true, true]);
  equal(["undo", "edit", "view"].map(offerOf({ tools: null, isBeside: true })), [false, false, false]);
});

test("a page that says nothing changes nothing, at first and later", () => {
  equal([changes({}, null), changes({}, {}), changes({}, {}, { isOther: true, isNew: true })], [{}, {}, {}]);
});

test("the parts are those that the page names, else those of its kind", () => {
  const partsOf = (data) => changes(data, null).parts;
  equal(partsOf({ tools: [] }), ["bar", "player", "sentence"]);
  equal(partsOf({ tools: [], isCompact: true }), []);
  equal(partsOf({ tools: [], isCompact: true, parts: ["bar"] }), ["bar"]);
  equal(partsOf({}), undefined);
});

test("only what is another than before is told", () => {
  const before = { asking: true, picking: PICKING, below: 60 };
  equal(changes({ ...before }, before), {});
  equal(changes({ ...before, below: 80 }, before), { below: 80 });
  equal(changes({ below: 60 }, before), { asking: false, picking: null });
});

test("which cells are chosen is the browser's to say until something else of the picking changes", () => {
  const before = { picking: PICKING };
  equal(changes({ picking: { ...PICKING, chosen: ["input:0,0,0"] } }, before), {});
  const closed = { ...PICKING, chosen: ["input:0,0,0"], isOpen: false };
  equal(changes({ picking: closed }, before), { picking: closed });
  const anew = { ...PICKING, question: 2 };
  equal(changes({ picking: anew }, before), { picking: anew });
});

test("on a page of its own the whole question is told again", () => {
  const before = { asking: true, picking: PICKING };
  equal(changes({ ...before }, before, { isOther: true, isNew: true }), before);
});

test("a page's mask stands in place of the document's, of each document", () => {
  const before = { mask: [] };
  equal([changes({ mask: [] }, null), changes({ mask: [] }, before)], [{ mask: [] }, {}]);
  equal(changes({ mask: [] }, before, { isOther: true }), { mask: [] });
  equal(changes({}, before), { mask: ["output"] });
});
