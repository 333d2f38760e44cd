"""Sizes, counts and hyper-parameters as the page writes them."""

from collections.abc import Sequence

from explorer.networks.call import AxisCall, LayerCall
from explorer.text import Listed, say

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB")
MOST_SIZES = 8
"""Sizes that are listed one by one."""
LARGEST = 10**15
"""From here on a count is written with a power of ten."""


def size_text(size: Sequence[int]) -> str:
    """A size.

    >>> size_text((97, 50)), size_text((1000000,))
    ('97×50', '1,000,000')
    """
    return "×".join(map(count_text, size))


def count_text(count: int | None) -> str:
    """A count with its thousands apart; one that nobody knows is a dash.

    >>> count_text(819200), count_text(10**20), count_text(None)
    ('819,200', '1.00e+20', '–')
    """
    if count is None:
        return "–"
    return f"{count:,}" if abs(count) < LARGEST else f"{count:.2e}"


def bytes_text(count: int | None) -> str:
    """An amount of memory.

    >>> bytes_text(65536), bytes_text(1536), bytes_text(12)
    ('64 KiB', '1.5 KiB', '12 B')
    """
    if count is None:
        return "–"
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if size >= 100 or size == int(size) else f"{size:.1f} {_UNITS[unit]}"


def axis_values(call: LayerCall) -> dict[str, str]:
    """k, s, p, o, d of a layer as texts, one number where all axes have the same; empty what is as by default.

    >>> axis_values(LayerCall((AxisCall.of(4, 2, 1),) * 2))
    {'k': '4', 's': '2', 'p': '1', 'o': '', 'd': ''}
    """
    columns = [(axis.kernel_size, axis.stride, *_crops(call, axis), axis.dilation) for axis in call.axes]
    found = {}
    for letter, plain, values in zip("kspod", (0, 1, 0, 0, 1), zip(*columns, strict=True), strict=True):
        one = same(values)
        found[letter] = "" if letter != "k" and set(values) == {plain} else one
    return found


def _crops(call: LayerCall, axis: AxisCall) -> tuple[int, int]:
    """padding and output_padding; of an ordinary convolution the padding alone."""
    return axis.torch[:2] if call.kind == "transposed" else (axis.crop_before, 0)


def same(values: Sequence[int]) -> str:
    """One number where all are the same.

    >>> same((4, 4)), same((3, 5))
    ('4', '3×5')
    """
    return str(values[0]) if len(set(values)) == 1 else "×".join(map(str, values))


def short(call: LayerCall) -> str:
    """Hyper-parameters in short.

    >>> short(LayerCall((AxisCall.of(3, 2, 1, 1),) * 2)), short(LayerCall((AxisCall(3, 2, crop_after=1),)))
    ('k3 s2 p1 o1', 'k3 s2 crop 0/1')
    """
    if call.kind == "resize":
        return f"×{same([axis.stride for axis in call.axes])}"
    values = axis_values(call)
    if any(axis.torch[2:] != (0, 0) for axis in call.axes) and call.kind == "transposed":
        cuts = [f"{axis.crop_before}/{axis.crop_after}" for axis in call.axes]
        values |= {"p": "", "o": ""}
        return say("layer_page.cut", values=_joined(values), ends=cuts[0] if len(set(cuts)) == 1 else " ".join(cuts))
    return _joined(values)


def _joined(values: dict[str, str]) -> str:
    return " ".join(f"{letter}{value}" for letter, value in values.items() if value)


def about(call: LayerCall) -> str:
    """Channels and hyper-parameters of a layer in short.

    >>> about(LayerCall((AxisCall.of(4, 2, 1),) * 2, 64, 3))
    '64→3 · k4 s2 p1'
    """
    has_channels = call.kind in ("transposed", "convolution") and (call.in_channels or call.out_channels)
    channels = f"{call.in_channels or '?'}→{call.out_channels or '?'} · " if has_channels else ""
    groups = f" · {say('layer_page.groups', groups=call.groups)}" if call.groups > 1 else ""
    return f"{channels}{short(call)}{groups}"


def sizes_of(axis: AxisCall, n: int) -> range:
    """The sizes that torch's ``output_size=`` can choose for n cells: those which the convolution takes to n.

    >>> sizes_of(AxisCall.of(3, 2, 1, 1), 16)
    range(31, 33)
    """
    first = axis.full_size(n) - 2 * axis.torch[0]
    return range(max(first, 1), max(first + axis.stride, 1))


def listed(sizes: range) -> str:
    """Sizes one by one, or as a range where they are many.

    >>> listed(range(31, 33)), listed(range(226, 242))
    ('31, 32', '226 … 241')
    """
    if len(sizes) > MOST_SIZES:
        return f"{sizes[0]:,} … {sizes[-1]:,}"
    return str(Listed(f"{size:,}" for size in sizes))
