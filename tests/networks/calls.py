"""Transposed convolutions as networks have them, and random ones: what the translations are run with."""

import numpy as np

from explorer import LayerError
from explorer.networks import AxisCall, LayerCall
from explorer.networks.reading.keras_calls import cropped


def call(*axes, channels=(4, 3), groups=1, bias=True, **others):
    return LayerCall(axes, *channels, groups, bias, **others)


def square(*parameters, **others):
    return call(*[AxisCall.of(*parameters)] * 2, **others)


def same(kernel_size, stride):
    return AxisCall(kernel_size, stride, 1, *cropped(kernel_size, stride, 1, "same", None))


NAMED = {
    "U-Net": (square(2, 2, channels=(1024, 512)), (28, 28)),
    "DCGAN, first": (square(4, channels=(100, 512), bias=False), (1, 1)),
    "DCGAN": (square(4, 2, 1, channels=(512, 256), bias=False), (4, 4)),
    "HiFi-GAN": (call(AxisCall.of(16, 8, 4), channels=(512, 256)), (32,)),
    "FCN, 8s": (square(16, 8, channels=(21, 21), bias=False), (34, 44)),
    "FCN, 32s": (square(64, 32, channels=(21, 21), bias=False), (10, 12)),
    "depthwise": (square(4, 2, 1, channels=(512, 512), groups=512, bias=False), (8, 8)),
    "output_padding": (square(3, 2, 1, 1), (7, 5)),
    "rectangles": (call(AxisCall.of(3, 2, 1, 1), AxisCall.of(5, 1, 0, 0, 2)), (4, 6)),
    "dilation": (square(3, 1, 2, 0, 2), (5, 5)),
    "dilation and stride": (square(3, 2, 1, 1, 2), (5, 5)),
    "output_padding beyond the stride": (square(2, 1, 0, 2, 3), (3, 3)),
    "output_padding beyond padding": (square(2, 3, 0, 2), (3, 3)),
    "groups": (square(3, 2, 1, channels=(6, 4), groups=2), (4, 4)),
    "groups and dilation": (call(AxisCall.of(2, 3, 1, 1, 2), channels=(8, 8), groups=4), (9,)),
    "SAME, odd": (call(same(3, 2), same(5, 2)), (8, 8)),
    "SAME, mixed": (call(same(4, 2), same(3, 2), bias=False), (8, 8)),
    "SAME, stride 1": (call(same(4, 1), same(3, 1)), (5, 5)),
    "SAME, short kernel": (call(same(2, 3), same(1, 2)), (4, 4)),
    "SAME, along a line": (call(same(5, 2)), (20,)),
    "Keras's same with output_padding": (square(3, 2, 1, 0), (5, 5)),
    "Keras's valid": (call(AxisCall(2, 3, crop_after=-1), AxisCall(3, 2)), (4, 4)),
    "Keras's valid with output_padding": (call(AxisCall(5, 3, crop_after=-2), AxisCall(3, 3)), (4, 4)),
    "causal": (call(AxisCall(8, 4, crop_after=4), channels=(64, 32)), (100,)),
    "cropped at the start": (call(AxisCall(5, 2, crop_before=4), AxisCall(4, 2, crop_before=3, crop_after=1)), (5, 5)),
    "zeros at both ends": (call(AxisCall(2, 2, 1, -1, -3), AxisCall(3, 1, 1, 1, -2)), (3, 3)),
    "zeros and groups": (call(AxisCall(2, 2, 1, -2, 1), channels=(4, 4), groups=2), (5,)),
    "mirrored": (square(3, 2, 1, 1, is_mirrored=True), (4, 4)),
    "mirrored and groups": (call(AxisCall(4, 2, 2, 1, 2), channels=(4, 6), groups=2, is_mirrored=True), (6,)),
    "three dimensions": (call(*[AxisCall.of(4, 2, 1)] * 3, channels=(64, 32)), (8, 16, 16)),
    "three, SAME": (call(same(3, 2), same(2, 2), same(5, 3), channels=(2, 2)), (4, 4, 4)),
    "an output_shape": (call(AxisCall(3, 2), AxisCall(4, 2), output_size=(8, 9)), (4, 4)),
    "unknown channels": (LayerCall((AxisCall(3), AxisCall(2)), None, None), (2, 2)),
}


def random_calls(count, seed):
    """Calls with crops of every kind, each with a size that leaves an output."""
    rng = np.random.default_rng(seed)

    def axis():
        k, s, d = (int(rng.integers(1, high)) for high in (6, 4, 4))
        return AxisCall(k, s, 1 if rng.random() < 0.5 else d, *(int(rng.integers(-2, 4)) for _ in range(2)))

    while count:
        groups = int(rng.choice([1, 1, 2, 3]))
        channels = [groups * int(rng.integers(1, 3)) for _ in range(2)]
        axes = [axis() for _ in range(rng.choice([1, 2, 2]))]
        found = call(*axes, channels=channels, groups=groups, bias=rng.random() < 0.5, is_mirrored=rng.random() < 0.2)
        size = tuple(int(rng.integers(1, 6)) for _ in axes)
        try:
            found.size(size)
        except LayerError:
            continue
        count -= 1
        yield found, size
