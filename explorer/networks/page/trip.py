"""The round trip in numbers: V by the convolution to X, X by the transposed one to Z, beside what an inverse gives."""

from dataclasses import replace
from typing import Any

import numpy as np

from explorer.decimals import number_text
from explorer.layer import Layer, LayerError
from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.page.writing import short
from explorer.reading import parse_numbers
from explorer.roundtrip import RoundTrip, round_trip
from explorer.sizes import conv_output_size
from explorer.text import say

LARGEST_KERNEL, LARGEST_STEP, LARGEST_V, MOST_RESULTS = 4, 3, 8, 36
DEFAULT = Layer(kernel_size=2)
"""The layer of the notebook's exercise: the one for whatever is too large to be shown in numbers."""


def trip_data(call: LayerCall, trip_v: str, trip_k: str) -> dict[str, Any]:
    """The round trip with a layer's hyper-parameters, one channel; a part of it alone where numbers cannot be used."""
    layer, is_own = small_layer(call)
    problems: dict[str, str] = {}
    k = _numbers("trip_k", trip_k, problems, LARGEST_KERNEL)
    if k is not None:
        layer = replace(layer, kernel_size=k.shape)
    else:
        k = np.arange(1.0, np.prod(layer.kernel_size) + 1).reshape(layer.kernel_size)
    v = _numbers("trip_v", trip_v, problems, LARGEST_V)
    if v is None:
        v = _usual_v(layer)
    trip = None
    try:
        if np.prod(conv_output_size(layer, v.shape)) > MOST_RESULTS:
            problems["trip_v"] = say("layer_page.trip.too_many", most=MOST_RESULTS)
        else:
            trip = round_trip(v[None], k[None, None], layer)
    except LayerError as error:
        problems["trip_v"] = str(error)
    values = {"layer": short(LayerCall(tuple(AxisCall.of(*axis) for axis in layer.axes)))}
    return {
        "text": say("layer_page.trip.text" if is_own else "layer_page.trip.not_own", **values),
        "trip_v": _written(v),
        "trip_k": _written(k),
        "problems": problems,
        "grids": _grids(v, k, trip) if trip else [],
        "facts": _facts(trip) if trip else [],
    }


def small_layer(call: LayerCall) -> tuple[Layer, bool]:
    """The layer with one channel, and True; the notebook's, and False, where it is none or too large for numbers."""
    try:
        layer = replace(call.layer, in_channels=1, out_channels=1, groups=1)
    except LayerError:
        return DEFAULT, False
    is_small = all(k <= LARGEST_KERNEL and max(s, p, d) <= LARGEST_STEP for k, s, p, _, d in layer.axes)
    return (layer, True) if is_small and len(call.axes) <= 2 else (DEFAULT, False)


def _usual_v(layer: Layer) -> np.ndarray:
    """0, 1, 2, … in the smallest size that the transposed convolution gives back whole, from 2 results an axis on."""
    height, width = (
        min(max(AxisCall.of(*axis).transposed_size(1 if axis[:2] == (1, 1) else 2), 1), LARGEST_V)
        for axis in layer.axes
    )
    return np.arange(float(height * width)).reshape(height, width)


def _numbers(name: str, text: str, problems: dict[str, str], most: int) -> np.ndarray | None:
    if not text.strip():
        return None
    try:
        found = np.asarray(parse_numbers(text), float)
    except ValueError as error:
        problems[name] = str(error)
        return None
    found = found.reshape(found.shape[-2:]) if found.ndim >= 2 and np.prod(found.shape[:-2]) == 1 else found
    if found.ndim != 2 or max(found.shape) > most:
        problems[name] = say("layer_page.trip.too_large", most=most)
        return None
    return found


def _written(grid: np.ndarray) -> str:
    return "\n".join(" ".join(number_text(value) for value in row) for row in grid.tolist())


def _grid(name: str, grid: np.ndarray, other: np.ndarray | None = None) -> dict[str, Any]:
    """A grid as texts; its numbers that are the same as ``other``'s are marked."""
    same = np.isclose(grid, other) if other is not None and other.shape == grid.shape else None
    return {
        "title": say(f"layer_page.trip.grids.{name}", size="×".join(map(str, grid.shape))),
        "rows": [[number_text(float(value)) for value in row] for row in grid],
        "about": say(f"layer_page.trip.abouts.{name}") if name not in ("v", "k") else "",
        "highlighted": same.tolist() if same is not None else None,
    }


def _grids(v: np.ndarray, k: np.ndarray, trip: RoundTrip) -> list[dict[str, Any]]:
    return [
        _grid("v", v),
        _grid("k", k),
        _grid("x", trip.x[0]),
        _grid("z", trip.z[0], v),
        _grid("inverse", trip.inverse[0], v),
        _grid("product", trip.product, np.eye(len(trip.product))),
    ]


def _facts(trip: RoundTrip) -> list[str]:
    one, other = (number_text(value) for value in trip.inner[:2])
    cells = trip.v.size
    return [
        say("layer_page.trip.adjoint", one=one, other=other),
        say("layer_page.trip.exact" if trip.rank == cells else "layer_page.trip.lost", rank=trip.rank, cells=cells),
    ]
