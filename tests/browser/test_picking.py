"""What a course page does with a stage: it lets cells be chosen, asks, marks, and plays the answer by events."""

import pytest

from explorer.export.html import gathered
from explorer.export.plotlyjs import plotly_script
from explorer.session.page import page_at
from explorer.stage import bundle, script_json, style

ASKED = """
const stage = startOffline(document.getElementById("first"), { ...DATA, constants: CONSTANTS, theme: "light" });
window.test = { stage, told: [] };
for (const name of ["picked", "traced", "pinned", "answered", "stepped"])
  document.body.addEventListener(`tconv-${name}`, ({ type, detail }) => window.test.told.push([type, detail]));
"""
SEND = """(detail) => document.querySelector('#first .tconv-stage')
  .dispatchEvent(new CustomEvent('tconv-update', { detail }))"""


@pytest.fixture
def asked(opened, tmp_path):
    """Opens a stage of an address on a page of its own."""

    def open_stage(address, **options):
        script = bundle("hosts/offline.js", ASKED.replace("DATA", script_json(gathered(page_at(address).page))))
        path = tmp_path / "asked.html"
        path.write_text(
            f"<!doctype html><meta charset=utf-8><style>{style()}</style><script>{plotly_script()}</script>"
            f"<body><div id=first></div><script type=module>{script}</script>",
            encoding="utf-8",
        )
        return opened(path, **options)

    return open_stage


def send(page, **detail):
    page.page.evaluate(SEND, detail)


def told(page, name):
    return page.page.evaluate("(name) => test.told.filter(([one]) => one === name).map(([, detail]) => detail)", name)


def picks(page, grid):
    """{(row, column): how it is marked} of a grid."""
    boxes = page.page.locator(f".grid-{grid} .pick").evaluate_all(
        """(all) => all.map((box) => [Math.round(box.offsetTop / box.offsetHeight),
          Math.round(box.offsetLeft / box.offsetWidth), box.className.split(' ')[1]])"""
    )
    return {(row, column): kind for row, column, kind in boxes}


def test_cells_are_chosen_by_clicks_and_no_answer_is_given_away(asked):
    page = asked("?preset=stride-2")
    send(page, asking=True, picking={"grid": "input", "chosen": []})
    page.click("input", 0, 1)
    page.click("input", 1, 1)
    page.click("input", 0, 1)
    page.click("kernel", 0, 0)  # not asked for
    page.point("output", 1, 1)
    assert picks(page, "input") == {(1, 1): "chosen"}
    wanted = [["input:0,0,1"], ["input:0,0,1", "input:0,1,1"], ["input:0,1,1"]]
    assert told(page, "tconv-picked") == [{"grid": "input", "chosen": chosen} for chosen in wanted]
    assert told(page, "tconv-traced") == told(page, "tconv-pinned") == []
    assert page.marks("output") == page.marks("input") == set()
    assert page.sentence.startswith("Choose every cell")
    assert page.page.locator(".tconv-stage :is(.player, .facts):visible").count() == 0
    page.focus()
    for key in ("Home", "Space", "ArrowLeft", "2", "b"):
        page.key(key)
    assert told(page, "tconv-stepped") == []
    assert page.data()["trace"] == ""
    assert page.page.locator(".grid-flipped, .grid-gradient").count() == 0


def test_cells_are_chosen_by_keys_and_say_so(asked):
    page = asked("?preset=stride-2&view=matrix")
    send(page, asking=True, picking={"grid": "W", "chosen": []})
    layer = page.page.locator("[data-grid=WT]")
    layer.focus()
    for key in ("ArrowRight", "ArrowDown", "Space", "ArrowLeft", "Enter"):
        page.key(key)
    chosen = ["W:1,1", "W:0,1"]
    assert told(page, "tconv-picked")[-1] == {"grid": "W", "chosen": chosen}
    assert picks(page, "WT") == {(1, 1): "chosen", (1, 0): "chosen"}
    assert layer.get_attribute("role") == "grid"
    cell = page.page.locator(f"#{layer.get_attribute('aria-activedescendant')}")
    assert (cell.get_attribute("aria-selected"), cell.get_attribute("role")) == ("true", "gridcell")
    assert cell.get_attribute("aria-label").startswith("Wᵀ[1,0]")
    assert cell.get_attribute("aria-label").endswith("chosen")
    assert page.page.locator(".unseen").inner_text() == "Wᵀ[1,0] chosen; 2 in all"
    page.key("Space")
    assert told(page, "tconv-picked")[-1] == {"grid": "W", "chosen": ["W:1,1"]}


def test_what_was_chosen_is_marked_and_the_answer_is_played(asked):
    page = asked("?preset=stride-2")
    send(page, asking=True, mask=["output"], picking={"grid": "input", "chosen": ["input:0,0,0", "input:0,0,1"]})
    assert "hidden until you answer" in page.text(".grid-output .title")
    marked = {"right": ["input:0,0,0"], "wrong": ["input:0,0,1"], "missed": ["input:0,1,1"]}
    send(page, marked=marked, picking={"grid": "input", "chosen": ["input:0,0,0", "input:0,0,1"], "isOpen": False})
    assert picks(page, "input") == {(0, 0): "right", (0, 1): "wrong", (1, 1): "missed"}
    signs = page.page.locator(".grid-input .pick").evaluate_all(
        "(all) => all.map((box) => [getComputedStyle(box, '::after').content, getComputedStyle(box).borderStyle])"
    )
    assert len(set(map(tuple, signs))) == 3  # not by the colour alone
    assert page.page.locator(".unseen").inner_text() == "1 right, 1 wrong, 1 missed"
    assert page.page.locator("[data-grid=input] .cell").nth(1).get_attribute("aria-label").endswith("wrong")
    page.click("input", 1, 0)
    assert told(page, "tconv-picked") == []
    send(page, step=0, isPlaying=True, mask=[])
    moves = "document.querySelector('.tconv-stage').dataset.step > 0"
    page.until(f"{moves} && document.querySelector('.player .primary').ariaLabel === 'Pause'")
    send(page, picking=None, marked=None)
    assert picks(page, "input") == {}
    page.point("output", 0, 0)
    page.shows(trace="output:0,0,0")


def test_a_question_for_the_size_shows_no_size(asked):
    page = asked("?preset=padding-1")
    send(page, asking="size")
    page.until("!document.querySelector('[data-grid=output]').checkVisibility()")
    assert "×" not in page.text(".grid-output .title")
    assert page.text(".grid-output .title").startswith("Output Y · hidden until you answer")
    assert page.page.locator(".tconv-stage :is(.count, .formula):visible").count() == 0
    send(page, asking=False)
    page.until("document.querySelector('[data-grid=output]').checkVisibility()")
    assert "1×1×1" in page.text(".grid-output .title")


def test_nothing_of_an_old_question_is_left_on_the_next_page(asked):
    page = asked("?preset=stride-2")
    send(page, mask=["output"])
    page.click("output", 0, 0)
    assert page.page.locator("input.answer").count() == 1
    send(page, asking=True, picking={"grid": "input", "chosen": ["input:0,0,0"]}, marked={"right": ["input:0,0,1"]})
    page.page.evaluate("test.stage.update({ document: structuredClone(test.stage.store.state.document), isNew: true })")
    page.until("!document.querySelector('.tconv-stage.asking')")
    assert page.page.locator(".pick, .cursor, input.answer, .cell.masked").count() == 0
    page.click("input", 0, 0)
    page.shows(trace="input:0,0,0")
