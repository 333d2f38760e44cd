// Typing numbers into X and K. The text goes to Python as it is; what it means is decided there.

/** Adds listenToEdits, showRefusals and hideBubble to a stage. */
function addEditing(stage) {
  const { nodes, root } = stage;
  let told = 0; // the last command whose refusal has been shown

  function edit(grid, box, text) {
    if (!box || stage.editing?.box === box) return;
    if (stage.editing) commit();
    const channel = stage.shownChannel(), index = grid.cells.indexOf(box);
    const value = (grid.name === "input" ? stage.doc.input[channel] : stage.doc.weight[channel])?.[index];
    if (value === undefined) return;
    if (stage.playing) stage.pause();
    stage.hideBubble();
    stage.editing = { grid, box, channel, value };
    box.readOnly = false;
    box.classList.add("editing");
    box.value = text ?? String(value);
    box.focus();
    if (text === undefined) box.select();
  }
  function leave() {
    const { box } = stage.editing;
    box.readOnly = true;
    box.classList.remove("editing");
    stage.editing = null;
    stage.redrawAll();
  }
  function commit() {
    const { grid, box, channel, value } = stage.editing, text = box.value;
    if (text === String(value)) return leave();
    stage.editing = null;
    box.readOnly = true;
    box.classList.remove("editing");
    put(grid, box, channel, text);
  }
  /** Send a cell's text, or a block from that cell on. */
  function put(grid, box, channel, text) {
    const cell = [Number(box.dataset.row), Number(box.dataset.column)];
    const at = grid.name === "input" ? [channel, ...cell] : [channel, stage.doc.channels.block, ...cell];
    stage.command("edit", { grid: grid.name, at, text });
    stage.redrawAll();
  }
  function onPaste(grid, event) {
    const box = event.target.closest("input.cell"), text = event.clipboardData.getData("text/plain");
    if (!box || !text.trim() || (stage.editing && !/[\t\n]/.test(text.trim()))) return; // one number goes into the cell being edited
    event.preventDefault();
    if (stage.editing) leave();
    put(grid, box, stage.shownChannel(), text.trimEnd());
  }
  function onCopy(grid, event) {
    if (stage.editing) return;
    const channel = stage.shownChannel(), values = grid.name === "input" ? stage.doc.input[channel] : stage.doc.weight[channel];
    const rows = Array.from({ length: grid.rows }, (_, row) => values.slice(row * grid.columns, (row + 1) * grid.columns).join("\t"));
    event.clipboardData.setData("text/plain", rows.join("\n"));
    event.preventDefault();
  }

  /** What it refused turns red, keeps its old number, and says why; once all cells are drawn. */
  stage.showRefusals = ({ refused }) => {
    const fresh = refused.filter((one) => one.id > told && one.grid);
    for (const { id, grid: name, at, text } of fresh) {
      told = id;
      const box = stage.grids.get(name)?.box(...at.slice(-2));
      if (!box) continue;
      box.classList.add("bad");
      box.setAttribute("aria-invalid", "true");
      nodes.bubble.textContent = fresh.map((one) => one.text).slice(0, 4).join("\n");
      nodes.bubble.hidden = false;
      const cell = box.getBoundingClientRect(), frame = root.getBoundingClientRect();
      nodes.bubble.style.left = `${between(0, cell.left - frame.left, Math.max(frame.width - 290, 0))}px`;
      nodes.bubble.style.top = `${cell.bottom - frame.top + 6}px`;
    }
  };
  stage.hideBubble = () => {
    nodes.bubble.hidden = true;
    root.querySelectorAll(".cell.bad").forEach((box) => { box.classList.remove("bad"); box.removeAttribute("aria-invalid"); });
  };
  root.addEventListener("pointerdown", () => stage.hideBubble());

  function onKey(grid, event) {
    const box = event.target.closest("input.cell");
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = Number(box.dataset.row), column = Number(box.dataset.column), sign = event.shiftKey ? -1 : 1;
    const flat = row * grid.columns + column;
    if (stage.editing?.box !== box) {
      const types = event.key.length === 1 && !/[ pP?]/.test(event.key);
      if (!types && event.key !== "Enter" && event.key !== "F2") return;
      edit(grid, box, types ? event.key : undefined);
    } else if (event.key === "Escape") leave();
    else {
      const down = { Enter: sign, ArrowDown: 1, ArrowUp: -1 }[event.key];
      const next = down ? grid.box(between(0, row + down, grid.rows - 1), column) : event.key === "Tab" ? grid.cells[flat + sign] : null;
      if (next === null || (event.key === "Tab" && !next)) return; // an ordinary key, or out of the grid
      commit();
      next.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  stage.listenToEdits = (grid) => {
    grid.layer.addEventListener("dblclick", (event) => { const at = grid.at(event); if (at) edit(grid, grid.box(...at)); });
    grid.layer.addEventListener("keydown", (event) => onKey(grid, event));
    grid.layer.addEventListener("paste", (event) => onPaste(grid, event));
    grid.layer.addEventListener("copy", (event) => onCopy(grid, event));
    grid.layer.addEventListener("focusout", (event) => stage.editing?.box === event.target && commit());
  };
}
