"""The question for the value of a hidden cell."""

from dataclasses import replace
from itertools import combinations

import pytest

from explorer.decimals import format_number
from explorer.documents.messages import speak
from explorer.mistakes import MISTAKES, wrong_output, wrong_values
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.value import wrong
from explorer.settings import Settings, one_dimension
from explorer.text import texts
from tests.questions.cores import NAMES, indices, torch_output
from tests.references import gather

BASIC = PRESETS["basic"].settings


def test_a_hand_worked_value():
    question = ask("value", BASIC, 0)
    assert (question.settings, question.cell, question.answer) == (BASIC, "output:0,1,1", 4)
    assert question.view.mask == ("output:0,1,1",)
    assert (question.reveal.mask, question.reveal.trace) == ((), "output:0,1,1")
    assert speak(question.ask) == "What is the value of the hidden cell Y[1,1]?"
    verdict = mark(question, "4")
    assert (verdict.state, speak(verdict.message)) == ("right", "Yes. Y[1,1] = 0·3 + 1·2 + 2·1 + 3·0 = 4.")


@pytest.mark.parametrize(
    ("given", "mistake"),
    [
        ("14", "no_flip"),  # 0·0 + 1·1 + 2·2 + 3·3
        ("0", "overlap_not_added"),  # the last stamp is 3·0
        ("2", "term_forgotten"),  # 1·2 or 2·1
        ("5", "rows_and_columns"),  # 0·3 + 1·1 + 2·2 + 3·0
    ],
)
def test_hand_worked_mistakes(given, mistake):
    verdict = mark(ask("value", BASIC, 0), given)
    assert (verdict.state, verdict.mistakes[0]) == ("wrong", mistake)
    assert speak(verdict.message).startswith(f"{given} ")
    assert speak(verdict.message).endswith("Y[1,1] = 0·3 + 1·2 + 2·1 + 3·0 = 4.")


def test_a_value_that_no_mistake_gives():
    verdict = mark(ask("value", BASIC, 0), "1e3")
    assert (verdict.state, verdict.mistakes) == ("wrong", ())
    assert speak(verdict.message).startswith("No mistake that is known here gives 1000; the steps are shown.")


@pytest.mark.parametrize("given", ["4", " 4,0 ", "8/2", "0.4e1", 4])
def test_numbers_are_read_as_people_have_them(given):
    assert mark(ask("value", BASIC, 0), given).state == "right"


def test_negative_and_halved_numbers():
    question = ask("value", Settings.of([[-1, 0.5]], [[2, -3]]), 0)
    assert question.answer == 4  # X[0]·K[1] + X[1]·K[0] = 3 + 1
    assert speak(mark(question, "4").message) == "Yes. Y[0,1] = (−1)·(−3) + 0.5·2 = 4."
    assert mark(question, "−3").state == "wrong"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "The value is empty: type a number."),
        (None, "The value is empty: type a number."),
        ("four", "The value cannot be read: “four” is not a number. Type 2, −0.5, 1e3 or 1/3."),
        ("1/0", "The value cannot be read: “1/0” divides by zero."),
        ("2e6", "The value cannot be read: “2e6” is outside −1000000 … 1000000."),
        ("9" * 99, f"The value cannot be read: “{'9' * 40}…” is outside −1000000 … 1000000."),
    ],
)
def test_what_cannot_be_read_is_not_wrong(given, said):
    verdict = mark(ask("value", BASIC, 0), given)
    assert (verdict.state, speak(verdict.message), verdict.mistakes) == ("unread", said, ())


def test_a_cell_of_another_channel_is_shown_with_its_channel():
    settings = PRESETS["groups"].settings
    question = next(q for q in (ask("value", settings, seed) for seed in range(50)) if q.cell.startswith("output:1,"))
    assert question.view.channel == question.reveal.channel == (1, 1)
    assert "Y[1," in speak(question.ask)


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds(name):
    before = None
    for seed in range(200):
        question = ask("value", PRESETS[name].settings, seed)
        assert (question.settings, question.cell) != before
        before = question.settings, question.cell
        settings, (channel, row, column) = question.settings, indices(question.cell)
        top, left = settings.layer.padding
        assert question.answer == pytest.approx(torch_output(settings)[channel, row - top, column - left], abs=1e-9)
        assert mark(question, format_number(question.answer)).state == "right"
        for mistake, values in wrong(question).items():
            for value in values:
                verdict = mark(question, format_number(value))
                assert verdict.state == "wrong"
                assert mistake in verdict.mistakes


@pytest.mark.parametrize("name", NAMES)
def test_each_wrong_value_is_what_its_mistake_computes(name):
    for seed in range(30):
        question = ask("value", PRESETS[name].settings, seed)
        settings, at = question.settings, indices(question.cell)
        top, left = settings.layer.padding
        found = wrong(question)
        parts = found.pop("term_forgotten", [])
        terms = gather(settings.layer, settings.size, *at)
        block = at[0] % settings.layer.weight_shape[1]
        products = [settings.input[c][i][j] * settings.weight[c][block][a][b] for c, i, j, a, b in terms]
        products = [product for product in products if product]
        sums = {sum(some) for count in range(1, len(products)) for some in combinations(products, count)}
        assert set(parts) <= sums - {question.answer}
        for mistake, (value,) in found.items():
            assert value == wrong_output(mistake, settings)[at[0], at[1] - top, at[2] - left]
        left_out = {"rows_and_columns"} if one_dimension(settings) else set()
        assert found.keys() == wrong_values(settings, at).keys() - left_out


def test_the_hidden_cell_tells_something():
    for name in NAMES:
        for seed in range(1, 50):
            question = ask("value", PRESETS[name].settings, seed)
            assert question.answer != 0
            assert len(gather(question.settings.layer, question.settings.size, *indices(question.cell))) >= 2
            assert len(wrong(question)) >= 2


def test_every_mistake_has_its_sentence():
    assert texts()["questions"]["mistakes"].keys() == {*MISTAKES, "term_forgotten"}


def test_a_cell_that_nothing_reaches():
    question = ask("value", Settings.of([[1]], [[2]], stride=2, output_padding=1), 0)
    gap = replace(question, cell="output:0,1,1", answer=0.0)
    assert speak(mark(gap, "0").message) == "Yes. No stamp reaches Y[1,1]: it is 0."
    assert mark(gap, "1").state == "wrong"
