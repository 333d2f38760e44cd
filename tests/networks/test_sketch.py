import random
from dataclasses import asdict
from itertools import pairwise

import numpy as np
import pytest

from explorer import Layer, LayerError, relation
from explorer.networks.call import AxisCall
from explorer.networks.framing import pairs, windows
from explorer.networks.sketch import BREAK, CELLS, FEW, Scale, sketch


def axes(count, seed):
    """Axes of which some are shown whole and some with breaks, with crops at both ends, and a number of input cells."""
    rng = random.Random(seed)
    while count:
        k, s, d = rng.choice([(7, 5, 3), (30, 12, 2), (9, 40, 1), (80, 40, 1)])
        axis = AxisCall(
            rng.randint(1, k), rng.randint(1, s), rng.randint(1, d), rng.randint(-3, 9), rng.randint(-3, 30)
        )
        n = rng.choice([rng.randint(1, 6), rng.randint(7, 60)])
        if axis.transposed_size(n) > 0:
            count -= 1
            yield axis, n


CASES = list(axes(500, seed=1))


def landing(axis, n):
    """The canvas cells that each input cell reaches, (n, k), from the one relation of the project."""
    layer = Layer(kernel_size=(1, axis.kernel_size), stride=(1, axis.stride), dilation=(1, axis.dilation))
    return relation.landing(layer, (1, n))[1]


def test_every_cell_is_what_the_relation_says():
    seen = set()
    for axis, n in CASES:
        drawn, reached = sketch(axis, n), landing(axis, n)
        counts = np.bincount(reached.ravel(), minlength=axis.full_size(n))
        for cell in drawn.cells:
            assert cell.is_added == (not 0 <= cell.position < len(counts))
            assert cell.count == (0 if cell.is_added else counts[cell.position])
            index = cell.position - axis.crop_before
            assert cell.index == (index if 0 <= index < axis.transposed_size(n) else None)
            seen.add((cell.is_added, cell.index is None, min(cell.count, 3)))
        assert (drawn.size, drawn.full_size) == (axis.transposed_size(n), axis.full_size(n))
    assert len(seen) >= 9


def test_every_stamp_is_what_the_relation_says():
    cut = bridged = dilated = 0
    for axis, n in CASES:
        drawn, reached = sketch(axis, n), landing(axis, n)
        x_of = {cell.position: cell.x for cell in drawn.cells}
        for stamp in drawn.stamps:
            cells = reached[stamp.index].tolist()
            assert (stamp.first, stamp.last) == (cells[0], cells[-1])
            assert stamp.is_cut == (cells[0] not in x_of, cells[-1] not in x_of)
            covered = {cell for cell in x_of if cells[0] <= cell <= cells[-1]}
            barred = {cell for cell, x in x_of.items() for bar in stamp.bars if bar[0] <= x < bar[1]}
            assert covered == barred
            assert sum(stop - start for start, stop in stamp.bars) == len(covered)
            assert [(before[1], after[0]) for before, after in pairwise(stamp.bars)] == list(stamp.bridges)
            if axis.dilation > 1:
                assert set(stamp.touches) == {x_of[cell] for cell in cells if cell in x_of}
            cut, bridged, dilated = (
                cut + any(stamp.is_cut),
                bridged + bool(stamp.bridges),
                dilated + bool(stamp.touches),
            )
    assert min(cut, bridged, dilated) > 100


def test_all_stamps_that_reach_a_shown_cell_are_drawn_or_counted():
    left_out = 0
    for axis, n in CASES:
        drawn, reached = sketch(axis, n), landing(axis, n)
        shown = np.array([cell.position for cell in drawn.cells])
        meets = [i for i in range(n) if ((shown >= reached[i][0]) & (shown <= reached[i][-1])).any()]
        indices = [stamp.index for stamp in drawn.stamps]
        assert set(indices) <= set(meets)
        assert indices == sorted(set(indices))
        assert len(indices) + drawn.stamps_left_out == len(meets)
        assert set(pairs(n)) <= set(indices)
        left_out += drawn.stamps_left_out > 0
    assert left_out > 3


def test_no_two_bars_cover_each_other():
    for axis, n in CASES:
        drawn = sketch(axis, n)
        for lane in range(drawn.lanes):
            ends = [(stamp.bars[0][0], stamp.bars[-1][1]) for stamp in drawn.stamps if stamp.lane == lane]
            assert ends
            assert all(before[1] <= after[0] for before, after in pairwise(ends))


def test_cells_and_breaks_are_the_whole_axis():
    broken = 0
    for axis, n in CASES:
        drawn = sketch(axis, n)
        positions = [cell.position for cell in drawn.cells]
        for gap in drawn.breaks:
            positions += range(gap.first, gap.last + 1)
            assert gap.last - gap.first >= BREAK
        assert sorted(positions) == list(
            range(min(0, axis.crop_before), max(axis.full_size(n), axis.full_size(n) - axis.crop_after))
        )
        outputs = [cell.index for cell in drawn.cells if cell.index is not None]
        for gap in drawn.breaks:
            outputs += range(gap.outputs[0], gap.outputs[1] + 1) if gap.outputs else []
        assert sorted(outputs) == list(range(drawn.size))
        inputs = [stamp.index for stamp in drawn.stamps if stamp.x is not None]
        for gap in drawn.breaks:
            inputs += range(gap.inputs[0], gap.inputs[1] + 1) if gap.inputs else []
        missing = set(range(n)) - set(inputs)
        assert len(missing) <= drawn.stamps_left_out
        assert len(inputs) == len(set(inputs))
        broken += len(drawn.breaks) > 0
    assert broken > 100


def test_x_is_to_scale_with_breaks_of_one_width():
    for axis, n in CASES:
        drawn = sketch(axis, n)
        for before, after in pairwise(drawn.cells):
            step = 1 if after.position == before.position + 1 else 1 + BREAK
            assert after.x - before.x == step
        assert drawn.cells[0].x == 0
        assert drawn.cells[-1].x + 1 == drawn.width
        kept = [cell.x for cell in drawn.cells if cell.index is not None]
        assert (drawn.kept[0], drawn.kept[1]) == (kept[0], kept[-1] + 1)  # both sides of a crop are always shown
        for gap in drawn.breaks:
            assert any(cell.x + 1 == gap.x and cell.position + 1 == gap.first for cell in drawn.cells)
        for stamp in drawn.stamps:
            if stamp.x is not None and not any(stamp.is_cut) and drawn.is_at_centre and not stamp.bridges:
                assert stamp.x + 0.5 == sum(stamp.bars[0]) / 2


@pytest.mark.parametrize("n", [1, 2, 3, 17, 10**6])
@pytest.mark.parametrize("k", [1, 2, 16, 97, 10**4, 10**6])
@pytest.mark.parametrize("s", [1, 7, 32, 10**4, 10**6])
@pytest.mark.parametrize("d", [1, 3, 10**4])
def test_whatever_the_sizes_are_it_is_small(n, k, s, d):
    for crops in ((0, 0), (k // 3, k // 2 - 1), (-10, -(10**5)), (10**4, 5)):
        axis = AxisCall(k, s, d, *crops)
        if axis.transposed_size(n) < 1:
            continue
        drawn = sketch(axis, n)
        assert len(drawn.cells) <= 2 * CELLS
        assert len(drawn.stamps) <= (4 * CELLS if drawn.is_at_centre else FEW)
        assert len(drawn.breaks) <= 16
        assert drawn.lanes <= 40
        assert len(str(asdict(drawn))) < 80_000


def test_more_or_fewer_cells_can_be_asked_for():
    axis = AxisCall.of(4, 2, 1)
    assert len(sketch(axis, 10**6, 24).cells) == 24
    assert len(sketch(axis, 10**6, 90).cells) == 90
    assert windows(axis, 10**6, 24)[0] == range(8)


def test_the_hifi_gan_axis_is_shown_in_three_pieces():
    drawn = sketch(AxisCall.of(16, 8, 4), 97)
    assert [gap.first for gap in drawn.breaks] == [24, 408]
    assert [cell.count for cell in drawn.cells[:9]] == [1] * 8 + [2]
    assert drawn.kept == (4, 72)


def test_a_scale():
    scale = Scale([range(4), range(104, 110)])
    assert [scale.at(p) for p in (0, 4, 54, 104, 110)] == [0, 4, 5, 6, 12]
    assert scale.width == 12


@pytest.mark.parametrize(("axis", "n"), [(AxisCall.of(2, 1, 2), 2), (AxisCall(3), 0)])
def test_nothing_left_is_said(axis, n):
    with pytest.raises(LayerError, match="both must be at least 1"):
        sketch(axis, n)
