from dataclasses import replace

import numpy as np
import pytest

from explorer import operation as operation_module
from explorer.changing import changed
from explorer.documents.build import document
from explorer.documents.facts import about, agreement, first_results, frame, number
from explorer.documents.messages import message, speak
from explorer.methods import METHODS
from explorer.notebook import computed
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.settings import Settings
from explorer.views import View
from tests.layers import random_settings

SQUARE = [[0, 1], [2, 3]]
BASIC = Settings.of(SQUARE, SQUARE)


def spoken(messages):
    return [speak(one) for one in messages]


def test_what_moves_the_frame_is_said():
    moved = run(Settings.of(SQUARE, SQUARE, stride=(2, 1), padding=(0, 1), output_padding=(1, 0)))
    assert spoken(frame(moved, View())) == [
        "Padding 0x1 keeps only what is inside the dashed frame.",
        "output_padding 1x0 moves the frame's bottom and right edge.",
    ]
    assert spoken(frame(moved, View(backward=True))) == [
        "Padding 0x1 is the zero padding of this convolution: outside the dashed frame dY is 0.",
        "output_padding 1x0 makes dY larger at its bottom and right edge.",
    ]
    assert frame(run(BASIC), View()) == []


def test_all_methods_agree():
    assert agreement(run(BASIC), 0) == {
        "agrees": True,
        "message": message("agreement.agree", count=5, difference=0.0),
        "details": [message("agreement.exact")],
        "precision": "",
        "precisions": ["float64", "float32"],
        "methods": None,
    }


def test_methods_opened_show_each_methods_own_array():
    methods = agreement(run(Settings.of([[1]], [[[[2, 3]], [[4, 5]]]])), 1, "float64")["methods"]
    assert [method["name"] for method in methods] == [*METHODS, "autograd"]
    for method in methods:
        assert method == {
            "name": method["name"],
            "error": "",
            "shape": [2, 1, 2],
            "values": [[4, 5]],
            "bound": 5,
            "outlier": False,
            "cell": None,
        }


@pytest.fixture
def broken(monkeypatch):
    def replace_torch(wrong):
        right = METHODS["torch"]
        monkeypatch.setitem(METHODS, "torch", lambda x, k, layer: wrong(right(x, k, layer)))
        run.cache_clear()

    yield replace_torch
    run.cache_clear()


def test_a_method_that_differs_is_named(broken):
    def wrong(output):
        output[0, 2, 1] += 0.25
        return output

    broken(wrong)
    found = agreement(run(BASIC), 0, "float64")
    assert (found["agrees"], speak(found["message"])) == (False, "torch differs · max |Δ| 0.25")
    assert found["message"]["values"]["difference"] == 0.25
    assert spoken(found["details"]) == ["Largest difference of any two: 0.25, between naive and torch, at Y[0,2,1]."]
    assert [method["outlier"] for method in found["methods"]] == [False, False, False, True, False]
    assert found["methods"][3]["values"][2] == [4, 12.25, 9]
    assert [method["cell"] for method in found["methods"]] == [7, None, None, 7, None]  # the pair that differs


def test_the_cell_that_differs_is_in_its_own_channel(broken):
    def wrong(output):
        output[1, 1, 2] += 0.25
        return output

    broken(wrong)
    operation = run(Settings.of([[1, 2], [3, 4]], np.ones((1, 2, 1, 3))))  # Y is 2×2×4
    cells = [[method["cell"] for method in agreement(operation, shown, "float64")["methods"]] for shown in (0, 1)]
    assert cells == [[None] * 5, [6, None, None, 6, None]]


def test_a_method_that_fails_is_named(broken):
    def fail(output):
        raise RuntimeError("out of {order}")

    broken(fail)
    found = agreement(run(BASIC), 0, "float64")
    assert (found["agrees"], found["message"]) == (
        False,
        message("agreement.failed", methods=message("agreement.names.torch")),
    )
    assert found["methods"][3] == {
        "name": "torch",
        "error": "RuntimeError: out of {order}",
        "shape": [],
        "values": [],
        "bound": 1,
        "outlier": True,
        "cell": None,
    }


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_an_empty_cell_and_an_endless_difference(broken, wrong):
    def spoil(output):
        output[0, 1, 1] = wrong
        return output

    broken(spoil)
    found = agreement(run(BASIC), 0, "float64")
    assert speak(found["message"]) == "torch differs · max |Δ| ∞"
    assert found["message"]["values"]["difference"] == "∞"
    assert found["methods"][3]["values"] == [[0, 0, 1], [0, None, 6], [4, 12, 9]]
    assert found["methods"][3]["bound"] == 12


def test_small_differences_are_told():
    for settings in random_settings(40, 42, whole=False):
        found = run(settings).agreement
        if found.difference:
            details = agreement(run(settings), 0)["details"]
            assert details[0]["values"] == {
                "difference": found.difference,
                "one": message(f"agreement.names.{found.pair[0]}"),
                "other": message(f"agreement.names.{found.pair[1]}"),
                **dict(zip(("co", "r", "c"), found.cell, strict=True)),
            }
            return
    pytest.fail("all agree to the last digit")


def test_float32_is_shown_with_its_distance_to_float64():
    operation = run(Settings.of([[0.1, 0.7]], [[0.3, 0.37]]))
    found = agreement(operation, 0, "float32")
    rounded = np.abs(run(operation.settings, "float32").output - operation.output).max()
    assert found["agrees"] is True
    assert found["details"][-1] == message("agreement.rounded", difference=float(rounded))
    assert found["methods"][0]["values"] == run(operation.settings, "float32").results["naive"].output[0].tolist()
    assert all("rounded" not in said["key"] for said in agreement(operation, 0, "float64")["details"])


def test_what_of_conv2d_is_differentiated_is_said():
    more = run(Settings.of([[1, 2]], [[1]], dilation=2, output_padding=1))
    assert first_results(more) == [message("agreement.first_results", height=1, width=2)]
    assert first_results(more)[0] in agreement(more, 0)["details"]
    assert first_results(more)[0] in document(more, View(backward=True))["gradient"]["messages"]
    assert first_results(run(Settings.of([[1, 2]], [[1]], stride=2, output_padding=1))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("basic", "Notebook cell 8: tconv(X) = [[0, 0, 1], [0, 4, 6], [4, 12, 9]]"),
        ("padding-1", "Notebook cell 11: tconv(X) = [[4]]"),
        (
            "shape-round-trip",
            "Notebook cell 13: tconv(conv(X)).shape == X.shape → True; "
            "torch here: 10×16×16 → 20×6×6 → 10×16×16. Shown: one of its 200 channel pairs.",
        ),
        ("matrix-equals-convolution", "Notebook cell 16: Y == W·vec(V), V = arange(9) → [[True, True], [True, True]]"),
    ],
)
def test_the_notebooks_sentence(name, text):
    found = about(run(PRESETS[name].settings), View(preset=name))
    assert speak(found["cell"]["message"]) == text
    assert (found["cell"]["verdict"], speak(found["cell"]["verdict_message"])) == ("same", "same here")
    assert (found["message"], found["look"]) == (message(f"about.{name}"), PRESETS[name].look)


@pytest.mark.parametrize("name", PRESETS)
def test_the_notebook_says_the_same_of_every_preset(name):
    found = about(run(PRESETS[name].settings), View(preset=name))
    assert (found["cell"] is None) == (PRESETS[name].cell is None)
    assert (found["cell"] or {"verdict": "same"})["verdict"] == "same"


def test_after_an_edit_only_the_examples_title_is_left():
    settings, _ = changed(BASIC, "stride", 2)
    assert about(run(settings), View()) == {
        "preset": "basic",
        "title": message("presets.basic"),
        "changed": True,
        "message": None,
        "look": "",
        "cell": None,
    }
    found = about(run(settings), View(preset="stride-2"))
    assert (found["changed"], found["cell"]["verdict"]) == (False, "same")


@pytest.mark.parametrize("name", PRESETS)
def test_backward_nothing_is_said_of_the_forward_result(name):
    found = about(run(PRESETS[name].settings), View(preset=name, backward=True))
    assert (found["title"], found["changed"]) == (message(f"presets.{name}"), False)
    assert (found["message"], found["cell"]) == (message("facts.backward"), None)


def test_a_printed_number_that_differs_is_told(monkeypatch):
    preset = PRESETS["padding-1"]
    monkeypatch.setitem(PRESETS, "padding-1", replace(preset, cell=replace(preset.cell, printed=[[5]])))
    computed.cache_clear()
    found = about(run(PRESETS["padding-1"].settings), View(preset="padding-1"))["cell"]
    computed.cache_clear()
    assert found == {
        "message": message("notebook.output", cell=11, printed="[[5]]"),
        "verdict": "differs",
        "verdict_message": message("notebook.differs", computed="[[4]]"),
    }


def test_a_gradient_without_autograd_still_shows(monkeypatch):
    def fail(*arguments):
        raise ImportError("no {torch}")

    monkeypatch.setattr(operation_module, "input_gradient", fail)
    found = document(run(BASIC), View(backward=True))["gradient"]
    assert (found["result"], found["agrees"]) == ([[19, 25, 37, 43]], False)
    assert found["messages"] == [
        message("gradient.failed", error="ImportError: no {torch}"),
        message("agreement.no_torch"),
    ]
    monkeypatch.setattr(operation_module, "input_gradient", lambda *arguments: np.zeros((1, 2, 2)))
    assert document(run(BASIC), View(backward=True))["gradient"]["messages"] == [
        message("gradient.differs", difference=43.0)
    ]


def test_a_number_for_json():
    assert [number(value) for value in (np.float64(0.5), np.inf, -np.inf, np.nan)] == [0.5, "∞", "−∞", "?"]
    assert type(number(np.float32(0.5))) is float
