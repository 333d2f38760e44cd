"""What a part sets: its page, what is hidden, what may be moved, what is asked, and which mistake is shown."""

import numpy as np
import pytest

from explorer.lessons import KINDS, LESSONS
from explorer.mistakes import MISTAKES, wrong_output
from explorer.operation import run
from explorer.questions import ASKED, ask
from explorer.session.controls import controls_of
from explorer.session.page import page_at
from explorer.settings import LIMITS, PAIRS
from explorer.views import cell_ranges, last_step
from tests.lessons.course import PARTS

SEEDS = range(4)

parts = pytest.mark.parametrize("part", [part for _, part in PARTS], ids=[where for where, _ in PARTS])
lessons = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))
asked = pytest.mark.parametrize(
    ("part", "kind"),
    [pytest.param(part, kind, id=f"{where}, {kind}") for where, part in PARTS for kind in part.questions],
)


def test_the_twelve_lessons_are_in_the_order_of_the_notebook():
    assert list(LESSONS) == [
        "the-convolution-you-know",
        "one-cell-broadcasts",
        "overlaps-add",
        "stride-spaces-stamps",
        "padding-crops",
        "output-padding-uncovers",
        "the-same-by-gathering",
        "the-same-by-a-matrix",
        "not-the-inverse",
        "channels-groups-layout",
        "backward",
        "checkerboards",
    ]
    assert [lesson.number for lesson in LESSONS.values()] == list(range(1, 13))


@parts
def test_a_page_says_all_and_nothing_in_it_is_ignored(part):
    assert page_at(part.page).notices == ()


@parts
def test_the_methods_agree_on_a_page(part):
    assert run(page_at(part.page).page.settings).agreement.agrees


@parts
def test_step_and_traced_cell_exist(part):
    page = page_at(part.page).page
    assert page.view.step is None or page.view.step <= last_step(page.settings, page.view)
    assert page.view.trace == "" or exists(page.settings, page.view.trace)


def exists(settings, name):
    grid, _, at = name.partition(":")
    ranges = cell_ranges(settings)[grid]
    indices = tuple(map(int, at.split(","))) if at else ()
    return not at or (len(indices) == len(ranges) and all(i < n for i, n in zip(indices, ranges, strict=True)))


@parts
def test_what_is_hidden_exists(part):
    assert all(exists(page_at(part.page).page.settings, name) for name in part.mask)


@parts
def test_what_may_be_moved_is_a_control_that_can_move(part):
    page = page_at(part.page).page
    assert set(part.move) <= controls_of(page).keys()
    for name in set(part.move) & {*LIMITS, *PAIRS}:
        low, high = LIMITS[name]
        assert low < high


@parts
def test_a_part_that_hides_cells_does_not_tell_them(part):
    page = page_at(part.page).page
    hidden = {name for name in part.mask if name.startswith("output:")}
    top, left, _, _ = page.settings.layer.window(page.settings.size)
    for text in part.texts.values():
        for cell in hidden:
            _, row, column = map(int, cell.partition(":")[2].split(","))
            assert f"{{Y[{row - top},{column - left}]}}" not in text
            assert f"{{sum[{row - top},{column - left}]}}" not in text
    assert not hidden or page.view.trace not in hidden


@parts
def test_the_traced_cell_and_what_the_text_writes_out_are_one(part):
    page = page_at(part.page).page
    grid, _, at = page.view.trace.partition(":")
    for text in part.texts.values():
        if grid == "output" and "{sum[" in text:
            top, left, _, _ = page.settings.layer.window(page.settings.size)
            _, row, column = map(int, at.split(","))
            assert f"{{sum[{row - top},{column - left}]}}" in text


@parts
def test_a_part_that_hides_cells_begins_with_a_question_about_them(part):
    if part.mask:
        question = ask(part.questions[0], page_at(part.page).page.settings, 0)
        assert "output" in question.view.mask or set(part.mask) == set(question.view.mask)


@parts
def test_a_text_does_not_tell_the_answer_of_the_first_question(part):
    settings = page_at(part.page).page.settings
    for kind in set(part.questions) & {"size", "value"}:
        question = ask(kind, settings, 0)
        for text in part.texts.values() if question.settings == settings else ():
            if kind == "size":
                assert not any(told in text for told in ("{out_", "{formula}", "{short_formula}", "{WT_"))
            else:
                top, left, _, _ = settings.layer.window(settings.size)
                _, row, column = map(int, question.cell.partition(":")[2].split(","))
                assert f"{{Y[{row - top},{column - left}]}}" not in text


@lessons
def test_a_lesson_asks_in_three_ways_at_least(lesson):
    assert len({kind.partition(":")[0] for part in lesson.parts for kind in part.questions}) >= 3


def test_the_kinds_of_questions_are_those_that_can_be_asked():
    assert set(KINDS) == set(ASKED)


@asked
def test_a_part_can_ask_what_it_names(part, kind):
    settings = page_at(part.page).page.settings
    for seed in SEEDS:
        question = ask(kind, settings, seed)
        assert question is not None
        assert question.kind == kind.partition(":")[0]


SHOWN = [(where, part) for where, part in PARTS if part.what_if]


@pytest.mark.parametrize("part", [part for _, part in SHOWN], ids=[where for where, _ in SHOWN])
def test_a_mistake_that_is_shown_gives_something_else_than_the_right_result(part):
    settings = page_at(part.page).page.settings
    wrong, right = wrong_output(part.what_if, settings), run(settings).output
    assert part.what_if in MISTAKES
    assert wrong.shape != right.shape or not np.array_equal(wrong, right)


@pytest.mark.parametrize("name", ["the-convolution-you-know", "the-same-by-a-matrix", "not-the-inverse", "backward"])
def test_lessons_about_both_show_both(name):
    assert any(part.beside for part in LESSONS[name].parts)
