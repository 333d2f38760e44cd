"""What comes after the layer: hand-worked integers first, then torch by brute force."""

import numpy as np
import pytest
import torch

from explorer import METHODS, LayerError
from explorer.afterwards import nearest_crop
from explorer.changing import changed
from explorer.cost import costs
from explorer.operation import run
from explorer.settings import Settings
from tests.layers import random_settings, with_afterwards

SQUARE = [[1, 2], [3, 4]]
KERNEL_3 = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def output(settings):
    return run(settings).output.astype(int).tolist()


def test_the_end_alone_is_cropped():
    # stride 2, kernel 2: the four stamps lie side by side; the last row and column go.
    whole = [[1, 2, 2, 4], [3, 4, 6, 8], [3, 6, 4, 8], [9, 12, 12, 16]]
    assert output(Settings.of(SQUARE, SQUARE, stride=2)) == [whole]
    cut = Settings.of(SQUARE, SQUARE, stride=2, crop=((0, 1), (0, 1)))
    assert output(cut) == [[row[:3] for row in whole[:3]]]
    assert cut.window == (0, 0, 3, 3)


def test_same_of_keras_is_a_crop_of_the_end():
    # kernel 3, stride 2: 5×5 on the canvas, SAME keeps 2·2 cells, and the one too many goes at the end.
    whole = [[1, 2, 5, 4, 6], [4, 5, 14, 10, 12], [10, 14, 36, 24, 30], [12, 15, 34, 20, 24], [21, 24, 55, 32, 36]]
    assert output(Settings.of(SQUARE, KERNEL_3, stride=2)) == [whole]
    assert output(Settings.of(SQUARE, KERNEL_3, stride=2, crop=((0, 1), (0, 1)))) == [[row[:4] for row in whole[:4]]]


def test_each_end_is_cropped_for_itself():
    cut = Settings.of(SQUARE, SQUARE, stride=2, crop=((1, 0), (2, 1)))
    assert output(cut) == [[[6], [4], [12]]]
    assert cut.window == (1, 2, 3, 1)


def test_the_bias_is_also_where_no_stamp_reaches():
    # stride 2, kernel 1: three of four cells are gaps.
    gaps = Settings.of(SQUARE, [[5]], stride=2, bias=[7])
    assert output(gaps) == [[[12, 7, 17], [7, 7, 7], [22, 7, 27]]]
    assert [row[0] for row in run(gaps).scatter_steps(0).sums.tolist()] == [12, 17, 22, 27]


def test_the_bias_is_not_on_what_is_cropped():
    canvas = run(Settings.of(SQUARE, SQUARE, padding=1, bias=[100])).scatter_steps(0).canvas
    assert canvas.astype(int).tolist() == [[1, 4, 4], [6, 120, 16], [9, 24, 16]]


def test_each_output_channel_has_its_own_bias():
    settings = Settings.of([[1]], [[[[1]], [[2]]]], bias=[10, 20])
    assert output(settings) == [[[11]], [[22]]]


def any_afterwards(count, seed, whole):
    rng = np.random.default_rng(seed)
    return (with_afterwards(plain, rng, whole) for plain in random_settings(count, seed, whole))


def by_torch(settings):
    layer, (rows, columns) = settings.layer, settings.crop
    names = ("stride", "padding", "output_padding", "groups", "dilation")
    given = (torch.tensor(values, dtype=torch.float64) for values in (settings.input, settings.weight, settings.biases))
    whole = torch.nn.functional.conv_transpose2d(*given, **{name: getattr(layer, name) for name in names}).numpy()
    return whole[:, rows[0] : whole.shape[1] - rows[1], columns[0] : whole.shape[2] - columns[1]]


@pytest.mark.parametrize("whole", [True, False])
def test_it_is_torch_with_a_bias_and_a_slice(whole):
    for settings in any_afterwards(150, 14, whole):
        found, operation = by_torch(settings), run(settings)
        assert operation.agreement.agrees, settings
        for result in operation.results.values():
            assert result.output.shape == settings.output_shape == found.shape
            assert np.allclose(result.output, found, rtol=0, atol=0 if whole else 1e-12)
        canvas = operation.scatter_steps(0).canvas
        top, left, height, width = settings.window
        assert np.allclose(canvas[top : top + height, left : left + width], found[0], atol=0 if whole else 1e-12)
        product = operation.conv_matrix.T @ operation.input.ravel()
        bias = np.array(settings.biases)[:, None, None]
        assert np.allclose(product.reshape(found.shape) + bias, found, rtol=0, atol=0 if whole else 1e-12)


def test_the_gradient_is_autograds_through_bias_and_slice():
    for settings in any_afterwards(60, 15, True):
        x = torch.tensor(settings.input, dtype=torch.float64, requires_grad=True)
        layer, (rows, columns) = settings.layer, settings.crop
        names = ("stride", "padding", "output_padding", "groups", "dilation")
        weight, bias = (torch.tensor(values, dtype=torch.float64) for values in (settings.weight, settings.biases))
        y = torch.nn.functional.conv_transpose2d(x, weight, bias, **{name: getattr(layer, name) for name in names})
        y = y[:, rows[0] : y.shape[1] - rows[1], columns[0] : y.shape[2] - columns[1]]
        upstream = np.arange(np.prod(y.shape), dtype=float).reshape(y.shape)
        y.backward(torch.tensor(upstream))
        found = run(settings).gradient(upstream)
        assert np.array_equal(found.result, x.grad.numpy())
        assert found.agrees


def test_without_crop_and_bias_nothing_is_another():
    plain = Settings.of(SQUARE, SQUARE)
    assert plain == Settings.of(SQUARE, SQUARE, crop=[[0, 0], [0, 0]], bias=[0]) == plain.plain
    assert hash(plain) == hash(Settings.of(SQUARE, SQUARE, bias=(0.0,)))
    x, k = np.array(plain.input), np.array(plain.weight)
    assert np.array_equal(run(plain).output, METHODS["naive"](x, k, plain.layer))


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("crop", ((0, 3), (0, 0)), "leaves no cell of 3 along the height"),
        ("crop", ((0, 0), (2, 1)), "leaves no cell of 3 along the width"),
        ("crop", ((-1, 0), (0, 0)), "each must be at least 0"),
        ("crop", (1, 1), "must be ((top, bottom), (left, right))"),
        ("crop", ((0, 0.5), (0, 0)), "must be a whole number"),
        ("crop", "0,1", "must be ((top, bottom), (left, right))"),
        ("bias", (1, 2), "must be 1, one for each output channel"),
        ("bias", (float("nan"),), "must be finite"),
        ("bias", ("x",), "must be numbers, one for each output channel"),
        ("bias", 3, "must be numbers, one for each output channel"),
    ],
)
def test_what_cannot_be_is_refused(field, value, rule):
    with pytest.raises(LayerError) as raised:
        Settings(**{field: value})
    assert (raised.value.field, raised.value.rule) == (field, rule)


def test_another_control_takes_the_crop_back_and_says_so():
    cut = Settings.of(SQUARE, KERNEL_3, stride=2, crop=((0, 4), (3, 0)))
    smaller, notices = changed(cut, "kernel_height", 1)
    assert smaller.crop == ((0, 2), (3, 0))
    assert [notice.key for notice in notices] == ["crop_moved"]
    assert changed(cut, "stride", 3)[1] == []


def test_the_end_gives_way_before_the_start():
    assert nearest_crop(((2, 3), (9, 1)), (4, 3)) == ((2, 1), (2, 0))


def test_the_bias_follows_the_output_channels():
    one = Settings.of(SQUARE, SQUARE, bias=[0.5])
    assert changed(one, "out_channels", 3)[0].bias == (0.5, 0.5, 0.5)
    two = Settings.of([[1]], [[[[1]], [[2]]]], bias=[1, 2])
    found, notices = changed(two, "out_channels", 3)
    assert found.bias == (1, 2, 0)
    assert [notice.key for notice in notices] == ["bias_moved"]


def test_the_cost_is_that_of_the_kept_cells():
    cut = ((0, 1), (0, 1))
    whole, kept = (costs(Settings.of(SQUARE, SQUARE, stride=2).layer, (2, 2), crop) for crop in (((0, 0), (0, 0)), cut))
    assert (kept["scatter"].multiply_adds, kept["scatter"].cropped) == (16, 7)
    assert (kept["sparse"].multiply_adds, kept["matrix"].multiply_adds) == (9, 36)
    assert whole["scatter"].cropped == 0
