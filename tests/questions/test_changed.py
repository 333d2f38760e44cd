"""The question which parameter was changed between two pictures."""

from dataclasses import replace

import pytest

from explorer.documents.messages import speak
from explorer.layer import LayerError
from explorer.limits import LIMITS
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.changed import alike, changes, mistake, picture_of
from explorer.questions.wording import PARAMETERS
from explorer.settings import Settings, one_dimension
from tests.questions.cores import NAMES, torch_output

SETTINGS = Settings.of([[1, 2], [3, 4]], [[1, 1], [1, 2]], stride=2)


def test_a_hand_worked_question():
    after = replace(SETTINGS, layer=replace(SETTINGS.layer, padding=1))
    assert picture_of(SETTINGS).window == (0, 0, 4, 4)
    assert picture_of(after).window == (1, 1, 2, 2)
    assert picture_of(after).values[1].tolist() == [1, 2, 2, 4]
    assert after in changes(SETTINGS)["padding"]


def seed_of(answer, settings=SETTINGS):
    return next(seed for seed in range(100) if ask("changed", settings, seed).answer == answer)


def test_what_is_said():
    question = ask("changed", SETTINGS, seed_of("padding"))
    assert [option.name for option in question.options] == list(PARAMETERS)
    assert [picture.name for picture in question.pictures] == ["before", "after"]
    verdict = mark(question, "padding")
    assert verdict.state == "right"
    said = speak(verdict.message)
    assert said.startswith("Yes, padding from 0 to 1. Padding moves all sides of the frame; the stamps stay.")
    verdict = mark(question, "stride")
    assert (verdict.state, verdict.mistakes) == ("wrong", ("stride_for_padding",))
    assert speak(verdict.message).startswith("The stride sets how far the stamps lie apart; each stamp stays as it is.")


def test_what_is_no_option_is_not_wrong():
    assert mark(ask("changed", SETTINGS, 0), "kernel").state == "unread"


def test_a_change_that_another_one_gives_too_is_not_asked_for():
    # X and K are the same numbers: stride 2 and dilation 2 give the same canvas.
    basic = PRESETS["basic"].settings
    one, other = (replace(basic, layer=replace(basic.layer, **{name: 2})) for name in ("stride", "dilation"))
    assert alike(picture_of(one), picture_of(other))
    assert one not in changes(basic)["stride"]
    assert "dilation" not in changes(basic)


def others(question):
    """The settings after every other change that the page allows, of each parameter but the answer's."""
    settings, is_line = question.settings, one_dimension(question.settings)
    for name in PARAMETERS:
        low, high = LIMITS[name]
        for value in range(low, high + 1):
            own = getattr(settings.layer, name)
            pair = (own[0], value) if is_line else (value, value)
            try:
                if name != question.answer:
                    yield replace(settings, layer=replace(settings.layer, **{name: pair}))
            except LayerError:
                continue


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds(name):
    before, answers = None, set()
    for seed in range(200):
        question = ask("changed", PRESETS[name].settings, seed)
        assert (question.settings, question.after) != before
        before = question.settings, question.after
        answers.add(question.answer)
        fields = [
            one for one in PARAMETERS if getattr(question.settings.layer, one) != getattr(question.after.layer, one)
        ]
        assert fields == [question.answer]
        for settings in (question.settings, question.after):
            picture = picture_of(settings)
            top, left, height, width = picture.window
            inside = picture.values[top : top + height, left : left + width]
            assert inside == pytest.approx(torch_output(settings)[0], abs=1e-9)
        if seed < 40:
            assert not any(alike(picture_of(other), picture_of(question.after)) for other in others(question))
        for option in question.options:
            verdict = mark(question, option.name)
            if option.name == question.answer:
                assert (verdict.state, option.mistakes) == ("right", ())
            else:
                assert (verdict.state, verdict.mistakes) == ("wrong", (mistake(option.name, question.answer),))
                assert verdict.mistakes == option.mistakes
            assert "{" not in speak(verdict.message)
    assert answers == set(PARAMETERS)
