"""How public tools count the multiply-adds of a transposed convolution. They differ by the square of the stride."""

from collections.abc import Mapping
from typing import NamedTuple


class Convention(NamedTuple):
    """How one tool counts.

    ``counts``: ``stamps`` is every input cell times every kernel cell; ``outputs`` is every output cell times every
    kernel cell, as an ordinary convolution is counted. ``operations`` are what the tool calls one multiply-add: 1 or 2.
    ``bias``: whether it adds one operation for each output cell where the layer has a bias. ``version`` is the one that
    was run, empty where the formula was read only. ``function`` is where the tool has its formula. ``remark`` names a
    sentence of the text, or is empty.
    """

    counts: str
    operations: int
    bias: bool
    version: str
    function: str
    remark: str = ""


CONVENTIONS: Mapping[str, Convention] = {
    "torch.utils.flop_counter": Convention("stamps", 2, False, "2.13.0", "conv_flop_count"),
    "fvcore": Convention("stamps", 1, False, "0.1.5.post20221221", "fvcore.nn.jit_handles.conv_flop_count"),
    "ptflops": Convention("stamps", 1, True, "0.7.5", "ptflops.pytorch_ops.conv_flops_counter_hook"),
    "deepspeed": Convention(
        "stamps", 1, False, "", "deepspeed.profiling.flops_profiler.profiler._conv_trans_flops_compute", "groups_twice"
    ),
    "calflops": Convention(
        "stamps", 1, False, "0.3.2", "calflops.pytorch_ops._conv_trans_flops_compute", "groups_twice"
    ),
    "torch-operation-counter": Convention("stamps", 1, False, "0.3.9", "torch_operation_counter.utils.conv_ops_count"),
    "thop": Convention("outputs", 1, False, "0.1.1.post2209072238", "thop.vision.basic_hooks.count_convNd"),
    "torchinfo": Convention("outputs", 1, True, "1.8.0", "torchinfo.layer_info.LayerInfo.calculate_macs"),
}
"""Public tools by name, and how each counts a transposed convolution.

Each was compared with what the tool says of ``nn.ConvTranspose2d(4, 6, 3, 2, 1)`` on 5×5, with and without bias and
with groups = 2 (5,400 by stamps, 17,496 by outputs); deepspeed's formula was read. The numbers of deepspeed and
calflops are their MACs; they give FLOPs too (2 for each, and 1 for a bias). Both divide by groups twice.
"""


def operations_of(tool: str, stamps: int, outputs: int, bias_cells: int) -> int:
    """What a tool of `CONVENTIONS` says of a layer with these counts; ``bias_cells``: output cells that get a bias.

    >>> operations_of("fvcore", 5400, 17496, 486), operations_of("torchinfo", 5400, 17496, 486)
    (5400, 17982)
    """
    convention = CONVENTIONS[tool]
    products = stamps if convention.counts == "stamps" else outputs
    return convention.operations * products + (bias_cells if convention.bias else 0)
