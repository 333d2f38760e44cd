"""PNG and GIF: their size, that they show the picture with its text, and what is refused."""

import io
import re
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

import explorer
from explorer.__main__ import main
from explorer.export.picture import animation, gif, png, raster, svg
from explorer.export.picture.fonts import text_width
from explorer.export.picture.raster import PictureError, rasterised
from explorer.figures.palette import DARK, LIGHT
from explorer.text import languages, speaking

DOCUMENT = explorer.document("?preset=stride-2&trace=input:0,1,0")


def pixels(content, mode="RGB"):
    return np.array(Image.open(io.BytesIO(content)).convert(mode), int)


def colour(text):
    return [int(text[at : at + 2], 16) for at in (1, 3, 5)]


def test_a_png_has_the_width_that_is_asked_for_and_the_pictures_shape():
    found = pixels(png(DOCUMENT, 500))
    width, height = (int(text) for text in re.findall(r'(?:width|height)="(\d+)"', svg(DOCUMENT))[:2])
    assert found.shape[1] == 500 and abs(found.shape[0] - 500 * height / width) <= 1


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_a_png_is_not_blank_and_has_the_themes_colours(theme, palette):
    found = pixels(png(DOCUMENT, 600, theme))
    assert found[0, 0].tolist() == found[-1, -1].tolist() == colour(palette.background)
    for shade in (*palette.kernel[:4], palette.traced):
        assert (found == colour(shade)).all(axis=2).any(), shade


def test_a_transparent_png_has_no_background():
    found = pixels(png(DOCUMENT, 600, "dark", "transparent"), "RGBA")
    assert found[0, 0, 3] == 0 and found[..., 3].max() == 255


def test_every_kind_of_text_is_drawn():
    picture = svg(explorer.document("?preset=dv-no-padding&trace=input:0,1,1"))
    whole = pixels(rasterised(picture, 900))
    for name in ("numbers", "names", "title", "sentence", "formula", "corner", "label"):
        fewer, count = without(picture, name)
        assert count, name
        changed = (pixels(rasterised(fewer, 900)) != whole).any(axis=2).sum()
        assert changed >= 5 * count, name


def without(picture, name):
    """The picture without the texts of a class, or within it; and how many they are."""
    if name in ("title", "corner", "label"):
        return re.subn(rf'<text class="{name}".*?</text>|<text (?=[^>]*class="{name}").*?</text>', "", picture)
    start = picture.index(f'class="{name}"')
    begin = picture.rindex("<g", 0, start)
    depth, at = 0, begin
    for tag in re.finditer(r"<g[ >]|</g>", picture[begin:]):
        depth += -1 if tag[0] == "</g>" else 1
        at = begin + tag.end()
        if depth == 0:
            break
    inside, count = re.subn(r"<text.*?</text>", "", picture[begin:at])
    return picture[:begin] + inside + picture[at:], count


def test_a_character_that_both_fonts_lack_is_said():
    with pytest.raises(PictureError, match=r"Source Sans 3.*Noto Sans SC.*: ⌊ ⌋$"):
        rasterised(svg(DOCUMENT).replace("Input X", "输入 ⌊X⌋"), 400)


CHINESE = svg(DOCUMENT).replace("Input X", "输入核 X")


def test_chinese_is_drawn_and_bold_where_it_is_a_title():
    whole, plain = pixels(rasterised(CHINESE, 900)), pixels(rasterised(CHINESE.replace('font-weight="600"', ""), 900))
    bare = pixels(rasterised(CHINESE.replace("输入核 X", " X"), 900))
    ink = [int((255 * 3 - found[: found.shape[0] // 3].sum(axis=2)).sum()) for found in (bare, plain, whole)]
    assert ink[0] < ink[1] < ink[2]
    assert raster.check_characters(CHINESE) == set("输入核")


def test_latin_beside_chinese_is_in_its_own_font():
    """resvg takes the whole of a text from a second font that has all of it: so the part has no Latin letter."""
    mixed, _ = (CHINESE.replace("输入核 X", text) for text in ("核 XXXXXXXX", ""))
    alone = mixed.replace("核 XXXXXXXX", "XXXXXXXX")
    wide = [columns_of(rasterised(one, 1600)) for one in (mixed, alone)]
    assert wide[0] - wide[1] == pytest.approx(text_width("核 ", 14, True) * 1600 / width_of(mixed), abs=3)


def width_of(picture):
    return float(re.search(r'width="(\d+)"', picture)[1])


def columns_of(content):
    """From the first to the last column with something in the upper left of a picture, where a title is."""
    found = pixels(content)
    corner = (found[: found.shape[0] // 4, : found.shape[1] // 3] < 200).any(axis=(0, 2)).nonzero()[0]
    return corner[-1] - corner[0]


def test_an_english_picture_is_given_one_font(monkeypatch):
    monkeypatch.setattr(raster, "part_file", None)
    monkeypatch.setattr("explorer.export.picture.font_files.chinese_file", None)
    assert png(DOCUMENT, 300)[:4] == b"\x89PNG"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("view", ["scatter", "gather", "matrix"])
@pytest.mark.parametrize("backward", ["", "&backward=1"])
def test_the_fonts_have_all_characters_of_every_view(view, backward, language):
    for step in ("", "&step=0", "&step=2", "&step=2&trace=kernel:0,1,1"):
        document = explorer.document(f"?preset=two-channels-add&view={view}{backward}{step}")
        with speaking(language):
            chinese = raster.check_characters(svg(document))
        assert bool(chinese) == (language == "zh")


def test_the_frames_of_a_gif_are_in_the_language_of_who_asked(monkeypatch):
    drawn = []
    monkeypatch.setattr(animation, "rasterised", lambda *given: drawn.append(given[0]) or rasterised(*given))
    with speaking("zh"):
        made = gif(DOCUMENT, 300)
    assert made[:6] == b"GIF89a" and len(drawn) == 6
    assert all("输入" in picture and 'lang="zh"' in picture for picture in drawn)


@pytest.mark.parametrize("width", [0, -5, 10, 100_000])
def test_a_width_out_of_bounds_is_refused(width):
    with pytest.raises(PictureError, match=str(width)):
        png(DOCUMENT, width)


# ---- GIF
def frames(content):
    image = Image.open(io.BytesIO(content))
    found = []
    for n in range(image.n_frames):
        image.seek(n)
        found.append((np.array(image.convert("RGB"), int), image.info["duration"]))
    return image, found


def test_a_gif_has_a_frame_for_each_step_and_its_last_is_shown_longer():
    image, found = frames(gif(DOCUMENT, 400, pace=200))
    assert len(found) == 4 + 2  # nothing yet, four stamps, the result
    assert [duration for _, duration in found] == [200] * 5 + [600]
    assert image.info["loop"] == 0 and image.size[0] == 400
    for (before, _), (after, _) in pairwise(found):
        assert (before != after).any()
    assert all(len(np.unique(frame.reshape(-1, 3), axis=0)) > 20 for frame, _ in found)


def test_the_last_frame_is_the_result():
    _, found = frames(gif(DOCUMENT, 400, "dark"))
    result = pixels(rasterised(svg(explorer.document("?preset=stride-2"), "dark"), 400))
    assert np.abs(found[-1][0] - result).mean() < 3 and found[0][0].shape == result.shape


def test_a_frames_text_is_in_it():
    _, found = frames(gif(DOCUMENT, 500))
    bare = pixels(rasterised(re.sub(r"<text.*?</text>", "", svg(explorer.document("?preset=stride-2"))), 500))
    assert (np.abs(found[-1][0] - bare) > 60).any(axis=2).sum() > 500


def test_frames_are_of_one_size_where_sentences_are_of_several_lines():
    made = explorer.document("?preset=dv-same-padding")

    def sizes(lines):
        every = (animation.frame_of(made, n) for n in animation.frame_steps(made["steps"]))
        return {re.search(r'viewBox="[^"]*"', svg(one, lines=lines))[0] for one in every}

    assert len(sizes(0)) == 2 and len(sizes(2)) == 1
    _, found = frames(gif(made, 300))
    assert len({frame.shape for frame, _ in found}) == 1


def test_the_number_of_frames_is_bounded():
    for steps in (1, 4, 58, 59, 1936):
        found = animation.frame_steps(steps)
        assert len(found) <= animation.MOST_FRAMES and found[0] == 0 and found[-2:] == [steps, None]
        assert len(set(found)) == len(found)


def test_frames_are_reported_one_by_one():
    said = []
    gif(DOCUMENT, 300, report=lambda *heard: said.append(heard))
    assert said == [(n, 6) for n in range(7)]


def test_who_asked_can_end_it_and_the_other_frames_are_not_drawn(monkeypatch):
    class Ended(Exception):
        pass

    def report(done, total):
        if done == 2:
            raise Ended

    drawn = []
    monkeypatch.setattr(animation, "rasterised", lambda *given: drawn.append(given) or rasterised(*given))
    document = explorer.document("?preset=dv-same-padding&view=gather")
    with pytest.raises(Ended):
        gif(document, 300, report=report)
    gif(DOCUMENT, 300)  # those that were begun are done by then
    assert 2 + 6 <= len(drawn) <= 2 + animation.WORKERS * 2 + 6 < len(animation.frame_steps(document["steps"]))


@pytest.mark.parametrize(("width", "pace"), [(100_000, 500), (10, 500), (400, 0), (400, 10**9)])
def test_numbers_out_of_bounds_are_refused(width, pace):
    with pytest.raises(PictureError):
        gif(DOCUMENT, width, pace=pace)


# ---- the command line
def test_the_command_writes_all_three(tmp_path):
    names = [str(tmp_path / f"page.{suffix}") for suffix in ("svg", "png", "gif")]
    assert main(["export", "?preset=padding-1", *names]) == 0
    beginnings = [(tmp_path / f"page.{suffix}").read_bytes()[:4] for suffix in ("svg", "png", "gif")]
    assert beginnings == [b"<svg", b"\x89PNG", b"GIF8"]
