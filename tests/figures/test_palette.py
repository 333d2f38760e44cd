import re
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest

from explorer.documents.thumbnails import LEVELS
from explorer.figures import DARK, LIGHT
from explorer.figures.palette import CONTRAST, PALETTES, levels
from explorer.stage import SHEETS

OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#D55E00", "#CC79A7", "#0072B2")
STYLE = "\n".join(files("explorer.stage").joinpath(name).read_text(encoding="utf-8") for name in SHEETS)
TEXT, MORE_TEXT, OUTLINE = 4.5, 7, 3  # the least contrast, WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11

# Machado, Oliveira & Fernandes 2009, "A physiologically-based model for simulation of color vision deficiency", for
# linear light, at full severity.
SIGHTS = {
    "normal": np.eye(3),
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
LEAST_DISTANCE = 12  # CIE 1976; from about 2 on two patches are told apart side by side
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def rgb(colour):
    return np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)])


def linear(channels):
    parts = np.asarray(channels) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(channels):
    """Relative luminance, WCAG 2.2."""
    return linear(channels) @ (0.2126, 0.7152, 0.0722)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(light):
    """CIE 1976 L*a*b* of linear sRGB, under D65."""
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
    )
    parts = to_xyz @ light / to_xyz.sum(axis=1)
    x, y, z = np.where(parts > 216 / 24389, np.cbrt(parts), (24389 / 27 * parts + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def mixed(one, other, share):
    """A colour with so much of another in it, as color-mix in srgb does it."""
    return rgb(one) + (rgb(other) - rgb(one)) * share


def share_of(rule, colour="muted"):
    """How much of a colour a rule of the style sheet lays over its whole box."""
    body = re.search(rf"\.tconv-stage \.{rule} {{(.*?)}}", STYLE, re.DOTALL)[1]
    return int(re.findall(rf"color-mix\(in srgb, var\(--tconv-{colour}\) (\d+)%, transparent\)", body)[-1]) / 100


def fills(palette):
    """Every colour that a cell can have: each value's, plain, cropped, not reached yet, or a zero put in."""
    values = levels(palette)
    return [
        *map(rgb, values),
        *(mixed(value, palette.muted, share_of("cropped")) for value in values),
        *(mixed(value, palette.background, share_of("cell.waiting", "background")) for value in values),
        mixed(palette.scale[1], palette.muted, share_of("inserted")),
    ]


def test_contrast_by_hand():
    assert contrast([255] * 3, [0] * 3) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
    assert lab(linear([255] * 3)) == pytest.approx([100, 0, 0], abs=0.01)
    assert lab(linear([255, 0, 0])) == pytest.approx([53.24, 80.09, 67.2], abs=0.02)


@every_palette
def test_text_is_readable_on_every_fill(palette):
    stops = palette.colorscale
    assert [stop[0] for stop in stops] == [0, 0.5, 1]
    for behind in fills(palette):
        assert contrast(rgb(palette.text), behind) >= TEXT, behind
    assert contrast(rgb(palette.muted), mixed(palette.scale[1], palette.muted, share_of("inserted"))) >= TEXT


@every_palette
def test_outlines_are_seen_on_every_fill(palette):
    outlines = (*palette.kernel, palette.traced, palette.frame, palette.input, palette.primary, palette.muted)
    for behind in (*fills(palette), rgb(palette.background), rgb(palette.surface)):
        for colour in outlines:
            assert contrast(rgb(colour), behind) >= OUTLINE, (colour, behind)


@every_palette
def test_the_formulas_letters_are_readable_and_apart(palette):
    assert palette.letters.keys() == {"n", "s", "p", "d", "k", "o"}
    assert len(set(palette.letters.values())) == 6
    for colour in palette.letters.values():
        assert contrast(rgb(colour), rgb(palette.background)) >= TEXT
        assert contrast(rgb(colour), rgb(palette.surface)) >= TEXT


@every_palette
def test_text_is_readable_beside_the_picture(palette):
    for ground in (palette.background, palette.surface):
        for colour in (palette.text, palette.muted):
            assert contrast(rgb(colour), rgb(ground)) >= TEXT
    assert contrast(rgb(palette.background), rgb(palette.primary)) >= TEXT  # a pressed button
    assert contrast(rgb(palette.error), rgb(palette.background)) >= TEXT
    assert contrast(rgb(palette.on_error), rgb(palette.error)) >= TEXT
    for mark in (*palette.kernel, palette.traced, palette.muted):  # the sentence's chips, and what a stamp adds
        for share in (0.30, 0.35):
            assert contrast(rgb(palette.text), mixed(palette.background, mark, share)) >= TEXT, mark


@every_palette
def test_positions_are_told_apart_by_the_colour_blind(palette):
    assert len(set(palette.kernel)) == len(palette.kernel) == 6
    for name, sight in SIGHTS.items():
        seen = [lab(np.clip(sight @ linear(rgb(colour)), 0, 1)) for colour in (*palette.kernel, palette.traced)]
        for one, other in combinations(range(len(seen)), 2):
            assert np.linalg.norm(seen[one] - seen[other]) >= LEAST_DISTANCE, (name, one, other)


@every_palette
def test_phases_are_readable_and_told_apart_by_the_colour_blind(palette):
    """Sixteen at stride 4; up to stride 3 they lie as far apart as the kernel's positions."""
    assert len(palette.phases) == 16
    for colour in palette.phases:
        assert contrast(rgb(palette.text), rgb(colour)) >= TEXT, colour
    for sight in SIGHTS.values():
        seen = [lab(np.clip(np.array(sight) @ linear(rgb(colour)), 0, 1)) for colour in palette.phases]
        for (one, first), (other, second) in combinations(enumerate(seen), 2):
            least = LEAST_DISTANCE if max(one, other) < 9 else 10
            assert np.linalg.norm(first - second) >= least, (one, other)


@every_palette
def test_positions_have_the_hues_of_okabe_and_ito(palette):
    for own, theirs in zip(palette.kernel, OKABE_ITO, strict=True):
        (_, a, b), (_, c, d) = lab(linear(rgb(own))), lab(linear(rgb(theirs)))
        between = np.degrees(np.arctan2(a * d - b * c, a * c + b * d))
        assert abs(between) < 20, (own, theirs)
    assert palette.input in OKABE_ITO


@every_palette
def test_what_is_believed_looks_like_no_result(palette):
    hatched = share_of_hatch()
    for colour in palette.believed:
        for behind in (rgb(colour), mixed(colour, palette.believed_frame, hatched)):
            assert contrast(rgb(palette.text), behind) >= TEXT
        parts = rgb(colour)
        assert parts.max() - parts.min() <= 20  # nearly grey
    for end in (0, 2):
        assert chroma(palette.believed[end]) < chroma(palette.scale[end]) / 2
    for ground in (palette.background, palette.surface):
        assert contrast(rgb(palette.believed_frame), rgb(ground)) >= TEXT  # its title too has that colour


def chroma(colour):
    return int(rgb(colour).max() - rgb(colour).min())


def share_of_hatch():
    """How much of the frame's colour a line of the hatching has."""
    (found,) = re.findall(r"color-mix\(in srgb, var\(--tconv-believed-frame\) (\d+)%, transparent\)", STYLE)
    return int(found) / 100


def test_more_contrast_is_7_to_1_for_every_text():
    for behind in fills(CONTRAST):
        assert contrast(rgb(CONTRAST.text), behind) >= MORE_TEXT, behind
    for ground in (CONTRAST.background, CONTRAST.surface):
        for colour in (CONTRAST.text, CONTRAST.muted, CONTRAST.primary, CONTRAST.frame, *CONTRAST.letters.values()):
            assert contrast(rgb(colour), rgb(ground)) >= MORE_TEXT, colour
        for colour in (CONTRAST.good, CONTRAST.warning, CONTRAST.error):
            assert contrast(rgb(colour), rgb(ground)) >= MORE_TEXT, colour
        assert contrast(rgb(CONTRAST.border), rgb(ground)) >= OUTLINE
    assert contrast(rgb(CONTRAST.on_error), rgb(CONTRAST.error)) >= MORE_TEXT
    assert contrast(rgb(CONTRAST.background), rgb(CONTRAST.primary)) >= MORE_TEXT
    for mark in (*CONTRAST.kernel, CONTRAST.traced, CONTRAST.muted):
        assert contrast(rgb(CONTRAST.text), mixed(CONTRAST.background, mark, 0.35)) >= MORE_TEXT, mark


def test_the_themes_are_light_and_dark():
    assert PALETTES == {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
    assert luminance(rgb(LIGHT.background)) > 0.9
    assert luminance(rgb(DARK.background)) < 0.02


@every_palette
def test_the_levels_of_thumbnails_run_over_the_scale(palette):
    found = levels(palette)
    assert len(found) == LEVELS == 21
    assert (found[0], found[10], found[20]) == palette.scale
