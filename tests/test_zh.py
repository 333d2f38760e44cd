"""The Chinese texts: the keys and places of the English ones, Chinese in every sentence, its signs and its spaces."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest

from explorer.lessons import GLOSSARY
from explorer.lessons.markup import parsed
from explorer.lessons.places import PLACE
from explorer.limits import LIMITS
from explorer.limits import LONGEST as LONGEST_ROW
from explorer.mistakes import MISTAKES
from explorer.presets import PRESETS
from explorer.settings import LARGEST_NUMBER
from tests.lessons.course import TEXTS

EXPLORER = Path(__file__).parents[1] / "explorer"
CHINESE = "\u4e00-\u9fff"
FULL_WIDTH = "\uff0c\uff1a\uff1b\uff1f\uff01\u3002\u3001"
"""The signs of a sentence: , : ; ? ! . and the enumeration comma."""
WRONG_SIGNS = {
    "a full-width digit, letter or bracket": "[\uff08\uff09\uff10-\uff19\uff21-\uff3d\uff41-\uff5d\u300c-\u3011]",
    "a half-width sign after a Chinese character": rf"[{CHINESE}][,:;?!]|[{CHINESE}]\.(?!\w)",
    "a half-width sign at the end": r"(?<=[\w)\x00])[,:;?!]$",
    "a half-width sign before a Chinese character": rf"[,:;?!.][{CHINESE}]",
    "a space beside a full-width sign": rf"[{FULL_WIDTH}] | [{FULL_WIDTH}]",
    "no space between Chinese and Latin": rf"[{CHINESE}][A-Za-z0-9(]|[A-Za-z0-9)%][{CHINESE}]",
    "a space between Chinese characters": rf"[{CHINESE}] +[{CHINESE}]",
    "English words in a row": r"(?<![\w.])[a-z]{2,}(?: [a-z]+){2,}",
}
SPOKEN_IN_CHINESE = {
    *("axis", "chosen", "columns", "does", "field", "grid", "larger", "name", "rows", "side", "sizes", "title"),
}
"""Places that the program fills with Chinese, so that no space stands beside them."""
IDENTIFIERS = set(
    """
    arange bias BibTeX ConvTranspose2d crop Ctrl dilation Down Dumoulin dX dY End Escape FCN flax groups Home ICNR
    iframe in_channels jax JAX Keras kernel_size LaTeX lax Markdown nn NumPy ONNX out_channels output_padding padding
    Page PSNR PyTorch same Shift Sobel SSIM stride Tab torch Up vec Visin
    """.split()
)
"""Words that stay Latin where a whole text has no Chinese."""
CODE = ("code.programs.", "code.crop.", "code.bias.", "code.checks.", "export.notebook.program", "export.quotations.")
NETWORK_CODE = re.compile(r"networks\.programs\.(numbers|bias|check|check_of_sums|templates\..*|lines\..*)")


def table(path):
    return tomllib.loads((EXPLORER / path).read_text(encoding="utf-8"))


def flat(found, above=""):
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


ENGLISH, OWN = (dict(flat(table(f"text/{language}.toml"))) for language in ("en", "zh"))


def is_code(path):
    return path.startswith(CODE) or bool(NETWORK_CODE.fullmatch(path))


SENTENCES = {path: text for path, text in OWN.items() if not is_code(path)}
PROGRAMS = {path: text for path, text in OWN.items() if is_code(path)}


def places(template):
    """The places of a template, each with its format."""
    return {(name, form) for _, name, form, _ in Formatter().parse(template) if name is not None}


def wrong_signs(text):
    """What is wrong in a text, without what its places hold."""
    rest = re.sub(r"\{[^{}]*\}|pip install \S+", "\x00", text)
    found = [(what, match[0]) for what, sign in WRONG_SIGNS.items() for match in re.finditer(sign, rest)]
    beside = rf"(?<=[{CHINESE}])\{{(\w+)[^{{}}]*\}}|\{{(\w+)[^{{}}]*\}}(?=[{CHINESE}])"
    names = {match[1] or match[2] for match in re.finditer(beside, text)} - SPOKEN_IN_CHINESE
    return found + [("no space beside a place", name) for name in sorted(names)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("步幅 (stride) 为 {value}\uff1a第 2 行\u3002", 0),
        ("卷积,填充", 2),
        ("卷积\uff0c 填充", 1),
        ("步幅2", 1),
        ("核 的", 1),
        ("共{count} 个", 1),
        ("\uff08核\uff09", 2),
        ("这里 this is a sentence", 1),
    ],
)
def test_a_wrong_sign_is_seen(text, count):
    assert len(wrong_signs(text)) == count


def test_the_keys_are_those_of_the_english_file_in_their_order():
    assert list(OWN) == list(ENGLISH)


def test_a_text_has_the_places_of_the_english_one():
    assert [path for path, text in OWN.items() if places(text) != places(ENGLISH[path])] == []


def test_the_signs_of_every_sentence():
    assert {path: found for path, text in SENTENCES.items() if (found := wrong_signs(text))} == {}


def test_a_text_without_chinese_has_only_identifiers():
    for path, text in SENTENCES.items():
        words = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]+", re.sub(r"\{[^{}]*\}", "", text)))
        if not re.search(f"[{CHINESE}]", text):
            assert words <= IDENTIFIERS, path


# ---- programs: the same code, its comments in Chinese


def code_and_comments(program):
    """A program without its comments and the Chinese of its strings, and its comments. Places become names."""
    rest = re.sub(r"\{\{|\}\}", "'", program)
    lines = [re.split(r"(?:^|(?<=\s))#\s", line, maxsplit=1) for line in rest.splitlines()]
    code = [re.sub(r'print\("[^"]*"\)', "print()", line[0].rstrip()) for line in lines]
    return code, [line[1] for line in lines if len(line) > 1]


@pytest.mark.parametrize("path", PROGRAMS)
def test_a_program_is_the_english_one_but_for_its_comments(path):
    code, comments = code_and_comments(PROGRAMS[path])
    english, theirs = code_and_comments(ENGLISH[path])
    assert code == english
    assert len(comments) == len(theirs)
    for comment, one in zip(comments, theirs, strict=True):
        assert wrong_signs(comment) == []
        assert re.search(f"[{CHINESE}]", comment) or comment == one, comment  # the same: a shape or a type


# ---- the lessons

LESSONS = sorted(path.name for path in (EXPLORER / "lessons").glob("[0-9]*.toml"))


def parts_of(file):
    """(English, Chinese) of each part of a lesson."""
    english, own = table(f"lessons/{file}"), table(f"lessons/zh/{file}")
    assert [list(part) for part in own["parts"]] == [["text"]] * len(english["parts"])
    return [(one["text"]["en"], other["text"]["zh"]) for one, other in zip(english["parts"], own["parts"], strict=True)]


def texts_of_the_course():
    """(where, English, Chinese) of every text of the course."""
    for file in LESSONS:
        english, own = table(f"lessons/{file}"), table(f"lessons/zh/{file}")
        yield f"{file}, title", english["title"]["en"], own["title"]["zh"]
        for number, (one, other) in enumerate(parts_of(file), 1):
            yield f"{file}, part {number}", one, other
    english, own = table("lessons/glossary.toml"), table("lessons/zh/glossary.toml")
    for name, term in english.items():
        yield f"glossary, {name}, title", term["title"]["en"], own[name]["title"]["zh"]
        yield f"glossary, {name}", term["text"]["en"], own[name]["text"]["zh"]
    english, own = table("lessons/welcome.toml"), table("lessons/zh/welcome.toml")
    for name in ("title", "start", "text"):
        yield f"welcome, {name}", english[name]["en"], own[name]["zh"]


COURSE = list(texts_of_the_course())
texts = pytest.mark.parametrize(("english", "own"), [one[1:] for one in COURSE], ids=[one[0] for one in COURSE])


def test_every_file_of_the_course_has_a_chinese_one_with_its_keys():
    folder = EXPLORER / "lessons"
    names = {path.name for path in folder.glob("*.toml")}
    assert {path.name for path in (folder / "zh").glob("*.toml")} == names
    for file in LESSONS:
        assert table(f"lessons/zh/{file}").keys() == {"title", "parts"}
        assert parts_of(file)
    english, own = table("lessons/glossary.toml"), table("lessons/zh/glossary.toml")
    assert list(own) == list(english)
    assert all({"title", "text"} <= term.keys() <= {"title", "text", "words"} for term in own.values())
    sources = table("lessons/zh/welcome.toml")["sources"]
    assert len(sources) == len(table("lessons/welcome.toml")["sources"])
    assert all(list(text) == ["zh"] for source in sources for text in source.values())
    assert all({"title", "by"} <= source.keys() <= {"title", "by", "url"} for source in sources)


@texts
def test_a_text_of_the_course_has_the_places_terms_and_paragraphs_of_the_english_one(english, own):
    assert {found[0] for found in PLACE.finditer(own)} == {found[0] for found in PLACE.finditer(english)}
    blocks, theirs = parsed(own), parsed(english)
    assert len(blocks) == len(theirs)
    for block, other in zip(blocks, theirs, strict=True):
        assert {run.term for run in block} == {run.term for run in other}
        assert {run.text for run in block if run.style == "code"} >= {
            run.text for run in other if run.style == "code" and "\n" not in run.text
        }
    assert all("\n" not in paragraph for paragraph in own.strip().split("\n\n"))  # a line's end is read as a space


LONGEST, LONGEST_PART = 60, 200
"""Characters of a sentence, and of a part."""


def sentences_of(text):
    """The sentences of a text whose places are filled, without the lines of formulas and programs between them."""
    lines = [line for line in text.splitlines() if re.search(f"[{CHINESE}]", line)]
    return [sentence for line in lines for sentence in re.split("(?<=[\u3002\uff01\uff1f\uff1b\uff1a])", line)]


@pytest.mark.parametrize("text", [text for text in TEXTS if text.where.endswith(", zh")], ids=lambda text: text.where)
def test_sentences_and_parts_are_short(text):
    assert [one for one in sentences_of(text.words) if len(one) > LONGEST] == []
    assert len(text.words) <= LONGEST_PART


@texts
def test_the_signs_of_a_text_of_the_course(english, own):
    plain = re.sub(r"\[\[([^|\]]*)\|[^\]]*\]\]|\*+", r"\1", re.sub("`[^`]*`", "\x00", own))
    assert [(what, sign) for what, sign in wrong_signs(plain) if sign not in ("col2im", "im2col")] == []
    assert re.search(f"[{CHINESE}]", own) or own == english or own == "vec"
    numbers = re.sub(r"`[^`]*`|\{[^{}]*\}|[A-Za-z]+\[[0-9,]+\]|[A-Za-z][A-Za-z0-9]*", "", own)
    assert not re.search("[0-9]", numbers)


def terms_said(file):
    """(term, whether it is linked there) of every place where a lesson says a word of the glossary, in order."""
    terms = table("lessons/zh/glossary.toml").items()
    names = {word: name for name, term in terms for word in (term["title"]["zh"], *term.get("words", {}).get("zh", []))}
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for _, own in parts_of(file):
        for run in (run for block in parsed(own) for run in block):
            if run.style == "term":
                yield run.term, True
            elif run.style != "code":
                yield from ((names[found], False) for found in pattern.findall(run.text))


@pytest.mark.parametrize("file", LESSONS)
def test_a_term_is_linked_where_it_is_first_said(file):
    seen = set()
    for term, is_linked in terms_said(file):
        assert is_linked == (term not in seen), term
        seen.add(term)


def test_no_word_belongs_to_two_terms():
    terms = table("lessons/zh/glossary.toml").values()
    words = [word for term in terms for word in (term["title"]["zh"], *term.get("words", {}).get("zh", []))]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("name", table("lessons/zh/glossary.toml"))
def test_a_term_has_two_sentences(name):
    assert len(re.findall("[\u3002\uff1f]", table("lessons/zh/glossary.toml")[name]["text"]["zh"])) == 2


README = (EXPLORER.parent / "README.zh.md").read_text(encoding="utf-8")


def test_the_numbers_of_the_readme():
    assert len(LESSONS) == 12
    assert f"{len(MISTAKES)} 种常见的误解" in README
    assert f"{len(PRESETS)} 个示例" in README
    assert "十二堂课" in README and f"{len(GLOSSARY)} 个术语" in README
    most = {name: high for name, (_, high) in LIMITS.items()}
    assert f"输入最大 {most['input_height']}×{most['input_width']}" in README
    assert f"核最大 {most['kernel_height']}×{most['kernel_width']}" in README
    assert most["stride"] == most["padding"] and f"步幅和填充最大 {most['stride']}" in README
    assert f"输出填充最大 {most['output_padding']}，膨胀最大 {most['dilation']}" in README
    assert f"输入和输出各最多 {most['in_channels']} 个通道" in README and most["in_channels"] == most["out_channels"]
    assert f"数最大 {LARGEST_NUMBER:.0f}。" in README
    assert f"都可长到 {LONGEST_ROW}。" in README


def test_the_readme_has_the_same_commands():
    root = EXPLORER.parent
    english, own = (
        re.findall(r"```\n(.*?)```", (root / name).read_text(encoding="utf-8"), re.DOTALL)
        for name in ("README.md", "README.zh.md")
    )
    assert own[:2] == english[:2]
    assert all(command.strip() in (root / "README.md").read_text(encoding="utf-8") for command in own)
