"""One transposed convolution computed by every method, how far they agree, and its steps."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np

from explorer import relation
from explorer.afterwards import NO_CROP, cropped, with_bias
from explorer.failing import reason
from explorer.fills import FILLS, UPSTREAM
from explorer.layer import Layer, LayerError
from explorer.methods import METHODS, WITNESSES, Method
from explorer.methods.matrix import SparseMatrix, conv_matrix
from explorer.methods.torch_native import input_gradient
from explorer.settings import Settings

PRECISIONS = ("float64", "float32")
"""The dtypes in which the methods can compute."""


@dataclass(frozen=True)
class Result:
    """What one method gave: its ``output`` (C_out, H', W'), or None and the ``error`` that stopped it."""

    method: str
    output: np.ndarray | None
    error: str = ""


@dataclass(frozen=True)
class Agreement:
    """The largest absolute ``difference`` of any two methods, between which ``pair`` and at which output ``cell``.

    ``agrees`` is false where a difference is above its cell's tolerance (none for whole numbers, else 16·eps·Σ|terms|:
    the bound of a sum's rounding error, Higham, Accuracy and Stability, 2nd ed., section 4.2) or where a method failed.
    """

    difference: float
    pair: tuple[str, str]
    cell: tuple[int, int, int]
    agrees: bool
    outliers: tuple[str, ...]


@dataclass(frozen=True)
class ScatterSteps:
    """One output channel as it grows, step by step: one step an input cell, channel by channel, row by row.

    ``cells`` (H, W, kH·kW): flat canvas index under each kernel cell. ``products`` and ``sums``
    (steps, kH·kW): what each step adds there, and the sum there after it; NaN rows for input channels of other groups.
    ``canvas``: the finished canvas, in the shape in which it is drawn.
    """

    cells: np.ndarray
    products: np.ndarray
    sums: np.ndarray
    canvas: np.ndarray


@dataclass(frozen=True)
class Gradient:
    """The backward pass: ``upstream`` dY (C_out, H', W') and ``result`` dX = W·vec(dY), shape (C_in, H, W).

    dX is the ordinary convolution of dY, its first H×W results where output_padding ≥ stride. ``difference`` is the
    largest to torch's autograd; ``agrees`` as in `Agreement`, false where ``error`` says what stopped autograd.
    """

    upstream: np.ndarray
    result: np.ndarray
    difference: float
    agrees: bool
    error: str = ""


@dataclass(frozen=True)
class Operation:
    """A computation: its settings, the arrays ``input`` and ``weight``, and the result of every method.

    Every method computes the layer; what comes after it, a crop and a bias, is done to each of their results.
    """

    settings: Settings
    input: np.ndarray
    weight: np.ndarray
    results: dict[str, Result]
    agreement: Agreement

    @property
    def layer(self) -> Layer:
        """The settings' layer."""
        return self.settings.layer

    @property
    def output(self) -> np.ndarray:
        """The output (C_out, H', W') of the first method that gave one."""
        return next(result.output for result in self.results.values() if result.output is not None)

    @cached_property
    def conv_matrix(self) -> SparseMatrix:
        """W (C_in·H·W, C_out·H'·W') of the ordinary convolution; the transposed one is Wᵀ·vec(X).

        A cell of the layer's output that is cropped after it has no column; the bias is no part of W.
        """
        whole, settings = conv_matrix(self.weight, self.layer, self.settings.size), self.settings
        if settings.crop == NO_CROP:
            return whole
        columns = np.arange(whole.shape[1]).reshape(-1, *self.layer.output_size(settings.size))
        return whole[:, cropped(columns, settings.crop).ravel()]

    def gradient(self, upstream: str | np.ndarray = UPSTREAM[0], seed: int = 0) -> Gradient:
        """The gradient with respect to the input, given the upstream gradient dY: one of the fills `UPSTREAM`, or its
        numbers, an array (C_out, H', W'). Raises `LayerError` where the array has another shape.

        >>> run(Settings()).gradient().result.astype(int).tolist()
        [[[19, 25], [37, 43]]]
        """
        shape = self.settings.output_shape
        given = FILLS[upstream](shape, seed) if isinstance(upstream, str) else np.array(upstream, float)
        if given.shape != shape:
            raise LayerError("upstream", given.shape, f"must have the output's shape {shape}")
        result = (self.conv_matrix @ given.ravel()).reshape(self.input.shape)
        try:
            autograd = input_gradient(self._uncropped(given), self.weight, self.layer, self.settings.size)
        except Exception as error:  # as a method's: the gradient itself still shows
            return Gradient(given, result, np.inf, False, reason(error))
        gap = np.abs(result - autograd)
        bound = (abs(self.conv_matrix) @ np.abs(given).ravel()).reshape(result.shape)
        whole = bool((self.weight == np.round(self.weight)).all() and (given == np.round(given)).all())
        return Gradient(given, result, float(gap.max()), bool((gap <= _tolerance(bound, whole)).all()))

    def _uncropped(self, upstream: np.ndarray) -> np.ndarray:
        """dY in the shape of the layer's own output: 0 where that is cropped."""
        settings = self.settings
        whole = np.zeros((len(upstream), *self.layer.output_size(settings.size)))
        cropped(whole, settings.crop)[...] = upstream
        return whole

    def _added(self, out_channel: int) -> np.ndarray:
        """What the bias adds to each cell of an output channel's canvas: nothing to what is cropped."""
        top, left, height, width = self.settings.window
        canvas = np.zeros(self.layer.canvas_size(self.settings.size))
        canvas[top : top + height, left : left + width] = self.settings.biases[out_channel]
        return canvas

    def scatter_steps(self, out_channel: int) -> ScatterSteps:
        """The steps of one output channel, on its canvas; the bias is there from the start.

        >>> run(Settings()).scatter_steps(0).sums.astype(int).tolist()
        [[0, 0, 0, 0], [0, 1, 2, 3], [0, 4, 4, 6], [4, 6, 12, 9]]
        """
        layer, size = self.layer, self.settings.size
        cells = relation.stamps(layer, size).reshape(*size, -1)
        block = out_channel % (layer.out_channels // layer.groups)
        canvas, added = np.zeros(np.prod(layer.canvas_size(size))), self._added(out_channel)
        products = np.full((self.input.size, cells.shape[-1]), np.nan)
        sums = products.copy()
        for channel in relation.inputs_of(layer, out_channel):
            kernel = self.weight[channel, block].ravel()
            first = channel * cells.shape[0] * cells.shape[1]
            for step, (value, landed) in enumerate(
                zip(self.input[channel].ravel(), cells.reshape(-1, cells.shape[-1]), strict=True), first
            ):
                products[step] = value * kernel
                canvas[landed] += products[step]
                sums[step] = canvas[landed] + added.flat[landed]
        return ScatterSteps(cells, products, sums, canvas.reshape(layer.canvas_size(size)) + added)


@lru_cache(maxsize=64)
def run(settings: Settings, precision: str = "float64") -> Operation:
    """Every method's result for the settings, and their agreement. Cached; the arrays cannot be written to.

    ``precision`` is the dtype in which the methods compute, float64 or float32.

    >>> operation = run(Settings())
    >>> operation.output.shape, operation.agreement.agrees, operation.agreement.difference
    ((1, 3, 3), True, 0.0)
    """
    x, k = np.array(settings.input, precision), np.array(settings.weight, precision)
    results = {name: _attempt(name, way, x, k, settings) for name, way in {**METHODS, **WITNESSES}.items()}
    magnitudes = conv_matrix(np.abs(k), settings.layer, settings.size).T @ np.abs(x).ravel()
    bound = magnitudes.reshape(settings.layer.out_channels, *settings.layer.output_size(settings.size))
    bound = with_bias(cropped(bound, settings.crop), [abs(one) for one in settings.bias])
    whole = all((one == np.round(one)).all() for one in (x, k, np.array(settings.bias)))
    tolerance = _tolerance(bound, whole)
    for array in (x, k, *(result.output for result in results.values())):
        if array is not None:
            array.flags.writeable = False
    return Operation(settings, x, k, results, agreement(results, tolerance))


def _tolerance(bound: np.ndarray, whole: bool) -> np.ndarray:
    """How far two sums of these Σ|terms| may differ, in the bound's dtype: see `Agreement`."""
    eps = float(np.finfo(bound.dtype).eps)
    exact = whole and bound.max() * eps < 2  # then every sum is a whole number that the dtype holds
    return np.zeros_like(bound) if exact else 16 * eps * bound


def _attempt(name: str, way: Method, x: np.ndarray, k: np.ndarray, settings: Settings) -> Result:
    """A method's result, and what comes after the layer done to it; whatever it raises is shown as its failure."""
    layer = settings.layer
    try:
        output = way(x, k, layer)
        expected = (layer.out_channels, *layer.output_size(x.shape[1:]))
        if output.shape != expected:
            raise ValueError(f"{output.shape} ≠ {expected}")
    except Exception as error:
        return Result(name, None, reason(error))
    return Result(name, settings.after(output))


def agreement(results: dict[str, Result], tolerance: np.ndarray) -> Agreement:
    """Compare every two results, cell by cell, with the tolerance (the output's shape, or a scalar).

    A method is an outlier if it failed, or if it differs from as many of the others as any method does: so the one
    that stands alone, and two that differ from one another only, as nothing says which of them is right.
    """
    given = {name: result.output for name, result in results.items() if result.output is not None}
    largest, pair, cell = -1.0, ("", ""), (0, 0, 0)
    differs = dict.fromkeys(given, 0)
    for one, other in combinations(given, 2):
        gap = np.nan_to_num(np.abs(given[one] - given[other]), nan=np.inf, posinf=np.inf)
        if gap.max() > largest:
            largest, pair = float(gap.max()), (one, other)
            cell = tuple(int(n) for n in np.unravel_index(gap.argmax(), gap.shape))  # type: ignore[assignment]
        if not (gap <= tolerance).all():
            differs[one] += 1
            differs[other] += 1
    most = max(differs.values(), default=0)
    outliers = tuple(name for name in results if name not in given or (most and differs[name] == most))
    return Agreement(max(largest, 0.0), pair, cell, not outliers, outliers)
