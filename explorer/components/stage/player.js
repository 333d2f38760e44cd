// Steps, playing, and the keys of the stage.

const SPEEDS = [0.5, 1, 2, 4];
const STEP_MS = 900;

/** Adds go, before, after, start, pause, stop and onKey to a stage. */
function addPlayer(stage) {
  const { nodes, root } = stage;
  let timer = 0;

  stage.before = () => (stage.step === null ? lastStep(stage.doc) : Math.max(stage.step - 1, 0));
  stage.after = () => (stage.step === null || stage.step === lastStep(stage.doc) ? null : stage.step + 1);
  stage.stop = () => { clearTimeout(timer); stage.playing = false; };
  stage.go = (step) => {
    stage.stop();
    stage.step = step;
    stage.draw();
    stage.writeAddress();
  };
  stage.pause = () => { stage.stop(); label(); stage.writeAddress(); };
  stage.start = () => {
    stage.playing = true;
    if (stage.step === null || stage.step === lastStep(stage.doc)) stage.step = 0;
    stage.draw();
    tick();
  };
  function tick() {
    timer = setTimeout(() => {
      stage.step += 1;
      if (stage.step < lastStep(stage.doc)) tick();
      else { stage.stop(); stage.writeAddress(); }
      stage.draw();
    }, STEP_MS / stage.speed);
  }

  nodes.back.onclick = () => stage.go(stage.before());
  nodes.forward.onclick = () => stage.go(stage.after());
  nodes.play.onclick = () => (stage.playing ? stage.pause() : stage.start());
  nodes.scrub.oninput = () => stage.go(Number(nodes.scrub.value));
  nodes.speed.onclick = () => { stage.speed = SPEEDS[(SPEEDS.indexOf(stage.speed) + 1) % SPEEDS.length]; label(); };

  /** What the player shows: the step, in numbers and on the slider, and what its buttons do. */
  function label() {
    const texts = stage.texts.stage, last = lastStep(stage.doc), { scrub, play } = nodes;
    Object.assign(scrub, { max: last, value: stage.step ?? last });
    const kind = stage.doc.gradient ? "_backward" : stage.doc.gather ? "_gather" : "";
    const text = texts[`${stage.step === null ? "all" : "step"}${kind}`].replace("{step}", stage.step).replace("{last}", last);
    nodes.count.textContent = text;
    scrub.setAttribute("aria-valuetext", text);
    if (play.dataset.playing !== String(stage.playing)) {
      play.dataset.playing = stage.playing;
      play.replaceChildren(icon(stage.playing ? "pause" : "play"));
      named(play, stage.playing ? texts.pause : texts.play, "Space");
    }
    nodes.speed.textContent = `${stage.speed}×`;
    nodes.present.textContent = `${root.classList.contains("presenting") ? texts.leave : texts.present} P`;
    nodes.back.disabled = stage.step === 0;
    nodes.forward.disabled = stage.step === null;
  }
  stage.label = label;

  stage.present = (on) => {
    root.classList.toggle("presenting", on);
    stage.draw(true);
    stage.writeAddress();
    root.focus({ preventScroll: true });
  };
  nodes.present.onclick = () => stage.present(!root.classList.contains("presenting"));
  stage.toggleBackward = () => stage.command("backward", { on: stage.doc.gradient === null });
  nodes.backward.onclick = stage.toggleBackward;
  for (const name of ["cost", "code"]) nodes[name].onclick = () => stage.command("dialog", { name, address: location.href });
  nodes.undo.onclick = () => stage.command("undo");
  nodes.redo.onclick = () => stage.command("redo");
  nodes.keys.onclick = () => nodes.help.showModal();

  /** The stage's keys: inside it, and where nothing has the focus. An edited cell keeps its own. */
  stage.onKey = (event) => {
    const inside = root.contains(event.target), nowhere = event.target === document.body;
    const letter = event.key.toLowerCase();
    if ((inside || nowhere) && !stage.editing && (event.ctrlKey || event.metaKey) && (letter === "z" || letter === "y")) {
      stage.command(letter === "y" || event.shiftKey ? "redo" : "undo");
      return event.preventDefault();
    }
    // Where a control of the page has the focus, its own keys are its own; P and ? are not among them.
    if (event.target.closest?.("[role=dialog]")) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role=combobox]");
    const free = inside || nowhere || (!typing && (letter === "p" || letter === "?"));
    if (!free || event.ctrlKey || event.metaKey || event.altKey || nodes.help.open || stage.editing) return;
    const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const onButton = event.target.closest?.("button");
    if (event.key === " " && !onButton) stage.playing ? stage.pause() : stage.start();
    else if (arrows && event.shiftKey) stage.moveTraced(...arrows);
    else if (event.key === "ArrowLeft") stage.go(stage.before());
    else if (event.key === "ArrowRight") stage.go(stage.after());
    else if (event.key === "Home") stage.go(0);
    else if (event.key === "End") stage.go(lastStep(stage.doc));
    else if (event.key === "Enter" && event.target === stage.focused?.layer) stage.pinCurrent();
    else if (event.key === "Escape") { if (!escape()) return; }
    else if (event.key === "p" || event.key === "P") stage.present(!root.classList.contains("presenting"));
    else if (letter === "b") stage.toggleBackward();
    else if (STATIC.views[event.key - 1]) stage.command("view", { name: STATIC.views[event.key - 1] });
    else if (event.key === "?") nodes.help.showModal();
    else return;
    event.preventDefault();
  };
  function escape() {
    if (!nodes.bubble.hidden) stage.hideBubble();
    else if (!nodes.panel.hidden) stage.command("methods", { precision: "" });
    else if (stage.pin || stage.hover) stage.setPin("");
    else if (root.classList.contains("presenting")) stage.present(false);
    else return false;
    return true;
  }
}
