"""A page as a Jupyter notebook: its numbers, its programs, and the stage as a widget where the explorer is installed.

The format is nbformat 4.5 (https://nbformat.readthedocs.io/en/latest/format_description.html), which is JSON.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import numpy as np

from explorer.code_text import KINDS, program
from explorer.decimals import format_number
from explorer.documents.build import document
from explorer.documents.facts import about
from explorer.documents.messages import speak
from explorer.documents.schema import Document
from explorer.export.picture import png
from explorer.links import search_of
from explorer.operation import Operation, run
from explorer.session.address import to_query
from explorer.session.page import page_at
from explorer.settings import shape_text
from explorer.text import say

WIDTH = 1000
METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


def notebook(address: str = "") -> bytes:
    """The page of an address as a notebook that runs; its programs need torch and numpy.

    >>> json.loads(notebook("?preset=stride-2"))["cells"][0]["source"].splitlines()[0]
    '# Transposed convolution'
    """
    page = page_at(search_of(address)).page
    operation, query = run(page.settings), f"?{urlencode(to_query(page.settings, page.view), safe=',;|')}"
    example = about(operation, page.view)["message"]
    title = say("export.notebook.title", title=say("title"), about=speak(example) if example else "")
    cells = [_text(title.strip()), _picture(document(operation, page.view)), _text("\n\n".join(_tables(operation)))]
    for kind in KINDS:
        cells.append(_text(f"## {say(f'code.kinds.{kind}')}"))
        cells.append(_code(program(page.settings, kind, address if kind == KINDS[0] else "")))
    cells.append(_text(say("export.notebook.widget")))
    cells.append(_code(say("export.notebook.program", address=json.dumps(query, ensure_ascii=False))))
    named = [{"id": f"cell-{at}", **cell} for at, cell in enumerate(cells)]
    whole = {"cells": named, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return f"{json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)}\n".encode()


def _text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _picture(shown: Document) -> dict[str, Any]:
    """The page as it is seen where nothing runs."""
    content = b64encode(png(shown, WIDTH)).decode("ascii")
    return {**_text(f"![{say('title')}](attachment:page.png)"), "attachments": {"page.png": {"image/png": content}}}


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source.strip(), "execution_count": None, "outputs": []}


def _tables(operation: Operation) -> Iterator[str]:
    """The grids X, K and Y, each channel as a table in Markdown."""
    grids = (("input", operation.input), ("kernel", operation.weight), ("output", operation.output))
    for name, array in grids:
        yield say(f"export.notebook.{name}", shape=shape_text(array.shape))
        for at in np.ndindex(array.shape[:-2]):
            if array.shape[:-2] != (1,) * len(at):
                yield say(f"export.notebook.{name}_channel", **{f"at_{n}": index for n, index in enumerate(at)})
            yield _table(array[at])


def _table(grid: np.ndarray) -> str:
    """A grid (rows, columns) in Markdown, which wants a heading: the columns' numbers.

    >>> print(_table(np.eye(2)))
    |   | 0 | 1 |
    |--:|--:|--:|
    | **0** | 1 | 0 |
    | **1** | 0 | 1 |
    """
    heading = ["   ", *(f" {column} " for column in range(grid.shape[1]))]
    rows = [[f" **{row}** ", *(f" {format_number(one)} " for one in line)] for row, line in enumerate(grid.tolist())]
    lines = [heading, ["--:"] * len(heading), *rows]
    return "\n".join(f"|{'|'.join(line)}|" for line in lines)
