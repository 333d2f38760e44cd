"""A pasted kernel, or a pasted weight of a layer, as what changes of the address."""

from typing import Any

import numpy as np

from explorer.limits import LIMITS
from explorer.reading import NumbersError, parse_numbers
from explorer.session.values import write_grid
from explorer.settings import LARGEST_NUMBER
from explorer.text import say
from explorer.upsampling.page.reader import LARGEST_KERNEL
from explorer.upsampling.page.state import OWN

INPUT = "1,1,1;1,1,1;1,1,1"


def pasted_changes(text: object) -> dict[str, Any]:
    """What changes, or the problem.

    Two axes are one kernel; three are one to each output channel; four are a weight in torch's layout.

    >>> pasted_changes("[[1, 2], [3, 4]]")["changes"]["k"], pasted_changes("1 2; 3")["problem"] != ""
    ('1,2;3,4', True)
    """
    try:
        weight = parse_numbers(text if isinstance(text, str) else "")
    except NumbersError as error:
        return {"problem": str(error), "changes": {}}
    weight = weight.reshape((1,) * (4 - weight.ndim) + weight.shape)
    if problem := _problem(weight):
        return {"problem": problem, "changes": {}}
    ins, outs = weight.shape[:2]
    return {
        "problem": "",
        "changes": {
            "kernel": OWN,
            "k": write_grid(weight),
            "x": "|".join([INPUT] * ins),
            "out_channels": str(outs),
            "groups": "1",
            "channel": "0,0",
            "padding": "0",
            "output_padding": "0",
        },
    }


def _problem(weight: np.ndarray) -> str:
    ins, outs, height, width = weight.shape
    shape = "×".join(map(str, weight.shape))
    most_ins, most_outs = LIMITS["in_channels"][1], LIMITS["out_channels"][1]
    most = LARGEST_KERNEL if ins * outs == 1 else LIMITS["kernel_height"][1]
    if ins > most_ins or outs > most_outs:
        return say("upsample_page.pasted.channels", shape=shape, ins=most_ins, outs=most_outs)
    if max(height, width) > most:
        return say("upsample_page.pasted.size", shape=shape, most=most)
    if not np.abs(weight).max() <= LARGEST_NUMBER:
        return say("upsample_page.pasted.numbers", most=f"{LARGEST_NUMBER:,.0f}")
    return ""
