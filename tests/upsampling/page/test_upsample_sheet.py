"""What the page says of kernels whose numbers are worked by hand."""

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from explorer.upsampling.page.constants import constants
from explorer.upsampling.page.gallery import Picture, built_in
from explorer.upsampling.page.grids import short
from explorer.upsampling.page.pasting import pasted_changes
from explorer.upsampling.page.sheet import picture_of, sheet
from explorer.upsampling.page.state import from_query


def sheet_of(**query):
    return sheet(*from_query(query))


def decoded(address):
    data = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    return np.asarray(Image.open(io.BytesIO(data)))


def test_ones_3_at_stride_2_is_4_2_2_1():
    """Each of the kernel's four corners meets in one output cell, two of an edge, and its middle stays alone."""
    card = sheet_of(kernel="ones", size="3", stride="2")["card"]
    assert card["sums"]["texts"] == [["4", "2"], ["2", "1"]]
    assert card["kernel"]["phases"] == [[0, 1, 0], [2, 3, 2], [0, 1, 0]]
    assert card["verdict"]["tone"] == "warn"
    assert "4, 2, 2, 1" in card["verdict"]["text"]
    rows = [
        ["1", "1", "2", "1", "2", "1", "1"],
        ["1", "1", "2", "1", "2", "1", "1"],
        ["2", "2", "4", "2", "4", "2", "2"],
    ]
    assert card["response"]["texts"][:3] == rows
    assert card["overlap"]["texts"] == card["response"]["texts"]
    assert card["response"]["inside"] == [1, 1, 5, 5]
    assert card["mend"]["kernel"]["texts"] == [
        [".562", "1.12", ".562"],
        ["1.12", "2.25", "1.12"],
        [".562", "1.12", ".562"],
    ]
    use, larger = card["mend"]["ways"]
    assert use["changes"]["k"] == "0.5625,1.125,0.5625;1.125,2.25,1.125;0.5625,1.125,0.5625"
    assert larger["changes"] == {"size": "4"}


def test_ones_4_at_stride_2_is_flat():
    card = sheet_of(kernel="ones", size="4", stride="2")["card"]
    assert card["sums"]["texts"] == [["4", "4"], ["4", "4"]]
    assert (card["verdict"]["tone"], card["mend"]["ways"], card["mend"]["kernel"]) == ("good", [], None)
    top, left, height, width = card["response"]["inside"]
    inner = [row[left : left + width] for row in card["response"]["texts"][top : top + height]]
    assert {text for row in inner for text in row} == {"4"}


def test_1_2_3_4_at_stride_2_is_its_own_checkerboard():
    card = sheet_of(k="1,2;3,4", stride="2")["card"]
    assert card["sums"]["texts"] == [["1", "2"], ["3", "4"]]
    assert card["response"]["texts"][:2] == [["1", "2"] * 3, ["3", "4"] * 3]
    assert card["mend"]["kernel"]["texts"] == [["2.5", "2.5"], ["2.5", "2.5"]]


def test_what_mend_it_offers_is_flat_afterwards():
    offered = sheet_of(kernel="random", size="5", stride="3", seed="7")["card"]["mend"]["ways"][0]["changes"]
    assert sheet_of(**offered)["card"]["verdict"]["tone"] == "good"


def test_the_next_size_that_the_stride_divides_is_flat():
    for size, stride in (("3", "2"), ("5", "3"), ("3x5", "2")):
        ways = sheet_of(kernel="ones", size=size, stride=stride)["card"]["mend"]["ways"]
        changes = ways[1]["changes"]
        assert sheet_of(kernel="ones", stride=stride, **changes)["card"]["verdict"]["tone"] == "good"


def test_a_kernel_divisible_by_its_stride_is_not_flat_for_that():
    assert sheet_of(kernel="random", size="4", stride="2")["card"]["verdict"]["tone"] == "warn"


def test_of_several_pairs_each_is_judged():
    even, uneven = "1,1;1,1", "1,1;1,2"
    query = {"x": "1,1;1,1|1,1;1,1", "k": f"{even}|{uneven}", "stride": "2"}
    card = sheet_of(**query)["card"]
    assert [one["label"].split()[-1] for one in card["pairs"]] == ["even", "uneven"]
    assert card["verdict"]["tone"] == "warn"
    assert sheet_of(**query, channel="1,0")["card"]["kernel"]["texts"] == [["1", "1"], ["1", "2"]]


def test_what_padding_leaves_is_framed():
    card = sheet_of(kernel="ones", stride="2", padding="1")["card"]
    assert card["response"]["window"] == [1, 1, 5, 5]
    assert sheet_of(kernel="ones", stride="2")["card"]["response"]["window"] is None


def test_one_row_has_no_rows_between():
    card = sheet_of(x="1,2,3", k="1,1", stride="2")["card"]
    assert card["verdict"]["tone"] == "good"


def test_the_tiles_are_pictures_in_one_order():
    tiles = sheet_of()["gallery"]["tiles"]
    names = ["original", "transposed", "interpolating", "nearest", "bilinear", "subpixel", "unpooling"]
    assert [tile["name"] for tile in tiles] == names
    assert all(decoded(tile["image"]).shape == (256, 256) for tile in tiles)
    assert all(decoded(tile["spectrum"]).shape == (128, 128) for tile in tiles)
    assert tiles[0]["rings"] == [[0.5, 0.0], [0.0, 0.5], [0.0, 0.0]]
    peaks = {tile["name"]: float(tile["facts"][-1]["value"].removesuffix("‰")) for tile in tiles}
    assert peaks["transposed"] > 100 > 1 > peaks["interpolating"]
    assert decoded(tiles[1]["image"]).tolist() == decoded(tiles[5]["image"]).tolist()


def test_a_stride_that_does_not_divide_256_cuts_the_picture():
    tiles = sheet_of(kernel="ones", size="3", stride="3")["gallery"]["tiles"]
    assert tiles[0]["size"] == [255, 255]


def test_the_difference_is_grey_where_there_is_none():
    tiles = sheet_of(show="difference", picture="flat", kernel="ones", size="2")["gallery"]["tiles"]
    assert set(np.unique(decoded(tiles[0]["image"]))) == {128}
    assert set(np.unique(decoded(tiles[1]["image"]))) == {128}


def test_a_spectrum_in_one_scale_for_all():
    tiles = sheet_of()["gallery"]["tiles"]
    assert max(decoded(tile["spectrum"]).max() for tile in tiles) == 255


def test_no_picture_is_said_and_the_rest_stands():
    found = sheet_of(kernel="ones", size="4", stride="1")
    assert found["gallery"]["tiles"] == []
    assert "stride 1" in found["gallery"]["text"]
    assert found["card"]["verdict"]["tone"] == "good"


def test_artefacts_multiply_from_layer_to_layer():
    rows = sheet_of(kernel="ones", size="3", stride="2", layers="3")["stacked"]["rows"]
    own, mended = ([one["text"] for one in row["outputs"]] for row in rows)
    assert len(own) == 3
    assert all(" 0 %" in text for text in mended)
    spreads = [float(text.split(" %")[0].split()[-1]) for text in own]
    assert spreads == sorted(spreads)
    assert spreads[0] < spreads[2]
    assert sheet_of(open="none")["stacked"] is None


def test_an_upload_that_is_not_there_is_asked_for():
    page, _ = from_query({"picture": "upload"})
    own = Picture("mine", np.zeros((3, 20, 30)))
    assert sheet(page)["needsUpload"]
    assert not sheet(page, (), own)["needsUpload"]
    assert picture_of(page, None) is built_in("scene")
    assert picture_of(page, own) is own
    assert sheet(page, (), own)["gallery"]["tiles"][0]["size"] == [20, 30]


@pytest.mark.parametrize("query", [{}, {"kernel": "icnr", "size": "8", "stride": "4"}, {"k": "0", "stride": "3"}])
def test_all_of_it_is_json_without_what_no_browser_reads(query):
    json.dumps({**sheet_of(**query), **constants()}, allow_nan=False)


def test_pasted_numbers_become_the_address():
    changes = pasted_changes("[[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]]")["changes"]
    page, notices = from_query({**changes, "stride": "2"})
    assert notices == []
    assert page.layer.weight_shape == (2, 1, 2, 2)
    assert page.weight[1][0] == ((5.0, 6.0), (7.0, 8.0))
    assert pasted_changes("1 2\n3 4")["changes"]["k"] == "1,2;3,4"


@pytest.mark.parametrize("text", ["", "a b", "1 2\n3", str([[1] * 9]), str([[[[1]]] * 5]), "1" * 100_000, 7.5])
def test_what_cannot_be_pasted_says_why(text):
    found = pasted_changes(text)
    assert (found["changes"] == {}) == (found["problem"] != "")
    assert found["problem"] or text == 7.5


def test_short_numbers():
    assert [short(v) for v in (0.0, -0.0, 0.5, -0.25, 12.345, 1e-9, 1000.0)] == [
        "0",
        "0",
        ".5",
        "−.25",
        "12.3",
        "1e-9",
        "1000",
    ]
