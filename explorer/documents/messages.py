"""Messages: what a document says, without a language. `explorer.text` has the sentences."""

from collections.abc import Mapping

from explorer.decimals import number_text
from explorer.documents.schema import Message
from explorer.text import say


def message(key: str, /, **values: str | int | float | Message) -> Message:
    """The message of a sentence, and what fills its places.

    >>> message("agreement.rounded", difference=0.5)
    {'key': 'agreement.rounded', 'values': {'difference': 0.5}}
    """
    return {"key": key, "values": values}


def speak(spoken: Message) -> str:
    """The sentence of a message: its numbers as cells show them, its messages as their own sentences.

    Raises KeyError where there is no such sentence, or where a place of it is not filled.

    >>> speak(message("frame.padding", value=message("formula.height")))
    'Padding H′ keeps only what is inside the dashed frame.'
    >>> speak(message("agreement.rounded", difference=-0.5))
    'Largest difference to float64: −0.5.'
    """
    return say(spoken["key"], **{name: _spoken(value) for name, value in spoken["values"].items()})


def _spoken(value: str | int | float | Message) -> str:
    if isinstance(value, str):
        return value
    return speak(value) if isinstance(value, Mapping) else number_text(value)
