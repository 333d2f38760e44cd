"""The question for the cells that contribute to an output cell."""

from itertools import pairwise

import pytest

from explorer.documents.messages import speak
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.reaching import AXES, PICKS, column_of, picked, wrong_cells
from explorer.settings import Settings
from explorer.text import texts
from explorer.views import View, cell_ranges
from tests.questions.cores import NAMES, indices
from tests.references import gather

BASIC = PRESETS["basic"].settings
STRIDE = Settings.of([[1, 2], [3, 4]], [[1, 2, 3]] * 3, stride=2)


def test_hand_worked_cells_of_x():
    assert picked(BASIC, (1, 0), "input", "right") == {"input:0,0,0", "input:0,1,0"}
    assert picked(STRIDE, (2, 1), "input", "right") == {"input:0,0,0", "input:0,1,0"}
    question = ask("contributors:input", BASIC, 0)
    assert (question.cell, question.pick, question.form) == ("output:0,1,2", "input", "cells")
    assert question.answer == ["input:0,0,1", "input:0,1,1"]
    assert speak(question.ask) == "Which cells of X contribute to Y[1,2]? Pick all of them."
    verdict = mark(question, ["input:0,1,1", "input:0,0,1"])
    assert (verdict.state, speak(verdict.message)) == ("right", "Yes, all 2: Y[1,2] = X[0,1]·K[1,1] + X[1,1]·K[0,1].")


def test_hand_worked_cells_of_k_and_the_flip():
    assert picked(BASIC, (0, 0), "kernel", "right") == {"kernel:0,0,0,0"}
    assert wrong_cells(BASIC, (0, 0), "kernel")["no_flip"] == {"kernel:0,0,1,1"}
    assert picked(STRIDE, (1, 2), "kernel", "right") == {"kernel:0,0,1,0", "kernel:0,0,1,2"}


def test_hand_worked_entries_of_w():
    # The notebook's W: row 0 is [0 1 0 2 3 0 0 0 0]; its third column from the left but one belongs to Y[1,0].
    assert picked(BASIC, (1, 0), "W", "right") == {"W:0,3", "W:2,3"}
    assert wrong_cells(BASIC, (1, 0), "W")["row_for_column"] == {"W:3,4", "W:3,5", "W:3,7", "W:3,8"}
    question = ask("contributors:W", BASIC, 0)
    assert (question.view, question.pick) == (View("matrix"), "W")


@pytest.mark.parametrize(
    ("mistake", "cells"),
    [
        ("stride_forgotten", {"input:0,1,0", "input:0,1,1"}),
        ("aligned_only", {"input:0,1,0"}),
        ("everything", {"input:0,0,0", "input:0,0,1", "input:0,1,0", "input:0,1,1"}),
    ],
)
def test_hand_worked_mistakes(mistake, cells):
    place = (2, 1) if mistake != "stride_forgotten" else (3, 1)  # at stride 1 rows 1 and columns 0, 1 reach row 3
    assert wrong_cells(STRIDE, place, "input")[mistake] == cells


def test_the_window_of_an_ordinary_convolution():
    settings = Settings.of([[1, 2, 3]] * 3, [[1, 2]] * 2)
    window = {"input:0,1,1", "input:0,1,2", "input:0,2,1", "input:0,2,2"}
    assert wrong_cells(settings, (1, 1), "input")["window"] == window


def question_of(settings, seed=0):
    return ask("contributors:input", settings, seed)


def test_missing_and_extra_cells_are_counted():
    question = question_of(STRIDE)
    first, *rest = question.answer
    others = sorted({f"input:0,{i},{j}" for i in range(2) for j in range(2)} - set(question.answer))
    assert rest
    assert others
    verdict = mark(question, [*question.answer, others[0]])
    if not verdict.mistakes:
        assert speak(verdict.message).startswith(f"All {len(question.answer)} are picked, but 1 more")
    verdict = mark(question, [first, others[0]])
    if not verdict.mistakes:
        assert speak(verdict.message).startswith(f"Missing: {len(rest)} of {len(question.answer)}.")


def test_one_missing_is_said_as_such():
    question = ask("contributors:input", PRESETS["overlap"].settings, 0)
    verdict = mark(question, question.answer[:-1])
    assert (verdict.state, verdict.mistakes) == ("wrong", ())
    count = len(question.answer)
    assert speak(verdict.message).startswith(f"The picked cells are right, but 1 of {count} are missing.")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "No cell of X is picked yet."),
        (None, "No cell of X is picked yet."),
        (["kernel:0,0,0,0"], "“kernel:0,0,0,0” is no cell of X."),
        (["input:0,9,0"], "“input:0,9,0” is no cell of X."),
        (["input:0,−1,0"], "“input:0,−1,0” is no cell of X."),
        ([f"input:0,{'9' * 5000},0"], f"“input:0,{'9' * 32}” is no cell of X."),
        (["input"], "“input” is no cell of X."),
        ([3], "“3” is no cell of X."),
    ],
)
def test_what_cannot_be_read_is_not_wrong(given, said):
    verdict = mark(question_of(BASIC), given)
    assert (verdict.state, speak(verdict.message)) == ("unread", said)


def test_the_seed_turns_the_grids():
    assert [ask("contributors", BASIC, seed).pick for seed in range(4)] == ["input", "kernel", "W", "input"]


def reference(question):
    """The right cells, from the relation as tests write it down."""
    settings = question.settings
    terms = gather(settings.layer, settings.size, *indices(question.cell))
    if question.pick == "input":
        return {f"input:{c},{i},{j}" for c, i, j, _, _ in terms}
    if question.pick == "kernel":
        return {f"kernel:0,0,{a},{b}" for _, _, _, a, b in terms}
    column = column_of(settings.layer, settings.size, indices(question.cell)[1:])
    return {f"W:{i * settings.size[1] + j},{column}" for _, i, j, _, _ in terms}


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds(name):
    before = None
    for seed in range(200):
        question = ask("contributors", PRESETS[name].settings, seed)
        assert (question.settings, question.cell, question.pick) != before
        before = question.settings, question.cell, question.pick
        assert set(question.answer) == reference(question)
        assert mark(question, question.answer[::-1]).state == "right"
        ranges = cell_ranges(question.settings)[question.pick]
        for mistake, cells in wrong_cells(question.settings, indices(question.cell)[1:], question.pick).items():
            assert all(n < most for cell in cells for n, most in zip(indices(cell), ranges, strict=True))
            verdict = mark(question, sorted(cells))
            assert verdict.state == "wrong"
            assert mistake in verdict.mistakes
            assert "{" not in speak(verdict.message)


@pytest.mark.parametrize("pick", PICKS)
def test_neighbouring_seeds_of_one_grid_differ(pick):
    asked = [ask(f"contributors:{pick}", BASIC, seed) for seed in range(50)]
    assert {question.pick for question in asked} == {pick}
    assert all((a.settings, a.cell) != (b.settings, b.cell) for a, b in pairwise(asked))


def test_entries_are_those_of_the_conv_matrix():
    for seed in range(40):
        question = ask("contributors:W", STRIDE, seed)
        matrix = run(question.settings).conv_matrix.toarray()
        column = column_of(question.settings.layer, question.settings.size, indices(question.cell)[1:])
        if seed:  # the numbers that a seed makes are not 0
            assert {f"W:{row},{column}" for row in matrix[:, column].nonzero()[0]} == set(question.answer)


def test_every_mistake_has_its_sentence():
    known = texts()["questions"]["contributors"]["mistakes"].keys()
    assert known == {*AXES, "everything", "row_for_column"} - {"right"}
