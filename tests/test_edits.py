import random

import numpy as np
import pytest

from explorer.edits import Refusal, edited, pasted
from explorer.notices import error_text, notice_text, refusal_text
from explorer.placing import fitted, grid_shape
from explorer.settings import LIMITS, Settings
from tests.layers import random_settings
from tests.test_reading import broken
from tests.test_settings import assert_within_limits

START = Settings.of([[0, 1], [2, 3]], [[0, 1], [2, 3]])
TWO = Settings.of([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], [[[[1, 0], [0, 1]]], [[[0, 1], [2, 0]]]])
UPSTREAM = np.arange(9.0).reshape(1, 3, 3)
PRINTED = "tensor([[[[1., 2.],\n          [3., 4.]],\n\n         [[5., 6.],\n          [7., 8.]]]])"  # (1, 2, 2, 2)


def said(done):
    return list(map(notice_text, done.notices))


def test_one_number():
    done = edited(START, "input", (0, 1, 0), "1e3")
    assert done[:3] == (Settings.of([[0, 1], [1000, 3]], [[0, 1], [2, 3]]), [], [])
    assert edited(START, "kernel", (0, 0, 0, 1), "0,5")[0] == Settings.of([[0, 1], [2, 3]], [[0, 0.5], [2, 3]])
    assert edited(START, "input", (0, 0, 0), " –2\r\n").settings == Settings.of([[-2, 1], [2, 3]], [[0, 1], [2, 3]])


def test_a_block_that_fits():
    settings, refusals, notices, _ = edited(START, "input", (0, 0, 0), "5\t6\r\n7\t-8\r\n")
    assert settings == Settings.of([[5, 6], [7, -8]], [[0, 1], [2, 3]])
    assert (refusals, notices) == ([], [])


@pytest.mark.parametrize(
    "text", ["[[5, 6], [7, 8]]", "[5 6; 7 8]", r"5 & 6 \\ 7 & 8", "5,6\n7,8", "array([[5., 6.],\n [7., 8.]])"]
)
def test_a_block_in_any_notation(text):
    assert edited(START, "input", (0, 0, 0), text).settings == Settings.of([[5, 6], [7, 8]], [[0, 1], [2, 3]])


def test_a_block_enlarges_the_grid_by_zeros_and_says_so():
    done = edited(START, "kernel", (0, 0, 1, 1), "5\t6\n7\t8")
    assert done.settings.weight == ((((0, 1, 0), (2, 5, 6), (0, 7, 8)),),)  # no number is invented
    assert done.refusals == []
    assert said(done) == ["K is 3×3 now, to hold what was pasted."]


def test_a_block_beyond_the_limit_is_cut_and_says_so():
    block = "\n".join("\t".join(str(10 * i + j) for j in range(12)) for i in range(9))
    settings, _, notices, _ = edited(START, "input", (0, 0, 0), block)
    assert settings.input[0] == tuple(tuple(10.0 * i + j for j in range(8)) for i in range(8))
    assert [notice.key for notice in notices] == ["enlarged", "cut"]
    done = edited(settings, "input", (0, 7, 7), "1\t2\n3\t4")
    assert done.settings.input[0][7][7] == 1
    assert said(done) == ["X holds 8×8 at most here: what was pasted beyond is left out."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x\t9\t9\n1/0\t9\t9", "line 1, entry 1: “x” is not a number; numbers are 2, −0.5, 1e3 or 1/3."),
        ("9\t9\t9\n9\t9\tx", "line 2, entry 3: “x” is not a number; numbers are 2, −0.5, 1e3 or 1/3."),
        ("9\t9\n9\t", "line 2, entry 2: here a number is missing."),
        ("9\t", "line 1, entry 2: here a number is missing."),
        ("9 9\n9", "line 2, entry 1: numbers in this row: 1, in the first: 2; all rows must be of one length."),
        ("[9, nan, 9]", "line 1, entry 2: “nan” is not finite; numbers are from −1000000 to 1000000."),
        (
            "[[0. ... 9.]]",
            "line 1, entry 2: “...” stands for numbers that the print left out; print the array in full.",
        ),
    ],
)
def test_what_cannot_be_read_changes_and_enlarges_nothing(text, reason):
    for grid, at in (("input", (0, 1, 1)), ("kernel", (0, 0, 1, 1)), ("upstream", (0, 2, 2))):
        done = edited(START, grid, at, text, UPSTREAM)
        assert (done.settings, done.notices) == (START, [])
        assert done.upstream is UPSTREAM
        (refusal,) = done.refusals
        name = {"input": "X", "kernel": "K", "upstream": "dY"}[grid]
        assert refusal_text(refusal, grid, START.layer) == {
            "at": list(at),
            "text": f"Nothing was pasted into {name}: {reason}",
        }
        assert pasted(START, grid, at[:-2], text, UPSTREAM).settings == START


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x", "not_a_number"),
        ("two words", "not_a_number"),
        ("1/0", "division_by_zero"),
        ("1e7", "too_large"),
        ("", "not_a_number"),
    ],
)
def test_one_entry_that_is_no_number_is_refused_as_a_number(text, key):
    assert edited(START, "input", (0, 1, 1), text)[:3] == (START, [Refusal((0, 1, 1), text, key, 3.0)], [])


@pytest.mark.parametrize("channel", [0, 1])
def test_only_the_edited_channel_changes(channel):
    start = Settings.of(np.arange(8).reshape(2, 2, 2), np.ones((2, 1, 1, 1)))
    settings = edited(start, "input", (channel, 1, 1), "-1")[0]
    changed = np.array(settings.input) != np.array(start.input)
    assert changed.sum() == 1
    assert changed[channel, 1, 1]


def test_one_block_goes_into_the_shown_channel_and_the_others_keep_their_numbers():
    done = edited(TWO, "kernel", (1, 0, 0, 0), "9 9 9\n9 9 9\n9 9 9")
    assert np.array(done.settings.weight).tolist() == [
        [[[1, 0, 0], [0, 1, 0], [0, 0, 0]]],
        [[[9, 9, 9], [9, 9, 9], [9, 9, 9]]],
    ]
    done = edited(TWO, "input", (1, 1, 1), "[[[9, 9]]]")
    assert np.array(done.settings.input).tolist() == [[[1, 2, 0], [3, 4, 0]], [[5, 6, 0], [7, 9, 9]]]


def test_a_batch_of_one_is_dropped_and_a_larger_one_refused():
    done = edited(START, "input", (0, 0, 0), PRINTED)
    assert np.array(done.settings.input).tolist() == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    assert np.array(done.settings.weight).tolist() == [[[[0, 1], [2, 3]]], [[[0, 0], [0, 0]]]]
    assert said(done) == [
        "X is 2×2×2 now, to hold what was pasted.",
        "K is 2×1×2×2 now, to fit; its new cells are 0.",
    ]
    done = edited(START, "input", (0, 0, 0), "[[[[1]]], [[[2]]]]")
    assert done.settings == START
    assert error_text(done.refusals[0].error) == "X takes one input at a time; 2×1×1×1 is a batch of 2."


def test_blocks_for_all_channels_of_the_input():
    done = pasted(TWO, "input", (1,), "1\n\n2\n\n3\n\n4\n\n5")
    assert done.settings.input == (((1,),), ((2,),), ((3,),), ((4,),))
    assert np.array(done.settings.weight)[:2].tolist() == np.array(TWO.weight).tolist()
    assert not np.array(done.settings.weight)[2:].any()
    assert said(done) == [
        "X holds 4×8×8 at most here: what was pasted beyond is left out.",
        "K is 4×1×2×2 now, to fit; its new cells are 0.",
    ]


def test_kernels_in_weight_order():
    ones = Settings.of(np.ones((2, 1, 1)), np.ones((2, 2, 1, 1)))
    done = edited(ones, "kernel", (0, 0, 0, 0), "1\n\n2\n\n3\n\n4")
    assert done.settings.weight == ((((1,),), ((2,),)), (((3,),), ((4,),)))
    refused = edited(ones, "kernel", (0, 0, 0, 0), "1\n\n2\n\n3")
    assert refused.settings == ones
    assert error_text(refused.refusals[0].error) == "between 2 and 2 channels stand 4 kernels; 3×1×1 are 3."


def test_kernels_make_channels_where_one_side_has_one():
    done = edited(START, "kernel", (0, 0, 0, 0), "1\n\n2\n\n3")
    assert done.settings.layer.weight_shape == (1, 3, 2, 2)
    assert np.array(done.settings.weight)[0].tolist() == [[[1, 1], [2, 3]], [[2, 0], [0, 0]], [[3, 0], [0, 0]]]
    done = pasted(TWO, "kernel", (0, 0), "1\n\n2\n\n3")
    assert np.array(done.settings.weight).tolist() == [[[[1]]], [[[2]]], [[[3]]]]
    assert np.array(done.settings.input).tolist() == [[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[0, 0], [0, 0]]]


def test_a_weight_as_torch_prints_it_sets_both_channels():
    weight = np.arange(24).reshape(2, 3, 2, 2)
    done = pasted(START, "kernel", (0, 0), str(weight))
    assert np.array_equal(done.settings.weight, weight)
    assert (done.settings.layer.in_channels, done.settings.layer.out_channels) == (2, 3)
    grouped = Settings.of(np.ones((2, 1, 1)), np.ones((2, 1, 1, 1)), groups=2)
    done = pasted(grouped, "kernel", (0, 0), str([[[[1]], [[2]]], [[[3]], [[4]]]]))
    assert (done.settings.layer.groups, done.settings.layer.out_channels) == (2, 4)
    done = pasted(grouped, "kernel", (0, 0), str([[[[1]], [[2]], [[3]]]]))  # one input channel has no two groups
    assert (done.settings.layer.groups, done.settings.layer.weight_shape) == (1, (1, 3, 1, 1))


def test_a_paste_that_replaces_sets_the_size():
    done = pasted(START, "input", (0,), "[9 8 7]")
    assert (done.settings.input, said(done)) == ((((9, 8, 7),),), [])
    done = pasted(TWO, "input", (1,), "9 8 7")
    assert np.array(done.settings.input).tolist() == [[[1, 2, 0]], [[9, 8, 7]]]
    done = pasted(Settings.of([[1, 2], [3, 4]], [[1]], padding=0), "kernel", (0, 0), str(np.ones((6, 2))))
    assert done.settings.layer.kernel_size == (5, 2)
    assert said(done) == ["K holds 5×5 at most here: what was pasted beyond is left out."]


def test_what_does_not_fit_any_more_settles_and_says_so():
    done = pasted(Settings.of(np.ones((3, 3)), np.ones((3, 3)), padding=2), "input", (0,), "5")
    assert done.settings.layer.padding == (1, 1)
    assert said(done) == ["padding 2 would leave no output; it is 1 now."]


def test_numbers_of_the_upstream_gradient():
    done = edited(START, "upstream", (0, 1, 2), "1/2", UPSTREAM)
    assert done.settings == START
    assert done.upstream.tolist() == [[[0, 1, 2], [3, 4, 0.5], [6, 7, 8]]]
    done = edited(START, "upstream", (0, 2, 1), "9 9 9", UPSTREAM)
    assert done.upstream.tolist() == [[[0, 1, 2], [3, 4, 5], [6, 9, 9]]]
    assert said(done) == ["dY holds 3×3 at most here: what was pasted beyond is left out."]
    assert pasted(START, "upstream", (0,), "9 9", UPSTREAM).upstream.tolist() == [[[9, 9, 0], [0, 0, 0], [0, 0, 0]]]
    refused = edited(START, "upstream", (0, 0, 0), "1\n\n2", UPSTREAM)
    assert error_text(refused.refusals[0].error) == "dY has the channels of Y, 1; 2×1×1 does not fit."
    assert UPSTREAM.tolist() == [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]]


def test_what_is_in_a_grid_can_be_pasted_back():
    for settings in random_settings(60, 5):
        upstream = np.random.default_rng(1).normal(size=grid_shape(settings, "upstream"))
        for grid, values in (("input", settings.input), ("kernel", settings.weight), ("upstream", upstream)):
            array = np.array(values)
            channel = (0,) * (array.ndim - 2)
            done = pasted(settings, grid, channel, str(array.tolist()), upstream)
            assert (done.settings, done.refusals, done.notices) == (settings, [], [])
            assert np.array_equal(done.upstream, upstream)


def test_whatever_is_pasted_the_page_stays_within_its_limits_and_refusals_change_nothing():
    rng = random.Random(3)
    starts = list(random_settings(20, 8))
    refused = 0
    for n in range(3000):
        settings = starts[n % len(starts)]
        upstream = np.zeros(grid_shape(settings, "upstream"))
        grid = ("input", "kernel", "upstream")[n % 3]
        at = tuple(rng.randrange(count) for count in grid_shape(settings, grid))
        text = broken(rng)
        for done in (edited(settings, grid, at, text, upstream), pasted(settings, grid, at[:-2], text, upstream)):
            if done.refusals:
                refused += 1
                assert (done.settings, done.notices) == (settings, [])
                assert done.upstream is upstream
                assert len(done.refusals) == 1
            else:
                assert_within_limits(done.settings)
                assert done.settings.layer.in_channels <= LIMITS["in_channels"][1]
                assert not any("{" in sentence for sentence in said(done))
    assert 1000 < refused < 5900  # both kinds are met


def test_fitted_keeps_what_fits():
    assert fitted(np.ones((2, 2)), (1, 3)).tolist() == [[1, 1, 0]]


def test_one_row_may_be_long_where_both_grids_are_one_row():
    line = Settings.of([[1, 2, 3]], [[1, 1]])
    numbers = " ".join(map(str, range(12)))
    done = pasted(line, "input", (0,), numbers)
    assert done.settings == Settings.of([list(range(12))], [[1, 1]])
    assert said(done) == []
    assert pasted(START, "input", (0,), numbers).settings.size == (1, 8)
    done = pasted(done.settings, "kernel", (0, 0), "[1 2; 3 4]")
    assert done.settings == Settings.of([list(range(8))], [[1, 2], [3, 4]])
    assert said(done) == [
        "X is 8 long now: several rows have 8 columns at most. What it hides comes back in one dimension.",
        "X is 1×1×8 now, to fit; its new cells are 0.",
    ]
