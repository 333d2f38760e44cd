"""A layer written anew in a text: only its call changes, and what was changed is read back."""

import pytest

from explorer.networks.page.editing import Edit, edited
from explorer.networks.page.rewriting import lines_of, place_of, rewritten
from explorer.networks.page.state import LayerPage
from explorer.networks.reading import read_calls

NESTED = """\
class Up(nn.Module):
    def __init__(self):
        self.one = nn.Sequential(nn.ConvTranspose2d(8, 4, 2), nn.ReLU(), nn.ConvTranspose2d(4, 2, (3, 5)))
        self.two = torch.nn.ConvTranspose2d(
            2,
            1,
            kernel_size=4,  # a bracket ) in a comment
            stride=2,
        )
"""


def test_calls_are_found_where_they_stand():
    calls = read_calls(NESTED).calls
    found = [NESTED[slice(*place_of(NESTED, calls, at))] for at in range(3)]
    assert found[:2] == ["nn.ConvTranspose2d(8, 4, 2)", "nn.ConvTranspose2d(4, 2, (3, 5))"]
    assert found[2].startswith("torch.nn.ConvTranspose2d(\n")
    assert [lines_of(NESTED, calls, at)[0] for at in range(3)] == [3, 3, 4]


def test_a_bracket_in_a_string_closes_nothing():
    text = 'Conv2DTranspose(3, 2, name="a)", strides=2)  # )'
    calls = read_calls(text).calls
    assert text[slice(*place_of(text, calls, 0))] == 'Conv2DTranspose(3, 2, name="a)", strides=2)'


def test_all_around_a_layer_stays():
    calls = read_calls(NESTED).calls
    changed = rewritten(NESTED, calls, 1, "nn.ConvTranspose2d(4, 2, kernel_size=7)")
    assert changed == NESTED.replace("nn.ConvTranspose2d(4, 2, (3, 5))", "nn.ConvTranspose2d(4, 2, kernel_size=7)")


@pytest.mark.parametrize(
    ("text", "pick", "name", "value"),
    [
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "stride", "3"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)\nnn.ConvTranspose2d(4, 4, 3, 2, 1)", 2, "kernel_size", "4x6"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "padding", "0, 1"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "output_padding", "1"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "dilation", "2"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "groups", "4"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "in_channels", "16"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "out_channels", "2"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "bias", "false"),
        ("nn.ConvTranspose2d(8, 4, 3, 2, 1)", 1, "dimensions", "1"),
        ("nn.ConvTranspose1d(8, 4, 3, 2, 1)", 1, "dimensions", "3"),
        ('x = layers.Conv2DTranspose(64, 3, strides=2, padding="same")(x)', 1, "kernel_size", "4"),
        ("kernel_shape=[3,3] strides=[2,2] pads=[0,0,1,1]", 1, "kernel_size", "5"),
    ],
)
def test_a_field_is_written_into_the_text(text, pick, name, value):
    page, refused = edited(LayerPage(layer=text, pick=pick), Edit(name, value))
    assert refused is None
    before, after = read_calls(text).calls, read_calls(page.layer).calls
    assert read_calls(page.layer).problems == ()
    assert len(after) == len(before)
    call = after[pick - 1]
    wanted = [int(part) for part in value.replace("x", ",").split(",")] if value[0].isdigit() else []
    found = {
        "dimensions": lambda: [len(call.axes)],
        "bias": lambda: [] if not call.bias else [1],
        "kernel_size": lambda: [axis.kernel_size for axis in call.axes],
        "stride": lambda: [axis.stride for axis in call.axes],
        "dilation": lambda: [axis.dilation for axis in call.axes],
        "padding": lambda: [axis.torch[0] for axis in call.axes],
        "output_padding": lambda: [axis.torch[1] for axis in call.axes],
    }.get(name, lambda: [getattr(call, name)])()
    assert found in (wanted, wanted * 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stride", "0"),
        ("stride", "1x2x3"),
        ("kernel_size", "two"),
        ("output_padding", "2"),
        ("groups", "3"),
        ("in_channels", "-1"),
        ("in_channels", "99999999"),
        ("dimensions", "4"),
        ("__class__", "1"),
    ],
)
def test_what_a_field_cannot_be_is_said_and_changes_nothing(name, value):
    page = LayerPage(layer="nn.ConvTranspose2d(8, 4, 3, 2, 1)")
    after, refused = edited(page, Edit(name, value))
    assert after == page
    assert refused.problem


def test_fields_make_the_first_layer_of_an_empty_text():
    page, _ = edited(LayerPage(layer=""), Edit("stride", "2"))
    assert page.layer == "nn.ConvTranspose2d(1, 1, kernel_size=2, stride=2)"


def test_what_the_browser_says_that_is_no_edit():
    for said in (None, [], "x", {"name": "stride"}, {"name": 1, "value": "2"}, {"name": "a", "value": "9" * 1000}):
        assert Edit.of(said) is None
