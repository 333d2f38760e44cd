// A menu that a button opens. Arrows and letters move in it; Enter, Space or a click chooses; Escape closes it.

import { button, element } from "../dom.js";
import { between } from "../geometry.js";

const MARGIN = 8, GAP = 4; // px

/**
 * A button's and its menu's node. `sections` are [{title, items: [{name, text, choose}]}]; where a title is empty, none
 * is shown.
 */
export function createMenu({ className, text, label, sections }) {
  const holder = element("span", `menu-holder ${className}-holder`);
  const opener = holder.appendChild(button(`menu-button ${className}`, () => (isOpen() ? close() : open()), text));
  const menu = holder.appendChild(element("div", "menu"));
  menu.setAttribute("role", "menu");
  menu.popover = "manual";
  for (const [name, value] of Object.entries({ "aria-haspopup": "menu", "aria-expanded": "false" }))
    opener.setAttribute(name, value);
  for (const node of [opener, menu]) node.setAttribute("aria-label", label);
  opener.title = label;
  opener.dataset.key = label;
  menu.append(...sections.filter(({ items }) => items.length).map((section) => sectionNode(section, choose)));
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const isOpen = () => opener.getAttribute("aria-expanded") === "true";

  function open(first = 0) {
    const { ownerDocument } = holder;
    menu.showPopover();
    const { left, bottom } = opener.getBoundingClientRect();
    const { clientWidth, clientHeight } = ownerDocument.documentElement;
    const [wide, high] = [menu.offsetWidth, menu.offsetHeight].map((px) => px + MARGIN);
    menu.style.left = `${between(MARGIN, left, Math.max(clientWidth - wide, MARGIN))}px`;
    menu.style.top = `${between(MARGIN, bottom + GAP, Math.max(clientHeight - high, MARGIN))}px`;
    opener.setAttribute("aria-expanded", "true");
    ownerDocument.addEventListener("pointerdown", closeOutside, true);
    items.at(first).focus();
  }
  function close() {
    holder.ownerDocument.removeEventListener("pointerdown", closeOutside, true);
    opener.setAttribute("aria-expanded", "false");
    if (menu.isConnected) menu.hidePopover();
  }
  function closeOutside({ target }) {
    if (!holder.contains(target)) close();
  }
  function choose(item) {
    close();
    opener.focus({ preventScroll: true });
    item.choose();
  }

  menu.addEventListener("focusout", ({ relatedTarget }) => holder.contains(relatedTarget) || close());
  holder.addEventListener("keydown", (event) => {
    const act = isOpen() ? keyInMenu : keyOnButton;
    if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function keyOnButton({ key }) {
    const first = { ArrowDown: 0, ArrowUp: -1 }[key];
    if (first !== undefined) open(first);
    return first !== undefined;
  }
  function keyInMenu({ key }) {
    const at = items.indexOf(holder.ownerDocument.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key];
    if (key === "Escape") {
      close();
      opener.focus({ preventScroll: true });
    } else if (next !== undefined) items.at(next % items.length).focus();
    else if (key === "Enter" || key === " ") items[at]?.click();
    else if (key.length === 1) focusByLetter(key.toLowerCase(), at);
    else return false;
    return true;
  }
  /** The next entry that begins with a letter. */
  function focusByLetter(letter, at) {
    const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    order.find(({ textContent }) => textContent.toLowerCase().startsWith(letter))?.focus();
  }
  return holder;
}

function sectionNode({ title, items }, choose) {
  const node = element("div", "section");
  node.setAttribute("role", "group");
  if (title) node.append(element("div", "heading", title));
  if (title) node.setAttribute("aria-label", title);
  for (const item of items) {
    const entry = node.appendChild(element("div", "item", item.text));
    entry.setAttribute("role", "menuitem");
    entry.tabIndex = -1;
    entry.dataset.name = item.name;
    entry.onclick = () => choose(item);
  }
  return node;
}
