"""The QR code says the link that it was made of: read as a camera reads it."""

from io import BytesIO

import pytest
import resvg_py
import zxingcpp
from PIL import Image

from explorer.export.qr import FINEST, MOST_BYTES, QUIET_ZONE, LinkTooLong, qr_code, qr_svg

LINKS = [
    "https://explorer.example/",
    "https://explorer.example/?x=1,2;3,4|5,6;7,8&k=0.25,-1.5&stride=2x1&trace=output:0,1,1&present=1&embed=true",
    "https://explorer.example/?preset=%E6%B1%89#字",
    "https://explorer.example/?x=" + ",".join(str(number / 7) for number in range(60)),
]


def seen(svg):
    """What a reader finds in the SVG as it is drawn."""
    return zxingcpp.read_barcodes(drawn(svg, 600).convert("L"))


def drawn(svg, side):
    return Image.open(BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side))))


@pytest.mark.parametrize("link", LINKS)
def test_a_camera_reads_the_link(link):
    (found,) = seen(qr_svg(link))
    assert found.text == link


def test_the_largest_link_is_read_and_one_byte_more_is_refused():
    link = "https://explorer.example/?x=".ljust(MOST_BYTES, "a")
    code = qr_code(link)
    assert code.version == FINEST
    assert seen(qr_svg(link))[0].text == link
    with pytest.raises(LinkTooLong) as error:
        qr_svg(link + "a")
    assert str(MOST_BYTES + 1) in str(error.value)


def test_it_is_black_on_white_with_its_quiet_zone():
    svg = qr_svg(LINKS[0])
    side = len(qr_code(LINKS[0]).matrix) + 2 * QUIET_ZONE
    assert f'viewBox="0 0 {side} {side}"' in svg
    picture = drawn(svg, side * 4)
    edge = QUIET_ZONE * 4
    for at in ((0, 0, side * 4, edge), (0, 0, edge, side * 4)):
        assert picture.convert("RGBA").crop(at).getcolors() == [((at[2] * at[3]), (255, 255, 255, 255))]
    assert {colour for _, colour in picture.convert("RGB").getcolors()} == {(0, 0, 0), (255, 255, 255)}


def test_a_link_is_no_markup():
    assert "<script" not in qr_svg("https://explorer.example/?x=<script>")
