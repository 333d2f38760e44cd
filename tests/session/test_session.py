"""One visitor's session: commands from the stage, moves of the controls, and a browser that comes from another one."""

from urllib.parse import urlencode

import pytest

from explorer.fills import FILLS, Seeds
from explorer.presets import PRESETS
from explorer.session.commands import MOST_COMMANDS
from explorer.session.controls import controls_of
from explorer.session.effort import EFFORT
from explorer.session.session import MOST_NOTICES, Session
from explorer.settings import Settings
from explorer.views import View

GROUPED = "?x=1|2|3|4&k=" + "|".join("12345678") + "&out_channels=4&groups=2"


def command(session, number, name, /, **arguments):
    return {"id": number, "name": name, "arguments": arguments, "document": session.document}


def say(session, name, /, **arguments):
    """The stage's next command."""
    session.hear([command(session, session.done + 1, name, **arguments)])


def edit(session, number, grid, at, text):
    return command(session, number, "edit", grid=grid, at=at, text=text)


def move(session, name, value):
    """A person moves a control of the page as it is drawn."""
    mark = session.controls.draw(controls(session))
    session.hear_controls(mark, {**controls(session), name: value})


def controls(session):
    return controls_of(session.page)


def test_commands_are_done_once_and_in_order():
    session = Session.at("")
    edits = [edit(session, 2, "input", [0, 0, 1], "7"), edit(session, 1, "input", [0, 0, 1], "5")]
    assert session.hear(edits)
    assert (session.page.settings.input, session.done) == ((((0, 7), (2, 3)),), 2)
    assert not session.hear(edits)
    assert session.hear([*edits, edit(session, 3, "kernel", [0, 0, 1, 0], "−1/2")])
    assert session.page.settings == Settings.of([[0, 7], [2, 3]], [[0, 1], [-0.5, 3]])
    assert (session.done, session.refused, len(session.history.past)) == (3, [], 3)


def test_an_edit_of_a_page_that_is_gone_is_refused_and_said():
    session = Session.at("")
    stale = edit(session, 1, "input", [0, 1, 1], "9")
    move(session, "preset", "arange-9")
    session.hear([stale])
    assert session.page.settings == PRESETS["arange-9"].settings
    assert (session.refused, session.notices) == (
        [{"id": 1}],
        ["“edit” was not done: the page changed before it arrived. Do it once more."],
    )


def test_an_edit_on_its_way_survives_a_view_and_a_slider():
    session = Session.at("")
    typed = edit(session, 3, "input", [0, 1, 1], "9")
    say(session, "view", name="gather")
    move(session, "input_width", 3)
    session.hear([typed])
    assert session.page.settings.input == (((0, 1, 2), (3, 9, 5)),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("two", "“two” is not a number. Type 2, −0.5, 1e3 or 1/3."),
        ("1/0", "“1/0” divides by zero."),
        ("1e7", "“1e7” is outside −1000000 … 1000000."),
        ("9" * 500, "“" + "9" * 20 + "” is not a number. Type 2, −0.5, 1e3 or 1/3."),
    ],
)
def test_a_refused_edit_keeps_the_old_number(text, reason):
    session = Session.at("?k=1,2.5")
    refused = edit(session, 1, "kernel", [0, 0, 0, 1], text)
    session.hear([refused, edit(session, 2, "input", [0, 0, 0], "4")])
    assert session.page.settings == Settings.of([[4, 1], [2, 3]], [[1, 2.5]])  # the good one still counts
    assert session.refused == [{"id": 1, "grid": "kernel", "at": [0, 0, 0, 1], "text": f"K[0,1] keeps 2.5: {reason}"}]
    assert len(session.history.past) == 1
    say(session, "view", name="matrix")
    assert session.refused == []


def test_an_edited_number_comes_back_after_down_and_up():
    session = Session.at("")
    say(session, "edit", grid="input", at=[0, 0, 1], text="8")
    move(session, "input_width", 1)
    move(session, "input_width", 2)
    assert session.page.settings.input == (((0, 8), (2, 3)),)


@pytest.mark.parametrize(
    ("side", "channel", "shown"),
    [("out", 1, (0, 1)), ("out", 2, (2, 2)), ("in", 1, (1, 0)), ("in", 3, (3, 2)), ("out", 3, (2, 3))],
)
def test_shown_channels_stay_in_one_group(side, channel, shown):
    session = Session.at(GROUPED)
    say(session, "channel", side=side, channel=channel, other=0)
    assert session.page.view.channel == shown


def test_a_channel_that_is_not_there_is_the_last():
    session = Session.at("?x=1|2&k=1|2")
    say(session, "channel", side="in", channel=3, other=0)
    assert session.page.view.channel == (1, 0)


def test_channels_that_are_gone_are_not_shown():
    session = Session.at(GROUPED + "&channel=3,3")
    move(session, "out_channels", 2)
    assert (session.page.settings.layer.groups, session.page.view.channel) == (2, (3, 1))


def test_back_and_forward_go_to_what_the_address_says():
    session = Session.at("?x=1,2&step=1")
    say(session, "go", search="?x=5%2C6&k=7&view=matrix&trace=input:0,0,1", entry=0)
    assert session.page.settings == Settings.of([[5, 6]], [[7]])
    assert session.page.view == View(view="matrix", trace="input:0,0,1")
    for search in ("", "?", "?preset=basic"):
        say(session, "go", search=search, entry=0)
        assert (session.page.settings, session.page.view, session.notices) == (Settings(), View(), [])
        assert session.arrived == session.number
    say(session, "go", search="?stride=%00&x=%ff&&&=&k", entry=0)
    assert (session.page.settings, len(session.notices)) == (Settings(), 3)
    say(session, "go", search="?" + "a=1&" * 500 + "stride=2", entry=0)
    assert session.page.settings.layer.stride == (2, 2)


def test_presets_fills_and_views_make_entries_and_other_changes_do_not():
    session = Session.at("")
    move(session, "stride", 2)
    say(session, "edit", grid="input", at=[0, 0, 0], text="1")
    assert (session.pushed, session.page.entry) == (0, 0)
    say(session, "view", name="matrix")
    assert (session.pushed, session.page.entry, session.page.view.view) == (session.number, 1, "matrix")
    move(session, "preset", "stride-2")
    assert (session.pushed, session.page.entry) == (session.number, 2)
    assert session.page.address == {"preset": "stride-2", "view": "matrix"}
    say(session, "fill", grid="input", name="ones")
    assert (session.pushed, session.page.entry) == (session.number, 3)
    say(session, "fill", grid="input", name="ones")  # the address is the same: no entry of its own
    assert (session.pushed, session.page.entry) == (session.number - 1, 3)


def test_a_chosen_view_stays_with_the_next_preset_and_a_presets_own_does_not():
    session = Session.at("")
    for view, preset, then in [("", "corr2d", "matrix"), ("", "basic", "scatter"), ("gather", "stride-2", "gather")]:
        if view:
            say(session, "view", name=view)
        move(session, "preset", preset)
        assert session.page.view.view == then
    move(session, "preset", "corr2d")
    assert session.page.view.view == "matrix"


def test_the_same_example_again_is_a_reset():
    session = Session.at("?preset=stride-2&padding=1&x=9,9")
    say(session, "preset", name="stride-2")
    assert (session.page.settings, session.page.address) == (PRESETS["stride-2"].settings, {"preset": "stride-2"})
    assert (session.pushed, session.arrived) == (session.number, session.number)
    move(session, "input_width", 3)
    assert session.page.address == {"preset": "stride-2", "x": "0,1,2;3,4,5"}  # nothing hidden is left of before
    say(session, "undo")
    say(session, "undo")
    assert session.page.settings.input == (((9, 9),),)


def test_undo_leaves_the_view():
    session = Session.at("?preset=stride-2")
    move(session, "padding", 1)
    say(session, "view", name="gather")
    say(session, "backward", on=True)
    say(session, "undo")
    view = session.page.view
    assert (session.page.settings, view.view, view.backward) == (PRESETS["stride-2"].settings, "gather", True)
    say(session, "redo")
    assert (session.page.settings.layer.padding, session.page.view.view) == ((1, 1), "gather")


def test_the_step_is_all_where_the_cells_or_the_view_are_others():
    session = Session.at("?step=2")
    move(session, "stride", 3)
    assert session.page.view.step == 2
    move(session, "kernel_width", 3)
    assert session.page.view.step is None
    session = Session.at("?step=2")
    say(session, "view", name="gather")
    assert session.page.view.step is None


def test_width_follows_height_when_joined():
    session = Session.at("?stride=3x1&dilation=2x3")
    assert session.page.apart
    move(session, "apart", False)
    layer = session.page.settings.layer
    assert (layer.stride, layer.dilation, session.page.apart, session.notices) == ((3, 3), (2, 2), False, [])


def test_joining_ends_apart_also_where_the_height_cannot_be_the_width():
    session = Session.at("?x=1;2;3;4&k=1&padding=1x0")
    move(session, "apart", False)
    assert (session.page.apart, session.page.settings.layer.padding) == (False, (0, 0))


def test_each_change_has_a_document_of_its_own():
    session = Session.at("?x=-1|2&k=1|2")
    documents = [session.document]
    for act in (
        lambda: move(session, "stride", 2),
        lambda: say(session, "view", name="matrix"),
        lambda: say(session, "channel", side="in", channel=1, other=0),
        lambda: say(session, "methods", precision="float32"),
        lambda: say(session, "edit", grid="input", at=[0, 0, 0], text="-2"),  # hash(-1.0) == hash(-2.0)
        lambda: move(session, "preset", "padding-1"),
    ):
        act()
        assert session.document not in documents
        documents.append(session.document)
    session.hear(None)
    session.hear_controls("", controls(session))
    assert session.document == documents[-1]


def test_undo_and_redo_go_through_edits_fills_presets_and_sliders():
    session = Session.at("")
    states = [session.page.address]
    for act in (
        lambda: say(session, "edit", grid="input", at=[0, 0, 0], text="5"),
        lambda: say(session, "fill", grid="kernel", name="random"),
        lambda: move(session, "kernel_height", 4),
        lambda: move(session, "preset", "arange-9"),
        lambda: move(session, "stride", 3),
    ):
        act()
        assert session.page.address not in states
        states.append(session.page.address)
    for state in states[-2::-1]:
        say(session, "undo")
        assert session.page.address == state
    say(session, "undo")
    assert (session.page.address, session.answer()["history"]) == ({}, [False, True])
    for state in states[1:]:
        say(session, "redo")
        assert session.page.address == state
    say(session, "redo")
    assert (session.page.address, session.answer()["history"]) == (states[-1], [True, False])
    say(session, "undo")
    move(session, "padding", 1)
    assert session.history.future == []  # another change ends what could be redone


def test_moves_of_one_slider_are_undone_together_and_another_slider_apart():
    session = Session.at("")
    for name, value in (("stride", 2), ("stride", 3), ("dilation", 2), ("stride", 4)):
        move(session, name, value)
    found = []
    for _ in range(3):
        say(session, "undo")
        found.append((session.page.settings.layer.stride[0], session.page.settings.layer.dilation[0]))
    assert found == [(3, 2), (3, 1), (1, 1)]
    move(session, "stride", 2)
    move(session, "stride", 3)
    say(session, "undo")
    assert session.page.settings.layer.stride == (1, 1)


def test_a_random_fill_takes_the_next_seed_and_no_slider_changes_it():
    session = Session.at("")
    say(session, "fill", grid="input", name="random")
    assert (session.page.view.seeds.input, session.page.address["seed"]) == (0, "0")
    first = session.page.settings.input
    assert first == Settings.of(FILLS["random"]((1, 2, 2), 0), [[0, 1], [2, 3]]).input
    move(session, "stride", 3)
    assert session.page.settings.input == first
    say(session, "fill", grid="input", name="random")
    assert (session.page.view.seeds.input, session.page.settings.input == first) == (1, False)


def test_each_grid_has_a_seed_of_its_own():
    session = Session.at("?backward=1&upstream=random&seed=3")
    upstream = session.page.view.seeds.upstream
    for grid, seed in (("kernel", "4"), ("input", "5"), ("kernel", "6")):
        say(session, "fill", grid=grid, name="random")
        seeds = session.page.view.seeds
        assert (str(seeds._asdict()[grid]), seeds.upstream) == (seed, upstream)
    assert session.page.address["seed"] == "5,6,3"
    assert Session.at("?" + urlencode(session.page.address)).page.content == session.page.content


def test_a_seed_is_gone_with_the_last_random_number():
    session = Session.at("")
    say(session, "fill", grid="input", name="random")
    say(session, "fill", grid="input", name="ones")
    assert (session.page.address, session.page.view.seeds) == ({"x": "1,1;1,1"}, Seeds())
    say(session, "fill", grid="kernel", name="random")
    edit_of = edit(session, session.done + 1, "kernel", [0, 0, 0, 0], "9")
    session.hear([edit_of])
    assert (session.page.view.seeds, "seed" in session.page.address) == (Seeds(), False)
    say(session, "undo")
    assert (session.page.view.seeds, session.page.address["seed"]) == (Seeds(kernel=0), "0")
    assert Session.at("?seed=5").page.address == {}


def test_a_random_grid_goes_on_as_its_seed_says():
    session = Session.at("")
    say(session, "fill", grid="input", name="random")
    move(session, "input_width", 4)
    assert session.page.settings.input == Settings.of(FILLS["random"]((1, 2, 4), 0), [[1]]).input
    assert (session.notices, session.page.address["seed"]) == (["X follows its fill, random, at its new size."], "0")
    again = Session.at("?" + urlencode(session.page.address))
    move(again, "input_width", 5)
    assert again.page.settings.input == Settings.of(FILLS["random"]((1, 2, 5), 0), [[1]]).input


@pytest.mark.parametrize(
    ("address", "moves", "x", "said"),
    [
        (
            "",
            [("input_height", 3), ("input_width", 3)],
            "0,1,2;3,4,5;6,7,8",
            "X follows its fill, arange, at its new size.",
        ),
        (
            "?x=9,1;2,3",
            [("input_height", 3), ("input_width", 3)],
            "9,1,0;2,3,0;0,0,0",
            "X keeps its own numbers; new cells are 0.",
        ),
        ("?x=9,1;2,3", [("input_width", 1), ("input_width", 2)], "9,1;2,3", ""),
        ("?preset=arange-9", [("input_height", 2), ("input_height", 3)], None, ""),
    ],
)
def test_the_page_says_how_a_grid_grows(address, moves, x, said):
    session = Session.at(address)
    for name, value in moves:
        move(session, name, value)
    assert (session.page.address.get("x"), session.notices) == (x, [said] if said else [])


def test_what_is_said_of_a_slider_that_is_dragged_on_stays_the_same():
    session = Session.at("?x=9,1;2,3")
    heard = []
    for value in (3, 4, 5):
        move(session, "input_width", value)
        heard.append(session.notices)
    assert heard == [["X keeps its own numbers; new cells are 0."]] * 3


def test_a_page_at_an_address_knows_the_fills_that_an_edit_ended():
    session = Session.at("")
    say(session, "edit", grid="input", at=[0, 0, 0], text="7")
    move(session, "input_width", 3)
    assert session.page.address == {"x": "7,1,0;2,3,0"}
    for _ in range(2):
        say(session, "undo")
    move(session, "input_width", 3)
    assert session.page.address == {"x": "0,1,2;3,4,5"}


def test_one_dimension_and_back():
    session = Session.at("?x=5,6,7;8,9,1&k=4,3;2,1&stride=2x1&padding=1&output_padding=1x0")
    before = session.page.settings
    move(session, "one_dimension", True)
    layer = session.page.settings.layer
    assert session.page.address == {"x": "5,6,7", "k": "4,3", "padding": "0x1"}
    assert (session.notices, session.page.apart) == ([], False)
    assert not controls(session).keys() & {"input_height", "kernel_height", "apart", "stride_w"}
    move(session, "padding", 0)
    move(session, "stride", 3)
    move(session, "output_padding", 2)
    layer = session.page.settings.layer
    assert (layer.stride, layer.padding, layer.output_padding) == ((3, 3), (0, 0), (0, 2))
    assert controls(session)["output_padding"] == 2
    move(session, "input_width", 16)
    assert session.page.settings.input == (((5, 6, 7, *[0] * 13),),)
    move(session, "input_width", 3)
    move(session, "one_dimension", False)
    layer = session.page.settings.layer
    assert (session.page.settings.input, session.page.settings.weight) == (before.input, before.weight)
    assert (layer.stride, layer.padding, layer.output_padding) == ((3, 3), (0, 0), (2, 2))
    assert (session.page.apart, controls(session)["one_dimension"]) == (False, False)
    say(session, "undo")
    assert controls(session)["one_dimension"]


def test_one_row_that_had_no_other_gets_a_second_one():
    session = Session.at("?x=" + ",".join(map(str, range(1, 17))) + "&k=1,1,1,1,1,1")
    move(session, "one_dimension", False)
    assert (session.page.settings.size, session.page.settings.layer.kernel_size) == ((2, 8), (2, 5))
    said = [
        "X is 8 long now: several rows have 8 columns at most. What it hides comes back in one dimension.",
        "K is 5 long now: several rows have 5 columns at most. What it hides comes back in one dimension.",
        "K follows its fill, ones, at its new size.",
        "X keeps its own numbers; new cells are 0.",
    ]
    assert session.notices == said
    move(session, "one_dimension", True)
    move(session, "input_width", 16)
    assert session.page.settings.input == ((tuple(range(1, 17)),),)


def test_a_row_may_be_longer_than_a_grid_of_several_rows():
    session = Session.at("?x=1,2,3&k=1")
    say(session, "move", name="input_width", value=16)
    say(session, "move", name="kernel_width", value=16)
    assert (session.page.settings.size, session.page.settings.layer.kernel_size) == ((1, 16), (1, 16))
    say(session, "move", name="padding", value=4)
    assert session.page.settings.layer.padding == (0, 4)
    session = Session.at("")
    say(session, "move", name="input_width", value=9)
    assert (session.page.settings, len(session.refused)) == (Settings(), 1)


def test_filling_the_upstream_gradient_leaves_the_settings():
    session = Session.at("?backward=1")
    before = session.page.settings
    say(session, "fill", grid="upstream", name="ones")
    assert (session.page.settings, session.page.address) == (before, {"backward": "1", "upstream": "ones"})
    say(session, "fill", grid="upstream", name="random")
    assert session.page.address == {"backward": "1", "upstream": "random", "seed": "0"}
    say(session, "undo")
    assert session.page.address == {"backward": "1", "upstream": "ones"}


def test_what_people_believe_is_looked_at_in_the_place_of_the_methods():
    session = Session.at("?preset=padding-1")
    say(session, "methods", precision="float32")
    number = session.number
    say(session, "what_if", name="any")
    assert (session.page.view.what_if, session.precision, session.number) == ("pads_input", "", number + 1)
    assert session.page.address == {"preset": "padding-1", "what_if": "pads_input"}
    assert session.answer()["history"] == [False, False]  # looking is nothing to undo
    say(session, "preset", name="stride-2")
    assert session.page.view.what_if == "pads_input"
    say(session, "methods", precision="float64")
    assert (session.page.view.what_if, session.precision) == ("", "float64")
    say(session, "what_if", name="no_flip")
    say(session, "undo")
    assert session.page.view.what_if == "no_flip"
    say(session, "what_if", name="")
    assert "what_if" not in session.page.address
    say(session, "what_if", name="flipped_kernel")
    assert session.page.view.what_if == "" and session.refused


def test_a_step_stays_where_it_is_while_what_people_believe_is_looked_at():
    session = Session.at("?step=2")
    say(session, "what_if", name="any")
    assert session.page.view.step == 2


def test_the_dialog_and_each_methods_own_result():
    session = Session.at("")
    say(session, "dialog", name="code", address="http://explorer.example/")
    assert (session.dialog, session.dialog_address) == ("code", "http://explorer.example/")
    session.close_dialog()
    say(session, "methods", precision="float32")
    assert (session.dialog, session.precision) == ("", "float32")
    say(session, "methods", precision="")
    assert session.precision == ""
    assert session.history.past == []


# ---- one history


def test_back_is_on_the_line_of_undo_and_redo():
    session = Session.at("")
    move(session, "stride", 2)
    move(session, "dilation", 2)
    before = session.page.address
    move(session, "preset", "overlap")
    say(session, "go", search="?stride=2&dilation=2", entry=0)  # Back
    assert session.page.address == before
    say(session, "undo")
    assert session.page.address == {"stride": "2"}
    for expected in (before, {"preset": "overlap"}):
        say(session, "redo")
        assert session.page.address == expected
    assert session.page.entry == 1
    say(session, "undo")
    assert (session.page.address, session.page.entry) == (before, 0)


def test_forward_goes_along_the_line_too():
    session = Session.at("")
    move(session, "preset", "overlap")
    move(session, "preset", "stride-2")
    move(session, "padding", 1)
    for _ in range(3):
        say(session, "undo")
    say(session, "go", search="?preset=stride-2", entry=2)
    assert [len(session.history.past), len(session.history.future)] == [2, 1]
    say(session, "redo")
    assert session.page.address == {"preset": "stride-2", "padding": "1"}


def test_an_address_that_is_not_on_the_line_is_a_change_that_undo_takes_back():
    session = Session.at("?x=7,8")
    say(session, "go", search="?x=1,2,3", entry=-1)
    say(session, "undo")
    assert session.page.address == {"x": "7,8"}
    say(session, "redo")
    assert session.page.address == {"x": "1,2,3"}


def test_going_back_to_another_view_is_no_change_of_the_content():
    session = Session.at("?x=7,8")
    say(session, "view", name="matrix")
    say(session, "go", search="?x=7,8", entry=0)
    assert (session.page.view.view, session.history.past) == ("scatter", [])


def test_hidden_numbers_stay_with_their_page():
    session = Session.at("?x=70,80,90;11,12,13")
    move(session, "stride", 2)
    say(session, "go", search="?x=1,2;3,4", entry=-1)
    move(session, "input_width", 3)
    assert session.page.settings.input == (((1, 2, 0), (3, 4, 0)),)
    for _ in range(2):
        say(session, "undo")
    move(session, "input_width", 2)
    move(session, "input_width", 3)
    assert session.page.settings.input == (((70, 80, 90), (11, 12, 13)),)


def test_hidden_numbers_of_an_example_do_not_come_back_after_undo():
    session = Session.at("")
    move(session, "preset", "arange-9")
    say(session, "undo")
    move(session, "input_width", 3)
    assert session.page.settings.input == (((0, 1, 2), (3, 4, 5)),)


# ---- a browser that has its page from an earlier session


def resume(session, number, search, pending=(), document="0abc.7", **more):
    arguments = {"search": search, "precision": "", "entry": 0, "pending": list(pending), **more}
    return {"id": number, "name": "resume", "arguments": arguments, "document": document}


def test_a_new_session_takes_the_page_over_and_says_by_which_document():
    session = Session.at("?preset=stride-2")
    assert session.answer()["resumed"] == 0
    search = "?preset=stride-2&x=9,1;2,3&view=matrix&step=2&trace=input:0,1,1&present=1"
    session.hear([resume(session, 41, search, precision="float32", entry=3)])
    assert session.page.settings.input == (((9, 1), (2, 3)),)
    assert session.page.view == View("matrix", 2, "input:0,1,1", preset="stride-2", present=True)
    answer = session.answer()
    assert (answer["resumed"], answer["arrived"], answer["done"], answer["entry"]) == (2, 1, 41, 3)
    assert (answer["history"], session.precision) == ([False, False], "float32")


def test_what_had_no_answer_is_done_on_the_page_that_the_browser_brings():
    old, session = Session.at("?x=1,2;3,4"), Session.at("?x=1,2;3,4")
    pending = [
        edit(old, 40, "input", [0, 0, 0], "9"),
        command(old, 41, "view", name="gather"),
        command(old, 42, "preset", name="nowhere"),
    ]
    session.hear(pending)  # before it knows the page it does nothing
    assert (session.done, session.page.address) == (0, {"x": "1,2;3,4"})
    session.hear([*pending, resume(session, 43, "?x=1,2;3,4&stride=2", pending, old.document)])
    assert session.page.address == {"x": "9,2;3,4", "stride": "2", "view": "gather"}
    answer = session.answer()
    assert (answer["resumed"], answer["pushed"], answer["done"], answer["refused"]) == (2, 4, 43, [{"id": 42}])
    say(session, "undo")
    assert session.page.address == {"x": "1,2;3,4", "stride": "2", "view": "gather"}


def test_the_same_session_goes_on_and_does_nothing_twice():
    session = Session.at("")
    typed = edit(session, 1, "input", [0, 0, 0], "9")
    session.hear([typed])
    more = edit(session, 2, "input", [0, 0, 1], "8")
    session.hear([typed, more, resume(session, 3, "?stride=4", [typed, more], session.document)])
    assert session.page.settings.input == (((9, 8), (2, 3)),)
    assert session.page.settings.layer.stride == (1, 1)  # the server knows better
    assert (len(session.history.past), session.answer()["resumed"], session.done) == (2, 0, 3)


def test_a_resume_inside_a_resume_is_left_out():
    session = Session.at("")
    inner = resume(session, 1, "?stride=3")
    session.hear([resume(session, 2, "?stride=2", [inner])])
    assert session.page.address == {"stride": "2"}


# ---- more than one message may ask for


def heard_again(session, message):
    """Send a message as a page does: while the server says that there is more of it, what is not done goes again."""
    count = 1
    session.hear(message)
    while session.answer()["more"]:
        done = session.done
        session.hear([one for one in message if one["id"] > done])
        assert session.done > done
        count += 1
    return count


def test_a_message_does_no_more_than_its_effort_and_the_rest_when_it_comes_again():
    session = Session.at("")
    asked = [edit(session, n, "input", [0, 0, 0], str(n)) for n in range(1, MOST_COMMANDS + 1)]
    session.hear(asked)
    assert (session.done, session.answer()["more"]) == (EFFORT, True)
    assert session.page.settings.input[0][0][0] == EFFORT
    assert not session.hear(asked)  # a run of the page that hears the very same message does no more of it
    assert heard_again(session, asked[EFFORT:]) == 4
    assert (session.page.settings.input[0][0][0], session.answer()["more"]) == (MOST_COMMANDS, False)


@pytest.mark.parametrize(
    ("name", "arguments", "most"),
    [
        ("go", {"search": "?stride=2", "entry": 0}, 4),
        ("go", {"search": "?x=" + "1," * 40_000, "entry": 0}, 1),
        ("fill", {"grid": "input", "name": "ones"}, 10),
        ("paste", {"grid": "input", "text": "1 " * 10_000, "channel": [0, 0]}, 1),
        ("preview", {"grid": "input", "text": "1 " * 2_000}, 2),
        ("move", {"name": "stride", "value": 9}, EFFORT),
        ("no such", {}, EFFORT),
    ],
)
def test_what_takes_more_effort_is_done_less_often(name, arguments, most):
    session = Session.at("")
    session.hear([command(session, n, name, **arguments) for n in range(1, MOST_COMMANDS + 1)])
    assert session.done == most
    assert len(session.answer()["notices"]) <= MOST_NOTICES


def test_a_hundred_edits_that_a_page_kept_are_all_done_on_the_page_that_it_brings():
    old, session = Session.at("?x=1,2;3,4"), Session.at("")
    pending = [edit(old, n, "input", [0, 0, n % 2], str(n)) for n in range(1, 101)]
    message = [*pending, resume(session, 101, "?x=1,2;3,4&stride=2", pending, old.document)]
    assert heard_again(session, message) == 4
    assert session.page.address == {"x": "100,99;3,4", "stride": "2"}
    assert (session.done, len(session.history.past), session.refused) == (101, 100, [])


# ---- the controls


def test_a_key_pressed_before_the_controls_were_drawn_anew_is_dropped():
    session = Session.at("?stride=3&k=1,2;3,4")
    mark, old = session.controls.draw(controls(session)), controls(session)
    move(session, "preset", "arange-9")
    session.controls.draw(controls(session))
    session.hear_controls(mark, {**old, "preset": "arange-9", "stride": 4})
    assert session.page.settings == PRESETS["arange-9"].settings
    session.hear_controls(mark, {**old, "preset": "basic", "stride": 4})  # nor is it half done with a later choice
    assert session.page.settings == PRESETS["basic"].settings


def test_a_slider_held_down_counts_each_of_its_moves():
    session = Session.at("?padding=1")
    mark, old = session.controls.draw(controls(session)), controls(session)
    for value in (3, 4):
        session.hear_controls(mark, {**old, "kernel_height": value})
    assert session.page.settings.layer.kernel_size == (4, 2)


def test_a_control_that_another_one_moved_is_not_taken_for_moved():
    session = Session.at("?padding=1")
    mark, old = session.controls.draw(controls(session)), controls(session)
    session.hear_controls(mark, {**old, "input_height": 1})
    assert controls(session)["padding"] == 0
    session.controls.draw(controls(session))
    session.hear_controls(mark, {**old, "input_height": 3})  # the browser still shows padding 1
    assert session.page.settings.layer.padding == (0, 1)
    assert session.page.settings.size == (3, 2)


@pytest.mark.parametrize("mark", ["", "other.1", "x", "1", "9" * 5000, "٣.١"])
def test_controls_of_another_session_say_nothing(mark):
    session = Session.at("")
    session.controls.draw(controls(session))
    session.hear_controls(mark, {**controls(session), "stride": 4})
    assert session.page.address == {}


def test_a_value_that_no_control_has_is_refused():
    session = Session.at("")
    for value in (0, 5, 2.5, None, "2", True, float("nan")):
        move(session, "stride", value)
        assert session.page.address == {}
        assert session.notices[0].startswith("“move” was not done: ")
    assert session.history.past == []


def test_heights_and_widths_apart_move_alone():
    session = Session.at("?stride=2x3")
    move(session, "stride_w", 4)
    move(session, "stride", 1)
    assert session.page.settings.layer.stride == (1, 4)
    assert session.page.apart


def test_what_comes_after_the_layer_is_undone_and_redone():
    session = Session.at("?stride=2&backward=1")
    say(session, "crop", ends=[0, 1, 0, 0])
    say(session, "crop", ends=[0, 2, 0, 1])
    say(session, "bias", texts=["1/4"])
    assert session.page.address == {"stride": "2", "backward": "1", "crop": "0,2;0,1", "bias": "0.25"}
    say(session, "undo")
    assert session.page.address == {"stride": "2", "backward": "1", "crop": "0,2;0,1"}
    say(session, "undo")  # both moves of the crop together
    assert session.page.address == {"stride": "2", "backward": "1"}
    say(session, "redo")
    assert session.page.settings.crop == ((0, 2), (0, 1))


def test_a_crop_that_leaves_nothing_gives_way_and_is_said():
    session = Session.at("?stride=2")
    say(session, "crop", ends=[3, 3, 0, 0])
    assert session.page.settings.crop == ((3, 0), (0, 0))
    assert session.notices == ["crop 3,3;0,0 would leave no output; it is 3,0;0,0 now."]
    say(session, "move", name="stride", value=1)
    assert session.page.settings.crop == ((2, 0), (0, 0))
    assert session.notices == ["crop 3,0;0,0 would leave no output; it is 2,0;0,0 now."]


def test_a_bias_that_is_no_number_changes_nothing_and_is_named():
    session = Session.at("")
    say(session, "bias", texts=["abc"])
    assert (session.page.settings, session.history.past) == (Settings(), [])
    assert session.notices == ["bias “abc” is ignored: it holds something that is not a number."]


def test_own_numbers_of_dy_follow_the_crop():
    session = Session.at("?backward=1&upstream=1,2,3;4,5,6;7,8,9")
    say(session, "crop", ends=[0, 1, 0, 1])
    assert session.page.view.upstream_values == (((1.0, 2.0), (4.0, 5.0)),)
