"""One history for undo, redo, Back and Forward: the pages before this one, and those after it."""

from dataclasses import dataclass, field, replace

from explorer.session.page import Page

MOST = 200
"""Pages that are kept on each side."""


@dataclass
class History:
    """``past`` and ``future`` around the present page, the nearest page last in both lists.

    Back and Forward of the browser move along the same line as undo and redo, several pages at once: what Back left,
    redo brings back.
    """

    past: list[Page] = field(default_factory=list)
    future: list[Page] = field(default_factory=list)
    last: str = ""  # the change that led to the present page

    def record(self, page: Page, change: str) -> None:
        """Remember a page before a change; moves of one control in a row are undone together."""
        self.future.clear()
        if not (change == self.last and change.startswith("move ")):
            self.past.append(page)
            del self.past[:-MOST]
        self.last = change

    def undo(self, page: Page) -> Page | None:
        """The page before this one, or None."""
        return self._step(page, self.past, self.future)

    def redo(self, page: Page) -> Page | None:
        """The page that undo left, or None."""
        return self._step(page, self.future, self.past)

    def go(self, page: Page, target: Page) -> Page:
        """The page that the browser went to; where it is on this line, redo and undo go on from there.

        A page that is not on the line is a change like any other: undo returns to where the browser left.
        """
        self.last = ""
        if target.content == page.content:
            return replace(target, memory=page.memory)
        for source, other in ((self.past, self.future), (self.future, self.past)):
            if any(one.content == target.content for one in source):
                while page.content != target.content:
                    page = self._step(page, source, other) or target
                return replace(target, memory=page.memory)
        self.record(page, "go")
        return target

    def _step(self, page: Page, source: list[Page], other: list[Page]) -> Page | None:
        if not source:
            return None
        self.last = ""
        other.append(page)
        return source.pop()
