// A grid of numbers: cells that have the colour of their phase, or are shaded by their number.

import { element } from "../../stage/dom.js";

const LETTER = 1.45, SMALLEST = 0.56; // of a cell with one letter; rem of the smallest text that is still read

/** A figure of a grid as explorer/upsampling/page/grids.py makes it; `room` is how many rem it may be wide. */
export function grid({ label, texts, phases, shares, isTinted, inside, window: kept }, className = "", room = 9.6) {
  const figure = element("figure", `grid ${className}`.trim());
  const rows = texts.length, columns = texts[0].length;
  const table = element("table", isTinted ? "tinted" : "shaded");
  const longest = Math.max(...texts.flat().map((text) => text.length));
  table.style.setProperty("--rows", rows);
  table.style.setProperty("--columns", columns);
  table.style.setProperty("--letters", Math.max(longest, 1.6));
  table.style.setProperty("--room", `${room}rem`);
  table.classList.toggle("small", Math.max(rows, columns) > 10);
  if ((room / Math.max(rows, columns)) * (LETTER / Math.max(longest, 1.6)) < SMALLEST) table.classList.add("bare");
  const title = `${label} · ${rows}×${columns}`;
  table.setAttribute("aria-label", title);
  const body = table.appendChild(element("tbody"));
  const isIn = (frame, row, column) => frame
    && frame[0] <= row && row < frame[0] + frame[2] && frame[1] <= column && column < frame[1] + frame[3];
  texts.forEach((line, row) => {
    const tr = body.appendChild(element("tr"));
    line.forEach((text, column) => {
      const cell = tr.appendChild(element("td"));
      cell.append(element("span", "", text));
      cell.title = text;
      cell.dataset.phase = phases[row][column];
      cell.style.setProperty("--phase", `var(--tconv-phase-${phases[row][column]})`);
      cell.style.setProperty("--share", `${shares[row][column]}%`);
      if (!isTinted && !isIn(inside, row, column)) cell.classList.add("border");
      if (kept && !isIn(kept, row, column)) cell.classList.add("cropped");
    });
  });
  const frames = element("div", "frames");
  frames.append(table);
  for (const [frame, name] of [[inside, "inside"], [kept, "kept"]]) {
    if (!frame) continue;
    const mark = frames.appendChild(element("i", name));
    mark.setAttribute("aria-hidden", "true");
    ["--top", "--left", "--height", "--width"].forEach((side, at) => {
      const of = at % 2 ? columns : rows;
      mark.style.setProperty(side, `${(100 * frame[at]) / of}%`);
    });
  }
  const caption = element("figcaption", "", `${label} `);
  caption.append(element("span", "", `${rows}×${columns}`));
  figure.append(caption, frames);
  return figure;
}

/** Where one points at a cell, all of its phase are marked, in every grid below `root`. */
export function linkPhases(root) {
  const mark = (phase) => {
    root.classList.toggle("pointed", phase !== undefined);
    for (const cell of root.querySelectorAll("td[data-phase]")) {
      cell.classList.toggle("linked", cell.dataset.phase === phase);
    }
  };
  root.onpointerover = ({ target }) => mark(target.closest?.("td[data-phase]")?.dataset.phase);
  root.onpointerleave = () => mark(undefined);
}
