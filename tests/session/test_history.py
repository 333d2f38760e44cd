import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer.session.history import MOST, History
from explorer.session.page import Page, move, page_at


def page(stride):
    return page_at(f"?stride={stride}").page


def line(history, present):
    return [one.settings.layer.stride[0] for one in [*history.past, present, *reversed(history.future)]]


def test_nothing_to_undo_and_nothing_to_redo():
    history = History()
    assert (history.undo(Page()), history.redo(Page()), history.past, history.future) == (None, None, [], [])


def test_as_many_pages_are_kept_as_it_says():
    history = History()
    for _ in range(MOST + 5):
        history.record(Page(), "edit")
    assert len(history.past) == MOST


def test_moves_in_a_row_are_one_change_until_something_else_happens():
    history = History()
    for change in ("move stride", "move stride", "move padding", "edit", "edit", "move padding"):
        history.record(Page(), change)
    assert len(history.past) == 5
    history.undo(Page())
    history.record(Page(), "move padding")
    assert len(history.past) == 5


@pytest.mark.parametrize("target", [1, 2, 3, 4])
def test_going_somewhere_on_the_line_keeps_the_line(target):
    history, present = History(), page(1)
    for stride in (2, 3, 4):
        history.record(present, "edit")
        present = page(stride)
    for _ in range(2):
        present = history.undo(present)
    present = history.go(present, page(target))
    assert line(history, present) == [1, 2, 3, 4]
    assert present.settings.layer.stride == (target, target)


@runs(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["undo", "redo", "go 1", "go 2", "go 3", "go 4", "edit 1", "edit 2", "edit 3"])))
def test_no_page_gets_out_of_reach_but_by_a_change_after_undo(acts):
    history, present = History(), page(1)
    for act in acts:
        before, ahead = line(history, present), bool(history.future)
        name, _, stride = act.partition(" ")
        if name in ("undo", "redo"):
            present = getattr(history, name)(present) or present
            assert line(history, present) == before
        elif name == "go":
            target = page(stride)
            known = int(stride) in before
            present = history.go(present, target)
            assert line(history, present) == before if known else line(history, present)[-1] == int(stride)
        else:
            history.record(present, "edit")
            present = page(stride)
            assert not ahead or not history.future


def test_what_smaller_grids_hide_goes_along():
    history = History()
    wide = page_at("?x=7,8,9;1,2,3").page
    narrow = move(wide, "input_width", 2).page
    history.record(wide, "move input_width")
    assert move(history.go(narrow, page_at("?x=7,8;1,2").page), "input_width", 3).page.settings == wide.settings


def test_pages_that_hold_the_same_grids_hold_them_once():
    present = page_at("?x=1,2;3,4&k=5,6;7,8|9,1;2,3&out_channels=2").page
    pages = [present]
    for stride in (2, 3, 4, 1):
        pages.append(move(pages[-1], "stride", stride).page)
    assert len({id(one.settings.input) for one in pages}) == len({id(one.settings.weight) for one in pages}) == 1


def test_pages_of_two_visitors_hold_equal_rows_once():
    rows = [page_at(f"?x=1.5,2.5;{last},4.5").page.settings.input[0] for last in ("3.5", "9.5")]
    assert rows[0][0] is rows[1][0]
    assert rows[0][1] is not rows[1][1]
