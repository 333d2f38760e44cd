"""A grid from elsewhere beside Y."""

import numpy as np
import pytest

from explorer.documents.comparison import comparison
from explorer.documents.messages import speak
from explorer.documents.schema import Compared
from explorer.mistakes import MISTAKES, right_output, wrong_output
from explorer.settings import Settings
from tests.documents.test_schema import faults
from tests.layers import random_settings

BASIC = Settings()  # Y is [[0, 0, 1], [0, 4, 6], [4, 12, 9]]
LINE = Settings.of([[1, 2, 3]], [[1, 2, 1]], stride=2, padding=(0, 1))  # Y is [[2, 3, 4, 5, 6]]
CHANNELS = Settings.of([[1, 2]], [[[[1, 1]], [[1, 10]]]])  # Y is [[1, 3, 2]], [[1, 12, 20]]


def compared(settings, given, channel=0):
    found = comparison(settings, np.array(given, float), channel)
    for grid in found.grids:
        assert faults(grid, Compared) == []
    return found, " ".join(map(speak, found.messages))


def test_the_same():
    found, said = compared(BASIC, [[[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]])
    assert (found.state, found.found, said) == ("same", [], "The same: no number differs from Y.")


def test_the_same_as_far_as_decimals_go():
    settings = Settings.of([[1 / 3]], [[2]])
    found, said = compared(settings, [[0.6667]])
    assert (found.state, said[:38]) == ("same", "The same as far as its decimals go: th")
    found, said = compared(settings, [[0.6669]])
    assert found.state == "other"


def test_another_number():
    found, said = compared(BASIC, [[0, 0, 1], [0, 4, 6], [4, 12, 7]])
    assert (found.state, found.found) == ("other", [])
    assert said == "1 of 9 cells differ from Y, by up to 2, most of all at Y[2,2]."
    assert [grid["rows"] for grid in found.grids][2] == [[0, 0, 0], [0, 0, 0], [0, 0, -2]]


def test_another_size_is_named():
    found, said = compared(LINE, [[1, 2, 3, 4, 5, 6, 3]])
    assert found.found == ["full_canvas"]
    assert said.startswith("Your grid is 1×7, and Y is 1×5. That size: Padding was left out")
    assert len(found.grids) == 2  # no map of a difference


def test_another_crop_says_which():
    found, said = compared(LINE, [[2, 3, 4, 5, 6, 3]])
    assert found.found == ["another_crop"]
    assert "it lacks 0 rows at the top, 0 at the bottom, 1 columns at the left and 0 at the right" in said


def test_a_vector_is_read_row_by_row():
    found, said = compared(BASIC, [[0, 0, 1, 0, 4, 6, 4, 12, 9]])
    assert (found.state, said) == ("same", "It is read row by row, as 1×3×3. The same: no number differs from Y.")


def test_one_block_is_the_shown_channel():
    found, said = compared(CHANNELS, [[1, 12, 20]], channel=1)
    assert (found.state, said[:46]) == ("same", "One block: it is compared with Y[1]. The same:")
    found, said = compared(CHANNELS, [[2, 21, 20]], channel=1)
    assert found.state == "other" and "most of all at Y[1,0,1]" in said
    assert speak(found.grids[1]["title"]) == "Y, channel 1"
    found, _ = compared(CHANNELS, [[10, 21, 2]], channel=1)
    assert "flipped_kernel" in found.found


def test_of_several_channels_the_worst_is_shown():
    found, said = compared(CHANNELS, [[[1, 3, 2]], [[1, 12, 25]]])
    assert "most of all at Y[1,0,2]" in said
    assert found.grids[2]["rows"] == [[0, 0, 5]]
    assert speak(found.grids[0]["title"]) == "Your grid, channel 1"


@pytest.mark.parametrize("shape", [(3, 1, 3), (2, 1, 1, 3)])
def test_what_has_other_channels_is_named(shape):
    found, said = compared(CHANNELS, np.ones(shape))
    assert found.state == "misfit" and said
    assert "3" in said or "batch" in said


def test_every_mistake_is_known_by_its_grid():
    for settings in random_settings(30, 21):
        assert comparison(settings, right_output(settings), 0).state == "same"
        for name in MISTAKES:
            wrong = wrong_output(name, settings)
            if wrong is not None:
                found, _ = compared(settings, wrong)
                assert name in found.found or found.messages[0]["key"] == "compare.vector"
