from dataclasses import replace

import numpy as np
import pytest

from explorer import METHODS, Layer
from explorer.methods.zero_insertion import zero_inserted
from explorer.relation import entries, inputs_of, landing, outputs_of, stamps, windows, zero_inserted_lines
from tests.layers import random_layers, whole_numbers
from tests.references import gather, overlap_count, zero_inserted_cells

UNEVEN = Layer(kernel_size=(2, 3), stride=(2, 1), dilation=(1, 2))  # of a 2×2 input: canvas 4×6
GROUPED = Layer(in_channels=4, out_channels=6, groups=2)


def test_landing_is_stride_times_cell_plus_dilation_times_kernel_cell():
    rows, columns = landing(UNEVEN, (2, 2))
    assert rows.tolist() == [[0, 1], [2, 3]]
    assert columns.tolist() == [[0, 2, 4], [1, 3, 5]]


def test_stamps_are_flat_in_the_canvas():
    flat = stamps(UNEVEN, (2, 2))
    assert flat.shape == (2, 2, 2, 3)
    assert flat[0, 0].tolist() == [[0, 2, 4], [6, 8, 10]]
    assert flat[1, 1].tolist() == [[13, 15, 17], [19, 21, 23]]


def test_stamps_are_flat_in_the_canvas_as_it_is_drawn():
    # output_padding > padding widens the 4×4 canvas to 5×5; padding alone leaves it as it is.
    assert stamps(Layer(stride=2, output_padding=1), (2, 2))[1, 1].tolist() == [[12, 13], [17, 18]]
    assert stamps(Layer(stride=2, padding=1), (2, 2))[1, 1].tolist() == [[10, 11], [14, 15]]


def test_zeros_are_put_between_the_cells_and_around_them():
    rows, columns = zero_inserted_lines(Layer(kernel_size=(2, 3), stride=2), (2, 2))
    assert (rows.tolist(), columns.tolist()) == ([1, 3], [2, 4])
    cells = zero_inserted_cells(Layer(stride=2), (2, 2))
    assert cells.tolist() == [[-1] * 5, [-1, 0, -1, 1, -1], [-1] * 5, [-1, 2, -1, 3, -1], [-1] * 5]
    assert Layer(stride=2).zero_inserted_window((2, 2)) == (0, 0, 5, 5)


def test_a_negative_border_crops():
    layer = Layer(kernel_size=1, padding=1, stride=2)
    rows, columns = zero_inserted_lines(layer, (2, 3))
    assert (rows.tolist(), columns.tolist()) == ([0, 2], [0, 2, 4])
    assert zero_inserted_cells(layer, (2, 3)).tolist() == [[0, -1, 1, -1, 2], [-1] * 5, [3, -1, 4, -1, 5]]
    assert layer.zero_inserted_window((2, 3)) == (1, 1, 1, 3)


def test_windows_read_the_relation_backwards():
    rows, columns = windows(UNEVEN, (2, 2))
    assert rows.tolist() == [[1, 0], [2, 1], [3, 2], [4, 3]]
    assert columns.tolist() == [[4, 2, 0], [5, 3, 1], [6, 4, 2], [7, 5, 3], [8, 6, 4], [9, 7, 5]]
    cropped = windows(Layer(padding=1), (2, 2))[0]  # border 0: the first and the last canvas row stick out
    assert cropped.tolist() == [[0, -1], [1, 0], [-1, 1]]


def test_what_lies_in_the_frame_is_what_the_method_slides_over():
    for layer, size in random_layers(200, 17):
        input = np.arange(1.0, layer.in_channels * size[0] * size[1] + 1).reshape(layer.in_channels, *size)
        drawn = np.zeros((layer.in_channels, *layer.zero_inserted_size(size)))
        rows, columns = zero_inserted_lines(layer, size)
        drawn[:, rows[:, None], columns] = input
        top, left, height, width = layer.zero_inserted_window(size)
        framed = drawn[:, top : top + height, left : left + width]
        assert np.array_equal(framed, zero_inserted(input, layer))


def test_windows_find_the_gathered_cells():
    for layer, size in random_layers(60, 18):
        cells, (rows, columns) = zero_inserted_cells(layer, size), windows(layer, size)
        top, left, height, width = layer.window(size)
        assert (rows[top : top + height] >= 0).all()
        assert (columns[left : left + width] >= 0).all()
        for row, column in ((top, left), (top + height - 1, left + width - 1), (top + height // 2, left)):
            met = [
                (*divmod(int(cells[rows[row, a], columns[column, b]]), size[1]), a, b)
                for a, b in np.ndindex(layer.weight_shape[2:])
                if cells[rows[row, a], columns[column, b]] >= 0
            ]
            ci = inputs_of(layer, 0)[0]
            assert sorted(met) == sorted(term[1:] for term in gather(layer, size, 0, row, column) if term[0] == ci)


def test_groups():
    assert [outputs_of(GROUPED, ci) for ci in range(4)] == [range(3), range(3), range(3, 6), range(3, 6)]
    assert [inputs_of(GROUPED, co) for co in range(6)] == 3 * [range(2)] + 3 * [range(2, 4)]


def test_the_reference_by_hand():
    assert gather(Layer(), (2, 2), 0, 1, 1) == [(0, 0, 0, 1, 1), (0, 0, 1, 1, 0), (0, 1, 0, 0, 1), (0, 1, 1, 0, 0)]
    assert gather(Layer(stride=2), (2, 2), 0, 1, 2) == [(0, 0, 1, 1, 0)]
    assert gather(GROUPED, (1, 2), 4, 0, 1) == [(2, 0, 0, 0, 1), (2, 0, 1, 0, 0), (3, 0, 0, 0, 1), (3, 0, 1, 0, 0)]
    assert gather(Layer(stride=3, dilation=2), (2, 2), 0, 0, 1) == []  # a hole in a dilated stamp
    # The checkerboard of a 3×3 kernel at stride 2: 4, 2, 2 and 1.
    checkerboard = overlap_count(Layer(kernel_size=3, stride=2), (2, 2)).tolist()
    assert checkerboard == 2 * [[1, 1, 2, 1, 1]] + [[2, 2, 4, 2, 2]] + 2 * [[1, 1, 2, 1, 1]]


@pytest.mark.parametrize(
    ("layer", "size", "row", "column", "weight"),
    [
        pytest.param(
            Layer(),
            (2, 2),
            [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3],
            [0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8],
            4 * [0, 1, 2, 3],
            id="notebook",
        ),
        pytest.param(Layer(padding=1), (2, 2), [0, 1, 2, 3], [0, 0, 0, 0], [3, 2, 1, 0], id="padding crops"),
        pytest.param(Layer(padding=(0, 1)), (1, 2), [0, 0, 1, 1], [0, 1, 0, 1], [1, 3, 0, 2], id="width cropped"),
        pytest.param(Layer(1, 2, 1), (1, 2), [0, 0, 1, 1], [0, 2, 1, 3], [0, 1, 0, 1], id="two outputs"),
        pytest.param(Layer(2, 1, 1), (1, 2), [0, 1, 2, 3], [0, 1, 0, 1], [0, 0, 1, 1], id="two inputs"),
        pytest.param(Layer(2, 2, 1, groups=2), (1, 1), [0, 1], [0, 1], [0, 1], id="two groups"),
    ],
)
def test_entries(layer, size, row, column, weight):
    found = entries(layer, size)
    assert (found.row.tolist(), found.column.tolist(), found.weight.tolist()) == (row, column, weight)


def test_gathered_terms_sum_to_the_naive_canvas():
    rng = np.random.default_rng(0)
    for layer, size in random_layers(80, 1):
        x, w = whole_numbers((layer.in_channels, *size), rng), whole_numbers(layer.weight_shape, rng)
        canvas = np.zeros((layer.out_channels, *layer.canvas_size(size)))
        for co, row, column in np.ndindex(canvas.shape):
            for ci, i, j, a, b in gather(layer, size, co, row, column):
                canvas[co, row, column] += x[ci, i, j] * w[ci, co - outputs_of(layer, ci).start, a, b]
        top, left, height, width = layer.window(size)
        window = canvas[:, top : top + height, left : left + width]
        assert np.array_equal(window, METHODS["naive"](x, w, layer)), (layer, size)
        rows, columns = layer.full_size(size)
        full = METHODS["naive"](x, w, replace(layer, padding=0, output_padding=0))
        assert np.array_equal(canvas[:, :rows, :columns], full), (layer, size)
        assert not canvas[:, rows:].any(), (layer, size)
        assert not canvas[:, :, columns:].any(), (layer, size)


def test_stamps_and_groups_agree_with_landing():
    for layer, size in random_layers(300, 2):
        rows, columns = landing(layer, size)
        canvas = layer.canvas_size(size)
        down, across = np.unravel_index(stamps(layer, size), canvas)
        assert (down == rows[:, None, :, None]).all(), (layer, size)
        assert (across == columns[None, :, None, :]).all(), (layer, size)
        pairs = {(ci, co) for ci in range(layer.in_channels) for co in outputs_of(layer, ci)}
        assert pairs == {(ci, co) for co in range(layer.out_channels) for ci in inputs_of(layer, co)}, layer


def test_entries_are_the_gathered_terms_of_the_window():
    for layer, size in random_layers(40, 3):
        top, left, height, width = layer.window(size)
        gathered = set()
        for column, (co, row, col) in enumerate(np.ndindex(layer.out_channels, height, width)):
            for ci, i, j, a, b in gather(layer, size, co, row + top, col + left):
                block = co - outputs_of(layer, ci).start
                weight = np.ravel_multi_index((ci, block, a, b), layer.weight_shape)
                gathered.add((np.ravel_multi_index((ci, i, j), (layer.in_channels, *size)), column, weight))
        found = list(zip(*entries(layer, size), strict=True))
        assert set(found) == gathered, (layer, size)
        assert len(found) == len(gathered), (layer, size)
        assert found == sorted(found), (layer, size)
