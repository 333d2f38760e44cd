"""No word that a person reads stands in the JavaScript, and no texts are joined or cut there."""

import re

import pytest

from explorer.text import languages, texts_in
from tests.stage.javascript import Literal, literals
from tests.stage.test_style import SOURCES
from tests.test_text import flat

SCRIPTS = {name: text for name, text in SOURCES.items() if name.endswith(".js")}
CLASSES = set(
    re.findall(r"\.([A-Za-z][\w-]*)", "\n".join(text for name, text in SOURCES.items() if name.endswith(".css")))
)
"""What the style sheets call elements."""

KEYS = re.compile(
    r"(?:(?:Ctrl|Shift)\+)*(?:[A-Z\0]|Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down)|Home|End|Enter|Escape|Tab|F2)"
)
"""A key as the keyboard, and a browser's event, name it."""
IDENTIFIERS = {
    "learning/panel/parts.js": {"show term"},  # what a node is found by again
    "networks/panel/chart.js": {"scrolled low"},  # classes that a sheet names by one of them only
    "networks/panel/trip.js": {"trip own"},
    "stage/copying.js": {"None"},  # Python's
    "stage/features/covering.js": {"script, noscript, style, link, template"},
    "stage/hosts/streamlit/languages.js": {"\0=\0; path=\0; max-age=\0; SameSite=Lax"},
    "stage/parts/example.js": {"look reset"},
    "stage/parts/grid.js": {"0 \0ch 0 \0ch", "grid grid-\0"},
    "stage/typing.js": {
        "textarea, select, [contenteditable=''], [contenteditable=true], [role=combobox], [role=textbox]",
        "button, summary, a[href], [role=button], [role=switch], [role=checkbox], [role=radio],\n"
        "  input[type=checkbox], input[type=radio]",
    },
}
"""Literals of two words or with a capital that nobody reads, by module."""
QUERY = re.compile(r"(?:screen and )?\([a-z-]+: [a-z]+\)")
"""What a style sheet asks of a screen."""

CAPITAL = re.compile(r"(?<![\w-])[A-Z][a-z]")
WORD = re.compile(r"(?<![^\s\0(“])[^\W\d_][\w'’-]*(?![^\s\0,.;:!?)”])")
LETTERS = re.compile(r"[^\W\d_]{2}|[\u3400-\u9fff]")
SHOWN = re.compile(
    r"""(?:\b(?:element|button)\((?:[^()]*,){2}\s*|\bnamed\([^,()]*,\s*|\.(?:textContent|title|alt|placeholder)
    \s*\??\??=\s*|\b(?:ariaLabel|alt|placeholder|textContent):\s*|"aria-(?:label|description|valuetext)",\s*
    |(?<![.\w])(?:say|filled)\(\s*)$""",
    re.VERBOSE,
)
"""What stands before a literal that is put before people's eyes: of such a one even a single word is found."""


def is_read(name: str, literal: Literal) -> bool:
    """Whether a literal may be read by a person: two words, a word with a capital, or any word in such a place."""
    text = literal.text
    if literal.before.lstrip().startswith(("import ", "} from ")) or KEYS.fullmatch(text):
        return False
    if SHOWN.search(literal.before):
        return bool(LETTERS.search(text))
    is_named = text in IDENTIFIERS.get(name, ()) or QUERY.fullmatch(text)
    if is_named or all(word in CLASSES for word in text.replace("\0", " ").split()):
        return False
    return bool(CAPITAL.search(text)) or len(WORD.findall(text)) > 1 or bool(re.search("[\u3400-\u9fff]", text))


def read_by_people(name: str, source: str) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in literals(source) if is_read(name, one)]


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_word_that_a_person_reads_stands_in_a_module(name):
    assert read_by_people(name, SCRIPTS[name]) == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('import { a } from "./Some Thing.js";', 0),
        ('element("p", "tool primary", words.close);', 0),
        ('if (key === "ArrowUp" || key === "Enter") go();', 0),
        ('named(node, words.undo, "Ctrl+Shift+Z");', 0),
        ('node.append(a, " ", b, ` · ${c}`, "×");', 0),
        ("text.split(/[.,] A few/);", 0),
        ("// A comment of words\n/* and Another */ f(1 / 2);", 0),
        ('say("two words");', 1),
        ('const text = "Close";', 1),
        ("const text = `${count} more cells`;", 1),
        ('f(`${g("Some words")}`);', 1),
        ('node.title = "close";', 1),
        ('element("b", "", "close");', 1),
        ('node.setAttribute("aria-label", "close");', 1),
        ('const text = "\u5173\u95ed";', 1),
    ],
)
def test_a_word_is_seen(source, count):
    assert len(read_by_people("some.js", source)) == count


def test_every_identifier_is_there():
    """What is allowed is used; else it would allow what comes later."""
    for name, allowed in IDENTIFIERS.items():
        assert allowed <= {one.text for one in literals(SCRIPTS[name])}, name


# ---- texts are joined by the keys of `joints`, and come apart where they are needed apart

JOINED = {
    ("networks/panel/sketch.js", " "),  # classes
    ("stage/copying.js", ", "),  # a list as Python writes it
    ("stage/parts/layout.js", " "),  # terms of a sum, each with its sign
    ("upsampling/panel/training.js", " "),  # points of a curve
}
"""What is joined by a space or a comma, and is no text."""
SIDE_BY_SIDE = {("stage/parts/grid.js", "\0: \0"), ("stage/parts/grid.js", "\0, \0")}
"""Texts with a sign between them: where a cell is, in numbers, and its number."""


def joined(name: str, source: str) -> set[tuple[str, str]]:
    found = [one for one in literals(source) if re.search(r"\bjoin\($", one.before)]
    return {(name, one.text) for one in found if re.fullmatch("[.,;:!?]? |[\u3002\uff0c\uff1b\u3001]", one.text)}


def beside(name: str, source: str) -> set[tuple[str, str]]:
    return {(name, one.text) for one in literals(source) if re.search("\0[.,;:!?] \0", one.text)}


def test_texts_are_joined_by_the_language_s_own_signs():
    assert set().union(*(joined(*pair) for pair in SCRIPTS.items())) == JOINED
    assert set().union(*(beside(*pair) for pair in SCRIPTS.items())) == SIDE_BY_SIDE


@pytest.mark.parametrize(
    ("source", "find"),
    [('a.join(" ")', joined), ('a.join(", ")', joined), ('a.join("; ")', joined), ("`${a}. ${b}`", beside)],
)
def test_a_joint_is_seen(source, find):
    assert find("some.js", source)


@pytest.mark.parametrize("name", SCRIPTS)
def test_places_are_filled_by_the_one_function_that_fills_them(name):
    assert not re.search(r"""\.replace(?:All)?\(["'`]\{""", SCRIPTS[name])


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_text_is_cut_at_its_sentences(name):
    assert not re.search(r"""\.split\((?:/[^/\n]*(?:\\\.|[.\u3002]\])|["'`][.\u3002] )""", SCRIPTS[name])


# ---- what stands before another sentence ends as one, where no space parts the two

NO_SENTENCES = re.compile(
    r"sentences\.(more|less|from_channel|plus_bias|others|nothing|canvas_cell|(lands|row|column).*)|frame\.(and|top|bottom|left|right)"
)
"""Of the tables below what is a part of a sentence."""
BEFORE_OTHERS = re.compile(
    r"sentences\..*|frame\..*|gradient\..*|agreement\.(detail|exact|others_exact|no_torch|rounded)"
    r"|stage\.(down|kept)|what_if\.(nothing|size|differs.*)|learn\.(predict|right|wrong|unread)"
    r"|upsampling\.(answers|verdict|picture_errors)\..*|layer_page\.verdict\.(plain|hit|missed)"
    r"|upsample_page\.words\.(mend|upload_.*|difference_help|spectrum_help)|export\.slider_row\.moved"
)
"""The texts that the modules put before other ones."""


def unended(language: str) -> list[str]:
    """The texts that would run into what follows them."""
    texts = dict(flat(texts_in(language)))
    is_own = re.compile(r".*([.!?:\u3002\uff01\uff1f\uff1a]|\{wasted\})")
    names = [name for name in texts if BEFORE_OTHERS.fullmatch(name) and not NO_SENTENCES.fullmatch(name)]
    return [name for name in names if not is_own.fullmatch(texts[name])]


@pytest.mark.parametrize("language", languages())
def test_what_stands_before_another_sentence_ends_as_one(language):
    if texts_in(language).get("joints", {}).get("sentences") == "":
        assert unended(language) == []


def test_a_text_without_an_end_is_seen():
    assert "gradient.agrees" in unended("en")  # a space parts it from the next
