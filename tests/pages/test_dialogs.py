"""The dialogs run by Streamlit's own runner, each opened by a page of its own."""

import json
from pathlib import PurePath

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from explorer import METHODS, Layer
from explorer.code_text import FILE_NAMES, KINDS, program
from explorer.cost import WAYS, costs
from explorer.export import FORMATS, Options, content, html
from explorer.export.html import gathered
from explorer.export.qr import MOST_BYTES, qr_svg
from explorer.export.quoting import KINDS as QUOTATIONS
from explorer.export.quoting import quotation
from explorer.pages import dialogs, exporting
from explorer.presets import PRESETS
from explorer.session.page import page_at
from explorer.settings import Settings
from explorer.text import say, texts

ADDRESS = "https://explorer.example/?stride=2"


def cost_page():
    import streamlit as st

    from explorer.pages.dialogs import show_cost
    from explorer.settings import Settings

    show_cost(st.session_state.get("settings", Settings()), lambda: None)


def code_page():
    from explorer.pages.dialogs import show_code
    from explorer.settings import Settings

    show_code(Settings(), "https://explorer.example/?stride=2", lambda: None)


def export_page():
    import streamlit as st

    from explorer.pages.exporting import show_export
    from explorer.session.page import page_at

    address = st.session_state.get("address", "https://explorer.example/?preset=stride-2")
    asked = st.session_state.setdefault("asked", [])
    show_export(page_at("?" + address.partition("?")[2]).page, address, lambda: None, lambda: asked.append("qr"))


def qr_page():
    import streamlit as st

    from explorer.pages.linking import show_qr

    show_qr(st.session_state.get("address", "https://explorer.example/?stride=2"), lambda: None)


def compare_page():
    import streamlit as st

    from explorer.pages.comparing import show_compare
    from explorer.session.page import page_at

    show_compare(page_at(st.session_state.get("address", "")).page, lambda: None)


def opened(page, settings=None):
    test = AppTest.from_function(page, default_timeout=60)
    if settings:
        test.session_state["settings"] = settings
    return shown(test.run())


def shown(test):
    assert not test.exception, test.exception
    return test


def figure_of(test):
    (chart,) = test.get("plotly_chart")
    return json.loads(chart.proto.spec)


def everything_said(test):
    return [element.value for element in (*test.markdown, *test.caption)]


@pytest.fixture
def few_sides(monkeypatch):
    monkeypatch.setattr(dialogs, "SIDES", [2, 4])


def test_the_table():
    table = opened(cost_page).table[0].value
    found = costs(Layer(), (2, 2))
    assert list(table.columns) == list(texts()["cost"]["columns"].values())
    assert table.values.tolist() == [
        [texts()["cost"]["ways"][way], *(getattr(found[way], name) for name in dialogs.COUNTS)] for way in WAYS
    ]
    assert table.values.tolist()[0][1:] == [16, 0, 0, 9]


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("basic", "20 of its 36 multiply-adds (55.6 %) multiply a zero, and it holds 36 numbers where K has 4."),
        ("stride-2", "48 of its 64 multiply-adds (75 %) multiply a zero"),
        ("stride-2", "Kept as its 16 entries, W needs 16 multiply-adds"),
        ("padding-1", "Here W has no zero, and all its 4 multiply-adds count"),
        ("16-or-17", "it holds 10,404 numbers where K has 25"),
    ],
)
def test_the_answer_has_these_settings_numbers(preset, words):
    assert words in everything_said(opened(cost_page, PRESETS[preset].settings))[0]


def test_the_figure():
    test = opened(cost_page)
    figure = figure_of(test)
    assert [trace["name"] for trace in figure["data"]] == [texts()["cost"]["ways"][way] for way in WAYS]
    assert figure["data"][0]["x"] == dialogs.SIDES == [2, 4, 8, 16, 32, 64, 128, 256]
    assert "yaxis2" not in figure["layout"]
    assert [button.key for button in test.button] == ["cost_measure"]


def test_times_are_measured_and_kept_for_their_layer(few_sides, monkeypatch):
    said = []
    empty = dialogs.st.delta_generator.DeltaGenerator.progress
    monkeypatch.setattr(
        dialogs.st.delta_generator.DeltaGenerator,
        "progress",
        lambda self, value, text: said.append((value, text)) or empty(self, value, text),
    )
    test = opened(cost_page)
    shown(test.button(key="cost_measure").click().run())
    kept = test.session_state["cost_times"]
    assert set(kept) == {Layer()}
    assert {way: set(seconds) for way, seconds in kept[Layer()].items()} == {way: {2, 4} for way in dialogs.TIMED}
    assert [value for value, _ in said] == [n / 8 for n in range(8)]
    assert [text for _, text in said] == [
        say("cost.measuring", size=side, method=texts()["methods"][method])
        for side in (2, 4)
        for method in ("naive", "zero_insertion", "matrix", "torch")
    ]
    assert set(dialogs.TIMED.values()) == set(METHODS)
    note = say("cost.measured", seconds="1", megabytes=64)
    for _ in range(2):  # at once, and when the dialog is drawn again
        figure = figure_of(test)
        assert len(figure["data"]) == len(WAYS) + 4
        assert figure["data"][-1]["name"] == "torch"
        assert figure["data"][-1]["y"] == [kept[Layer()]["torch"][side] for side in (2, 4)]
        assert note in everything_said(test)
        shown(test.run())
    test.session_state["settings"] = Settings.of([[1]], [[1]])  # another layer
    shown(test.run())
    assert len(figure_of(test)["data"]) == len(WAYS)
    assert note not in everything_said(test)


def test_sides_that_leave_no_output_are_not_measured(few_sides):
    test = opened(cost_page, Settings.of([[1] * 5] * 5, [[1]], padding=1))
    shown(test.button(key="cost_measure").click().run())
    (times,) = test.session_state["cost_times"].values()
    assert set(times["torch"]) == {4}


@pytest.mark.parametrize("theme", ["light", "dark", None])
def test_the_figure_has_the_themes_colours(theme, monkeypatch):
    monkeypatch.setattr(type(dialogs.st.context), "theme", type("Theme", (), {"type": theme}))
    expected = dialogs.PALETTES[theme or "light"].text
    assert figure_of(opened(cost_page))["layout"]["font"]["color"] == expected


def test_each_program_is_shown_and_can_be_had():
    test = opened(code_page)
    (control,) = test.get("button_group")
    assert (control.key, control.value) == ("code_kind", "pytorch")
    for kind in (*KINDS, "pytorch"):
        shown(test.get("button_group")[0].set_value(kind).run())
        assert test.code[0].value == program(Settings(), kind, ADDRESS).strip()
        assert test.code[0].language == "python"
        (button,) = test.get("download_button")
        assert FILE_NAMES[kind] in button.proto.label
        assert button.proto.id.endswith("code_download")
        assert not button.proto.url  # no file before the click


def made(test, monkeypatch):
    """{suffix: the file's content} of every download button, made as a click makes it."""
    found = {}
    button = DeltaGenerator.download_button

    def record(self, label, data, file_name, **others):
        assert others["on_click"] == "ignore"
        assert callable(data) != FORMATS[PurePath(file_name).suffix].reports(Options())  # made when it is asked for
        found[PurePath(file_name).suffix] = data
        return button(self, label, data, file_name, **others)

    monkeypatch.setattr(DeltaGenerator, "download_button", record)
    shown(test.run())
    return {suffix: data() if callable(data) else data for suffix, data in found.items()}


LINK = "https://explorer.example/?preset=stride-2"
LONG = [suffix for suffix, one in FORMATS.items() if one.reports(Options())]


@pytest.fixture
def progress(monkeypatch):
    """[(share done, text)] of the bars that are drawn."""
    said = []
    monkeypatch.setattr(DeltaGenerator, "progress", lambda self, value, text: said.append((value, text)))
    return said


def make(test, suffix):
    return shown(test.button(key=f"export_make_{suffix[1:]}").click().run())


def test_every_format_can_be_had_with_what_was_chosen(monkeypatch):
    test = opened(export_page)
    assert LONG == [".gif"]
    assert made(test, monkeypatch) == {suffix: content(suffix, LINK) for suffix in FORMATS if suffix not in LONG}
    make(test, ".gif")
    assert made(test, monkeypatch) == {suffix: content(suffix, LINK) for suffix in FORMATS}
    shown(test.get("button_group")[0].set_value("dark").run())
    found = made(test, monkeypatch)
    assert found[".json"] == content(".json", LINK) and found[".html"] == content(".html", LINK, Options(theme="dark"))
    assert ".gif" not in found  # the one that was made has other colours


def test_a_file_that_takes_long_shows_how_far_it_is(progress):
    test = make(opened(export_page), ".gif")
    assert progress == [(n / 6, say("export.dialog.progress.gif", done=n, total=6)) for n in range(7)]
    (button,) = [one for one in test.get("download_button") if one.proto.id.endswith("export_gif")]
    assert f"{-(-len(content('.gif', LINK)) // 1000)} kB" in button.proto.label
    shown(test.run())  # it is kept: drawn again, the dialog makes nothing
    assert len(progress) == 7


def test_a_file_with_sliders_shows_how_far_it_is(progress, monkeypatch):
    test = opened(export_page)
    shown(test.multiselect(key="export_sliders").set_value(["stride", "padding"]).run())
    make(test, ".html")
    total = len(gathered(page_at("?preset=stride-2").page, ["stride", "padding"])["documents"])
    assert [value for value, _ in progress] == [n / total for n in range(total)]
    chosen = Options(sliders=("stride", "padding"))
    assert test.session_state[exporting.MADE][".html"] == ((LINK, chosen), content(".html", LINK, chosen))


def test_a_file_that_cannot_be_made_says_why(monkeypatch):
    monkeypatch.setattr(html, "MOST_DOCUMENTS", 10)
    test = opened(export_page)
    shown(test.multiselect(key="export_sliders").set_value(["stride", "padding"]).run())
    assert "at most 10" in make(test, ".html").error[0].value


def test_only_sliders_that_can_be_are_offered():
    assert opened(export_page).multiselect(key="export_sliders").options == [
        "stride",
        "dilation",
        "output_padding",
        "padding",
    ]
    test = AppTest.from_function(export_page, default_timeout=60)
    test.session_state["address"] = "https://explorer.example/?preset=groups&stride=2x1&padding=1"
    assert "stride" not in shown(test.run()).multiselect(key="export_sliders").options
    assert "groups" in test.multiselect(key="export_sliders").options


def test_the_page_is_quoted():
    test = opened(export_page)
    for kind in (*QUOTATIONS, "link"):
        shown(test.get("button_group")[1].set_value(kind).run())
        assert test.code[0].value == quotation(kind, "https://explorer.example/?preset=stride-2")


def test_every_format_is_described():
    assert {f".{name}" for name in texts()["export"]["files"]} >= set(FORMATS)


def compared(text, address=""):
    """The dialog with a text in it, compared."""
    test = AppTest.from_function(compare_page, default_timeout=60)
    test.session_state["address"] = address
    test = shown(test.run())
    test.text_area(key="compare_text").set_value(text)
    return shown(test.button(key="compare_button").click().run())


def test_compare_says_nothing_of_nothing():
    test = compared("  ")
    assert not (test.success or test.warning or test.error or test.get("plotly_chart"))


def test_compare_knows_the_result():
    assert compared("tensor([[[[0., 0., 1.], [0., 4., 6.], [4., 12., 9.]]]])").success


def test_compare_names_the_mistake_and_its_thread():
    test = compared("0 3 2\n6 14 6\n2 3 0")
    assert "7 of 9 cells differ" in test.warning[0].value
    (said,) = [text for text in everything_said(test) if texts()["compare"]["found"] in text]
    assert texts()["mistakes"]["no_flip"]["title"] in said and "patrick" in said
    figure = figure_of(test)
    assert figure["data"][2]["z"] == [[0, 3, 1], [6, 10, 0], [-2, -9, -9]]
    assert [trace["colorscale"] == figure["data"][0]["colorscale"] for trace in figure["data"]] == [True, False, True]


def test_compare_keeps_what_it_cannot_read():
    test = compared("1 2\n3 *x*")
    assert "\\*x\\*" in test.error[0].value  # no markup
    assert test.text_area(key="compare_text").value == "1 2\n3 *x*"
    assert not test.get("plotly_chart")


@pytest.mark.parametrize("text", ["[[1, 2], [3]]", "nan", "1 2 3", "[[[1]],[[2]],[[3]]]", "(", "[" * 50, "\\\\", "1e9"])
def test_compare_never_fails(text):
    test = compared(text, "?preset=groups")
    assert test.error or test.warning
    assert test.text_area(key="compare_text").value == text


def test_compare_of_the_largest_grid():
    side = "&".join(f"{name}={value}" for name, value in (("stride", 4), ("dilation", 3), ("out_channels", 4)))
    test = compared("[[1, 2], [3, 4]]", "?x=" + ";".join(["1,2,3,4,5,6,7,8"] * 8) + "&" + side)
    assert "Your grid is 2×2, and Y is 32×32".replace("-", "") in test.warning[0].value


def test_the_export_dialog_leads_to_the_qr_code():
    test = opened(export_page)
    shown(test.button(key="export_qr").click().run())
    assert test.session_state["asked"] == ["qr"]


def test_the_link_is_a_qr_code_and_a_text(monkeypatch):
    pictures = []
    monkeypatch.setattr(st, "image", lambda svg, **others: pictures.append((svg, others["alt"])))
    test = opened(qr_page)
    assert pictures == [(qr_svg(ADDRESS), say("export.qr.picture"))]
    assert [code.value for code in test.code] == [ADDRESS]
    assert not test.warning
    (button,) = test.get("download_button")
    assert button.proto.label == say("export.qr.download")
    assert not button.proto.url


def test_a_link_that_is_too_long_is_shown_and_what_to_do_is_said():
    test = AppTest.from_function(qr_page, default_timeout=60)
    test.session_state["address"] = f"https://explorer.example/?x={'1' * MOST_BYTES}"
    shown(test.run())
    assert str(len(test.session_state["address"])) in test.warning[0].value
    assert test.code[0].value == test.session_state["address"]
    assert not test.get("download_button")
