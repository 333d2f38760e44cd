"""The names that are known: layers with their readers, layers that pass, what holds layers or is none."""

import re
from collections.abc import Mapping

from explorer.networks.reading import jax_calls, keras_calls, onnx_calls, torch_calls
from explorer.networks.reading.context import Reader

READERS: Mapping[str, Reader] = {
    **torch_calls.READERS,
    **keras_calls.READERS,
    **jax_calls.READERS,
    **onnx_calls.READERS,
}
"""The layers that are read, by the names that texts give them. JAX and ONNX share a name: theirs chooses."""

_NORMS = "batch instance group layer rms sync_batch weight_standardized local_response pixel unit_spectral"
_ACTIVATIONS = (
    "relu relu6 leaky_relu p_relu r_relu thresholded_re_lu elu selu celu gelu silu swish mish tanh sigmoid hard_tanh "
    "hard_sigmoid hard_swish hard_silu hard_shrink soft_shrink tanh_shrink softplus softsign softmax softmax2d "
    "log_softmax log_sigmoid squareplus threshold snake snake_beta crelu activation"
)
_OTHERS = (
    "dropout alpha_dropout feature_alpha_dropout spatial_dropout gaussian_dropout gaussian_noise noise identity "
    "rescaling local_response_normalization quant_stub de_quant_stub drop_path stochastic_depth channel_shuffle "
    "l2_normalization input input_layer print_layer"
)
_PASSED = {
    *(f"{norm}_{word}".replace("_", "") for norm in _NORMS.split() for word in ("norm", "normalization")),
    *(name.replace("_", "") for name in f"{_ACTIVATIONS} {_OTHERS}".split()),
}

FLAT = {
    *("Linear", "LazyLinear", "Bilinear", "Dense", "DenseGeneral", "Embedding", "Flatten", "Unflatten", "Reshape"),
    *("LSTM", "GRU", "RNN", "MultiHeadAttention", "MultiheadAttention", "LSTMCell", "GRUCell"),
    *("AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d", "AdaptiveMaxPool1d", "AdaptiveMaxPool2d"),
    *("GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D", "GlobalMaxPooling2D"),
}
"""Layers behind which the size does not follow from the size before them."""

NOT_LAYERS = {
    *("Sequential", "ModuleList", "ModuleDict", "Module", "Model", "TimeDistributed", "Parameter", "Functional"),
    *("OrderedDict", "Concatenate", "Add", "Average", "Multiply", "Lambda", "Variable", "Tensor", "Rngs"),
    *("weight_norm", "spectral_norm", "remove_weight_norm", "SpectralNormalization", "WeightNorm", "SpectralNorm"),
    *(
        "ParametrizationList",
        "_WeightNorm",
        "_SpectralNorm",
        "Adam",
        "AdamW",
        "SGD",
        "RMSprop",
        "Parametrization",
        "RandomNormal",
        "TruncatedNormal",
        "Constant",
    ),
    *("super", "print", "range", "len", "enumerate", "zip", "reversed", "list", "tuple", "dict", "int", "float"),
    *("min", "max", "round", "sum", "isinstance", "hasattr", "getattr", "Inputs", "chain", "field", "abs", "str"),
}
"""What may stand in a program beside layers or around them and is none itself."""

METHODS = {
    *("append", "extend", "insert", "add", "add_module", "register_module", "apply", "build", "compile", "summary"),
    *("cat", "concat", "concatenate", "stack", "view", "reshape", "flatten", "permute", "size", "__init__", "items"),
    *("PRNGKey", "key", "init", "cuda", "to", "eval", "train", "zeros", "ones", "empty", "randn", "rand", "normal"),
    *("zeros_", "normal_", "constant_", "xavier_uniform_", "kaiming_normal_", "kaiming_uniform_", "format", "join"),
}
"""The same for what is called on something."""

_RANK = re.compile(r"\d[dD]?$")


def passes(name: str) -> bool:
    """Whether a layer or a function of that name changes neither the size nor the channels.

    >>> passes("BatchNorm2d"), passes("leaky_relu"), passes("LayerNormalization"), passes("Conv2d")
    (True, True, True, False)
    """
    plain = name.lower().replace("_", "")
    return plain in _PASSED or _RANK.sub("", plain) in _PASSED
