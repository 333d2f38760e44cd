"""Transposed convolution, computed four ways and taken apart. No Streamlit, and no torch until it is called.

>>> layer = Layer(kernel_size=2, stride=2)
>>> layer.output_size((2, 2))
(4, 4)
"""

from explorer.layer import Layer, LayerError
from explorer.methods import METHODS
from explorer.methods.matrix import conv_matrix

__all__ = ["METHODS", "Layer", "LayerError", "conv_matrix"]
