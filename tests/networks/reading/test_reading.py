"""What is read of texts as people paste them: single calls, programs, prints, sentences; and what is named instead."""

import pytest

from explorer import parse_layer
from explorer.layer import Layer, LayerError
from explorer.networks.reading import Passed, Problem, read_calls, sentence
from explorer.text import say, texts


def axes(reading):
    return [[(a.kernel_size, a.stride, a.crop_before, a.crop_after) for a in call.axes] for call in reading.calls]


def channels(reading):
    return [(call.in_channels, call.out_channels) for call in reading.calls]


def keys(text):
    return [problem.key for problem in read_calls(text).problems]


DCGAN = """
class Generator(nn.Module):
    def __init__(self, nz=100, ngf=64, nc=3):
        super(Generator, self).__init__()
        self.main = nn.Sequential(
            # input is Z, going into a convolution
            nn.ConvTranspose2d(nz, ngf * 8, 4, 1, 0, bias=False),
            nn.BatchNorm2d(ngf * 8),
            nn.ReLU(True),
            nn.ConvTranspose2d(ngf * 8, ngf * 4, 4, 2, 1, bias=False),
            nn.Tanh()
        )

    def forward(self, input):
        return self.main(input)
"""


def test_a_class_is_read_with_its_defaults():
    reading = read_calls(DCGAN)
    assert axes(reading) == [[(4, 1, 0, 0)] * 2, [(4, 2, 1, 1)] * 2]
    assert channels(reading) == [(100, 512), (512, 256)]
    assert reading.passed == (Passed("BatchNorm2d", 8), Passed("ReLU", 9), Passed("Tanh", 11))
    assert [call.line for call in reading.calls] == [7, 10]
    assert reading.problems == () and reading.framework == "torch"


def test_a_part_of_a_sequential_is_read_as_it_was_cut_out():
    text = """            nn.ConvTranspose2d(100, 64 * 8, 4, 1, 0, bias=False),
            nn.BatchNorm2d(64 * 8),
            nn.Tanh())
        )"""
    reading = read_calls(text)
    assert channels(reading) == [(100, 512)]
    assert [passed.name for passed in reading.passed] == ["BatchNorm2d", "Tanh"]
    assert reading.problems == ()


def test_one_bad_line_does_not_spoil_the_others():
    reading = read_calls("nn.Conv2d(3, 8, 3)\n$$$\nnn.ConvTranspose2d(8, 3, 3)")
    assert channels(reading) == [(3, 8), (8, 3)]
    assert [call.line for call in reading.calls] == [1, 3]
    assert reading.problems == (Problem(2, 1, "no_python", (("text", "$$$"),)),)


def test_one_bad_line_within_brackets_does_not_either():
    reading = read_calls(
        "self.a = nn.Sequential(nn.Conv2d(3, 8, 3),\n  nn.ReLU(),\n  $$$,\n  nn.ConvTranspose2d(8, 3, 3))"
    )
    assert channels(reading) == [(3, 8), (8, 3)]
    assert [(problem.line, problem.column) for problem in reading.problems] == [(3, 3)]


PRINT = """Generator(
  (main): Sequential(
    (0): ConvTranspose2d(100, 512, kernel_size=(4, 4), stride=(1, 1), bias=False)
    (1): BatchNorm2d(512, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
    (2): ReLU(inplace)
    (up): Upsample(scale_factor=2.0, mode=nearest)
    (3-4): 2 x Conv2d(512, 512, kernel_size=(3, 3), stride=(1, 1), padding=same)
    (5): ParametrizedConvTranspose2d(
      512, 256, kernel_size=(4, 4), stride=(2, 2), padding=(1, 1)
      (parametrizations): ModuleDict(
        (weight): ParametrizationList(
          (0): _WeightNorm()
        )
      )
    )
  )
)"""


def test_a_print_is_read():
    reading = read_calls(PRINT)
    assert axes(reading) == [[(4, 1, 0, 0)] * 2, [(1, 2, 0, 0)] * 2, *[[(3, 1, 1, 1)] * 2] * 2, [(4, 2, 1, 1)] * 2]
    assert [call.kind for call in reading.calls] == ["transposed", "resize", "convolution", "convolution", "transposed"]
    assert reading.problems == ()


def test_keras_layers_that_are_added_or_applied_are_read_in_the_order_of_their_work():
    text = """
inputs = keras.Input(shape=(28, 28, 1))
x = layers.Conv2D(8, 3, strides=2, padding="same")(inputs)
x = layers.Conv2DTranspose(32, 3, activation='relu', strides=2, padding='same')(layers.MaxPooling2D(2)(x))
x = layers.UpSampling2D(2)(x)
model.add(layers.LeakyReLU())
"""
    reading = read_calls(text)
    assert [call.name for call in reading.calls] == ["Conv2D", "MaxPooling2D", "Conv2DTranspose", "UpSampling2D"]
    assert axes(reading)[2] == [(3, 2, 0, 1)] * 2
    assert [call.size((7, 8)) for call in reading.calls] == [(4, 4), (3, 4), (14, 16), (14, 16)]
    assert reading.framework == "keras" and reading.problems == ()


def test_a_loop_over_known_values_is_walked_through():
    text = (
        "for c, n in zip([64, 32], [4, 2]):\n    for i in range(2):\n        up.append(nn.ConvTranspose2d(c, c, n, n))"
    )
    assert channels(read_calls(text)) == [(64, 64)] * 2 + [(32, 32)] * 2
    assert keys("for f in features:\n    nn.Conv2d(3, 3, 3)") == ["loop"]
    text = "layers = [nn.ConvTranspose1d(8 * 2**i, 4 * 2**i, 4, 2, 1) for i in range(2, 0, -1)]"
    assert channels(read_calls(text)) == [(32, 16), (16, 8)]


def test_a_loop_over_what_is_not_known_forgets_its_name():
    assert keys("i = 3\nfor i in things:\n    nn.Conv2d(i, 3, 3)") == ["name"]
    assert keys("i = 3\nwith things() as i:\n    nn.Conv2d(i, 3, 3)") == ["unknown", "name"]
    assert channels(read_calls("if (i := 3) > 2:\n    nn.Conv2d(i, 3, 3)")) == [(3, 3)]


def test_a_name_that_is_bound_anew_to_what_is_not_known_is_forgotten():
    assert keys("n = 8\nn = len(x)\nnn.Conv2d(n, 3, 3)") == ["name"]
    assert channels(read_calls("n = 8\nn *= 2\nnn.Conv2d(n, 3, 3)")) == [(16, 3)]


MELGAN = """
class Generator(nn.Module):
    def __init__(self, input_size, ngf=32, n_residual_layers=3):
        super().__init__()
        ratios = [8, 8, 2, 2]
        mult = int(2 ** len(ratios))
        model = [nn.ReflectionPad1d(3), WNConv1d(80, mult * ngf, kernel_size=7, padding=0)]
        for i, r in enumerate(ratios):
            model += [
                nn.LeakyReLU(0.2),
                WNConvTranspose1d(
                    mult * ngf,
                    mult * ngf // 2,
                    kernel_size=r * 2,
                    stride=r,
                    padding=r // 2 + r % 2,
                    output_padding=r % 2,
                ),
            ]
            mult //= 2
        self.model = nn.Sequential(*model)
"""


def test_a_loop_that_counts_is_followed():
    reading = read_calls(MELGAN)
    assert reading.problems == ()
    assert channels(reading) == [(None, None), (80, 512), (512, 256), (256, 128), (128, 64), (64, 32)]
    size = (100,)
    for call in reading.calls:
        size = call.size(size)
    assert size == (25_600,)


def test_the_branch_that_is_taken_is_read_where_it_is_known_else_both():
    text = "if bilinear:\n    nn.Upsample(scale_factor=2)\nelse:\n    nn.ConvTranspose2d(8, 4, 2, 2)"
    assert [call.kind for call in read_calls(text).calls] == ["resize", "transposed"]
    assert [call.kind for call in read_calls("bilinear = False\n" + text).calls] == ["transposed"]
    assert [call.kind for call in read_calls("n = 4\n" + text.replace("bilinear", "n == 4")).calls] == ["resize"]


def test_the_defaults_of_a_program_are_numbers():
    text = "parser.add_argument('--ngf', type=int, default=64)\nngf = int(opt.ngf)\nnn.ConvTranspose2d(ngf, 3, 4)"
    assert channels(read_calls(text)) == [(64, 3)]


def test_what_is_no_layer_in_a_program_is_not_named():
    text = """
import torch
opt = parser.parse_args()
criterion = nn.BCELoss()
dataset = dset.ImageFolder(root=opt.dataroot, transform=transforms.Compose([transforms.ToTensor()]))
def weights_init(m):
    m.weight.data.normal_(0.0, 0.02)
netG = nn.ConvTranspose2d(8, 4, 2)
netG.apply(weights_init)
weights_init(netG)
optimizer = optim.Adam(netG.parameters(), lr=opt.lr)
"""
    reading = read_calls(text)
    assert channels(reading) == [(8, 4)] and reading.problems == ()


def test_calls_in_a_sentence_or_a_list_are_read():
    assert channels(read_calls("1. `nn.ConvTranspose2d(3, 4, 3, 2, 1, 1)`\n- nn.Conv2d(4, 5, 3)")) == [(3, 4), (4, 5)]
    assert channels(read_calls("ConvTranspose2d(64, 32, 4, 2, 1) → BN → MaxPool2d(2)")) == [(64, 32), (None, None)]
    assert channels(read_calls("```python\n>>> nn.ConvTranspose2d(64, 32, 4, 2, 1)\n```")) == [(64, 32)]


def test_every_framework_of_one_text_is_named():
    text = "nn.ConvTranspose2d(8, 4, 2)\nConv2DTranspose(4, 2)\nnnx.ConvTranspose(8, 4, (2, 2), rngs=r)\n"
    text += "kernel_shape=[2, 2]"
    assert [call.framework for call in read_calls(text).calls] == ["torch", "keras", "jax", "onnx"]


def test_onnx_attributes_are_read_over_lines_and_when_one_comes_again_the_next_layer_begins():
    text = "ConvTranspose\nkernel_shape: 4, 4\nstrides: 2, 2\npads: 1 1 1 1\n\n"
    text += "kernel_shape = [3, 3], strides = [2, 2], auto_pad = 'SAME_LOWER'"
    assert axes(read_calls(text)) == [[(4, 2, 1, 1)] * 2, [(3, 2, 1, 0)] * 2]
    assert [call.line for call in read_calls(text).calls] == [1, 6]
    assert axes(read_calls("kernel_shape=[2]\nstrides=[2]\nkernel_shape=[3]\nstrides=[3]")) == [
        [(2, 2, 0, 0)],
        [(3, 3, 0, 0)],
    ]
    assert read_calls("make_node('Relu', ['X'], ['Y'])").passed == (Passed("Relu", 1),)
    assert keys("pads=[1, 1, 1, 1] strides=[2, 2]") == ["missing"]
    assert keys("kernel_shape=[3, 3] pads=[1, 1]") == ["wrong_length"]
    assert keys("kernel_shape=[3, 3] pads=[0, 0, 1, 1] auto_pad=SAME_UPPER") == ["pads_and_auto_pad"]


def test_the_size_that_onnx_asks_for_is_cropped_from_an_input():
    text = 'make_node("ConvTranspose", ["X", "W"], ["Y"], kernel_shape=[3, 3], strides=[3, 2], output_shape=[10, 8])'
    (call,) = read_calls(text).calls
    assert call.output_size == (10, 8) and call.size((3, 3)) == (10, 8)
    # Totals of 9 − 10 = −1, all at the end, and 7 − 8 = −1 likewise.
    assert [(axis.crop_before, axis.crop_after) for axis in call.at((3, 3)).axes] == [(0, -1), (0, -1)]
    assert [(axis.crop_before, axis.crop_after) for axis in call.at((4, 5)).axes] == [(1, 1), (2, 1)]
    (upper,) = read_calls(text[:-1] + ', auto_pad="SAME_UPPER")').calls
    assert [(axis.crop_before, axis.crop_after) for axis in upper.at((4, 5)).axes] == [(1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("nn.MaxPool2d(2)", {(7, 8): (3, 4)}),
        ("nn.MaxPool2d(3, stride=2, padding=1)", {(7, 8): (4, 4)}),
        ("nn.MaxPool2d(2, 2, ceil_mode=True)", {(7, 8): (4, 4)}),
        ("nn.AvgPool1d(3, stride=2, ceil_mode=True)", {(8,): (4,), (7,): (3,)}),
        ("F.max_pool2d(x, 2)", {(7, 8): (3, 4)}),
        ("nn.MaxUnpool2d(2, stride=2)", {(3, 4): (6, 8)}),
        ("nn.Upsample(scale_factor=(2, 3), mode='bilinear')", {(3, 4): (6, 12)}),
        ("F.interpolate(x, scale_factor=2, mode='trilinear')", {(3, 4, 5): (6, 8, 10)}),
        ("nn.ReflectionPad2d((1, 2, 3, 4))", {(10, 20): (17, 23)}),
        ("nn.Conv3d(3, 8, (1, 3, 3), padding='same')", {(4, 5, 6): (4, 5, 6)}),
        ("nn.LazyConv2d(8, 3, 2, 1)", {(7, 8): (4, 4)}),
        ("layers.ZeroPadding2D(((1, 0), (2, 1)))", {(4, 4): (5, 7)}),
        ("layers.Cropping1D((1, 2))", {(10,): (7,)}),
        ("layers.AveragePooling2D(3, strides=2, padding='same')", {(7, 8): (4, 4)}),
        ("nn.max_pool(x, (2, 2), strides=(2, 2))", {(7, 8): (3, 4)}),
        ("nn.Conv(8, (3, 3), strides=2)", {(7, 8): (4, 4)}),
        ("make_node('Conv', ['X', 'W'], ['Y'], kernel_shape=[3], pads=[1, 1])", {(7,): (7,)}),
    ],
)
def test_other_layers_of_a_decoder_have_their_sizes(text, sizes):
    reading = read_calls(text)
    assert reading.problems == ()
    assert {given: reading.calls[0].size(given) for given in sizes} == sizes


def test_channels_of_shuffles_and_gates_follow_from_the_layer_before():
    reading = read_calls("nn.Conv2d(3, 64, 3)\nnn.PixelShuffle(2)\nnn.Conv1d(16, 32, 1)\nnn.GLU(dim=1)")
    assert channels(reading) == [(3, 64), (64, 16), (16, 32), (32, 16)]
    assert reading.calls[1].size((4, 4)) == (8, 8) and reading.calls[3].size((4,)) == (4,)
    assert keys("nn.PixelShuffle(2)") == ["shuffle_channels"]


REFUSED = {
    "nn.ConvTranspose2d(ngf, 3, 4)": "name",
    "nn.ConvTranspose2d(3, 3)": "missing",
    "nn.ConvTranspose2d(3, 3, 3, strid=2)": "unknown_argument",
    "nn.ConvTranspose2d(3, 3, 3, stride=2, padding=1, output_padding=2)": "output_padding",
    "nn.ConvTranspose2d(3, 3, 3, padding_mode='reflect')": "not_a_word",
    "nn.ConvTranspose2d(3, 4, 3, groups=2)": "not_divisible",
    "nn.ConvTranspose2d(3, 3, (3, 3, 3))": "wrong_length",
    "nn.ConvTranspose2d(3, 3, 2.5)": "not_whole",
    "nn.ConvTranspose2d(3, 3, True)": "not_whole",
    "nn.ConvTranspose2d(3, 3, 0)": "outside",
    "nn.ConvTranspose2d(3, 3, 3, padding=-1)": "outside",
    "nn.ConvTranspose2d(3, 3, 3, bias=1)": "not_a_flag",
    "nn.ConvTranspose2d(*sizes)": "unpacked",
    "nn.ConvTranspose2d(3, 3, 3, **options)": "unpacked",
    "nn.ConvTranspose2d(3, 3, 3, in_channels=3)": "given_twice",
    "nn.ConvTranspose2d(1, 2, 3, 1, 0, 0, 1, True, 1, 'zeros', None, None, 9)": "too_many",
    "nn.ConvTranspose2d(3, 3, 10**7)": "too_large",
    "nn.ConvTranspose2d(3, 3, 2**2**2**2**2)": "too_large",
    "nn.ConvTranspose2d(3, 3, 1 // 0)": "not_a_value",
    "nn.ConvTranspose2d(3, 3, (lambda: 3)())": "not_a_value",
    "nn.ConvTranspose2d(3, 3, [k for k in (3, 3)])": "not_a_value",
    "nn.ConvTranspose2d(3, 3, input('?'))": "not_a_value",
    "nn.ConvTranspose2d(3, 3, '3')": "not_whole",
    "nn.Conv2d(3, 3, 3, stride=2, padding='same')": "same_needs_stride_1",
    "nn.MaxPool2d(2, 3, ceil_mode=True)": "ceil_mode",
    "nn.MaxUnpool2d(3, 2)": "unpooling",
    "nn.Upsample(size=(8, 8))": "needs_factor",
    "nn.Upsample(scale_factor=1.5)": "factor_not_whole",
    "nn.Linear(3, 4)": "flat",
    "DoubleConv(64, 32)": "unknown",
    "Conv2DTranspose(8, 3, strides=2, dilation_rate=2)": "no_dilated_strides",
    "Conv2DTranspose(8, 3, padding=1)": "not_a_word",
    "Conv2DTranspose(8, 3, strides=2, output_padding=2)": "output_padding",
    "nn.ConvTranspose(8, (3, 3), padding='CIRCULAR')": "not_a_word",
    "nn.ConvTranspose(8, (3, 3, 3, 3))": "too_many_axes",
    "lax.conv_transpose(x, w, (2, 2), 'SAME')": "kernel_shape",
    "w = jnp.zeros((3, 3, 8, 4))\nlax.conv_transpose(x, w, (2, 2))": "missing",
    "F.conv_transpose2d(x, torch.randn(3, 3, 3))": "wrong_rank",
    "make_node('Gather', ['X'], ['Y'])": "unknown",
    "__import__('os').system('true')": "unknown",
    "eval('1')": "unknown",
    "hello world": "no_python",
    "hello": "nothing",
}


@pytest.mark.parametrize(("text", "key"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_read_is_named(text, key):
    reading = read_calls(text)
    assert [problem.key for problem in reading.problems] == [key]
    assert reading.calls == ()
    assert "{" not in sentence(reading.problems[0])


def test_every_sentence_of_a_problem_is_used():
    said = {*REFUSED.values(), "shuffle_channels", "loop", "pads_and_auto_pad"}
    said |= {"too_long", "too_deep", "too_tangled", "too_many_layers", "more"}  # test_hostile.py
    said |= {"where", "not_one", "asks_size", "no_layer"}  # parse_layer
    assert said == {*texts()["networks"]["reading"]}


def test_the_place_of_a_problem_is_the_arguments():
    text = "x = 3\n    \n    nn.ConvTranspose2d(3,\n        ngf, 3)"
    assert read_calls("if True:\n" + text.replace("x = 3", "    x = 3")).problems[0].line == 5
    assert read_calls("nn.Conv2d(3, ngf, 3)").problems == (Problem(1, 14, "name", (("name", "ngf"),)),)
    assert read_calls("    nn.Conv2d(3, ngf, 3),").problems[0].column == 18


def test_an_empty_text_has_nothing_and_no_problem():
    assert read_calls("") == read_calls(" \n\t") == read_calls("\n")
    assert read_calls("").calls == read_calls("").problems == ()


def test_parse_layer_gives_the_one_layer():
    assert parse_layer("self.up = nn.ConvTranspose2d(512, 256, 16, stride=8, padding=4, bias=False)") == Layer(
        512, 256, 16, 8, 4
    )
    assert parse_layer(DCGAN.replace("ngf * 8, ngf * 4, 4, 2, 1", "2, 2, 2, $")).in_channels == 100
    assert parse_layer("nn.ConvTranspose1d(4, 2, 4, 2, 1)") == Layer(4, 2, (1, 4), (1, 2), (0, 1))
    assert parse_layer("nn.Conv2d(3, 8, 3)\nnn.ConvTranspose2d(8, 3, 3)") == Layer(8, 3, 3)


@pytest.mark.parametrize("kernel", range(1, 7))
@pytest.mark.parametrize("stride", range(1, 5))
def test_parse_layer_of_a_crop_at_one_end_has_the_same_sizes(kernel, stride):
    text = f"Conv2DTranspose(1, {kernel}, strides={stride}, padding='same')"
    if stride == 1 and kernel % 2 == 0:  # torch has no output_padding there
        with pytest.raises(ValueError, match="by hand"):
            parse_layer(text)
        return
    layer = parse_layer(text)
    for n in (1, 2, 5):
        assert layer.output_size((n, n)) == (n * stride,) * 2 == read_calls(text).calls[0].size((n, n))


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("", "0"),
        ("nn.Conv2d(3, 3, 3)", "are 0"),
        ("nn.ConvTranspose2d(3, 3, 3)\nnn.ConvTranspose2d(3, 3, 3)", "are 2"),
        ("nn.ConvTranspose2d(ngf, 3, 3)", "Line 1: ngf"),
        ("kernel_shape=[3, 3] output_shape=[8, 8]", "8×8"),
        ("nn.ConvTranspose(1, (3, 3), padding=((2, 1), (2, 1)))", "0 before and 1 after"),
        ("x" * 10**5, "100,000"),
    ],
)
def test_parse_layer_says_what_is_wrong(text, pattern):
    with pytest.raises(ValueError, match=pattern):
        parse_layer(text)


def test_parse_layer_refuses_three_dimensions():
    with pytest.raises(LayerError, match="three dimensions"):
        parse_layer("nn.ConvTranspose3d(3, 3, 3)")


def test_the_sentence_has_the_line():
    assert sentence(Problem(3, 1, "name", (("name", "ngf"),))) == f"Line 3: {say('networks.reading.name', name='ngf')}"
