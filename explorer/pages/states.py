"""What each widget of the pages can say of itself: its kind of value, and how much of it."""

import json
import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

from explorer.export import FORMATS
from explorer.export.options import WIDTHS
from explorer.limits import LIMITS, PAIRS
from explorer.limits import LONGEST as LONGEST_ROW
from explorer.reading import LONGEST_TEXT
from explorer.session.controls import SIZES
from explorer.upsampling.page.uploading import LONGEST as LONGEST_FILE

LONGEST = LONGEST_FILE + 200_000
"""Characters of the longest state: a file, and the address that goes along."""
LONGEST_COMMANDS = 1_000_000
"""Characters of a stage's state: all that a page keeps while its server is away, twice; see hosts/commands.js."""
LONGEST_ASKED = 500_000
"""Characters of the state of the page of layers: an address with a whole program in it."""
LONGEST_OPTION = 300
MOST_OPTIONS = 40
MOST_LEVELS = 12
"""Levels of a component's JSON: a command with a list in a list that waits within another one has eight."""

Check = Callable[[WidgetState], bool]
_ID = re.compile(r"\$\$ID-[0-9a-f]{32}-(\w{1,40})")
_MARK = re.compile(r"([0-9a-f]{1,32}\.[0-9]{1,12})?")


def key_of(name: str) -> str:
    """The key of a widget, given its id; empty where it is none of ours.

    >>> key_of("$$ID-0123456789abcdef0123456789abcdef-stride"), key_of("stride")
    ('stride', '')
    """
    found = _ID.fullmatch(name)
    return found[1] if found else ""


def sound(state: WidgetState) -> bool:
    """Whether a state is one that its widget can have.

    >>> name = "$$ID-0123456789abcdef0123456789abcdef-stride"
    >>> sound(WidgetState(id=name, double_array_value={"data": [2]})), sound(WidgetState(id=name, bool_value=True))
    (True, False)
    """
    check = STATES.get(key_of(state.id))
    return check is not None and check(state)


def _kind(state: WidgetState) -> str | None:
    return state.WhichOneof("value")


def _whole(low: int, high: int) -> Check:
    """A slider's value: one whole number."""

    def check(state: WidgetState) -> bool:
        data = state.double_array_value.data
        return _kind(state) == "double_array_value" and len(data) == 1 and _is_whole(data[0], low, high)

    return check


def _is_whole(value: float, low: int, high: int) -> bool:
    return isfinite(value) and value == int(value) and low <= value <= high


def _width(state: WidgetState) -> bool:
    """A number in a field that may be empty."""
    value = state.double_value if _kind(state) == "double_value" else state.int_value
    return _kind(state) is None or (
        _kind(state) in ("double_value", "int_value") and _is_whole(value, WIDTHS[0], WIDTHS[1])
    )


def _choice(state: WidgetState) -> bool:
    """The texts of what is chosen."""
    data = state.string_array_value.data
    is_short = len(data) <= MOST_OPTIONS and all(len(one) <= LONGEST_OPTION for one in data)
    return _kind(state) == "string_array_value" and is_short


def _text(longest: int) -> Check:
    return lambda state: _kind(state) == "string_value" and len(state.string_value) <= longest


def _mark(state: WidgetState) -> bool:
    return _kind(state) == "string_value" and _MARK.fullmatch(state.string_value) is not None


def _switch(state: WidgetState) -> bool:
    return _kind(state) == "bool_value"


def _press(state: WidgetState) -> bool:
    return _kind(state) == "trigger_value"


def _component(longest: int) -> Check:
    """The state of a component: an object in JSON, of few levels; what is half of a character is replaced in it."""

    def check(state: WidgetState) -> bool:
        if _kind(state) != "json_value" or len(state.json_value) > longest:
            return False
        try:
            value = json.loads(state.json_value, parse_constant=_no_number)
        except (ValueError, RecursionError):  # no JSON, nested without end, or a number of thousands of digits
            return False
        if not isinstance(value, dict) or not _is_shallow(value):
            return False
        if "\\ud" in state.json_value or "\\uD" in state.json_value:
            state.json_value = json.dumps(whole_characters(value))
        return True

    return check


def _no_number(text: str) -> Any:
    raise ValueError(text)


def whole_characters(value: Any) -> Any:
    """A value of JSON, the halves of characters in it replaced: no message could hold them.

    >>> whole_characters({"a": "\\ud800b"})
    {'a': '\ufffdb'}
    """
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _is_shallow(value: Any) -> bool:
    level = [value]
    for _ in range(MOST_LEVELS):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [item for items in inner for item in items]
        if not level:
            return True
    return False


MADE = tuple(name for suffix in FORMATS for name in (f"export_{suffix[1:]}", f"export_make_{suffix[1:]}"))
PRESSED = ("cost_measure", "code_download", "compare_button", "export_qr", "qr_download", "None", *MADE)
"""Buttons; "None" is whatever has no key: the cross of a dialog."""
CHOSEN = ("view", "groups", "code_kind", "export_theme", "export_quote", "export_sliders")
SWITCHED = ("one_dimension", "apart", "export_background", "export_plotly")
STATES: Mapping[str, Check] = {
    **{name: _whole(*LIMITS[name]) for name in PAIRS},
    **{name: _whole(1, LONGEST_ROW) for name in SIZES},
    **{f"{name}_w": _whole(*LIMITS[name]) for name in PAIRS},
    **dict.fromkeys(CHOSEN, _choice),
    **dict.fromkeys(SWITCHED, _switch),
    **dict.fromkeys(PRESSED, _press),
    "preset": _text(LONGEST_OPTION),
    "controls_mark": _mark,
    "compare_text": _text(LONGEST_TEXT),
    "export_width": _width,
    "stage": _component(LONGEST_COMMANDS),
    "stage_beside": _component(LONGEST_COMMANDS),
    "layer": _component(LONGEST_ASKED),
    "upsample": _component(LONGEST),
}
"""Of each widget's key: whether a state is one that it can have."""
