import { createCommands } from "../../explorer/stage/hosts/commands.js";
import { equal, stoppedClock, test } from "./testing.js";

/** Commands of document 1, and what they sent and said. */
function commandsOf() {
  const clock = stoppedClock(), sent = [], told = { changes: 0 };
  const commands = createCommands({ transmit: (waiting) => sent.push(waiting), documentName: () => "page.1", onChange: () => { told.changes += 1; } });
  return { clock, commands, sent, told };
}
const edit = (text) => ({ grid: "input", at: [0, 0, 0], text });
const command = (id, name, args) => ({ id, name, arguments: args, document: "page.1" });

test("a command has an id and the document that it was made on", () => {
  const { commands, sent } = commandsOf();
  commands.add("view", { name: "gather" });
  equal(sent, []); // it only waits
  commands.send();
  equal(sent, [[command(1, "view", { name: "gather" })]]);
});

test("all that has no answer goes along, in its order", () => {
  const { commands, sent } = commandsOf();
  commands.add("undo");
  commands.add("edit", edit("7"));
  commands.send();
  equal(sent[0], [command(1, "undo", {}), command(2, "edit", edit("7"))]);
});

test("what is answered goes no more", () => {
  const { commands } = commandsOf();
  for (const text of ["1", "2", "3"]) commands.add("edit", edit(text));
  equal([commands.settle(0), commands.count()], [false, 3]);
  equal([commands.settle(2), commands.count(), commands.pending()], [true, 1, [edit("3")]]);
  equal([commands.settle(2), commands.settle(3), commands.count()], [false, true, 0]);
});

test("the edits that wait are the same array until they change", () => {
  const { commands } = commandsOf();
  commands.add("edit", edit("1"));
  const before = commands.pending();
  equal([before, commands.pending() === before], [[edit("1")], true]);
  commands.add("edit", edit("2"));
  equal(commands.pending(), [edit("1"), edit("2")]);
});

test("which commands wait", () => {
  const { commands } = commandsOf();
  commands.add("go", { search: "?" });
  equal([commands.waitsFor("go"), commands.waitsFor("edit"), commands.pending()], [true, false, []]);
});

test("only a wait of 300 ms is said", () => {
  const { clock, commands, told } = commandsOf();
  commands.add("undo");
  clock.pass(299);
  equal([commands.isLate(), told.changes], [false, 0]);
  clock.pass(1);
  equal([commands.isLate(), told.changes], [true, 1]);
  commands.settle(1);
  equal(commands.isLate(), false);
});

test("what was answered in time is not late", () => {
  const { clock, commands } = commandsOf();
  commands.add("undo");
  commands.settle(1);
  clock.pass(300);
  equal(commands.isLate(), false);
});

test("another command begins the wait anew, and none is told after the end", () => {
  const { clock, commands, told } = commandsOf();
  commands.add("undo");
  clock.pass(200);
  commands.add("undo");
  clock.pass(200);
  equal(commands.isLate(), false);
  commands.dispose();
  clock.pass(900);
  equal(told.changes, 0);
});

test("a server that knows nothing of the page hears of it last, with all that waits", () => {
  const { commands, sent } = commandsOf();
  commands.add("edit", edit("7"));
  commands.resume({ search: "?stride=2" });
  equal(sent[0], [command(1, "edit", edit("7")), command(2, "resume", { search: "?stride=2", pending: [command(1, "edit", edit("7"))] })]);
  commands.resume({ search: "?stride=3" }); // the one before is forgotten
  equal(sent[1].map(({ id, name }) => [id, name]), [[1, "edit"], [3, "resume"]]);
  equal(sent[1][1].arguments.pending.length, 1);
});

test("what is kept while the server is away", () => {
  const { commands } = commandsOf();
  equal(["edit", "go", "view", "undo"].map(commands.isKept), [true, true, false, false]);
  for (let n = 0; n < 100; n++) commands.add("edit", edit("1"));
  equal(["edit", "go"].map(commands.isKept), [false, true]);
});

test("of what is typed while the server is away only so much is kept that one message can hold it", () => {
  const { commands } = commandsOf();
  for (let n = 0; n < 5; n++) commands.add("edit", edit("1".repeat(20000)));
  equal(commands.isKept("edit"), false);
  equal(commands.count(), 5);
});

test("Back, pressed again before there is an answer, goes where it was pressed last", () => {
  const { commands, sent } = commandsOf();
  commands.add("edit", edit("7"));
  commands.add("go", { search: "?stride=2", entry: 1 });
  commands.add("go", { search: "?stride=3", entry: 0 });
  commands.send();
  equal(sent[0], [command(1, "edit", edit("7")), command(3, "go", { search: "?stride=3", entry: 0 })]);
});

test("a pasted text is cut to what the server takes", () => {
  const { commands } = commandsOf();
  commands.add("edit", edit("1".repeat(20001)));
  equal(commands.pending()[0].text.length, 20000);
});

test("another stage takes over what waits", () => {
  const { commands } = commandsOf(), next = commandsOf();
  commands.add("edit", edit("7"));
  next.commands.restore(commands.keptState());
  next.commands.add("undo");
  next.commands.send();
  equal(next.sent[0].map(({ id, name }) => [id, name]), [[1, "edit"], [2, "undo"]]);
  equal(next.commands.pending(), [edit("7")]);
});
