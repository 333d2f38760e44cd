"""The picked layer in a framework: its one line, a program that checks itself, and what differs."""

from explorer.layer import LayerError
from explorer.networks.call import LayerCall
from explorer.networks.differences import difference_text, differences
from explorer.networks.following import Row
from explorer.networks.page.schema import ProgramData
from explorer.networks.programs import program
from explorer.networks.writing import constructor
from explorer.text import say


def program_data(row: Row, framework: str, is_open: bool) -> ProgramData | None:
    """The layer in a framework; the program only where its section is open, None where it is no transposed one."""
    call = row.call
    if call.kind != "transposed":
        return None
    notes = [difference_text(one) for one in differences(call, framework)]
    text = ""
    if is_open:
        try:
            text = program(call, row.given, framework)
        except LayerError as error:
            notes.append(say("layer_page.program.not_possible", reason=str(error)))
    return {"framework": framework, "line": line_of(call, framework), "text": text, "notes": notes}


def line_of(call: LayerCall, framework: str) -> str:
    """The layer as a framework writes it in one line; empty where it has no such line."""
    try:
        return constructor(call, framework) if framework != "conv2d" else ""
    except LayerError:
        return ""
