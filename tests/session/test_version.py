"""What an address means stays: whoever changes an example or a default must keep what it was for the old addresses."""

import json
from pathlib import Path

import pytest

from explorer import presets
from explorer.fills import FILLS, UPSTREAM
from explorer.presets import FIRST, PRESETS, VERSION, Preset, presets_of
from explorer.session.address import from_query, to_query
from explorer.settings import Settings
from explorer.views import View

KEPT = {path.stem: json.loads(path.read_text()) for path in Path(__file__).parent.glob("addresses-*.json")}


def meaning(query):
    """An address in full: nothing of it is left to a preset or to a default."""
    settings, view, notices = from_query(query)
    assert notices == []
    layer = settings.layer
    return {
        "x": settings.input,
        "k": settings.weight,
        **{name: getattr(layer, name) for name in ("stride", "padding", "output_padding", "dilation", "groups")},
        "view": [view.view, view.step, view.trace, view.channel, view.present, view.backward, view.upstream],
    }


def test_every_version_is_kept():
    assert sorted(KEPT) == [f"addresses-{number}" for number in range(1, VERSION + 1)]


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_example_means_what_it_meant(version):
    """Red after a change of an example? Raise VERSION, put the old one into EARLIER, and write the next file."""
    kept = KEPT[f"addresses-{version}"]
    for name, expected in kept["presets"].items():
        query = {"preset": name} if name else {}
        found = meaning({**query, "v": str(version)} if version > 1 else query)
        assert json.loads(json.dumps(found)) == expected, name
    assert set(presets_of(version)) >= set(kept["presets"]) - {""}


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_fill_of_the_upstream_gradient_is_what_it_was(version):
    for name, expected in KEPT[f"addresses-{version}"]["upstream"].items():
        assert FILLS[name]((2, 2, 3), 7).tolist() == expected


def test_the_newest_version_has_all():
    kept = KEPT[f"addresses-{VERSION}"]
    assert kept["presets"].keys() == {"", *PRESETS}
    assert kept["upstream"].keys() == set(UPSTREAM)


@pytest.fixture
def next_version(monkeypatch):
    """As if version 2 had another `stride-2`, and another example for the bare page."""
    old = {name: PRESETS[name] for name in ("stride-2", FIRST)}
    changed = {"stride-2": Preset(Settings.of([[5]], [[6]]), "output:0,0,0"), FIRST: PRESETS["overlap"]}
    monkeypatch.setattr(presets, "VERSION", 2)
    monkeypatch.setattr("explorer.session.address.VERSION", 2)
    monkeypatch.setattr(presets, "EARLIER", {1: old})
    monkeypatch.setattr(presets, "PRESETS", {**PRESETS, **changed})


def test_an_old_link_keeps_its_meaning_and_a_new_one_says_its_version(next_version):
    for query in ({"preset": "stride-2"}, {"preset": "stride-2", "v": "1"}):
        settings, view, notices = from_query({**query, "padding": "1"})
        assert (settings.layer.stride, settings.layer.padding, view.version, notices) == ((2, 2), (1, 1), 1, [])
        assert to_query(settings, view) == {"preset": "stride-2", "padding": "1"}  # and is written as it was read
    settings, view, _ = from_query({"preset": "stride-2", "v": "2"})
    assert (settings, to_query(settings, view)) == (Settings.of([[5]], [[6]]), {"preset": "stride-2", "v": "2"})
    assert from_query({})[0] == Settings()
    assert from_query({"v": "2"})[0] == PRESETS["overlap"].settings


@pytest.mark.parametrize("version", ["0", "3", "x", "-1", "1.0", ""])
def test_a_version_that_is_not_known_is_named_and_the_newest_counts(next_version, version):
    settings, view, notices = from_query({"preset": "stride-2", "v": version})
    assert (settings, view.version) == (Settings.of([[5]], [[6]]), 2)
    assert [(notice.key, dict(notice.values)["field"]) for notice in notices] == [("outside", "v")]


def test_today_no_address_needs_a_version():
    assert "v" not in to_query(Settings(), View())
