// The states of a playlist, one below the other; those of one's own can be changed, moved and removed.

import { box, button, element, icon, named } from "../dom.js";
import { filled } from "../language.js";
import { isFromStart, LONGEST_WORDS, withoutStateAt, withStart, withStateAt, withStateMoved } from "../playlist.js";

/** Returns what makes a state's node: `shown()` is the list that it is in, `go(at)` goes to it. */
export function createStates({ words, lecture, shown, go }) {
  const put = (at, more) => lecture.replace(withStateAt(shown(), at, more));

  /** A button of the state at a place; its label says which state it is about. */
  function act(key, { title }, at, action, content) {
    const node = named(button("tool", action), filled(words[key], { title }));
    node.append(content);
    node.dataset.key = `${key} ${at}`;
    return node;
  }

  function jumpNode(state, at) {
    const node = button("jump", () => go(at));
    node.append(element("b", "", state.title), element("span", "", state.note));
    node.dataset.key = `jump ${at}`;
    return node;
  }

  function wordsNode(state, at) {
    return box(
      "words",
      textField(`title ${at}`, words.state_title, (title) => put(at, { title }), state.title),
      textField(`note ${at}`, words.note, (note) => put(at, { note }), state.note),
      box(
        "begins",
        checkBox(words.begins_hidden, state.isHidden, (isHidden) => put(at, { isHidden })),
        checkBox(words.from_start, isFromStart(state), (isStart) => put(at, withStart(state, isStart))),
      ),
    );
  }

  function ownNodes(state, at) {
    const moved = (by) => () => lecture.replace(withStateMoved(shown(), at, by));
    return [
      act("go", state, at, () => go(at), icon("play")),
      wordsNode(state, at),
      act("up", state, at, moved(-1), "↑"),
      act("down", state, at, moved(1), "↓"),
      act("remove", state, at, () => lecture.replace(withoutStateAt(shown(), at)), "×"),
    ];
  }

  return function stateNode(state, at, { isOwn }, isHere) {
    const node = element("li", "state");
    if (isHere) node.setAttribute("aria-current", "true");
    node.append(...(isOwn ? ownNodes(state, at) : [jumpNode(state, at)]));
    return node;
  };
}

/** A field of one line, of a class and with a key; `take` gets what somebody wrote in it, once it is left. */
export function textField(key, label, take, value = "") {
  const field = Object.assign(element("input", key.split(" ")[0]), { type: "text", value, maxLength: LONGEST_WORDS });
  Object.assign(field, { ariaLabel: label, placeholder: label, autocomplete: "off" });
  field.onchange = () => take(field.value);
  field.dataset.key = key;
  return field;
}

function checkBox(label, isChecked, take) {
  const node = element("label"), field = Object.assign(element("input"), { type: "checkbox", checked: isChecked });
  field.onchange = () => take(field.checked);
  node.append(field, label);
  return node;
}
