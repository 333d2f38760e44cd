"""Every kind of question, of every preset and of any settings."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.documents.messages import speak
from explorer.layer import Layer, LayerError
from explorer.presets import PRESETS
from explorer.questions import KINDS, ask, mark
from explorer.questions.reaching import PICKS
from explorer.questions.varying import is_easy, near, numbered, pool
from explorer.settings import Settings, frozen, limits_of
from explorer.views import VIEWS, cell_ranges
from tests.questions.cores import indices

ALL = [*KINDS, *(f"contributors:{pick}" for pick in PICKS)]
FORMS = {
    "size": {"size", "number"},
    "value": {"number"},
    "contributors": {"cells"},
    "picture": {"choice"},
    "changed": {"choice"},
    "order": {"order"},
    "checkerboard": {"choice"},
}


def check(question, kind):
    """What holds for every question; its answer is right, and what is no answer is not wrong."""
    assert question.kind == kind.partition(":")[0]
    assert question.form in FORMS[question.kind]
    assert question.view.view in VIEWS
    assert question.reveal.mask == ()
    assert json.loads(json.dumps(question.answer)) == question.answer
    said = [speak(question.ask), *(speak(option.message) for option in (*question.options, *question.pictures))]
    assert all(text and "{" not in text for text in said)
    if question.cell:
        ranges = cell_ranges(question.settings)["output"]
        assert all(n < most for n, most in zip(indices(question.cell), ranges, strict=True))
    answer = [str(n) for n in question.answer] if question.form == "size" else question.answer
    answer = repr(answer) if question.form == "number" else answer
    verdict = mark(question, answer)
    assert (verdict.state, verdict.mistakes) == ("right", ())
    assert "{" not in speak(verdict.message)
    for nothing in (None, "", [], ["?"], "?", {}):
        verdict = mark(question, nothing)
        assert verdict.state == "unread"
        assert speak(verdict.message)


def test_the_kinds():
    assert KINDS.keys() == FORMS.keys()


@pytest.mark.parametrize("kind", ALL)
def test_every_preset(kind):
    for name, preset in PRESETS.items():
        for seed in range(3):
            question = ask(kind, preset.settings, seed)
            assert question is not None, name
            check(question, kind)


@st.composite
def any_settings(draw):
    """Settings within the page's limits, with any numbers that a cell takes."""
    groups = draw(st.integers(1, 4))
    ins, outs = (groups * draw(st.integers(1, 4 // groups)) for _ in range(2))

    def pair(low, high):
        return draw(st.tuples(st.integers(low, high), st.integers(low, high)))

    size = pair(1, 8)
    try:
        layer = Layer(ins, outs, pair(1, 5), pair(1, 4), pair(0, 4), pair(0, 3), dilation=pair(1, 3), groups=groups)
        layer.output_size(size)
    except LayerError:
        layer = Layer(ins, outs, pair(1, 5), groups=groups)
    own = numbered(layer, size, np.random.default_rng(draw(st.integers(0, 9))))
    factor = draw(st.sampled_from([1, 0, -1, 0.5, 1e6 / 5, 1e-7, 0.1]))
    x = [[[factor * value for value in row] for row in channel] for channel in own.input]
    return replace(own, input=frozen(np.array(x)))


@pytest.mark.parametrize("kind", ALL)
def test_any_settings(kind):
    @settings(max_examples=25, deadline=None, derandomize=True)
    @given(any_settings(), st.integers(0, 2**32 - 1))
    def asks(own, seed):
        question = ask(kind, own, seed)
        if question is not None:
            check(question, kind)

    asks()


@pytest.mark.parametrize("kind", ALL)
def test_the_same_seed_asks_the_same(kind):
    for name in ("basic", "groups", "1d-overlap"):
        assert ask(kind, PRESETS[name].settings, 7) == ask(kind, PRESETS[name].settings, 7)


@pytest.mark.parametrize("name", PRESETS)
def test_what_a_seed_makes_is_within_the_pages_limits_and_for_the_head(name):
    own = PRESETS[name].settings
    for seed in range(1, 60):
        made = near(own, seed)
        limits = limits_of(made)
        layer = made.layer
        for field in ("stride", "padding", "output_padding", "dilation"):
            low, high = limits[field]
            assert all(low <= value <= high for value in getattr(layer, field))
        sides = {"input": made.size, "kernel": layer.kernel_size}
        for grid, pair in sides.items():
            for side, value in zip(("height", "width"), pair, strict=True):
                low, high = limits[f"{grid}_{side}"]
                assert low <= value <= high
        assert is_easy(made)
        assert (layer.in_channels, layer.out_channels, layer.groups) == (
            own.layer.in_channels,
            own.layer.out_channels,
            own.layer.groups,
        )


def test_the_nearest_come_first():
    stride = PRESETS["stride-2"].settings
    found = pool(stride.layer, stride.size, False, lambda layer, size: True)
    assert found[0] == (stride.layer, stride.size)
    assert len(set(found)) == len(found) > 200
    # A first few seeds bring in no parameter that the stage does not use.
    assert all(layer.padding == layer.output_padding == (0, 0) for layer, _ in found[:10])
    assert all(layer.dilation == (1, 1) for layer, _ in found[:10])


def test_a_lone_product_has_no_contributors_to_choose():
    lone = Settings.of([[2]], [[3]])
    assert ask("contributors:input", lone, 0).settings != lone


@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_asked_of_what_is_cropped_or_added_after_the_layer(kind):
    for after in ({"crop": ((0, 1), (0, 0))}, {"bias": (1.0,)}):
        assert ask(kind, Settings(**after), 0) is None
