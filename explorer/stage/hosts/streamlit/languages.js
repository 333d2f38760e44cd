// The page's language: what a browser reads it in, and the links to the other ones.

const COOKIE = "tconv-language"; // explorer/pages/speaking.py reads it
const YEAR_S = 365 * 24 * 3600;
const LINK = ".tconv-pages a[hreflang]";

/** Says which language the page is in, and lets the links to others keep the page as it is; once a page. */
export function speakLanguage(language) {
  document.documentElement.lang = language;
  document.addEventListener("click", follow, true);
}

/** A link to another language leads to this page as it is now, and the browser keeps the choice. */
function follow({ target }) {
  const link = target.closest?.(LINK);
  if (!link) return;
  const address = new URL(location.href);
  address.searchParams.set("lang", link.hreflang);
  link.href = readable(address);
  const path = new URL("./", location.href).pathname;
  document.cookie = `${COOKIE}=${link.hreflang}; path=${path}; max-age=${YEAR_S}; SameSite=Lax`;
}

const readable = ({ href }) => href.replace(/%(2C|3B|7C|3A)/g, decodeURIComponent);
