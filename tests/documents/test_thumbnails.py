import numpy as np

from explorer.documents.thumbnails import thumbnails
from explorer.methods import METHODS
from explorer.operation import run
from explorer.settings import Settings


def test_thumbnails_are_the_levels_of_every_channel():
    assert thumbnails(run(Settings())) is None
    settings = Settings.of([[[0, 2], [-2, 1]], [[1, 1], [1, 1]]], np.arange(16).reshape(2, 2, 2, 2))
    found = thumbnails(run(settings))
    assert found["input"] == ["kuap", "pppp"]  # a is the lowest, k zero, u the highest
    assert found["weight"] == [["kllm", "nnop"], ["pqrr", "sttu"]]
    assert [len(channel) for channel in found["output"]] == [9, 9]


def test_groups_leave_blocks_out():
    grouped = thumbnails(run(Settings.of([[[1]], [[2]]], [[[[3]]], [[[4]]]], groups=2)))["weight"]
    assert [[block is None for block in row] for row in grouped] == [[False, True], [True, False]]


def test_what_is_not_finite_has_a_letter_all_the_same(monkeypatch):
    right = METHODS["naive"]
    monkeypatch.setitem(
        METHODS, "naive", lambda x, k, layer: np.array([np.nan, np.inf, -np.inf, 0]) + right(x, k, layer)
    )
    run.cache_clear()
    found = thumbnails(run(Settings.of([[1, 1, 1, 2]], [[[[1]], [[1]]]])))
    run.cache_clear()
    assert found["output"] == ["kuau", "kuau"]
