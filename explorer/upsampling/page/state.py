"""The state of the page of upsampling, which is its address and nothing else.

What the explorer's address says (x, k, stride, padding, output_padding, dilation, out_channels, groups, channel,
preset) means the same here. Without k and preset the page begins with a kernel that makes a checkerboard.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np

from explorer.decimals import Unreadable
from explorer.layer import Layer, LayerError, Pair
from explorer.notice import Notice
from explorer.session.address import check_language
from explorer.session.address import from_query as explorer_page
from explorer.session.reader import Reader
from explorer.session.values import read_grid, read_one_of, read_pair, read_whole, write_grid
from explorer.settings import LIMITS, PAIRS, Settings, frozen, pair_text, settle
from explorer.upsampling.comparing import DOWN
from explorer.upsampling.kernels import KERNELS, kernel, size_of
from explorer.upsampling.page.reader import LARGEST_KERNEL, read_large_kernel
from explorer.upsampling.pictures import PICTURES
from explorer.upsampling.training import STARTS

OWN = "own"
SOURCES = (OWN, *KERNELS)
UPLOAD = "upload"
SHOWN = ("picture", "difference")
SECTIONS = ("training", "stacked")
LARGEST_SEED = 9999
MOST_LAYERS = 3
KEPT = ("x", "k", *PAIRS, "out_channels", "groups", "channel", "preset", "v")
"""Names of the explorer's address that mean the same here."""
FIRST_STRIDE = "2"
_GRID = {"grid": "K", "rows": LARGEST_KERNEL, "columns": LARGEST_KERNEL, "longest": 16, "most": 16}


@dataclass(frozen=True)
class UpsamplePage:
    """What a visitor looks at: the ``kernel``'s source, the layer and weight that follow, and what is done with them.

    ``weight`` has the layer's weight shape, as nested tuples. ``pair`` is the shown channel pair, (ci, co) within its
    group. ``settings`` are the explorer's where the kernel is its own, else None. ``problem`` says why the named kernel
    is not there at this size.
    """

    kernel: str = "ones"
    layer: Layer = Layer(kernel_size=3, stride=2)  # noqa: RUF009 (frozen)
    weight: tuple = (((((1.0,) * 3),) * 3,),)
    pair: Pair = (0, 0)
    settings: Settings | None = None
    seed: int = 0
    picture: str = "scene"
    down: str = DOWN[0]
    show: str = SHOWN[0]
    layers: int = 2
    open: tuple[str, ...] = SECTIONS
    start: str = STARTS[0]
    problem: str = ""

    @property
    def shown(self) -> np.ndarray:
        """The kernel (kH, kW) of the shown channel pair."""
        return np.array(self.weight[self.pair[0]][self.pair[1]])

    @property
    def single(self) -> Layer:
        """The layer with one channel pair."""
        return replace(self.layer, in_channels=1, out_channels=1, groups=1)

    @property
    def texts(self) -> dict[str, str]:
        """What the page's controls show, as an address could say it."""
        found = {name: pair_text(getattr(self.layer, name)) for name in PAIRS}
        return found | {
            "kernel": self.kernel,
            "size": pair_text(self.layer.kernel_size),  # type: ignore[arg-type]
            "channel": self.channel,
            "k": write_grid(self.weight),
            "seed": str(self.seed),
            "picture": self.picture,
            "down": self.down,
            "show": self.show,
            "layers": str(self.layers),
            "open": "-".join(self.open) or "none",
            "start": self.start,
        }

    @property
    def channel(self) -> str:
        """The shown channels of X and Y, as the explorer's address says them.

        >>> UpsamplePage().channel
        '0,0'
        """
        per_group = self.layer.weight_shape[1]
        group = self.pair[0] // (self.layer.in_channels // self.layer.groups)
        return f"{self.pair[0]},{group * per_group + self.pair[1]}"


def address_of(query: Mapping[str, str]) -> str:
    """This page's address beside the explorer's, for what the explorer's own address says.

    >>> address_of({"k": "1,2;3,4", "view": "gather"})
    'upsample?kernel=own&k=1,2;3,4'
    """
    kept = {"kernel": OWN} | {name: value for name, value in query.items() if name in KEPT}
    return f"upsample?{urlencode(kept, safe=',;|')}"


def from_query(query: Mapping[str, str]) -> tuple[UpsamplePage, list[Notice]]:
    """The page that an address says; what is bad in it is ignored, and a notice names it.

    >>> page, notices = from_query({"k": "1,2;3,4", "stride": "2", "picture": "?"})
    >>> page.kernel, page.shown.tolist(), notices[0].key
    ('own', [[1.0, 2.0], [3.0, 4.0]], 'unknown')
    """
    reader = Reader(query)
    has_own = "k" in query or "preset" in query or query.get("kernel") == OWN
    seed = reader.take("seed", _whole(LARGEST_SEED), 0, low=0, high=LARGEST_SEED)
    source = reader.take("kernel", _one_of(SOURCES), OWN if has_own else "ones")
    known = {name: value for name, value in query.items() if name in KEPT}
    if not has_own:
        known = {"stride": FIRST_STRIDE, **known}
    kernel_part = _own(reader, known) if source == OWN else _named(reader, known, source, seed)
    upload = (*PICTURES, UPLOAD)
    page = UpsamplePage(
        kernel=source,
        seed=seed,
        picture=reader.take("picture", _one_of(upload), "scene"),
        down=reader.take("down", _one_of(DOWN), DOWN[0]),
        show=reader.take("show", _one_of(SHOWN), SHOWN[0]),
        layers=reader.take("layers", _whole(MOST_LAYERS, 2), 2, low=2, high=MOST_LAYERS),
        open=reader.take("open", _sections, SECTIONS),
        start=reader.take("start", _one_of(STARTS), STARTS[0]),
        **kernel_part,
    )
    check_language(reader)
    return page, reader.notices


def _own(reader: Reader, known: Mapping[str, str]) -> dict[str, Any]:
    """The explorer's layer and weight; a kernel too large for the explorer has one channel pair."""
    if "k" in known and not _is_explorers(known["k"]):
        weight = reader.take("k", read_large_kernel, None, **_GRID)
        if weight is not None:
            return {"layer": _settled(reader, known, weight.shape), "weight": frozen(weight[None, None])}
        known = {name: value for name, value in known.items() if name != "k"}
    settings, view, notices = explorer_page(known)
    reader.notices += notices
    per_group = settings.layer.weight_shape[1]
    pair = view.channel[0], view.channel[1] % per_group
    return {"layer": settings.layer, "weight": settings.weight, "pair": pair, "settings": settings}


def _is_explorers(text: str) -> bool:
    try:
        read_grid(text, "kernel", LIMITS["in_channels"][1] * LIMITS["out_channels"][1])
    except Unreadable as error:
        return error.key != "too_large_grid"
    return True


def _named(reader: Reader, known: Mapping[str, str], source: str, seed: int) -> dict[str, Any]:
    """The named kernel at the page's size and stride; ones where there is none."""
    rule = {"low": 1, "high": LARGEST_KERNEL}
    size = reader.take("size", lambda text: read_pair(text, 1, LARGEST_KERNEL), (3, 3), **rule)
    layer = _settled(reader, known, size)
    if (own_size := size_of(source, layer)) != size:
        layer = _settled(Reader(reader.query), known, own_size)
    try:
        found, problem = kernel(source, layer, seed), ""
    except LayerError as error:
        found, problem = kernel("ones", layer), str(error)
    return {"layer": layer, "weight": frozen(found[None, None]), "problem": problem}


def _settled(reader: Reader, known: Mapping[str, str], size: Pair) -> Layer:
    """The layer of one channel pair that the address says; what does not fit moves, as in the explorer."""
    wanted: dict[str, Any] = {"kernel_size": size}
    for name in PAIRS:
        low, high = LIMITS[name]
        otherwise = (1, 1) if name in ("stride", "dilation") else (0, 0)
        wanted[name] = reader.take(name, _pair(low, high), otherwise, low=low, high=high)
    if "stride" not in reader.query and "stride" in known:
        wanted["stride"] = read_pair(known["stride"], *LIMITS["stride"])
    bare = Layer(kernel_size=size, stride=wanted["stride"], dilation=wanted["dilation"])
    layer, notices = settle(wanted, input_size(bare))
    reader.notices += notices
    return layer


def input_size(layer: Layer) -> Pair:
    """The size (H, W) of the constant input that a layer's response is shown for: some whole periods lie inside.

    >>> input_size(Layer(kernel_size=3, stride=2)), input_size(Layer(kernel_size=(1, 5), stride=(1, 1)))
    ((3, 3), (3, 6))
    """
    height, width = (min(max(3, -(-(d * (k - 1) + 1) // s) + 1), 8) for k, s, _, _, d in layer.axes)
    return height, width


def _pair(low: int, high: int) -> Any:
    return lambda text: read_pair(text, low, high)


def _whole(high: int, low: int = 0) -> Any:
    return lambda text: read_whole(text, low, high)


def _one_of(names: tuple[str, ...]) -> Any:
    return lambda text: read_one_of(text, names)


def _sections(text: str) -> tuple[str, ...]:
    names = text.split("-") if text not in ("", "none") else []
    if not set(names) <= set(SECTIONS):
        raise Unreadable("unknown")
    return tuple(name for name in SECTIONS if name in names)
