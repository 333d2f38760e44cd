"""The door: whatever a browser sends is a command that is done whole, or is refused and changes nothing."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from explorer.fills import FILLS, UPSTREAM
from explorer.session.commands import MOST_COMMANDS, RULES, Command, Refused, checked, read
from explorer.session.session import Session
from explorer.text import say, texts

GOOD = {
    "move": {"name": "stride", "value": [2, 3]},
    "apart": {"apart": True},
    "one_dimension": {"on": True},
    "preset": {"name": "arange-9"},
    "fill": {"grid": "input", "name": "ones"},
    "view": {"name": "gather"},
    "backward": {"on": True},
    "channel": {"side": "both", "channel": 1, "other": 0},
    "edit": {"grid": "kernel", "at": [0, 0, 1, 1], "text": "4"},
    "paste": {"grid": "input", "text": "[[1, 2], [3, 4]]", "channel": [1, 0]},
    "preview": {"grid": "upstream", "text": "1 2"},
    "crop": {"ends": [0, 1, 1, 0]},
    "bias": {"texts": ["0.5"]},
    "undo": {},
    "redo": {},
    "go": {"search": "?stride=3", "entry": -2},
    "resume": {"search": "?stride=3", "precision": "", "entry": 0, "pending": []},
    "methods": {"precision": "float32"},
    "what_if": {"name": "no_flip"},
    "dialog": {"name": "cost", "address": "http://explorer.example/"},
}
# (command, argument, value): each breaks one argument of a good command.
BAD = [
    *[(name, argument, value) for name in GOOD for argument in GOOD[name] for value in (None, {"a": 1}, 1e400, "\0")],
    *[(name, "grid", "W") for name in ("edit", "fill", "paste", "preview")],
    *[(name, "name", "__class__") for name in ("move", "preset", "fill", "view", "dialog", "what_if")],
    *[
        ("move", "value", value)
        for value in ([2], [1, 2, 3], [0, 1], True, 2.0, -1, 10**30, float("nan"), [[1], 2], "2")
    ],
    *[
        ("edit", "at", at)
        for at in (
            [],
            [0],
            [0, 0, 0],
            [0, 0, 0, 9],
            [0, 0, 2, 0],
            [0, 0, -1, 0],
            [1] * 99,
            [0, 0, True, 0],
            [0, 0, 0.0, 0],
        )
    ],
    *[(name, "text", text) for name in ("edit", "paste", "preview") for text in (7, ["4"], "1" * 20_001)],
    *[("paste", "channel", channel) for channel in ([], [0], [0, 0, 0], [0, 1], [4, 0], [-1, 0], [True, 0], "00", 0)],
    *[("channel", "channel", n) for n in (-1, 4, 1.0, True)],
    *[
        ("crop", "ends", ends)
        for ends in ([], [0], [0, 1], [0] * 5, [-1, 0, 0, 0], [17, 0, 0, 0], [0.0] * 4, [True] * 4)
    ],
    *[("bias", "texts", texts) for texts in ([], ["1"] * 2, ["1"] * 9, [1], ["1" * 61], "1")],
    *[("go", "search", "?" + "x" * 100_000), ("go", "entry", 10**9), ("go", "entry", False)],
    *[("resume", "pending", [{}] * (MOST_COMMANDS + 1)), ("resume", "precision", "float16")],
]


def state(session):
    """All that a command could change, except what says that it was refused."""
    return copy.deepcopy(
        (session.page, session.history, session.precision, session.dialog, session.number, session.arrived)
    )


def at(session, name, arguments, number=1):
    return {"id": number, "name": name, "arguments": arguments, "document": session.document}


def test_every_command_has_a_good_example_here():
    assert GOOD.keys() == RULES.keys()
    for name, arguments in GOOD.items():
        assert checked(Command(1, name, arguments))[1].keys() == arguments.keys()


@pytest.mark.parametrize("name", GOOD)
def test_a_good_command_is_done(name):
    session = Session.at("?x=1|2&k=1,2;3,4|5,6;7,8")
    assert session.hear([at(session, name, GOOD[name])])
    assert (session.refused, session.done) == ([], 1)


@pytest.mark.parametrize(("name", "argument", "value"), BAD)
def test_a_bad_argument_is_refused_and_nothing_is_half_done(name, argument, value):
    session = Session.at("?stride=2")
    before = state(session)
    session.hear([at(session, name, {**GOOD[name], argument: value})])
    if not (argument in ("search", "address", "text") and value == "\0"):  # a text like any other
        assert state(session) == before
        assert session.refused == [{"id": 1}]
        assert len(session.notices) == 1
        assert len(session.notices[0]) < 300
    assert session.done == 1
    session.hear([at(session, "move", GOOD["move"], 2)])  # and the page goes on
    assert session.page.settings.layer.stride == (2, 3)


def test_a_fill_that_dy_cannot_have_is_refused():
    """Its address could not be read back."""
    session = Session.at("?backward=1")
    before = state(session)
    session.hear([at(session, "fill", {"grid": "upstream", "name": "sobel"})])
    assert (state(session), session.refused) == (before, [{"id": 1}])
    assert set(UPSTREAM) < set(FILLS)


@pytest.mark.parametrize("name", GOOD)
def test_arguments_too_few_or_too_many_are_refused(name):
    for arguments in ({**GOOD[name], "more": 1}, dict(list(GOOD[name].items())[:-1]) if GOOD[name] else {"a": 1}, None):
        session = Session.at("")
        session.hear([at(session, name, arguments)])
        assert session.refused == ([{"id": 1}] if arguments or GOOD[name] else [])


@pytest.mark.parametrize(
    "message",
    [
        *(None, 0, "commands", {}, {"id": 1}, [None], [[]], ["undo"], [{}], [{"id": None, "name": "undo"}]),
        *([{"id": number, "name": "undo", "arguments": {}}] for number in (True, 0, -1, 1.5, float("inf"), "1", 2**60)),
        [{"id": 1, "name": "undo", "arguments": {}, "document": 7}],
        [{"id": 1, "name": "undo", "arguments": {}, "document": "9" * 10_000 + "." + "9" * 10_000}],
    ],
)
def test_what_is_no_command_is_not_heard(message):
    session = Session.at("?stride=2")
    before = state(session)
    session.hear(message)
    assert (state(session), session.done, session.notices) == (before, 0, [])


@pytest.mark.parametrize("name", ["edit", "paste", "fill", "bias"])
def test_what_means_the_cells_of_another_page_is_refused(name):
    session = Session.at("")
    stale = at(session, name, {**GOOD[name], **({"channel": [0, 0]} if name == "paste" else {})}, 2)
    session.hear([at(session, "preset", {"name": "arange-9"}, 1)])
    before = state(session)
    session.hear([stale])
    assert (state(session), session.refused) == (before, [{"id": 2}])
    assert "the page changed before it arrived" in session.notices[0]


def test_a_flood_is_refused_whole():
    session = Session.at("")
    flood = [at(session, "edit", GOOD["edit"], number) for number in range(1, 100_001)]
    before = state(session)
    session.hear(flood)
    assert state(session) == before
    assert session.notices == ["“message” was not done: it holds more than 200 parts."]
    with pytest.raises(Refused):
        read(flood)


def test_an_answer_stays_small_whatever_is_refused():
    session = Session.at("?x=" + ";".join(["1,1,1,1,1,1,1,1"] * 8))
    block = "\n".join(["\t".join(["x" * 100] * 8)] * 8)
    asked = [at(session, "edit", {"grid": "input", "at": [0, 0, 0], "text": block}, n) for n in range(1, 201)]
    session.hear(asked)
    while session.is_more:
        session.hear([one for one in asked if one["id"] > session.done])
    assert session.done == 200
    assert len(json.dumps(session.answer())) < 20_000
    assert session.history.past == []


def test_a_megabyte_is_not_repeated():
    session = Session.at("")
    session.hear([at(session, "x" * 10**6, {}), at(session, "view", {"name": "y" * 10**6}, 2)])
    assert len(json.dumps(session.answer())) < 1_000


def test_every_reason_has_a_sentence():
    assert texts()["commands"].keys() == {
        *("refused", "unknown", "wrong_type", "wrong_arguments", "outside", "too_long", "too_many", "no_cell", "stale")
    }
    assert say("commands.no_cell", value="1,2") == "there is no cell 1,2."


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(list(RULES)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def tampered(draw):
    """A good command of which one argument, or the whole, is something else."""
    name = draw(st.sampled_from(list(GOOD)))
    arguments = dict(GOOD[name])
    if arguments and draw(st.booleans()):
        arguments[draw(st.sampled_from(list(arguments)))] = draw(JSON)
    raw = {"id": draw(st.integers(1, 9)), "name": name, "arguments": arguments, "document": "s.1"}
    if draw(st.booleans()):
        raw[draw(st.sampled_from(list(raw)))] = draw(JSON)
    return raw


@runs(max_examples=400, deadline=None)
@given(st.lists(tampered() | JSON, max_size=4) | JSON)
def test_no_message_breaks_a_session(message):
    session = Session.at("?x=1,2;3,4|5,6;7,8&k=1|2")
    session.name = "a"
    for one in message if isinstance(message, list) else []:
        if isinstance(one, dict) and one.get("document") == "s.1":
            one["document"] = session.document
    session.hear(message)
    assert len(json.dumps(session.answer(), allow_nan=False)) < 20_000
    session.page.settings.layer.output_size(session.page.settings.size)
    assert Session.at("?" + "&".join(f"{k}={v}" for k, v in session.page.address.items())).notices == []
