// The stage's own nodes: the bar, the player, the sentence and what opens over them.

const ICONS = {
  play: "M5 3l10 6-10 6z",
  pause: "M4 3h4v12H4zM10 3h4v12h-4z",
  undo: "M7 3 2 7l5 4V8.5c4 0 6.500 1.200 8 4C14.500 8.500 12 6 7 5.500z",
  redo: "M11 3l5 4-5 4V8.500c-4 0-6.500 1.200-8 4C3.500 8.500 6 6 11 5.500z",
  back: "M13 3v12L5 9zM3 3h2v12H3z",
  forward: "M5 3v12l8-6zM13 3h2v12h-2z",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("aria-hidden", "true");
  svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path")).setAttribute("d", ICONS[name]);
  return svg;
}

function button(className, action, text) {
  const node = element("button", className, text);
  node.type = "button";
  node.onclick = action;
  return node;
}

function named(node, label, key) {
  node.setAttribute("aria-label", label);
  node.title = key ? `${label} (${key})` : label;
  return node;
}

/** All nodes below the stage's root, without texts; what they do is the stage's. */
function makeNodes(root) {
  const put = (parent, tag, className) => parent.appendChild(element(tag, className));
  const bar = put(root, "div", "bar");
  const badge = bar.appendChild(button("badge"));
  badge.dataset.testid = "agreement";
  const views = put(bar, "span", "views");
  const backward = bar.appendChild(button("tool backward"));
  put(bar, "span", "space");
  const [undo, redo] = ["undo", "redo"].map((name) => bar.appendChild(button("tool")));
  undo.append(icon("undo"));
  redo.append(icon("redo"));
  const [cost, code, copy] = ["cost", "code", "copy"].map((name) => bar.appendChild(button(`tool ${name}`)));
  const keys = bar.appendChild(button("tool", null, "?"));
  const present = bar.appendChild(button("tool"));
  const connection = put(root, "div", "connection");
  connection.setAttribute("role", "status");
  Object.assign(connection.dataset, { testid: "connection", state: "up" });
  connection.hidden = true;
  const message = put(root, "div", "message");
  message.setAttribute("role", "status");
  const picture = put(root, "div", "picture");
  const player = put(root, "div", "player");
  const [back, play, forward] = ["", " primary", ""].map((kind) => player.appendChild(button(`round${kind}`)));
  back.append(icon("back"));
  forward.append(icon("forward"));
  const scrub = Object.assign(put(player, "input", "scrub"), { type: "range", min: 0, step: 1 });
  const count = put(player, "span", "count");
  const speed = player.appendChild(button("tool speed"));
  const sentence = put(root, "div", "sentence");
  sentence.dataset.testid = "trace-sentence";
  sentence.setAttribute("aria-live", "polite");
  const facts = put(root, "div", "facts");
  const panel = put(root, "div", "panel");
  const help = put(root, "dialog", "help");
  const bubble = put(root, "div", "bubble");
  bubble.setAttribute("role", "alert");
  panel.hidden = bubble.hidden = true;
  return { bar, badge, views, backward, undo, redo, cost, code, copy, keys, present, connection, message, picture, player, back, play, forward, scrub, count, speed, sentence, facts, panel, help, bubble };
}

/** The texts that no document changes. */
function nameNodes(nodes, root, texts) {
  root.setAttribute("aria-label", texts.label);
  named(nodes.back, texts.back, "←");
  named(nodes.forward, texts.forward, "→");
  named(nodes.keys, texts.keys, "?");
  named(nodes.undo, texts.undo, "Ctrl+Z");
  named(nodes.redo, texts.redo, "Ctrl+Shift+Z");
  nodes.copy.textContent = texts.copy;
  for (const name of ["backward", "cost", "code"]) Object.assign(nodes[name], { textContent: texts[name], title: texts[`${name}_help`] });
  named(nodes.speed, texts.speed);
  nodes.scrub.setAttribute("aria-label", texts.scrub);
  const list = element("dl");
  for (const [key, what] of Object.entries(texts.shortcuts)) list.append(element("dt", "", key), element("dd", "", what));
  nodes.help.setAttribute("aria-label", texts.keys);
  nodes.help.replaceChildren(list, button("tool", () => nodes.help.close(), texts.close));
}
