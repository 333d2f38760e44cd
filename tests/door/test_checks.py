"""The checks of the door, without a server."""

import json
import random
from itertools import islice

import pytest
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest, BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

from explorer.pages.asking import LAYER, SAID, UPSAMPLE, passed
from explorer.pages.door import LARGEST_MESSAGE, MOST_WIDGETS, TOO_LARGE, Broken, checked
from explorer.pages.states import LONGEST_COMMANDS, MOST_LEVELS, STATES, sound
from tests.door import hostile

GOOD = {
    "stride": {"double_array_value": {"data": [2]}},
    "input_width": {"double_array_value": {"data": [16]}},
    "padding_w": {"double_array_value": {"data": [0]}},
    "groups": {"string_array_value": {"data": ["1"]}},
    "view": {"string_array_value": {"data": ["Gather"]}},
    "preset": {"string_value": "Stride 2 · Stride"},
    "apart": {"bool_value": True},
    "controls_mark": {"string_value": "a4e4b69c.1"},
    "compare_text": {"string_value": "1 2; 3 4"},
    "compare_button": {"trigger_value": True},
    "export_width": {},
    "stage": {"json_value": '{"commands": [{"id": 1, "name": "undo", "arguments": {}, "document": "a.1"}]}'},
    "layer": {"json_value": '{"sent": {"search": "?a=1", "number": 1, "edit": null}}'},
    "upsample": {"json_value": '{"sent": {"file": "' + "A" * 6_000_000 + '"}}'},
}
BAD = [
    ("stride", {}),
    ("stride", {"double_array_value": {"data": []}}),
    ("stride", {"double_array_value": {"data": [1, 2]}}),
    *[("stride", {"double_array_value": {"data": [one]}}) for one in (0, 5, 1.5, float("nan"), float("inf"), 1e308)],
    ("stride", {"int_array_value": {"data": [2]}}),
    ("stride", {"string_value": "2"}),
    ("view", {"string_array_value": {"data": ["x" * 301]}}),
    ("view", {"string_array_value": {"data": ["x"] * 41}}),
    ("view", {"string_value": "Gather"}),
    ("preset", {"string_value": "x" * 301}),
    ("apart", {"int_value": 1}),
    ("controls_mark", {"string_value": "x" * 41}),
    ("controls_mark", {"string_value": "<b>"}),
    ("compare_text", {"string_value": "1" * 20_001}),
    ("compare_button", {"bool_value": True}),
    ("export_width", {"double_value": float("nan")}),
    ("export_width", {"int_value": 10**6}),
    ("stage", {"json_value": "[]"}),
    ("stage", {"json_value": "{"}),
    ("stage", {"json_value": '{"commands": NaN}'}),
    ("stage", {"json_value": '{"commands": ' + "9" * 5000 + "}"}),
    ("stage", {"json_value": '{"a":' * 100_000}),
    ("stage", {"json_value": '{"a":' * MOST_LEVELS + "1" + "}" * MOST_LEVELS}),
    ("stage", {"json_value": json.dumps({"commands": "x" * LONGEST_COMMANDS})}),
    ("stage", {"string_value": "{}"}),
    ("no_such", {"bool_value": True}),
    ("stage__events", {"json_trigger_value": "[]"}),
]


def state(key, value):
    return WidgetState(id=f"$$ID-{'0' * 32}-{key}", **value)


@pytest.mark.parametrize("key", GOOD)
def test_what_a_page_sends_passes_as_it_is(key):
    given = state(key, GOOD[key])
    data = BackMsg(rerun_script=ClientState(widget_states={"widgets": [given]})).SerializeToString()
    assert checked(data) == data


@pytest.mark.parametrize(("key", "value"), BAD, ids=[f"{at}-{key}" for at, (key, _) in enumerate(BAD)])
def test_a_value_that_its_widget_cannot_have_is_left_out_and_the_rest_passes(key, value):
    good = state("padding", {"double_array_value": {"data": [1]}})
    client = ClientState(query_string="stride=2", widget_states={"widgets": [state(key, value), good]})
    client = BackMsg.FromString(checked(BackMsg(rerun_script=client).SerializeToString())).rerun_script
    assert list(client.widget_states.widgets) == [good]
    assert client.query_string == "stride=2"


@pytest.mark.parametrize("name", ["stride", "$$ID--stride", f"$$ID-{'0' * 32}-stride\n", f"$$ID-{'G' * 32}-stride", ""])
def test_a_widget_is_known_by_the_whole_of_its_name(name):
    assert not sound(WidgetState(id=name, double_array_value={"data": [2]}))


def test_no_state_raises_and_none_that_passes_is_deep_or_holds_half_a_character():
    for text in islice(hostile.states(random.Random(3), "commands"), 400):
        given = state("stage", {"json_value": text})
        if STATES["stage"](given):
            json.dumps(json.loads(given.json_value), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "client",
    [
        {"page_script_hash": "x" * 101},
        {"page_name": "\x00"},
        {"fragment_id": "x" * 101},
        {"query_string": "x" * 100_001},
        {"widget_states": {"widgets": [WidgetState()] * (MOST_WIDGETS + 1)}},
    ],
)
def test_a_request_that_no_page_makes_is_dropped(client):
    assert checked(BackMsg(rerun_script=ClientState(**client)).SerializeToString()) is None


@pytest.mark.parametrize("kind", ["clear_cache", "set_run_on_save", "load_git_info", "debug_shutdown_runtime", "none"])
def test_what_is_for_the_pages_authors_is_dropped(kind):
    assert checked(BackMsg(**({} if kind == "none" else {kind: True})).SerializeToString()) is None


@pytest.mark.parametrize(("payload", "passes"), [("deferred_file", True), ("install_skills", False)])
def test_of_the_operations_only_a_file_may_be_asked_for(payload, passes):
    request = BackendOperationRequest(request_id="1", session_id="s", **{payload: {}})
    assert (checked(BackMsg(backend_operation_request=request).SerializeToString()) is not None) == passes


def test_what_a_browser_says_of_itself_is_bounded():
    context = {"url": "x" * 100_001, "timezone": "x" * 101, "locale": "en-US", "color_scheme": "pink"}
    client = ClientState(context_info=context, cached_message_hashes=["x"] * 2001)
    client = BackMsg.FromString(checked(BackMsg(rerun_script=client).SerializeToString())).rerun_script
    assert (client.context_info.url, client.context_info.timezone, client.context_info.locale) == ("", "", "en-US")
    assert not client.context_info.HasField("color_scheme")
    assert not client.cached_message_hashes


def test_what_belongs_to_no_message_is_left_out():
    data = BackMsg(stop_script=True).SerializeToString()
    assert checked(data + b"\xfa\x7f\x04junk") == data


def test_bytes_are_bounded_before_they_are_read(monkeypatch):
    monkeypatch.setattr("explorer.pages.door.BackMsg", lambda: pytest.fail("read"))
    with pytest.raises(Broken) as error:
        checked(b"\x00" * (LARGEST_MESSAGE + 1))
    assert error.value.code == TOO_LARGE
    with pytest.raises(DecodeError):
        BackMsg.FromString(b"no message")


@pytest.mark.parametrize("number", [True, -1, 2**53, 1.5, float("nan"), "7", None, [7]])
def test_a_number_that_is_none_is_not_repeated(number):
    assert passed({"number": number}, SAID) == {}


def test_a_panel_hears_only_what_passes():
    said = {"search": "?a=1", "number": 3, "train": True, "have": "x" * 61, "file": None, "pasted": None, "more": 1}
    assert passed(said, {**SAID, **UPSAMPLE.said}) == {"search": "?a=1", "number": 3, "file": None, "pasted": None}
    assert passed({"edit": {"name": "stride", "value": "x" * 41}}, LAYER.said) == {"edit": None}
    assert passed([said], SAID) == {}
