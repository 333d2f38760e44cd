"""A kernel that is fitted: upsampling the downsampled picture shall give the picture back.

In this package torch computes here only. It is imported when a training starts, computes on one thread and releases
Python's lock while it does, so that others go on; after each step the training sleeps for a moment too, which lets
waiting threads in.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from explorer.layer import Layer
from explorer.methods.torch_native import load_torch
from explorer.upsampling.comparing import smaller
from explorer.upsampling.convolving import each_channel
from explorer.upsampling.kernels import kernel as named_kernel
from explorer.upsampling.measures import checkerboard, fitted
from explorer.upsampling.phases import phase_sums, spread
from explorer.upsampling.ways import gain, upsampling_layer

MOST_STEPS = 1000
MOST_SECONDS = 30.0
STARTS = ("random", "icnr")
PAUSE = 0.001
"""Seconds between two steps."""


@dataclass(frozen=True)
class Step:
    """The state after ``number`` steps of Adam; number 0 is the start.

    ``loss`` is the mean squared difference of picture and original, ``kernel`` (kH, kW) float64. ``checkerboard`` is
    the picture's, in thousandths (`measures.checkerboard`), ``spread`` that of the phase sums (`phases.spread`).
    ``picture`` (C, H, W) is the upsampled one. The arrays are a step's own.
    """

    number: int
    loss: float
    kernel: np.ndarray
    checkerboard: float
    spread: float | None
    picture: np.ndarray


def start_kernel(start: str, layer: Layer, seed: int) -> np.ndarray:
    """The kernel that a training from one of `STARTS` begins with: as bright as the picture on average.

    >>> start_kernel("icnr", Layer(kernel_size=2, stride=2), 3).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    kernel = named_kernel(start, layer, seed)
    return kernel * gain(kernel, layer.stride)  # type: ignore[arg-type]


class Adam:
    """Adam by Kingma & Ba (arXiv 1412.6980), algorithm 1: what to subtract from an array, by its gradients so far.

    torch.optim.Adam does the same, but it loads torch's compiler when it is first made: seconds of waiting.

    >>> Adam(0.02).step(np.array([4.0, -0.5])).round(6).tolist()
    [0.02, -0.02]
    """

    def __init__(self, rate: float, betas: tuple[float, float] = (0.9, 0.999), epsilon: float = 1e-8) -> None:
        self.rate, self.betas, self.epsilon = rate, betas, epsilon
        self.number = 0
        self.mean: Any = 0.0
        self.square: Any = 0.0

    def step(self, gradient: Any) -> Any:
        """The next step for this gradient, an array or a tensor of the same kind."""
        self.number += 1
        first, second = self.betas
        self.mean = first * self.mean + (1 - first) * gradient
        self.square = second * self.square + (1 - second) * gradient**2
        mean = self.mean / (1 - first**self.number)
        deviation = (self.square / (1 - second**self.number)) ** 0.5
        return self.rate * mean / (deviation + self.epsilon)


def train(
    picture: np.ndarray,
    kernel: np.ndarray,
    stride: tuple[int, int],
    *,
    down: str = "average",
    steps: int = 300,
    rate: float = 0.02,
    seconds: float = 20.0,
) -> Iterator[Step]:
    """The steps of a training of ``kernel`` (kH, kW) on the picture (C, H, W), the start among them: at most steps + 1.

    It ends after ``steps`` or ``seconds``, or where the loss is no number any more; whoever stops earlier closes the
    iterator, or asks for no more. Nothing in it is random: the same start gives the same steps. Raises ValueError for
    bounds beyond `MOST_STEPS` and `MOST_SECONDS`, `LayerError` where no layer has this kernel and stride; the iterator
    raises ImportError where torch cannot be loaded, and whatever torch raises.

    >>> [step.number for step in train(np.eye(8)[None], np.ones((2, 2)), (2, 2), steps=2)]
    [0, 1, 2]
    """
    if not 0 <= steps <= MOST_STEPS or not 0 < seconds <= MOST_SECONDS:
        raise ValueError(f"steps = {steps}, seconds = {seconds}: at most {MOST_STEPS} and {MOST_SECONDS}")
    layer = upsampling_layer(kernel.shape, stride)
    return _steps(fitted(picture, stride), kernel, layer, down, steps, rate, seconds)


def _steps(
    original: np.ndarray, kernel: np.ndarray, layer: Layer, down: str, steps: int, rate: float, seconds: float
) -> Iterator[Step]:
    torch = load_torch()
    small = torch.tensor(smaller(original, layer.stride, down)[:, None], dtype=torch.float32)  # type: ignore[arg-type]
    wanted = torch.tensor(original[:, None], dtype=torch.float32)
    weight = torch.tensor(np.array(each_channel(kernel, 1)), dtype=torch.float32, requires_grad=True)
    adam = Adam(rate)
    end = time.monotonic() + seconds
    more: dict[str, Any] = {"stride": layer.stride, "padding": layer.padding, "output_padding": layer.output_padding}
    for number in range(steps + 1):
        made = torch.nn.functional.conv_transpose2d(small, weight, **more)
        loss = torch.nn.functional.mse_loss(made, wanted)
        yield _step(number, float(loss.detach()), weight.detach().numpy(), made.detach().numpy()[:, 0], layer)
        if number == steps or time.monotonic() >= end or not isfinite(float(loss.detach())):
            return
        (gradient,) = torch.autograd.grad(loss, weight)
        with torch.no_grad():
            weight -= adam.step(gradient)
        time.sleep(PAUSE)


def _step(number: int, loss: float, weight: np.ndarray, made: np.ndarray, layer: Layer) -> Step:
    now = weight.astype(np.float64)  # a copy: the next step writes into the weight
    picture = made.astype(np.float64)
    measured = checkerboard(picture, layer.stride)  # type: ignore[arg-type]
    return Step(number, loss, now[0, 0], measured, spread(phase_sums(now, layer)), picture)
