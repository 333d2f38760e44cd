"""The served fonts: an English page asks for that of the languages' names at most, a Chinese one for what it draws."""

from explorer.breaking import WIDE
from explorer.figures.typefaces import PAGE
from explorer.pages.fonts import font_address, name_characters, page_characters

OWN = (
    f"[...document.fonts].find(({{ family }}) => family.includes('{PAGE[0]}') && !family.includes('{PAGE[1]}')).status"
)
MARK = """(blocks) => { const chinese = new RegExp(`^[${blocks}]+$`, "u");
  for (const node of document.querySelectorAll("body *")) {
    if (node.checkVisibility() && chinese.test(node.textContent.trim())) node.dataset.chinese = "";
  } }"""
"""Marks what has Chinese text only."""


def drawn_in(page):
    """The fonts of all Chinese glyphs: {family: whether the page itself declares it}; and how many glyphs they are."""
    page.evaluate(MARK, "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in WIDE))
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-chinese]"})["nodeIds"]
    found = [one for node in nodes for one in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]]
    session.detach()
    return {one["familyName"]: one["isCustomFont"] for one in found}, sum(one["glyphCount"] for one in found)


def test_every_glyph_is_there_and_an_english_page_asks_for_no_chinese_one(visit, server):
    asked = []

    def listen(page):
        page.on("request", lambda request: asked.append(request.url.partition("assets/")[2]))

    def count(characters):
        return asked.count(font_address(characters).removeprefix("assets/"))

    explorer = visit("?lang=en", cold=True, before=listen)
    assert count(page_characters()) == 0 and count(name_characters()) <= 1
    explorer.page.goto(f"{server}?lang=zh")
    explorer.ready()
    explorer.until("document.fonts.ready.then(() => document.fonts.status === 'loaded')")
    has_own = explorer.page.evaluate(OWN) == "loaded"  # a machine with a Chinese font needs no other
    assert count(page_characters()) == (0 if has_own else 1)
    fonts, glyphs = drawn_in(explorer.page)
    assert glyphs > 30 and all(fonts.values()), fonts
