"""Constructor calls as public networks write them: tests/networks/calls.toml, a fact each."""

import re
import tomllib
from pathlib import Path

import pytest
import torch

from explorer.networks.reading import read_calls

CALLS = tomllib.loads((Path(__file__).parents[1] / "calls.toml").read_text(encoding="utf-8"))["call"]


def fields(entry, rank):
    """What an entry expects, an axis each."""
    kernel, stride = (
        entry[name] if isinstance(entry[name], list) else [entry[name]] * rank for name in ("kernel_size", "stride")
    )
    return {
        "axes": [(k, s, 1, *entry["crop"]) for k, s in zip(kernel, stride, strict=True)],
        "channels": [n or None for n in entry["channels"]],
        "groups": entry.get("groups", 1),
        "bias": entry.get("bias", True),
        "framework": entry.get("framework", "torch"),
        "is_mirrored": entry.get("is_mirrored", False),
    }


def said(call):
    return {
        "axes": [(a.kernel_size, a.stride, a.dilation, a.crop_before, a.crop_after) for a in call.axes],
        "channels": [call.in_channels, call.out_channels],
        "groups": call.groups,
        "bias": call.bias,
        "framework": call.framework,
        "is_mirrored": call.is_mirrored,
    }


def test_there_are_many_and_no_two_are_the_same():
    assert len(CALLS) >= 60
    assert len({entry["text"] for entry in CALLS}) == len(CALLS)


@pytest.mark.parametrize("entry", CALLS, ids=[entry["network"] for entry in CALLS])
def test_a_call_is_read(entry):
    reading = read_calls(entry["text"])
    assert reading.problems == ()
    (call,) = reading.calls
    assert call.kind == "transposed"
    assert said(call) == fields(entry, len(call.axes))


TORCH = [entry for entry in CALLS if entry.get("framework", "torch") == "torch" and "randn" not in entry["text"]]


class Self:
    """What stands for a module of the texts, which keep their numbers in it."""


def module_of(text):
    """The torch module that the text's own call makes, with the numbers of the lines before it."""
    names = {"torch": torch, "nn": torch.nn, "self": Self(), "WNConvTranspose1d": torch.nn.ConvTranspose1d}
    names |= {f"ConvTranspose{n}d": getattr(torch.nn, f"ConvTranspose{n}d") for n in (1, 2, 3)}
    start = re.search(r"(?:\w+\.)*\w*ConvTranspose\dd\(", text)
    for line in text[: start.start()].split("\n")[:-1]:
        if re.fullmatch(r"\s*[\w., ]+ = [^(]+", line):
            exec(line.strip(), names)
    depth = 0
    for end in range(start.end() - 1, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if not depth:
            break
    with torch.device("meta"):
        return eval(text[start.start() : end + 1], names)


@pytest.mark.parametrize("entry", TORCH, ids=[entry["network"] for entry in TORCH])
def test_torch_makes_the_same_layer_of_it(entry):
    (call,) = read_calls(entry["text"]).calls
    module = module_of(entry["text"])
    if not isinstance(module, torch.nn.modules.lazy.LazyModuleMixin):
        assert (module.in_channels, module.out_channels, module.groups) == (
            call.in_channels,
            call.out_channels,
            call.groups,
        )
        assert (module.bias is not None) is call.bias
    into = call.in_channels or 3
    for n in (5, 8):
        given = torch.empty(1, into, *[n] * len(call.axes), device="meta")
        assert tuple(module(given).shape[2:]) == call.size((n,) * len(call.axes))
