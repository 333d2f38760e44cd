"""The names that are known: layers with their readers, layers that pass, what holds layers or is none."""

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

LAYER_MODULES = {"nn", "layers", "L", "KL", "nnx", "linen", "modules", "blocks", "keras", "flax"}
"""What a layer's module is called; a class of another one is no layer: ``transforms.Compose``."""
