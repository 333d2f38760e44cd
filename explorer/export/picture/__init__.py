"""The one writer of the picture: a document as SVG; from that a PNG, and from its steps a GIF."""

from explorer.export.picture.animation import gif
from explorer.export.picture.raster import PictureError, png
from explorer.export.picture.svg import svg

__all__ = ["PictureError", "gif", "png", "svg"]
