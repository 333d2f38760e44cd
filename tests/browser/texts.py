"""What a page says to eye and ear, and where its texts stand: Latin words, and texts that are cut or lie on others."""

from playwright.sync_api import Page

# Each text that is seen or spoken, with where it stands. A program, what somebody typed and what says itself that it
# is in another language are left out.
_SAID = """
  const isThere = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest("[aria-hidden=true]");
  const foreign = "script, style, noscript, pre, code, textarea, [lang]:not(html):not([lang=zh])";
  const where = (node) => node.closest("[data-testid], [class]")?.outerHTML.match(/^<[^>]*>/)[0].slice(0, 110) ?? "";
  const within = root ? [...document.querySelectorAll(root)] : [document.body];
  const all = within.flatMap((one) => [one, ...one.querySelectorAll("*")]);
  const nodes = all.filter((node) => !node.closest(foreign) && node.checkVisibility({ visibilityProperty: true }));"""

WORDS = f"""(root) => {{ {_SAID}
  const spoken = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-valuetext",
    "aria-roledescription"];
  const typed = (node) => (node.matches("input[type=button], input[type=submit], input[role=combobox]") ? [node.value] : []);
  const own = (node) => [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.textContent);
  const found = {{}};
  const areas = [...document.querySelectorAll("textarea")].filter((node) => node.checkVisibility());
  for (const node of [...nodes, ...areas]) {{
    const texts = areas.includes(node) ? [] : [...own(node), ...typed(node)];
    const named = spoken.map((name) => [name, node.getAttribute(name)]).filter(([, text]) => text);
    for (const [how, text] of [...texts.map((one) => ["text", one]), ...named]) {{
      for (const [word] of text.matchAll(/(?<![\\w])[A-Za-z][\\w]*/g)) {{
        if (/^[A-Za-z]\\d*$/.test(word)) continue;
        (found[word] ??= new Set()).add(`${{how}} “${{text.trim().slice(0, 90)}}” in ${{where(node)}}`);
      }} }} }}
  return Object.fromEntries(Object.entries(found).map(([word, places]) => [word, [...places].slice(0, 4)])); }}"""


def latin_words(page: Page, within: str = "") -> dict[str, list[str]]:
    """{word: where it is seen or spoken}, of words of Latin letters; a letter alone is a variable."""
    return page.evaluate(WORDS, within)
