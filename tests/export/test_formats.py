"""The kinds of files, and what can be chosen of them."""

import inspect
from dataclasses import fields

import pytest

from explorer.export import FORMATS, OptionError, Options, content
from explorer.export.options import PACES, SLIDERS, WIDTHS

CHOSEN = {"theme": "dark", "width": 800, "pace": 300, "sliders": ("stride",)}
CHOSEN |= {"background": "transparent", "plotly": "beside"}


def test_every_option_is_tried_below():
    assert [field.name for field in fields(Options)] == list(CHOSEN)
    assert Options().chosen == {}
    assert Options(**CHOSEN).chosen == CHOSEN


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_format_takes_the_options_that_it_uses_and_refuses_the_others(suffix):
    for name, value in CHOSEN.items():
        options = Options(**{name: value})
        if name in FORMATS[suffix].uses:
            assert content(suffix, "?stride=2", options) != content(suffix, "?stride=2")
        else:
            with pytest.raises(OptionError, match=f"^{name}: .*{suffix}$"):
                content(suffix, "?stride=2", options)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_format_is_the_same_each_time_and_refuses_what_is_no_address(suffix):
    assert content(suffix, "?preset=stride-2") == content(suffix, "?preset=stride-2")
    with pytest.raises(ValueError, match="stride=2"):
        content(suffix, "stride=2")
    assert "address" in inspect.signature(FORMATS[suffix].make).parameters


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("theme", "blue"),
        *(("width", one) for one in (WIDTHS[0] - 1, WIDTHS[1] + 1)),
        *(("pace", one) for one in (PACES[0] - 1, PACES[1] + 1)),
        ("sliders", ("stride", "in_channels")),
        ("sliders", ("padding", "padding")),
        ("background", "white"),
        ("plotly", "inside"),
    ],
)
def test_a_value_that_cannot_be(option, value):
    with pytest.raises(OptionError, match=f"^{option}: ") as refused:
        Options(**{option: value})
    assert "\n" not in str(refused.value)


def test_values_that_can_be():
    for width, pace in zip(WIDTHS, PACES, strict=True):
        assert Options(width=width, pace=pace).chosen == {"width": width, "pace": pace}
    assert Options(sliders=SLIDERS).only(["theme"]) == Options()
