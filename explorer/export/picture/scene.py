"""A scene: a document, and as which step, channel and trace it is seen; as ``sceneOf`` in explorer/stage/state.js."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.documents.schema import Document
from explorer.export.picture.links import Links, Trace, read_links, trace_of
from explorer.export.picture.steps import Canvas, Steps


@dataclass(frozen=True)
class Scene:
    """All that is drawn follows from this.

    ``channel`` is the shown input channel; ``traced`` what the document traces; ``trace`` that, else the step's cell.
    ``canvas`` is the canvas at the step; ``is_masked`` says whether a cell is hidden until it is revealed.
    """

    document: Document
    links: Links
    step: int | None
    channel: int
    traced: Trace | None
    trace: Trace | None
    canvas: Canvas
    is_masked: Callable[[str], bool]

    @property
    def has_channels(self) -> bool:
        """Whether there is more than one input channel or output channel."""
        channels = self.document["channels"]
        return channels["ins"] > 1 or channels["outs"] > 1

    @property
    def labelled(self) -> Callable[[int], str]:
        """A kernel position as its label."""
        return lambda q: ",".join(map(str, self.links.kernel_at(q)))


def scene_of(document: Document, steps: Steps) -> Scene:
    """The scene of a document at its step, with its trace."""
    links, step = read_links(document), document["step"]
    traced = trace_of(links, document["trace"]) if document["trace"] else None
    stepped = trace_of(links, steps.cell_name(links, step)) if step and not traced else None
    found = traced.channel if traced else None
    if found is None and step:
        found = steps.channel_at(links, step)
    channel = document["channels"]["shown"][0] if found is None else found
    canvas = steps.canvas_at(links, step)
    return Scene(document, links, step, channel, traced, traced or stepped, canvas, _masked(document["mask"]))


def _masked(mask: list[str]) -> Callable[[str], bool]:
    """Whether a cell is masked: by its own name, or with its whole grid."""
    names = set(mask)
    return lambda name: name in names or name.partition(":")[0] in names
