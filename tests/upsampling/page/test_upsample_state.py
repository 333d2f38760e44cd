"""The state of the page of upsampling: its address and back, and nothing bad in an address breaks it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.session.address import from_query as explorer_page
from explorer.session.address import query_of, to_query
from explorer.session.names import UPSAMPLE
from explorer.upsampling.comparing import DOWN
from explorer.upsampling.kernels import KERNELS
from explorer.upsampling.page.sheet import explore_address, sheet
from explorer.upsampling.page.state import SECTIONS, SHOWN, UpsamplePage, address_of, from_query
from explorer.upsampling.training import STARTS

NAMED = st.fixed_dictionaries(
    {
        "kernel": st.sampled_from(list(KERNELS)),
        "size": st.sampled_from(["1", "3", "4", "8", "3x5"]),
        "stride": st.sampled_from(["1", "2", "3", "4", "2x1"]),
        "dilation": st.sampled_from(["1", "2", "3"]),
        "padding": st.sampled_from(["0", "1", "4"]),
        "output_padding": st.sampled_from(["0", "1", "3"]),
        "seed": st.integers(0, 9999).map(str),
        "picture": st.sampled_from(["scene", "rings", "flat", "upload"]),
        "down": st.sampled_from(DOWN),
        "show": st.sampled_from(SHOWN),
        "layers": st.sampled_from(["2", "3"]),
        "open": st.sampled_from(["none", "training", "stacked", "-".join(SECTIONS)]),
        "start": st.sampled_from(STARTS),
    }
)


@settings(deadline=None, max_examples=150)
@given(NAMED)
def test_what_the_controls_show_is_the_state(query):
    """The texts of a page, read again, are the same page; what moved to fit does not move again."""
    page, _ = from_query(query)
    named = {name: text for name, text in page.texts.items() if name != "k"}
    assert named.keys() <= set(UPSAMPLE)
    assert from_query(named) == (page, [])


def test_the_bare_page_makes_a_checkerboard():
    page, notices = from_query({})
    assert (page, notices) == (UpsamplePage(), [])
    assert from_query({"embed": "true", "utm_source": "x"}) == (page, [])


def test_the_explorers_address_means_the_same_here_and_back():
    address = "?x=1,2;3,4|5,6;7,8&k=1,2;3,4|5,6;7,8|0,0;0,1|1,1;1,1&stride=2&padding=1&out_channels=2&channel=1,0"
    explored, view, _ = explorer_page(query_of(address))
    page, notices = from_query(query_of(address))
    assert notices == []
    assert (page.layer, page.weight, page.pair) == (explored.layer, explored.weight, (1, 0))
    assert explorer_page(query_of(explore_address(page).removeprefix("./"))) == (explored, view, [])
    assert from_query(query_of(address_of(to_query(explored, view)).removeprefix("upsample"))) == (page, [])


def test_the_explorers_bare_page_is_its_kernel_and_not_this_pages():
    address = address_of(to_query(*explorer_page({})[:2]))
    page, _ = from_query(query_of(address.removeprefix("upsample")))
    assert page.shown.tolist() == [[0, 1], [2, 3]]
    assert page.layer.stride == (1, 1)


def test_groups_keep_their_pairs():
    page, _ = from_query({"x": "1,1;1,1|1,1;1,1", "k": "1,2|3,4", "out_channels": "2", "groups": "2", "channel": "1,1"})
    assert (page.pair, page.channel, page.shown.tolist()) == ((1, 0), "1,1", [[3, 4]])


def test_a_preset_is_the_explorers():
    page, _ = from_query({"preset": "checkerboard"})
    assert (page.kernel, page.layer.stride, page.shown.tolist()) == ("own", (2, 2), [[1.0] * 3] * 3)


def test_a_kernel_beyond_the_explorers_limits_has_no_way_there():
    rows = ";".join([",".join("12345678")] * 8)
    page, notices = from_query({"k": rows, "stride": "4"})
    assert (page.shown.shape, notices, explore_address(page)) == ((8, 8), [], "")
    small = from_query({"kernel": "ones", "size": "5"})[0]
    assert explore_address(small).startswith("./?")


def test_the_bilinear_kernel_has_the_size_of_its_stride():
    page, notices = from_query({"kernel": "bilinear", "size": "2", "stride": "4x3"})
    assert (page.shown.shape, notices) == ((8, 5), [])


HOSTILE = [
    ("kernel", "<script>"),
    ("size", "9"),
    ("size", "0"),
    ("size", "3x3x3"),
    ("stride", "5"),
    ("stride", "-1"),
    ("dilation", "1e9"),
    ("seed", "99999999999"),
    ("picture", "../../etc/passwd"),
    ("down", ""),
    ("show", "__class__"),
    ("layers", "1000000"),
    ("open", "training-nothing"),
    ("start", "x" * 10_000),
    ("k", "1,2;3"),
    ("k", "nan,1;1,1"),
    ("k", ",".join(["1"] * 9) + ";" + ",".join(["1"] * 9)),
    ("k", "1," * 100_000),
    ("x", "|" * 1000),
    ("channel", "9,9"),
    ("out_channels", "0"),
]


@pytest.mark.parametrize(("name", "value"), HOSTILE)
def test_a_hostile_value_is_named_and_ignored(name, value):
    query = {name: value} if name not in ("x", "channel", "out_channels") else {name: value, "kernel": "own"}
    page, notices = from_query(query)
    assert notices
    assert any(dict(notice.values).get("field") == name for notice in notices)
    found = sheet(page, notices)
    assert len(found["notices"]) >= 1
    assert max(map(len, found["notices"])) < 400
    assert np.isfinite(page.shown).all()
    assert found["gallery"]["tiles"] or found["gallery"]["text"]


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(UPSAMPLE), st.text(max_size=12), max_size=6))
def test_no_address_breaks_the_page(query):
    page, notices = from_query(query)
    assert sheet(page, notices)["card"]["verdict"]["text"]
