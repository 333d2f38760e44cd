"""A training in chunks: bounded, begun anew where it is not kept, and the same for the same seed."""

import numpy as np
import pytest

from explorer.upsampling.page import fitting
from explorer.upsampling.page.fitting import CHUNK, STEPS, advance
from explorer.upsampling.page.gallery import Picture
from explorer.upsampling.page.state import from_query
from explorer.upsampling.training import MOST_SECONDS, MOST_STEPS

SMALL = Picture("small", np.random.default_rng(5).random((1, 32, 32)))


def page_of(**query):
    return from_query(query)[0]


def test_chunks_are_bounded_and_follow_one_another():
    page = page_of(kernel="ones", size="4", stride="2")
    kept, first = advance(None, page, SMALL, 1)
    assert (first["first"], len(first["losses"]), first["number"]) == (0, CHUNK + 1, CHUNK)
    _, second = advance(kept, page, SMALL, 1)
    assert (second["first"], len(second["losses"]), second["number"]) == (CHUNK + 1, CHUNK, 2 * CHUNK)
    assert second["losses"][-1] < first["losses"][0]
    assert not second["isDone"]
    assert CHUNK <= 20
    assert STEPS <= MOST_STEPS
    assert fitting.SECONDS <= MOST_SECONDS


def test_it_ends_by_itself():
    page = page_of(kernel="ones", size="2", stride="2")
    kept, answers = None, []
    for _ in range(STEPS // CHUNK):
        kept, answer = advance(kept, page, SMALL, 1)
        answers.append(answer["isDone"])
    assert answers == [False] * (STEPS // CHUNK - 1) + [True]
    kept, after = advance(kept, page, SMALL, 1)
    assert (after["losses"], after["number"], after["isDone"]) == ([], STEPS, True)


def test_a_training_that_is_not_kept_begins_anew_with_the_same_numbers():
    page = page_of(kernel="ones", size="4", stride="2", seed="3")
    _, one = advance(None, page, SMALL, 1)
    _, other = advance(object(), page, SMALL, 1)
    assert one == other


@pytest.mark.parametrize("change", [{"seed": "4"}, {"start": "icnr"}, {"size": "5"}, {"stride": "3"}, {"down": "pick"}])
def test_another_state_is_another_training(change):
    query = {"kernel": "ones", "size": "4", "stride": "2"}
    kept, one = advance(None, page_of(**query), SMALL, 1)
    _, other = advance(kept, page_of(**{**query, **change}), SMALL, 1)
    assert other["first"] == 0
    assert other["losses"] != one["losses"]


def test_another_run_or_picture_is_another_training():
    page = page_of(kernel="ones", size="4", stride="2")
    kept, _ = advance(None, page, SMALL, 1)
    assert advance(kept, page, SMALL, 2)[1]["first"] == 0
    assert advance(kept, page, Picture("other", SMALL.cells), 1)[1]["first"] == 0


def test_icnr_begins_with_equal_sums_and_random_does_not():
    """The checkerboard of the first step: none from ICNR."""
    first = {}
    for start in ("random", "icnr"):
        page = page_of(kernel="ones", size="4", stride="2", start=start)
        training = fitting.begin(page, SMALL, 1)
        training.more(0)
        first[start] = training.step
    assert first["icnr"].spread < 1e-6 < first["random"].spread


def test_what_cannot_be_trained_says_why():
    kept, said = advance(None, page_of(kernel="ones", size="1", stride="2", start="icnr"), SMALL, 1)
    assert kept is None
    assert said["isDone"]
    assert "stride 2" in said["problem"]


def test_the_trained_kernel_can_be_used():
    _, said = advance(None, page_of(kernel="ones", size="8", stride="4"), SMALL, 1)
    page, notices = from_query({**said["use"], "stride": "4"})
    assert notices == []
    assert page.shown.shape == (8, 8)
