import { createStore } from "../../explorer/stage/store.js";
import { equal, test, throws } from "./testing.js";

/** A store whose subscribers write down what they are told. */
function storeOf(initial, ...names) {
  const store = createStore(initial), told = [];
  for (const name of names) store.subscribe((state, before) => told.push([name, state.n, before && before.n]));
  return { store, told };
}

test("nobody is told before the start, and then of no state before", () => {
  const { store, told } = storeOf({ n: 1 }, "one");
  equal(told, []);
  store.start();
  equal(told, [["one", 1, null]]);
});

test("all are told in the order in which they subscribed", () => {
  const { store, told } = storeOf({ n: 1 }, "one", "two");
  store.start();
  store.set({ n: 2 });
  equal(told, [["one", 1, null], ["two", 1, null], ["one", 2, 1], ["two", 2, 1]]);
});

test("a start after the start tells nobody", () => {
  const { store, told } = storeOf({ n: 1 }, "one");
  store.start();
  store.start();
  equal(told.length, 1);
});

test("a patch leaves the rest as it is", () => {
  const { store } = storeOf({ n: 1, other: "kept" });
  store.set({ n: 2 });
  equal(store.state, { n: 2, other: "kept" });
});

test("a state never changes itself", () => {
  const { store } = storeOf({ n: 1 }), before = store.state;
  store.set({ n: 2 });
  equal(before.n, 1);
  throws(() => { store.state.n = 3; });
});

test("a subscriber may set the state: all are told again, once all have been told", () => {
  const store = createStore({ n: 1 }), told = [];
  store.subscribe(({ n }) => {
    told.push(["first", n]);
    if (n === 2) store.set({ n: 3 });
  });
  store.subscribe(({ n }, before) => told.push(["second", n, before?.n]));
  store.start();
  store.set({ n: 2 });
  equal(told, [["first", 1], ["second", 1, undefined], ["first", 2], ["second", 2, 1], ["first", 3], ["second", 3, 2]]);
});

test("a subscriber that sets the state at the start", () => {
  const store = createStore({ n: 1 }), told = [];
  store.subscribe(({ n }, before) => {
    told.push([n, before && before.n]);
    if (n < 3) store.set({ n: n + 1 });
  });
  store.start();
  equal(told, [[1, null], [2, 1], [3, 2]]);
});

test("two changes by one subscriber are told as one", () => {
  const { store, told } = storeOf({ n: 1, m: 0 });
  store.subscribe(({ n, m }) => {
    told.push([n, m]);
    if (n === 2 && m === 0) { store.set({ n: 4 }); store.set({ m: 1 }); }
  });
  store.start();
  store.set({ n: 2 });
  equal(told, [[1, 0], [2, 0], [4, 1]]);
});

test("who leaves is told no more", () => {
  const store = createStore({ n: 1 }), told = [];
  const leave = store.subscribe(({ n }) => told.push(n));
  store.start();
  leave();
  store.set({ n: 2 });
  equal(told, [1]);
});

test("after a subscriber failed the others are told of the next state", () => {
  const store = createStore({ n: 1 }), told = [];
  store.subscribe(({ n }) => { if (n === 2) throw new Error("broken"); });
  store.subscribe(({ n }) => told.push(n));
  store.start();
  throws(() => store.set({ n: 2 }));
  store.set({ n: 3 });
  equal(told, [1, 3]);
});
