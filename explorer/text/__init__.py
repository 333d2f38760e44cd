"""Every sentence a person reads, as data: one TOML file a language. README.md says how to add one."""

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from importlib.resources import files
from typing import Any, TypeVar

LANGUAGE = "en"
"""The language that has every text: what another one lacks is said in it."""

_spoken: ContextVar[str] = ContextVar("language", default=LANGUAGE)

Made = TypeVar("Made")


@lru_cache
def languages() -> Mapping[str, str]:
    """The languages that there are, each under its own name; English first.

    >>> dict(languages())
    {'en': 'English', 'zh': '中文'}
    """
    names = sorted(file.name for file in files(__package__).iterdir() if file.name.endswith(".toml"))
    found = sorted((name.removesuffix(".toml") for name in names), key=lambda name: name != LANGUAGE)
    return {language: texts_in(language)["language"] for language in found}


def spoken() -> str:
    """The language of what is said now, in this thread or task.

    >>> spoken()
    'en'
    """
    return _spoken.get()


def terminal_language() -> str:
    """The language of the terminal, as the environment says it (POSIX); English where there is no such one."""
    said = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    language = re.split(r"[_.@]", said)[0].lower()
    return language if language in languages() else LANGUAGE


def speak_in(language: str) -> None:
    """Say everything in a language from now on, in this thread or task."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in a language meanwhile.

    >>> with speaking("zh"):
    ...     say("title")
    '转置卷积'
    """
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def kept_by_language(maxsize: int | None = None) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Like `functools.lru_cache`, for what holds sentences: one result for each language.

    >>> @kept_by_language()
    ... def title():
    ...     return say("title")
    >>> with speaking("zh"):
    ...     title()
    '转置卷积'
    """

    def keeping(function: Callable[..., Made]) -> Callable[..., Made]:
        @lru_cache(maxsize=maxsize)
        def made(language: str, *arguments: Any, **named: Any) -> Made:
            return function(*arguments, **named)

        @wraps(function)
        def kept(*arguments: Any, **named: Any) -> Made:
            return made(spoken(), *arguments, **named)

        kept.cache_clear = made.cache_clear  # type: ignore[attr-defined]
        return kept

    return keeping


@lru_cache
def texts_in(language: str) -> dict[str, Any]:
    """All texts that a language's own file has, as nested tables of templates."""
    return tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


@lru_cache
def _complete(language: str) -> dict[str, Any]:
    """All texts, in a language as far as its file has them."""
    return laid_over(texts_in(LANGUAGE), texts_in(language))


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Nested tables, one over the other: in the order of the one below, and with its keys only.

    >>> laid_over({"a": {"b": "cell", "c": "crop"}}, {"a": {"b": "元素"}})
    {'a': {'b': '元素', 'c': 'crop'}}
    """
    found = {}
    for name, text in below.items():
        own = above.get(name, text)
        found[name] = laid_over(text, own) if isinstance(text, Mapping) and isinstance(own, Mapping) else own
    return found


def texts() -> dict[str, Any]:
    """All texts of the language that is spoken, as nested tables of templates.

    >>> texts()["views"]["scatter"]
    'Scatter'
    """
    return _complete(spoken())


def say(path: str, **values: object) -> str:
    """The text at a dotted path, its {places} filled.

    >>> say("grids.cropped", canvas="3×3")
    'Full canvas 3×3, cropped to output Y'
    """
    found: Any = texts()
    for name in path.split("."):
        found = found[name]
    return found.format(**values)


class Listed(tuple[str, ...]):
    """Names or numbers that a sentence lists: joined once it is said, in the language that is spoken then.

    >>> names = Listed(["stride", "padding"])
    >>> say("commands.wrong_arguments", names=names)
    'it needs: stride, padding.'
    >>> with speaking("zh"):
    ...     str(names)
    'stride、padding'
    """

    __slots__ = ()

    def __str__(self) -> str:
        """The names with the language's sign between them."""
        return say("joints.list").join(self)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences, one after the other.

    >>> in_a_row(["Play.", "Pause."])
    'Play. Pause.'
    """
    return say("joints.sentences").join(sentences)


def in_clauses(parts: Iterable[str]) -> str:
    """Parts of one sentence that stand by themselves, and may list something.

    >>> in_clauses(["groups 4: 2 here", "no bias"])
    'groups 4: 2 here; no bias'
    """
    return say("joints.clauses").join(parts)
