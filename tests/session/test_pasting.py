"""Pasting, its preview, and the own numbers of dY, as commands to a session."""

import copy
import json
import random

import numpy as np
import pytest

from explorer.documents.build import document
from explorer.operation import run
from explorer.placing import NAMES
from explorer.session.address import from_query
from explorer.session.session import Session
from explorer.settings import Settings
from explorer.views import upstream_of
from tests.test_reading import broken

TWO = "?x=1,2;3,4|5,6;7,8&k=1,0;0,1|0,1;2,0"
TORCH = "tensor([[[1., 2., 3.],\n         [4., 5., 6.]],\n\n        [[7., 8., 9.],\n         [0., 1., 2.]]])"


def say(session, name, /, **arguments):
    """The stage's next command."""
    command = {"id": session.done + 1, "name": name, "arguments": arguments, "document": session.document}
    session.hear([command])


def upstream(session):
    return upstream_of(session.page.settings, session.page.view).tolist()


def test_a_paste_replaces_the_input_and_can_be_undone():
    session = Session.at("")
    say(session, "paste", grid="input", text=TORCH, channel=[0, 0])
    assert session.page.address == {"x": "1,2,3;4,5,6|7,8,9;0,1,2", "k": "0,1;2,3|0,0;0,0"}
    assert session.notices == ["K is 2×1×2×2 now, to fit; its new cells are 0."]
    assert (session.refused, session.pushed) == ([], 0)  # an edit makes no history entry
    say(session, "undo")
    assert session.page.address == {}


def test_a_paste_goes_into_the_channel_that_is_named():
    session = Session.at(TWO)
    say(session, "paste", grid="input", text="9", channel=[1, 0])
    assert session.page.address["x"] == "1|9"
    say(session, "paste", grid="kernel", text="[1 2; 3 4]", channel=[1, 0])
    assert session.page.address["k"] == "1,0;0,1|1,2;3,4"


def test_a_paste_into_one_of_two_groups():
    session = Session.at("?x=1|2&k=3|4&out_channels=2&groups=2&channel=1,1")
    say(session, "paste", grid="kernel", text="[7, 8]", channel=[1, 1])
    assert session.page.address["k"] == "3,0|7,8"
    say(session, "paste", grid="kernel", text="[5]", channel=[0, 1])  # between two groups is no kernel
    assert session.page.address["k"] == "3,0|7,8"
    assert session.notices == ["“paste” was not done: there is no cell 0,1."]


def test_what_a_paste_replaced_does_not_come_back():
    session = Session.at("?x=1,2,70;3,4,80")
    say(session, "paste", grid="input", text="5 6\n7 8", channel=[0, 0])
    say(session, "move", name="input_width", value=3)
    assert 70 not in np.array(session.page.settings.input)


@pytest.mark.parametrize("name", ["paste", "edit"])
@pytest.mark.parametrize("grid", ["input", "kernel", "upstream"])
def test_a_paste_that_cannot_be_read_changes_nothing(name, grid):
    session = Session.at("?stride=2&backward=1")
    where = {"channel": [0, 0]} if name == "paste" else {"at": [0, 1, 1] if grid != "kernel" else [0, 0, 1, 1]}
    before = copy.deepcopy((session.page, session.history.past))
    say(session, name, grid=grid, text="1\t2\t3\t4\t5\n1\t2\t3\t4\t", **where)
    assert (session.page, session.history.past) == before
    said = f"Nothing was pasted into {NAMES[grid]}: line 2, entry 5: here a number is missing."
    if name == "paste":
        assert (session.refused, session.notices) == ([{"id": 1}], [said])
    else:
        assert (session.refused, session.notices) == ([{"id": 1, "grid": grid, "at": where["at"], "text": said}], [])


PREVIEWS = [
    ("", "input", "[[1, 2, 3], [4, 5, 6]]", "X becomes 2×3."),
    ("", "input", TORCH, "X becomes 2 channels of 2×3. K is 2×1×2×2 now, to fit; its new cells are 0."),
    (TWO + "&channel=1,0", "input", "1 2 3", "X[1] becomes 1×3; the others take this size."),
    (
        "",
        "input",
        "\n".join(["1 2"] * 9),
        "X becomes 8×2. X holds 8×8 at most here: what was pasted beyond is left out.",
    ),
    ("", "kernel", "1", "K becomes 1×1."),
    ("", "kernel", "1 2 3 4 5 6", "K becomes 1×5. K holds 5×5 at most here: what was pasted beyond is left out."),
    ("", "kernel", "1\n\n2\n\n3", "K becomes 3 kernels of 1×1, from 1 to 3 channels."),
    (TWO, "kernel", "1 2 3", "K[0,0] becomes 1×3; the others take this size."),
    ("", "upstream", "1 2 3", "dY takes 1×3 numbers; it stays 1×3×3, and what is missing is 0."),
]
UNTAKEN = [
    (
        "",
        "input",
        "1 2\n3",
        None,
        "This cannot be taken: line 2, entry 1: numbers in this row: 1, in the first: 2; "
        "all rows must be of one length.",
    ),
    (
        "",
        "input",
        "abc",
        None,
        "This cannot be taken: line 1, entry 1: “abc” is not a number; numbers are 2, −0.5, 1e3 or 1/3.",
    ),
    ("", "upstream", "1\n\n2", [2, 1, 1], "This cannot be taken: dY has the channels of Y, 1; 2×1×1 does not fit."),
]


@pytest.mark.parametrize(("search", "grid", "text", "sentence"), PREVIEWS)
def test_a_preview_says_what_the_paste_then_does(search, grid, text, sentence):
    session = Session.at(search)
    before = copy.deepcopy((session.page, session.history.past, session.number))
    say(session, "preview", grid=grid, text=text)
    assert (session.page, session.history.past, session.number) == before
    preview = session.answer()["preview"]
    assert (preview["id"], preview["grid"], preview["ok"], preview["text"]) == (1, grid, True, sentence)
    say(session, "paste", grid=grid, text=text, channel=list(session.page.view.channel))
    assert session.answer()["preview"] is None
    assert all(notice in sentence for notice in session.notices)
    assert session.refused == []


@pytest.mark.parametrize(("search", "grid", "text", "shape", "sentence"), UNTAKEN)
def test_a_preview_says_why_a_paste_cannot_be_taken(search, grid, text, shape, sentence):
    session = Session.at(search)
    say(session, "preview", grid=grid, text=text)
    preview = session.answer()["preview"]
    assert (preview["ok"], preview["shape"], preview["text"]) == (False, shape, sentence)
    assert (preview["rows"] is None) == (shape is None)


def test_a_preview_holds_the_numbers_read():
    session = Session.at("")
    say(session, "preview", grid="input", text=TORCH)
    preview = session.answer()["preview"]
    assert preview["shape"] == [2, 2, 3]
    assert preview["rows"] == [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [0, 1, 2]]]
    say(
        session, "preview", grid="kernel", text=str((np.arange(9000) / 7).round(3).reshape(9, 10, 100).tolist())[:19000]
    )
    assert session.answer()["preview"]["rows"] is None  # the text was cut: a bracket is not closed
    say(session, "preview", grid="kernel", text=str(np.ones((9, 20, 20)).astype(int).tolist()))
    assert np.shape(session.answer()["preview"]["rows"]) == (4, 12, 12)
    assert len(json.dumps(session.answer())) < 20_000


def test_dy_can_be_typed_and_is_in_the_address():
    session = Session.at("?backward=1")
    say(session, "edit", grid="upstream", at=[0, 1, 2], text="−1/2")
    assert session.page.address == {"backward": "1", "upstream": "0,1,2;3,4,-0.5;6,7,8"}
    assert upstream(session) == [[[0, 1, 2], [3, 4, -0.5], [6, 7, 8]]]
    assert Session.at("?" + "&".join(f"{k}={v}" for k, v in session.page.address.items())).page == session.page
    say(session, "edit", grid="upstream", at=[0, 1, 2], text="x")
    assert session.refused[0]["text"] == "dY[1,2] keeps -0.5: “x” is not a number. Type 2, −0.5, 1e3 or 1/3."
    say(session, "edit", grid="upstream", at=[0, 3, 0], text="1")
    assert session.notices == ["“edit” was not done: there is no cell 0,3,0."]
    say(session, "undo")
    assert upstream(session) == np.arange(9.0).reshape(1, 3, 3).tolist()
    say(session, "redo")
    assert upstream(session)[0][1][2] == -0.5
    say(session, "fill", grid="upstream", name="ones")
    assert session.page.address == {"backward": "1", "upstream": "ones"}


def test_the_gradient_of_dys_own_numbers():
    session = Session.at("?padding=1&backward=1&upstream=5")
    page = session.page
    found = document(run(page.settings), page.view)
    assert found["gradient"]["upstream"] == [
        0,
        0,
        0,
        0,
        5,
        0,
        0,
        0,
        0,
    ]  # on the canvas, where padding crops all but one
    assert found["gradient"]["result"] == [[15, 10, 5, 0]]  # 5 times each kernel cell, the last first
    assert found["gradient"]["agrees"]
    assert found["grids"]["upstream"]["title"]["note"]["key"] == "grid_notes.own"


def test_dys_own_numbers_keep_what_fits():
    session = Session.at("?upstream=1,2,3;4,5,6;7,8,9")
    say(session, "move", name="stride", value=2)
    assert upstream(session) == [[[1, 2, 3, 0], [4, 5, 6, 0], [7, 8, 9, 0], [0, 0, 0, 0]]]
    say(session, "move", name="out_channels", value=2)
    assert np.array(upstream(session))[1].tolist() == np.zeros((4, 4)).tolist()
    say(session, "paste", grid="input", text="1", channel=[0, 0])
    assert upstream(session) == [[[1, 2], [4, 5]], [[0, 0], [0, 0]]]
    assert session.page.address["upstream"] == "1,2;4,5|0,0;0,0"
    say(session, "preset", name="stride-2")
    assert "upstream" not in session.page.address


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,2;3,4", "upstream “1,2;3,4” is ignored: it must have the shape of Y, 1×3×3."),
        ("1|2", "upstream “1|2” is ignored: it must have the shape of Y, 1×3×3."),
        ("1,2,3;4,5,6;7,8", "upstream “1,2,3;4,5,6;7,8” is ignored: it must have the shape of Y, 1×3×3."),
        ("1,2,3;4,5,6;7,8,x", "upstream “1,2,3;4,5,6;7,8,x” is ignored: it holds something that is not a number."),
        (
            "1,2,3;4,5,6;7,8,1e9",
            "upstream “1,2,3;4,5,6;7,8,1e9” is ignored: numbers must be between −1000000 and 1000000.",
        ),
        ("bilinear", "upstream “bilinear” is ignored: there is no such name."),
    ],
)
def test_a_bad_dy_in_an_address_is_ignored_and_named(text, sentence):
    session = Session.at(f"?upstream={text}")
    assert session.notices == [sentence]
    assert (session.page.settings, session.page.view.upstream_values) == (Settings(), ())


def test_whatever_is_pasted_the_session_goes_on():
    rng = random.Random(7)
    session = Session.at(TWO + "&backward=1")
    for n in range(600):
        grid, text = ("input", "kernel", "upstream")[n % 3], broken(rng)
        page = session.page
        say(session, "preview", grid=grid, text=text)
        preview = session.answer()["preview"]
        assert session.page is page
        say(session, "paste", grid=grid, text=text, channel=list(page.view.channel))
        assert bool(session.refused) == (not preview["ok"])
        if session.refused:
            assert session.page == page
        assert len(json.dumps(session.answer(), allow_nan=False)) < 20_000
        settings, view, notices = from_query(session.page.address)
        assert (settings, view.upstream_values, notices) == (
            session.page.settings,
            session.page.view.upstream_values,
            [],
        )
