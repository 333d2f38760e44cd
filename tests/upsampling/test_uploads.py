"""Files that people send: those that are pictures, and those that want to do harm."""

import io
import struct
import zlib
from string import Formatter

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from explorer.text import texts
from explorer.upsampling import uploads
from explorer.upsampling.uploads import MOST_BYTES, SIDE, PictureError, read_picture
from explorer.upsampling.wording import picture_error_text, uploaded_text

FORMATS = ("PNG", "JPEG", "WEBP")


def encoded(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def colours(size=(40, 30), mode="RGB"):
    rng = np.random.default_rng(0)
    small = Image.fromarray(rng.integers(0, 256, (3, 4, 3), dtype=np.uint8))
    return small.resize(size, Image.Resampling.BILINEAR).convert(mode)


def key_of(data):
    with pytest.raises(PictureError) as caught:
        read_picture(data)
    said = picture_error_text(caught.value)
    assert "{" not in said
    assert said
    return caught.value.key


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pictures_of_every_format(format, mode):
    image = colours(mode=mode)
    found = read_picture(encoded(image, format, **({"lossless": True} if format == "WEBP" else {})))
    assert (found.format, found.size, found.is_first_of_many, found.is_smaller) == (format, (30, 40), False, False)
    wanted = np.asarray(image, float) / 255
    wanted = wanted[None] if mode == "L" else np.moveaxis(wanted, 2, 0)
    picture = found.picture
    if format == "WEBP" and mode == "L":  # it knows colours only
        assert picture.shape == (3, 30, 40)
    else:
        assert picture.shape == wanted.shape
    assert np.abs(picture - wanted).max() < (0.15 if format == "JPEG" else 1e-6)
    assert picture.dtype == np.float64


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "RGB", "CMYK", "PA"])
def test_modes(mode):
    if mode == "I;16":
        image = Image.fromarray(np.full((20, 20), 0x8000, np.uint16))
    elif mode == "PA":
        image = colours().convert("P")
        image.info["transparency"] = 3
    else:
        image = colours(mode=mode)
    found = read_picture(encoded(image, "JPEG" if mode == "CMYK" else "PNG")).picture
    assert len(found) == (1 if mode in ("1", "L", "LA", "I;16") else 3)
    assert 0 <= found.min() <= found.max() <= 1
    if mode == "I;16":
        assert np.abs(found - 0x8000 / 0xFFFF).max() < 1 / 255


def test_what_is_transparent_is_white():
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 10, 20))
    found = read_picture(encoded(image, "PNG")).picture
    assert found[:, 0, 0].tolist() == [1, 0, 0]
    assert found[:, 0, 19].tolist() == [1, 1, 1]


def test_a_photograph_stands_upright():
    image = Image.new("L", (32, 20))
    image.paste(255, (0, 0, 8, 8))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90° clockwise
    found = read_picture(encoded(image, "JPEG", exif=exif, quality=95)).picture[0]
    assert found.shape == (32, 20)
    assert found[2, -3] > 0.9
    assert found[2, 2] < 0.1


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("size", [(257, 100), (200, 2000), (3000, 2000)])
def test_large_ones_are_made_smaller(format, size):
    found = read_picture(encoded(colours(size), format))
    assert max(found.picture.shape[1:]) == SIDE
    assert found.is_smaller
    assert found.size == size[::-1]
    assert str(SIDE) in uploaded_text(found) or f"×{SIDE}" in uploaded_text(found)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_the_first_of_an_animation(format):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "lime")]
    data = encoded(
        frames[0], format, save_all=True, append_images=frames[1:], **({"lossless": True} if format == "WEBP" else {})
    )
    found = read_picture(data)
    assert found.is_first_of_many
    assert found.picture[:, 5, 5].tolist() == [1, 0, 0]
    assert "first" in uploaded_text(found)


def test_the_first_of_a_camera_s_pictures():
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("white", "black")]
    found = read_picture(encoded(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert (found.format, found.is_first_of_many) == ("JPEG", True)
    assert found.picture.min() > 0.95


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "PPM", "ICO"])
def test_other_formats(format):
    assert key_of(encoded(colours(), format)) == "format"


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"hello",
        b"\x00" * 99,
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
    ],
)
def test_what_is_no_picture(data):
    assert key_of(data) == "format"


@pytest.mark.parametrize("format", FORMATS)
def test_no_other_decoder_is_asked(format, monkeypatch):
    asked, pillows = [], Image.open
    monkeypatch.setattr(Image, "open", lambda file, **options: asked.append(options) or pillows(file, **options))
    read_picture(encoded(colours(), format))
    assert asked == [{"formats": [format]}]


def test_nothing():
    assert key_of(b"") == "empty"


def test_too_many_bytes(monkeypatch):
    monkeypatch.setattr(Image, "open", None)
    assert key_of(encoded(colours(), "PNG").ljust(MOST_BYTES + 1, b"\x00")) == "too_many_bytes"


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width, height, *chunks, depth=8, kind=2):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def riff(name, body):
    padded = name + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(padded) + 4) + b"WEBP" + padded


def jpeg_with_size(width, height):
    data = bytearray(encoded(colours(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


HUGE = {
    "png": png(100_000, 100_000, chunk(b"IDAT", zlib.compress(b"\x00" * 1000))),
    "png_just_above": png(4001, 3000, chunk(b"IDAT", zlib.compress(b"\x00" * 1000))),
    "png_long": png(2**31 - 1, 1, chunk(b"IDAT", b"")),
    "png_rows_of_zeros": png(30_000, 30_000, chunk(b"IDAT", zlib.compress(bytes(2_000_000))), depth=1, kind=0),
    "jpeg": jpeg_with_size(65_500, 65_500),
    "webp_extended": riff(b"VP8X", b"\x00" * 4 + b"\xff\xff\xff" * 2 + b"\x00" * 20),
    "webp_lossless": riff(b"VP8L", b"\x2f" + (16383 | 16383 << 14).to_bytes(4, "little") + b"\x00" * 20),
    "webp_lossy": riff(b"VP8 ", b"\x10\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 16383, 16383) + b"\x00" * 20),
}


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_size_is_refused_before_it_is_decoded(name, monkeypatch):
    monkeypatch.setattr(uploads, "_decoded", None)
    if name.startswith("webp"):
        monkeypatch.setattr(Image, "open", None)  # opening alone makes room for it
    assert key_of(HUGE[name]) == "too_many_pixels"


@pytest.mark.parametrize("lossless", [False, True])
@pytest.mark.parametrize("size", [(16, 100), (33, 77)])
def test_a_webp_header_is_read_as_pillow_reads_it(lossless, size):
    for image in (colours(size), colours(size).convert("RGBA")):
        data = encoded(image, "WEBP", lossless=lossless)
        assert uploads._webp_size(data) == size
    image.putalpha(100)
    data = encoded(image, "WEBP", lossless=lossless)
    assert uploads._webp_size(data) == size


@pytest.mark.parametrize("size", [(15, 100), (100, 1), (9000, 100)])
def test_what_is_too_narrow(size):
    assert key_of(encoded(Image.new("L", size), "PNG")) == "too_narrow"


def test_texts_and_profiles_that_unfold():
    text = PngImagePlugin.PngInfo()
    text.add_text("comment", "a" * 30_000_000, zip=True)
    data = encoded(colours(), "PNG", pnginfo=text)
    assert len(data) < MOST_BYTES
    assert key_of(data) == "broken"


def test_rows_beyond_the_header_s_do_not_count():
    data = png(20, 20, chunk(b"IDAT", zlib.compress(bytes(20_000_000), 9)), kind=0)
    assert read_picture(data).picture.shape == (1, 20, 20)


@pytest.mark.parametrize("format", FORMATS)
def test_truncated(format):
    data = encoded(colours(), format)
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        assert key_of(data[: int(len(data) * share)]) == "broken"


@pytest.mark.parametrize("format", FORMATS)
def test_broken_in_any_place(format):
    """A picture or a `PictureError`, whatever is written into the file."""
    data, rng = encoded(colours(), format), np.random.default_rng(1)
    read = 0
    for number in range(300):
        damaged = bytearray(data)
        for at in rng.integers(0, len(data) if number % 2 else min(64, len(data)), rng.integers(1, 6)):
            damaged[at] = rng.integers(0, 256)
        try:
            found = read_picture(bytes(damaged))
        except PictureError as error:
            assert error.key in texts()["upsampling"]["picture_errors"]
        else:
            read += 1
            assert found.picture.ndim == 3
            assert max(found.picture.shape[1:]) <= SIDE
    assert read < 300


def test_every_error_can_be_said():
    values = {
        "too_many_bytes": {"bytes", "most"},
        "too_many_pixels": {"most", "side"},
        "too_narrow": {"width", "height", "least", "side"},
        "broken": {"format"},
        "empty": set(),
        "format": set(),
    }
    templates = texts()["upsampling"]["picture_errors"]
    assert templates.keys() == values.keys()
    for key, template in templates.items():
        assert {name for _, name, _, _ in Formatter().parse(template) if name} == values[key]
