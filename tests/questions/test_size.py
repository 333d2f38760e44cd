"""The question for the output's size."""

import numpy as np
import pytest
import torch

from explorer.documents.messages import speak
from explorer.mistakes import SIZES, wrong_sizes
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.size import wrong
from explorer.settings import Settings, one_dimension
from explorer.text import texts

SEVEN = Settings.of([[1, 2], [3, 4]], np.ones((3, 3)), stride=2, padding=1)


def test_a_hand_worked_size():
    question = ask("size", SEVEN, 0)
    assert question.settings == SEVEN
    assert question.answer == [3, 3]
    assert speak(question.ask) == "X is 2×2, K is 3×3, stride 2, padding 1. How large is Y?"
    verdict = mark(question, ["3", "3"])
    assert verdict.state == "right"
    assert speak(verdict.message) == "Yes, 3×3: H′ = W′ = (2−1)·2 − 2·1 + 1·(3−1) + 0 + 1 = 3."


def test_padding_that_is_added_is_named_with_the_numbers_of_the_question():
    verdict = mark(ask("size", SEVEN, 0), ["7", "7"])
    assert (verdict.state, verdict.mistakes[0]) == ("wrong", "padding_added")
    assert speak(verdict.message) == (
        "7×7 is what comes out when padding is added. It is taken off: H′ = W′ = (2−1)·2 − 2·1 + 1·(3−1) + 0 + 1 = 3."
    )


def test_a_size_that_no_mistake_gives():
    verdict = mark(ask("size", SEVEN, 0), ["1000", "2"])
    assert (verdict.state, verdict.mistakes) == ("wrong", ())
    assert "the steps are shown" in speak(verdict.message)


def test_height_and_width_differ():
    question = ask("size", Settings.of([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]], stride=(2, 1)), 0)
    assert question.answer == [4, 4]
    assert "stride 2×1" in speak(question.ask)
    question = ask("size", Settings.of([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]]), 0)
    assert question.answer == [3, 4]
    assert mark(question, ["4", "3"]).mistakes == ("rows_and_columns",)
    assert speak(mark(question, ["3", "4"]).message).count(" = ") == 4


def test_one_dimension_asks_for_one_number():
    question = ask("size", PRESETS["1d-stride-2"].settings, 0)
    assert (question.form, question.answer) == ("number", 6)
    assert mark(question, "6").state == "right"
    assert speak(mark(question, "4").message).startswith("4 is what stride 1 gives.")
    assert mark(question, "5").mistakes == ("last_cell_forgotten",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["", "1"], "The height is empty: type a number."),
        (["1"], "The width is empty: type a number."),
        (None, "The height is empty: type a number."),
        (["3", "x"], "The width cannot be read: “x” is not a number. Type 2, −0.5, 1e3 or 1/3."),
        (["2,5", "3"], "The height is 2.5, but cells are counted: it must be a whole number, at least 1."),
        (["0", "3"], "The height is 0, but cells are counted: it must be a whole number, at least 1."),
        (["−3", "3"], "The height is −3, but cells are counted: it must be a whole number, at least 1."),
        (["1/0", "3"], "The height cannot be read: “1/0” divides by zero."),
    ],
)
def test_what_cannot_be_read_is_not_wrong(given, said):
    verdict = mark(ask("size", SEVEN, 0), given)
    assert (verdict.state, speak(verdict.message), verdict.mistakes) == ("unread", said, ())


@pytest.mark.parametrize("given", [["3", "3"], ["6/2", "3.0"], [" 3", "0.3e1"], [3, 3.0]])
def test_numbers_are_read_as_people_have_them(given):
    assert mark(ask("size", SEVEN, 0), given).state == "right"


def torch_size(settings):
    layer = settings.layer
    x = torch.zeros(1, layer.in_channels, *settings.size)
    y = torch.nn.functional.conv_transpose2d(
        x,
        torch.zeros(layer.weight_shape),
        None,
        layer.stride,
        layer.padding,
        layer.output_padding,
        layer.groups,
        layer.dilation,
    )
    return tuple(y.shape[2:])


@pytest.mark.parametrize("name", ["basic", "padding-1", "dv-padding-strides-odd", "dilation", "groups", "1d-paddings"])
def test_200_seeds(name):
    before = None
    for seed in range(200):
        question = ask("size", PRESETS[name].settings, seed)
        settings = question.settings
        assert settings != before
        before = settings
        height, width = torch_size(settings)
        is_line = one_dimension(settings)
        assert question.answer == (width if is_line else [height, width])
        right = str(width) if is_line else [str(height), str(width)]
        assert mark(question, right).state == "right"
        for mistake, pair in wrong(settings.layer, settings.size).items():
            given = str(pair[1]) if is_line else [str(n) for n in pair]
            verdict = mark(question, given)
            assert verdict.state == "wrong"
            assert mistake in verdict.mistakes
            assert speak(verdict.message).startswith(given if is_line else "×".join(given))


def test_what_is_wrong_is_what_the_mistakes_compute():
    layer, size = SEVEN.layer, SEVEN.size
    assert wrong(layer, size) == wrong_sizes(layer, size)
    assert wrong(layer, size)["padding_added"] == (7, 7)


def test_every_mistake_has_its_sentence():
    assert texts()["questions"]["size"]["mistakes"].keys() == SIZES.keys()
