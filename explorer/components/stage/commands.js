// What the stage asks the server for. Each command has an id, and goes along until the server has answered it.

const MOST_KEPT = 100;
const LONGEST_TEXT = 20000; // characters of a pasted block, as explorer/session/commands.py has it
const UNSENT_MS = 300; // a shorter wait is not worth a word

/** Adds command, resume, settleCommands, waitsFor, pendingText and showWaiting to a stage. */
function addCommands(stage) {
  const { nodes, root } = stage;
  let waiting = [], last = 0, timer = 0;

  const send = () => {
    stage.send(waiting);
    stage.watchAnswer();
  };
  const made = (name, args) => ({ id: ++last, name, arguments: args, document: `${stage.data.session}.${stage.data.number}` });
  /** What is typed, and where Back went, is kept while the server is away; everything else needs its answer at once. */
  const isKept = (name) => (name === "edit" && waiting.length < MOST_KEPT) || name === "go";

  /** Ask for something; where it cannot be had now, the page says so. */
  stage.command = (name, args = {}) => {
    if (!stage.isUp() && !isKept(name)) return stage.refuse();
    if (args.text?.length > LONGEST_TEXT) args.text = args.text.slice(0, LONGEST_TEXT);
    waiting.push(made(name, args));
    clearTimeout(timer);
    timer = setTimeout(stage.showWaiting, UNSENT_MS);
    if (stage.isUp()) send();
    else stage.showWaiting();
  };

  /** The connection is back, perhaps to a server that knows nothing of this page: tell it the page, and what waits. */
  stage.resume = () => {
    const pending = waiting.filter(({ name }) => name !== "resume");
    const precision = stage.doc?.agreement.precision ?? "";
    waiting = [...pending, made("resume", { search: stage.search(), precision, entry: stage.entry(), pending })];
    send();
  };

  /** Drop what has been answered. */
  stage.settleCommands = ({ done }) => {
    const count = waiting.length;
    waiting = waiting.filter(({ id }) => id > done);
    if ((waiting.length < count || !count) && stage.isThere() && waiting.length) send();
    if (!waiting.length || !root.classList.contains("unsent")) stage.showWaiting(waiting.length > 0);
  };
  stage.waitsFor = (wanted) => waiting.some(({ name }) => name === wanted);

  /** A cell whose edit has no answer yet shows what was typed. */
  stage.pendingText = (name, channel, row, column) => {
    const isHere = ({ name: command, arguments: { grid, at, text } }) =>
      command === "edit" && grid === name && at[0] === channel && at.at(-2) === row && at.at(-1) === column && !/[\t\n]/.test(text);
    return waiting.findLast(isHere)?.arguments.text;
  };

  /** Say what waits, and that what stands beside it is not computed from it; `soon` leaves a short wait unsaid. */
  stage.showWaiting = (soon = false) => {
    if (!stage.data) return;
    const texts = stage.texts.stage, edits = waiting.filter(({ name }) => name === "edit").length, up = stage.isUp();
    const isSaid = edits > 0 && !(soon && up);
    root.classList.toggle("unsent", isSaid);
    nodes.connection.hidden = up;
    const kept = edits ? texts.kept.replace("{count}", edits) : "";
    nodes.connection.textContent = up ? "" : [texts.down, kept].filter(Boolean).join(" ");
    [nodes.undo.disabled, nodes.redo.disabled] = stage.data.history.map((isPossible) => !isPossible || !up);
    stage.showBadge(isSaid);
  };
  stage.endCommands = () => clearTimeout(timer);
  stage.keptCommands = () => ({ waiting, last });
  stage.keepCommands = (kept) => { ({ waiting, last } = kept); };
}
