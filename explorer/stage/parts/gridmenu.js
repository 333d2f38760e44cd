// The menu beside a grid's title: it fills the grid with numbers, takes pasted ones, and copies those that are there.

import { FORMATS } from "../copying.js";
import { isAsking } from "../hiding.js";
import { filled, textAt } from "../language.js";
import { createMenu } from "./menu.js";

const RESULTS = ["output", "vec_output"];

/** The menu's node. `name` is the grid's; `gridOf()` is the grid itself, once it is there. */
export function createGridMenu(name, kind, gridOf, { texts, host, store, copying }) {
  const { stage } = texts;
  const edited = kind.edits;
  const isEditable = edited !== undefined && host.can("edit");
  const fills = edited && host.can("fill") ? (host.fills?.[edited] ?? []) : [];
  const send = (one) => host.send("fill", { grid: edited, name: one });
  const fill = (one) => ({ name: one, text: stage.fills[one], choose: () => send(one) });
  const paste = { name: "paste", text: stage.paste_numbers, choose: () => store.set({ pasting: edited }) };
  const copy = (format) => ({
    name: `copy-${format}`,
    text: stage.formats[format],
    choose: () => copying.copy(gridOf(), format),
  });
  // A page that has dialogs compares its result with one from elsewhere, unless it asks what the result is.
  const isResult = RESULTS.includes(kind.role) && edited === undefined && host.can("dialog");
  const open = () => isAsking(store.state) || host.send("dialog", { name: "compare", address: location.href });
  const compare = { name: "compare", text: stage.compare, choose: open };
  const isCanvas = kind.isCanvas === true && edited === undefined && host.can("crop");
  const openAfterwards = () => store.set({ isAfterwardsOpen: true });
  const after = { name: "afterwards", text: stage.afterwards.menu, choose: openAfterwards };
  const other = isResult ? stage.compare_menu : stage.copy_menu;
  const hasFills = fills.length > 0, menu = hasFills ? stage.fill_menu : other;
  return createMenu({
    className: hasFills ? "fill" : "dots",
    text: hasFills ? `${stage.fill} ▾` : "", // else three dots, by the style sheet
    label: filled(stage.menu_of, { grid: textAt(texts, `grids.${name}`), menu }),
    sections: [
      { title: "", items: fills.map(fill) },
      { title: "", items: isEditable ? [paste] : [] },
      { title: "", items: isResult ? [compare] : [] },
      { title: "", items: isCanvas ? [after] : [] },
      { title: stage.copy_as, items: Object.keys(FORMATS).map(copy) },
    ],
  });
}
