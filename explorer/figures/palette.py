"""The colours, as data.

The kernel positions have the hues of Okabe & Ito's colour-blind-safe set (2008): orange, sky blue, bluish green,
vermilion, reddish purple, blue. Each theme has them in its own lightness, so that an outline of any of them keeps a
contrast of 3:1 (WCAG 2.2, 1.4.11) on every fill, and so that any two are told apart under a simulated colour blindness.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.documents.thumbnails import LEVELS

PHASES_LIGHT = (
    *("#F5D99A", "#BBE0F7", "#7CCBB0", "#E8A078", "#AA88DD", "#8899AA", "#88FFCC", "#BB9944"),
    *("#CCBBFF", "#EE7788", "#44AA88", "#AABBCC", "#DDBB66", "#88AACC", "#EEEE88", "#BBDDAA"),
)
PHASES_DARK = (
    *("#766015", "#2B6096", "#660033", "#002266", "#BB3355", "#442200", "#554466", "#881133"),
    *("#663300", "#442255", "#444499", "#666677", "#885533", "#007755", "#663377", "#556688"),
)
"""A fill for each phase of a kernel at stride 4, in the order of the canvas; at stride 2 the first four."""


@dataclass(frozen=True)
class Palette:
    """Colours of one theme. ``scale`` is (negative, zero, positive) of one diverging scale centred on 0.

    ``background``, ``surface`` (of panels), ``text``, ``border`` and ``primary`` are those of the page's theme in
    .streamlit/config.toml. Text in ``text`` keeps a contrast of 4.5:1 on all of the scale and on ``background``;
    outlines in ``traced``, ``frame``, ``input``, ``muted`` and the colours of ``kernel`` keep 3:1.
    ``letters`` are the colours of the formula's letters and of their controls: n is the input's size, s the stride,
    p the padding, d the dilation, k the kernel's size, o the output_padding. They are read as text.
    ``believed`` is the scale of what is no Y but a mistake's result, nearly grey, and ``believed_frame`` the colour of
    its frame and hatching.
    ``phases`` are the fills of a kernel's phases; ``text`` is read on them.
    ``good``, ``warning`` and ``error`` say how something went; text on ``error`` has the colour ``on_error``.
    """

    background: str
    surface: str
    border: str
    primary: str
    text: str
    muted: str
    scale: tuple[str, str, str]
    traced: str
    frame: str
    input: str
    kernel: tuple[str, ...]
    letters: Mapping[str, str]
    believed: tuple[str, str, str]
    believed_frame: str
    phases: tuple[str, ...] = PHASES_DARK
    good: str = "#009E73"
    warning: str = "#E69F00"
    error: str = "#B3261E"
    on_error: str = "#FFFFFF"

    @property
    def colorscale(self) -> list[list]:
        """The scale as Plotly wants it."""
        return [[0.0, self.scale[0]], [0.5, self.scale[1]], [1.0, self.scale[2]]]


LIGHT = Palette(
    background="#FFFFFF",
    surface="#F5F6F9",
    border="#D9DDE7",
    primary="#0072B2",
    text="#1A202C",
    muted="#525C6D",
    scale=("#F8CDAB", "#F3F4F9", "#BBDAEF"),
    traced="#1A202C",
    frame="#5B3A8E",
    input="#0072B2",
    kernel=("#633500", "#0074B3", "#006437", "#D13016", "#C026AB", "#003F7D"),
    letters={"n": "#0067A0", "s": "#A84300", "p": "#5B3A8E", "d": "#735800", "k": "#00704F", "o": "#A3306F"},
    believed=("#DCD6CE", "#F4F4F4", "#C9CED6"),
    believed_frame="#6B6258",
    phases=PHASES_LIGHT,
)
DARK = Palette(
    background="#0F141B",
    surface="#181F29",
    border="#2C3542",
    primary="#56B4E9",
    text="#F3F5F9",
    muted="#9AA5B8",
    scale=("#6A381A", "#1B212E", "#244A66"),
    traced="#FFFFFF",
    frame="#C3A6F5",
    input="#56B4E9",
    kernel=("#DFC204", "#01A3F9", "#4EE88B", "#FE7047", "#F593B6", "#A1BDFF"),
    letters={"n": "#56B4E9", "s": "#F29054", "p": "#C3A6F5", "d": "#DDB945", "k": "#3CC497", "o": "#EA94C4"},
    believed=("#453F38", "#22262C", "#3A414B"),
    believed_frame="#B8AFA3",
    error="#F58A7F",
    on_error="#2B0906",
)

CONTRAST = Palette(
    background="#000000",
    surface="#0A0A0A",
    border="#8A94A6",
    primary="#7CCBFF",
    text="#FFFFFF",
    muted="#C3CBD9",
    scale=("#4A2509", "#0D1017", "#12304A"),
    traced="#FAFAFA",
    frame="#D3BEFA",
    input="#56B4E9",
    kernel=("#DFC204", "#01A3F9", "#4EE88B", "#FE7047", "#F593B6", "#A1BDFF"),
    letters={"n": "#7CCBFF", "s": "#FFA56B", "p": "#D3BEFA", "d": "#EBCB4F", "k": "#4EE0AC", "o": "#F7A8D2"},
    believed=("#2E2A25", "#141619", "#262B31"),
    believed_frame="#C9C0B4",
    good="#3CD69F",
    warning="#F5B82E",
    error="#FF9E94",
    on_error="#000000",
)
"""More contrast than the others: all text keeps 7:1 (WCAG 2.2, 1.4.6)."""


def levels(palette: Palette) -> list[str]:
    """The scale in `LEVELS` colours, from negative over zero to positive.

    >>> levels(LIGHT)[0], levels(LIGHT)[10], levels(LIGHT)[20]
    ('#F8CDAB', '#F3F4F9', '#BBDAEF')
    """
    low, middle, high = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in palette.scale)
    half = LEVELS // 2
    mixed = []
    for level in range(LEVELS):
        one, other, part = (low, middle, level / half) if level < half else (middle, high, level / half - 1)
        mixed.append([round(a + (b - a) * part) for a, b in zip(one, other, strict=True)])
    return [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in mixed]


INK, PAPER = "#000000", "#FFFFFF"
"""What a camera reads: a QR code has these in every theme."""

PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
