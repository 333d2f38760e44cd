"""All that pages and files say, asked in English, in Chinese and in English again: no language shows in the other."""

import ast
import json
import re

import pytest

import explorer
from explorer.documents.facts import agreement
from explorer.documents.messages import speak
from explorer.export import content
from explorer.export.picture import animation
from explorer.export.picture.svg import svg
from explorer.learning.course import Course
from explorer.learning.panel import constants, contents, panel
from explorer.lessons import LESSONS
from explorer.methods import METHODS
from explorer.networks.page.editing import Edit
from explorer.networks.page.examples import EXAMPLES
from explorer.networks.page.sheet import sheet as layer_sheet
from explorer.networks.page.state import FRAMEWORKS, SECTIONS
from explorer.networks.page.state import from_query as layer_page
from explorer.operation import run
from explorer.presets import PRESETS
from explorer.questions import ASKED
from explorer.reading import NumbersError, parse_numbers
from explorer.session.session import Session
from explorer.settings import Settings
from explorer.text import speaking, spoken
from explorer.upsampling.page.sheet import sheet as upsample_sheet
from explorer.upsampling.page.state import from_query as upsample_page
from explorer.views import VIEWS

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SENTENCE = re.compile(r"(?<![\w.])[A-Za-z]?[a-z]+(?: [a-z]+){2,}(?![\w.(])")
"""Three English words in a row."""
TITLE = "guide to convolution arithmetic for deep learning"
"""The name of a publication."""
CODE = {"session", "state", "changes", "address", "line", "source"}
"""What is code, a name or an address in a page's data."""
UNREADABLE = (
    "nn.ConvTranspose2d(ngf, 3, 4)",
    "nn.ConvTranspose2d(3, 4, 2, tride=1)",
    "nn.ConvTranspose2d(3, 4, padding_mode='same', kernel_size=2)",
    "x",
)
UNWRITABLE = (
    "nn.ConvTranspose2d(4, 6, 3, groups=2, dilation=2, stride=2)",
    "nn.ConvTranspose2d(3, 4, 3, groups=2)",
    "nn.ConvTranspose2d(3, 3, 2, padding=2)",
    "layers.Conv2DTranspose(3, 3, strides=2, padding='same')",
)


def strings(found):
    """Every string of nested data, but those of code and of names; of a program its comments."""
    if isinstance(found, str):
        yield from re.findall("# (.*)", found) if "import numpy" in found else [found]
    elif isinstance(found, dict):
        for name, value in found.items():
            yield from [] if name in CODE else strings(value)
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from strings(value)


def layers():
    """The page of layers: every example, every framework, what cannot be read, and what no framework writes."""
    opened = {"open": "-".join(SECTIONS)}
    queries = [{"layer": one.layer, "input": str(one.input), **opened} for one in EXAMPLES.values()]
    first = queries[0]
    queries += [{**first, "framework": name, "target": "70x71", "pick": "4"} for name in FRAMEWORKS]
    small = {**opened, "input": "4x5", "pick": "1", "trip_v": "1 2\n3"}
    for framework in FRAMEWORKS:
        queries += [{**small, "layer": text, "framework": framework} for text in (*UNREADABLE, *UNWRITABLE)]
    queries.append({**first, "input": "?", "target": "0", "framework": "none", "trip_v": "1", "trip_k": "a"})
    queries.append({**first, "layer": UNWRITABLE[2], "input": "1..9", "trip_v": "1", "trip_k": "1 2"})
    page, notices = layer_page(first)
    edits = {"groups": "3", "stride": "x", "output_padding": "9", "dilation": "2", "in_channels": "7", "none": "1"}
    edited = [layer_sheet(page, notices, Edit(name, value)) for name, value in edits.items()]
    return [*(layer_sheet(*layer_page(query)) for query in queries), *edited]


def upsampling():
    """The page of upsampling: even and uneven kernels, one that cannot be, and an address that is ignored."""
    queries = [{}, {"kernel": "icnr", "size": "3", "stride": "4"}, {"kernel": "bilinear", "open": "stacked-training"}]
    queries += [{"stride": "1", "size": "2"}, {"kernel": "?", "strde": "3", "picture": "upload", "stride": "9"}]
    return [upsample_sheet(*upsample_page(query)) for query in queries]


def courses():
    """The course: every part of every lesson, every kind of question, a right and a wrong answer."""
    places = [(name, part) for name, lesson in LESSONS.items() for part in range(1, len(lesson.parts) + 1)]
    found = [constants(), contents(), *(panel(Course.at(f"?lesson={name}&part={part}")) for name, part in places)]
    for kind in ASKED:
        for given in (None, "", "9", ["a"], 0):
            course = Course.at(f"?lesson=practice&question={kind}.3")
            if given is not None and course.question:
                course.hear({"commands": [command(course, "answer", given=given)]})
            found.append(panel(course) if course.question else course.answer())
    return found


def command(session, name, /, number=1, **arguments):
    return {"id": number, "name": name, "arguments": arguments, "document": session.document}


def sessions():
    """What a page says of an address, of commands that are refused, and of numbers that are pasted."""
    odd = (
        "?stride=9&preset=none&strde=2&padding=4&x=1,a&trace=W:9,9&step=99",
        "?x=1|2,3&k=1&groups=3&bias=1,2",
    )
    found = [Session.at(search).answer() for search in odd]
    session = Session.at("?preset=overlap")
    commands = [
        {"name": "move", "arguments": {"name": "input_height", "value": 5}},
        {"name": "fill", "arguments": {"grid": "input", "name": "ones"}},
        {"name": "preset", "arguments": {"name": "none"}},
        {"name": "none", "arguments": {}},
        {"name": "undo", "arguments": {"a": 1}},
        {"name": "preview", "arguments": {"grid": "input", "text": "1 2\n3"}},
        {"name": "edit", "arguments": {"grid": "input", "at": [0, 0, 0], "text": "5 apples"}},
    ]
    for number, one in enumerate(commands, 1):
        session.hear({"commands": [{"id": number, "document": session.document, **one}]})
        found.append(session.answer())
    for text in ("1 2\n3 x", "[[1, 2], [3]]", "[1", "nan", "...", "f(1)", ""):
        with pytest.raises(NumbersError) as refused:
            parse_numbers(text)
        found.append(str(refused.value))
    return found


def pictures():
    """The picture in every view, before, at and after a step, and with a cell traced."""
    more = (
        "",
        "&step=0",
        "&step=2",
        "&trace=output:0,1,1",
        "&trace=input:0,0,0&step=1",
        "&backward=1&trace=kernel:0,0,0,0",
    )
    addresses = [
        f"?preset={name}&view={view}{one}" for name in ("padding-1", "groups") for view in VIEWS for one in more
    ]
    return [re.findall(">([^<>]+)<", svg(explorer.document(address))) for address in addresses]


def notebooks(kind="markdown"):
    """The Markdown of a notebook; its picture is that of `pictures`."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("explorer.export.ipynb.png", lambda document, width: b"")
        cells = json.loads(content(".ipynb", "?preset=shape-round-trip"))["cells"]
    return [cell["source"] for cell in cells if cell["cell_type"] == kind]


def test_the_programs_of_a_notebook_are_the_same_in_every_language():
    english = notebooks("code")
    with speaking("zh"):
        own = notebooks("code")
    printed = re.compile(r'(?<=print\(")[^"]*')
    assert all(CHINESE.search(cell) for cell in own)
    for cell, theirs in zip(own, english, strict=True):
        assert ast.dump(ast.parse(printed.sub("", cell))) == ast.dump(ast.parse(printed.sub("", theirs)))


MAKERS = [layers, upsampling, courses, sessions, pictures, notebooks]


@pytest.mark.parametrize("made", MAKERS)
def test_no_language_shows_in_the_other(made):
    english = list(strings(made()))
    with speaking("zh"):
        own = list(strings(made()))
    assert list(strings(made())) == english
    assert [text for text in english if CHINESE.search(text)] == []
    assert sum(1 for text in own if CHINESE.search(text)) > 4
    assert {found[0] for text in own for found in SENTENCE.finditer(text)} - {TITLE} == set()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_document_is_the_same_in_every_language_and_holds_no_sentence(preset, view):
    for more in ("", "&backward=1", "&padding=1&output_padding=1&stride=2", "&crop=0,1;0,0&bias=1", "&what_if=no_flip"):
        address = f"?preset={preset}&view={view}{more}"
        english = explorer.document(address)
        with speaking("zh"):
            own = explorer.document(f"{address}&lang=zh")
        assert own == english == explorer.document(f"{address}&lang=en")
        assert [
            text for text in strings(english) if CHINESE.search(text) or re.search("[A-Za-z]{2,} [A-Za-z]{2,}", text)
        ] == []


def test_methods_that_fail_are_named_in_the_language_that_is_spoken(monkeypatch):
    def fail(*given):
        raise RuntimeError("out of order")

    for name in ("matrix", "zero_insertion"):
        monkeypatch.setitem(METHODS, name, fail)
    found = agreement(run.__wrapped__(Settings.of([[1, 2], [3, 4]], [[9, 8], [7, 6]])), 0)
    assert speak(found["message"]) == "zero_insertion, matrix failed"
    with speaking("zh"):
        assert speak(found["message"]) == "失败：零插入、矩阵"


def test_an_animation_is_drawn_in_the_language_that_is_spoken(monkeypatch):
    heard = []

    def in_english(*given, **more):
        heard.append(spoken())
        with speaking("en"):  # the letters of every picture are tested with the fonts
            return svg(*given, **more)

    monkeypatch.setattr(animation, "svg", in_english)
    for language in ("zh", "en"):
        heard.clear()
        with speaking(language):
            animation.gif(explorer.document(), 300)
        assert set(heard) == {language}


def test_a_file_is_in_the_language_that_is_spoken():
    english = content(".html", "?preset=groups")
    with speaking("zh"):
        own = content(".html", "?preset=groups").decode()
        programs = content(".py", "?preset=groups").decode()
    assert content(".html", "?preset=groups") == english
    assert '<html lang="zh' in own
    assert CHINESE.search(own)
    assert CHINESE.search(programs)
    assert not CHINESE.search(english.decode())
    assert ast.dump(ast.parse(programs)) == ast.dump(ast.parse(content(".py", "?preset=groups")))
