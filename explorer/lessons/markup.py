"""The markup of a lesson's text: paragraphs of runs, each plain, **strong**, *em*, `code` or a [[term]]."""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

Style = Literal["", "strong", "em", "code", "term"]


class Run(NamedTuple):
    """Characters of one style. ``term`` is the name of a term of the glossary where the style is ``term``."""

    text: str
    style: Style = ""
    term: str = ""


Block = tuple[Run, ...]
"""A paragraph."""

_MARKED = re.compile(r"`(?P<code>[^`]+)`|\[\[(?P<term>[^\[\]]+)\]\]|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*")
_LEFT_OVER = re.compile(r"\*|`|\[\[|\]\]")


def parsed(text: str) -> tuple[Block, ...]:
    """The paragraphs of a text; an empty line stands between two. Raises ValueError where a mark is not closed.

    >>> parsed("Move **padding**")[0][1]
    Run(text='padding', style='strong', term='')
    >>> parsed("the [[full canvas|canvas]]")[0][1]
    Run(text='full canvas', style='term', term='canvas')
    """
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip())]
    return tuple(_block(paragraph) for paragraph in paragraphs)


def _block(paragraph: str) -> Block:
    runs, end = [], 0
    for found in _MARKED.finditer(paragraph):
        runs += [Run(paragraph[end : found.start()]), _marked(found)]
        end = found.end()
    runs.append(Run(paragraph[end:]))
    for run in runs:
        if run.style in ("", "term") and _LEFT_OVER.search(run.text):
            raise ValueError(f"a mark is not closed or stands in another one: “{run.text.strip()}”")
        if run.style in ("strong", "em") and _MARKED.search(run.text):
            raise ValueError(f"a mark stands in another one: “{run.text}”")
    return tuple(run for run in runs if run.text)


def _marked(found: re.Match[str]) -> Run:
    """The run of a mark. A term without a name of its own has the name that its words make."""
    style: Style = found.lastgroup  # type: ignore[assignment]
    if style != "term":
        return Run(found[style], style)
    shown, _, name = found["term"].partition("|")
    return Run(shown, style, name or re.sub(r"[ _]", "-", shown.lower()))


def filled(blocks: tuple[Block, ...], fill: Callable[[str], str]) -> tuple[Block, ...]:
    """The blocks with what ``fill`` makes of each run's text.

    >>> filled(parsed("a *b*"), str.upper)
    ((Run(text='A ', style='', term=''), Run(text='B', style='em', term='')),)
    """
    return tuple(tuple(run._replace(text=fill(run.text)) for run in block) for block in blocks)


def plain(blocks: tuple[Block, ...]) -> str:
    """The words alone, a line for each paragraph.

    >>> plain(parsed("Move **padding**."))
    'Move padding.'
    """
    return "\n".join("".join(run.text for run in block) for block in blocks)
