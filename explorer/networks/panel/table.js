// The chain: a layer a row, from the input's size to the last one's; below it what does not fit, and how tools count.

import { box, button, element, renew } from "../../stage/dom.js";
import { watchScrolling } from "../../stage/scrolling.js";
import { actions, toned } from "./actions.js";
import { section } from "./section.js";

export function createTable(context) {
  const { words, change } = context, labels = Object.values(words.columns);
  const table = element("table", "chain"), notes = element("div", "chain-notes");
  table.dataset.testid = "chain";
  const head = element("thead"), body = element("tbody"), foot = element("tfoot");
  table.append(element("caption", "hidden-text", words.chain), head, body, foot);
  const counting = element("ul", "counting");
  const folding = section(context, "counting", words.counting, counting);
  const node = box("chain-part", watchScrolling(box("scrolled", table)), notes, folding.node);
  let rows = [];

  function rowNode(row) {
    const line = element("tr", row.isPicked ? "picked" : "");
    const name = button("row-name", () => pick(row.number), row.name);
    name.setAttribute("aria-pressed", String(row.isPicked));
    name.dataset.key = `row ${row.number}`;
    const title = element("th");
    title.scope = "row";
    title.append(name, " ", element("span", "quiet", row.about));
    line.append(title, ...row.cells.map((text, at) => cellNode(text, labels[at])), overlapNode(row.overlap));
    line.onclick = ({ target }) => target.closest("button") || pick(row.number);
    return line;
  }
  const cellNode = (text, label) => {
    const cell = element("td", "", text);
    cell.dataset.label = label;
    return cell;
  };
  const overlapNode = (overlap) => {
    const cell = element("td", "overlap");
    if (overlap.text) cell.append(toned(overlap));
    return cell;
  };
  const pick = (number) => change({ pick: String(number) }, { isNewEntry: true });

  table.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = rows.findIndex(({ number }) => event.target.dataset.key === `row ${number}`);
    const next = rows[at + step];
    if (!step || at < 0 || !next) return;
    event.preventDefault();
    table.querySelector(`[data-key="row ${next.number}"]`).focus();
    pick(next.number);
  };

  return {
    node,
    fill: folding.fill,
    draw(data) {
      rows = data.rows;
      node.hidden = !rows.length && !data.chainNotes.length;
      const titles = element("tr");
      titles.append(...[words.layer, ...labels, words.overlap].map((text) => {
        const cell = element("th", "", text);
        cell.scope = "col";
        return cell;
      }));
      renew(head, titles);
      renew(body, ...rows.map(rowNode));
      const sums = element("tr");
      const cells = data.sums.cells.map((text, at) => cellNode(text, labels[at]));
      sums.append(element("th", "", data.sums.name), ...cells, element("td"));
      sums.firstChild.scope = "row";
      renew(foot, ...(rows.length > 1 ? [sums] : []));
      renew(notes, ...data.chainNotes.map(({ tone, text, ways }) => {
        const note = box("note", element("p", "", text), ...actions(context, ways));
        note.dataset.tone = tone;
        return note;
      }));
      renew(counting, ...data.counting.map((text) => element("li", "", text)));
    },
  };
}
