"""Four ways, one answer: the numbers of each view are the core's, and the traced cell goes along from view to view."""

import re

import numpy as np
import pytest

from explorer import relation
from explorer.fills import UPSTREAM
from explorer.methods import METHODS
from explorer.methods.zero_insertion import zero_inserted
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.session.address import from_query
from explorer.settings import Settings
from explorer.views import View, last_step
from tests.references import zero_inserted_cells

from .driver import STAGE, canvas, matrix_block

STRIDE_2 = PRESETS["stride-2"].settings
GROUPED = {
    "x": "0,1;2,3|1,1;1,0|2,0;0,2|3,1;1,3",
    "k": "|".join(f"1,2;3,{n}" for n in range(8)),
    "out_channels": "4",
    "groups": "2",
    "stride": "2",
    "padding": "1x0",
}
RECTANGULAR = {"x": "1,2,3;4,5,6", "k": "1,-2,0.5;3,4,-1", "stride": "2x1", "padding": "1", "dilation": "1x2"}


def query(parameters, **more):
    return "?" + "&".join(f"{name}={value}" for name, value in {**parameters, **more}.items())


def arrays(settings):
    return np.array(settings.input), np.array(settings.weight)


def gathered(settings, step, channel=0):
    """The canvas of an output channel when so many of its cells are gathered; NaN is an empty cell."""
    output = METHODS["zero_insertion"](*arrays(settings), settings.layer)[channel]
    top, left, height, width = settings.layer.window(settings.size)
    drawn = np.full(settings.layer.canvas_size(settings.size), np.nan)
    drawn[top : top + height, left : left + width] = np.where(
        np.arange(output.size).reshape(output.shape) < step, output, np.nan
    )
    return drawn


def check_gather(page, settings, step, channels=(0, 0)):
    shown_in, shown_out = channels
    spread = zero_inserted(np.array(settings.input), settings.layer)[shown_in]
    top, left, height, width = settings.layer.zero_inserted_window(settings.size)
    block = shown_out % settings.layer.weight_shape[1]
    np.testing.assert_array_equal(page.z("zero_inserted")[top : top + height, left : left + width], spread)
    np.testing.assert_array_equal(page.z("flipped"), np.array(settings.weight)[shown_in, block, ::-1, ::-1])
    np.testing.assert_allclose(page.z("output"), gathered(settings, step, shown_out), rtol=1e-12, atol=1e-12)


def check_matrix(page, settings):
    x, _ = arrays(settings)
    joined = matrix_block(settings, 0, 0)
    page.sees("WT", joined.T)
    page.sees("W", joined)
    assert page.z("vec_input").ravel().tolist() == x[0].ravel().tolist()
    output = METHODS["torch"](x, np.array(settings.weight), settings.layer)[0]
    np.testing.assert_allclose(page.z("vec_output").ravel(), output.ravel(), rtol=1e-12, atol=1e-12)


def test_every_preset_in_some_view(look):
    """In one view each, by turns; the documents of all in every view are tested in tests/documents."""
    page = look()
    for number, (name, preset) in enumerate(PRESETS.items()):
        settings = preset.settings
        if number % 3 == 0:
            step = (last_step(settings, View(view="gather")) + 1) // 2
            check_gather(page.go(f"?preset={name}&view=gather&step={step}"), settings, step)
        elif number % 3 == 1:
            check_matrix(page.go(f"?preset={name}&view=matrix"), settings)
        else:
            page.go(f"?preset={name}&view=scatter&backward=1")
            np.testing.assert_allclose(page.z("gradient"), run(settings).gradient().result[0], rtol=1e-12)


@pytest.mark.parametrize("parameters", [GROUPED, RECTANGULAR], ids=["groups", "rectangular"])
@pytest.mark.parametrize("view", ["scatter", "gather", "matrix"])
def test_channels_groups_and_rectangles_in_every_view(look, parameters, view):
    settings = from_query(parameters)[0]
    channels = (3, 2) if parameters is GROUPED else (0, 0)
    page = look(query(parameters, view=view, channel="{},{}".format(*channels)))
    np.testing.assert_allclose(page.z("output"), canvas(settings, channels[1]), rtol=1e-12, atol=1e-12)
    if view == "gather":
        page.focus()
        page.key("End")
        step = last_step(settings, View(view="gather"))
        page.shows(step=step)
        check_gather(page, settings, step, channels)
    if view == "matrix":
        np.testing.assert_array_equal(page.z("WT"), matrix_block(settings, *channels).T)
    page.page.locator(".tconv-stage .backward").click()
    page.until(f"{STAGE}.querySelector('.grid-gradient')")
    gradient = run(settings).gradient()
    page.sees("gradient", gradient.result[channels[0]])
    top, left, height, width = settings.layer.window(settings.size)
    inside = page.z("upstream")[top : top + height, left : left + width]
    assert inside.tolist() == gradient.upstream[channels[1]].tolist()
    if view == "matrix":
        np.testing.assert_array_equal(page.z("W"), matrix_block(settings, *channels))
        assert page.z("vec_upstream").ravel().tolist() == gradient.upstream[channels[1]].ravel().tolist()
        np.testing.assert_allclose(page.z("vec_gradient").ravel(), gradient.result[channels[0]].ravel(), rtol=1e-12)


def test_gathering_step_by_step(look):
    page = look("?preset=stride-2&view=gather")
    page.sees("output", canvas(STRIDE_2))
    page.focus()
    page.key("Home")
    page.shows(step=0)
    assert np.isnan(page.z("output")).all()
    assert page.sentence.startswith("Nothing is gathered yet.")
    for step in (1, 2):
        page.key("ArrowRight")
        page.shows(step=step)
    check_gather(page, STRIDE_2, 2)
    page.page.locator(".tconv-stage .scrub").fill("14")
    page.shows(step=14)
    assert page.sentence.startswith("Y[3,1] gathers 2·3 + 0·2 + 0·1 + 0·0 = 6. 3 of the 4 products multiply a zero")
    assert page.text(".tconv-stage .count") == "cell 14 of 16"
    assert page.marks("zero_inserted") == {(3, 1), (3, 2), (4, 1), (4, 2)}
    assert page.marks("flipped") == page.marks("kernel") == {(0, 0), (0, 1), (1, 0), (1, 1)}
    page.has_address(step=14, view="gather")


def test_pointing_in_the_gather_view(look):
    settings = from_query(RECTANGULAR)[0]
    layer, size = settings.layer, settings.size
    page = look(query(RECTANGULAR, view="gather"))
    rows, columns = relation.windows(layer, size)
    cells = zero_inserted_cells(layer, size)
    r, c = layer.padding
    page.point("output", r, c)
    page.shows(trace=f"output:0,{r},{c}")
    under = {(int(row), int(column)) for row in rows[r] for column in columns[c]}
    assert page.marks("zero_inserted") == under
    zeros = sum(cells[at] < 0 for at in under)
    assert f"{zeros} of the 6 products multiply a zero" in page.sentence
    real = next(at for at in sorted(under) if cells[at] >= 0)
    page.point("zero_inserted", *real)
    i, j = divmod(int(cells[real]), size[1])
    page.shows(trace=f"input:0,{i},{j}")
    assert page.marks("input") == {(i, j)}
    page.point("flipped", 0, 2)  # by 180°: K's last row, first column
    page.shows(trace="kernel:0,0,1,0")
    assert (0, 2) in page.marks("flipped")
    assert page.marks("kernel") == {(1, 0)}
    zero = next(at for at in sorted(under) if cells[at] < 0)
    page.point("zero_inserted", *zero)
    page.shows(trace="zero_inserted:{},{}".format(*zero))
    assert page.sentence.startswith("A zero that was put in. Windows that multiply it: ")


def test_a_cropped_input_cell_is_seen(look):
    page = look("?x=1,2,3;4,5,6;7,8,9&k=2&padding=1&view=gather")
    assert "border d(k−1)−p = -1" in page.text(".grid-zero_inserted .title")
    assert page.page.locator(".grid-zero_inserted .window").count() == 1
    assert page.page.locator(".grid-zero_inserted .cropped").count() == 4
    assert page.z("zero_inserted").tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_the_traced_cell_goes_along_from_view_to_view(look):
    page = look("?preset=stride-2")
    page.click("output", 3, 1)
    page.shows(trace="output:0,3,1")
    said = {
        "Gather": "Y[3,1] gathers 2·3",
        "Matrix": "Its row of Wᵀ is what it gathers.",
        "Scatter": "Y[3,1] = X[1,0]·K[1,1]",
    }
    for title, part in said.items():
        page.view(title)
        page.has_address(trace="output:0,3,1")
        page.until(f"{STAGE}.querySelector('[data-testid=trace-sentence]').innerText.includes(`{part}`)")
        page.shows(trace="output:0,3,1", step="all")
    page.has_address(view=None, preset="stride-2", trace="output:0,3,1", step=None)


def test_backward_over_the_same_links(look):
    page = look("?preset=corr2d")
    page.click("input", 0, 1)
    page.shows(trace="input:0,0,1")
    forward = page.marks("output")
    page.page.locator(".tconv-stage .backward").click()
    page.sees("gradient", [[27, 37], [57, 67]])  # cell 14: the convolution of arange(9)
    page.has_address(backward=1, trace="input:0,0,1")
    page.shows(trace="input:0,0,1", step="all")
    assert page.marks("upstream") == forward
    assert page.sentence.startswith("dX[0,1] = dY[0,1]·K[0,0] + ")
    assert "= 1·1 + 2·2 + 4·3 + 5·4 = 37: its row of W" in page.sentence
    assert "autograd agrees, max |Δ| 0" in page.text(".tconv-stage .facts .same")
    page.key("Escape")
    page.key("Home")
    page.shows(step=0)
    assert np.isnan(page.z("gradient")).all()
    page.key("ArrowRight")
    page.shows(step=1)
    assert np.nan_to_num(page.z("gradient"), nan=-1).tolist() == [[27, -1], [-1, -1]]
    page.page.locator(".tconv-stage .backward").click()
    page.sees("input", [[27, 37], [57, 67]])
    page.has_address(backward=None)


def test_another_upstream_gradient(look):
    page = look("?preset=corr2d&backward=1")
    page.sees("upstream", [[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    names = page.page.locator(".grid-upstream [role=menuitem]").evaluate_all(
        "(all) => all.map((one) => one.dataset.name)"
    )
    assert names[: len(UPSTREAM)] == list(UPSTREAM)
    page.fill("upstream", "ones")
    page.sees("upstream", np.ones((3, 3)))
    page.sees("gradient", np.full((2, 2), 10))
    page.has_address(upstream="ones", backward=1)


def test_blocks_of_channels_in_small(look):
    page = look(query(GROUPED, view="matrix"))
    blocks = page.page.locator(".overview .block")
    assert blocks.count() == 16
    assert page.page.locator(".overview .block.none").count() == 8  # what two groups leave out
    settings = from_query(GROUPED)[0]
    page.page.locator(".overview button[aria-label='Kernel from X channel 3 to Y channel 2']").click()
    page.sees("WT", matrix_block(settings, 3, 2).T)
    page.has_address(channel="3,2")
    assert "block X 3 → Y 2" in page.text(".grid-WT .title")
    assert page.text(".overview [aria-pressed=true]") == page.text(".overview [data-ci='3'][data-co='2']")
    assert page.text(".grid-output .title").startswith("Full canvas 4×4, cropped to output Y[2] · 4×2×4")
    page.focus()
    page.key("Home")
    page.key("ArrowRight")  # the first stamp is of the first channel: its block is not in this group
    page.shows(step=1)
    assert page.page.locator(".overview [aria-pressed=true]").count() == 0


def test_a_cell_of_another_group_reaches_nothing(look):
    page = look(query(GROUPED, view="matrix", trace="input:2,0,1"))
    page.shows(trace="input:2,0,1")
    assert page.sentence == "X[2,0,1] belongs to another group; it does not reach output channel 0."
    assert not page.z("WT").any()


def test_a_large_matrix_has_a_map_and_a_part_with_numbers_that_follows_the_trace(look):
    numbers = ";".join(",".join(map(str, range(8))) for _ in range(8))
    page = look(f"?x={numbers}&k=1,2;3,4&stride=4&view=matrix&trace=output:0,29,29")
    page.shows(trace="output:0,29,29")
    block = matrix_block(from_query({"x": numbers, "k": "1,2;3,4", "stride": "4"})[0], 0, 0).T
    np.testing.assert_array_equal(page.z("WT"), block)  # the map holds all of it

    def seen():
        said = re.search(r"rows (\d+)–(\d+) of 900, columns (\d+)–(\d+) of 64", page.text(".grid-WT_excerpt .title"))
        top, bottom, left, right = map(int, said.groups())
        return slice(top, bottom + 1), slice(left, right + 1)

    rows, columns = seen()
    assert rows.start <= 29 * 30 + 29 < rows.stop
    assert page.page.locator(".grid-WT_excerpt .line").count() == 1
    page.key("Escape")
    page.point("input", 0, 0)
    page.shows(trace="input:0,0,0")
    page.until("document.querySelector('.grid-WT_excerpt .title').innerText.includes('rows 0–')")
    rows, columns = seen()
    texts = page.page.locator("[data-grid=WT_excerpt] .cell").all_inner_texts()
    shape = rows.stop - rows.start, columns.stop - columns.start
    drawn = np.array([float(text or 0) for text in texts]).reshape(shape)
    np.testing.assert_array_equal(drawn, block[rows, columns])
    frame = page.page.locator(".grid-WT .line.excerpt").bounding_box()
    whole = page.page.locator("[data-grid=WT]").bounding_box()
    assert abs(frame["y"] - whole["y"]) < 8


def test_each_method_in_float64_and_float32(look):
    page = look("?x=0.1,0.7;1.3,2.9&k=0.3,0.37;-0.11,1.7")
    settings = Settings.of([[0.1, 0.7], [1.3, 2.9]], [[0.3, 0.37], [-0.11, 1.7]])
    page.page.locator("[data-testid=agreement]").click()
    for precision in ("float64", "float32"):
        page.page.locator(".panel .choice button", has_text=precision).click()
        page.until(f"{STAGE}.querySelector('.panel .choice [aria-pressed=true]')?.textContent === '{precision}'")
        results = run(settings, precision).results
        assert list(results) == ["naive", "zero_insertion", "matrix", "torch", "autograd"]
        for name, result in results.items():
            page.sees(name, result.output[0])
    assert "Largest difference to float64: " in page.text(".panel .head")
    page.key("Escape")
    page.until(f"{STAGE}.querySelector('.panel').hidden")


def test_cost(look):
    page = look("?preset=stride-2")
    page.page.locator(".tconv-stage .bar button", has_text="Cost").click()
    table = page.page.locator("[role=dialog] table")
    table.wait_for()
    rows = table.locator("tbody tr").all()
    assert [row.locator("td").all_inner_texts()[-4:] for row in rows] == [
        ["16", "0", "0", "16"],
        ["64", "48", "0", "25"],
        ["64", "48", "0", "64"],
        ["16", "0", "0", "37"],
    ]
    page.page.locator("[role=dialog] .js-plotly-plot").wait_for()
    assert page.faint("[role=dialog] :is(table, [data-testid=stCaptionContainer])") == []
    page.key("p")  # the stage's keys rest
    page.key("Escape")
    page.page.locator("[role=dialog]").wait_for(state="detached")
    assert "presenting" not in page.page.locator("[data-testid=stage]").get_attribute("class")


def test_code_is_downloaded_and_runs(look):
    page = look("?preset=stride-2&padding=1")
    page.page.locator(".tconv-stage .bar button", has_text="Code").click()
    with page.page.expect_download() as download:
        page.page.locator(".st-key-code_download button").click()
    for scheme in ("light", "dark"):
        page.page.emulate_media(color_scheme=scheme)
        page.until(f"{STAGE}.dataset.theme === '{scheme}'")
        assert page.faint("[data-testid=stCode]") == []
    program = download.value.path().read_text(encoding="utf-8")
    assert "stride=(2, 2)" in program
    assert "preset=stride-2&padding=1" in program
    found: dict = {}
    exec(program, found)
    assert (
        found["Y"].tolist() == run(Settings.of([[0, 1], [2, 3]], [[0, 1], [2, 3]], stride=2, padding=1)).output.tolist()
    )
    page.key("Escape")
    page.page.locator("[role=dialog]").wait_for(state="detached")


@pytest.mark.parametrize("size", [(700, 900), (1280, 720)])
def test_the_view_can_be_clicked_beside_a_folded_sidebar(visit, size):
    page = visit("?preset=stride-2", size=size, fresh=True)  # Streamlit remembers a folded sidebar
    if size[0] > 768:
        page.page.locator("[data-testid=stSidebar]").hover()
        page.page.locator("[data-testid=stSidebarCollapseButton] button").click()
        page.page.locator("[data-testid=stSidebar][data-collapsed=true]").wait_for(state="attached")
        page.page.locator("[data-testid=stExpandSidebarButton]").wait_for()
    page.view("Gather")
    page.has_address(view="gather")


def test_the_stages_keys_work_after_a_click_on_a_view(look):
    page = look("?preset=stride-2")
    page.view("Gather")
    page.until(f"document.activeElement === {STAGE}")
    page.key("Home")
    page.key("ArrowRight")
    page.shows(step=1)


def test_present_mode_changes_views(look):
    page = look("?preset=stride-2&present=1&trace=output:0,3,1")
    parts = "[...document.querySelectorAll('.tconv-stage .bar > *')].map((node) => node.className)"
    assert page.page.evaluate(parts)[:2] == ["views", "badge"]  # as on the page
    assert page.text(".tconv-stage .present kbd") == "P"
    page.focus()
    page.key("2")
    page.has_address(view="gather", present=1)
    page.key("3")
    page.has_address(view="matrix", trace="output:0,3,1")
    page.page.locator(".views button", has_text="Scatter").click()
    page.has_address(view=None)
    page.key("Shift+B")  # B alone blanks the screen
    page.has_address(backward=1, present=1)


def test_one_block_of_many_is_only_a_part_of_the_sum(look):
    page = look(query(GROUPED, view="matrix", channel="3,2"))
    assert page.text(".picture .rest") == "+ the other channels (1)"
    assert page.text(".grid-vec_input .title") == "vec(X[3])"
    assert page.text(".grid-vec_output .title") == "vec(Y[2])"
    assert page.text(".grid-WT .title").endswith("block X 3 → Y 2, 8×4")


@pytest.mark.parametrize(
    ("more", "key", "then"),
    [
        ("trace=output:0,1,1", "ArrowRight", "output:0,1,2"),
        ("trace=input:0,1,0", "ArrowUp", "input:0,0,0"),
        ("view=gather&step=6", "ArrowRight", "output:0,1,2"),
        ("view=matrix&trace=W:0,5", "ArrowUp", "W:0,5"),  # the first row of W
        ("view=gather&trace=zero_inserted:0,0", "ArrowDown", "zero_inserted:1,0"),
        ("backward=1&trace=input:0,1,0", "ArrowRight", "input:0,1,1"),
    ],
)
def test_the_traced_cell_of_a_link_moves_from_where_it_is(look, more, key, then):
    page = look(f"?preset=stride-2&{more}")
    page.focus()
    page.key(f"Shift+{key}")
    page.shows(trace=then)


def test_a_zero_inserted_cell_of_the_input_is_the_inputs(look):
    look("?preset=stride-2&view=gather&trace=zero_inserted:1,3").shows(trace="input:0,0,1")


def test_an_edit_leaves_the_pin(look):
    page = look("?preset=stride-2&trace=output:0,1,1")
    page.page.mouse.dblclick(*page.point("kernel", 1, 1))
    page.type("5")
    page.key("Enter")
    page.has_address(k="0,1;2,5")
    page.shows(trace="output:0,1,1")
    assert "0·5 = 0" in page.sentence


def test_an_entry_of_w_goes_with_its_cells(visit):
    page = visit("?view=matrix&trace=W:0,4")  # X[0,0] under K[1,1]
    page.slide("stride", "ArrowRight")
    page.shows(trace="W:0,5", window="0,0,4,4")
    page.slide("padding", "ArrowRight")
    page.shows(trace="W:0,0", window="1,1,2,2")
    page.slide("padding", "ArrowLeft")
    page.shows(trace="W:0,5")


def test_a_cropped_entry_of_w_is_its_input_cell(visit):
    page = visit("?preset=stride-2&view=matrix&trace=W:0,0")
    page.slide("padding", "ArrowRight")
    page.shows(trace="input:0,0,0", window="1,1,2,2")


def test_the_bar_is_whole_on_a_small_projector(look):
    page = look("?preset=stride-2", size=(1024, 768))
    for button in page.page.locator(".tconv-stage .bar button:visible").all():
        box = button.bounding_box()
        assert box["x"] + box["width"] <= 1024


def test_the_focus_stays_in_the_methods_panel(look):
    page = look()
    page.page.locator("[data-testid=agreement]").click()
    page.page.locator(".panel .choice button", has_text="float32").click()
    page.until("document.activeElement.textContent === 'float32' && document.activeElement.ariaPressed === 'true'")
    page.key("Escape")
    page.until("document.activeElement.dataset.testid === 'agreement'")


def test_padding_is_the_convolutions_zero_padding_backward(look):
    page = look("?preset=padding-1&backward=1&upstream=ones")
    assert page.z("upstream").tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    page.sees("gradient", [[3, 2], [1, 0]])
    page.point("kernel", 0, 0)
    page.shows(trace="kernel:0,0,0,0")
    assert page.sentence.endswith("Inside Y: 1 of 4.")
