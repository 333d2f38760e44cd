"""The families of fonts that texts are drawn in, beside the pictures' own of `explorer.export.picture.fonts`."""

CHINESE = (
    *("PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"),
    *("Source Han Sans SC", "Hiragino Sans GB", "WenQuanYi Micro Hei"),
)
"""Families with Chinese characters, one of which most readers of Chinese have."""
PAGE = ("Explorer Chinese", "Explorer Chinese Served")
"""What the server's page calls such a family of the reader, and the font that it serves to those who have none."""
LATIN = "Source Sans"
"""Streamlit's own."""


def stack(*families: str) -> str:
    """Families as CSS has them, the first before all others.

    >>> stack("Source Sans", "Arial")
    '"Source Sans", "Arial", sans-serif'
    """
    return ", ".join([*(f'"{family}"' for family in families), "sans-serif"])
