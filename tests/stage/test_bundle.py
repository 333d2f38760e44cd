"""The stage's modules joined into one: every form that they may use, and what is refused."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from explorer.figures.palette import PALETTES
from explorer.stage import SHEETS, bundle, constants, script_json, style
from explorer.stage.bundling import join, modules

ROOT = Path(__file__).parents[2]
STAGE = ROOT / "explorer" / "stage"
HOSTS = sorted(path.relative_to(STAGE).as_posix() for path in (STAGE / "hosts").glob("*.js"))


@pytest.fixture
def joined(tmp_path):
    """joined(entry, start, {path: source}): the files written into a folder, and the entry joined from there."""

    def joined(entry, start, files):
        for name, source in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(source, encoding="utf-8")
        return join(entry, lambda name: (tmp_path / name).read_text(encoding="utf-8"), start)

    return joined


def test_every_form_of_import_and_export(joined):
    text = joined(
        "hosts/page.js",
        "export default open(1);",
        {
            "numbers.js": "const secret = 1;\n/** One. */\nexport const one = secret;\nexport class Two {}\n",
            "parts/cell.js": "\n".join(
                [
                    "// A comment that says import and export.",
                    'import { one as first, Two } from "../numbers.js"; // why',
                    "const secret = first;",
                    "async function later() {}",
                    "export async function* cells() {}",
                    "export { secret as cell, later };",
                ]
            ),
            "hosts/page.js": "\n".join(
                [
                    "import {",
                    "  cell, // the cell",
                    "  later as soon,",
                    '} from "../parts/cell.js";',
                    'import { one } from "../numbers.js";',
                    "export function open(n) {",
                    '  return [n, "export default"];',
                    "}",
                    "export const closed = () => [cell, soon, one];",
                ]
            ),
        },
    )
    assert [line for line in text.splitlines() if line] == [
        "const stage_numbers = (() => {",
        "const secret = 1;",
        "/** One. */",
        "const one = secret;",
        "class Two {}",
        "return { one, Two };",
        "})();",
        "const stage_parts$cell = (() => {",
        "const { one: first, Two } = stage_numbers;",
        "// A comment that says import and export.",
        "const secret = first;",
        "async function later() {}",
        "async function* cells() {}",
        "return { cells, cell: secret, later };",
        "})();",
        "const stage_hosts$page = (() => {",
        "const { cell, later: soon } = stage_parts$cell;",
        "const { one } = stage_numbers;",
        "function open(n) {",
        '  return [n, "export default"];',
        "}",
        "const closed = () => [cell, soon, one];",
        "return { open, closed };",
        "})();",
        "const { open, closed } = stage_hosts$page;",
        "export default open(1);",
    ]
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == ["export default open(1);"]


def test_a_module_that_two_need_stands_once_and_first(joined):
    files = {
        "a.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\nexport const a = [b, c];',
        "b.js": 'import { c } from "./c.js";\nexport const b = c;',
        "c.js": "export const c = 3;",
    }
    text = joined("a.js", "", files)
    assert re.findall(r"^const (stage_\w+)", text, re.MULTILINE) == ["stage_c", "stage_b", "stage_a"]
    assert text.endswith("return { a };\n})();")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'},
            ["circle", "a.js → b.js → a.js"],
        ),
        ({"a.js": 'import { a } from "./a.js";'}, ["circle", "a.js → a.js"]),
        ({"a.js": 'import { b } from "./b.js";'}, ["a.js", "b.js"]),
        ({"b.js": ""}, ["entry", "a.js"]),
        ({"a.js": 'import { b, c as d } from "./b.js";', "b.js": "export const b = 1;\nconst c = 2;"}, ["b.js", "c"]),
        ({"a.js": 'import { b } from "../b.js";'}, ["a.js", "../b.js"]),
        ({"a.js": 'import { b } from "plotly";'}, ["a.js", "plotly"]),
        ({"a.js": 'import b from "./b.js";'}, ["a.js", "import b from"]),
        ({"a.js": 'import "./b.js";'}, ["a.js", 'import "./b.js"']),
        ({"a.js": 'import * as b from "./b.js";'}, ["a.js", "import * as b"]),
        ({"a.js": "export default 1;"}, ["a.js", "export default 1;"]),
        ({"a.js": "export let a = 1;"}, ["a.js", "export let a"]),
        ({"a.js": "export const { a } = {};"}, ["a.js", "export const { a }"]),
        ({"a.js": 'export { b } from "./b.js";'}, ["a.js", "export { b } from"]),
    ],
)
def test_what_cannot_be_joined_is_refused_by_name(joined, files, words):
    with pytest.raises(ValueError) as raised:
        joined("a.js", "", files)
    assert all(word in str(raised.value) for word in words), raised.value


def source(name):
    return (STAGE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_can_be_joined(host):
    text = bundle(host, "export default CONSTANTS;")
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == ["export default CONSTANTS;"]
    assert text.count("const CONSTANTS = ") == 1
    assert "const CONSTANTS = " not in bundle(host)


def test_every_module_is_reached_by_a_host():
    reached = {module.name for host in HOSTS for module in modules(host, source)}
    assert reached == {path.relative_to(STAGE).as_posix() for path in STAGE.rglob("*.js")}


def test_the_constants_are_in_the_bundle_as_they_are():
    line = next(line for line in bundle("numbers.js", "CONSTANTS;").splitlines() if line.startswith("const CONSTANTS"))
    assert json.loads(line.removeprefix("const CONSTANTS = ").removesuffix(";")) == json.loads(json.dumps(constants()))
    assert "<" not in line


def test_json_in_a_script_ends_no_script_and_holds_no_nan():
    text = script_json({"a": "</script><!-- é"})
    assert "<" not in text and json.loads(text) == {"a": "</script><!-- é"}
    with pytest.raises(ValueError):
        script_json(float("nan"))


def test_the_palettes_are_the_page_s_themes():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        palette = PALETTES[name]
        assert theme[name] == {
            "primaryColor": palette.primary,
            "backgroundColor": palette.background,
            "secondaryBackgroundColor": palette.surface,
            "textColor": palette.text,
            "borderColor": palette.border,
        }


def test_every_colour_of_the_style_sheet_is_set_for_all_themes():
    rule = r"^\.tconv-stage(?:\[data-theme=\"\w+\"\])? \{\n((?:  --.*\n)+)\}"
    light, dark, contrast = re.findall(rule, style(), re.MULTILINE)[: len(PALETTES)]
    set_light, *others = (
        set(re.findall(r"^  (--tconv-[\w-]+):", rule, re.MULTILINE)) for rule in (light, dark, contrast)
    )
    assert others == [set_light - {"--tconv-font"}] * 2
    assert "--st-" not in contrast  # these colours are not a page's
    sheets = "\n".join(map(source, SHEETS))
    used = set(re.findall(r"var\((--tconv-[\w-]+)", sheets))
    given = set(re.findall(r"(--tconv-[\w-]+):", sheets))
    assert used <= set_light | given
    assert f"--tconv-background: var(--st-background-color, {PALETTES['dark'].background});" in dark
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|--st-", sheets)
