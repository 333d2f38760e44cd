import numpy as np
import pytest

from explorer.edits import Refusal, edited
from explorer.settings import Settings

START = Settings.of([[0, 1], [2, 3]], [[0, 1], [2, 3]])


def test_one_number():
    assert edited(START, "input", (0, 1, 0), "1e3") == (Settings.of([[0, 1], [1000, 3]], [[0, 1], [2, 3]]), [], [])
    assert edited(START, "kernel", (0, 0, 0, 1), "0,5")[0] == Settings.of([[0, 1], [2, 3]], [[0, 0.5], [2, 3]])


def test_a_block_that_fits():
    settings, refusals, notices = edited(START, "input", (0, 0, 0), "5\t6\r\n7\t-8\r\n")
    assert settings == Settings.of([[5, 6], [7, -8]], [[0, 1], [2, 3]])
    assert (refusals, notices) == ([], [])


def test_a_block_enlarges_the_grid_and_says_so():
    settings, refusals, notices = edited(START, "kernel", (0, 0, 1, 1), "5\t6\n7\t8")
    assert settings.weight == ((((0, 1, 0), (2, 5, 6), (0, 7, 8)),),)  # a cell that is new and not pasted is 0
    assert refusals == []
    assert [(notice.key, dict(notice.values)) for notice in notices] == [
        ("enlarged", {"grid": "K", "rows": "3", "columns": "3"})
    ]


def test_a_block_beyond_the_limit_is_cut_and_says_so():
    block = "\n".join("\t".join(str(10 * i + j) for j in range(12)) for i in range(9))
    settings, _, notices = edited(START, "input", (0, 0, 0), block)
    assert settings.input[0] == tuple(tuple(10.0 * i + j for j in range(8)) for i in range(8))
    assert [notice.key for notice in notices] == ["enlarged", "cut"]
    again, _, notices = edited(settings, "input", (0, 7, 7), "1\t2\n3")
    assert again.input[0][7][7] == 1
    assert [notice.key for notice in notices] == ["cut"]


def test_bad_cells_are_named_and_the_others_count():
    settings, refusals, _ = edited(START, "input", (0, 0, 0), "x\t9\n1/0\t")
    assert settings == Settings.of([[0, 9], [2, 3]], [[0, 1], [2, 3]])
    assert refusals == [
        Refusal((0, 0, 0), "x", "not_a_number", 0.0),
        Refusal((0, 1, 0), "1/0", "division_by_zero", 2.0),
        Refusal((0, 1, 1), "", "not_a_number", 3.0),
    ]


@pytest.mark.parametrize("channel", [0, 1])
def test_only_the_edited_channel_changes(channel):
    start = Settings.of(np.arange(8).reshape(2, 2, 2), np.ones((2, 1, 1, 1)))
    settings = edited(start, "input", (channel, 1, 1), "-1")[0]
    changed = np.array(settings.input) != np.array(start.input)
    assert changed.sum() == 1
    assert changed[channel, 1, 1]
