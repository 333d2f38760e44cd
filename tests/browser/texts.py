"""What a page says to eye and ear, and where its texts stand: Latin words, and texts that are cut or lie on others."""

from playwright.sync_api import Page

# Words of Latin letters that are seen or spoken, with where they stand. Left out: a letter alone, which is a variable;
# a name with an underscore or a digit, which is an identifier; a call, which is a program; the titles of what there is
# to read; what somebody typed; and what says itself that it is in another language.
WORDS = """() => {
  const foreign = "script, style, noscript, pre, code, .reading a, [lang]:not(html):not([lang=zh])";
  const names = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-valuetext",
    "aria-roledescription"];
  const own = (node) => [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.textContent);
  const isProgram = (text) => /^[A-Za-z_.0-9]+\\([^\u4e00-\u9fff]*$/.test(text);
  const where = (node) => node.closest("[data-testid], [class]")?.outerHTML.match(/^<[^>]*>/)[0].slice(0, 90) ?? "";
  const found = {};
  for (const node of document.querySelectorAll("body, body *")) {
    if (node.closest(foreign) || !node.checkVisibility({ visibilityProperty: true })) continue;
    const named = names.map((name) => [name, node.getAttribute(name)]).filter(([, text]) => text);
    const said = node.matches("textarea, [aria-hidden=true] *") ? [] : own(node).map((text) => ["text", text]);
    for (const [how, text] of [...said, ...named]) {
      if (isProgram(text)) continue;
      for (const [word] of text.matchAll(/(?<![\\w])[A-Za-z]\\w+/g)) {
        if (!/[_0-9]/.test(word)) found[word] ??= `${how} “${text.trim().slice(0, 90)}” in ${where(node)}`;
      } } }
  return found; }"""


def latin_words(page: Page) -> dict[str, str]:
    """{word: where it is seen or spoken first} on a page."""
    return page.evaluate(WORDS)


# Where each text stands: its lines as boxes, of what no other thing covers.
_LINES = """
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const named = (node) => `${node.tagName.toLowerCase()}.${(node.getAttribute("class") ?? "").replace(/ /g, ".")}`;
  const unseen = `script, style, noscript, .hidden-text, .js-plotly-plot, [data-testid=stIconMaterial],
    [data-testid=stSkipToContent]`;
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, node = text.parentElement;
    if (!text.data.trim() || node.closest(unseen) || !isShown(node)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) lines.push({ text, node, box });
    } }"""

CUT = f"""() => {{ {_LINES}
  const found = new Set();
  for (const {{ text, node, box }} of lines) {{
    for (let one = node; one && one !== document.body; one = one.parentElement) {{
      const style = getComputedStyle(one), edge = one.getBoundingClientRect();
      if (edge.width <= 1 || edge.height <= 1) break; // only for the ear
      if (style.display === "inline" || style.display === "contents") continue;
      if ([style.overflowX, style.overflowY].some((how) => ["auto", "scroll"].includes(how))) break;
      const isWide = style.overflowX !== "visible" && (box.right > edge.right + 1 || box.left < edge.left - 1);
      const isHigh = style.overflowY !== "visible" && box.top + box.height * 0.7 > edge.bottom;
      if (isWide || isHigh) found.add(`“${{text.data.trim().slice(0, 60)}}” in ${{named(one)}}`);
      if (style.position === "fixed") break;
    }} }}
  return [...found]; }}"""

OVERLAPS = f"""() => {{ {_LINES}
  const layers = "[role=dialog], [role=menu], dialog, .tconv-stage, [data-testid=stSidebar]";
  const layerOf = (node) => node?.closest(layers) ?? null;
  const isOnTop = (node, x, y) => {{
    const hit = document.elementFromPoint(x, y);
    if (getComputedStyle(node).pointerEvents === "none") return layerOf(hit) === layerOf(node); // nothing can hit it
    return hit !== null && (hit.contains(node) || node.contains(hit));
  }};
  const covers = (node, other) => {{ // a menu, a list, what stays while the rest scrolls
    let isAbove = false, isOpaque = false;
    for (let one = node; one && !one.contains(other); one = one.parentElement) {{
      const {{ position, backgroundColor }} = getComputedStyle(one);
      isAbove ||= one.matches(layers) || ["absolute", "fixed", "sticky"].includes(position);
      isOpaque ||= one.matches(layers) || !/^rgba\\(.*, 0(\\.\\d+)?\\)$/.test(backgroundColor);
    }}
    return isAbove && isOpaque; }};
  const shownOf = ({{ text, node, box }}) => {{ // what is left of a line by all that it is scrolled in
    let {{ left, right, top, bottom }} = box;
    for (let one = node; one; one = one.parentElement) {{
      const {{ overflowX, overflowY, position, display }} = getComputedStyle(one), edge = one.getBoundingClientRect();
      if (display !== "inline" && display !== "contents" && (overflowX !== "visible" || overflowY !== "visible")) {{
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      }}
      if (position === "fixed") break;
    }}
    return {{ text, node, box: {{ left, right, top, bottom, height: bottom - top }} }};
  }};
  const isIn = ({{ box: {{ left, right, top, bottom }} }}) =>
    right - left > 1 && bottom - top > 1 && left < innerWidth && right > 0 && top < innerHeight && bottom > 0;
  const seen = lines.map(shownOf).filter(isIn).sort((one, other) => one.box.top - other.box.top);
  const found = new Set();
  seen.forEach((one, at) => {{
    for (let next = at + 1; next < seen.length; next++) {{
      const other = seen[next];
      if (other.box.top >= one.box.bottom) break;
      if (one.text === other.text) continue;
      const [left, right] = [Math.max(one.box.left, other.box.left), Math.min(one.box.right, other.box.right)];
      const [top, bottom] = [Math.max(one.box.top, other.box.top), Math.min(one.box.bottom, other.box.bottom)];
      if (right - left <= 2 || bottom - top <= 0.35 * Math.min(one.box.height, other.box.height)) continue;
      const isSeen = ({{ node }}) => isOnTop(node, (left + right) / 2, (top + bottom) / 2);
      if ((isSeen(one) || isSeen(other)) && !covers(one.node, other.node) && !covers(other.node, one.node)) {{
        const said = [one, other].map(({{ text, node }}) => `“${{text.data.trim().slice(0, 40)}}” (${{named(node)}})`);
        found.add(said.join(" and "));
      }} }} }});
  return [...found]; }}"""

# Buttons that reach beyond the window, and how far the page itself can be moved sideways.
WIDE = """() => {
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const buttons = [...document.querySelectorAll("button, a, summary, select, input")].filter(isShown);
  const scrolled = (node) => { // within what can be moved sideways
    for (let one = node.parentElement; one; one = one.parentElement) {
      const isScroller = ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
      if (isScroller && one.scrollWidth > one.clientWidth) return true;
    }
    return false; };
  const isOut = (node) => {
    const { left, right, width } = node.getBoundingClientRect();
    return width > 1 && (left < -1 || right > innerWidth + 1) && !scrolled(node); };
  const scrollers = "html, .tconv-stage.presenting, [data-testid=stMain]";
  const moved = [...document.querySelectorAll(scrollers)].filter((node) => node.scrollWidth > node.clientWidth + 1);
  return [...buttons.filter(isOut), ...moved].map((node) => node.outerHTML.slice(0, 140)); }"""


def badly_placed(page: Page) -> list[str]:
    """Texts that are cut, texts that lie on one another, and buttons outside of the window."""
    looks = {"cut": CUT, "overlap": OVERLAPS, "outside": WIDE}
    return [f"{how}: {what}" for how, script in looks.items() for what in page.evaluate(script)]
