"""The formula of a layer's size, in letters and in numbers, an axis each."""

from explorer.networks.call import AxisCall, LayerCall
from explorer.networks.page.schema import FormulaData, RunData

Term = tuple[str, int]
"""A letter and its number."""


def formulas(call: LayerCall, given: tuple[int, ...], size: tuple[int, ...]) -> list[FormulaData]:
    """The formula of each axis; a single one where all axes are the same.

    >>> found = formulas(LayerCall((AxisCall.of(4, 2, 1),) * 2), (4, 4), (8, 8))
    >>> ["".join(run["text"] for run in found[0][kind]) for kind in ("letters", "numbers")]
    ['(n−1)·s − 2·p + d·(k−1) + o + 1', '(4−1)·2 − 2·1 + 1·(4−1) + 0 + 1 = 8']
    """
    alike = len(set(zip(call.axes, given, strict=True))) == 1
    axes = list(zip(call.axes, given, size, strict=True))[: 1 if alike else None]
    return [_formula(call.kind, axis, n, result) for axis, n, result in axes]


def _formula(kind: str, axis: AxisCall, n: int, result: int) -> FormulaData:
    template, terms = _terms(kind, axis, n)
    letters, numbers = [], []
    for piece in template.split("|"):
        is_letter = piece in terms
        letters.append(run(piece, piece[0] if is_letter else ""))
        numbers.append(run(str(terms[piece]), piece[0]) if is_letter else run(piece))
    return {"letters": letters, "numbers": [*numbers, run(f" = {result:,}")]}


def run(text: str, letter: str = "") -> RunData:
    """A piece of a formula; ``letter``: whose colour it has."""
    return {"text": text, "letter": letter}


def _terms(kind: str, axis: AxisCall, n: int) -> tuple[str, dict[str, int]]:
    """The formula with its letters between bars, and their numbers. b and a are what is cut before and after."""
    terms = {"n": n, "s": axis.stride, "k": axis.kernel_size, "d": axis.dilation}
    if kind == "resize":
        return "|n|·|s|", {"n": n, "s": axis.stride}
    if kind != "transposed":
        if axis.crop_before == axis.crop_after:
            return "⌊(|n| + 2·|p| − |d|·(|k|−1) − 1) / |s|⌋ + 1", terms | {"p": axis.crop_before}
        cut = {"p₁": axis.crop_before, "p₂": axis.crop_after}
        return "⌊(|n| + |p₁| + |p₂| − |d|·(|k|−1) − 1) / |s|⌋ + 1", terms | cut
    padding, output_padding, then_before, then_after = axis.torch
    if then_before or then_after:
        cut = {"p₁": axis.crop_before, "p₂": axis.crop_after}
        return "(|n|−1)·|s| + |d|·(|k|−1) + 1 − |p₁| − |p₂|", terms | cut
    crops = {"p": padding, "o": output_padding}
    return "(|n|−1)·|s| − 2·|p| + |d|·(|k|−1) + |o| + 1", terms | crops
