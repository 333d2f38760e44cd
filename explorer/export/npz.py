"""A page's numbers as NumPy's own archive."""

from io import BytesIO

import numpy as np

from explorer.links import search_of
from explorer.operation import run
from explorer.session.page import page_at


def arrays(address: str = "") -> bytes:
    """The numbers of the page of an address as an .npz archive that ``numpy.load`` reads, without pickle.

    It holds ``input`` (C_in, H, W), ``weight`` (C_in, C_out // groups, kH, kW), ``output`` (C_out, H', W'), and the
    conv matrix W (C_in·H·W, C_out·H'·W') by its entries: ``W_row``, ``W_column``, ``W_value`` (n,), and ``W_shape``.
    Besides, what comes after the layer: ``crop`` ((top, bottom), (left, right)) and ``bias`` (C_out,), both in the
    output; W has no columns for what is cropped, so the output is Wᵀ·vec(X) with the bias added.

    >>> found = np.load(BytesIO(arrays("?preset=stride-2")))
    >>> found["output"].shape, found["W_shape"].tolist()
    ((1, 4, 4), [4, 16])
    """
    operation = run(page_at(search_of(address)).page.settings)
    matrix = operation.conv_matrix.tocoo()
    file = BytesIO()
    np.savez_compressed(
        file,
        input=operation.input,
        weight=operation.weight,
        output=operation.output,
        crop=np.array(operation.settings.crop),
        bias=np.array(operation.settings.biases),
        W_row=matrix.row,
        W_column=matrix.col,
        W_value=matrix.data,
        W_shape=np.array(matrix.shape),
    )
    return file.getvalue()
