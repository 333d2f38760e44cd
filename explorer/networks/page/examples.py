"""Texts to begin with: layers as public networks write them, in several frameworks."""

from dataclasses import dataclass

from explorer.networks.page.spans import Span


@dataclass(frozen=True)
class Example:
    """A text, the size of its input, and the size that is wanted (None: none is). ``open``: sections it is for."""

    layer: str
    input: Span
    target: Span | None = None
    open: tuple[str, ...] = ()


_DCGAN = """\
nn.ConvTranspose2d(100, 512, 4, 1, 0, bias=False)
nn.ConvTranspose2d(512, 256, 4, 2, 1, bias=False)
nn.ConvTranspose2d(256, 128, 4, 2, 1, bias=False)
nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False)
nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False)
nn.Tanh()"""

_U_NET = """\
down1 = nn.Conv2d(64, 64, 3, padding=1)
pool1 = nn.MaxPool2d(2)
down2 = nn.Conv2d(64, 128, 3, padding=1)
pool2 = nn.MaxPool2d(2)
middle = nn.Conv2d(128, 256, 3, padding=1)
up2 = nn.ConvTranspose2d(256, 128, 2, stride=2)
up1 = nn.ConvTranspose2d(128, 64, 2, stride=2)"""

_HIFI_GAN = """\
nn.Conv1d(80, 512, 7, 1, padding=3)
nn.ConvTranspose1d(512, 256, 16, 8, padding=4)
nn.ConvTranspose1d(256, 128, 16, 8, padding=4)
nn.ConvTranspose1d(128, 64, 4, 2, padding=1)
nn.ConvTranspose1d(64, 32, 4, 2, padding=1)"""

EXAMPLES = {
    "dcgan": Example(_DCGAN, Span((1, 1)), Span((64, 64))),
    "u_net": Example(_U_NET, Span((286, 286)), Span((286, 286))),
    "hifi_gan": Example(_HIFI_GAN, Span((32,)), Span((8192,))),
    "fcn": Example("nn.ConvTranspose2d(21, 21, 64, stride=32, bias=False)", Span((16, 16)), Span((500, 500))),
    "channels": Example(
        "conv = nn.Conv2d(10, 20, kernel_size=5, padding=2, stride=3)\n"
        "tconv = nn.ConvTranspose2d(20, 10, kernel_size=5, padding=2, stride=3)",
        Span((16, 16)),
        Span((16, 16)),
    ),
    "exercise": Example("nn.ConvTranspose2d(1, 1, 2, bias=False)", Span((2, 2)), Span((3, 3)), ("trip",)),
    "keras_same": Example(
        'Conv2DTranspose(64, 3, strides=2, padding="same")', Span((8, 8)), Span((16, 16)), ("program",)
    ),
    "onnx": Example("kernel_shape=[3,3] strides=[2,2] pads=[0,0,1,1]", Span((8, 8)), Span((16, 16)), ("program",)),
    "gaps": Example("nn.ConvTranspose2d(8, 8, 2, stride=3, padding=1)", Span((1,), 64), None),
}
"""Each by its name; their titles are in explorer/text."""

FIRST = "dcgan"
"""The one that the bare page shows."""
