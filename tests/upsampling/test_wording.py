import numpy as np
import pytest

from explorer import Layer
from explorer.text import speaking, texts
from explorer.upsampling.phases import mend, verdict
from explorer.upsampling.wording import mend_text, verdict_texts

CASES = {
    "ones": (np.ones((1, 1, 3, 3)), Layer(kernel_size=3, stride=2)),
    "even": (np.full((1, 1, 4, 4), 1 / 3), Layer(kernel_size=4, stride=2)),
    "one_phase": (np.ones((1, 1, 3, 3)), Layer(kernel_size=3)),
    "holes": (np.ones((1, 1, 2, 2)), Layer(kernel_size=2, stride=3)),
    "dilated": (np.ones((1, 1, 4, 4)), Layer(kernel_size=4, stride=2, dilation=2)),
    "many": (np.arange(25.0).reshape(1, 1, 5, 5), Layer(kernel_size=5, stride=5)),
    "pairs": (np.arange(16.0).reshape(2, 2, 2, 2), Layer(2, 2, 2, 2)),
    "even_pairs": (np.ones((2, 2, 2, 2)), Layer(2, 2, 2, 2)),
}
SAID = {
    "ones": "Yes. The 4 phase sums are 4, 2, 2, 1; a flat input comes out as those numbers, side by side. "
    "It would be flat only if all were equal.",
    "even": "No. All 4 phase sums are 1.333, so a flat input comes out flat, away from the border.",
    "one_phase": "No. At stride 1 the kernel has one phase only, so there is nothing that could differ.",
    "holes": "Yes, with holes. 5 of the 9 phases have no kernel cell: their output cells are always 0.",
    "dilated": "Yes, with holes. 3 of the 4 phases have no kernel cell: their output cells are always 0.",
    "many": "Yes. The 25 phase sums go from 0 to 24; a flat input comes out as those numbers, side by side. "
    "It would be flat only if all were equal.",
    "pairs": "Yes. In 4 of the 4 channel pairs the 4 phase sums differ. "
    "A flat input comes out flat only if they are equal in each.",
    "even_pairs": "No. In each of the 4 channel pairs all 4 phase sums are equal, "
    "so a flat input comes out flat, away from the border.",
}
MENDED = {
    "ones": "The nearest kernel with equal sums and the same total brings each phase to 2.25.",
    "even": "There is nothing to mend.",
    "holes": "No weights mend it: 5 of the 9 phases have no kernel cell. It takes a kernel at least as large as the "
    "stride, and a dilation that shares no divisor with it.",
    "pairs": "The nearest kernel with equal sums and the same totals brings the phases of each of the 4 channel pairs "
    "to their mean.",
}


@pytest.mark.parametrize("name", CASES)
def test_verdicts(name):
    assert " ".join(verdict_texts(verdict(*CASES[name]))) == SAID[name]


@pytest.mark.parametrize(
    ("language", "name", "answer", "end"),
    [
        ("en", "ones", "Yes.", "equal."),
        ("en", "holes", "Yes, with holes.", "always 0."),
        ("en", "even", "No.", "border."),
        ("zh", "ones", "会\u3002", "输出才是常数\u3002"),
        ("zh", "holes", "会\uff0c而且有空洞\u3002", "总是 0\u3002"),
        ("zh", "even_pairs", "不会\u3002", "(边缘除外)\u3002"),
    ],
)
def test_the_answer_and_its_reason_come_apart(language, name, answer, end):
    with speaking(language):
        said, reason = verdict_texts(verdict(*CASES[name]))
    assert said == answer
    assert reason.endswith(end)


@pytest.mark.parametrize("name", MENDED)
def test_mending(name):
    assert mend_text(verdict(*CASES[name]), mend(*CASES[name])) == MENDED[name]


def test_all_texts_are_said_here():
    assert len(set(SAID.values())) == len(texts()["upsampling"]["verdict"]) + 1  # holes in two ways
    assert len(set(MENDED.values())) == len(texts()["upsampling"]["mend"])
