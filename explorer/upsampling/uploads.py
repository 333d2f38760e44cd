"""A picture from bytes that somebody sends: PNG, JPEG and WebP, within bounds that are checked before it is decoded."""

import io
import struct
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from explorer.layer import Pair

MOST_BYTES = 5_000_000
MOST_PIXELS = 12_000_000
LONGEST_SIDE = 10_000
SHORTEST_SIDE = 16
"""Cells, also of what is left where the longer side is made `SIDE`."""
SIDE = 256
"""Cells of the longer side of the picture that is made of an upload; smaller ones stay as they are."""

SIGNATURES = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
"""The first bytes of each format. A file's name and the type that a browser says count for nothing."""


class PictureError(ValueError):
    """A file that makes no picture: ``key`` is in ``upsampling.picture_errors`` of the texts, ``values`` fill it.

    >>> raise PictureError("too_many_bytes", bytes=6, most=5)
    Traceback (most recent call last):
    explorer.upsampling.uploads.PictureError: too_many_bytes
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Uploaded:
    """A ``picture`` (C, H, W) of one or three channels, 0 to 1, and what it was: the file's format and its size (H, W).

    ``is_first_of_many``: the file is animated or has several pictures, and this is its first.
    """

    picture: np.ndarray
    format: str
    size: Pair
    is_first_of_many: bool

    @property
    def is_smaller(self) -> bool:
        """Whether the picture was made smaller than the file's."""
        return max(self.size) > SIDE


def read_picture(data: bytes) -> Uploaded:
    """The picture of a PNG, JPEG or WebP file, at most 256 cells long: upright as its EXIF says, its alpha on white.

    Bytes, format (by the content) and the size that the header names are checked first; nothing is decoded or
    allocated for what is beyond a bound. Raises `PictureError` for all that is no such picture.

    >>> read_picture(b"GIF89a")
    Traceback (most recent call last):
    explorer.upsampling.uploads.PictureError: format
    """
    if len(data) > MOST_BYTES:
        raise PictureError("too_many_bytes", bytes=len(data), most=MOST_BYTES)
    format = _format_of(data)
    if format == "WEBP":  # Pillow's decoder makes room for the whole canvas when it opens a file
        _check_size(*_webp_size(data))
    try:
        with Image.open(io.BytesIO(data), formats=[format]) as image:
            width, height = image.size
            _check_size(width, height)
            many = getattr(image, "n_frames", 1) > 1
            picture = _decoded(image)
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureError("too_many_pixels", most=MOST_PIXELS, side=LONGEST_SIDE) from None
    except Exception:  # what a decoder raises at broken data: OSError, SyntaxError, struct.error, EOFError, …
        raise PictureError("broken", format=format) from None
    return Uploaded(picture, format, (height, width), many)


def _format_of(data: bytes) -> str:
    if not data:
        raise PictureError("empty")
    found = next((name for name, start in SIGNATURES.items() if data.startswith(start)), "")
    if not found or (found == "WEBP" and data[8:12] != b"WEBP"):
        raise PictureError("format")
    return found


def _check_size(width: int, height: int) -> None:
    """Refuse the size that a header names."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise PictureError("too_many_pixels", most=MOST_PIXELS, side=LONGEST_SIDE)
    shrunk = min(1.0, SIDE / max(width, height, 1))
    if round(min(width, height) * shrunk) < SHORTEST_SIDE:
        raise PictureError("too_narrow", width=width, height=height, least=SHORTEST_SIDE, side=SIDE)


def _webp_size(data: bytes) -> tuple[int, int]:
    """(width, height) of the canvas by the file's first chunk. Source: RFC 9649, sections 2.5 to 2.7, and RFC 6386."""
    chunk, body = data[12:16], data[20:30]
    if len(body) < 10 or chunk not in (b"VP8X", b"VP8L", b"VP8 "):
        raise PictureError("broken", format="WEBP")
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", body[6:10])
    return width & 0x3FFF, height & 0x3FFF


def _decoded(image: Image.Image) -> np.ndarray:
    """The first picture of an opened file as an array (C, H, W)."""
    image.draft("RGB" if image.mode not in ("L", "1") else "L", (2 * SIDE, 2 * SIDE))  # a JPEG may be decoded smaller
    image.load()
    upright = ImageOps.exif_transpose(image)
    deep = upright.mode.startswith("I")
    if deep:  # 16 bits a cell
        upright = Image.fromarray((np.asarray(upright, float) / 257).clip(0, 255).round().astype(np.uint8))
    flat = upright.convert("L") if upright.mode in ("1", "L") else _on_white(upright)
    flat.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    array = np.asarray(flat, float) / 255
    return array[None] if array.ndim == 2 else np.moveaxis(array, 2, 0).copy()


def _on_white(image: Image.Image) -> Image.Image:
    """RGB, or L where the picture is grey: what is transparent shows white."""
    is_grey = image.mode in ("LA", "La")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return image.convert("L" if is_grey else "RGB")
