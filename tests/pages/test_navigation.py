"""The links between the pages, and the pages that they lead to."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from streamlit.testing.v1 import AppTest

from explorer.pages.navigation import PAGES, links
from explorer.text import languages, speaking, texts

SCRIPT = Path(__file__).parents[2] / "explorer" / "pages" / "pages.py"
WORDS = texts()["pages"]


def all_links(here):
    return list(fromstring(links(here)).iter("a"))


@pytest.mark.parametrize("here", PAGES)
def test_each_page_is_named_once_and_the_one_that_is_open_is_marked(here):
    nav = fromstring(links(here))
    assert (nav.tag, nav.get("aria-label")) == ("nav", WORDS["label"])
    named = [link for link in nav.findall("a") if link.get("class") != "offer"]
    assert [(link.text, link.get("href")) for link in named] == [(WORDS[name], at) for name, at in PAGES.items()]
    assert [link.text for link in nav if link.get("aria-current") == "page"] == [WORDS[here]]


@pytest.mark.parametrize("here", PAGES)
def test_the_course_is_offered_where_one_is_not_in_it(here):
    offers = [(link.text, link.get("href")) for link in all_links(here) if link.get("class") == "offer"]
    assert offers == ([] if here == "learn" else [(WORDS["offer"], "learn")])


@pytest.mark.parametrize("language", languages())
def test_the_other_languages_are_offered_each_in_its_own_words(language):
    with speaking(language):
        found = {link.get("hreflang"): link for link in all_links("learn") if link.get("hreflang")}
        assert [link.text for link in all_links("learn")][:1] == [texts()["pages"]["explore"]]
        (group,) = fromstring(links("learn")).findall("span")
        assert (group.get("role"), group.get("aria-label")) == ("group", texts()["pages"]["languages"])
        assert [link.get("hreflang") for link in group] == list(found)  # apart from the pages
    assert {name: link.text for name, link in found.items()} == {
        name: own for name, own in languages().items() if name != language
    }
    assert {(link.get("lang"), link.get("href")) for link in found.values()} == {
        (name, f"?lang={name}") for name in found
    }


def test_of_more_than_one_other_language_there_is_a_menu(monkeypatch):
    monkeypatch.setattr(
        "explorer.pages.navigation.languages", lambda: {"en": "English", "fr": "Français", "zh": "中文"}
    )
    (menu,) = fromstring(links("learn")).iter("details")
    assert (menu.find("summary").text, menu.find("summary").get("aria-label")) == ("EN", "English")
    assert [(link.text, link.get("href")) for link in menu.iter("a")] == [
        ("Français", "?lang=fr"),
        ("中文", "?lang=zh"),
    ]


@pytest.mark.parametrize("asked", ["zh", "en"])
def test_a_language_that_the_address_says_goes_along_to_the_other_pages(asked):
    nav = fromstring(links("explore", {"upsample": "upsample?k=1"}, asked))
    addresses = [link.get("href") for link in nav.findall("a")]
    own = [f"./?lang={asked}", f"learn?lang={asked}", f"layer?lang={asked}", f"upsample?k=1&lang={asked}"]
    assert addresses == [*own, f"learn?lang={asked}"]
    strange = fromstring(links("explore", {}, 'tlh"><script>'))
    assert [link.get("href") for link in strange][:4] == list(PAGES.values())


@pytest.mark.parametrize("here", PAGES)
def test_links_stay_in_the_window_and_below_the_server_s_own_path(here):
    """A server may stand below a path: an address from the root would leave it."""
    for link in all_links(here):
        assert link.get("target") == "_self"
        assert not link.get("href").startswith(("/", "http"))


def test_the_first_page_is_the_explorer():
    page = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    assert not page.exception
    assert page.get("html")[0].proto.body == links("explore", {"upsample": "upsample?kernel=own"})
    assert "session" in page.session_state
    assert "course" not in page.session_state
