"""The state of the page of layers: its address and back, and nothing bad in an address breaks it."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.networks.page.examples import EXAMPLES
from explorer.networks.page.panel import constants, example_query
from explorer.networks.page.refusing import Unusable
from explorer.networks.page.sheet import sheet, state_data
from explorer.networks.page.spans import LARGEST, Span, read_size, read_span
from explorer.networks.page.state import FRAMEWORKS, LONGEST_TEXT, SECTIONS, LayerPage, from_query
from explorer.session.address import query_of
from explorer.session.names import LAYER
from explorer.text import say

SPANS = st.one_of(
    st.lists(st.integers(1, LARGEST), min_size=1, max_size=3).map(lambda size: Span(tuple(size))),
    st.integers(1, 500).map(lambda first: Span((first,), first + 7)),
)
PAGES = st.builds(
    LayerPage,
    layer=st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60) | st.just(LayerPage().layer),
    input=SPANS,
    target=st.none() | st.lists(st.integers(1, LARGEST), min_size=1, max_size=3).map(lambda size: Span(tuple(size))),
    pick=st.integers(0, 999),
    axis=st.integers(0, 2),
    framework=st.sampled_from(FRAMEWORKS),
    open=st.sets(st.sampled_from(SECTIONS)).map(lambda names: tuple(name for name in SECTIONS if name in names)),
    trip_v=st.text("0123456789 \n", max_size=20),
    trip_k=st.text("0123456789 \n", max_size=20),
)


@settings(deadline=None, max_examples=200)
@given(PAGES)
def test_an_address_and_back(page):
    query = page.query
    assert query.keys() <= set(LAYER)
    assert from_query(query_of(f"?{urlencode(query)}")) == (page, [])
    assert from_query(state_data(page)) == (page, [])


def test_the_bare_page_is_an_example():
    assert LayerPage().query == {}
    assert from_query({}) == (LayerPage(), [])
    assert from_query({"embed": "true", "utm_source": "x", "stride": "9"}) == (LayerPage(), [])


def test_a_text_of_its_own_has_no_target():
    page, notices = from_query({"layer": "nn.ConvTranspose2d(1, 1, 2)"})
    assert (page.input, page.target, notices) == (Span((16,)), None, [])


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_state_that_can_be_read_whole(name):
    page, notices = from_query(example_query(name))
    assert notices == []
    assert (page.layer, page.input, page.target) == (
        EXAMPLES[name].layer,
        EXAMPLES[name].input,
        EXAMPLES[name].target,
    )
    shown = sheet(page)
    assert shown["problems"] == []
    assert shown["rows"]
    assert shown["card"]


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("input", "0", "size_outside"),
        ("input", "1000001x4", "size_outside"),
        ("input", "99999999999999999999", "no_size"),
        ("input", "64..1", "no_range"),
        ("input", "-4", "no_size"),
        ("input", "1x2x3x4", "no_size"),
        ("input", "٤", "no_size"),
        ("target", "1..64", "no_size"),
        ("target", "x" * 5000, "no_size"),
        ("pick", "-1", "no_whole_number"),
        ("pick", "1e3", "no_whole_number"),
        ("axis", "3", "no_whole_number"),
        ("framework", "caffe", "no_such_name"),
        ("open", "lanes-walls", "no_such_name"),
        ("trip_v", "1 " * 400, "too_long_text"),
        ("layer", "x" * (LONGEST_TEXT + 1), "too_long_text"),
        ("layer", "(" * 100_000, "too_long_text"),
    ],
)
def test_a_bad_value_is_ignored_and_named(field, value, key):
    page, (notice,) = from_query({field: value})
    assert notice.key == key
    assert getattr(page, field) == getattr(LayerPage(layer=page.layer), field) or field in ("input", "target")
    text = say(f"layer_page.notices.{notice.key}", **dict(notice.values))
    assert text.startswith(field)
    assert len(text) < 200
    assert "{" not in text


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("16", (16,)),
        ("16x16", (16, 16)),
        ("97×50", (97, 50)),
        (" 4 , 5;6 ", (4, 5, 6)),
        ("(8, 9)", (8, 9)),
        ("7 8", (7, 8)),
    ],
)
def test_a_size_as_people_write_it(text, size):
    assert read_size(text).size == size
    assert not read_span(text).is_range


@pytest.mark.parametrize("text", ["1..64", "1-64", "1…64", "1 – 64", "1 to 64"])
def test_a_range_as_people_write_it(text):
    assert read_span(text) == Span((1,), 64)
    with pytest.raises(Unusable):
        read_size(text)


def test_the_panel_knows_what_a_silent_address_means():
    defaults = constants()["defaults"]
    assert defaults["own"] == state_data(LayerPage())
    assert defaults["own"] | defaults["plain"] == state_data(from_query({"layer": LayerPage().layer})[0]) | {
        "layer": LayerPage().layer
    }
    assert constants()["names"] == list(LAYER) == list(defaults["own"])
