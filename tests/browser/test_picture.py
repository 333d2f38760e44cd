"""The picture itself, read from the browser: colours, outlines, frames, hatches, names, and all channels in small.

What must be seen is worked out here from the numbers and the palette. Colours are those of computed styles, and
where a style alone would not tell what is seen, those of the pixels on screen.
"""

from typing import NamedTuple

import numpy as np
import pytest

from explorer.decimals import number_text
from explorer.figures.palette import DARK, LIGHT, levels
from explorer.settings import Settings

from .driver import FRAMES, STAGE, colour_text, factor, output

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


@pytest.fixture
def show(look):
    """Go to an address, in a theme, with the keyboard and the pointer nowhere: ``show("?stride=2", DARK)``."""

    def show(query, palette=LIGHT):
        scheme = "dark" if palette is DARK else "light"
        page = look(query, color_scheme=scheme)
        page.away()
        page.until(f"{STAGE}.dataset.theme === '{scheme}'")
        page.steady()
        return page

    return show


class Product(NamedTuple):
    """Input cell (i, j) times kernel cell (a, b) lands on canvas cell (r, c)."""

    i: int
    j: int
    a: int
    b: int
    r: int
    c: int


class Example:
    """One channel's input and kernel, its address, and its products."""

    def __init__(self, x, k, stride=(1, 1), **layer):
        self.x, self.k, self.stride, self.layer = np.array(x), np.array(k), stride, layer

    def address(self, **more):
        written = {"x": blocks(self.x), "k": blocks(self.k), "stride": "x".join(map(str, self.stride))}
        return query({**written, **self.layer, **more})

    def products(self, **at):
        """All products, or those whose indices are these: products(i=1, j=0)."""
        every = (
            Product(i, j, a, b, i * self.stride[0] + a, j * self.stride[1] + b)
            for i, j, a, b in np.ndindex(*self.x.shape, *self.k.shape)
        )
        return [one for one in every if at.items() <= one._asdict().items()]

    def factors(self, one):
        """A product as the sentence writes it."""
        return f"{factor(self.x[one.i, one.j])}·{factor(self.k[one.a, one.b])}"

    def canvas(self):
        """The sums on the canvas."""
        drawn = np.zeros([(n - 1) * s + k for n, s, k in zip(self.x.shape, self.stride, self.k.shape, strict=True)])
        for i, j, a, b, r, c in self.products():
            drawn[r, c] += self.x[i, j] * self.k[a, b]
        return drawn


# Six kernel positions, the most that have colours of their own; nine; and one where no two stamps overlap.
SIX = Example([[1, -2], [3, -4]], [[1, 2, -3], [4, 5, 6]], stride=(1, 2))
NINE = Example([[1, -2], [3, -4]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]], stride=(2, 2), padding=1)
APART = Example([[1, -2], [3, -4]], [[1, -2], [3, 4]], stride=(2, 2))
CHANNELS = Settings.of(
    [[[1, 2], [3, -4]], [[0, 1], [2, 3]]],
    [[[[1, -2], [3, 4]], [[5, 6], [7, -8]]], [[[1, 1], [0, 1]], [[2, -7], [2, 3]]]],
)
TWO_CHANNELS = {"x": "1,2;3,-4|0,1;2,3", "k": "1,-2;3,4|5,6;7,-8|1,1;0,1|2,-7;2,3", "out_channels": 2}


# ---- addresses
def blocks(grid):
    return ";".join(",".join(map(str, row)) for row in grid.tolist())


def query(parameters):
    return "?" + "&".join(f"{name}={value}" for name, value in parameters.items())


# ---- colours
def rgb(colour):
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def mixed(one, other, share):
    """A colour with so much of another in it."""
    return one + (other - one) * share


def fill(palette, part):
    """The colour of a value that is so large a part of the largest."""
    negative, zero, positive = map(rgb, palette.scale)
    return mixed(zero, positive if part > 0 else negative, abs(part))


def level(values, palette=LIGHT):
    """The small pictures' colour of each value."""
    shades, bound = levels(palette), np.abs(values).max()
    return np.array([rgb(shades[round(10 * value / bound) + 10]) for value in np.ravel(values)]).reshape(
        *np.shape(values), 3
    )


def is_near(found, expected, within=2):
    """Whether colours are the same to the eye."""
    return np.abs(found - np.asarray(expected)).max() <= within


def luminance(colour):
    parts = np.asarray(colour) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    """WCAG's contrast of two colours: 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# ---- pixels
def ground(pixels):
    """The colour that most of the pixels have."""
    colours, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    return colours[counts.argmax()]


def pattern(pixels):
    """Which pixels have another colour than the ground."""
    return np.abs(pixels - ground(pixels)).max(axis=-1) > 8


def is_plain(pixels):
    return not pattern(pixels).any()


def is_hatched(pixels):
    """Whether thin lines go aslant through all of the pixels."""
    lines = pattern(pixels)
    return 0.03 < lines.mean() < 0.35 and lines.any(axis=0).all() and lines.any(axis=1).all()


def is_dotted(pixels):
    """Whether small dots stand in rows and columns, 8 px apart."""
    dots = pattern(pixels)
    is_regular = (dots[8:] == dots[:-8]).all() and (dots[:, 8:] == dots[:, :-8]).all()
    return 0.02 < dots.mean() < 0.3 and is_regular and not dots.any(axis=0).all() and not dots.any(axis=1).all()


def cells(page, name, screen=None):
    """{(row, column): the pixels of that cell}, without the lines around it."""
    screen, board = screen or page.screen(), page.board(name)
    return {at: screen.inside(board.edges(*at), margin=3) for at in np.ndindex(*page.z(name).shape)}


def covered(boxes):
    """The cells under boxes."""
    return {
        (row, column)
        for box in boxes
        for row in range(round(box.row), round(box.row + box.height))
        for column in range(round(box.column), round(box.column + box.width))
    }


def part_of_edge(page, screen, name, box, colour, inset=1):
    """The part of a box's left and top edges that has a colour on screen, so many px within the box."""
    left, top, right, bottom = page.board(name).edges(*box.place)
    edge = np.concatenate([screen.pixels[top:bottom, left + inset], screen.pixels[top + inset, left:right]])
    return np.mean(np.abs(edge - rgb(colour)).max(axis=-1) <= 2)


def check_outlines(page, *names):
    """The marks are on screen in their colours: looked at in the middle of each left side."""
    screen = page.screen()
    for name in names:
        board = page.board(name)
        for mark in page.marks_as_data(name):
            left, top, _, bottom = board.edges(*mark.place)
            assert is_near(screen.pixels[(top + bottom) // 2, left + 1], rgb(mark.colour)), (name, mark)


def pointed(page, name, row, column, trace):
    page.point(name, row, column)
    page.shows(trace=trace)


# ---- a colour for each kernel position
def colour_at(one, example=SIX):
    return LIGHT.kernel[one.a * example.k.shape[1] + one.b]


def check_products(page, products):
    """K, W and Wᵀ have the colours of these products of SIX, of which nothing is cropped."""
    entries = {(2 * p.i + p.j, 5 * p.r + p.c): colour_at(p) for p in products}
    assert page.colours("kernel") == {(p.a, p.b): colour_at(p) for p in products}
    assert page.colours("W") == entries
    assert page.colours("WT") == {(column, row): colour for (row, column), colour in entries.items()}


def test_each_kernel_position_has_its_colour_in_every_grid(show):
    assert len(set(LIGHT.kernel)) == 6
    page = show(SIX.address(view="matrix"))
    pointed(page, "input", 1, 0, "input:0,1,0")
    stamp = SIX.products(i=1, j=0)
    check_products(page, stamp)
    assert page.colours("output") == {(p.r, p.c): colour_at(p) for p in stamp}
    assert page.colours("vec_output") == {(5 * p.r + p.c, 0): colour_at(p) for p in stamp}
    assert page.colours("input") == {(1, 0): LIGHT.traced}
    assert page.colours("vec_input") == {(2, 0): LIGHT.traced}
    assert page.chips() == [("X[1,0]", LIGHT.traced), *((SIX.factors(p), colour_at(p)) for p in stamp)]
    check_outlines(page, "input", "kernel", "output", "W", "WT", "vec_input", "vec_output")

    pointed(page, "output", 1, 2, "output:0,1,2")
    sums = SIX.products(r=1, c=2)
    check_products(page, sums)
    assert page.colours("input") == {(p.i, p.j): colour_at(p) for p in sums}
    assert page.colours("output") == {(1, 2): LIGHT.traced}
    assert [colour for _, colour in page.chips()] == [LIGHT.traced, *2 * [colour_at(p) for p in sums]]

    pointed(page, "kernel", 0, 2, "kernel:0,0,0,2")
    check_products(page, SIX.products(a=0, b=2))
    assert page.colours("output") == {(p.r, p.c): LIGHT.kernel[2] for p in SIX.products(a=0, b=2)}
    assert set(page.chips()) == {("K[0,2]", LIGHT.kernel[2])}

    pointed(page, "W", 3, 9, "W:3,9")
    assert page.colours("kernel") == {(0, 2): LIGHT.kernel[2]}
    assert page.colours("output") == {(1, 4): LIGHT.kernel[2]}
    assert page.colours("W") == {(3, 9): LIGHT.traced}


def test_the_flipped_kernel_is_recognised_by_its_colours(show):
    page = show(SIX.address(view="gather"))
    pointed(page, "output", 1, 2, "output:0,1,2")
    colours = {(a, b): LIGHT.kernel[3 * a + b] for a, b in np.ndindex(2, 3)}
    assert page.colours("kernel") == colours
    assert page.colours("flipped") == {(1 - a, 2 - b): colour for (a, b), colour in colours.items()}
    assert page.colours("input") == {(p.i, p.j): colour_at(p) for p in SIX.products(r=1, c=2)}
    # Around X stand one row and two columns of zeros, and one column of them between its own two.
    assert page.colours("zero_inserted") == {(2 - a, 4 - b): colour for (a, b), colour in colours.items()}
    factors = {(p.a, p.b): SIX.factors(p) for p in SIX.products(r=1, c=2)}
    said = [(factors.get(at, f"0·{factor(SIX.k[at])}"), colour) for at, colour in colours.items()]
    assert page.chips()[1:] == said[::-1]  # in the window's order, which is the flipped kernel's
    check_outlines(page, "input", "kernel", "flipped", "output")


def test_only_products_with_a_zero_that_was_put_in_are_dashed(show):
    page = show(SIX.address(view="gather"))
    pointed(page, "output", 1, 2, "output:0,1,2")
    kinds = {mark.at: mark.kind for mark in page.marks_as_data("zero_inserted")}
    real = {(2 - p.a, 4 - p.b) for p in SIX.products(r=1, c=2)}
    assert kinds == {at: "solid" if at in real else "dashed" for at in kinds}
    assert sorted(kinds.values()) == 2 * ["dashed"] + 4 * ["solid"]
    assert {mark.kind for grid in ("input", "kernel", "flipped") for mark in page.marks_as_data(grid)} == {"solid"}


# ---- what stands in the corners
def corners(page, name):
    return {mark.at: mark.corner for mark in page.marks_as_data(name) if mark.corner}


def labels(page, name):
    return {mark.at: mark.label for mark in page.marks_as_data(name) if mark.label}


def added(example, i, j):
    """What the stamp of an input cell adds, with its sign."""
    values = {(p.r, p.c): example.x[i, j] * example.k[p.a, p.b] for p in example.products(i=i, j=j)}
    return {at: ("+" if value >= 0 else "") + number_text(float(value)) for at, value in values.items()}


def test_a_stamp_shows_what_it_adds(show):
    page = show(SIX.address())
    assert added(SIX, 0, 1)[0, 2] == "−2"
    assert added(SIX, 0, 1)[0, 4] == "+6"
    for i, j in ((0, 1), (1, 0)):
        pointed(page, "input", i, j, f"input:0,{i},{j}")
        assert corners(page, "output") == added(SIX, i, j)
        assert corners(page, "input") == corners(page, "kernel") == {}
    pointed(page, "output", 1, 2, "output:0,1,2")
    assert corners(page, "output") == {}
    page.away()
    page.focus()
    page.key("End")
    page.key("ArrowLeft")
    page.shows(step=3)
    assert corners(page, "output") == added(SIX, 1, 0)
    # Each stands at the right end of its cell's upper half, on a light ground of its mark's colour.
    boxes = page.boxes("output", ".corner")
    assert {(int(box.row), int(box.column)) for box in boxes} == set(added(SIX, 1, 0))
    assert all(box.row % 1 < 0.2 and box.height < 0.5 and 0.3 < box.column % 1 < 1.1 - box.width for box in boxes)
    board, screen = page.board("output"), page.screen()
    for box, mark in zip(boxes, page.marks_as_data("output"), strict=True):
        behind = ground(screen.inside(board.edges(*box.place), margin=3))
        assert is_near(behind, mixed(rgb(LIGHT.background), rgb(mark.colour), 0.35))
    assert text_colours(page, "output", ".corner") == {LIGHT.text}


def fonts(page, name, kind=".cell"):
    """The sizes of the texts in a grid, as parts of its cells."""
    found = page.page.locator(f"[data-grid={name}] {kind}, .grid-{name} .marks {kind}").evaluate_all(
        "(all) => all.map((node) => parseFloat(getComputedStyle(node).fontSize))"
    )
    return {round(px / page.board(name).across, 2) for px in found}


def test_numbers_grow_with_their_cells_and_have_one_size_in_a_grid(show):
    page = show("?preset=stride-2&trace=input:0,1,1")
    assert page.board("output").across > 60
    assert fonts(page, "output") == fonts(page, "input") == {0.44}
    assert min(fonts(page, "output", ".corner")) >= 0.18
    show("?preset=random-weight")
    assert len(fonts(page, "output")) == 1  # of 0 as of −0.3671
    assert min(fonts(page, "output")) >= 0.24


def test_beyond_six_positions_labels_tell_which_is_which(show):
    page = show(NINE.address(view="gather"))
    every = {(a, b): f"{a},{b}" for a, b in np.ndindex(3, 3)}
    pointed(page, "output", 2, 2, "output:0,2,2")
    assert labels(page, "kernel") == every
    assert labels(page, "flipped") == {(2 - a, 2 - b): text for (a, b), text in every.items()}
    # Of nine positions those of the four products have colours; the others meet a zero.
    sums = NINE.products(r=2, c=2)
    colours = {(p.a, p.b): colour for p, colour in zip(sums, LIGHT.kernel, strict=False)}
    known = {at: colours.get(at, LIGHT.muted) for at in every}
    assert page.colours("kernel") == known
    assert page.colours("flipped") == {(2 - a, 2 - b): colour for (a, b), colour in known.items()}
    assert page.colours("input") == {(p.i, p.j): colours[p.a, p.b] for p in sums}
    assert page.chips()[1:5] == [(NINE.factors(p), colours[p.a, p.b]) for p in sums]

    pointed(page, "input", 0, 1, "input:0,0,1")
    stamp = NINE.products(i=0, j=1)
    assert labels(page, "kernel") == every
    assert labels(page, "output") == {(p.r, p.c): f"{p.a},{p.b}" for p in stamp}
    assert corners(page, "output") == added(NINE, 0, 1)
    assert set(page.colours("kernel").values()) == set(page.colours("output").values()) == {LIGHT.traced}
    show(SIX.address(trace="input:0,0,1"))  # where each position has a colour, none has a label
    assert labels(page, "kernel") == labels(page, "output") == {}


# ---- frames
def test_frames_show_the_row_and_the_column_of_the_matrix(show):
    page = show(SIX.address(view="matrix"))
    for trace, line, kind, colour in (
        (("input", 0, 1), 1, "dashed", LIGHT.primary),
        (("output", 0, 0), 0, "solid", LIGHT.traced),
        (("output", 2, 4), 14, "solid", LIGHT.traced),
    ):
        grid, row, column = trace
        pointed(page, *trace, f"{grid}:0,{row},{column}")
        [upright], [lying] = page.boxes("WT", ".line"), page.boxes("W", ".line")
        if grid == "input":
            assert (lying.place, upright.place) == ((line, 0, 1, 15), (0, line, 15, 1))
        else:
            assert (lying.place, upright.place) == ((0, line, 4, 1), (line, 0, 1, 4))
        assert {(box.kind, box.colour) for box in (upright, lying)} == {(kind, colour)}
        screen = page.screen()
        for name, box in (("W", lying), ("WT", upright)):
            seen = part_of_edge(page, screen, name, box, colour)
            assert (0.2 if kind == "dashed" else 0.5) < seen < (0.75 if kind == "dashed" else 1.01), (name, seen)
    pointed(page, "kernel", 0, 0, "kernel:0,0,0,0")
    assert page.boxes("W", ".line") == page.boxes("WT", ".line") == []
    show(SIX.address(view="gather"))
    pointed(page, "output", 1, 2, "output:0,1,2")
    [window] = page.boxes("zero_inserted", ".line")
    assert (window.place, window.kind, window.colour) == ((1, 2, 2, 3), "solid", LIGHT.traced)


def check_crop_frame(page, place, name="output"):
    """A dashed frame is seen around this block of cells, and around no other."""
    [frame] = page.boxes(name, ".window")
    assert (frame.place, frame.kind, frame.colour) == (place, "dashed", LIGHT.frame)
    assert 0.3 < part_of_edge(page, page.screen(), name, frame, LIGHT.frame, inset=-1) < 0.9


# ---- hatches and dots
def check_cells(page, name, is_so, wanted, covers=()):
    """These cells of a grid look so on screen, and all others but those of `covers` are plain; returns the grounds."""
    seen = cells(page, name)
    for at, pixels in seen.items():
        assert is_so(pixels) == (at in wanted), (name, at)
        assert at in wanted or at in covers or is_plain(pixels), (name, at)
    return {at: ground(seen[at]) for at in wanted}


def border(rows, columns, window):
    """The cells of a grid outside of a window."""
    top, left, height, width = window
    return {
        (row, column)
        for row, column in np.ndindex(rows, columns)
        if not (top <= row < top + height and left <= column < left + width)
    }


def test_what_padding_crops_is_hatched_and_framed(show):
    page = show(NINE.address())
    cropped, values = border(5, 5, (1, 1, 3, 3)), NINE.canvas()
    assert covered(page.boxes("output", ".cropped")) == page.classed("output", "outside") == cropped
    check_crop_frame(page, (1, 1, 3, 3))
    grounds = check_cells(page, "output", is_hatched, cropped)
    bound = np.abs(page.z("output")).max()
    for at in cropped:
        assert is_near(grounds[at], mixed(fill(LIGHT, values[at] / bound), rgb(LIGHT.muted), 0.08), within=3)
        assert contrast(rgb(LIGHT.text), grounds[at]) > LEAST_CONTRAST
    show(NINE.address(padding=0))
    assert page.boxes("output", ".cropped") == page.boxes("output", ".window") == []
    check_cells(page, "output", is_hatched, set())


def test_what_output_padding_adds_is_dotted(show):
    page = show(APART.address(output_padding=1, padding="1x0"))
    beyond = {(1, 4), (2, 4), (3, 4)}
    assert covered(page.boxes("output", ".added")) == beyond
    check_crop_frame(page, (1, 0, 3, 5))
    grounds = check_cells(page, "output", is_dotted, beyond, covers=border(4, 5, (1, 0, 3, 5)))
    assert all(is_near(colour, fill(LIGHT, 0)) for colour in grounds.values())
    show(APART.address(output_padding=1))
    assert covered(page.boxes("output", ".added")) == border(5, 5, (0, 0, 4, 4))
    show(NINE.address(output_padding=1))  # it only uncovers what padding cropped
    assert page.boxes("output", ".added") == []
    check_crop_frame(page, (1, 1, 4, 4))


def test_zeros_that_were_put_in_are_hatched(show):
    page = show(NINE.address(view="gather"))
    zeros = {(r, c) for r, c in np.ndindex(5, 5) if not (r % 2 and c % 2)}
    assert covered(page.boxes("zero_inserted", ".inserted")) == page.classed("zero_inserted", "zero") == zeros
    grounds = check_cells(page, "zero_inserted", is_hatched, zeros)
    wanted = mixed(fill(LIGHT, 0), rgb(LIGHT.muted), 0.16)
    assert all(is_near(colour, wanted, within=3) for colour in grounds.values())
    show("?x=1,2,3;4,5,6;7,8,9&k=2&padding=1&view=gather")  # here padding is wider than the border
    cropped = border(3, 3, (1, 1, 1, 1))
    assert covered(page.boxes("zero_inserted", ".cropped")) == cropped
    check_crop_frame(page, (1, 1, 1, 1), "zero_inserted")
    check_cells(page, "zero_inserted", is_hatched, cropped)


# ---- the numbers' own colours
def text_colours(page, name, kind=".cell"):
    found = page.page.locator(f".grid-{name} {kind}").evaluate_all(
        "(all) => all.map((node) => getComputedStyle(node).color)"
    )
    return set(map(colour_text, found))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_cell_has_the_colour_of_its_number(show, palette):
    page = show(APART.address(view="matrix"), palette)
    screen = page.screen()
    assert page.classed("WT", "entry") == set(map(tuple, np.argwhere(page.z("WT"))))  # APART has no 0
    largest = {"input": 4, "kernel": 4, "output": 16, "W": 4, "WT": 4, "vec_input": 4, "vec_output": 16}
    for name, bound in largest.items():
        values, seen = page.z(name), cells(page, name, screen)
        entries = page.classed(name, "entry")
        assert text_colours(page, name) == {palette.text}
        for at, pixels in seen.items():
            assert is_plain(pixels), (name, at)
            empty = name in ("W", "WT") and at not in entries
            wanted = rgb(palette.background) if empty else fill(palette, values[at] / bound)
            assert is_near(ground(pixels), wanted), (name, at)
            assert contrast(rgb(palette.text), ground(pixels)) > LEAST_CONTRAST
    assert is_near(ground(screen.pixels[:8, 700:1240]), rgb(palette.background))
    show(NINE.address(view="gather"), palette)
    assert text_colours(page, "zero_inserted", ".cell.zero") == {palette.muted}
    assert text_colours(page, "zero_inserted", ".cell:not(.zero)") == {palette.text}
    assert text_colours(page, "output", ".cell.outside") == {palette.text}


@pytest.mark.parametrize(
    "palette",
    [
        pytest.param(LIGHT, id="light"),
        pytest.param(DARK, id="dark"),
    ],
)
def test_zeros_that_were_put_in_are_readable(show, palette):
    page = show(NINE.address(view="gather"), palette)
    behind = ground(cells(page, "zero_inserted")[0, 0])
    assert contrast(rgb(*text_colours(page, "zero_inserted", ".cell.zero")), behind) > LEAST_CONTRAST


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_not_stamped_yet_is_dimmed(show, palette):
    example = Example([[0, 2], [3, -4]], [[1, -2], [3, 4]], stride=(2, 2))
    page = show(example.address(step=1), palette)
    stamped = {(p.r, p.c) for p in example.products(i=0, j=0)}
    untouched = set(np.ndindex(4, 4)) - stamped
    full = fill(palette, 0)  # the first stamp adds zeros: only the dimming tells where it was
    faint = mixed(full, rgb(palette.background), 0.6)
    assert page.classed("output", "waiting") == untouched
    assert page.classed("input", "waiting") == page.classed("kernel", "waiting") == set()
    # Not by colour alone: "nothing yet" is a point, and a sum that is 0 is the number.
    assert {at: page.cell("output", *at).inner_text() for at in ((0, 0), (0, 1), (3, 3))} == {
        (0, 0): "0",
        (0, 1): "0",
        (3, 3): "·",
    }
    for at, pixels in cells(page, "output").items():
        assert is_near(ground(pixels), faint if at in untouched else full), at
    assert not is_near(faint, full, within=5)
    assert text_colours(page, "output") == {palette.text}
    page.focus()
    page.key("ArrowRight")
    page.shows(step=2)
    assert page.classed("output", "waiting") == untouched - {(p.r, p.c) for p in example.products(i=0, j=1)}
    page.key("End")
    page.key("ArrowRight")
    page.shows(step="all")
    assert page.classed("output", "waiting") == set()


# ---- all channels in small
def check_drawing(page, selector, values, palette=LIGHT):
    """Small pictures have one pixel a cell, in its level's colour, and are on screen so; `values` are all channels'."""
    drawings, shades = page.drawings(selector), level(values, palette)
    assert len(drawings) == len(values)
    screen = page.screen()
    for at, (drawing, wanted) in enumerate(zip(drawings, shades, strict=True)):
        assert drawing.shape[:2] == wanted.shape[:2]
        assert (drawing[..., 3] == 255).all()
        assert (drawing[..., :3] == wanted).all(), (selector, at)
        box, (rows, columns) = page.page.locator(selector).nth(at).bounding_box(), wanted.shape[:2]
        assert box["width"] == box["height"] == 24
        size = 24 / max(rows, columns)
        for row, column in np.ndindex(rows, columns):
            x = box["x"] + 12 + (column + 0.5 - columns / 2) * size
            y = box["y"] + 12 + (row + 0.5 - rows / 2) * size
            assert is_near(screen.pixels[int(y), int(x)], wanted[row, column]), (selector, at, row, column)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_channels_in_small_have_the_colours_of_their_numbers(show, palette):
    page = show(query(TWO_CHANNELS), palette)
    weight = np.array(CHANNELS.weight)
    check_drawing(page, ".grid-input .tab canvas", np.array(CHANNELS.input), palette)
    check_drawing(page, ".grid-output .tab canvas", output(CHANNELS), palette)
    check_drawing(page, ".grid-kernel .block canvas", weight.reshape(4, 2, 2), palette)  # in rows of X, columns of Y
    assert page.text(".grid-kernel .blocks").split() == ["Y", "0", "Y", "1", "X", "0", "X", "1"]


def overview_places(page):
    """Where each block of the overview stands: {(ci, co): (left, top)}."""
    found = page.page.locator(".overview button.block").evaluate_all(
        """(all) => all.map((node) => [Number(node.dataset.ci), Number(node.dataset.co),
        node.getBoundingClientRect().left, node.getBoundingClientRect().top])"""
    )
    return {(ci, co): (left, top) for ci, co, left, top in found}


def check_overview(page, is_upright):
    """Each block of the matrix in small: its entries in the colours of the weight's numbers, and nothing else."""
    shades, screen = level(np.array(CHANNELS.weight)), page.screen()
    for ci, co in np.ndindex(2, 2):
        selector = f".overview [data-ci='{ci}'][data-co='{co}'] canvas"
        [drawing], box = page.drawings(selector), page.page.locator(selector).bounding_box()
        entries = {(2 * i + j, 3 * (i + a) + j + b): (a, b) for i, j, a, b in np.ndindex(2, 2, 2, 2)}
        shape = np.array((4, 9) if is_upright else (9, 4))
        for cell_at in np.ndindex(*shape):
            y, x = ((np.array(cell_at) + 0.5) * drawing.shape[:2] / shape).astype(int)
            *colour, opacity = drawing[y, x]
            entry = entries.get(cell_at if is_upright else cell_at[::-1])
            assert opacity == (255 if entry else 0), (ci, co, cell_at)
            wanted = shades[ci, co][entry] if entry else rgb(LIGHT.background)
            assert not entry or is_near(colour, wanted)
            assert is_near(screen.pixels[int(box["y"]) + y, int(box["x"]) + x], wanted), (ci, co, cell_at)


def test_all_blocks_of_the_matrix_in_small(show):
    page = show(query({**TWO_CHANNELS, "view": "matrix"}))
    places = overview_places(page)
    check_overview(page, is_upright=False)
    assert places[0, 0][0] == places[0, 1][0] < places[1, 0][0]  # Wᵀ: a column an input channel
    assert places[0, 0][1] == places[1, 0][1] < places[0, 1][1]
    show(query({**TWO_CHANNELS, "view": "matrix", "backward": 1}))
    places = overview_places(page)
    check_overview(page, is_upright=True)
    assert places[0, 0][0] == places[1, 0][0] < places[0, 1][0]
    assert places[0, 0][1] == places[0, 1][1] < places[1, 0][1]
    show(query({**TWO_CHANNELS, "k": "1,-2;3,4|5,6;7,-8", "groups": 2, "view": "matrix"}))
    screen = page.screen()
    left_out = page.page.locator(".overview .block.none")
    assert left_out.count() == 2
    for one in left_out.all():
        box = one.bounding_box()
        edges = (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
        assert is_hatched(screen.inside(edges, margin=4))


# ---- names
def plain(count):
    return {n: str(n) for n in range(count)}


def pairs(rows, columns):
    return {columns * i + j: f"{i},{j}" for i, j in np.ndindex(rows, columns)}


def test_rows_and_columns_have_names(show):
    example = Example([[1, -2], [3, -4]], [[1, 2, 3], [4, 5, 6]], stride=(1, 2), padding="0x1")
    page = show(example.address(view="matrix"))  # a canvas of 3×5, and of it the 3 columns in the middle
    x, y = pairs(2, 2), pairs(3, 3)
    expected = {
        "input": (plain(2), plain(2)),
        "kernel": (plain(2), plain(3)),
        "output": (plain(3), {1: "0", 2: "1", 3: "2"}),  # Y's own; what is cropped has no name
        "W": (x, y),
        "WT": (y, x),
        "vec_input": (x, {}),
        "vec_output": (y, {}),
    }
    assert {name: page.names(name) for name in expected} == expected
    show(example.address(view="matrix", backward=1))
    backward = {"gradient": expected["input"], "upstream": expected["output"], "W": (x, y)}
    backward |= {"vec_gradient": (x, {}), "vec_upstream": (y, {})}
    assert {name: page.names(name) for name in backward} == backward
    show(example.address(view="gather"))
    reversed_names = ({0: "1", 1: "0"}, {0: "2", 1: "1", 2: "0"})
    assert page.names("flipped") == reversed_names
    assert page.names("kernel") == expected["kernel"]
    assert page.names("output") == expected["output"]
    assert page.names("zero_inserted") == (plain(4), plain(5))


# ---- the keyboard's place
def with_keyboard(page, name):
    """Press Tab until a grid has the keyboard."""
    page.away()
    page.focus()
    for _ in range(40):
        page.key("Tab")
        if page.page.evaluate("document.activeElement.closest('[data-grid]')?.dataset.grid") == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


def ring(page, screen, name):
    """The colours from outside to inside across the left edge of a grid's first cell, half-way down."""
    left, top, _, bottom = page.board(name).edges(0, 0)
    return screen.pixels[(top + bottom) // 2, left - 6 : left + 8]


def has_ring(page, name):
    return (np.abs(ring(page, page.screen(), name) - rgb(LIGHT.primary)).max(axis=-1) <= 2).sum() >= 2


def test_a_cell_with_the_keyboard_has_a_ring(show):
    page = show(SIX.address(trace="output:0,2,4"))
    assert not has_ring(page, "kernel")
    with_keyboard(page, "kernel")
    assert has_ring(page, "kernel")


@pytest.mark.parametrize("trace", ["", "output:0,1,2"])
def test_a_marked_cell_with_the_keyboard_has_a_ring(show, trace):
    page = show(SIX.address(trace=trace))
    with_keyboard(page, "kernel")
    page.page.evaluate(FRAMES)
    assert has_ring(page, "kernel")
