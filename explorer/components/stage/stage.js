// The stage: keeps its nodes, its step, its pin and its listeners while documents come and go.

const GROWS = ["output", "vec_output", "gradient", "vec_gradient"]; // what a step changes

function makeStage(root, send) {
  root.replaceChildren();
  const stage = {
    root, send, nodes: makeNodes(root), grids: new Map(), doc: null, tables: null, texts: STATIC.texts, palette: null, data: null,
    step: null, pin: "", hover: "", playing: false, speed: 1, editing: null, focused: null,
  };
  const { nodes, grids } = stage;
  let sized = "", pictured = "", said = "", frame = 0, drawn = Number(root.dataset.drawn), resizing = 0, plotly = null;
  addControls(stage);
  addConnection(stage);
  addCommands(stage);
  addPlayer(stage);
  addTracing(stage);
  addEditing(stage);
  addAddress(stage);
  addPanel(stage);
  addChannels(stage);
  addValues(stage);
  addPlaces(stage);

  const traced = () => stage.pin || stage.hover;
  const linked = () => (traced() ? linksOf(stage.doc, stage.tables, traced()) : null);
  stage.shownChannel = () => {
    const channel = linked()?.channel ?? (stage.step && !stage.doc.gather ? ofStep(stage.doc, stage.step)[0] : null);
    return channel ?? stage.doc.channels.shown[0];
  };
  stage.redrawAll = () => { pictured = ""; stage.draw(); };

  /** A new document, a new theme, or both; called again on the same nodes at each run of the page. */
  stage.update = (data, send) => {
    const isFirst = !stage.data, before = stage.doc, old = stage.data;
    Object.assign(stage, { send, palette: STATIC.palettes[isDark(root) ? "dark" : "light"] });
    const isForeign = !isFirst && data.session !== old.session;
    if (isForeign && !data.resumed) return stage.resume(); // a new session that does not know this page yet
    const last = isFirst ? 0 : isForeign ? data.resumed : old.number; // the document that is on screen, by this session's count
    stage.data = data;
    stage.awaitControls(data.controls);
    if (isForeign || data.number !== old?.number) {
      Object.assign(stage, { doc: data.doc, tables: tablesOf(data.doc) });
      stage.hideBubble();
    }
    if (data.arrived > last) arrive();
    else follow(before);
    stage.settleCommands(data);
    say();
    stage.showPanel();
    pictured = "";
    stage.draw(true);
    stage.showRefusals(data);
    // Whoever clicked a view wants to see it move: the stage's keys work at once. From the keyboard the focus stays.
    const active = document.activeElement;
    if (before && before.view !== stage.doc.view && active?.closest(".st-key-view") && !active.matches(":focus-visible")) root.focus({ preventScroll: true });
    stage.followHistory(data.entry, { isFirst, isNew: !isFirst && data.pushed > last });
  };

  /** A page of its own: its step, trace and present mode count. */
  function arrive() {
    const { step, trace, present } = stage.doc;
    stage.stop();
    Object.assign(stage, { step, pin: trace && usual(stage.doc, stage.tables, trace), hover: "" });
    root.classList.toggle("presenting", present);
    dropMissing();
  }
  /** The page as before, changed: step and pin stay; where its view or its cells are others, all of it is done. */
  function follow(before) {
    if (before && before !== stage.doc && kindOf(before) !== kindOf(stage.doc)) {
      stage.stop();
      stage.step = null;
    }
    if (stage.pin) stage.pin = followed(before, stage.doc, stage.tables, stage.pin);
    dropMissing();
  }
  function dropMissing() {
    if (stage.step > lastStep(stage.doc)) stage.step = lastStep(stage.doc);
    for (const name of ["pin", "hover"]) if (stage[name] && !exists(stage.doc, stage[name])) stage[name] = "";
  }
  const kindOf = ({ view, gradient, size, kernel, channels: { ins, outs, inputs } }) =>
    [view, !!gradient, size, kernel, ins, outs, inputs.length].join();

  const settle = (bare) => {
    root.classList.toggle("bare", bare);
    if (!stage.doc) return;
    say();
    stage.showPanel();
    stage.draw(true);
  };

  /** How far the methods agree; while something typed waits, they have not computed what is on screen. */
  stage.showBadge = (isWaiting) => {
    if (!stage.doc) return;
    const { agreement } = stage.doc;
    nodes.badge.textContent = isWaiting ? stage.texts.stage.not_computed : agreement.text;
    nodes.badge.title = isWaiting ? "" : `${agreement.detail} ${stage.texts.stage.methods}`;
    nodes.badge.classList.toggle("differs", !agreement.agrees);
  };

  /** Messages, formula and the notebook's line. */
  function say() {
    const { formula, about, gradient } = stage.doc;
    nodes.backward.setAttribute("aria-pressed", String(!!gradient));
    nodes.views.replaceChildren(...STATIC.views.map((name, at) => {
      const one = named(button("tool", () => stage.command("view", { name }), stage.texts.views[name]), stage.texts.views[name], at + 1);
      one.setAttribute("aria-pressed", String(name === stage.doc.view));
      return one;
    }));
    const lines = root.classList.contains("bare") ? [stage.texts.stage.no_plotly, ...stage.data.notices] : stage.data.notices;
    if (said !== lines.join("\n")) nodes.message.replaceChildren(...lines.map((line) => element("p", "", line)));
    said = lines.join("\n");
    const lead = element("span", "about", about.text);
    if (about.look) lead.append(" ", button("look", () => stage.setPin(about.look), stage.texts.stage.look));
    const parts = [...(about.text ? [lead] : []), ...formula.map((text) => element("span", "formula", text))];
    if (about.cell) {
      const line = element("span", "notebook", `${about.cell.text} `);
      const sign = { same: "✓ ", differs: "≠ " }[about.cell.verdict] ?? "";
      line.append(element("span", about.cell.verdict, sign + about.cell.verdict_text));
      parts.push(line);
    }
    if (gradient) parts.splice(about.text ? 1 : 0, 0, element("span", gradient.agrees ? "same" : "differs", gradient.text));
    if (stage.doc.seed) parts.push(element("span", "seed", stage.doc.seed));
    nodes.facts.replaceChildren(...parts);
  }

  /** Give every grid its place and its cells their size; nothing where neither view nor room changed. */
  function layOut() {
    const { doc } = stage;
    const presenting = root.classList.contains("presenting");
    root.classList.toggle("narrow", root.clientWidth < 920);
    const top = presenting ? 0 : Math.max(root.getBoundingClientRect().top + window.scrollY, 0);
    const others = [nodes.message, nodes.player, nodes.sentence, nodes.facts].reduce((sum, node) => sum + node.offsetHeight, 0);
    const height = Math.max(window.innerHeight - top - others - (presenting ? nodes.bar.offsetHeight + 48 : 36), 240);
    const width = nodes.picture.clientWidth;
    const parts = Object.values(doc.grids).map((part) => [part.rows, part.columns, part.title]);
    const bare = root.classList.contains("bare");
    const key = [doc.view, !!doc.gradient, width, height, presenting, bare, doc.channels.ins, doc.channels.outs, doc.window, ...parts].join();
    if (key === sized) return;
    sized = key;
    stage.laying = true; // a focused cell that goes away must not draw what is half laid out
    const typing = [...grids.values()].find((grid) => grid.layer.contains(document.activeElement));
    const { arrangement, cells, room, share } = arrange(doc, width, height, presenting ? 170 : Math.max(86, Math.min(width * 0.085, height * 0.16)));
    if (bare) for (const name of Object.keys(cells)) cells[name] = Math.max(cells[name], READABLE);
    nodes.picture.className = `picture ${arrangement}`;
    nodes.picture.style.minHeight = `${height}px`;
    nodes.picture.style.setProperty("--room", `${room ?? height}px`);
    nodes.picture.style.setProperty("--share", share ? `${share}px` : "100%");
    for (const [name, grid] of grids) if (!doc.grids[name]) { grid.dispose(); grids.delete(name); }
    const grid = (name) => {
      if (!grids.has(name)) grids.set(name, stage.listen(makeGrid(name, stage)));
      grids.get(name).shape(doc.grids[name], cells[name], stage.indexNames(name));
      return grids.get(name).node;
    };
    stage.place(doc, grid);
    if (typing && grids.has(typing.name)) (typing.box(...typing.current) ?? typing.layer).focus({ preventScroll: true });
    stage.laying = false;
    pictured = "";
  }

  /** Draw all as it stands, `resized` where sizes may have changed; then say so in the data- attributes. */
  stage.draw = (resized = false) => {
    const { doc, palette } = stage;
    if (resized) layOut();
    const channel = stage.shownChannel();
    const fixed = [stage.data.session, stage.data.number, palette.background, channel, !!window.Plotly].join();
    if (`${fixed},${stage.step}` !== pictured) {
      const { canvas, touched } = canvasAt(doc, stage.step);
      const stepOnly = pictured.startsWith(`${fixed},`);
      pictured = `${fixed},${stage.step}`;
      for (const [name, grid] of grids) {
        if (stepOnly && !GROWS.includes(name)) continue;
        grid.fill(doc.grids[name], stage.valuesOf(name, channel, canvas), palette, name === "output" ? touched : null, channel);
        const many = doc.channels.ins > 1 || doc.channels.outs > 1;
        if (many && doc.view === "matrix" && name !== "kernel") grid.rename(channelName(name, channel));
        if (name !== "W" && name !== "WT") continue;
        if (!doc.weight[channel]) grid.blank([]); // a block that groups leave out
        else grid.blank(doc.entries.map(([row, column]) => (name === "WT" ? column * grid.columns + row : row * grid.columns + column)));
        const size = `${grid.rows}×${grid.columns}`;
        if (many) grid.note(stage.texts.stage.block.replace("{ci}", channel).replace("{co}", doc.channels.shown[1]).replace("{size}", size));
      }
      if (!stepOnly) dress(channel);
    }
    point(channel);
    stage.label();
    settled();
  };

  /** vec(X[3]), Output Y[2]: a title with the shown channel. */
  function channelName(name, channel) {
    const title = stage.doc.grids[name].title.split(" · ")[0], own = STANDS_FOR[name] ?? name;
    if (own === "W" || own === "WT") return title;
    return title.replace(/\)?$/, (end) => `[${own.endsWith("input") ? channel : stage.doc.channels.shown[1]}]${end}`);
  }

  /** What no step changes: the cells' names, the crop frame, the channels' tabs, the theme's colours. */
  function dress(channel) {
    const { doc, palette } = stage, texts = stage.texts.stage, words = wordsOf(doc, stage.texts.sentences, () => "");
    grids.get("input")?.nameCells((index) => words.nameX(channel, index), texts.edit);
    grids.get("kernel").nameCells((index) => words.nameK(channel, index), texts.edit);
    for (const name of ["output", "upstream"]) grids.get(name)?.crop(doc);
    grids.get("zero_inserted")?.zeros(doc.gather);
    stage.showBlocks(channel);
    stage.showOverview(channel);
    for (const name of ["input", "gradient"]) stage.showTabs(name, doc.channels.ins, channel, texts.in_channel);
    for (const name of ["output", "upstream"]) stage.showTabs(name, doc.channels.outs, doc.channels.shown[1], texts.out_channel);
    for (const [name, colour] of [["traced", palette.traced], ["frame", palette.frame], ["ink", palette.text], ["muted", palette.muted]])
      root.style.setProperty(`--${name}`, colour);
  }

  /** Marks, frames and the sentence for what is traced, else for the step. */
  function point(channel) {
    const { doc, step } = stage, stepped = step && !traced();
    const link = stepped ? linksOf(doc, stage.tables, cellOfStep(doc, stage.tables, step)) : linked();
    const colour = colourOf(doc, stage.palette, link ? link.pairs.map(([, , q]) => q) : []);
    const { lists, frames } = link ? marksOf(doc, link, channel, colour) : {};
    for (const [name, grid] of grids) {
      const own = STANDS_FOR[name] ?? name, framed = frames?.get(own) ?? [];
      grid.mark(lists?.get(own) ?? [], framed);
      if (link && (own === "W" || own === "WT" || own.startsWith("vec_"))) {
        const marked = lists.get(own)[0]?.index;
        if (marked !== undefined) grid.reveal(framed[0]?.row ?? Math.floor(marked / grid.columns), framed[0]?.column ?? marked % grid.columns);
      }
    }
    const words = wordsOf(doc, stage.texts.sentences, colour);
    nodes.sentence.replaceChildren(traced() ? words.ofTrace(link) : words.ofStepText(step, link), traced() ? "" : ` ${doc.frame}`);
  }

  /** Say what is on screen, once it is: after the frame in which it was painted. */
  function settled() {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        root.dataset.step = stage.step ?? "all";
        root.dataset.trace = traced();
        root.dataset.window = stage.doc.window.join(",");
        const state = [pictured, traced(), sized].join("·");
        if (state !== stage.state) { stage.state = state; root.dataset.drawn = ++drawn; }
        // plotly.js takes the browser half a second to read: only once the numbers are on screen.
        plotly ??= loadPlotly().then(() => settle(false), () => settle(true));
      };
      channel.port2.postMessage(0);
    });
  }

  nameNodes(nodes, root, stage.texts.stage);

  const onResize = () => {
    cancelAnimationFrame(resizing);
    resizing = requestAnimationFrame(() => stage.doc && nodes.picture.clientWidth && stage.draw(true));
  };
  const observer = new ResizeObserver(onResize);
  observer.observe(root.parentElement);
  const listeners = [[document, "keydown", stage.onKey, false], [window, "resize", onResize, false], [window, "popstate", stage.onPop, true]];
  for (const [target, type, act, capture] of listeners) target.addEventListener(type, act, capture);
  stage.takeOver();
  stage.dispose = () => {
    stage.stop();
    stage.handOver();
    stage.endConnection();
    stage.endControls();
    stage.endCommands();
    stage.endAddress();
    observer.disconnect();
    for (const [target, type, act, capture] of listeners) target.removeEventListener(type, act, capture);
    grids.forEach((grid) => grid.dispose());
  };
  return stage;
}

/** What Streamlit calls at each run of the page; the stage itself stays on its nodes. */
export default async function ({ data, parentElement, setStateValue }) {
  await loadStyle().catch(() => {}); // rather unstyled than not at all; the next run tries again
  const root = parentElement.querySelector(".tconv-stage"), send = (commands) => setStateValue("commands", commands);
  root.stage ??= makeStage(root, send);
  root.stage.update(data, send);
  return () => { root.stage?.dispose(); delete root.stage; };
}
