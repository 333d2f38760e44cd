"""The data of the page: all that its JavaScript shows, ready for JSON. Sentences are whole, sizes are texts."""

from typing import Any, TypedDict


class BadgeData(TypedDict):
    """A short text; ``tone`` (good, plain, warn, bad) is its colour, ``title`` says more."""

    text: str
    tone: str
    title: str


class ActionData(TypedDict):
    """A button that leads to another state: ``changes`` of the address's names, ``why`` beside it."""

    label: str
    why: str
    changes: dict[str, str]
    badge: BadgeData | None


class RunData(TypedDict):
    """A piece of a formula; ``letter`` is the one whose colour it has, or empty."""

    text: str
    letter: str


class FormulaData(TypedDict):
    """The formula of a size in letters and in numbers."""

    letters: list[RunData]
    numbers: list[RunData]


class RowData(TypedDict):
    """A layer of the chain. ``line`` and ``lastLine`` are where it stands in the text; ``cells`` as words.columns."""

    number: int
    line: int
    lastLine: int
    name: str
    about: str
    cells: list[str]
    overlap: BadgeData
    isPicked: bool


class PartData(TypedDict):
    """A part of the card: its title, sentences, and buttons."""

    title: str
    texts: list[str]
    ways: list[ActionData]


class CopyData(TypedDict):
    """The small copy in the explorer: its address, and what was cut for it, or empty."""

    address: str
    cut: str


class CardData(TypedDict):
    """The picked layer."""

    title: str
    formulas: list[FormulaData]
    texts: list[str]
    sizes: PartData
    others: PartData
    lines: list[dict[str, str]]
    copy: CopyData | None


class VerdictData(TypedDict):
    """What comes out of the chain, and whether it is what is wanted."""

    tone: str
    title: str
    text: str
    ways: list[ActionData]


class NoteData(TypedDict):
    """Something about the chain: what stops it, or a skip connection that does not fit, with what mends it."""

    tone: str
    text: str
    ways: list[ActionData]


class FieldData(TypedDict):
    """A field of the picked layer: ``kind`` is text, choice or check; ``problem`` says why a value cannot be."""

    name: str
    label: str
    kind: str
    value: str
    options: list[str]
    problem: str
    isOff: bool


class ProgramData(TypedDict):
    """The picked layer in a framework: its one ``line``, a program, what the framework does otherwise."""

    framework: str
    line: str
    text: str
    notes: list[str]


class SheetData(TypedDict):
    """The whole page. What there is nothing of is None or empty; ``state`` is what was understood of the address."""

    state: dict[str, str]
    notices: list[dict[str, str]]
    problems: list[dict[str, Any]]
    badge: BadgeData
    passed: str
    rows: list[RowData]
    sums: dict[str, Any]
    chainNotes: list[NoteData]
    counting: list[str]
    verdict: VerdictData
    card: CardData | None
    fields: list[FieldData]
    sketch: dict[str, Any] | None
    range: dict[str, Any] | None
    lanes: dict[str, Any] | None
    trip: dict[str, Any] | None
    program: ProgramData | None
