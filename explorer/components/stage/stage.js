// The stage: keeps its nodes, its step, its pin and its listeners while documents come and go.

const SPEEDS = [0.5, 1, 2, 4];
const STEP_MS = 900;
const ICONS = {
  play: "M5 3l10 6-10 6z", pause: "M4 3h4v12H4zM10 3h4v12h-4z", back: "M13 3v12L5 9zM3 3h2v12H3z", forward: "M5 3v12l8-6zM13 3h2v12h-2z",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path")).setAttribute("d", ICONS[name]);
  return svg;
}

let plotlyLoading = null;
/** Load plotly.js once a page, from the server that serves the page. */
function loadPlotly(address) {
  plotlyLoading ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve();
    const script = document.head.appendChild(element("script"));
    script.onload = () => resolve();
    script.onerror = () => { plotlyLoading = null; script.remove(); reject(); };
    script.src = new URL(address, document.baseURI);
  });
  return plotlyLoading;
}

function makeStage(root) {
  const stage = { root, doc: null, texts: null, step: null, pin: "", hover: "", playing: false, speed: 1, drawn: 0, editing: null };
  const grids = new Map();
  let tables = null, words = null, palette = null, timer = 0, writing = 0, sized = "", send = {}, freed = "";

  // ---- nodes
  const button = (className, action) => { const node = element("button", className); node.type = "button"; node.onclick = action; return node; };
  const bar = root.appendChild(element("div", "bar"));
  const badge = bar.appendChild(button("badge", () => send.state("methods", stage.doc.agreement.methods === null)));
  badge.dataset.testid = "agreement";
  bar.append(element("span", "space"));
  const keysButton = bar.appendChild(button("tool", () => help.open ? help.close() : help.show()));
  const presentButton = bar.appendChild(button("tool", () => present(!root.classList.contains("presenting"))));
  const message = root.appendChild(element("div", "message"));
  message.setAttribute("role", "status");
  const picture = root.appendChild(element("div", "picture"));
  const player = root.appendChild(element("div", "player"));
  const back = player.appendChild(button("round", () => go(before())));
  const play = player.appendChild(button("round primary", () => (stage.playing ? pause() : start())));
  const forward = player.appendChild(button("round", () => go(after())));
  const scrub = player.appendChild(element("input", "scrub"));
  Object.assign(scrub, { type: "range", min: 0, step: 1 });
  const count = player.appendChild(element("span", "count"));
  const speed = player.appendChild(button("tool speed", () => {
    stage.speed = SPEEDS[(SPEEDS.indexOf(stage.speed) + 1) % SPEEDS.length];
    label();
  }));
  const sentence = root.appendChild(element("div", "sentence"));
  sentence.dataset.testid = "trace-sentence";
  sentence.setAttribute("aria-live", "polite");
  const facts = root.appendChild(element("div", "facts"));
  const panel = root.appendChild(element("div", "panel"));
  panel.hidden = true;
  const help = root.appendChild(element("dialog", "help"));
  const bubble = root.appendChild(element("div", "bubble"));
  bubble.setAttribute("role", "alert");
  bubble.hidden = true;

  // ---- the document
  stage.update = (data, senders) => {
    send = senders;
    const first = !stage.doc, old = stage.doc;
    const { doc } = data;
    if (doc !== old && (first || data.doc_key !== stage.key)) {
      Object.assign(stage, { doc, key: data.doc_key, texts: data.static.texts });
      tables = tablesOf(doc);
      if (stage.epoch !== data.epoch) {
        stop();
        Object.assign(stage, { epoch: data.epoch, step: doc.step, pin: doc.trace, hover: "" });
      }
      if (stage.step !== null && stage.step > lastStep(doc)) stage.step = lastStep(doc);
      if (stage.pin && !exists(doc, stage.pin)) stage.pin = "";
      if (stage.hover && !exists(doc, stage.hover)) stage.hover = "";
    }
    stage.data = data;
    palette = data.static.palettes[isDark() ? "dark" : "light"];
    if (first) {
      names();
      if (doc.present) root.classList.add("presenting");
      loadPlotly(data.plotly).then(() => { root.classList.remove("bare"); say(); draw(); }, () => { root.classList.add("bare"); say(); });
    }
    words = wordsOf(stage.doc, stage.texts.sentences, colourFor([]));
    say();
    showPanel();
    draw();
    settleEdits(data.edits);
    writeAddress(data.push !== stage.pushed && !first);
    stage.pushed = data.push;
  };

  const isDark = () => {
    const colour = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
    const parts = colour.startsWith("#") ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) : colour.match(/\d+/g)?.map(Number);
    return parts ? parts[0] + parts[1] + parts[2] < 382 : false;
  };

  function names() {
    const texts = stage.texts.stage;
    root.setAttribute("aria-label", texts.label);
    back.append(icon("back")); forward.append(icon("forward"));
    back.setAttribute("aria-label", texts.back); back.title = `${texts.back} (←)`;
    forward.setAttribute("aria-label", texts.forward); forward.title = `${texts.forward} (→)`;
    scrub.setAttribute("aria-label", texts.scrub);
    keysButton.textContent = "?"; keysButton.setAttribute("aria-label", texts.keys); keysButton.title = texts.keys;
    speed.setAttribute("aria-label", texts.speed); speed.title = texts.speed;
    const list = help.appendChild(element("dl"));
    for (const [key, what] of Object.entries(texts.shortcuts)) list.append(element("dt", "", key), element("dd", "", what));
    help.append(Object.assign(button("tool", () => help.close()), { textContent: texts.close }));
  }

  /** Badge, messages, formula and the notebook's line. */
  function say() {
    const { doc, data } = stage;
    badge.textContent = doc.agreement.text;
    badge.title = `${doc.agreement.detail} ${stage.texts.stage.methods}`;
    badge.classList.toggle("differs", !doc.agreement.agrees);
    const lines = [...data.notices];
    if (root.classList.contains("bare")) lines.unshift(stage.texts.stage.no_plotly);
    message.replaceChildren(...lines.map((line) => element("p", "", line)));
    const { same, verdict, text } = doc.notebook;
    const note = element("span", same ? "same" : same === false ? "differs" : "", `${same ? "✓ " : same === false ? "≠ " : ""}${verdict}`);
    const notebook = element("span", "notebook", `${text} `);
    notebook.append(note);
    facts.replaceChildren(...doc.formula.map((line) => element("span", "formula", line)), notebook);
  }

  // ---- drawing
  const shownChannel = () => {
    const link = tracedLink();
    if (link?.channel != null) return link.channel;
    if (stage.step) return ofStep(stage.doc, stage.step)[0];
    return stage.doc.channels.shown[0];
  };
  const traced = () => stage.pin || stage.hover;
  const tracedLink = () => (traced() ? linksOf(stage.doc, tables, traced()) : null);

  /** A colour for each kernel position; beyond six positions only the traced ones, if they are few, are coloured. */
  function colourFor(positions) {
    const colours = palette.kernel;
    if (stage.doc.coloured) return (q) => colours[q];
    const distinct = [...new Set(positions)];
    return (q) => (distinct.length <= colours.length && distinct.includes(q) ? colours[distinct.indexOf(q)] : "var(--traced)");
  }

  function layOut() {
    const { doc } = stage;
    const presenting = root.classList.contains("presenting");
    const top = root.getBoundingClientRect().top + window.scrollY;
    const room = (presenting ? window.innerHeight : window.innerHeight - Math.max(top, 0)) - 8;
    const others = [message, player, sentence, facts].reduce((sum, node) => sum + node.offsetHeight, presenting ? bar.offsetHeight + 40 : 28);
    const width = picture.clientWidth, height = Math.max(room - others, 240);
    const key = [doc.view, width, height, presenting, ...Object.values(doc.grids).map((part) => [part.rows, part.columns, part.title])].join();
    if (key === sized) return;
    sized = key;
    const { arrangement, cells, room: most } = arrange(doc, width, height, presenting ? 150 : 86);
    picture.className = `picture ${arrangement}`;
    picture.style.setProperty("--room", `${most ?? height}px`);
    picture.style.minHeight = `${height}px`;
    for (const [name, grid] of grids) if (!doc.grids[name]) { grid.dispose(); grids.delete(name); }
    const order = doc.view === "matrix" ? ["WT", "·", "vec_input", "=", "vec_output", "side"] : ["input", "×", "kernel", "→", "output"];
    const gridNode = (name) => {
      if (!grids.has(name)) grids.set(name, listen(makeGrid(name, stage)));
      grids.get(name).shape(doc.grids[name], cells[name], indexNames(name));
      return grids.get(name).node;
    };
    const sign = (text) => { const node = element("span", "sign", text); node.setAttribute("aria-hidden", "true"); return node; };
    const nodes = order.map((name) => {
      if (name !== "side") return GRIDS.includes(name) ? gridNode(name) : sign(name);
      const side = element("div", "side"), top = side.appendChild(element("div", "top")), pair = top.appendChild(element("div", "pair"));
      pair.append(gridNode("input"), gridNode("kernel"));
      top.append(gridNode("output"));
      side.append(gridNode("W"));
      return side;
    });
    if (doc.view !== "matrix") {
      const pair = element("div", "pair");
      pair.append(...nodes.slice(0, 3));
      nodes.splice(0, 3, pair);
    }
    picture.replaceChildren(...nodes);
    stage.picture = null;
  }

  /** The names of a grid's rows and columns: plain indices, in W and the vectors the cell's own. */
  function indexNames(name) {
    const { rows, columns } = stage.doc.grids[name];
    const flat = (count, width) => Array.from({ length: count }, (_, n) => `${Math.floor(n / width)},${n % width}`);
    const x = (count) => flat(count, stage.doc.size[1]), y = (count) => flat(count, stage.doc.window[3]);
    switch (name) {
      case "W": return [x(rows), y(columns)];
      case "WT": return [y(rows), x(columns)];
      case "vec_input": return [x(rows), [""]];
      case "vec_output": return [y(rows), [""]];
      default: return [rows, columns].map((count) => Array.from({ length: count }, (_, n) => String(n)));
    }
  }

  function valuesOf(name, channel, state) {
    const { doc } = stage;
    const weight = doc.weight[channel] ?? doc.cells[0].map(() => null);
    const dense = (rows, columns, transposed) => {
      const out = new Array(rows * columns).fill(0);
      if (doc.weight[channel]) for (const [row, column, q] of doc.entries) out[transposed ? column * columns + row : row * columns + column] = weight[q];
      return out;
    };
    const { rows, columns } = doc.grids[name];
    switch (name) {
      case "input": case "vec_input": return doc.input[channel];
      case "kernel": return weight;
      case "output": return state.canvas;
      case "vec_output": return Array.from({ length: rows }, (_, column) => state.canvas[tables.canvasOf.get(column)]);
      default: return dense(rows, columns, name === "WT");
    }
  }

  /** Draw everything as it stands: layout, values, marks, sentence; then say so in the data- attributes. */
  function draw() {
    const { doc } = stage;
    layOut();
    const channel = shownChannel();
    const state = canvasAt(doc, stage.step);
    const picked = [doc, palette, channel, stage.step, !!window.Plotly].map((part) => (typeof part === "object" ? stage.key + palette.background : part)).join();
    if (picked !== stage.picture) {
      stage.picture = picked;
      for (const [name, grid] of grids) {
        const touched = name === "output" ? state.touched : null;
        if (name === "W" || name === "WT") {
          const key = `${stage.key}${channel}${palette.background}${!!window.Plotly}${grid.cell}`;
          if (grid.key === key) continue;
          grid.key = key;
        }
        grid.fill(doc.grids[name], valuesOf(name, channel, state), palette, touched);
        if (name === "W" || name === "WT") blank(grid, name);
      }
      grids.get("output").crop(doc);
      tabs("input", doc.channels.ins, channel, stage.texts.stage.in_channel);
      tabs("output", doc.channels.outs, doc.channels.shown[1], stage.texts.stage.out_channel);
      root.style.setProperty("--traced", palette.traced);
      root.style.setProperty("--frame", palette.frame);
      root.style.setProperty("--ink", palette.text);
      root.style.setProperty("--muted", palette.muted);
    }
    point(channel);
    label();
    settled();
  }

  /** In W only entries that come from K show a number, a 0 of K's included. */
  function blank(grid, name) {
    if (!grid.cells.length) return;
    const filled = new Set(stage.doc.entries.map(([row, column]) => (name === "WT" ? column * grid.columns + row : row * grid.columns + column)));
    grid.cells.forEach((box, index) => filled.has(index) || (box.textContent = ""));
  }

  /** Marks, frames and the sentence for what is traced, else for the step. */
  function point(channel) {
    const { doc } = stage;
    const step = stage.step, stepping = !traced() && step;
    const link = tracedLink() ?? (stepping ? linksOf(doc, tables, `input:${inputAt(step)}`) : null);
    const lists = new Map(GRIDS.map((name) => [name, []])), frames = new Map(GRIDS.map((name) => [name, []]));
    const positions = link ? link.pairs.map(([, , q]) => q) : [];
    const colour = colourFor(positions);
    words = wordsOf(doc, stage.texts.sentences, colour);
    if (link) mark(link, channel, colour, lists, frames);
    for (const [name, grid] of grids) grid.mark(lists.get(name), frames.get(name));
    const text = traced() ? words.ofTrace(link) : words.ofStepText(step);
    sentence.replaceChildren(text, traced() ? "" : ` ${doc.frame}`);
  }

  const inputAt = (step) => {
    const [ci, cell] = ofStep(stage.doc, step);
    return [ci, Math.floor(cell / stage.doc.size[1]), cell % stage.doc.size[1]];
  };

  function mark(link, channel, colour, lists, frames) {
    const { doc } = stage;
    const own = "var(--traced)", across = doc.kernel[1];
    const add = (name, index, shade, more) => lists.get(name).push({ index, colour: shade, ...more });
    const inPicture = link.pairs.filter(([ci]) => ci === channel);
    const letter = (q) => (doc.coloured ? "" : `${Math.floor(q / across)},${q % across}`);
    const [rows, columns] = doc.block;
    const whole = link.grid === "input" ? "corner" : "";
    for (const [ci, cell, q, canvas] of inPicture) {
      if (link.grid !== "input") add("input", cell, link.grid === "kernel" ? "var(--muted)" : colour(q));
      if (link.grid !== "input") add("vec_input", cell, link.grid === "kernel" ? "var(--muted)" : colour(q));
      if (link.grid !== "kernel") add("kernel", q, colour(q), { label: letter(q) });
      const product = doc.products[stepOf(doc, ci, cell) - 1][q];
      const corner = whole ? `${product < 0 ? "" : "+"}${show(product)}` : "";
      if (link.grid !== "output") add("output", canvas, colour(q), { corner, label: whole && letter(q) });
      const column = doc.columns[canvas];
      if (column < 0) continue;
      if (link.grid !== "output") add("vec_output", column, colour(q));
      add("W", cell * columns + column, colour(q));
      add("WT", column * rows + cell, colour(q));
    }
    if (link.grid === "input" && link.channel === channel) {
      add("input", link.cell, own); add("vec_input", link.cell, own);
      frames.get("W").push({ row: link.cell, kind: "dashed" });
      frames.get("WT").push({ column: link.cell, kind: "dashed" });
    }
    if (link.grid === "kernel") add("kernel", link.q, colour(link.q), { kind: "own", label: letter(link.q) });
    if (link.grid === "output") {
      const column = doc.columns[link.canvas];
      add("output", link.canvas, own);
      if (column >= 0) {
        add("vec_output", column, own);
        frames.get("W").push({ column, kind: "solid" });
        frames.get("WT").push({ row: column, kind: "solid" });
      }
    }
    if (link.grid === "W") {
      const column = doc.columns[link.canvas];
      add("W", link.cell * columns + column, own); add("WT", column * rows + link.cell, own);
      if (link.q === undefined) { add("input", link.cell, own); add("output", link.canvas, own); add("vec_input", link.cell, own); add("vec_output", column, own); }
    }
  }

  function label() {
    const texts = stage.texts.stage, last = lastStep(stage.doc);
    Object.assign(scrub, { max: last, value: stage.step ?? last });
    const text = stage.step === null ? texts.all.replace("{last}", last) : texts.step.replace("{step}", stage.step).replace("{last}", last);
    count.textContent = text;
    scrub.setAttribute("aria-valuetext", text);
    scrub.style.setProperty("--done", `${(100 * (stage.step ?? last)) / last}%`);
    if (play.dataset.shows !== String(stage.playing)) {
      play.dataset.shows = stage.playing;
      play.replaceChildren(icon(stage.playing ? "pause" : "play"));
      play.setAttribute("aria-label", stage.playing ? texts.pause : texts.play);
      play.title = `${stage.playing ? texts.pause : texts.play} (Space)`;
    }
    speed.textContent = `${stage.speed}×`;
    const presenting = root.classList.contains("presenting");
    presentButton.textContent = `${presenting ? texts.leave : texts.present} P`;
    back.disabled = stage.step === 0;
    forward.disabled = stage.step === null;
  }

  /** Say what is on screen, once it is: after the frame in which it was painted. */
  function settled() {
    cancelAnimationFrame(stage.frame);
    stage.frame = requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        root.dataset.step = stage.step ?? "all";
        root.dataset.trace = traced();
        root.dataset.window = stage.doc.window.join(",");
        const state = [stage.key, stage.step, traced(), palette.background, sized, root.classList.contains("presenting"), !!window.Plotly].join("·");
        if (state !== stage.state) { stage.state = state; root.dataset.drawn = ++stage.drawn; }
      };
      channel.port2.postMessage(0);
    });
  }

  function tabs(name, many, shown, text) {
    const grid = grids.get(name);
    grid.tabs.hidden = many < 2;
    if (many < 2) return;
    const key = `${many}:${shown}`;
    if (grid.tabs.dataset.key === key) return;
    grid.tabs.dataset.key = key;
    grid.tabs.replaceChildren(element("span", "", text), ...Array.from({ length: many }, (_, n) => {
      const node = Object.assign(button("tab", () => send.trigger("channel", name === "input" ? ["in", n] : ["out", n])), { textContent: n });
      node.setAttribute("aria-pressed", String(n === shown));
      node.setAttribute("aria-label", `${text} ${n}`);
      return node;
    }));
  }

  /** Each method's own grid, from its own array. */
  function showPanel() {
    const { methods, detail } = stage.doc.agreement;
    panel.hidden = methods === null;
    badge.setAttribute("aria-expanded", String(methods !== null));
    if (methods === null) return panel.replaceChildren();
    const close = Object.assign(button("tool", () => send.state("methods", false)), { textContent: stage.texts.stage.close });
    const head = element("div", "head");
    head.append(element("b", "", stage.texts.stage.methods), element("span", "", detail), close);
    const list = element("div", "methods");
    panel.replaceChildren(head, list);
    for (const part of methods) {
      if (part.error) { const node = list.appendChild(element("div", "failed", part.title)); node.append(element("p", "", part.error)); continue; }
      const grid = makeGrid(part.name, stage);
      list.append(grid.node);
      const cell = Math.floor(between(4, Math.min((panel.clientWidth / 4 - 60) / part.columns, 220 / part.rows), 44));
      grid.shape(part, cell, [part.rows, part.columns].map((count) => Array.from({ length: count }, (_, n) => String(n))));
      grid.fill(part, part.values.flat(), palette, null);
      grid.node.classList.toggle("outlier", part.outlier);
    }
  }

  // ---- steps
  const before = () => (stage.step === null ? lastStep(stage.doc) : Math.max(stage.step - 1, 0));
  const after = () => (stage.step === null || stage.step === lastStep(stage.doc) ? null : stage.step + 1);
  function go(step) {
    stop();
    stage.step = step;
    draw();
    writeAddress();
  }
  function stop() { clearTimeout(timer); stage.playing = false; }
  function pause() { stop(); label(); writeAddress(); }
  function start() {
    stage.playing = true;
    if (stage.step === null || stage.step === lastStep(stage.doc)) { stage.step = 0; draw(); }
    label();
    tick();
  }
  function tick() {
    timer = setTimeout(() => {
      stage.step += 1;
      if (stage.step >= lastStep(stage.doc)) { stop(); writeAddress(); } else tick();
      draw();
    }, STEP_MS / stage.speed);
  }
  scrub.oninput = () => go(Number(scrub.value));

  // ---- tracing
  function listen(grid) {
    const named = (event) => { const at = grid.at(event); return at ? nameAt(stage.doc, tables, grid.name, ...at, shownChannel()) : ""; };
    const hover = (name) => {
      if (name && !exists(stage.doc, name)) name = "";
      if (name === freed || name === stage.hover) return;
      freed = "";
      stage.hover = name;
      if (!stage.pin) draw();
    };
    grid.layer.addEventListener("pointermove", (event) => event.pointerType !== "touch" && hover(named(event)));
    grid.layer.addEventListener("pointerleave", () => { freed = ""; if (stage.hover) hover(""); });
    grid.layer.addEventListener("click", (event) => {
      if (stage.editing && event.target === stage.editing.box) return;
      const name = named(event);
      if (!name || !exists(stage.doc, name)) return;
      grid.current = grid.at(event);
      if (stage.pin === name) { freed = name; pin(""); } else pin(name);
    });
    grid.layer.addEventListener("focusin", (event) => {
      const { row, column } = event.target.dataset;
      if (row !== undefined) grid.current = [Number(row), Number(column)];
      stage.focused = grid;
      if (!stage.pin && event.target.matches(":focus-visible") && !stage.editing) {
        const name = nameAt(stage.doc, tables, grid.name, ...grid.current, shownChannel());
        if (exists(stage.doc, name)) { stage.hover = name; draw(); }
      }
    });
    grid.layer.addEventListener("focusout", () => { if (stage.hover && !grid.layer.matches(":hover")) { stage.hover = ""; draw(); } });
    if (grid.editable) {
      grid.layer.addEventListener("dblclick", (event) => { const at = grid.at(event); if (at) edit(grid, grid.box(...at)); });
      grid.layer.addEventListener("keydown", (event) => editKey(grid, event));
      grid.layer.addEventListener("focusout", (event) => stage.editing?.box === event.target && commit());
    }
    return grid;
  }
  function pin(name) {
    Object.assign(stage, { pin: name, hover: "" });
    draw();
    writeAddress();
  }
  function move(down, right) {
    const grid = stage.focused && grids.has(stage.focused.name) ? stage.focused : grids.get("output");
    const started = traced() !== "";
    const row = started ? between(0, grid.current[0] + down, grid.rows - 1) : grid.current[0];
    const column = started ? between(0, grid.current[1] + right, grid.columns - 1) : grid.current[1];
    grid.current = [row, column];
    const name = nameAt(stage.doc, tables, grid.name, row, column, shownChannel());
    if (exists(stage.doc, name)) pin(name);
    if (grid.editable && grid.box(row, column) && grid.layer.contains(document.activeElement)) grid.box(row, column).focus();
  }

  // ---- editing
  function edit(grid, box, text) {
    if (!box || stage.editing?.box === box) return;
    if (stage.editing) commit();
    stop();
    hideBubble();
    const channel = shownChannel(), index = grid.cells.indexOf(box);
    const value = (grid.name === "input" ? stage.doc.input[channel] : stage.doc.weight[channel])?.[index];
    if (value === undefined) return;
    stage.editing = { grid, box, channel, index, value };
    box.readOnly = false;
    box.classList.remove("bad");
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
    stage.picture = null;
  }
  function commit() {
    const { grid, box, channel, index, value } = stage.editing;
    const text = box.value;
    leave();
    if (text !== String(value)) {
      const [i, j] = [Number(box.dataset.row), Number(box.dataset.column)];
      const at = grid.name === "input" ? [channel, i, j] : [channel, stage.doc.channels.block, i, j];
      stage.sequence = Math.max(stage.sequence ?? 0, stage.data.edits.seen) + 1;
      (stage.pending ??= []).push({ sequence: stage.sequence, revision: stage.data.edits.revision, grid: grid.name, at, index, text });
      send.state("edits", stage.pending);
    } else draw();
  }
  /** What Python took is done; what it refused turns red, keeps its old number, and says why. */
  function settleEdits({ seen, refused }) {
    stage.pending = (stage.pending ?? []).filter((edit) => edit.sequence > seen);
    for (const { sequence, grid: name, at, text } of refused) {
      if (sequence <= (stage.told ?? 0)) continue;
      stage.told = sequence;
      const grid = grids.get(name), box = grid?.box(...at.slice(-2));
      if (!box) continue;
      box.classList.add("bad");
      bubble.textContent = text;
      bubble.hidden = false;
      const cell = box.getBoundingClientRect(), frame = root.getBoundingClientRect();
      bubble.style.left = `${between(0, cell.left - frame.left, Math.max(frame.width - 280, 0))}px`;
      bubble.style.top = `${cell.bottom - frame.top + 6}px`;
    }
  }
  function hideBubble() {
    bubble.hidden = true;
    root.querySelectorAll(".cell.bad").forEach((box) => box.classList.remove("bad"));
  }
  function editKey(grid, event) {
    const box = event.target.closest("input.cell");
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = Number(box.dataset.row), column = Number(box.dataset.column);
    const to = (r, c) => {
      const flat = between(0, r * grid.columns + c, grid.rows * grid.columns - 1);
      const next = grid.cells[flat];
      if (!next || next === box) return false;
      next.focus();
      return true;
    };
    if (stage.editing?.box === box) {
      const sign = event.shiftKey ? -1 : 1;
      if (event.key === "Escape") { leave(); draw(); }
      else if (event.key === "Enter") { commit(); to(between(0, row + sign, grid.rows - 1), column); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") { commit(); to(between(0, row + (event.key === "ArrowDown" ? 1 : -1), grid.rows - 1), column); }
      else if (event.key === "Tab") { const last = row * grid.columns + column + sign; if (last < 0 || last >= grid.cells.length) return; commit(); to(row, column + sign); }
      else { event.stopPropagation(); return; }
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault(); event.stopPropagation();
      edit(grid, box);
    } else if (event.key.length === 1 && !/[ pP?]/.test(event.key)) {
      event.preventDefault(); event.stopPropagation();
      edit(grid, box, event.key);
    }
  }

  // ---- keys
  function onKey(event) {
    const inside = root.contains(event.target), nowhere = event.target === document.body;
    if (!(inside || nowhere) || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const onButton = event.target.closest?.("button");
    const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (event.key === " " && !onButton) stage.playing ? pause() : start();
    else if (arrows && event.shiftKey) move(...arrows);
    else if (event.key === "ArrowLeft") go(before());
    else if (event.key === "ArrowRight") go(after());
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(lastStep(stage.doc));
    else if (event.key === "Enter" && stage.focused && event.target === stage.focused.layer)
      pin(nameAt(stage.doc, tables, stage.focused.name, ...stage.focused.current, shownChannel()));
    else if (event.key === "Escape") {
      if (!bubble.hidden) hideBubble();
      else if (stage.pin || stage.hover) pin("");
      else if (root.classList.contains("presenting")) present(false);
      else return;
    } else if (event.key === "p" || event.key === "P") present(!root.classList.contains("presenting"));
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  }
  function present(on) {
    root.classList.toggle("presenting", on);
    draw();
    writeAddress();
    root.focus({ preventScroll: true });
  }

  // ---- the address
  /** Settings come from Python; step, trace and present are the stage's own. Only `push` adds a history entry. */
  function writeAddress(push = false) {
    clearTimeout(writing);
    const write = () => {
      const own = { step: stage.step, trace: stage.pin || null, present: root.classList.contains("presenting") ? 1 : null };
      const parts = [];
      for (const [key, value] of [...Object.entries(stage.data.address), ...Object.entries(own)])
        if (value !== null) parts.push(`${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3B/g, ";").replace(/%7C/g, "|").replace(/%3A/g, ":")}`);
      const search = parts.length ? `?${parts.join("&")}` : "";
      if (search === location.search) return;
      history[push ? "pushState" : "replaceState"](history.state, "", location.pathname + search + location.hash);
    };
    if (push) write(); else writing = setTimeout(write, 150);
  }
  /** Back and Forward on this page: Python reads the address again; Streamlit itself would start the page anew. */
  function onPop(event) {
    event.stopImmediatePropagation();
    send.trigger("address", location.search);
  }

  const observer = new ResizeObserver(() => { if (stage.doc && picture.clientWidth && !stage.resizing) { stage.resizing = true; requestAnimationFrame(() => { stage.resizing = false; draw(); }); } });
  observer.observe(root.parentElement);
  const onResize = () => stage.doc && draw();
  document.addEventListener("keydown", onKey);
  window.addEventListener("resize", onResize);
  window.addEventListener("popstate", onPop, true);
  stage.dispose = () => {
    stop();
    clearTimeout(writing);
    observer.disconnect();
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("resize", onResize);
    window.removeEventListener("popstate", onPop, true);
    grids.forEach((grid) => grid.dispose());
  };
  return stage;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".tconv-stage");
  root.stage ??= makeStage(root);
  root.stage.update(data, { state: setStateValue, trigger: setTriggerValue });
  return () => { root.stage?.dispose(); delete root.stage; };
}
