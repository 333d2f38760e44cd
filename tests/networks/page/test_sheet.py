"""The whole page as data: numbers worked out by hand, and a bounded amount of work for whatever is pasted."""

import json

import pytest

from explorer.networks.page import sheet as module
from explorer.networks.page.sheet import sheet
from explorer.networks.page.state import LayerPage, from_query
from explorer.text import say

CHAIN = "\n".join(
    ["nn.ConvTranspose2d(64, 64, 3, 1, 1)", "nn.ReLU()"] * 25 + ["nn.ConvTranspose2d(64, 64, 4, 2, 1)"] * 5
)


def shown(**query):
    page, notices = from_query({"layer": "", **query})
    return sheet(page, notices)


def cells(found, number):
    return found["rows"][number - 1]["cells"]


def text_of(runs):
    return "".join(run["text"] for run in runs)


def test_it_is_ready_for_json_as_it_is():
    for query in ({}, {"open": "lanes-trip-program-fields-counting-range"}, {"layer": ""}, {"layer": "x"}):
        found = sheet(*from_query(query))
        assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_dcgan_by_hand():
    found = sheet(LayerPage())
    # 1 → (1−1)·1 + 4 = 4 → (4−1)·2 − 2 + 4 = 8 → 16 → 32 → 64
    assert [row["cells"][:2] for row in found["rows"]] == [
        ["1×1", "4×4"],
        ["4×4", "8×8"],
        ["8×8", "16×16"],
        ["16×16", "32×32"],
        ["32×32", "64×64"],
    ]
    # 100·512·16, 512·256·16 …; multiply-adds: times the input's cells
    assert [row["cells"][2] for row in found["rows"]] == ["819,200", "2,097,152", "524,288", "131,072", "3,072"]
    assert [row["cells"][3] for row in found["rows"]][1:3] == ["33,554,432", "33,554,432"]
    assert {row["overlap"]["text"] for row in found["rows"]} == {"even"}
    assert found["verdict"]["tone"] == "good"
    assert [row["isPicked"] for row in found["rows"]] == [False] * 4 + [True]
    assert text_of(found["card"]["formulas"][0]["numbers"]) == "(32−1)·2 − 2·1 + 1·(4−1) + 0 + 1 = 64"
    assert found["passed"].endswith("Tanh")
    assert found["badge"]["text"] == "torch · 5 layers read"


def test_output_padding_that_output_size_chooses():
    found = shown(layer="nn.ConvTranspose2d(1, 1, 16, 16, 7)", input="15x13", target="240x200")
    assert cells(found, 1)[:2] == ["15×13", "226×194"]
    assert found["verdict"]["tone"] == "bad"
    way = found["verdict"]["ways"][0]
    assert "output_padding 14×6" in way["label"]
    after = shown(input="15x13", target="240x200", **way["changes"])
    assert after["verdict"]["tone"] == "good"
    texts = found["card"]["sizes"]["texts"]
    assert "226 … 241" in texts[0]
    assert "194 … 209" in texts[1]


def test_an_uneven_overlap_and_gaps():
    assert shown(layer="nn.ConvTranspose2d(1, 1, 3, 2, 1)")["rows"][0]["overlap"]["text"] == "1·2·4"
    assert shown(layer="nn.ConvTranspose2d(1, 1, 2, 3)")["rows"][0]["overlap"]["tone"] == "bad"
    assert shown(layer="nn.Conv2d(1, 1, 3)")["rows"][0]["overlap"]["text"] == ""


def test_every_other_way_gives_the_same_size():
    found = shown(layer="nn.ConvTranspose2d(128, 64, 3, 2, 1, 1)", input="16x16")
    ways = found["card"]["others"]["ways"]
    assert "k4 s2 p1" in [way["label"] for way in ways]
    assert "k2 s2" in [way["label"] for way in ways]
    for way in ways:
        after = shown(input="16x16", **way["changes"])
        assert cells(after, 1)[1] == "32×32"
        assert after["rows"][0]["about"] == f"128→64 · {way['label']}"
    (one,) = found["card"]["sizes"]["ways"]
    assert cells(shown(input="16x16", **one["changes"]), 1)[1] == "31×31"


def test_a_skip_connection_that_does_not_fit_and_what_mends_it():
    text = "nn.MaxPool2d(2)\nnn.ConvTranspose2d(8, 8, 2, 2)"
    found = shown(layer=text, input="71x71")
    (note,) = found["chainNotes"]
    assert "71×71" in note["text"]
    assert "70×70" in note["text"]
    layer, padded = note["ways"]
    assert shown(input="71x71", **layer["changes"])["chainNotes"] == []
    assert padded["changes"] == {"input": "72x72"}
    assert shown(layer=text, **padded["changes"])["chainNotes"] == []


def test_a_chain_that_stops_says_where():
    found = shown(layer="nn.ConvTranspose2d(8, 8, 2)\nnn.ConvTranspose2d(8, 8, 2, padding=9)", input="4x4")
    assert "layer 2" in found["chainNotes"][0]["text"]
    assert cells(found, 2)[:2] == ["–", "–"]
    assert found["card"] is None
    assert found["verdict"]["title"] == ""


def test_what_cannot_be_read_is_named_at_its_line():
    found = shown(layer="nn.ConvTranspose2d(8, 8, 2)\nnn.ConvTranspose2d(ngf, 8, 2)", input="4x4")
    assert [problem["line"] for problem in found["problems"]] == [2]
    assert found["badge"]["tone"] == "bad"
    assert len(found["rows"]) == 1


def test_the_collapsing_sizes_of_the_notebook():
    """k5 s3 p2: 16, 17 and 18 → 6, and output_padding 0, 1, 2 bring each back."""
    found = shown(layer="nn.ConvTranspose2d(20, 10, 5, padding=2, stride=3)", input="6x6")
    lanes = found["lanes"]["all"]
    six = [lane for lane in lanes if lane["isPicked"]]
    assert [(lane["size"], lane["result"], lane["back"], lane["output_padding"]) for lane in six] == [
        ("16", "6", "16", "0"),
        ("17", "6", "16", "1"),
        ("18", "6", "16", "2"),
    ]
    assert [lane["size"] for lane in lanes if lane["isChosen"]] == ["16"]


@pytest.mark.parametrize(("k", "s", "p"), [(3, 2, 1), (16, 8, 4), (64, 32, 0), (2, 1000, 0), (1, 1, 0), (3, 2, 0)])
def test_lanes_are_few_whatever_the_stride(k, s, p):
    found = shown(layer=f"nn.ConvTranspose2d(1, 1, {k}, {s}, {p})", input="16x16")
    assert 1 <= len(found["lanes"]["all"]) <= 28
    assert any(lane["isPicked"] for lane in found["lanes"]["all"])


def test_the_round_trip_of_exercise_1():
    found = shown(layer="nn.ConvTranspose2d(1, 1, 2)", input="2x2", open="trip")["trip"]
    grids = {grid["title"].split()[0]: grid["rows"] for grid in found["grids"]}
    assert grids["V"] == [["0", "1", "2"], ["3", "4", "5"], ["6", "7", "8"]]
    assert grids["K"] == [["1", "2"], ["3", "4"]]
    assert grids["X"] == [["27", "37"], ["57", "67"]]
    assert grids["Z"] == [["27", "91", "74"], ["138", "400", "282"], ["171", "429", "268"]]
    assert grids["W·Wᵀ"][0][0] == "30"  # 1 + 4 + 9 + 16
    assert any(fact.count("=") >= 2 for fact in found["facts"])


def test_own_numbers_of_the_round_trip_and_what_is_wrong_with_them():
    found = shown(layer="nn.ConvTranspose2d(1, 1, 2)", open="trip", trip_k="1 0\n0 0", trip_v="1 2;3 4")["trip"]
    assert found["problems"] == {}
    grids = {grid["title"].split()[0]: grid["rows"] for grid in found["grids"]}
    assert grids["X"] == [["1"]]
    bad = shown(layer="nn.ConvTranspose2d(1, 1, 2)", open="trip", trip_k="1 x", trip_v="1")["trip"]
    assert bad["problems"].keys() == {"trip_k", "trip_v"}
    assert bad["grids"] == []


def test_a_range_of_inputs():
    found = shown(layer="nn.ConvTranspose2d(1, 1, 4, 2, 1)", input="1..64", target="30")
    assert found["range"]["points"][14] == {"n": 15, "size": 30, "isHit": True}
    assert found["verdict"]["tone"] == "good"
    assert cells(found, 1)[:2] == ["64×64", "128×128"]
    assert len(shown(layer="nn.ConvTranspose2d(1, 1, 4, 2, 1)", input="1..1000000")["range"]["points"]) == 128


def test_programs_are_made_only_where_they_are_open():
    text = 'Conv2DTranspose(64, 3, strides=2, padding="same")'
    folded, opened = (shown(layer=text, input="8x8", framework="torch", open=name) for name in ("none", "program"))
    assert folded["program"]["text"] == ""
    compile(opened["program"]["text"], "program", "exec")
    assert opened["program"]["notes"]


@pytest.mark.parametrize(
    "text",
    [
        "nn.ConvTranspose1d(512, 256, 16, 8, 4)",
        "nn.ConvTranspose3d(8, 4, 4, 2, 1)",
        'Conv2DTranspose(64, 3, strides=2, padding="same")',
        "kernel_shape=[3,3] strides=[2,2] pads=[0,0,1,1]",
        "nn.Upsample(scale_factor=2)",
        "nn.Conv2d(3, 8, 3)",
        "flax.linen.ConvTranspose(64, (3, 3), strides=(2, 2))",
    ],
)
def test_every_kind_of_layer_has_a_card(text):
    found = shown(layer=text, open="lanes-trip-program-fields-counting-range")
    assert found["problems"] == []
    assert found["card"]["title"]
    assert found["card"]["formulas"]
    assert not any("{" in line for line in found["card"]["texts"])


def test_a_small_copy_opens_in_the_explorer_and_says_what_was_cut():
    copy = sheet(LayerPage())["card"]["copy"]
    assert copy["address"].startswith("./?")
    assert "in_channels" in copy["cut"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 11_000,
        "nn.ConvTranspose2d(" * 500,
        "__import__('os').system('echo')",
        "nn.ConvTranspose2d(9**9**9, 1, 1)",
        "nn.ConvTranspose2d(1, 1, 999999, 999999, 0)",
        "nn.ConvTranspose2d(1000000, 1000000, 1000000, 1)",
        "\x00\x01 ᚠ ∞",
        "nn.ConvTranspose2d(1,1,2);" * 400,
    ],
)
def test_a_hostile_paste_gets_an_answer(text):
    found = shown(layer=text, input="1000000x1000000", target="999999", open="lanes-trip-program-fields-counting-range")
    assert json.dumps(found, allow_nan=False)
    assert found["problems"] or found["rows"] or found["notices"]


def test_a_long_chain_is_answered_with_little_work(monkeypatch):
    """Not by a clock: the picked layer alone is solved and drawn, and the chain is read and followed once each."""
    counted = {}

    def counting(name):
        plain = getattr(module, name)

        def counted_call(*arguments, **named):
            counted[name] = counted.get(name, 0) + 1
            return plain(*arguments, **named)

        return counted_call

    for name in ("read_calls", "follow", "card", "sketch_data", "lanes_data", "program_data"):
        monkeypatch.setattr(module, name, counting(name))
    found = shown(layer=CHAIN, input="16x16", target="500x500")
    assert counted == dict.fromkeys(counted, 1)
    assert len(found["rows"]) == 30
    assert len(json.dumps(found)) < 60_000


def test_too_many_layers_are_said():
    found = shown(layer="nn.ReLU\n" + "nn.ConvTranspose2d(1,1,1)\n" * 300)
    assert len(found["rows"]) == 200
    assert any(say("layer_page.notices.many_layers", count=300, most=200) in one["text"] for one in found["notices"])


def test_a_text_that_is_too_long_is_refused_and_nothing_else_is_shown_for_it():
    found = shown(layer="nn.ConvTranspose2d(1, 1, 2)\n" * 5_000)
    assert [problem["line"] for problem in found["problems"]] == [0]
    assert "12,000" in found["problems"][0]["text"]
    assert (found["rows"], found["notices"]) == ([], [])
