"""The page of upsampling as Streamlit runs it, without a browser."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from explorer.pages import asking, upsample
from explorer.pages.navigation import links
from explorer.upsampling.page.gallery import Picture
from explorer.upsampling.page.uploading import read_upload
from tests.upsampling.page.test_upsample_uploading import encoded

SCRIPT = Path(__file__).parents[2] / "explorer" / "pages" / "upsample.py"


def page_at(**query):
    page = AppTest.from_file(str(SCRIPT), default_timeout=60)
    page.query_params.update(query)
    return page


@pytest.fixture
def hears(monkeypatch):
    """What the browser is to have said, and what the panel was given."""
    given, said = [], {}
    monkeypatch.setattr(asking.UPSAMPLE, "sent", lambda: said)
    monkeypatch.setattr(asking.UPSAMPLE, "draw", given.append)
    return given, said


def test_the_first_visit_is_drawn_from_the_address(monkeypatch):
    given = []
    monkeypatch.setattr(asking.UPSAMPLE, "draw", given.append)
    page = page_at(kernel="ones", size="4", stride="2").run()
    assert not page.exception
    assert given[-1]["number"] == 0
    assert given[-1]["card"]["verdict"]["tone"] == "good"


def test_the_panel_is_a_component_of_the_page():
    page = page_at().run()
    assert not page.exception
    body = page.get("html")[0].proto.body
    assert body.startswith(f"{links('upsample')}<style>") and body.endswith("</style>")
    assert len(page.get("bidi_component")) == 1


def test_a_message_is_answered_by_its_number(hears):
    given, said = hears
    said.update({"search": "?k=1,2;3,4&stride=2", "number": 7, "have": ""})
    page = page_at().run()
    assert not page.exception
    assert given[-1]["number"] == 7
    assert given[-1]["card"]["sums"]["texts"] == [["1", "2"], ["3", "4"]]


def test_a_file_is_kept_and_a_bad_one_leaves_the_last_good(hears):
    given, said = hears
    said.update({"search": "?", "number": 1, "file": encoded(Image.new("L", (32, 32), 90))})
    page = page_at().run()
    name = given[-1]["upload"]["name"]
    assert isinstance(page.session_state.upsample_picture, Picture)
    said.update({"number": 2, "file": "AAAA"})
    page.run()
    assert given[-1]["upload"]["problem"]
    assert page.session_state.upsample_picture.name == name
    said.clear()
    said.update({"search": "?picture=upload", "number": 3, "have": name})
    page.run()
    assert given[-1]["needsUpload"] is False
    assert given[-1]["gallery"]["tiles"][0]["size"] == [32, 32]
    said["have"] = "another"
    page.run()
    assert given[-1]["needsUpload"] is True


def test_a_chunk_is_made_once_for_a_message(hears):
    given, said = hears
    said.update({"search": "?kernel=ones&size=4&picture=flat", "number": 1, "train": 1})
    page = page_at().run()
    assert not page.exception
    first = given[-1]["training"]
    page.run()  # Streamlit runs a script again for reasons of its own
    assert given[-1]["training"] == first
    said["number"] = 2
    page.run()
    assert given[-1]["training"]["number"] == 2 * first["number"]


@pytest.mark.parametrize(
    "message",
    [
        {"search": 7},
        {"search": "?", "number": "x"},
        {"train": True, "search": None},
        {"train": 1},
        {"file": {"a": 1}},
        {"pasted": [1]},
        {"have": ["x"], "search": "?picture=upload"},
    ],
)
def test_a_hostile_message_breaks_nothing(hears, message):
    given, said = hears
    said.update(message)
    page = page_at().run()
    assert not page.exception
    assert isinstance(given[-1]["number"], int)


def test_the_answer_of_a_training_is_small(hears):
    """No sheet with it: some ten kilobytes instead of two hundred."""
    given, said = hears
    said.update({"search": "?", "number": 1, "train": 1})
    page_at().run()
    assert given[-1].keys() == {"training", "number"}
    assert len(json.dumps(given[-1])) < 80_000


def test_a_small_picture_that_comes_back_is_read_as_any_other():
    assert read_upload(read_upload(encoded_noise())[1]["bytes"])[0] is not None


def encoded_noise():
    return encoded(Image.fromarray(np.random.default_rng(1).integers(0, 255, (40, 40), dtype=np.uint8)))


def test_trainings_take_turns():
    assert upsample.slots()._value == 1
