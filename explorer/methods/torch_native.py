"""torch's own transposed convolution. torch is imported on the first call: it takes more than a second."""

import numpy as np

from explorer.layer import Layer


def torch_native(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """``torch.nn.functional.conv_transpose2d``. Shapes as in `explorer.METHODS`.

    >>> torch_native(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 3, 3)
    """
    import torch

    with torch.no_grad():
        output = torch.nn.functional.conv_transpose2d(
            _tensor(input),
            _tensor(weight),
            stride=layer.stride,
            padding=layer.padding,
            output_padding=layer.output_padding,
            groups=layer.groups,
            dilation=layer.dilation,
        )
    return output.numpy()


def convolution(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """``torch.nn.functional.conv2d``, the ordinary convolution that ``layer`` transposes.

    ``input`` has the transposed convolution's output shape (C_out, H', W'), ``weight`` its weight shape; the result
    is (C_in, H, W), larger where output_padding ≥ stride.

    >>> convolution(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 2, 2)
    """
    import torch

    with torch.no_grad():
        output = torch.nn.functional.conv2d(
            _tensor(input),
            _tensor(weight),
            stride=layer.stride,
            padding=layer.padding,
            groups=layer.groups,
            dilation=layer.dilation,
        )
    return output.numpy()


def _tensor(array: np.ndarray):  # type: ignore[no-untyped-def]
    """A copy: torch takes no array with negative strides, and warns at one that cannot be written to."""
    import torch

    return torch.from_numpy(np.array(array, order="C"))
