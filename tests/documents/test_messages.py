import pytest

from explorer.documents.messages import message, speak


def test_a_message_is_data():
    assert message("title") == {"key": "title", "values": {}}
    assert message("grids.cropped", canvas="3×3") == {"key": "grids.cropped", "values": {"canvas": "3×3"}}


def test_numbers_are_spoken_as_cells_show_them():
    def spoken(value):
        return speak(message("frame.padding", value=value)).split()[1]

    assert spoken(-0.36708) == "−0.3671"
    assert spoken(1234.5) == "1235"
    assert spoken(3.0) == spoken(3) == "3"
    assert spoken(-4) == "−4"
    assert spoken(12345678) == "1.235e+7"
    assert spoken("2x1") == "2x1"
    assert spoken("-1") == "-1"  # a text is spoken as it is


def test_a_message_in_a_message_is_its_own_sentence():
    inner = message("grids.cropped", canvas="3×3")
    assert speak(message("formula.forward", name=inner, n="H", k="k", s="s", p="p", o="o", d="d")) == (
        "Full canvas 3×3, cropped to output Y = (H−1)·s − 2p + d(k−1) + o + 1"
    )


def test_braces_in_a_value_are_not_filled():
    assert speak(message("agreement.error", error="{order}")) == "failed: {order}"


@pytest.mark.parametrize("wrong", [message("grids.none"), message("grids.cropped")])
def test_what_is_not_there_or_not_filled_is_an_error(wrong):
    with pytest.raises(KeyError):
        speak(wrong)
