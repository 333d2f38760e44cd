"""The backward direction told as what it also is: the ordinary convolution X = V ★ K, with W in place of Wᵀ."""

from explorer.documents.messages import message
from explorer.documents.schema import Document

TOLD = "convolution"
NAMES = {
    "gradient": "convolved",
    "upstream": "to_convolve",
    "vec_gradient": "vec_input",
    "vec_upstream": "vec_convolve",
}
"""The backward direction's grids -> the names that they have as the convolution's."""


def as_convolution(document: Document) -> Document:
    """A backward document with the names of the convolution: V for dY, X for dX. Its numbers are the same.

    Source of the identity: Dumoulin & Visin, arXiv 1603.07285, section 4.1.

    >>> from explorer.documents.build import document
    >>> from explorer.operation import run
    >>> from explorer.settings import Settings
    >>> from explorer.views import View
    >>> told = as_convolution(document(run(Settings()), View(backward=True)))
    >>> told["told_as"], told["grids"]["gradient"]["title"]["name"]["key"]
    ('convolution', 'grids.convolved')
    """
    grids = dict(document["grids"])
    for name, own in NAMES.items():
        if name in grids:
            title = {**grids[name]["title"], "name": message(f"grids.{own}"), "note": None}
            grids[name] = {**grids[name], "title": title}  # type: ignore[typeddict-item]
    return {**document, "grids": grids, "told_as": TOLD}
