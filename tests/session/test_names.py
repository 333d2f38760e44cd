"""Names in an address that are nearly ours."""

import pytest

from explorer.notices import notice_text
from explorer.session.address import from_query
from explorer.session.names import MOST_NAMES, OWN, name_notices


def shown_names(query):
    return [(notice.key, notice_text(notice)) for notice in from_query(query)[2]]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("strides", "stride"),
        ("Stride", "stride"),
        ("stride ", "stride"),
        ("pad", "padding"),
        ("paddings", "padding"),
        ("dilations", "dilation"),
        ("dilation_rate", "dilation"),
        ("group", "groups"),
        ("out_channel", "out_channels"),
        ("filters", "out_channels"),
        ("output-padding", "output_padding"),
        ("out_padding", "output_padding"),
        ("input", "x"),
        ("X", "x"),
        ("K", "k"),
        ("kernel", "k"),
        ("weight", "k"),
        ("steps", "step"),
        ("seeds", "seed"),
    ],
)
def test_a_name_that_is_nearly_ours_is_named_with_the_right_one(name, meant):
    assert shown_names({name: "2"}) == [("near_name", f"“{name}” is no parameter here; did you mean {meant}?")]


@pytest.mark.parametrize(
    ("name", "key", "advice"),
    [
        ("kernel_size", "size_of_k", "the size of K follows from its numbers, k=1,2;3,4."),
        ("input_size", "size_of_x", "the size of X follows from its numbers, x=1,2;3,4."),
        ("in_channels", "channels_of_x", "X has as many channels as x has blocks, x=1,2|3,4."),
        ("use_bias", "size_of_bias", "bias=0.5 adds 0.5 to every output channel, bias=0.5,1 a number to each."),
        ("output_size", "no_output_size", "give output_padding, what is missing to that size."),
        ("padding_mode", "no_padding_mode", "a transposed convolution knows zeros only."),
    ],
)
def test_a_name_that_has_no_place_here_is_told_what_to_do_instead(name, key, advice):
    assert shown_names({name: "2"}) == [(key, f"“{name}” is no parameter here: {advice}")]


SILENT = [
    "embed",
    "embed_options",
    "utm_source",
    "utm_campaign",
    "language",
    "theme",
    "fbclid",
    "ref",
    "source",
    "page",
]
SILENT += ["", " ", "id", "q", "t", "session", "trace_id", "version", "name1", "preview", "s" * 30, "stride" * 10]


@pytest.mark.parametrize("name", SILENT)
def test_other_names_are_nobodys_business(name):
    assert shown_names({name: "2"}) == []


def test_our_own_names_are_no_strangers():
    assert shown_names({name: "?" for name in OWN if name != "v"}).count("near_name") == 0


def test_of_names_without_end_only_so_many_are_looked_at(monkeypatch):
    looked_at = []
    monkeypatch.setattr("explorer.session.names.get_close_matches", lambda name, *_: looked_at.append(name) or [])
    name_notices(f"p{n}" for n in range(10_000))
    assert len(looked_at) == MOST_NAMES
