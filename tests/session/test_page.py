"""The page as one value: whatever is done to it, its address says it, and nothing of it is outside the limits."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer.fills import FILLS, UPSTREAM
from explorer.limits import LIMITS, LONGEST, PAIRS
from explorer.presets import GROUPS
from explorer.session import page as changes
from explorer.session import writing
from explorer.session.address import from_query
from explorer.session.page import Page, page_at
from explorer.settings import limits_of, one_dimension
from tests.test_settings import assert_within_limits


def moved(page, name, share):
    """A control moved to a value as far between its ends as the share says."""
    low, high = limits_of(page.settings)[name]
    return changes.move(page, name, low + round(share * (high - low)))


ACTS = st.one_of(
    st.tuples(st.just(moved), st.sampled_from(list(LIMITS)), st.floats(0, 1)),
    st.tuples(st.just(writing.fill), st.sampled_from(["input", "kernel"]), st.sampled_from(list(FILLS))),
    st.tuples(st.just(writing.fill), st.just("upstream"), st.sampled_from(UPSTREAM)),
    st.tuples(st.just(writing.edit), st.just("input"), st.just((0, 0, 0)), st.sampled_from(["7", "0", "x", "1\t2"])),
    st.tuples(st.just(changes.set_one_dimension), st.booleans()),
    st.tuples(st.just(changes.set_apart), st.booleans()),
    st.tuples(st.just(changes.choose), st.sampled_from([*GROUPS["one-dimension"], "basic", "groups"])),
)


@given(st.lists(ACTS, max_size=8))
@runs(max_examples=100, deadline=None, database=None)
def test_every_page_that_can_be_reached_is_in_its_address(acts):
    page = Page()
    for act, *arguments in acts:
        page = act(page, *arguments).page
        assert_within_limits(page.settings)
        settings, view, notices = from_query(page.address)
        assert (settings, view.seeds, view.upstream, notices) == (
            page.settings,
            page.view.seeds,
            page.view.upstream,
            [],
        )
        again = page_at(f"?{urlencode(page.address)}").page
        assert again.content == page.content


@given(st.lists(ACTS, max_size=5), st.booleans())
@runs(max_examples=60, deadline=None, database=None)
def test_one_dimension_is_on_where_it_was_turned_on_and_off_where_it_was_turned_off(acts, on):
    page = Page()
    for act, *arguments in acts:
        page = act(page, *arguments).page
    after = changes.set_one_dimension(page, on).page
    assert one_dimension(after.settings) == on
    assert changes.set_one_dimension(after, on).page is after


@pytest.mark.parametrize("apart", [True, False])
def test_one_row_has_no_height_to_be_apart(apart):
    page = page_at("?x=1,2,3&k=1,1,1&stride=2&padding=0x1&output_padding=0x1").page
    assert changes.set_apart(page, apart).page is page


def test_one_dimension_keeps_the_first_row_of_every_channel():
    page = page_at("?x=1,2;3,4|5,6;7,8&k=1,2;3,4|5,6;7,8&stride=2&output_padding=1").page
    line = changes.set_one_dimension(page, True).page
    assert line.settings.input == (((1, 2),), ((5, 6),))
    assert line.settings.weight == ((((1, 2),),), (((5, 6),),))
    assert line.settings.layer.output_size(line.settings.size) == (1, 5)
    back = changes.set_one_dimension(line, False).page
    assert (back.settings, back.address) == (page.settings, page.address)


@pytest.mark.parametrize(("name", "pair"), [("stride", (2, 2)), ("dilation", (2, 2)), ("padding", (0, 2))])
def test_in_one_dimension_a_number_is_meant_for_the_width(name, pair):
    page = page_at("?x=1,2,3&k=1,1,1&stride=2").page
    assert getattr(changes.move(page, name, 2).page.settings.layer, name) == pair
    assert name in PAIRS


def test_a_row_grows_to_its_longest():
    page = page_at("?x=0,1,2&k=1").page
    page = changes.move(page, "input_width", LONGEST).page
    assert page.settings.input == ((tuple(range(LONGEST)),),)
