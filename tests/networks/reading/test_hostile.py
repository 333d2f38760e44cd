"""Hostile and random texts: each gives a reading, in few steps; what is too much is refused in a sentence."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.networks.reading import LONGEST_TEXT, MOST_PROBLEMS, Reading, read_calls, sentence
from explorer.networks.reading.found import Unread
from explorer.networks.reading.fragments import MOST_LINKS, parsed

ROOT = Path(__file__).parents[3]
HOSTILE = {
    "long": ("nn.Conv2d(3, 3, 3)\n" * 10_000, "too_long"),
    "brackets": ("(" * 10_000, "too_deep"),
    "closed brackets": ("(" * 5_000 + ")" * 5_000, "too_deep"),
    "lists": ("[" * 1_000 + "\n" + "]" * 1_000, "too_deep"),
    "brackets a line": ("(\n" * 9_000, "too_deep"),
    "signs": ("-" * 15_000 + "1", "too_deep"),
    "signs apart": ("- " * 9_000 + "1", "too_deep"),
    "nots": ("not " * 4_000 + "1", "too_deep"),
    "powers": ("nn.Conv2d(3, 3, " + "9**" * 4_000 + "9)", "too_deep"),
    "sums": ("nn.Conv2d(3, 3, " + "1+" * 4_000 + "1)", "too_deep"),
    "attributes": ("a" + ".a" * 9_000 + "()", None),
    "calls": ("f" + "()" * 9_000, None),
    "subscripts": ("x = a" + "[0]" * 6_000, None),
    "lambdas": ("lambda:" * 2_500 + "0", "too_deep"),
    "lambdas with names": ("lambda x: " * 1_900 + "0", "too_deep"),
    "choices": ("0 if 0 else " * 1_500 + "0", None),
    "comparisons": ("1<" * 9_000 + "1", None),
    "digits": ("nn.Conv2d(3, 3, " + "9" * 10_000 + ")", "too_large"),
    "hexadecimal": ("nn.Conv2d(3, 3, 0x" + "f" * 10_000 + ")", "too_large"),
    "a power": ("nn.Conv2d(3, 3, 10**10**10)", "too_large"),
    "a shift": ("nn.Conv2d(3, 3, 1 << 10**9)", "not_a_value"),
    "a long text": ("nn.Conv2d(3, 3, 'a' * 10**9)", "too_large"),
    "an import": ("__import__('os').system('exit 1')", "unknown"),
    "a comprehension": ("nn.Conv2d(3, 3, [i for i in range(10**9)])", "not_a_value"),
    "a lambda": ("(lambda: nn.Conv2d(n, 3, 3))()", "name"),
    "nested loops": ("for a in range(64):\n for b in range(64):\n  for c in range(64): a", "too_tangled"),
    "loops of layers": ("for a in range(64):\n for b in range(64): nn.Conv2d(3, 3, 3)", "too_many_layers"),
    "many loops": ("for a in range(10**6): nn.Conv2d(3, 3, 3)", "loop"),
    "a step of 0": ("for a in range(1, 9, 0): nn.Conv2d(3, 3, 3)", "loop"),
    "many bad lines": ("$\n" * 9_000, "more"),
    "open strings": ("'" * 19_999, None),
    "open quotes": ('"""' * 6_666, None),
    "backslashes": ("\\" * 19_999, None),
    "zero bytes": ("nn.Conv2d(3,\x003, 3)", None),
    "surrogates": ("nn.Conv2d('\ud800', 3, 3)", None),
    "blanks in a line": ("kernel_shape=[3]" + " " * 19_000 + "x", None),
    "names": ("a" * 19_999, None),
    "names apart": ("nn.Conv2d " * 1_900, None),
    "calls in a line": ("$ nn.Conv2d(" * 29, None),
    "blanks": (" " * 19_999 + "x", None),
    "attributes of ONNX": ("kernel_shape=" * 1_500, None),
    "repeated attributes": ("pads=[1] " * 2_000, None),
    "attributes that are no numbers": ("kernel_shape=[3, *] strides=[2, 2]", "no_python"),
    "numbers": ("kernel_shape=" + "1 " * 9_000, None),
    "printed repetitions": ("(0-9): 999 x Conv2d(3, 3, 3)\n" * 600, "too_many_layers"),
    "comments": ("#" * 19_999, None),
    "walrus": ("(a := " * 29 + "1" + ")" * 29, None),
}


@pytest.mark.parametrize(("text", "key"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_in_a_sentence(text, key):
    reading = read_calls(text)
    assert len(reading.problems) <= MOST_PROBLEMS
    if key:
        assert key in {problem.key for problem in reading.problems}
    for problem in reading.problems:
        assert len(sentence(problem)) < 400 and "{" not in sentence(problem).replace(str(problem.values), "")


def test_hostile_texts_do_no_harm_in_a_thread_with_a_small_stack():
    # A stack that overflows ends the process: so it is one of its own. 512 KB is what macOS gives a thread.
    program = f"""
import threading
from explorer.networks.reading import read_calls
texts = {[text for text, _ in HOSTILE.values() if len(text) <= LONGEST_TEXT]!a}
read_calls("nn.Conv2d(3, 3, 3)")
threading.stack_size(512 * 1024)
thread = threading.Thread(target=lambda: [read_calls(text) for text in texts])
thread.start()
thread.join()
print("whole")
"""
    done = subprocess.run([sys.executable, "-"], capture_output=True, text=True, cwd=ROOT, input=program)
    assert (done.returncode, done.stdout) == (0, "whole\n"), done.stderr[-500:]


def test_a_text_is_never_evaluated():
    class Trap(Exception):
        pass

    def trap(event, _):
        if active and event in {"exec", "os.system", "subprocess.Popen", "open", "import"}:
            seen.append(event)

    active, seen = False, []
    sys.addaudithook(trap)  # a hook cannot be taken off again: it only listens while this test runs
    active = True
    read_calls("__import__('os').system('true')\nopen('x')\nexec('1')\nnn.Conv2d(eval('3'), 3, 3)")
    active = False
    assert seen == []


WORDS = st.sampled_from(
    [
        *(
            "nn.ConvTranspose2d(",
            "Conv2DTranspose(",
            "nn.Sequential(",
            "lax.conv_transpose(",
            "F.interpolate(",
            "x",
            "self.",
        ),
        *(
            "jnp.zeros((3,3,1,1))",
            "PixelShuffle(2)",
            "GLU()",
            "nn.Upsample(",
            "ReLU()",
            "unknown(",
            "make_node('Conv',",
        ),
        *(
            "(",
            ")",
            "[",
            "]",
            ",",
            ", ",
            "=",
            ":",
            ";",
            "\n",
            "\n    ",
            "\t",
            "*",
            "**",
            "→",
            "−",
            "\\",
            "'''",
            "#",
            ">",
        ),
        *("kernel_size=", "strides=", "scale_factor=", "padding=", "groups=", "kernel_shape=[3,3]", "pads=[0,1]"),
        *(
            "ConvTranspose[",
            "auto_pad=SAME_UPPER",
            "(0): ",
            "(0-2): 3 x ",
            "'same'",
            '"valid"',
            "None",
            "True",
            "for x in ",
        ),
        *("range(", "def f(x=3):", "class A:", "lambda:", "if x:", "else:", "return ", "3", "4", "-1", "2.5", "10**9"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join)
)


def check(text):
    """Read a text, and look at what every reading has."""
    reading = read_calls(text)
    assert isinstance(reading, Reading)
    assert not text.strip() or reading.calls or reading.passed or reading.problems
    for problem in reading.problems:
        assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 1
        assert sentence(problem)
    for call in reading.calls:
        assert all(1 <= axis.kernel_size <= 10**6 and 1 <= axis.stride <= 10**6 for axis in call.axes)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_a_reading(text):
    check(text)


PASTES = [entry["text"] for entry in tomllib.loads((ROOT / "tests/networks/calls.toml").read_text("utf-8"))["call"]]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["", *"()[]{},:='\"\n#*-0λ`"]), st.integers(0, 3)), max_size=12
)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PASTES), min_size=1, max_size=3), EDITS)
def test_any_text_that_is_nearly_a_paste_gives_a_reading(pastes, edits):
    text = "\n".join(pastes)
    for where, put, taken in edits:
        at = int(where * len(text))
        text = text[:at] + put + text[at + taken :]
    check(text)


def test_the_longest_text_is_read():
    line = "nn.ReLU(True),\n"
    text = line * (LONGEST_TEXT // len(line))
    assert len(read_calls(text).passed) == LONGEST_TEXT // len(line)
    assert read_calls(text + " " * 100).problems[0].key == "too_long"


CHAINS = {
    "sum": lambda links: "1" + "+1" * links,
    "attributes": lambda links: "a" + ".b" * links,
    "calls": lambda links: "f" + "()" * links,
    "choices": lambda links: "if a:\n 0\n" + "elif a:\n 0\n" * links,
    "sums in brackets": lambda links: "1" + "+(1" * 20 + "+1" * (links - 40) + ")" * 20,
}


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_a_chain_is_as_long_as_may_be_and_no_longer(chain):
    """What is longer is never made a tree: freeing one ends Python 3.13 in a thread with a small stack."""
    parsed(chain(MOST_LINKS))
    with pytest.raises(Unread) as refused:
        parsed(chain(MOST_LINKS + 1))
    assert refused.value.key == "too_deep"


def test_a_long_list_of_layers_is_no_chain():
    assert parsed("nn.Sequential(" + "nn.Conv2d(3, 3, 2 + 1),\n" * 500 + ")").body
