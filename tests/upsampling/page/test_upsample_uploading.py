"""An uploaded picture on its way to the server and back."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from explorer.upsampling.page.uploading import LONGEST, read_upload
from explorer.upsampling.uploads import MOST_BYTES


def encoded(image, format="PNG", **options):
    written = io.BytesIO()
    image.save(written, format, **options)
    return base64.b64encode(written.getvalue()).decode()


def test_what_the_browser_keeps_is_the_same_picture_with_the_same_name():
    picture, said = read_upload(encoded(Image.effect_noise((400, 300), 60).convert("RGB"), "JPEG"))
    again, said_again = read_upload(said["bytes"])
    assert picture.cells.shape == (3, 192, 256)
    assert picture.name == again.name == said["name"] == said_again["name"]
    assert np.abs(picture.cells - again.cells).max() < 1e-12
    assert said["text"].startswith("JPEG, 400×300.")


@pytest.mark.parametrize(
    "file",
    [
        None,
        7,
        "",
        "no base 64 §",
        "AAAA",
        base64.b64encode(b"<svg onload='alert(1)'/>").decode(),
        encoded(Image.new("L", (64, 64)))[:80],
        encoded(Image.new("L", (4, 4))),
        encoded(Image.new("L", (32, 32)), "GIF"),
        "A" * (LONGEST + 4),
        base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * (MOST_BYTES + 1)).decode(),
    ],
)
def test_what_is_no_picture_says_why(file):
    picture, said = read_upload(file)
    assert picture is None
    assert said.keys() == {"problem"}
    assert said["problem"].endswith(".")


def test_what_is_too_long_is_not_even_decoded(monkeypatch):
    monkeypatch.setattr("explorer.upsampling.page.uploading.base64.b64decode", None)
    assert "bytes" in read_upload("A" * (LONGEST + 4))[1]["problem"]
