"""A picture that a visitor brings: its bytes checked, made small, and given back for the browser to keep."""

import base64
import binascii
from hashlib import blake2b
from typing import Any

from explorer.upsampling.page.encoding import png
from explorer.upsampling.page.gallery import Picture
from explorer.upsampling.uploads import MOST_BYTES, PictureError, read_picture
from explorer.upsampling.wording import picture_error_text, uploaded_text

LONGEST = (MOST_BYTES + 2) // 3 * 4
"""Characters of the largest file in base 64."""


def read_upload(said: object) -> tuple[Picture | None, dict[str, Any]]:
    """What was made of a file that the browser sent as base 64, and what to say of it.

    The small picture goes back, with a name by its content; the browser keeps it and sends it again to a server that
    does not know it. Then it is a file like any other.

    >>> read_upload("AAAA")
    (None, {'problem': 'This file is no PNG, JPEG or WebP picture.'})
    """
    try:
        uploaded = read_picture(_bytes(said))
    except PictureError as error:
        return None, {"problem": picture_error_text(error)}
    small = png(uploaded.picture)
    name = blake2b(small, digest_size=12).hexdigest()
    kept = {"name": name, "bytes": base64.b64encode(small).decode(), "text": uploaded_text(uploaded), "problem": ""}
    return Picture(name, uploaded.picture), kept


def _bytes(said: object) -> bytes:
    if not isinstance(said, str):
        raise PictureError("empty")
    if len(said) > LONGEST:
        raise PictureError("too_many_bytes", bytes=len(said) // 4 * 3, most=MOST_BYTES)
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        raise PictureError("format") from None
