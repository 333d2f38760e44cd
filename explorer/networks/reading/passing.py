"""Layers that change neither size nor channels: norms, activations, dropout."""

import re

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

_RANK = re.compile(r"\d[dD]?$")


def passes(name: str) -> bool:
    """Whether a layer or a function of that name changes neither the size nor the channels.

    >>> passes("BatchNorm2d"), passes("leaky_relu"), passes("LayerNormalization"), passes("Conv2d")
    (True, True, True, False)
    """
    plain = name.lower().replace("_", "")
    return plain.endswith("loss") or plain in _PASSED or _RANK.sub("", plain) in _PASSED
