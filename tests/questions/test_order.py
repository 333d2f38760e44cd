"""The question for the order of four steps."""

from itertools import permutations

import numpy as np
import pytest

from explorer.documents.messages import speak
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.drawing import Picture, spoken
from explorer.questions.order import is_stamp, picture_at, steps_of, wrong_orders
from explorer.settings import Settings
from explorer.text import texts
from tests.questions.cores import NAMES, torch_output

BASIC = PRESETS["basic"].settings


def test_hand_worked_sums():
    question = ask("order", BASIC, 0)
    assert question.settings == BASIC
    said = {option.name: speak(option.message) for option in question.options}
    assert [said[name] for name in question.answer] == [
        "3×3: 0 0 ·; 0 0 ·; · · ·",
        "3×3: 0 0 1; 0 2 3; · · ·",
        "3×3: 0 0 1; 0 4 3; 4 6 ·",
        "3×3: 0 0 1; 0 4 6; 4 12 9",
    ]
    verdict = mark(question, question.answer)
    assert verdict.state == "right"
    assert speak(verdict.message) == "Yes, B, C, A, D: every step adds a stamp to what is there."


def test_hand_worked_stamps():
    assert speak(spoken(picture_at(BASIC, 2, alone=True))) == "3×3: · · ·; 0 2 ·; 4 6 ·"


def test_mistakes_are_named():
    question = ask("order", BASIC, 1)
    first, second, third, fourth = question.answer
    assert mark(question, [first, third, second, fourth]).mistakes == ("rows_and_columns",)
    assert mark(question, [fourth, third, second, first]).mistakes == ("backwards",)
    verdict = mark(question, [second, first, third, fourth])
    assert (verdict.state, verdict.mistakes) == ("wrong", ())
    assert speak(verdict.message).startswith("In their places: 2 of 4.")


@pytest.mark.parametrize("given", [None, [], ["a"], ["a", "b", "c", "c"], ["a", "b", "c", 4], "abcd", [["a"]] * 4])
def test_what_is_no_order_is_not_wrong(given):
    verdict = mark(ask("order", BASIC, 0), given)
    assert (verdict.state, speak(verdict.message)) == ("unread", "Put each picture in one place.")


def of_some_cells(settings, steps):
    """The canvas of the settings with those cells of X only, by torch."""
    x = np.zeros_like(settings.input).reshape(-1)
    x[list(steps)] = np.ravel(settings.input)[list(steps)]
    layer = settings.layer
    values = {"stride": layer.stride, "dilation": layer.dilation}
    return torch_output(Settings.of(x.reshape(np.shape(settings.input)), settings.weight, **values))[0]


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds(name):
    before = None
    for seed in range(200):
        question = ask("order", PRESETS[name].settings, seed)
        assert question.settings != before
        before = question.settings
        steps = steps_of(question.settings, seed)
        assert steps == sorted(set(steps))
        said = {option.name: speak(option.message) for option in question.options}
        assert len(set(said.values())) == 4
        for option, step in zip(question.answer, steps, strict=True):
            values = picture_at(question.settings, step, is_stamp(seed)).values
            assert said[option] == speak(spoken(Picture(values)))
            cells = [step] if is_stamp(seed) else range(step + 1)
            reference = of_some_cells(question.settings, cells)
            height, width = reference.shape
            assert np.nan_to_num(values)[:height, :width] == pytest.approx(reference, abs=1e-9)
        assert question.answer != ["a", "b", "c", "d"]
        wrong = wrong_orders(question)
        for order in permutations("abcd"):
            verdict = mark(question, list(order))
            assert (verdict.state == "right") == (list(order) == question.answer)
            assert set(verdict.mistakes) == {name for name, one in wrong.items() if one == list(order)}


def test_every_mistake_has_its_sentence():
    assert texts()["questions"]["order"]["mistakes"].keys() == {"backwards", "rows_and_columns"}
