// Above the picture: how far the methods agree, the views, and what the page can do.

import { allow, button, element, icon, named, renew } from "../dom.js";
import { isAsking } from "../hiding.js";
import { speak } from "../language.js";
import { whatIfTurned } from "../state.js";

const COPIED_MS = 2500;

/** Appends the bar; returns what draws it. */
export function createBar({ root, texts, store, host, signal, viewNames }) {
  const words = texts.stage;
  const bar = root.appendChild(element("div", "bar"));
  const command = (name, args) => () => (store.state.asking ? undefined : host.send(name, args));
  const views = bar.appendChild(element("span", "views")); // in the order in which a page has them
  views.hidden = !host.can("view");
  const badge = bar.appendChild(button("badge"));
  badge.dataset.testid = "agreement";
  badge.disabled = !host.can("methods");
  const turn = () => !store.state.asking && host.send("backward", { on: store.state.document.direction === "forward" });
  const backward = tool("backward", turn, "backward");
  bar.append(element("span", "space"));
  const undo = withIcon("undo", "Ctrl+Z"), redo = withIcon("redo", "Ctrl+Shift+Z");
  const whatIf = tool("what_if", () => host.send("what_if", whatIfTurned(store.state)), "what_if");
  const open = (name) => host.send("dialog", { name, address: location.href });
  const [, ...telling] = ["cost", "code", "export"].map((name) => tool(name, () => open(name), "dialog"));
  const copy = tool("copy", copyLink, "link");
  bar.appendChild(named(button("tool keys", () => store.set({ isHelpOpen: true }), "?"), words.keys, "?"));
  const present = bar.appendChild(button("tool present", () => store.set({ isPresenting: !store.state.isPresenting })));
  badge.onclick = () => {
    const isOpen = store.state.document.agreement.methods !== null;
    if (store.state.asking) return; // each method's own result tells
    host.send("methods", { precision: isOpen ? "" : "float64" });
  };

  function tool(name, action, need) {
    const node = bar.appendChild(button(`tool ${name}`, action, words[name]));
    node.title = words[`${name}_help`] ?? "";
    node.hidden = !host.can(need);
    return node;
  }
  function withIcon(name, key) {
    const node = bar.appendChild(named(button(`tool ${name}`, command(name)), words[name], key));
    node.append(icon(name));
    node.hidden = !host.can(name);
    return node;
  }

  async function copyLink() {
    const link = host.link();
    try {
      await navigator.clipboard.writeText(link);
    } catch { // in a frame, or without https: and the address bar may be another page's
      return store.set({ copyBox: link });
    }
    copy.textContent = words.copied;
    const timer = setTimeout(() => { copy.textContent = words.copy; }, COPIED_MS);
    return signal.addEventListener("abort", () => clearTimeout(timer));
  }

  function viewButton(name, at, shown) {
    const node = named(button("tool", command("view", { name }), texts.views[name]), texts.views[name], at + 1);
    node.dataset.key = name;
    node.setAttribute("aria-pressed", String(name === shown));
    return node;
  }

  return function draw(state, before) {
    const { document, status, isPresenting } = state;
    for (const one of [whatIf, ...telling]) allow(one, !isAsking(state)); // a program and a file say what is hidden
    if (isPresenting !== before?.isPresenting) {
      present.replaceChildren(isPresenting ? words.leave : words.present, " ", element("kbd", "", "P"));
    }
    if (document === before?.document && status === before?.status) return;
    const { agreement } = document;
    badge.textContent = status.isWaiting ? words.not_computed : speak(texts, agreement.message);
    const details = [...agreement.details.map((one) => speak(texts, one)), words.methods];
    badge.title = status.isWaiting ? "" : details.join(texts.joints.sentences);
    badge.classList.toggle("differs", !agreement.agrees);
    badge.setAttribute("aria-expanded", String(agreement.methods !== null));
    whatIf.setAttribute("aria-pressed", String(document.what_if !== null));
    backward.setAttribute("aria-pressed", String(document.direction === "backward"));
    if (document.view !== before?.document?.view) {
      renew(views, ...viewNames.map((name, at) => viewButton(name, at, document.view)));
    }
    [undo, redo].forEach((node, at) => allow(node, status.history[at] && status.isUp));
  };
}
