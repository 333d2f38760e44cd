"""axe-core on a page: what breaks WCAG 2.2 at the levels A and AA, or what axe-core calls best practice."""

from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """async ([selector, tags, allowed]) => {
  const within = selector ? { include: [[selector]] } : document;
  const rules = { "color-contrast": { enabled: selector !== ".tconv-stage" } };
  const options = { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"], elementRef: true };
  const { violations } = await axe.run(within, options);
  const reasonOf = (rule, node) => allowed.find(([name, selector]) => name === rule && node.matches(selector)) ?? null;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ element, html, failureSummary }) =>
    [id, html.slice(0, 200), failureSummary.split("\\n").at(-1).trim(), reasonOf(id, element)])); }"""


class Violation(NamedTuple):
    """What axe-core found: its rule, the node's HTML, and what is wrong with it."""

    rule: str
    html: str
    why: str


Allowed = Mapping[tuple[str, str], str]
"""(rule, selector of the nodes) -> why it stays."""


def violations(page: Page, allowed: Allowed, within: str = "") -> tuple[list[Violation], set[tuple[str, str]]]:
    """What axe-core finds and nothing allows, and what it finds that is allowed.

    ``within``: a selector of the part of the page that is looked at; empty: all of it. Of a whole stage the contrast is
    left out: it takes most of the time, and the cells lie over pictures, where axe-core cannot tell; whoever looks at
    the page has it once.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(f"{AXE};0")
    found = page.evaluate(RUN, [within, TAGS, [list(one) for one in allowed]])
    ours = [Violation(*parts) for *parts, reason in found if reason is None]
    return ours, {tuple(reason) for *_, reason in found if reason is not None}
