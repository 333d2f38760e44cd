"""A page as one HTML file that needs no server and no network: the stage, and every document that it can ask for."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from explorer import relation
from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.documents.schema import BACKWARD, FORWARD
from explorer.export.plotlyjs import plotly_script
from explorer.figures.palette import PALETTES
from explorer.links import search_of
from explorer.operation import run
from explorer.session.page import Page, page_at
from explorer.stage import bundle, script_json, style
from explorer.text import LANGUAGE, say
from explorer.views import VIEWS, View

START = """
const data = JSON.parse(document.getElementById("data").textContent);
startOffline(document.getElementById("stage"), { ...data, constants: CONSTANTS });
""".strip()


def offline_page(address: str = "", theme: str = "", sliders: Sequence[str] = ()) -> str:
    """The page of an address as the text of one HTML file.

    ``theme`` is ``light``, ``dark``, or empty: the one that the visitor's system has. The views, the directions and the
    shown channels can be chosen in it; the numbers cannot be changed, because nothing is computed there.

    >>> page = offline_page("?preset=stride-2")
    >>> page.splitlines()[0]
    '<!doctype html>'
    """
    page = page_at(search_of(address)).page
    data = gathered(page)
    about = data["pool"][data["documents"][data["first"]]["about"]]["message"]
    title = say("title")
    return _template().substitute(
        language=LANGUAGE,
        schemes=theme or " ".join(PALETTES),
        description=escape(speak(about) if about else title),
        title=escape(title),
        noscript=escape(say("export.no_script")),
        themes=_themes(theme),
        style=style(),
        plotly=in_script(plotly_script()),
        data=script_json({**data, "theme": theme}),
        script=in_script(bundle("hosts/offline.js", START)),
    )


def gathered(page: Page) -> dict[str, Any]:
    """Every document that can be asked for where the numbers of a page stay as they are, each value stored once.

    ``documents`` holds, by ``view|direction|in|out``, the index in ``pool`` of each of a document's values; ``first``
    names the page's own document.

    >>> found = gathered(page_at("").page)
    >>> found["first"], len(found["documents"])
    ('scatter|forward|0|0', 6)
    """
    pool: list[Any] = []
    index: dict[str, int] = {}

    def stored(value: Any) -> int:
        text = json.dumps(value, allow_nan=False)
        if text not in index:
            index[text] = len(pool)
            pool.append(value)
        return index[text]

    operation = run(page.settings)
    documents = {
        _key(view): {name: stored(value) for name, value in document(operation, view, "").items()}
        for view in _views(page)
    }
    return {"pool": pool, "documents": documents, "first": _key(page.view)}


def _views(page: Page) -> list[View]:
    """Every view, both directions, and every shown pair of channels that meet; only the page's own has its step."""
    layer, own = page.settings.layer, page.view
    plain = replace(own, step=None, trace="", present=False)
    found = [
        replace(plain, view=name, backward=backward, channel=(shown_in, shown_out))
        for name in VIEWS
        for backward in (False, True)
        for shown_out in range(layer.out_channels)
        for shown_in in relation.inputs_of(layer, shown_out)
    ]
    return [own if _key(view) == _key(own) else view for view in found]


def _key(view: View) -> str:
    direction = BACKWARD if view.backward else FORWARD
    return "|".join(map(str, (view.view, direction, *view.channel)))


def in_script(text: str) -> str:
    r"""JavaScript as it may stand in a script of an HTML page: in a string or a regular expression it means the same.

    >>> in_script('x = "</script><!--"')
    'x = "<\\/script>\\x3c!--"'
    """
    return re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE).replace("<!--", r"\x3c!--")


def _themes(theme: str) -> str:
    """The colours of the page around the stage."""
    rules = {
        name: f":root {{ background: {palette.background}; color: {palette.text}; }}"
        for name, palette in PALETTES.items()
    }
    if theme:
        return rules[theme]
    return f"{rules['light']}\n@media (prefers-color-scheme: dark) {{ {rules['dark']} }}"


@cache
def _template() -> Template:
    return Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
