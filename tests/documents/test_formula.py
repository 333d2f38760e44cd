import numpy as np
import pytest
import torch

from explorer.documents.formula import formula
from explorer.documents.messages import speak
from explorer.operation import run
from explorer.settings import Settings, one_dimension
from explorer.views import View
from tests.layers import random_settings

SQUARE = [[0, 1], [2, 3]]


def spoken(settings, **view):
    """(letters, numbers) of each formula."""
    return [tuple(speak(one[row]) for row in ("letters", "numbers")) for one in formula(run(settings), View(**view))]


def test_the_letters_stand_first():
    assert spoken(Settings.of(SQUARE, SQUARE, padding=1)) == [
        ("H′ = W′ = (H−1)·s − 2p + d(k−1) + o + 1", "= (2−1)·1 − 2·1 + 1·(2−1) + 0 + 1 = 1")
    ]


def test_both_axes_where_they_differ():
    assert spoken(Settings.of([[1]] * 6, [[1]] * 5, stride=3, padding=(2, 0))) == [
        ("H′ = (H−1)·s − 2p + d(k−1) + o + 1", "= (6−1)·3 − 2·2 + 1·(5−1) + 0 + 1 = 16"),
        ("W′ = (W−1)·s − 2p + d(k−1) + o + 1", "= (1−1)·3 − 2·0 + 1·(1−1) + 0 + 1 = 1"),
    ]


def test_backward_is_the_convolutions():
    assert spoken(Settings.of(SQUARE, SQUARE, padding=1), backward=True) == [
        ("H = W = ⌊(H′ + 2p − d(k−1) − 1)/s⌋ + 1", "= ⌊(1 + 2·1 − 1·(2−1) − 1)/1⌋ + 1 = 2")
    ]
    assert [letters for letters, _ in spoken(Settings.of([[1, 2], [3, 4], [5, 6]], [[1]]), backward=True)] == [
        "H = ⌊(H′ + 2p − d(k−1) − 1)/s⌋ + 1",
        "W = ⌊(W′ + 2p − d(k−1) − 1)/s⌋ + 1",
    ]


def test_one_row_has_only_a_width():
    row = Settings.of([[1, 2, 3]], [[1, 1]], stride=2)
    assert [letters for letters, _ in spoken(row)] == ["W′ = (W−1)·s − 2p + d(k−1) + o + 1"]
    assert [letters for letters, _ in spoken(row, backward=True)] == ["W = ⌊(W′ + 2p − d(k−1) − 1)/s⌋ + 1"]


@pytest.mark.parametrize("settings", list(random_settings(30, 11)), ids=range(30))
def test_backward_the_size_is_torchs(settings):
    layer = settings.layer
    operation = run(settings)
    v = torch.zeros(operation.output.shape, dtype=torch.float64)[None]
    weight = torch.from_numpy(operation.weight.copy())
    found = torch.nn.functional.conv2d(v, weight, None, layer.stride, layer.padding, layer.dilation, layer.groups)
    said = [one["numbers"]["values"]["out"] for one in formula(operation, View(backward=True))]
    shape = list(found.shape[2:])
    assert said == shape[1:] if one_dimension(settings) else said in (shape, list(np.unique(shape)))
