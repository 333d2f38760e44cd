"""Hostile messages over the websocket: nothing fails, nothing changes, and the next good one is answered right."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from itertools import islice

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash
from websockets.exceptions import ConnectionClosed

from explorer.pages.states import STATES, key_of
from explorer.session.commands import MOST_COMMANDS
from explorer.session.effort import EFFORT
from tests.door import hostile
from tests.door.knocking import Knocker, envelope
from tests.visitor import visit

SEED = 16
COUNTS = {"commands": 200, "course": 150, "stage": 200, "learn": 60, "layer": 810, "upsample": 200, "widgets": 150}
LESSON = "?lesson=padding-crops"


def knocking(address: str, act: Callable[[Knocker], Awaitable[None]], query: str = "", page: str = "") -> None:
    """Let a visitor of a page act; afterwards a good move of theirs is answered right, and another visitor goes on."""

    async def both() -> None:
        async with AsyncExitStack() as stack:
            one, other = [await visit(stack, address, query, page, kind=Knocker) for _ in range(2)]
            await one.settle()
            await other.settle()
            await act(one)
            await other.run()

    asyncio.run(both())


async def moved(visitor: Knocker, stride: int) -> None:
    """Move the stride by a command, and see the page with it."""
    await commands(visitor, ("move", {"name": "stride", "value": stride}))
    assert visitor.data["stage"]["document"]["layer"]["stride"]["value"] == [stride, stride]


async def commands(visitor: Knocker, *asked: tuple[str, dict]) -> None:
    """Send good commands, and see them done."""
    stage = visitor.data["stage"]
    document, first = f"{stage['session']}.{stage['number']}", stage["done"] + 1
    made = [
        {"id": first + at, "name": name, "arguments": arguments, "document": document}
        for at, (name, arguments) in enumerate(asked)
    ]
    await visitor.send("stage", {"commands": made})
    done = visitor.data["stage"]
    assert done["done"] == first + len(asked) - 1
    assert not done["refused"]


@pytest.mark.parametrize(("page", "course"), [("", False), ("learn", True)])
def test_a_command_with_something_wrong_is_refused_by_its_number(address, page, course):
    chance = random.Random(SEED)

    async def act(visitor: Knocker) -> None:
        before = visitor.shown
        for _ in range(COUNTS["course" if course else "commands"]):
            stage = visitor.data["stage"]
            document, first = f"{stage['session']}.{stage['number']}", stage["done"] + 1
            made = [hostile.command(chance, first + at, document, course) for at in range(chance.choice((1, 3, 8)))]
            await visitor.say("stage", hostile.text_of({"commands": made}))
            stage = visitor.data["stage"]
            assert stage["done"] == first + len(made) - 1
            assert [one["id"] for one in stage["refused"]] == [one["id"] for one in made]
            assert visitor.shown == before
        await moved(visitor, 3)

    knocking(address, act, LESSON if course else "", page)


@pytest.mark.parametrize(
    ("name", "arguments", "most"),
    [
        ("edit", {"grid": "input", "at": [0, 0, 0], "text": "7"}, EFFORT),
        ("edit", {"grid": "input", "at": [0, 0, 0], "text": "\n".join(["x\t" * 8] * 8)}, EFFORT),
        ("paste", {"grid": "input", "text": "1 " * 2000, "channel": [0, 0]}, 2),
        ("go", {"search": "?stride=2", "entry": 0}, 4),
        ("preview", {"grid": "input", "text": "1&2"}, EFFORT),
        ("undo", {}, EFFORT),
    ],
)
def test_a_message_of_two_hundred_commands_is_done_as_far_as_one_message_may_ask(address, name, arguments, most):
    async def act(visitor: Knocker) -> None:
        document = f"{visitor.data['stage']['session']}.1"
        made = [
            {"id": n, "name": name, "arguments": arguments, "document": document} for n in range(1, MOST_COMMANDS + 1)
        ]
        for first in (1, most + 1):  # the page sends again what is not done
            await visitor.say("stage", hostile.text_of({"commands": made[first - 1 :]}))
            assert (visitor.data["stage"]["done"], visitor.data["stage"]["more"]) == (first - 1 + most, True)
        await visitor.say("stage", hostile.text_of({"commands": [*made, *made]}))  # too many: none is done
        assert visitor.data["stage"]["done"] == 2 * most
        await moved(visitor, 2)

    knocking(address, act)


@pytest.mark.parametrize(("page", "count"), [("", "stage"), ("learn", "learn")])
def test_a_state_that_is_none_of_the_stage_changes_nothing(address, page, count):
    async def act(visitor: Knocker) -> None:
        before = visitor.shown
        for text in islice(hostile.states(random.Random(SEED), "commands"), COUNTS[count]):
            for component in sorted({"stage", "lesson"} & visitor.components.keys()):
                await visitor.say(component, text)
                assert visitor.shown == before
        await moved(visitor, 2)

    knocking(address, act, LESSON if page else "", page)


def test_a_state_that_is_none_of_a_panel_is_answered_with_the_address(address):
    chance = random.Random(SEED)

    async def act(visitor: Knocker) -> None:
        for text in islice(hostile.states(chance, "sent"), COUNTS["layer"] // 2):
            await visitor.say("layer", text)
            assert visitor.data["layer"]["number"] == 0
        for _ in range(COUNTS["layer"] // 2):
            fields = {"search": "?layer=nn.ConvTranspose2d(8,4,2)", "number": 7, "edit": None}
            fields[chance.choice(list(fields))] = hostile.value(chance)
            await visitor.say("layer", hostile.text_of({"sent": fields}))
            number = visitor.data["layer"]["number"]
            assert type(number) is int and 0 <= number < 2**53
        await visitor.send("layer", {"sent": {"search": "?layer=nn.ConvTranspose2d(8,4,2)&input=4x4", "number": 9}})
        assert (visitor.data["layer"]["number"], visitor.data["layer"]["rows"][0]["about"]) == (9, "8→4 · k2")

    knocking(address, act, "", "layer")


def test_a_state_that_is_none_of_the_page_of_upsampling(address):
    chance = random.Random(SEED)
    fields = {"search": "?kernel=ones", "number": 7, "have": "", "file": None, "train": None, "pasted": None}

    async def act(visitor: Knocker) -> None:
        for text in islice(hostile.states(chance, "sent"), COUNTS["upsample"] // 2):
            await visitor.say("upsample", text)
            assert visitor.data["upsample"]["number"] == 0
        for _ in range(COUNTS["upsample"] // 2):
            said = {**fields, chance.choice(list(fields)): hostile.value(chance)}
            await visitor.say("upsample", hostile.text_of({"sent": said}))
            number = visitor.data["upsample"]["number"]
            assert type(number) is int and 0 <= number < 2**53
        await visitor.send("upsample", {"sent": {"search": "?stride=3", "number": 9}})
        assert (visitor.data["upsample"]["number"], visitor.data["upsample"]["state"]["stride"]) == (9, "3")

    knocking(address, act, "", "upsample")


def wrong(chance: random.Random, name: str) -> WidgetState:
    """A state of another kind than the widget's, or one that none could have."""
    kinds = [
        ("trigger_value", True),
        ("bool_value", chance.random() < 0.5),
        ("double_value", chance.choice((-1.0, 1e308, float("nan"), float("inf")))),
        ("int_value", chance.choice((-1, 0, 2**62))),
        ("string_value", chance.choice(("", "x", "\x00", "x" * 1_000_000))),
        ("double_array_value", {"data": chance.choice(([], [float("nan")], [1e308], [1.5], [-1.0], [1.0] * 300))}),
        ("int_array_value", {"data": [2**62] * chance.choice((0, 1, 300))}),
        ("string_array_value", {"data": chance.choice(([], ["x" * 1000], ["\x00"] * 300))}),
        ("json_value", chance.choice(("null", "{}", "NaN", "[" * 1000, '{"a":' * 1000))),
        ("arrow_value", {"data": b"\xff" * 100}),
        ("bytes_value", b"\xff" * 100_000),
        ("file_uploader_state_value", {}),
        ("string_trigger_value", {"data": "x"}),
        ("chat_input_value", {"data": "x"}),
        ("json_trigger_value", chance.choice(("[]", "{", "[" * 1000))),
        (None, None),
    ]
    while True:
        kind, value = chance.choice(kinds)
        state = WidgetState(id=name, **({kind: value} if kind else {}))
        if not STATES.get(key_of(name), lambda _: False)(state):
            return state


UNKNOWN = ("", "stride", "$$ID-0-stride", f"$$ID-{'0' * 32}-no_such", f"$$ID-{'0' * 32}-stage__events", "x" * 10_000)
IN_A_DIALOG = 30
DIALOGS = ("", "cost", "code", "export", "compare", "qr")


def test_a_widget_that_says_what_it_cannot_keeps_what_it_has(address):
    chance = random.Random(SEED)

    async def act(visitor: Knocker) -> None:
        for dialog in DIALOGS:
            await commands(visitor, ("dialog", {"name": dialog, "address": "http://127.0.0.1/?stride=1"}))
            await visitor.settle()
            before, names = visitor.shown, [name for name in visitor.fragments if name]
            assert all(key_of(name) in {*STATES, "lesson"} for name in names), names
            for _ in range(COUNTS["widgets"] if not dialog else IN_A_DIALOG):
                chosen = [*chance.sample(names, chance.choice((1, 1, 3))), chance.choice(UNKNOWN)]
                await visitor.knock(*(wrong(chance, name) for name in chosen))
                assert visitor.shown == before
        await visitor.move(4)
        assert visitor.data["stage"]["address"]["stride"] == "4"

    knocking(address, act)


ENVELOPES = [
    {"page_script_hash": "x" * 100_000},
    {"page_script_hash": "\x00"},
    {"page_name": "<script>" * 1000},
    {"fragment_id": "no such"},
    {"fragment_id": "x" * 1_000_000},
    {"query_string": "x=" + "1," * 1_000_000},
    {"cached_message_hashes": ["x" * 1000] * 100},
    {"cached_message_hashes": ["x"] * 100_000},
    {"context": {"url": "x" * 1_000_000, "timezone": "x" * 1_000_000, "locale": "\x00" * 1000}},
    {"context": {"timezone": "No/Where", "locale": "../..", "url": "javascript:alert(1)", "timezone_offset": -(2**31)}},
    {"context": {"color_scheme": "x" * 1000}},
    {"query_string": "&".join(f"p{n}=1" for n in range(20_000))},
    {"query_string": "x=%ED%A0%80&k=%00&view=%F0%28&preset=\u202e&stride=" + "9" * 5000},
    {"is_auto_rerun": True, "is_history_navigation": True},
]
KINDS = [
    {"clear_cache": True},
    {"set_run_on_save": True},
    {"load_git_info": True},
    {"debug_disconnect_websocket": True},
    {"debug_shutdown_runtime": True},
    {"stop_script": True},
    {"app_heartbeat": True},
    {"file_urls_request": {"request_id": "1", "file_names": ["x"] * 1000, "session_id": "x"}},
    {"backend_operation_request": BackendOperationRequest(request_id="1", install_skills={})},
    {"backend_operation_request": BackendOperationRequest(request_id="1", dataframe_chunk={})},
    {"backend_operation_request": BackendOperationRequest(request_id="1", session_id="x", deferred_file={})},
    {},
]


def test_an_envelope_or_a_kind_of_message_that_no_page_sends(address):
    async def act(visitor: Knocker) -> None:
        before = visitor.shown
        for fields in ENVELOPES:
            await visitor.raw(envelope(**fields))
            await asyncio.sleep(0.05)
        for kind in KINDS:
            await visitor.raw(BackMsg(**kind).SerializeToString())
        await visitor.raw(BackMsg(stop_script=True).SerializeToString() + b"\xfa\x7f\x05junk!")  # an unknown field
        async with asyncio.timeout(60):  # what came of them is read before a run that is ours
            while await _is_coming(visitor):
                pass
        await visitor.run()
        assert json.loads(visitor.shown)[0] == json.loads(before)[0]
        await visitor.move(2)
        assert visitor.data["stage"]["address"]["stride"] == "2"

    knocking(address, act)


async def _is_coming(visitor: Knocker) -> bool:
    """Take in one more message, if one comes within a moment."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    try:
        async with asyncio.timeout(0.5):
            data = await visitor.connection.recv()
    except TimeoutError:
        return False
    assert len(data) < 200_000
    visitor.take(ForwardMsg.FromString(data))
    return True


def test_bytes_that_are_no_message_close_the_connection_and_nothing_else(address):
    chance = random.Random(SEED)
    frames: list[bytes | str] = [b"no message", b"\xff" * 1000, "text", "", chance.randbytes(100_000)]
    frames += [b"\x0a" * 5000, b"\x5a\x05\x0a\x03\xed\xa0\x80", chance.randbytes(10), b"\x00" * 8_000_000]

    async def act(visitor: Knocker) -> None:
        for frame in frames:
            async with AsyncExitStack() as stack:
                hostile_one = await visit(stack, address, kind=Knocker)
                await hostile_one.raw(frame)
                with pytest.raises(ConnectionClosed):
                    async with asyncio.timeout(60):
                        await hostile_one.connection.recv()
        await visitor.move(2)
        assert visitor.data["stage"]["address"]["stride"] == "2"

    knocking(address, act)


def test_a_page_that_is_not_there_is_said_and_no_more(address):
    async def act(visitor: Knocker) -> None:
        visitor.script = calc_hash("no such page")
        await visitor.run()

    knocking(address, act)


def test_two_thousand_messages_are_sent():
    in_dialogs = IN_A_DIALOG * len(DIALOGS[1:])
    assert sum(COUNTS.values()) + COUNTS["learn"] + in_dialogs + len(ENVELOPES) + len(KINDS) >= 2000
