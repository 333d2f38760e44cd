"""torch's own transposed convolution. torch is imported on the first call: it takes more than a second."""

from functools import cache
from typing import Any

import numpy as np

from explorer.layer import Layer, Pair


def torch_native(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """``torch.nn.functional.conv_transpose2d``. Shapes as in `explorer.METHODS`.

    >>> torch_native(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 3, 3)
    """
    torch = load_torch()

    with torch.no_grad():
        output = torch.nn.functional.conv_transpose2d(
            _tensor(input), _tensor(weight), output_padding=layer.output_padding, **_hyper_parameters(layer)
        )
    return output.numpy()


def autograd(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """The gradient of ``conv2d`` with respect to its input, the upstream gradient being ``input``.

    The transposed convolution once more, by torch's automatic differentiation. Shapes as in `explorer.METHODS`. Where
    output_padding ≥ stride, conv2d has more than (H, W) results; the first H×W of them are differentiated.

    >>> autograd(np.ones((1, 2, 2)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 3, 3)
    """
    torch = load_torch()

    height, width = input.shape[1:]
    shape = (layer.out_channels, *layer.output_size((height, width)))
    variable = torch.zeros(shape, dtype=_tensor(input).dtype, requires_grad=True)
    result = torch.nn.functional.conv2d(variable, _tensor(weight), **_hyper_parameters(layer))[:, :height, :width]
    return torch.autograd.grad(result, variable, _tensor(input))[0].numpy()


def input_gradient(upstream: np.ndarray, weight: np.ndarray, layer: Layer, size: Pair) -> np.ndarray:
    """torch's gradient of the transposed convolution with respect to its input, shape (C_in, H, W).

    ``upstream`` (C_out, H', W') is the gradient with respect to the output.

    >>> input_gradient(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2), (2, 2)).shape
    (1, 2, 2)
    """
    torch = load_torch()

    variable = torch.zeros((layer.in_channels, *size), dtype=_tensor(upstream).dtype, requires_grad=True)
    more = {"output_padding": layer.output_padding, **_hyper_parameters(layer)}
    result = torch.nn.functional.conv_transpose2d(variable, _tensor(weight), **more)
    return torch.autograd.grad(result, variable, _tensor(upstream))[0].numpy()


def convolution(input: np.ndarray, weight: np.ndarray, layer: Layer) -> np.ndarray:
    """``torch.nn.functional.conv2d``, the ordinary convolution that ``layer`` transposes.

    ``input`` has the transposed convolution's output shape (C_out, H', W'), ``weight`` its weight shape; the result
    is (C_in, H, W), larger where output_padding ≥ stride.

    >>> convolution(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), Layer(kernel_size=2)).shape
    (1, 2, 2)
    """
    torch = load_torch()

    with torch.no_grad():
        output = torch.nn.functional.conv2d(_tensor(input), _tensor(weight), **_hyper_parameters(layer))
    return output.numpy()


def load_torch() -> Any:
    """torch on one thread: over arrays as small as these a pool of threads costs more than it gives.

    Raises ImportError where torch is missing or cannot be loaded. That is tried once in a process: a broken torch may
    take long to fail.
    """
    torch, error = _imported()
    if torch is None:
        raise ImportError(error)
    return torch


@cache
def _imported() -> tuple[Any, str]:
    """torch, or None and what stopped it: a missing library of its own is an OSError, other breaks are anything."""
    try:
        import torch

        torch.set_num_threads(1)
    except Exception as error:
        return None, str(error) if isinstance(error, ImportError) else f"{type(error).__name__}: {error}"
    return torch, ""


def _hyper_parameters(layer: Layer) -> dict[str, Any]:
    """Those that the convolution and its transpose share."""
    return {name: getattr(layer, name) for name in ("stride", "padding", "dilation", "groups")}


def _tensor(array: np.ndarray) -> Any:
    """A copy: torch takes no array with negative strides, and warns at one that cannot be written to."""
    return load_torch().from_numpy(np.array(array, order="C"))
