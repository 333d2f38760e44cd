"""The steps of a view as a GIF that plays on and on."""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from typing import cast

from PIL import Image

from explorer.documents.schema import Document
from explorer.export.options import PACES, WIDTHS
from explorer.export.picture.raster import PictureError, rasterised
from explorer.export.picture.svg import line_count, svg
from explorer.export.progress import Report, unreported
from explorer.text import say, speaking, spoken

WIDTH, MOST_WIDTH = 900, 1920
PACE = 700
LAST = 3  # so many times as long the last frame is shown
MOST_FRAMES = 60
SAMPLES = 5  # frames of which the colours are chosen
COLOURS = 256
WORKERS = 2
"""So many frames are drawn at once, of all the animations that are asked for: they leave the other visitors room."""


def gif(
    document: Document, width: int = WIDTH, theme: str = "light", pace: int = PACE, report: Report = unreported
) -> bytes:
    """The steps of a document's view: nothing yet, one frame each, and the result, which is shown longer.

    ``width`` in px, ``pace`` in ms a frame. Of a view of more steps than `MOST_FRAMES` has room for, as many are taken,
    at equal distances, the first and the last among them. ``report`` hears how many frames are drawn, of how many; what
    it raises ends the drawing. Raises `PictureError` where a number is out of bounds, and as
    `explorer.export.picture.raster.png` does.

    >>> import explorer
    >>> gif(explorer.document(), 300)[:6]
    b'GIF89a'
    """
    if not PACES[0] <= pace <= PACES[1]:
        raise PictureError(say("export.bad_pace", pace=pace, least=PACES[0], most=PACES[1]))
    if not WIDTHS[0] <= width <= MOST_WIDTH:
        raise PictureError(say("export.bad_width", width=width, least=WIDTHS[0], most=MOST_WIDTH))
    documents = [frame_of(document, step) for step in frame_steps(document["steps"])]
    report(0, len(documents))
    lines = max(map(line_count, documents))
    frames = []
    # resvg lets other threads run. Closed, the drawing leaves out the frames that it has not begun.
    language = spoken()  # the threads begin with none of their own
    drawn = _workers().map(lambda one: _frame(one, theme, lines, width, language), documents)
    with closing(drawn):  # type: ignore[type-var]  # a generator, though it is not declared as one
        for frame in drawn:
            frames.append(frame)
            report(len(frames), len(documents))
    palette = _palette(frames)
    coloured = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [pace] * (len(frames) - 1) + [pace * LAST]
    file = io.BytesIO()
    coloured[0].save(file, "GIF", save_all=True, append_images=coloured[1:], duration=durations, loop=0, optimize=False)
    return file.getvalue()


def _frame(document: Document, theme: str, lines: int, width: int, language: str) -> Image.Image:
    """A step's picture in pixels, with its sentence in a language."""
    with speaking(language):
        return _image(rasterised(svg(document, theme, lines=lines), width))


@cache
def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, "animation")


def frame_steps(steps: int) -> list[int | None]:
    """The steps that have a frame, the last of them None: all are done.

    >>> frame_steps(2), len(frame_steps(1936)), frame_steps(1936)[-2:]
    ([0, 1, 2, None], 60, [1936, None])
    """
    most = min(steps, MOST_FRAMES - 2)
    return [*(round(n * steps / most) for n in range(most + 1)), None]


def frame_of(document: Document, step: int | None) -> Document:
    """The document at a step; a step frees what is traced."""
    return cast(Document, {**document, "step": step, "trace": ""})


def _image(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def _palette(frames: list[Image.Image]) -> Image.Image:
    """The colours of all frames, from some of them: one table of colours, so that none flickers."""
    count = min(SAMPLES, len(frames))
    chosen = [frames[n * (len(frames) - 1) // max(count - 1, 1)] for n in range(count)]
    width, height = frames[0].size
    sheet = Image.new("RGB", (width, height * count))
    for n, frame in enumerate(chosen):
        sheet.paste(frame, (0, n * height))
    return sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
