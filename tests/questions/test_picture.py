"""The question which picture is the output, and the small pictures themselves."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from explorer.documents.messages import message, speak
from explorer.figures.palette import PALETTES
from explorer.mistakes import wrong_output
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.drawing import FADED, LARGEST, MOST, Picture, draw, spoken
from tests.figures.test_palette import contrast, mixed, rgb
from tests.questions.cores import NAMES, torch_output

SVG = "{http://www.w3.org/2000/svg}"
BASIC = PRESETS["basic"].settings


def texts_of(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_hand_worked_question():
    question = ask("picture", BASIC, 0)
    assert question.settings == BASIC
    assert question.view.mask == ("output",)
    texts = {option.name: speak(option.message) for option in question.options}
    assert texts[question.answer] == "3×3: 0 0 1; 0 4 6; 4 12 9"
    mistakes = {option.mistakes: speak(option.message) for option in question.options}
    assert mistakes[("no_flip",)] == "3×3: 0 3 2; 6 14 6; 2 3 0"
    assert mistakes[("overlap_not_added",)] == "3×3: 0 0 1; 0 0 3; 4 6 9"
    verdict = mark(question, question.answer)
    assert verdict.state == "right"
    assert "Y[1,1] = 0·3 + 1·2 + 2·1 + 3·0 = 4" in speak(verdict.message)


def test_what_is_no_option_is_not_wrong():
    for given in ("z", None, ["a"], 3):
        verdict = mark(ask("picture", BASIC, 0), given)
        assert (verdict.state, speak(verdict.message)) == ("unread", "Choose one of the options.")


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds(name):
    before, places = None, set()
    for seed in range(200):
        question = ask("picture", PRESETS[name].settings, seed)
        assert question.settings != before
        before = question.settings
        channel = question.view.channel[1]
        right = torch_output(question.settings)[channel]
        assert 2 <= len(question.options) <= 4
        assert len({speak(option.message) for option in question.options}) == len(question.options)
        places.add(question.answer)
        for option in question.options:
            verdict = mark(question, option.name)
            if option.name == question.answer:
                assert verdict.state == "right"
                assert speak(option.message) == speak(spoken(Picture(right)))
                continue
            assert (verdict.state, verdict.mistakes) == ("wrong", option.mistakes)
            assert option.mistakes
            for mistake in option.mistakes:
                wrong = wrong_output(mistake, question.settings)[channel]
                assert speak(spoken(Picture(wrong))) == speak(option.message)
                assert wrong.shape != right.shape or not np.allclose(wrong, right)
    assert places == {"a", "b", "c", "d"}


@pytest.mark.parametrize("name", ["basic", "stride-2", "padding-1", "overlap"])
def test_there_are_four_pictures(name):
    assert all(len(ask("picture", PRESETS[name].settings, seed).options) == 4 for seed in range(50))


def test_a_picture_is_plain():
    picture = Picture(np.array([[0.0, -2.0], [np.nan, 3.5]]))
    svg = draw(picture, message("questions.picture.name", name="b"))
    root = ElementTree.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Picture b")
    assert texts_of(svg) == ["0", "−2", "3.5"]
    assert "NaN" not in svg
    assert "nan" not in svg
    assert len(list(root.iter(f"{SVG}rect"))) == 4


def test_a_canvas_has_its_frame():
    picture = Picture(np.arange(9.0).reshape(3, 3), (1, 1, 1, 2))
    root = ElementTree.fromstring(draw(picture, message("questions.changed.before")))
    (frame,) = [box for box in root.iter(f"{SVG}rect") if box.get("stroke-dasharray")]
    assert [float(frame.get(name)) for name in ("x", "y", "width", "height")] == [30, 30, 60, 30]
    assert speak(spoken(picture)) == "Canvas 3×3, frame from row 1 and column 1, 1×2: 4 5"


def test_pictures_do_not_tell_the_right_one_apart():
    for seed in range(50):
        question = ask("picture", PRESETS["stride-2"].settings, seed)
        boxes = {ElementTree.fromstring(option.picture).get("viewBox") for option in question.options}
        labels = [ElementTree.fromstring(option.picture).get("aria-label") for option in question.options]
        assert len(boxes) == 1
        assert labels == [f"Picture {option.name.upper()}" for option in question.options]
        assert max(float(n) for n in boxes.pop().split()) <= LARGEST * 30 + 6


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_numbers_are_readable_in_both_themes(palette):
    for ground in (palette.background, palette.surface):
        for colour in (palette.primary, palette.warning, palette.text):
            assert contrast(rgb(palette.text), mixed(ground, colour, MOST)) >= 4.5
        assert contrast(mixed(ground, palette.text, FADED), rgb(ground)) >= 4.5
