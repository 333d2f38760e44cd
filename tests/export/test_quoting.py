"""What is copied from the dialog: read by what it is meant for."""

from html.parser import HTMLParser

import pytest

import explorer
from explorer.export.quoting import KINDS, YEAR, quotation

LINK = "https://explorer.example/?x=1,2;3,4|5,6;7,8&k=1&trace=output:0,0,1"


def iframe(address):
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, dict(attributes)))
    parser.feed(quotation("iframe", address))
    return found


def test_the_link_and_the_version_are_there():
    assert quotation("link", LINK) == LINK
    assert quotation("markdown", LINK).endswith(f"]({LINK})")
    cited = quotation("bibtex", LINK)
    assert f"{{{LINK}}}" in cited and explorer.__version__ in cited
    assert f"year   = {{{YEAR}}}" in cited and "developers}}" in cited
    assert cited.count("{") == cited.count("}")


@pytest.mark.parametrize(
    ("address", "source"),
    [
        (LINK, f"{LINK}&embed=true"),
        ("https://explorer.example/", "https://explorer.example/?embed=true"),
        ("https://explorer.example/?a=1#top", "https://explorer.example/?a=1&embed=true#top"),
        ("https://explorer.example/?embed=true&a=1", "https://explorer.example/?embed=true&a=1"),
    ],
)
def test_the_frame_shows_the_page_without_streamlits_menu(address, source):
    ((tag, attributes),) = iframe(address)
    assert (tag, attributes["src"]) == ("iframe", source)
    assert attributes["title"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_ends_nothing(kind):
    text = quotation(kind, 'https://explorer.example/?a=1)"><script>}\n{b c')
    assert not set(')"><}\n{ ') & set(text[text.index("a=1") + 3 :].partition("&amp;")[0][:20])
