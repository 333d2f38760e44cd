from explorer.networks import AxisCall
from explorer.networks.differences import difference_text, differences, names
from explorer.networks.fitting import FITS, spreads_by_hand
from explorer.networks.programs import FRAMEWORKS, program
from explorer.networks.reading import read_calls
from explorer.text import texts
from tests.networks.calls import NAMED, call, random_calls, square

EVERY = [*NAMED.values(), *random_calls(60, 15)]


def keys(layer, framework):
    return [notice.key for notice in differences(layer, framework)]


def sentences(layer, framework):
    return [difference_text(notice) for notice in differences(layer, framework)]


def test_every_difference_is_said_and_can_come_up():
    found = {key for layer, _ in EVERY for framework in FRAMEWORKS for key in keys(layer, framework)}
    assert found == texts()["networks"]["programs"]["differences"].keys()
    for layer, _ in EVERY:
        for framework in FRAMEWORKS:
            assert all("{" not in sentence for sentence in sentences(layer, framework))


def test_the_usual_layer_differs_in_the_weight_only():
    usual = square(4, 2, 1)
    for framework in FRAMEWORKS:
        assert keys(usual, framework)[0] == f"{framework}_weight"
        assert framework == "conv2d" or len(keys(usual, framework)) == 1


def test_which_row_of_same_differs():
    # 3 and stride 2 from 4 cells: the canvas has 9, SAME shows 0 to 7. padding=1, output_padding=1 shows 1 to 8.
    layer = call(AxisCall(3, 2, crop_after=1))
    assert sentences(layer, "torch")[1:] == [
        "Along the length the layer cuts 0 at the start and 1 at the end. torch cannot say that, so the program cuts "
        "by hand 0 at the start and 1 at the end.",
        "The nearest that torch can say along the length, padding=1 and output_padding=1, has the same size but is "
        "shifted: its cell i is this layer's cell i + 1.",
    ]
    assert "Y = Y[:, :-1]  # cropped by hand\n" in program(layer, (4,), "torch")
    assert keys(layer, "keras") == ["keras_weight", "keras_same"]
    assert "2 and 1" in sentences(layer, "jax")[-1]


def test_the_nearest_of_a_crop_at_the_start():
    shifted = dict(differences(call(AxisCall(6, 2, crop_before=4)), "torch")[-1].values)
    assert (shifted["padding"], shifted["output_padding"], shifted["sign"], shifted["shift"]) == ("2", "0", "−", "2")
    # Where neither stride nor dilation lets output_padding be 1, an odd crop has no symmetric padding of its size.
    assert keys(call(AxisCall(4, 1, crop_before=1, crop_after=2)), "torch")[-1] == "nearest_is_larger"


def test_the_nearest_is_torchs():
    for layer, _ in EVERY:
        for notice in differences(layer, "torch"):
            if notice.key != "nearest":
                continue
            values = dict(notice.values)
            axis = layer.axes[names(layer).index(values["axis"])]
            near = AxisCall.of(
                axis.kernel_size, axis.stride, int(values["padding"]), int(values["output_padding"]), axis.dilation
            )
            assert near.torch == (int(values["padding"]), int(values["output_padding"]), 0, 0)  # torch takes it
            assert near.transposed_size(7) == axis.transposed_size(7)
            shift = int(values["shift"]) * {"+": 1, "−": -1}[values["sign"]]
            assert near.crop_before - axis.crop_before == shift != 0


def test_a_constructor_is_read_as_the_layer_it_is():
    ways = {"torch": "torch", "keras": "keras", "jax": "jax", "onnx": "onnx"}
    read = dict.fromkeys(ways, 0)
    for layer, size in EVERY:
        layer = layer.at(size)
        for framework in ways:
            fit = FITS[framework](layer)
            by_hand = any(map(any, fit.rest)) or (framework == "keras" and spreads_by_hand(layer))
            if by_hand or (layer.groups > 1 and framework in ("keras", "jax")):
                continue
            (found,) = read_calls(fit.text(80)).calls
            assert found.axes == layer.axes, (fit.text(), framework)
            assert found.groups == layer.groups
            assert found.bias == layer.bias
            assert found.is_mirrored == (layer.is_mirrored and framework == "jax")
            read[framework] += 1
    assert min(read.values()) > 15
