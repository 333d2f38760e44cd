import itertools
import time

import pytest
import torch

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.following import follow
from explorer.networks.skips import MOST, mend, size_that_fits, skips, with_output_padding
from explorer.text import say

POOL = LayerCall((AxisCall.of(2, 2),) * 2, kind="pooling", name="MaxPool2d")
DOWN = LayerCall((AxisCall.of(3, 2, 1),) * 2, 8, 8, kind="convolution", name="Conv2d")
SAME = LayerCall((AxisCall.of(3, 1, 1),) * 2, 8, 8, kind="convolution", name="Conv2d")
UP = LayerCall((AxisCall.of(2, 2),) * 2, 8, 8)
UP4 = LayerCall((AxisCall.of(4, 2, 1),) * 2, 8, 8)
RESIZE = LayerCall((AxisCall.of(2, 2),) * 2, kind="resize", name="Upsample")


def found(calls, size):
    return skips(follow(calls, size, 8).rows)


def test_71_to_35_to_70_does_not_fit_71():
    (skip,) = found([SAME, POOL, SAME, UP, SAME], (71, 64))
    assert (skip.down, skip.up, skip.wanted, skip.given, skip.size) == (1, 3, (71, 64), (35, 32), (70, 64))
    assert not skip.fits
    assert skip.output_padding == (1, 0)
    assert size_that_fits(follow([SAME, POOL, SAME, UP, SAME], (71, 64), 8).rows) == (72, 64)


def test_a_u_net_of_four_levels():
    chain = [SAME, POOL] * 4 + [SAME] + [UP, SAME] * 4
    assert [skip.fits for skip in found(chain, (96, 128))] == [True] * 4
    broken = found(chain, (100, 75))
    assert [(skip.down, skip.up) for skip in broken] == [(7, 9), (5, 11), (3, 13), (1, 15)]
    assert [skip.wanted for skip in broken] == [(12, 9), (25, 18), (50, 37), (100, 75)]
    assert [skip.size for skip in broken] == [(12, 8), (24, 18), (50, 36), (100, 74)]  # each after the mends before it
    assert [skip.output_padding for skip in broken] == [(0, 1), (1, 0), (0, 1), (0, 1)]
    assert size_that_fits(follow(chain, (100, 75), 8).rows) == (112, 80)


def test_the_mended_chain_fits_in_torch():
    for size in itertools.product((30, 33, 47), (64, 71, 77)):
        for down, up in ((POOL, UP), (DOWN, UP4), (DOWN, UP)):
            chain = [down] * 3 + [up] * 3
            value, left = torch.zeros(1, 8, *size, device="meta"), []
            for _ in range(3):
                left.append(value)
                a = down.axes[0]
                make = torch.nn.MaxPool2d(2) if down is POOL else torch.nn.Conv2d(8, 8, 3, a.stride, a.crop_before)
                value = make.to("meta")(value)
            for skip in found(chain, size):
                padding, output_padding, _, _ = up.axes[0].torch
                wanted = left.pop()
                assert skip.wanted == tuple(wanted.shape[2:])
                module = torch.nn.ConvTranspose2d(8, 8, up.axes[0].kernel_size, 2, padding, output_padding).to("meta")
                try:
                    value = module(value, output_size=wanted.shape[2:])
                except ValueError:
                    assert skip.output_padding is None
                    assert not skip.fits
                    break
                assert tuple(value.shape[2:]) == skip.wanted
                if skip.fits:
                    assert skip.output_padding is None
                else:
                    mended = with_output_padding(up, skip.output_padding)
                    assert mended.size(skip.given) == skip.wanted


def test_padding_to_the_size_that_fits_is_the_smallest():
    for chain in ([POOL] * 3 + [UP] * 3, [DOWN] * 2 + [UP4] * 2, [DOWN, POOL, RESIZE, UP4]):
        for n in range(16, 60):
            rows = follow(chain, (n, 32), 8).rows
            wanted = size_that_fits(rows)
            fits = [all(skip.fits for skip in found(chain, (size, 32))) for size in range(n, wanted[0] + 1)]
            assert fits == [False] * (wanted[0] - n) + [True]


def test_one_layer_comes_back_over_several():
    up4 = LayerCall((AxisCall.of(8, 4, 2),) * 2, 8, 8)
    up32 = LayerCall((AxisCall.of(64, 32, 16),) * 2, 8, 8)
    pairs = [(skip.down, skip.up, skip.wanted, skip.size) for skip in found([POOL] * 5 + [UP, UP, up4, UP], (64, 64))]
    assert pairs == [
        (4, 5, (4, 4), (4, 4)),
        (3, 6, (8, 8), (8, 8)),
        (1, 7, (32, 32), (32, 32)),
        (0, 8, (64, 64), (64, 64)),
    ]
    (only,) = found([POOL] * 5 + [up32], (70, 96))
    assert (only.down, only.wanted, only.size, only.output_padding) == (0, (70, 96), (64, 96), (6, 0))


def test_what_cannot_be_mended_by_output_padding():
    (skip,) = found([POOL, RESIZE], (71, 64))
    assert (skip.fits, skip.output_padding) == (False, None)
    unpadded = LayerCall((AxisCall.of(3),) * 2, 8, 8, kind="convolution", name="Conv2d")
    chain = [unpadded, POOL, unpadded, UP]
    (skip,) = found(chain, (72, 72))  # 72 → 70 → 35 → 33 → 66
    assert (skip.wanted, skip.size, skip.output_padding) == ((70, 70), (66, 66), None)
    assert size_that_fits(follow(chain, (72, 72), 8).rows) is None
    assert mend(LayerCall((AxisCall(2, 2, crop_before=-1),)), (4,), (10,)) is None


def test_an_output_padding_that_is_there_can_be_too_much():
    odd = LayerCall((AxisCall.of(3, 2, 1, 1),) * 2, 8, 8)
    (skip,) = found([DOWN, odd], (69, 70))
    assert (skip.size, skip.wanted, skip.output_padding) == ((70, 70), (69, 70), (0, 1))
    assert with_output_padding(odd, skip.output_padding).size(skip.given) == skip.wanted


def test_a_decoder_alone_has_no_skips():
    assert found([UP] * 3, (4, 4)) == ()
    assert skips(()) == ()
    assert size_that_fits(()) is None
    assert size_that_fits(follow([UP], (5, 5)).rows) == (5, 5)


def test_the_largest_chain_is_quick():
    chain = [POOL] * 15 + [LayerCall((AxisCall.of(3, 2, 2),) * 2, 8, 8)] * 15
    rows = follow(chain, (10**6 - 1, 10**6 - 1), 8).rows
    start = time.process_time()
    assert size_that_fits(rows) is None
    skips(rows)
    assert time.process_time() - start < 0.25
    assert MOST == 1024


@pytest.mark.parametrize("key", ["misfit", "output_padding", "pad", "nothing"])
def test_each_can_be_said(key):
    values = {"down": 2, "up": 4, "wanted": "71×71", "size": "70×70", "given": "35×35", "output_padding": "1×1"}
    assert "{" not in say(f"networks.skips.{key}", **values)
