"""The families of fonts that texts are drawn in, beside the pictures' own of `explorer.export.picture.fonts`."""

CHINESE = (
    *("PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"),
    *("Source Han Sans SC", "Hiragino Sans GB", "WenQuanYi Micro Hei"),
)
"""Families with Chinese characters, one of which most readers of Chinese have."""
PAGE = ("Explorer Chinese", "Explorer Chinese Served")
"""What the server's page calls such a family of the reader, and the font that it serves to those who have none."""
FACES = {
    "400": (
        *("PingFang SC", "PingFangSC-Regular", "Microsoft YaHei", "MicrosoftYaHei"),
        *("Noto Sans SC", "NotoSansSC-Regular", "Noto Sans CJK SC", "NotoSansCJKsc-Regular"),
        *("Source Han Sans SC", "SourceHanSansSC-Regular", "Hiragino Sans GB", "WenQuanYi Micro Hei"),
    ),
    "600 700": (
        *("PingFang SC Semibold", "PingFangSC-Semibold", "Microsoft YaHei Bold", "MicrosoftYaHei-Bold"),
        *("Noto Sans SC Bold", "NotoSansSC-Bold", "Noto Sans CJK SC Bold", "NotoSansCJKsc-Bold"),
        *("Source Han Sans SC Bold", "SourceHanSansSC-Bold", "Hiragino Sans GB W6"),
    ),
}
"""The faces of the reader's own fonts by the weights that they are for, as `local()` has them: by their full names."""
LATIN = "Source Sans"
"""Streamlit's own."""


def stack(*families: str) -> str:
    """Families as CSS has them, the first before all others.

    >>> stack("Source Sans", "Arial")
    '"Source Sans", "Arial", sans-serif'
    """
    return ", ".join([*(f'"{family}"' for family in families), "sans-serif"])
