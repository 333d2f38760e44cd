"""Every value that a text names is what torch gives for its page."""

import re
from functools import lru_cache

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from explorer.lessons.places import Places
from explorer.lessons.scene import GRIDS
from explorer.lessons.sums import GRID_OF
from explorer.session.page import page_at
from explorer.views import upstream_of
from tests.lessons.course import TEXTS

NAMED = [text for text in TEXTS if text.named]
texts = pytest.mark.parametrize("text", NAMED, ids=[text.where for text in NAMED])
COUNTED = ("W_entries", "W_zeros", "gather_products", "gather_zeros", "border", "widest_border")


def naming(*names):
    """Those texts that have one of these places."""
    found = [text for text in NAMED if {name for name, _ in text.named} & set(names)]
    return pytest.mark.parametrize("text", found, ids=[text.where for text in found])


class Torch:
    """The grids of a page by torch alone, each as an array with its channels."""

    def __init__(self, address):
        page = page_at(address).page
        self.layer, self.settings = page.settings.layer, page.settings
        self.x, self.k = torch.tensor(page.settings.input)[None].double(), torch.tensor(page.settings.weight).double()
        self.rule = {"stride": self.layer.stride, "dilation": self.layer.dilation, "groups": self.layer.groups}
        self.v = torch.tensor(upstream_of(page.settings, page.view))[None].double()

    def transposed(self, x, k=None, **change):
        rule = {**self.rule, "padding": self.layer.padding, "output_padding": self.layer.output_padding, **change}
        return F.conv_transpose2d(x, self.k if k is None else k, **rule)

    def convolved(self, v):
        height, width = self.settings.size
        return F.conv2d(v, self.k, padding=self.layer.padding, **self.rule)[..., :height, :width]

    def matrix(self):
        cells = self.x[0].numel()
        rows = torch.eye(cells, dtype=torch.double).reshape(cells, *self.x.shape[1:])
        return self.transposed(rows).reshape(cells, -1).numpy()

    def drawn(self, full):
        canvas = np.zeros((full.shape[0], *self.layer.canvas_size(self.settings.size)))
        canvas[:, : full.shape[1], : full.shape[2]] = full
        return canvas

    def phase(self):
        (s_h, s_w), (d_h, d_w) = self.layer.stride, self.layer.dilation
        spread = np.zeros((*self.k.shape[:2], d_h * (self.k.shape[2] - 1) + 1, d_w * (self.k.shape[3] - 1) + 1))
        spread[:, :, ::d_h, ::d_w] = self.k.numpy()
        return np.array(
            [
                [
                    [[spread[i, o, a::s_h, b::s_w].sum() for b in range(s_w)] for a in range(s_h)]
                    for o in range(self.k.shape[1])
                ]
                for i in range(self.k.shape[0])
            ]
        )

    def overlap(self):
        ones = torch.ones(1, 1, *self.settings.size, dtype=torch.double)
        counted = self.transposed(ones, torch.ones_like(self.k[:1, :1]), padding=0, output_padding=0, groups=1)
        return self.drawn(counted[0].numpy())[0]

    def grid(self, name):
        return {
            "X": lambda: self.x[0].numpy(),
            "K": lambda: self.k.numpy(),
            "Y": lambda: self.transposed(self.x)[0].numpy(),
            "canvas": lambda: self.drawn(self.transposed(self.x, padding=0, output_padding=0)[0].numpy()),
            "V": lambda: self.v[0].numpy(),
            "dY": lambda: self.v[0].numpy(),
            "dX": lambda: self.convolved(self.v)[0].numpy(),
            "flipped": lambda: self.k.flip(2, 3).numpy(),
            "unflipped": lambda: self.transposed(self.x, self.k.flip(2, 3))[0].numpy(),
            "overlap": self.overlap,
            "phase": self.phase,
            "W": self.matrix,
            "WWT": lambda: self.matrix() @ self.matrix().T,
            "WTW": lambda: self.matrix().T @ self.matrix(),
        }[name]()


@lru_cache
def by_torch_at(address):
    return Torch(address)


def number(text):
    return float(text.strip("()").replace("−", "-"))


def total(text):
    """The sum that is written out."""
    return sum(number(one) * number(other) for one, other in (term.split("·") for term in text.split(" + ")))


@texts
def test_cells_and_sums_are_torchs(text):
    by_torch, places = by_torch_at(text.page), text.places
    for name, at in text.named:
        if name in GRIDS and at:
            grid = by_torch.grid(name)
            where = (0,) * (grid.ndim - len(at)) + at
            assert number(places.text_of(name, at)) == pytest.approx(grid[where], rel=1e-3), (name, at)
        elif name in GRIDS or name.removesuffix("_row") in GRIDS:
            grid = by_torch.grid(name.removesuffix("_row"))
            shown = [number(found) for found in re.findall(r"−?[0-9.]+", places.text_of(name, at))]
            expected = grid if name in GRIDS else grid[(0,) * (grid.ndim - 1 - len(at)) + at]
            np.testing.assert_allclose(shown, expected.ravel(), rtol=1e-3)
        elif name in GRID_OF:
            grid = by_torch.grid(GRID_OF[name])
            where = (0,) * (grid.ndim - len(at)) + at
            assert total(places.text_of(name, at)) == pytest.approx(grid[where], rel=1e-3), (name, at)


def sizes_by_torch(address):
    """Sizes and counts by torch's own shapes."""
    by_torch = by_torch_at(address)
    layer, x = by_torch.layer, by_torch.x
    y, full = by_torch.transposed(x), by_torch.transposed(x, padding=0, output_padding=0)
    padded = by_torch.transposed(
        F.pad(x, (layer.padding[1],) * 2 + (layer.padding[0],) * 2), padding=0, output_padding=0
    )
    stamp = by_torch.transposed(x[..., :1, :1], padding=0, output_padding=0)
    matrix = by_torch.matrix()
    found = {
        "in": x.shape[2:],
        "k": by_torch.k.shape[2:],
        "out": y.shape[2:],
        "full": full.shape[2:],
        "padded": padded.shape[2:],
        "stamp": stamp.shape[2:],
        "plain_out": by_torch.transposed(x, output_padding=0).shape[2:],
        "W": matrix.shape,
        "WT": matrix.shape[::-1],
    }
    counts = {
        "in_channels": x.shape[1],
        "out_channels": y.shape[1],
        "groups": layer.groups,
        "input_cells": x.numel(),
        "output_cells": y.numel(),
        "canvas_cells": full[0, 0].numel(),
        "cropped": full[0, 0].numel() - y.numel(),
        "weights": by_torch.k.numel(),
        "kernel_cells": by_torch.k[0, 0].numel(),
        "W_numbers": matrix.size,
        "stride": layer.stride[0],
        "padding": layer.padding[0],
        "output_padding": layer.output_padding[0],
        "dilation": layer.dilation[0],
        "both_paddings": full.shape[2] - by_torch.transposed(x, output_padding=0).shape[2],
        "shared": int((by_torch.grid("overlap")[:, 0] > 1).sum()) // (x.shape[2] - 1) if x.shape[2] > 1 else 0,
        "gap": layer.stride[0] - 1,
        "phase_count": by_torch.phase()[0, 0].size,
        "weight_shape": "×".join(map(str, by_torch.k.shape)),
        "input_shape": "×".join(map(str, x.shape[1:])),
        "output_shape": "×".join(map(str, y.shape[1:])),
        "inner_X": int((by_torch.convolved(by_torch.v) * x).sum()),
        "inner_Y": int((by_torch.v * y).sum()),
    }
    named = {f"{name}_{end}": str(size[side]) for name, size in found.items() for side, end in enumerate("hw")}
    named |= {f"{name}_size": "×".join(map(str, size)) for name, size in found.items()}
    return named | {name: str(value) for name, value in counts.items()}


ELSEWHERE = {"formula", "short_formula", "cells", "sources", "source_count", "limit", "stamp", *COUNTED}
"""Places that tests of their own hold."""


@texts
def test_sizes_and_counts_are_torchs(text):
    by_torch = sizes_by_torch(text.page)
    for name, at in text.named:
        if name in GRIDS or name.removesuffix("_row") in GRIDS or name in GRID_OF or name in ELSEWHERE:
            continue
        assert text.places.text_of(name, at) == by_torch[name], name


@naming("formula")
def test_the_formula_ends_in_torchs_size(text):
    by_torch = by_torch_at(text.page)
    numbers = text.places.text_of("formula")
    assert numbers.endswith(f" = {by_torch.transposed(by_torch.x).shape[2]}")
    (k, s, p, o, d), n = by_torch.layer.axes[0], by_torch.x.shape[2]
    assert numbers.startswith(f"({n}−1)·{s} − 2·{p} + {d}·({k}−1) + {o} + 1 = ")


@naming("short_formula")
def test_the_short_formula_is_torchs_size(text):
    by_torch = by_torch_at(text.page)
    n, s, k, end = map(
        int, re.fullmatch(r"\((\d+)−1\)·(\d+) \+ (\d+) = (\d+)", text.places.text_of("short_formula")).groups()
    )
    assert (n - 1) * s + k == end == by_torch.transposed(by_torch.x).shape[2]
    assert (n, s, k) == (by_torch.x.shape[2], by_torch.layer.stride[0], by_torch.k.shape[2])


@naming("sources", "source_count")
def test_the_sources_are_all_the_heights_that_conv2d_takes_to_xs(text):
    by_torch = by_torch_at(text.page)
    taken = []
    for height in range(1, 40):
        try:
            found = F.conv2d(
                torch.zeros(1, by_torch.layer.out_channels, height, 40).double(),
                by_torch.k,
                padding=by_torch.layer.padding,
                **by_torch.rule,
            )
        except RuntimeError:  # the kernel is larger than what it slides over
            continue
        if found.shape[2] == by_torch.settings.size[0]:
            taken.append(height)
    for name, at in text.named:
        if name == "sources":
            assert text.places.text_of(name, at) == str(taken[at[0]])
        if name == "source_count":
            assert text.places.text_of(name) == str(len(taken))


@naming("limit")
def test_the_limit_is_the_least_output_padding_that_torch_refuses(text):
    by_torch, limit = by_torch_at(text.page), int(text.places.text_of("limit"))
    by_torch.transposed(by_torch.x, output_padding=limit - 1)
    with pytest.raises(RuntimeError, match="output padding must be smaller"):
        by_torch.transposed(by_torch.x, output_padding=limit)


@naming(*COUNTED)
def test_products_by_zeros_are_counted_in_the_zero_inserted_input(text):
    by_torch, places = by_torch_at(text.page), text.places
    links = Torch(text.page)
    links.k = torch.ones_like(links.k)
    entries = int(links.matrix().sum())
    layer = by_torch.layer
    products = by_torch.transposed(by_torch.x).numel() * layer.in_channels // layer.groups * by_torch.k[0, 0].numel()
    expected = {
        "W_entries": entries,
        "W_zeros": links.matrix().size - entries,
        "gather_products": products,
        "gather_zeros": products - entries,
        "border": layer.dilation[0] * (layer.kernel_size[0] - 1) - layer.padding[0],
        "widest_border": layer.dilation[0] * (layer.kernel_size[0] - 1),
    }
    for name in expected:
        if (name, ()) in text.named:
            assert places.text_of(name) == str(expected[name])


@naming("stamp")
def test_a_product_of_a_stamp_is_its_two_numbers(text):
    by_torch = by_torch_at(text.page)
    for name, at in text.named:
        if name == "stamp":
            i, j, a, b = at
            assert number(text.places.text_of(name, at)) == by_torch.x[0, 0, i, j] * by_torch.k[0, 0, a, b]


PAGES = (
    "?preset=dv-padding-strides-odd",
    "?x=1,2,3;4,5,6&k=1,-2;3,4&stride=3&dilation=2x1&padding=1x0&output_padding=1x2",
    "?x=0,1;2,3|1,1;1,1&k=1,2;3,4|5,6;7,8|10,20;30,40|50,60;70,80&out_channels=2&stride=2&padding=1",
    "?preset=groups&padding=1",
    "?preset=1d-paddings",
    "?x=1,2;3,4&k=1,2,3;4,5,6;7,8,9&padding=1&stride=2&backward=1&upstream=ones",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_cell_of_every_grid_and_sum_is_torchs(address):
    places, by_torch = Places(page_at(address).page), Torch(address)
    for name in GRIDS.keys() - {"inserted"}:
        grid = by_torch.grid(name)
        for where in np.ndindex(grid.shape):
            assert number(places.text_of(name, where)) == grid[where], (name, where)
    for name, of in GRID_OF.items():
        grid = by_torch.grid(of)
        for where in np.ndindex(grid.shape):
            text = places.text_of(name, where)
            assert (0 if text == "0" else total(text)) == grid[where], (name, where)
