"""What is said of a kernel's phases, of mending it, and of a file that makes no picture: sentences of the texts."""

from explorer.decimals import format_number
from explorer.text import Listed, in_a_row, say
from explorer.upsampling.phases import Mended, Verdict
from explorer.upsampling.uploads import PictureError, Uploaded

MOST_SUMS = 16
"""So many sums are said one by one, of more the smallest and the largest."""


def verdict_texts(found: Verdict) -> tuple[str, str]:
    """Whether a kernel makes a checkerboard, and why: the answer and its reason, a sentence or more each.

    >>> from explorer.layer import Layer
    >>> from explorer.upsampling.phases import verdict
    >>> answer, reason = verdict_texts(verdict([[[[1, 1, 1]] * 3]], Layer(kernel_size=3, stride=2)))
    >>> answer, reason[:31]
    ('Yes.', 'The 4 phase sums are 4, 2, 2, 1')
    """
    return say(f"upsampling.answers.{_answer(found)}"), _reason(found)


def _answer(found: Verdict) -> str:
    if found.is_constant:
        return "no"
    return "holes" if found.empty and found.even.size == 1 else "yes"


def _reason(found: Verdict) -> str:
    count, pairs = found.cells.size, found.even.size
    if count == 1:
        return say("upsampling.verdict.one_phase")
    if pairs > 1:
        if found.is_constant:
            return say("upsampling.verdict.even_pairs", count=count, pairs=pairs)
        return say("upsampling.verdict.uneven_pairs", uneven=pairs - int(found.even.sum()), count=count, pairs=pairs)
    if found.is_constant:
        return say("upsampling.verdict.even", count=count, sum=_number(found.sums.mean()))
    if found.empty:
        return say("upsampling.verdict.holes", empty=len(found.empty), count=count)
    if count > MOST_SUMS:
        low, high = _number(found.sums.min()), _number(found.sums.max())
        return say("upsampling.verdict.uneven_many", count=count, low=low, high=high)
    return say("upsampling.verdict.uneven", count=count, sums=Listed(map(_number, found.sums.ravel())))


def mend_text(found: Verdict, mended: Mended) -> str:
    """What mending does, or why there is none.

    >>> from explorer.layer import Layer
    >>> from explorer.upsampling.phases import mend, verdict
    >>> layer, ones = Layer(kernel_size=3, stride=2), [[[[1, 1, 1]] * 3]]
    >>> mend_text(verdict(ones, layer), mend(ones, layer))
    'The nearest kernel with equal sums and the same total brings each phase to 2.25.'
    """
    if found.is_constant:
        return say("upsampling.mend.nothing")
    if not mended.is_mended.all():
        return say("upsampling.mend.impossible", empty=len(found.empty), count=found.cells.size)
    if mended.target.size == 1:
        return say("upsampling.mend.one", target=_number(mended.target[0, 0]))
    return say("upsampling.mend.pairs", pairs=mended.target.size)


def picture_error_text(error: PictureError) -> str:
    """Why a file makes no picture.

    >>> picture_error_text(PictureError("format"))
    'This file is no PNG, JPEG or WebP picture.'
    """
    return say(f"upsampling.picture_errors.{error.key}", **error.values)


def uploaded_text(uploaded: Uploaded) -> str:
    """What was read of a file, and what was made of it."""
    height, width = uploaded.size
    small_height, small_width = uploaded.picture.shape[1:]
    said = [say("upsampling.uploaded.read", format=uploaded.format, width=width, height=height)]
    if uploaded.is_smaller:
        said.append(say("upsampling.uploaded.smaller", width=small_width, height=small_height))
    if uploaded.is_first_of_many:
        said.append(say("upsampling.uploaded.first"))
    return in_a_row(said)


def _number(value: float) -> str:
    """A number of at most four significant digits."""
    return format_number(float(f"{float(value):.4g}"))
