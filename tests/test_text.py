"""Sentences are data: what the code says is there, and it says nothing else. Read from the source by ast."""

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import explorer.text
from explorer.fills import FILLS
from explorer.learning.commands import COURSE_RULES
from explorer.methods import METHODS, WITNESSES
from explorer.presets import PRESETS
from explorer.session.address import GRIDS
from explorer.session.commands import RULES
from explorer.session.names import ADVICE
from explorer.settings import LIMITS, settle
from explorer.text import LANGUAGE, laid_over, languages, say, speaking, spoken, texts, texts_in
from explorer.views import VIEWS

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "explorer").rglob("*.py"), ROOT / "app.py"])
JOINING = [path for path in FILES if path.name != "app.py"]


@cache
def parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def trees(paths=FILES):
    return [(path.relative_to(ROOT), parsed(path)) for path in paths]


@cache
def all_calls(tree):
    """(what is called, the call) of each call that has arguments."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    return [(dotted(node.func), node) for node in found]


def dotted(node):
    """``say``, ``Notice.of``: as `ast.unparse` writes names, in a hundredth of its time; "" for what is no name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(name, tree):
    """The calls of a function of that name, or of a method ``Class.name``."""
    return [node for called, node in all_calls(tree) if called == name]


def pattern_of(node):
    """A regular expression of the strings that a literal or an f-string can be, or None for what is neither."""
    if isinstance(node, ast.Constant):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values)
    if isinstance(node, ast.IfExp):
        return f"(?:{pattern_of(node.body)}|{pattern_of(node.orelse)})"
    return None


def flat(table, above=""):
    for name, value in table.items():
        path = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{path}.")
        else:
            yield path, value


def places(template):
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


TEMPLATES = dict(flat(texts()))
INCOMPLETE: set[str] = set()
"""Languages that are begun and lack texts, which are said in English."""


@pytest.fixture(params=languages())
def language(request):
    """Each language, which is spoken meanwhile."""
    with speaking(request.param):
        yield request.param


def uses():
    """(file, line, the templates' paths as a pattern, the names supplied or None where they are unpacked)."""
    for path, tree in trees():
        for prefix, function in (("", "say"), ("", "message"), ("", "phrase"), ("notices.", "Notice.of")):
            for call in calls(function, tree):
                pattern = pattern_of(call.args[0])
                if pattern is None:  # Notice.of(error.key, …): the keys of Unreadable, below; message(phrase.key, …)
                    continue
                names = {keyword.arg for keyword in call.keywords}
                yield f"{path}:{call.lineno}", re.escape(prefix) + pattern, None if None in names else names


USES = list(uses())
UNREADABLE = {
    ast.literal_eval(call.args[0])
    for _, tree in trees()
    for call in calls("Unreadable", tree)
    if isinstance(call.args[0], ast.Constant)
}


def test_the_calls_are_found():
    assert len(USES) > 70
    assert {"agreement\\.detail", "grids\\.WT", "title"} < {use[1] for use in USES}
    assert len({use[1] for use in USES}) > 30
    assert {"not_a_number", "too_large", "ragged", "outside", "unknown", "no_cell"} < UNREADABLE


@pytest.mark.parametrize(("where", "pattern", "supplied"), USES, ids=[f"{use[0]} {use[1]}" for use in USES])
def test_every_text_that_is_said_exists_and_is_filled(where, pattern, supplied):
    found = {path: template for path, template in TEMPLATES.items() if re.fullmatch(pattern, path)}
    filled = [path for path, template in found.items() if supplied is None or places(template) <= supplied]
    assert filled
    if "[^.]+" not in pattern:  # what an f-string says depends on a value: tests/documents and others say them all
        assert filled == list(found)


def test_every_notice_can_be_said_and_is_used(language):
    # Unreadable's keys become notices with these values, and with what a rule says.
    bounds = {"low": 0, "high": 1}
    rules = dict.fromkeys(("outside", "outside_pair", "outside_seeds", "outside_crop"), bounds)
    rules |= {"other_count": {"channels": 1}}
    rules |= {"too_large_grid": GRIDS["x"], "too_many_blocks": GRIDS["x"], "other_shape": {"shape": "1×2×2"}}
    for key in UNREADABLE:
        rule = rules.get(key, {})
        assert places(texts()["notices"][key]) <= {"field", "value"} | rule.keys()
        assert "{" not in say(f"notices.{key}", field="x", value="y", **rule)
    raised = UNREADABLE | set(ADVICE.values())
    raised |= {
        "output_padding_moved",
        "padding_moved",
        "grown_fill",
        "grown_own",
        "grown_fill_both",
        "grown_own_both",
    }  # said by f-strings
    raised |= {pattern.removeprefix("notices\\.") for _, pattern, _ in USES if pattern.startswith("notices\\.")}
    raised = {key for key in raised if "[" not in key and "(" not in key}
    assert texts()["notices"].keys() == raised
    _, notices = settle({"padding": 9, "output_padding": 9}, (1, 1))
    assert [notice.key for notice in notices] == ["output_padding_moved", "padding_moved"]


def test_what_a_person_types_is_refused_in_words(language):
    source = (ROOT / "explorer" / "decimals.py").read_text(encoding="utf-8")
    function = next(
        node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == "parse_number"
    )
    keys = {call.args[0].value for call in calls("Unreadable", function)}
    assert texts()["refusals"].keys() == keys
    for key in keys:
        assert "“5 apples”" in say(f"refusals.{key}", text="5 apples")


def test_every_name_that_is_shown_has_its_text(language):
    assert texts()["presets"].keys() == PRESETS.keys()
    assert texts()["methods"].keys() == METHODS.keys() | WITNESSES.keys()
    assert texts()["agreement"]["names"].keys() == METHODS.keys() | WITNESSES.keys()
    assert texts()["fills"].keys() == FILLS.keys()
    assert texts()["command_names"].keys() == RULES.keys() | COURSE_RULES.keys()
    assert set(VIEWS) <= texts()["views"].keys()
    assert LIMITS.keys() <= texts()["controls"].keys()
    assert LIMITS.keys() <= texts()["help"].keys()
    assert {"stride", "padding", "output_padding", "dilation"} == texts()["hints"].keys()
    assert {"padding", "output_padding"} == texts()["up_to"].keys() == texts()["off_apart"].keys()
    assert {preset.cell.quantity for preset in PRESETS.values() if preset.cell} <= texts()["notebook"].keys()


@pytest.mark.parametrize("other", languages())
def test_what_a_language_lacks_is_listed(other):
    missing = [name for name in TEMPLATES if name not in dict(flat(texts_in(other)))]
    assert bool(missing) == (other in INCOMPLETE), missing


@pytest.mark.parametrize("other", languages())
def test_every_language_has_no_other_keys_and_the_same_places(other):
    own = dict(flat(texts_in(other)))
    assert [name for name in own if name not in TEMPLATES] == []
    for name, template in own.items():
        assert isinstance(template, str)
        assert template.strip() or name.startswith("joints.")
        assert places(template) == places(TEMPLATES[name]), name


def test_what_a_language_lacks_is_said_in_english(tmp_path, monkeypatch):
    """A third language is one file; it may say one thing only."""
    for language in languages():
        (tmp_path / f"{language}.toml").write_bytes((ROOT / f"explorer/text/{language}.toml").read_bytes())
    (tmp_path / "fr.toml").write_text('language = "Français"\ntitle = "Convolution transposée"\n', encoding="utf-8")
    made = (explorer.text.languages, explorer.text.texts_in, explorer.text._complete)
    monkeypatch.setattr(explorer.text, "files", lambda _: tmp_path)
    try:
        for kept in made:
            kept.cache_clear()
        assert dict(explorer.text.languages()) == {"en": "English", "fr": "Français", "zh": "中文"}
        with speaking("fr"):
            assert say("title") == "Convolution transposée"
            assert say("grids.cropped", canvas="4×9") == "Full canvas 4×9, cropped to output Y"
            assert list(texts()) == list(texts_in(LANGUAGE))
        assert spoken() == LANGUAGE
    finally:
        for kept in made:
            kept.cache_clear()


def test_a_table_of_another_shape_changes_none():
    below = {"a": {"b": "cell"}, "c": "crop"}
    assert laid_over(below, {"d": "x"}) == below
    assert laid_over(below, {"a": {"b": "元素", "e": "x"}, "c": "裁剪"}) == {"a": {"b": "元素"}, "c": "裁剪"}


def test_no_place_is_without_a_name():
    for path, template in TEMPLATES.items():
        assert all(name.isidentifier() for name in places(template)), path


def literals(tree):
    """The string literals of a module, parts of f-strings too, without docstrings and constants' descriptions."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node, node.value


OF_PROGRAMMERS = {"LayerError", "LessonError", "PlaceError", "ValueError", "TypeError"}
"""Errors of the functions: what they say is English, and no page repeats it (`rules` has what pages do)."""
THEIR_RULES = {f"explorer/{name}.py" for name in ("afterwards", "arguments", "sizes")}
"""Where such an error's rule is put together before it is raised."""
NO_SENTENCES = {"python -m explorer", "light dark", "input size", "move crop", "export default ", "const CONSTANTS = "}
NAMES_OF_LAYERS = "explorer/networks/reading/passing.py"


def for_programmers(tree):
    """The parts of errors that programmers see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and dotted(node.exc.func) in OF_PROGRAMMERS:
            yield from map(id, ast.walk(node))


def sentences(tree):
    """Literals of two words or more that people read. CSS, HTML and JavaScript are none."""
    programmers = set(for_programmers(tree))
    for node, text in literals(tree):
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|\{[^}]*\}", "", text))
        is_code = text.rstrip().endswith((";", "}", "{", "(")) or "[" in text
        is_named = text in NO_SENTENCES or re.match("Source Sans|Noto Sans|Segoe UI", text)
        is_sentence = len(words) >= 2 and re.search(r"\w\s+\w", text) and not is_named
        if is_sentence and not is_code and id(node) not in programmers:
            yield node.lineno, text


@pytest.mark.parametrize(("path", "tree"), [pytest.param(*pair, id=str(pair[0])) for pair in trees()])
def test_no_sentence_stands_in_the_code(path, tree):
    assert bool(list(sentences(tree))) == (str(path) in {*THEIR_RULES, NAMES_OF_LAYERS})


SAYING = {"label", "help", "placeholder", "body", "title", "page_title", "description", "metavar"}
NOT_SAYING = {"get_option", "set_option", "html", "Page"}


def labels(tree):
    """Words that a widget of Streamlit or a parser gets as they are, even a single one."""
    for called, call in all_calls(tree):
        owner, _, name = called.rpartition(".")
        first = call.args[:1] if owner == "st" and name not in NOT_SAYING else []
        for value in [*first, *(one.value for one in call.keywords if one.arg in SAYING and owner)]:
            for node, text in literals(value):
                if re.search("[A-Za-z]{2}", text) and not any(
                    id(node) in map(id, ast.walk(one)) for one in said(value)
                ):
                    yield node.lineno, text


def said(value):
    """The calls within a value: what they get are names."""
    return [node for node in ast.walk(value) if isinstance(node, (ast.Call, ast.Subscript))]


@pytest.mark.parametrize(("path", "tree"), [pytest.param(*pair, id=str(pair[0])) for pair in trees()])
def test_no_label_stands_in_the_code(path, tree):
    names = {"ADDRESS", "FILE", "PX", "MS", "NAMES"} if path == Path("explorer/__main__.py") else set()
    assert {text for _, text in labels(tree)} == names


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('st.button("Compare")', 1),
        ('st.markdown(f"**{name}**: good")', 1),
        ('st.text_area(say("compare.label"), help="Numbers")', 1),
        ("st.markdown(f\"**{say('compare.found')}**\")", 0),
        ('st.get_option("server.port")', 0),
        ('st.button(say("compare.button"), key="compare_button", type="primary")', 0),
    ],
)
def test_a_label_is_seen(source, found):
    assert len(list(labels(ast.parse(source)))) == found


JOINED_CODE = {
    "breaking": 1,  # the words of a line
    "code_text": 1,  # numbers of a program
    "documents/facts": 1,  # what the notebook prints
    "export/picture/fonts": 1,  # families of fonts
    "figures/typefaces": 1,
    "export/picture/raster": 1,  # characters that no font has
    "export/picture/svg": 2,  # the words of a title, apart at their spaces
    "export/picture/views": 1,  # the signs of a formula
    "failing": 1,  # an error's own words, in one line
    "__main__": 1,
    "lessons/lesson": 1,  # for those who write lessons
    "lessons/markup": 1,  # the words of a paragraph, apart at the ends of lines
    "lessons/places": 3,  # rows of numbers
    "lessons/reading": 2,
    "networks/fitting": 1,  # from here on code of frameworks
    "networks/lines": 2,
    "networks/page/trip": 1,
    "networks/page/writing": 2,
    "networks/programs": 1,
    "networks/reading/attributes": 3,
    "networks/reading/found": 1,
    "networks/reading/fragments": 1,
    "networks/reading/torch_calls": 1,
    "networks/writing": 1,
    "pages/fonts": 3,  # style sheets
    "pages/policy": 3,  # headers of HTTP
    "pages/server": 1,
    "questions/drawing": 2,  # rows of numbers
    "stage/bundling": 2,  # JavaScript
}
"""How often a module joins what is no sentence; `in_a_row`, `in_clauses` and `Listed` join as the language does."""


def joins(tree):
    """Calls of `join` whose sign is a space, a comma or a semicolon."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "join":
            sign = node.func.value
            if isinstance(sign, ast.Constant) and sign.value in (" ", ", ", "; ", ". ", ": "):
                yield node.lineno


def test_sentences_are_joined_as_the_language_does():
    counts = {
        str(path.relative_to("explorer").with_suffix("")): len(list(joins(tree))) for path, tree in trees(JOINING)
    }
    assert {name: count for name, count in counts.items() if count > JOINED_CODE.get(name, 0)} == {}
    assert list(joins(ast.parse('x = ", ".join(names)\ny = " ".join(said)\nz = "×".join(sizes)'))) == [1, 2]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say("grids.input")', 0),
        ('"""A docstring of many words."""\nx = 1', 0),
        ('x = \'<div class="tconv-stage" data-testid="stage" role="group"></div>\'', 0),
        ('x = ".stage { color: red; margin: 0 auto }"', 0),
        ('x = "rgba(0,0,0,0)"', 0),
        ('x = "--font: var(--st-font, sans-serif);"', 0),
        ('x = "export default createHost("', 0),
        ('raise ValueError(f"{name}: there is no such module")', 0),
        ('st.write("This is a sentence")', 1),
        ('st.write(f"The stride is {stride} now")', 1),
        ("st.write('<b>Each of these words</b>')", 1),
        ('st.write("Two words")', 1),
        ('raise BadRequest(f"{file}: not written")', 1),
        ('raise LayerError("stride", 0, "must be at least 1")', 0),
    ],
)
def test_a_sentence_is_seen(source, found):
    assert len(list(sentences(ast.parse(source)))) == found


def colours(tree):
    return [(node.lineno, text) for node, text in literals(tree) if re.search(r"#[0-9a-fA-F]{3,8}\b", text)]


@pytest.mark.parametrize(("path", "tree"), [pytest.param(*pair, id=str(pair[0])) for pair in trees()])
def test_colours_stand_in_the_palette_only(path, tree):
    assert bool(colours(tree)) == (path == Path("explorer/figures/palette.py"))


def test_say():
    assert say("grids.cropped", canvas="4×9") == "Full canvas 4×9, cropped to output Y"
    assert say("title") == "Transposed convolution"
    with pytest.raises(KeyError):
        say("grids.none")
    with pytest.raises(KeyError):
        say("grids.cropped")
