"""The exported picture and the live stage: the same marks, frames, names and titles, and the same sentence."""

import re

import pytest

import explorer
from explorer.export.picture.fonts import CORNERED
from explorer.export.picture.svg import svg
from tests.export.pictures import read

from .driver import PROJECTOR

KERNEL_3 = "preset=dv-padding-strides-odd"
CHANNELS = "x=1,2;3,4|5,-6;7,8&k=1,0.5;-2,3|0,1;1,0&stride=2&padding=1&output_padding=1"
ADDRESSES = [
    "?preset=stride-2&trace=input:0,1,0",
    "?preset=padding-1&trace=output:0,1,1",
    f"?{KERNEL_3}&trace=output:0,3,3",
    f"?{CHANNELS}&trace=kernel:1,0,1,0",
    f"?{CHANNELS}&step=6",
    "?preset=stride-2&backward=1&trace=input:0,0,1",
    f"?{KERNEL_3}&backward=1&trace=output:0,3,3",
    "?preset=stride-2&view=gather&trace=output:0,3,1",
    "?preset=stride-2&view=gather&step=7",
    f"?{KERNEL_3}&view=gather&trace=output:0,2,2",
    f"?{KERNEL_3}&view=gather&trace=input:0,1,1",
    "?preset=stride-2&view=gather&trace=zero_inserted:2,2",
    "?preset=stride-2&view=gather&backward=1&step=3",
    "?preset=basic&view=matrix&trace=input:0,1,0",
    "?preset=basic&view=matrix&trace=output:0,1,1",
    "?preset=basic&view=matrix&trace=W:1,2",
    "?preset=basic&view=matrix&trace=W:0,8",
    "?preset=basic&view=matrix&backward=1&trace=input:0,0,1",
    "?preset=stride-leaves-gaps&crop=0,1&bias=0.5&trace=output:0,2,2",
    "?preset=stride-leaves-gaps&crop=0,1;2,0&bias=-0.5&trace=output:0,1,1",
    "?preset=stride-leaves-gaps&crop=0,1&bias=0.5&step=0",
    "?preset=stride-2&crop=0,1&bias=0.5&view=gather&trace=output:0,1,1",
    "?preset=stride-2&crop=0,1&bias=0.5&view=matrix&trace=output:0,3,3",
    "?preset=stride-2&crop=1,0&bias=0.5&backward=1&trace=output:0,0,1",
    "?preset=1d-overlap&step=2",
    "?preset=1d-paddings&view=gather&trace=output:0,0,3",
]


def without_spaces(text):
    return re.sub(r"\s", "", text)


def marks_of(marks, page, name):
    """The marks in an order; where the stage's cells have no room for texts in their corners, without these."""
    has_texts = page.board(name).down >= CORNERED
    return sorted(tuple(mark) if has_texts else tuple(mark._replace(corner="", label="")) for mark in marks)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_picture_is_the_stages(look, address):
    document = explorer.document(address)
    picture, page = read(document), look(address, size=PROJECTOR)
    assert without_spaces(picture.sentence) == without_spaces(page.sentence)
    assert picture.chips == page.chips()
    live = page.page.locator(".tconv-stage .layer").evaluate_all("(all) => all.map((one) => one.dataset.grid)")
    assert sorted(picture.grids) == sorted(live)
    for name, grid in picture.grids.items():
        assert marks_of(grid.marks, page, name) == marks_of(page.marks_as_data(name), page, name), name
        frames = [(box.place, box.colour, box.kind) for box in page.boxes(name, ".line")]
        assert sorted((box.place, box.colour, box.kind) for box in grid.boxes("frame")) == sorted(frames), name
        for kind in ("window", "cropped", "added", "inserted"):
            wanted = sorted(box.place for box in page.boxes(name, f".{kind}"))
            assert sorted(box.place for box in grid.boxes(kind)) == wanted, (name, kind)
        cells = page.page.locator(f"[data-grid={name}] .cell").evaluate_all(
            "(all) => all.map((one) => one.value ?? one.textContent)"
        )
        shown = [grid.numbers.get((row, column), "") for row in range(grid.rows) for column in range(grid.columns)]
        assert shown == cells, name


@pytest.mark.parametrize(
    "address", ["?preset=padding-1", "?preset=stride-2&view=gather&crop=0,1&bias=1", "?preset=basic&view=matrix"]
)
def test_titles_and_names_are_the_stages(look, address):
    page = look(address)
    for name, grid in read(explorer.document(address)).grids.items():
        assert without_spaces(page.text(f".grid-{name} .title")).startswith(without_spaces(grid.title)), name
        rows, columns = page.names(name)
        assert grid.names == [*columns.values(), *rows.values()], name


def test_an_svg_is_shown_by_a_browser_with_its_texts_selectable(look):
    page = look("?preset=stride-2")
    picture = svg(explorer.document("?preset=stride-2&trace=input:0,1,0"))
    drawn = page.page.evaluate(
        """(svg) => { const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
        const node = document.body.appendChild(document.importNode(parsed.documentElement, true));
        const texts = [...node.querySelectorAll('text')];
        const range = document.createRange(); range.selectNodeContents(node);
        getSelection().removeAllRanges(); getSelection().addRange(range);
        const found = [texts.length, texts.filter((one) => one.getBBox().width > 0).length, getSelection().toString()];
        getSelection().removeAllRanges(); node.remove();
        return found }""",
        picture,
    )
    assert drawn[0] == drawn[1] > 30
    assert "Input X" in drawn[2] and "stamps" in drawn[2]
