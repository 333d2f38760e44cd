"""Whether a kernel and a stride make a checkerboard of an input that is the same everywhere: yes or no."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.decimals import number_text
from explorer.documents.messages import message
from explorer.layer import Layer, LayerError, Pair
from explorer.limits import LIMITS, LONGEST, is_one_row
from explorer.questions.answers import Unread, read_choice
from explorer.questions.likely import likeliest
from explorer.questions.question import Kind, Option, Question, Verdict
from explorer.questions.varying import near
from explorer.questions.wording import grids, listed, one_pair
from explorer.settings import Settings, frozen, one_dimension
from explorer.upsampling.phases import Verdict as PhaseVerdict
from explorer.upsampling.phases import verdict
from explorer.views import View

YES, NO = "yes", "no"


def ask(settings: Settings, seed: int) -> Question | None:
    """A question for a checkerboard: X is 1 everywhere, K the stage's own with seed 0.

    >>> ask(Settings.of([[1, 1], [1, 1]], [[1, 2], [3, 4]], stride=2), 0).answer
    'yes'
    """
    single = one_pair(settings)
    own = single if seed == 0 and can_be(single.layer, single.size) else near(single, seed, fits)
    if own is None:
        return None
    kernel = np.array(own.weight[0][0])
    if own is not single:
        kernel = _kernel(own.layer, seed)
    size = _size(own)
    own = Settings(own.layer, frozen(np.ones((1, *size))), frozen(kernel[None, None]))
    return Question(
        kind="checkerboard",
        seed=seed,
        settings=own,
        view=View(mask=("output",)),
        ask=message("questions.checkerboard.ask", given=grids(own)),
        form="choice",
        answer=NO if is_even(own) else YES,
        reveal=View(),
        options=tuple(
            Option(name, message(f"questions.checkerboard.{name}"), mistakes=_believed(own, name)) for name in (YES, NO)
        ),
    )


def can_be(layer: Layer, size: Pair) -> bool:
    """Whether the stride can make a checkerboard.

    >>> can_be(Layer(stride=2), (2, 2)), can_be(Layer(), (2, 2)), can_be(Layer(kernel_size=1, stride=(2, 1)), (1, 2))
    (True, False, False)
    """
    return max(s for _, s, *_ in _axes(layer, size)) > 1


def fits(layer: Layer, size: Pair) -> bool:
    """Whether the stride can make a checkerboard where stamps leave no gaps, which are seen at once."""
    return can_be(layer, size) and all(k >= s for k, s, *_ in _axes(layer, size))


def _axes(layer: Layer, size: Pair) -> tuple[tuple[int, int, int, int, int], ...]:
    """The layer's axes, of one row the width alone."""
    return layer.axes[1:] if is_one_row(layer, size) else layer.axes


def _judged(settings: Settings) -> PhaseVerdict:
    """The phases of the one channel pair, in the one row of phases that one row has: there is no stride down."""
    layer = settings.layer
    if one_dimension(settings):
        layer = replace(layer, stride=(1, layer.axes[1][1]), output_padding=0)
    return verdict(np.array(settings.weight), layer)


def is_even(settings: Settings) -> bool:
    """Whether the inside of the output of a constant input is the same everywhere.

    >>> is_even(Settings.of([[1]], np.ones((4, 4)), stride=2)), is_even(Settings.of([[1]], np.ones((3, 3)), stride=2))
    (True, False)
    """
    return _judged(settings).is_constant


def _size(settings: Settings) -> Pair:
    """The stage's own size, or a larger one whose output has an inside; within the page's limits."""
    is_line = one_dimension(settings)
    found = []
    for n, most, (k, s, *_, d) in zip(
        settings.size, (1, LONGEST) if is_line else [LIMITS["input_height"][1]] * 2, settings.layer.axes, strict=True
    ):
        inside = d * (k - 1) // s + 2  # so many cells of X have a whole stride between full sums
        found.append(min(max(n, inside if s > 1 else 1), most))
    height, width = found
    try:
        settings.layer.output_size((height, width))
    except LayerError:
        return settings.size
    return height, width


def _kernel(layer: Layer, seed: int) -> np.ndarray:
    """A kernel (kH, kW) of small whole numbers: in turn as they come, with phases made even, and all the same."""
    kernel = np.random.default_rng(seed).integers(1, 4, layer.weight_shape[2:]).astype(float)
    turns = (kernel, _evened(layer, kernel), np.ones_like(kernel))
    return turns[seed % len(turns)]


def _evened(layer: Layer, kernel: np.ndarray) -> np.ndarray:
    """The kernel with every phase brought to the sum of the largest, by the number of its first cell."""
    sums = _judged(Settings.of([[1]], kernel, stride=layer.stride, dilation=layer.dilation)).sums[0, 0]
    (_, _, _, _, d_h), (_, _, _, _, d_w) = layer.axes
    missing, evened = sums.max() - sums, kernel.copy()
    for a, b in np.ndindex(*kernel.shape):
        phase = a * d_h % len(sums), b * d_w % len(sums[0])
        evened[a, b] += missing[phase]
        missing[phase] = 0
    return evened


def _is_divisible(settings: Settings) -> bool:
    return all(k % s == 0 for k, s, *_ in _axes(settings.layer, settings.size))


def _has_one_number(settings: Settings) -> bool:
    return bool(np.ptp(np.array(settings.weight)) == 0)


BELIEFS: Mapping[str, Callable[[Settings], bool]] = {
    "divisible": _is_divisible,
    "equal_weights": _has_one_number,
    "any_stride": lambda settings: False,
}
"""Name -> whether somebody who believes it calls the output even: a kernel that the stride divides, a kernel of one
number, no stride above 1.

>>> BELIEFS["divisible"](Settings.of([[1]], [[1, 2], [3, 4]], stride=2))
True
"""


def _believed(settings: Settings, name: str) -> tuple[str, ...]:
    """The beliefs that lead to an answer, if it is wrong."""
    if name == (NO if is_even(settings) else YES):
        return ()
    return likeliest(belief for belief, says_even in BELIEFS.items() if says_even(settings) == (name == NO))


def mark(question: Question, given: Any) -> Verdict:
    """What is said of yes or no: the sums of the phases, and the belief that leads to a wrong answer."""
    try:
        name = read_choice(given, [option.name for option in question.options])
    except Unread as error:
        return error.verdict
    sums = _judged(question.settings).sums
    key = "even" if question.answer == NO else "uneven"
    because = message(f"questions.checkerboard.{key}", sums=listed([number_text(float(one)) for one in sums.ravel()]))
    if name == question.answer:
        return Verdict("right", message("questions.checkerboard.right", because=because))
    names = next(option.mistakes for option in question.options if option.name == name)
    if not names:
        return Verdict("wrong", message("questions.checkerboard.wrong", because=because))
    reason = message(f"questions.checkerboard.mistakes.{names[0]}")
    return Verdict("wrong", message("questions.checkerboard.mistake", reason=reason, because=because), names)


CHECKERBOARD = Kind(ask, mark)
