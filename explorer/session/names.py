"""Names in an address that are no parameters of ours, but nearly: which one was meant, or what to do instead."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from explorer.settings import CHANNELS, PAIRS, Notice

OWN = (
    *("preset", "x", "k", *PAIRS, *CHANNELS[1:], "view", "channel", "step", "trace", "seed", "backward", "upstream"),
    *("present", "hide", "what_if", "crop", "bias", "v"),
)
"""The names that an address of ours may have; all others belong to somebody else and stay as they are."""

LANGUAGE = "lang"
"""The name that says the language in every address; the page keeps it as it keeps those of others."""

COURSE = ("lesson", "part", "question", "text")
"""The names that an address of the course has besides."""

LAYER = ("layer", "input", "target", "pick", "axis", "framework", "open", "trip_v", "trip_k")
"""The names that an address of the page of layers has; it has none of the others."""

UPSAMPLE = (
    *("kernel", "size", "seed", "x", "k", *PAIRS, "out_channels", "groups", "channel", "preset", "v"),
    *("picture", "down", "show", "layers", "open", "start", "zoom"),
)
"""The names that an address of the page of upsampling has; those of the explorer mean the same."""

MEANT = {
    **dict.fromkeys(("input", "inputs", "image"), "x"),
    **dict.fromkeys(("kernel", "weight", "weights", "filter"), "k"),
    **dict.fromkeys(("pad", "pads"), "padding"),
    **dict.fromkeys(("cropping", "then_crop"), "crop"),
    **dict.fromkeys(("biases", "then_add"), "bias"),
    **dict.fromkeys(("output_pad", "out_padding", "output_paddings", "outpad", "opad"), "output_padding"),
    **dict.fromkeys(("dilation_rate", "rhs_dilation", "dil"), "dilation"),
    **dict.fromkeys(("lhs_dilation", "window_strides", "subsample"), "stride"),
    **dict.fromkeys(("filters", "channels_out", "c_out"), "out_channels"),
    **dict.fromkeys(("feature_group_count", "num_groups"), "groups"),
}
"""What other programs call our parameters."""

ADVICE = {
    **dict.fromkeys(("kernel_size", "kernel_shape", "kernel_height", "kernel_width", "ksize"), "size_of_k"),
    **dict.fromkeys(("input_size", "input_shape", "input_height", "input_width"), "size_of_x"),
    **dict.fromkeys(("in_channels", "channels_in", "c_in"), "channels_of_x"),
    **dict.fromkeys(("use_bias", "bias_value"), "size_of_bias"),
    **dict.fromkeys(("output_size", "output_shape"), "no_output_size"),
    "padding_mode": "no_padding_mode",
}
"""Name -> the notice that says what to do instead."""

SIMILAR = 0.8
"""How alike a name and one of ours are, as difflib counts it, for the one to be taken for the other."""
LONGEST_NAME = 24
MOST_NAMES = 40
"""Names that are looked at; an address of ours has half as many."""


def name_notices(names: Iterable[str]) -> list[Notice]:
    """What is to be said about the names in an address; nothing about names that are not like ours.

    >>> [notice.key for notice in name_notices(["stride", "strides", "use_bias", "embed", "utm_source"])]
    ['near_name', 'size_of_bias']
    """
    others = islice((name for name in names if name not in OWN), MOST_NAMES)
    return [notice for name in others if (notice := _about(name))]


def _about(name: str) -> Notice | None:
    plain = name.strip().lower().replace("-", "_")
    if not plain or len(name) > LONGEST_NAME:
        return None
    if plain in ADVICE:
        return Notice.of(ADVICE[plain], name=name)
    near = [plain] if plain in OWN else get_close_matches(plain, OWN, 1, SIMILAR)
    meant = MEANT.get(plain) or next(iter(near), "")
    return Notice.of("near_name", name=name, meant=meant) if meant else None
