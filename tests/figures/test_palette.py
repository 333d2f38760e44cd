import pytest

from explorer.documents.thumbnails import LEVELS
from explorer.figures import DARK, LIGHT
from explorer.figures.palette import PALETTES, levels

OKABE_ITO = {"#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"}
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def rgb(colour):
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


def luminance(channels):
    """Relative luminance, WCAG 2.2."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in channels)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_by_hand():
    assert contrast([255] * 3, [0] * 3) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@every_palette
def test_text_is_readable_on_every_value(palette):
    stops = palette.colorscale
    assert [stop[0] for stop in stops] == [0, 0.5, 1]
    for n in range(41):
        (low, one), (high, other) = stops[:2] if n <= 20 else stops[1:]
        share = (n / 40 - low) / (high - low)
        behind = [a + (b - a) * share for a, b in zip(rgb(one), rgb(other), strict=True)]
        assert contrast(rgb(palette.text), behind) >= 4.5, (n, behind)


@every_palette
def test_text_is_readable_on_the_background(palette):
    for colour in (palette.text, palette.muted):
        assert contrast(rgb(colour), rgb(palette.background)) >= 4.5
    for colour in (palette.frame, palette.traced):  # what is no text needs 3:1
        assert contrast(rgb(colour), rgb(palette.background)) >= 3


@every_palette
def test_the_formulas_letters_are_readable_and_apart(palette):
    assert palette.letters.keys() == {"n", "s", "p", "d", "k", "o"}
    assert len(set(palette.letters.values())) == 6
    for colour in palette.letters.values():
        assert contrast(rgb(colour), rgb(palette.background)) >= 4.5
        assert contrast(rgb(colour), rgb(palette.surface)) >= 4.5


@every_palette
def test_roles_and_positions_are_colour_blind_safe(palette):
    assert len(set(palette.kernel)) == len(palette.kernel) == 6
    assert {*palette.kernel, palette.input} <= OKABE_ITO


def test_the_themes_are_light_and_dark():
    assert PALETTES == {"light": LIGHT, "dark": DARK}
    assert luminance(rgb(LIGHT.background)) > 0.9
    assert luminance(rgb(DARK.background)) < 0.02


@every_palette
def test_the_levels_of_thumbnails_run_over_the_scale(palette):
    found = levels(palette)
    assert len(found) == LEVELS == 21
    assert (found[0], found[10], found[20]) == palette.scale
    for colour in found:
        assert contrast(rgb(palette.text), rgb(colour)) >= 4.5
