"""The one writer of the picture: a document as SVG; from that a PNG, and from its steps a GIF."""
