"""A page as one HTML file that needs no server and no network: the stage, and every document that it can ask for."""

import gzip
import json
import re
from base64 import b64encode
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
from explorer.export.combinations import Values, combinations, ordered_names, own_values
from explorer.export.options import OptionError
from explorer.export.plotlyjs import plotly_script
from explorer.export.progress import Report, unreported
from explorer.figures.palette import PALETTES
from explorer.figures.typefaces import CHINESE, LATIN, stack
from explorer.links import search_of
from explorer.operation import run
from explorer.session.page import Page, page_at
from explorer.stage import bundle, style
from explorer.text import say, spoken, texts
from explorer.views import VIEWS, View

START = "startPage(document, CONSTANTS);"
"""What the page's script does: `explorer/stage/hosts/page.js`."""
SCHEMES = {"": "light dark", "light": "light", "dark": "dark", "contrast": "dark"}
"""The browser's own controls under each theme."""
MOST_DOCUMENTS = 2000
MOST_BYTES = 3_000_000
"""How much a file with sliders may hold."""


def offline_page(
    address: str = "", theme: str = "", sliders: Sequence[str] = (), plotly: str = "", report: Report = unreported
) -> str:
    """The page of an address as the text of one HTML file.

    ``theme`` is one of the palettes, or empty: the one that the visitor's system has. The views, the directions and
    the shown channels can be chosen in it, and the ``sliders``, parameters of `explorer.export.options.SLIDERS`, can
    be moved; with ``plotly`` ``beside`` plotly.js is left out, and the stage paints its cells without. The numbers
    cannot be changed, because nothing is computed there. ``report`` hears how many documents are made, of how many.
    Raises `OptionError` where the sliders have too many combinations for one file.

    >>> page = offline_page("?preset=stride-2")
    >>> page.splitlines()[0]
    '<!doctype html>'
    """
    data = gathered(page_at(search_of(address)).page, sliders, report)
    about = data["pool"][data["documents"][data["first"]]["about"]]["message"]
    title = say("title")
    whole = _template().substitute(
        language=spoken(),
        schemes=SCHEMES[theme],
        description=escape(speak(about) if about else title),
        title=escape(title),
        no_script=escape(say("export.no_script")),
        too_old=escape(say("export.too_old")),
        **_colours(theme),
        families=stack(LATIN, *CHINESE),
        style=style(),
        plotly="" if plotly else _packed_plotly(),
        data=packed(json.dumps({**data, "theme": theme}, allow_nan=False, separators=(",", ":"))),
        script=in_script(bundle("hosts/page.js", START)),
    )
    if sliders and len(whole) > MOST_BYTES:
        raise OptionError(say("export.too_large", option="sliders", value=",".join(sliders), most=MOST_BYTES // 10**6))
    return whole


def gathered(page: Page, sliders: Sequence[str] = (), report: Report = unreported) -> dict[str, Any]:
    """Every document that can be asked for where the numbers of a page stay as they are, each value stored once.

    ``documents`` holds, by ``view|direction|in|out`` and then each slider's value, the index in ``pool`` of each of a
    document's values; ``first`` names the page's own document. ``sliders`` holds their names, ``combinations`` of their
    values, and the words. Raises `OptionError` where there are too many.

    >>> found = gathered(page_at("").page)
    >>> found["first"], len(found["documents"])
    ('scatter|forward|0|0', 6)
    >>> gathered(page_at("").page, ["stride"])["first"]
    'scatter|forward|0|0|1'
    """
    pool: list[Any] = []
    index: dict[str, int] = {}

    def stored(value: Any) -> int:
        text = json.dumps(value, allow_nan=False)
        if text not in index:
            index[text] = len(pool)
            pool.append(value)
        return index[text]

    found = combinations(page, sliders)
    shown = {(values, view): one for values, one in found.items() for view in _views(one)}
    if sliders and len(shown) > MOST_DOCUMENTS:
        said = {"value": ",".join(sliders), "count": len(shown), "most": MOST_DOCUMENTS}
        raise OptionError(say("export.too_many", option="sliders", **said))
    documents: dict[str, dict[str, int]] = {}
    for (values, view), one in shown.items():
        report(len(documents), len(shown))
        made = document(run(one.settings), view)
        documents[_key(view, values)] = {name: stored(value) for name, value in made.items()}
    names = ordered_names(sliders)
    words = {"names": names, "combinations": list(found), "texts": texts()["export"]["slider_row"]} if names else None
    return {"pool": pool, "documents": documents, "first": _key(page.view, own_values(page, names)), "sliders": words}


def _views(page: Page) -> list[View]:
    """Every view, both directions, and every shown pair of channels that meet; only the page's own has its step."""
    layer, own = page.settings.layer, page.view
    plain = replace(own, step=None, trace="", present=False, hide=False)
    found = [
        replace(plain, view=name, backward=backward, channel=(shown_in, shown_out))
        for name in VIEWS
        for backward in (False, True)
        for shown_out in range(layer.out_channels)
        for shown_in in relation.inputs_of(layer, shown_out)
    ]
    return [own if _key(view) == _key(own) else view for view in found]


def _key(view: View, values: Values = ()) -> str:
    direction = BACKWARD if view.backward else FORWARD
    return "|".join(map(str, (view.view, direction, *view.channel, *values)))


def packed(text: str) -> str:
    """A text gzipped and in base64, as the page's script unpacks it; the same each time.

    >>> from base64 import b64decode
    >>> gzip.decompress(b64decode(packed("x"))).decode()
    'x'
    """
    return b64encode(gzip.compress(text.encode(), mtime=0)).decode()


@cache
def _packed_plotly() -> str:
    return packed(plotly_script())


def in_script(text: str) -> str:
    r"""JavaScript as it may stand in a script of an HTML page: in a string or a regular expression it means the same.

    >>> in_script('x = "</script><!--"')
    'x = "<\\/script>\\x3c!--"'
    """
    return re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE).replace("<!--", r"\x3c!--")


def _colours(theme: str) -> dict[str, str]:
    """The colours of the page around the stage, and where none are chosen those of a ``dark`` screen."""
    rules = {
        name: f":root {{ background: {palette.background}; color: {palette.text}; accent-color: {palette.primary}; }}"
        for name, palette in PALETTES.items()
    }
    chosen = rules["contrast"].replace(":root", ":root[data-tconv-contrast]")  # as explorer/stage/contrast.js marks it
    return {
        "colours": rules[theme or "light"],
        "dark": "" if theme else rules["dark"],
        "contrast": "" if theme else f"@media screen {{ {chosen} }}",
    }


@cache
def _template() -> Template:
    return Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))
