"""The stage in a notebook: a widget of anywidget (https://anywidget.dev), for Jupyter and what reads its widgets."""

from typing import Any

from explorer.documents.build import document
from explorer.documents.messages import speak
from explorer.documents.schema import Document
from explorer.export.picture.svg import svg
from explorer.export.plotlyjs import plotly_script
from explorer.operation import run
from explorer.session.session import Session
from explorer.settings import Settings, shape_text
from explorer.stage import bundle, style
from explorer.text import say, speaking, spoken

try:
    import anywidget
    import traitlets
except ImportError:
    raise ImportError(say("widget.missing")) from None

HOST = "export default createAnywidget(CONSTANTS);"


class Explorer(anywidget.AnyWidget):
    """One page of the explorer in a notebook.

    The browser reads ``page``, the document and the session's answer, and writes ``cell``, the name of the pinned cell
    (or empty), and ``step``, the step shown (None: all are done). Its messages are ``{"commands": [...]}``, which the
    session hears, and ``{"plotly": true}``, which is answered with plotly.js. All is said in the
    language in which it was made.
    """

    page = traitlets.Dict().tag(sync=True)
    cell = traitlets.Unicode().tag(sync=True)
    step = traitlets.Int(None, allow_none=True).tag(sync=True)

    def __init__(self, session: Session | None = None) -> None:
        self.session, self.language = session or Session(), spoken()
        self._esm, self._css = bundle("hosts/anywidget.js", HOST), style()
        view = self.session.page.view
        super().__init__(page=self._page(), cell=view.trace, step=view.step)
        self.on_msg(self._receive)

    @property
    def settings(self) -> Settings:
        """The settings now shown: ``.layer``, ``.input`` and ``.weight``."""
        return self.session.page.settings

    def __repr__(self) -> str:
        """What is shown, in a line."""
        settings = self.settings
        shapes = {
            "input": (settings.layer.in_channels, *settings.size),
            "kernel": settings.layer.weight_shape,
            "output": settings.output_shape,
        }
        said = {name: shape_text(shape) for name, shape in shapes.items()}
        with speaking(self.language):
            return say("widget.shown", **said, agreement=speak(self._document()["agreement"]["message"]))

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """What a notebook keeps of the cell: the widget, and its picture for readers that run none, as GitHub."""
        bundle, metadata = super()._repr_mimebundle_() or ({}, {})
        with speaking(self.language):
            return {**bundle, "image/svg+xml": svg(self._document())}, metadata

    def _document(self) -> Document:
        """The document of the session's page."""
        return document(run(self.settings), self.session.page.view, self.session.precision)

    def _page(self) -> dict[str, Any]:
        """What the browser draws, and what has become of its commands."""
        return {"document": self._document(), **self.session.answer()}

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        """Do what a message from the browser asks for."""
        if not isinstance(content, dict):
            return
        if content.get("plotly"):
            self.send({"plotly": True}, buffers=[plotly_script().encode()])
        with speaking(self.language):
            if self.session.hear(content.get("commands")):
                self.page = self._page()
