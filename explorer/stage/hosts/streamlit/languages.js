// The page's language: what a browser reads it in, Streamlit's own words, and the links to the other languages.

import { renameWidgets } from "./widgets.js";

const COOKIE = "tconv-language"; // explorer/pages/speaking.py reads it
const YEAR_S = 365 * 24 * 3600;
const LINK = ".tconv-pages a[hreflang]";
const BEFORE = ["pointerover", "focusin"]; // what a new tab or a copied link of it has, is as good as a click's
let isHeard = false;

/**
 * Says which language the page is in, and lets the links to others keep the page as it is. `widgetWords`: what becomes
 * of Streamlit's own words, as `renameWidgets` has it.
 */
export function speakLanguage({ language, widgetWords }) {
  document.documentElement.lang = language;
  if (isHeard) return; // several parts of a page may say it
  isHeard = true;
  renameWidgets(document, widgetWords);
  for (const type of BEFORE) document.addEventListener(type, lead, true);
  document.addEventListener("click", follow, true);
}

/** A link to another language leads to this page as it is now. */
function lead({ target }) {
  const link = target.closest?.(LINK);
  if (link) link.href = addressIn(link.hreflang, location.href);
  return link;
}

/** Whoever follows it chooses: the browser keeps that for pages below the same path. */
function follow(event) {
  const link = lead(event);
  if (!link) return;
  const path = new URL("./", location.href).pathname;
  document.cookie = `${COOKIE}=${link.hreflang}; path=${path}; max-age=${YEAR_S}; SameSite=Lax`;
}

/** An address in another language, all else as it is. */
export function addressIn(language, address) {
  const found = new URL(address);
  found.searchParams.set("lang", language);
  return found.href.replace(/%(2C|3B|7C|3A)/g, decodeURIComponent);
}
