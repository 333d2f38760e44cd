"""The question whether it is a checkerboard."""

import numpy as np
import pytest

from explorer import phase_sums
from explorer.documents.messages import speak
from explorer.presets import PRESETS
from explorer.questions import ask, mark
from explorer.questions.checkerboard import BELIEFS, is_even
from explorer.settings import Settings, one_dimension
from explorer.text import texts
from tests.questions.cores import NAMES, torch_output


@pytest.mark.parametrize(
    ("kernel", "sums"),
    [
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]]),
        (np.ones((3, 3)), [[4, 2], [2, 1]]),
        (np.ones((4, 4)), [[4, 4], [4, 4]]),
    ],
)
def test_hand_worked_phases(kernel, sums):
    settings = Settings.of(np.ones((4, 4)), kernel, stride=2)
    assert phase_sums(np.array(settings.weight), settings.layer)[0, 0].tolist() == np.array(sums).tolist()
    assert is_even(settings) == (np.ptp(sums) == 0)


def test_the_notebooks_question():
    question = ask("checkerboard", PRESETS["checkerboard"].settings, 0)
    assert question.settings == PRESETS["checkerboard"].settings
    assert question.answer == "yes"
    assert speak(mark(question, "yes").message) == (
        "Right. Inside, each cell of Y adds up one phase of K. "
        "The phases sum to 4, 2, 2, 1: not all the same, so it is a checkerboard."
    )
    assert mark(question, "no").mistakes == ("equal_weights",)
    cured = ask("checkerboard", PRESETS["checkerboard-cured"].settings, 0)
    assert (cured.answer, mark(cured, "yes").mistakes) == ("no", ("any_stride",))


def test_that_the_stride_divides_the_kernel_cures_nothing():
    question = ask("checkerboard", Settings.of(np.ones((4, 4)), [[1, 2], [3, 4]], stride=2), 0)
    assert question.answer == "yes"
    verdict = mark(question, "no")
    assert (verdict.state, verdict.mistakes) == ("wrong", ("divisible",))
    assert "the kernel's numbers do" in speak(verdict.message)


def test_what_is_no_option_is_not_wrong():
    assert mark(ask("checkerboard", PRESETS["checkerboard"].settings, 0), "maybe").state == "unread"


def inside_of(settings, cells=14):
    """The inside of the output of a large X of ones, by torch: where every phase is whole."""
    layer = settings.layer
    is_line = one_dimension(settings)
    x = np.ones((1, 1 if is_line else cells, cells))
    output = torch_output(Settings.of(x, settings.weight, stride=layer.stride, dilation=layer.dilation))[0]
    reach = [d * (k - 1) for k, _, _, _, d in layer.axes]
    rows = slice(None) if is_line else slice(reach[0], layer.stride[0] * (cells - 1) + 1)
    return output[rows, reach[1] : layer.stride[1] * (cells - 1) + 1]


@pytest.mark.parametrize("name", NAMES)
def test_200_seeds(name):
    before, answers = None, []
    for seed in range(200):
        question = ask("checkerboard", PRESETS[name].settings, seed)
        settings = question.settings
        assert settings != before
        before = settings
        answers.append(question.answer)
        assert set(np.ravel(settings.input)) == {1}
        assert (np.ptp(inside_of(settings)) < 1e-9) == (question.answer == "no")
        wrong = "yes" if question.answer == "no" else "no"
        assert mark(question, question.answer).state == "right"
        verdict = mark(question, wrong)
        assert verdict.state == "wrong"
        believed = {belief for belief, says_even in BELIEFS.items() if says_even(settings) == (wrong == "no")}
        assert set(verdict.mistakes) == believed
    assert 60 < answers.count("yes") < 140


def test_every_belief_has_its_sentence():
    assert texts()["questions"]["checkerboard"]["mistakes"].keys() == BELIEFS.keys()
