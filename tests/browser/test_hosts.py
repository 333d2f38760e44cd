"""The stage on pages of its own: the offline file, and two stages beside each other."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from explorer import document
from explorer.__main__ import main
from explorer.export.combinations import combinations
from explorer.export.html import gathered
from explorer.export.plotlyjs import plotly_script
from explorer.operation import run
from explorer.session.page import move, page_at
from explorer.stage import bundle, script_json, style
from explorer.text import say

from .driver import PHONE, STAGE, after

GROUPED = "?x=1,2;3,4|5,6;7,8&k=1,2;3,4|5,6;7,8&out_channels=2&groups=2&stride=2&padding=1&output_padding=1"


def offline(tmp_path, address):
    path = tmp_path / "page.html"
    assert main(["export", address, str(path)]) in (0, None)
    return path


def test_the_offline_file_plays_steps_and_traces_without_a_network(opened, tmp_path):
    page = opened(offline(tmp_path, "?preset=stride-2&step=1"))
    settings = page_at("?preset=stride-2").page.settings
    page.sees("output", after(settings, 1))
    page.focus()
    page.key("ArrowRight")
    page.sees("output", after(settings, 2))
    assert page.sentence.startswith("Stamp 2: X[0,1] = 1 stamps 1·K onto rows 0–1, columns 2–3 of Y:")
    page.click("output", 3, 3)
    page.shows(trace="output:0,3,3", step=2)
    assert page.sentence == "Y[3,3] = X[1,1]·K[1,1] = 3·3 = 9"
    assert page.marks("input") == {(1, 1)}
    page.key("Escape")
    page.speed(4)
    page.focus()
    page.key("Home")
    page.key("Space")
    page.until(f"{STAGE}.dataset.step === '4'")
    assert not page.playing()
    # What a page without a server cannot do is not offered.
    assert page.page.locator(".tconv-stage :is(.undo, .redo, .cost, .code, .export, .copy):visible").count() == 0
    assert page.page.locator(".tconv-stage :is(.fill, input.cell)").count() == 0


def test_the_offline_file_works_under_its_own_policy(opened, tmp_path):
    page = opened(offline(tmp_path, "?preset=stride-2&step=1"), policy=True)
    page.focus()
    page.key("End")
    page.page.wait_for_selector(".tconv-stage[data-step='4']")


@pytest.mark.parametrize("address", ["?preset=padding-1", GROUPED], ids=["one channel", "groups"])
def test_every_view_of_the_offline_file_shows_what_the_document_says(opened, tmp_path, address):
    page = opened(offline(tmp_path, address))
    page.focus()
    for number, view in enumerate(("scatter", "gather", "matrix"), 1):
        page.key(str(number))
        page.until(f"{STAGE}.querySelector('.views [aria-pressed=true]').dataset.key === '{view}'")
        wanted = document(f"{address}&view={view}")
        check(page, wanted, "output", wanted["output"])
        for step in range(wanted["steps"]):
            page.key("Home" if step == 0 else "ArrowRight")
            page.shows(step=step)
        page.key("End")
        page.key("b")
        page.until(f"{STAGE}.querySelector('.grid-gradient')")
        wanted = document(f"{address}&view={view}&backward=1")
        check(page, wanted, "gradient", wanted["gradient"]["result"][0], "input")
        check(page, wanted, "upstream", wanted["gradient"]["upstream"])
        page.key("b")
        page.until(f"{STAGE}.querySelector('.grid-output')")


def check(page, wanted, name, values, size="canvas"):
    page.sees(name, np.reshape(values, wanted["sizes"][size]))


def test_the_offline_file_shows_other_channels(opened, tmp_path):
    page = opened(offline(tmp_path, GROUPED))
    page.page.locator(".grid-output .tab", has_text="1").click()
    wanted = document(GROUPED + "&channel=1,1")
    check(page, wanted, "output", wanted["output"])
    check(page, wanted, "input", wanted["input"][1], "input")
    assert page.page.evaluate("document.activeElement.className") == "tab"  # the keyboard stays where it was


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_offline_file_follows_the_visitors_theme_and_fits_a_phone(opened, tmp_path, scheme):
    page = opened(offline(tmp_path, "?preset=stride-2"), PHONE, color_scheme=scheme)
    assert page.data()["theme"] == scheme
    ground = page.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) > 382) == (scheme == "light")
    assert page.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_offline_file_of_the_largest_settings(opened, tmp_path):
    blocks = ["|".join([";".join([",".join(["1.5"] * side)] * side)] * count) for side, count in ((8, 4), (5, 16))]
    address = f"?x={blocks[0]}&k={blocks[1]}&out_channels=4&stride=4&dilation=3&output_padding=3"
    assert len(gathered(page_at(address).page)["documents"]) == 96
    page = opened(offline(tmp_path, address))
    page.sees("output", run(page_at(address).page.settings).scatter_steps(0).canvas)


# ---- two stages on one page
TWO = """
const watched = [];
for (const target of [document, window]) {
  const add = target.addEventListener.bind(target);
  target.addEventListener = (type, act, options) => { watched.push(options?.signal); add(type, act, options); };
}
const start = (name) => {
  const data = { ...DATA[name], constants: CONSTANTS, theme: "light" };
  return startOffline(document.getElementById(name), data);
};
window.test = { stages: ["first", "second"].map(start), watched, told: [] };
const tell = ({ type, target, detail }) => window.test.told.push([type, target.parentElement.id, detail]);
for (const name of ["stepped", "traced", "pinned", "answered"]) document.body.addEventListener(`tconv-${name}`, tell);
"""
FLIPPED = "test.stages.map(({ root }) => !!root.querySelector('.grid-flipped')).join() === 'false,true'"
CELLS = "[...document.querySelectorAll('#first [data-grid=output] .cell')].map((cell) => cell.textContent)"


@pytest.fixture
def two(opened, tmp_path):
    data = {name: gathered(page_at(address).page) for name, address in (("first", ""), ("second", "?preset=stride-2"))}
    script = bundle("hosts/offline.js", TWO.replace("DATA", script_json(data)))
    path = tmp_path / "two.html"
    path.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style()}</style><script>{plotly_script()}</script>"
        f"<body><div id=first></div><div id=second></div><script type=module>{script}</script>",
        encoding="utf-8",
    )
    return opened(path)


def steps(page):
    return page.page.evaluate("test.stages.map(({ root }) => root.dataset.step)")


def shows(page, *wanted):
    page.until("(wanted) => test.stages.every(({ root }, at) => root.dataset.step === wanted[at])", list(wanted))


def test_keys_go_to_the_stage_that_was_used_last(two):
    two.key("Home")  # nobody has used one: the first
    shows(two, "0", "all")
    two.page.locator("#second .count").click()
    two.page.evaluate("document.activeElement.blur()")
    two.key("Home")
    two.key("ArrowRight")
    shows(two, "0", "1")
    two.page.locator("#first .count").click()
    two.page.evaluate("document.activeElement.blur()")
    two.key("ArrowRight")
    shows(two, "1", "1")
    two.page.locator("#second .tconv-stage").focus()
    two.key("ArrowRight")
    shows(two, "1", "2")
    two.key("2")
    two.until(
        "test.stages[1].root.querySelector('.grid-flipped') && !test.stages[0].root.querySelector('.grid-flipped')"
    )


def test_two_stages_trace_apart_and_tell_what_happens(two):
    two.page.locator("#second [data-grid=output]").click(position={"x": 5, "y": 5})
    two.until("test.stages[1].root.dataset.trace === 'output:0,0,0'")
    assert two.page.evaluate("test.stages[0].root.dataset.trace") == ""
    assert ["tconv-pinned", "second", {"cell": "output:0,0,0"}] in two.page.evaluate("test.told")
    two.page.evaluate("test.told.length = 0")
    two.page.evaluate("test.stages[0].update({ step: 3, pin: 'input:0,1,0' })")  # what a lesson does
    two.until("test.stages[0].root.dataset.step === '3' && test.stages[0].root.dataset.trace === 'input:0,1,0'")
    told = two.page.evaluate("test.told")
    assert ["tconv-stepped", "first", {"step": 3}] in told
    assert {name for name, stage, _ in told if stage == "second"} == set()


def test_a_masked_cell_hides_its_number_until_it_is_revealed(two):
    two.page.evaluate("test.stages[0].update({ mask: ['output:0,1,1'], pin: 'output:0,1,1' })")
    cell = two.page.locator("#first [data-grid=output] .cell").nth(4)
    two.until(f"{CELLS}[4] === '?'")
    assert two.z("output")[1, 1] != two.z("output")[1, 1]  # NaN: no colour either
    assert two.sentence.endswith("= ?")
    cell.click()
    two.type("4")
    two.key("Enter")
    told = two.page.evaluate("test.told.filter(([name]) => name === 'tconv-answered')")
    assert told == [["tconv-answered", "first", {"cell": "output:0,1,1", "text": "4"}]]
    two.page.evaluate("test.stages[0].update({ mask: [] })")
    two.until(f"{CELLS}[4] === '4'")
    two.page.evaluate("test.stages[0].update({ mask: ['output'] })")
    two.until(
        "[...document.querySelectorAll('#first [data-grid=output] .cell')].every((one) => one.textContent === '?')"
    )


def test_a_disposed_stage_leaves_nothing_behind(two):
    assert two.page.evaluate("test.watched.length") > 0
    two.page.evaluate("test.stages[0].update({ step: 0, isPlaying: true })")
    two.page.evaluate("test.stages[0].dispose()")
    two.key("Home")
    two.until("test.stages[1].root.dataset.step === '0'")
    assert two.page.locator("#first > *").count() == 0
    two.page.evaluate("test.stages[1].dispose()")
    two.key("ArrowRight")
    two.page.wait_for_timeout(300)
    own = two.page.evaluate("test.watched.filter(Boolean).map(({ aborted }) => aborted)")
    assert own
    assert all(own)


# ---- sliders of the offline file
NAMES = ("first", "second")
SLIDERS = "[data-testid=sliders] input[name={}]"


def with_sliders(tmp_path, address, sliders, name="page.html"):
    path = tmp_path / name
    assert main(["export", address, str(path), "--sliders", sliders]) == 0
    assert path.stat().st_size <= 2_500_000
    return path


def slide(page, name, value):
    """Move a slider by keys, as a reader would; only what it offers can be reached."""
    slider = page.page.locator(SLIDERS.format(name))
    while (now := int(slider.input_value())) != value:
        slider.press("ArrowRight" if now < value else "ArrowLeft")
        assert int(slider.input_value()) != now


def test_sliders_move_through_all_combinations(opened, tmp_path):
    address = "?x=1,2,3;4,5,6&k=1,2;3,4"
    page = opened(with_sliders(tmp_path, address, "padding,stride"))
    seen = []
    for stride in (1, 3, 2, 4):
        slide(page, "stride", stride)
        for padding in range(int(page.page.locator(SLIDERS.format("padding")).get_attribute("max")), -1, -1):
            slide(page, "padding", padding)
            settings = page_at(f"{address}&stride={stride}&padding={padding}").page.settings
            page.sees("output", run(settings).scatter_steps(0).canvas)
            window = ",".join(map(str, settings.layer.window((2, 3))))
            page.until(f"{STAGE}.dataset.window === '{window}'")
            seen.append((stride, padding))
    possible = combinations(page_at(address).page, ["stride", "padding"])
    assert sorted(seen) == sorted(possible)
    assert page.page.locator("[data-testid=sliders]").get_attribute("aria-label")


def test_a_slider_moves_those_behind_it_and_says_so_and_the_view_stays(opened, tmp_path):
    page = opened(with_sliders(tmp_path, "?preset=stride-2&view=matrix", "stride,output_padding,padding"), policy=True)
    row = page.page.locator("[data-testid=sliders]")
    shown = row.locator("output")
    assert shown.all_inner_texts() == ["2", "0", "0"]
    slider = page.page.locator(SLIDERS.format("output_padding"))
    slider.focus()
    slider.press("ArrowRight")  # a slider's key is no step of the stage
    assert shown.all_inner_texts() == ["2", "1", "0"]
    page.page.wait_for_selector(".tconv-stage[data-step=all][data-window='0,0,5,5']")
    page.page.locator(SLIDERS.format("stride")).press("Home")
    assert shown.all_inner_texts() == ["1", "0", "0"]
    assert row.locator("[role=status]").inner_text() == "output_padding is 0 now."
    assert slider.is_disabled()
    page.page.wait_for_selector(".tconv-stage[data-window='0,0,3,3'] .grid-WT, .tconv-stage .grid-W")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.name") == "padding"


def test_groups_that_part_the_shown_channels_show_others(opened, tmp_path):
    address = "?x=1,2;3,4|5,6;7,8&k=1,2;3,4|5,6;7,8|1,0;0,1|0,1;1,0&out_channels=2&channel=1,0"
    page = opened(with_sliders(tmp_path, address, "groups"))
    own = page_at(address).page
    page.sees("output", run(own.settings).scatter_steps(0).canvas)
    slide(page, "groups", 2)
    page.sees("output", run(move(own, "groups", 2).page.settings).scatter_steps(0).canvas)
    slide(page, "groups", 1)
    page.sees("output", run(own.settings).scatter_steps(0).canvas)


def test_two_files_in_frames_do_not_disturb_each_other(opened, tmp_path):
    for name, address in (("first.html", ""), ("second.html", "?preset=stride-2")):
        with_sliders(tmp_path, address, "stride,padding", name)
    outer = tmp_path / "page.html"
    frames = "".join(f"<iframe src={name}.html title={name} width=610 height=560></iframe>" for name in NAMES)
    outer.write_text(
        f"<!doctype html><meta charset=utf-8><p>course</p>{frames}<p style='height: 900px'>end</p>", encoding="utf-8"
    )
    page = opened(outer, policy=True, wait=False).page
    stages = [page.frame_locator(f"iframe[title={name}]").locator(".tconv-stage") for name in NAMES]
    for stage in stages:
        stage.locator(".grid-kernel .js-plotly-plot .heatmaplayer").wait_for(state="attached")
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "BODY"]
    stages[1].locator(".count").click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(stages[1]).to_have_attribute("data-step", "1")
    expect(stages[0]).to_have_attribute("data-step", "all")
    page.frame_locator("iframe[title=first]").locator(SLIDERS.format("stride")).press("End")
    expect(stages[0]).to_have_attribute("data-window", "0,0,6,6")
    expect(stages[1]).to_have_attribute("data-window", "0,0,4,4")
    expect(stages[1]).to_have_attribute("data-step", "1")


def test_a_browser_without_what_the_file_needs_says_so(browser, tmp_path):
    path = offline(tmp_path, "")
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.add_init_script("delete window.DecompressionStream")
        page.goto(path.as_uri())
        page.get_by_text(say("export.too_old")).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_row_of_sliders_fits_a_phone(opened, tmp_path, scheme):
    path = with_sliders(tmp_path, "?preset=stride-2", "stride,padding,dilation,output_padding,groups")
    page = opened(path, PHONE, color_scheme=scheme).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    rows = [page.locator(SLIDERS.format(name)).bounding_box() for name in ("stride", "groups")]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] for box in rows)


def test_on_paper_it_is_light_and_without_what_is_pressed(opened, tmp_path):
    page = opened(with_sliders(tmp_path, "?preset=stride-2", "stride"), color_scheme="dark").page
    assert page.locator(".tconv-stage").get_attribute("data-theme") == "dark"
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_selector(".tconv-stage[data-theme=light]")
    assert page.locator(":is(button, input):visible").count() == 0
    assert page.locator("[data-testid=sliders] output").inner_text() == "2"


# ---- a file without plotly.js
WITHOUT = [
    "?preset=random-weight&step=2",
    "?preset=shape-round-trip",
    "?preset=padding-1&view=gather",
    "?preset=1d-gaps",
]


def painted(browser, path):
    """The picture of a file without a network, in pixels, and whether Plotly is on its page."""
    with browser.new_context(offline=True, viewport={"width": 1280, "height": 720}) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.locator(".grid-kernel .plot :is(.heatmaplayer, canvas)").first.wait_for(state="attached")
        page.wait_for_timeout(300)
        shot = page.locator(".tconv-stage .picture").screenshot()
        return np.asarray(Image.open(BytesIO(shot)).convert("RGB"), int), page.evaluate("Boolean(window.Plotly)")


@pytest.mark.parametrize("address", WITHOUT)
def test_a_file_without_plotly_looks_the_same(browser, tmp_path, address):
    with_it, without = tmp_path / "with.html", tmp_path / "without.html"
    assert main(["export", address, str(with_it)]) == main(["export", address, str(without), "--plotly", "beside"]) == 0
    assert without.stat().st_size <= 400_000
    (one, has_plotly), (other, has_none) = painted(browser, with_it), painted(browser, without)
    assert (has_plotly, has_none) == (True, False)
    assert one.shape == other.shape
    assert np.mean(np.abs(one - other).max(axis=2) > 2) < 0.002
