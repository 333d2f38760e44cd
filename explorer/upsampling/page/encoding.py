"""Pictures on their way to the browser: 8 bits a cell, PNG, in an address of their own."""

import base64
import io

import numpy as np
from PIL import Image

FAST = 1
"""zlib's level: a picture follows a slider, and what it saves at higher levels is little."""


def png(picture: np.ndarray) -> bytes:
    """A picture (C, H, W) of one or three channels, or (H, W), 0 to 1, as a PNG; what is beyond is cut.

    >>> png(np.zeros((1, 2, 2)))[1:4]
    b'PNG'
    """
    cells = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    if cells.ndim == 3:
        cells = cells[0] if len(cells) == 1 else np.moveaxis(cells, 0, 2)
    written = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(cells)).save(written, "PNG", compress_level=FAST)
    return written.getvalue()


def png_address(picture: np.ndarray) -> str:
    """The PNG as a data address.

    >>> png_address(np.zeros((1, 2, 2)))[:22]
    'data:image/png;base64,'
    """
    return f"data:image/png;base64,{base64.b64encode(png(picture)).decode()}"


def difference(picture: np.ndarray) -> np.ndarray:
    """A difference (C, H, W) as grey: 0 is the middle, what is too bright is brighter; the mean of the channels."""
    return 0.5 + picture.mean(axis=0) / 2


def halved(spectrum: np.ndarray, most: float) -> np.ndarray:
    """A spectrum at half its size, 0 to 1: of each 2×2 block the largest, so that no peak is lost.

    >>> halved(np.array([[0.0, 1.0], [4.0, 2.0]]), 8.0).tolist()
    [[0.5]]
    """
    height, width = (n - n % 2 for n in spectrum.shape)
    blocks = spectrum[:height, :width].reshape(height // 2, 2, width // 2, 2)
    return blocks.max(axis=(1, 3)) / (most or 1)
