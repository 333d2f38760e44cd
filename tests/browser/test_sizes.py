"""From a phone to a projector, from the smallest to the largest computation, light and dark."""

import numpy as np
import pytest

from explorer import conv_matrix
from explorer.operation import run
from explorer.settings import Settings
from explorer.views.matrix import LARGEST_SECOND

from .driver import LAPTOP, PHONE, PROJECTOR, STAGE, canvas, window

X = [[[(3 * c + i + 2 * j) % 7 - 3 for j in range(8)] for i in range(8)] for c in range(4)]
K = [[[[(ci + 2 * co + a * b) % 5 - 2 for b in range(5)] for a in range(5)] for co in range(4)] for ci in range(4)]
LARGEST = {"stride": 4, "dilation": 3, "output_padding": 3}


def blocks(grids):
    """Grids as an address writes them."""
    return "|".join(";".join(",".join(map(str, row)) for row in grid) for grid in grids)


LARGE = f"?x={blocks(X)}&k={blocks([grid for row in K for grid in row])}&out_channels=4"
LARGE += "".join(f"&{name}={value}" for name, value in LARGEST.items())
SMALL = "?x=5&k=-2"
# What stands out of the window at its left or right and cannot be scrolled to within a box of its own.
OUTSIDE = f"""[...{STAGE}.querySelectorAll('*')].filter((node) => {{
  const box = node.getBoundingClientRect();
  return box.width && box.height && getComputedStyle(node).visibility === 'visible'
    && !node.parentElement.closest('.scroll') && (box.left < -0.5 || box.right > innerWidth + 0.5)
}}).map((node) => node.className || node.tagName)"""


FITS = ["", "?stride=2", "?preset=arange-9", "?preset=conv-matrix", "?stride=2&view=matrix"]
FITS += ["?preset=padding-1&view=gather", "?preset=groups&view=matrix", "?preset=corr2d&backward=1", "?backward=1"]
FITS += [LARGE + more for more in ("&view=gather", "&view=matrix", "&backward=1", "&view=matrix&backward=1")]


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR], ids=["laptop", "projector"])
def test_all_fits_without_scrolling(visit, size):
    page = visit(size=size)
    for query in FITS:
        page.go(query)
        over = page.page.evaluate(
            f"""() => {{
              const over = {{stage: Math.max(0, {STAGE}.getBoundingClientRect().bottom - innerHeight)}};
              for (const name of ['html', '[data-testid=stMain]', '[data-testid=stSidebarContent]']) {{
                const node = document.querySelector(name);
                over[name] = [node.scrollHeight - node.clientHeight, node.scrollWidth - node.clientWidth];
              }}
              return over }}"""
        )
        assert over == {name: [0, 0] for name in over} | {"stage": 0}, query
        assert page.page.evaluate(OUTSIDE) == [], query


def test_the_stage_grows_with_the_window(look):
    page = look(f"?x={blocks(X[:1])}")
    width = "document.querySelector('[data-grid=output]').getBoundingClientRect().width"
    small = page.page.evaluate(width)
    page.resize(PROJECTOR)
    page.until(f"(small) => {width} > 1.2 * small", small)
    page.sees("output", canvas(Settings.of(X[0], [[0, 1], [2, 3]])))


@pytest.mark.parametrize("query", ["?stride=4&padding=2", "?x=1,2;3,4&k=5"], ids=["large", "hardly any can move"])
def test_no_text_of_the_controls_lies_on_another(visit, query):
    page = visit(query)
    page.page.locator(".st-key-stride [data-testid=stSlider]").hover()  # shows the range below the track
    for apart in (False, True):
        if apart:
            page.page.locator(".st-key-apart label").click()
            page.page.locator(".st-key-stride_w [data-testid=stSlider]").wait_for()
            page.idle()
        overlaps = page.page.evaluate("""() => {
          const side = document.querySelector('[data-testid=stSidebarUserContent]');
          const texts = [...side.querySelectorAll('[data-testid=stSlider] :is(p, svg)')].filter((one) =>
            one.checkVisibility({ opacityProperty: true })).map((one) => {
            const range = document.createRange();
            range.selectNodeContents(one);
            const box = one.tagName === 'P' ? range.getBoundingClientRect() : one.getBoundingClientRect();
            const air = one.tagName === 'P' ? box.height * 0.15 : 0; // above and below the letters
            return [one.textContent || '?', box.left, box.top + air, box.right, box.bottom - air] });
          const meet = (one, other) => one[1] < other[3] && other[1] < one[3] && one[2] < other[4] && other[2] < one[4];
          return texts.flatMap((one, at) => texts.slice(at + 1).filter((other) => meet(one, other))
            .map((other) => [one[0], other[0]])) }""")
        assert overlaps == []


def test_notices_take_no_room_from_the_grids(look):
    page = look(f"?x={blocks(X[:1])}")
    boards = f"[...{STAGE}.querySelectorAll('.layer')].map((one) => JSON.stringify(one.getBoundingClientRect()))"
    before = page.page.evaluate(boards)
    page.go(f"?x={blocks(X[:1])}&stride=77&padding=88&dilation=99")
    assert page.page.locator(".tconv-stage .message p").count() >= 3
    assert page.page.evaluate(boards) == before
    numbers = page.page.locator("[data-grid=output] .cell").evaluate_all("(all) => all.map((one) => one.textContent)")
    assert len(numbers) == 81
    assert all(numbers)
    covered = page.page.evaluate(
        f"""() => {{ const edge = Math.min(...[...document.querySelectorAll('.tconv-stage .message p')].map(
          (line) => line.getBoundingClientRect().top));
        return [...{STAGE}.querySelectorAll('.layer')].some((one) => one.getBoundingClientRect().bottom > edge) }}"""
    )
    assert not covered


@pytest.mark.parametrize(
    ("query", "scheme"),
    [
        ("", "light"),
        ("", "dark"),
        ("?stride=2&view=matrix", "dark"),
        (LARGE, "light"),
        (LARGE + "&view=matrix", "dark"),
        (LARGE + "&view=gather", "light"),
        (LARGE + "&view=matrix&backward=1", "light"),
    ],
)
def test_a_phone(look, query, scheme):
    page = look(query, size=PHONE, color_scheme=scheme)
    wide = "['html', '[data-testid=stMain]'].map((name) => document.querySelector(name).scrollWidth)"
    assert max(page.page.evaluate(wide)) <= PHONE[0]
    assert page.page.evaluate(OUTSIDE) == []
    for part in (".player .primary", ".sentence"):  # in reach without scrolling
        box = page.page.locator(f".tconv-stage {part}").bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= PHONE[1], part
    # Wᵀ · vec(X) = vec(Y) and X → ★ = are read on a phone too.
    signs = page.page.locator(".tconv-stage .picture > .sign")
    assert all(sign.is_visible() for sign in signs.all())


def test_a_phones_controls_leave_the_picture_in_sight_and_presenting_can_be_left(visit):
    page = visit("?preset=stride-2", size=PHONE, fresh=True)
    page.page.locator("[data-testid=stExpandSidebarButton]").click()
    page.page.locator("[data-testid=stSidebar][data-collapsed=false]").wait_for()
    page.page.locator(".st-key-stride [data-testid=stSlider]").wait_for()
    page.until("document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().bottom <= innerHeight")
    box = page.page.locator("[data-testid=stSidebar]").bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, PHONE[0], PHONE[1])
    assert box["y"] >= 0.55 * PHONE[1] - 1
    close = page.page.locator("[data-testid=stSidebarCollapseButton] button").bounding_box()
    assert box["y"] <= close["y"] < PHONE[1]
    page.go("?preset=stride-2&view=matrix&present=1")
    leave = page.page.locator(".tconv-stage .present")
    box = leave.bounding_box()
    assert 0 <= box["x"] < box["x"] + box["width"] <= PHONE[0]
    assert 0 <= box["y"] < 100
    leave.click()
    page.page.locator(".tconv-stage:not(.presenting)").wait_for()


@pytest.mark.parametrize(
    ("query", "x", "k", "layer", "scheme"),
    [(SMALL, [[5]], [[-2]], {}, "light"), (LARGE, X, K, LARGEST, "dark")],
    ids=["small", "large"],
)
def test_the_smallest_and_the_largest(look, query, x, k, layer, scheme):
    settings = Settings.of(x, k, **layer)
    matrix = conv_matrix(np.array(settings.weight), settings.layer, settings.size)
    rows, columns = np.prod(settings.size), np.prod(settings.layer.output_size(settings.size))
    last = settings.layer.in_channels * rows
    page = look(query, color_scheme=scheme)
    dark = (
        page.page.evaluate(f"getComputedStyle({STAGE}).getPropertyValue('--st-background-color')").lower() != "#ffffff"
    )
    assert dark == (scheme == "dark")
    page.sees("output", canvas(settings))
    page.shows(window=window(settings))
    page.focus()
    page.key("Home")
    page.shows(step=0)
    page.key("End")
    page.shows(step=last)
    page.sees("output", canvas(settings))
    page.view("Matrix")
    if rows * columns <= LARGEST_SECOND:
        page.sees("W", matrix[:rows, :columns].toarray())
    page.sees("WT", matrix[:rows, :columns].toarray().T)
    page.sees("vec_output", canvas(settings)[: settings.layer.output_size(settings.size)[0]].reshape(-1, 1))
    page.point("output", 0, 0)
    page.shows(trace="output:0,0,0")
    page.away()
    page.view("Gather")
    page.until("document.querySelector('.grid-flipped .js-plotly-plot')?.data")
    page.sees("flipped", np.array(settings.weight)[0, 0, ::-1, ::-1])
    page.page.locator(".tconv-stage .backward").click()
    page.sees("gradient", run(settings).gradient().result[0])
    page.view("Matrix")
    page.sees("W", matrix[:rows, :columns].toarray())
    page.page.locator(".tconv-stage .backward").click()
    page.view("Scatter")
    page.sees("output", canvas(settings))


def test_every_graph_is_as_large_as_its_board(look):
    page = look(LARGE + "&view=matrix")
    # Below 10 px Plotly would fall back to 700.
    wrong = page.page.evaluate("""[...document.querySelectorAll('.js-plotly-plot')].filter((plot) =>
      plot._fullLayout.width !== Math.max(plot.offsetWidth, 10)
      || plot._fullLayout.height !== Math.max(plot.offsetHeight, 10))
      .map((plot) => [plot.data[0].name, plot._fullLayout.width, plot.offsetWidth])""")
    assert wrong == []


@pytest.mark.parametrize("query", ["", "?stride=2"])
def test_the_stage_grows_on_a_projector(look, query):  # test_sizes.py
    page = look(query)
    width = "document.querySelector('[data-grid=output]').getBoundingClientRect().width"
    small = page.page.evaluate(width)
    page.resize(PROJECTOR)
    assert page.page.evaluate(width) > 1.2 * small
