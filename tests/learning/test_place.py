"""Where somebody is in the course: what an address says of it, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.learning.place import LARGEST_NUMBER, PRACTICE, Place, find, page_address, part_at, part_page, place_of
from explorer.lessons import LESSONS, WELCOME
from explorer.questions import ASKED
from explorer.session.page import page_at

PLACES = [(name, part) for name, lesson in LESSONS.items() for part in range(1, len(lesson.parts) + 1)]


def test_the_welcome_is_where_no_lesson_is_named():
    place, page, notices = find("")
    assert (place, notices) == (Place(), [])
    assert part_at(place) is WELCOME
    assert page.content == page_at(WELCOME.page).page.content


@pytest.mark.parametrize(("lesson", "part"), PLACES)
def test_a_part_shows_its_own_page_and_its_address_says_only_the_place(lesson, part):
    place, page, notices = find(f"?lesson={lesson}&part={part}")
    assert notices == []
    assert page.content == page_at(LESSONS[lesson].parts[part - 1].page).page.content
    assert set(page_address(place, page)) <= {"lesson", "part"}


@given(
    place=st.sampled_from(PLACES),
    kind=st.sampled_from(["", *ASKED]),
    number=st.integers(0, LARGEST_NUMBER),
    text=st.booleans(),
)
def test_an_address_brings_back_its_place(place, kind, number, text):
    wanted = Place(*place, kind, number if kind else 0, text)
    assert place_of(wanted.address) == (wanted, [])


def test_the_stage_s_own_parameters_are_said_of_the_part_s_page():
    lesson, part = PLACES[-1]
    _, page, _ = find(f"?lesson={lesson}&part={part}&step=1")
    assert page.view.step == 1
    assert page.content == part_page(Place(lesson, part)).content


def test_a_page_in_the_address_is_shown_in_place_of_the_part_s():
    place, page, _ = find(f"?lesson={PLACES[0][0]}&stride=3")
    assert page.settings.layer.stride == (3, 3)
    assert page_address(place, page) == {"lesson": PLACES[0][0], "stride": "3"}


def test_the_bare_page_is_said_by_its_example_where_the_part_has_another():
    lesson = PLACES[-1][0]
    bare = page_at("").page
    said = page_address(Place(lesson), bare)
    assert said == {"lesson": lesson, "preset": "basic"}
    _, page, _ = find("?" + "&".join(f"{name}={value}" for name, value in said.items()))
    assert page.content == bare.content


@pytest.mark.parametrize(
    ("search", "key", "place"),
    [
        ("?lesson=nowhere", "no_lesson", Place()),
        ("?lesson=" + "9" * 5000, "no_lesson", Place()),
        (f"?lesson={PLACES[0][0]}&part=0", "no_part", Place(PLACES[0][0])),
        (f"?lesson={PLACES[0][0]}&part=99", "no_part", Place(PLACES[0][0])),
        (f"?lesson={PLACES[0][0]}&part=x", "no_part", Place(PLACES[0][0])),
        ("?lesson=practice&question=nothing.3", "no_question", Place(PRACTICE)),
        ("?lesson=practice&question=size.9999999", "no_question", Place(PRACTICE)),
        ("?lesson=practice&question=size", "no_question", Place(PRACTICE)),
    ],
)
def test_what_cannot_be_is_left_out_and_named(search, key, place):
    found, _, notices = find(search)
    assert found == place
    assert [notice.key for notice in notices] == [key]
    assert all(len(value) < 400 for notice in notices for _, value in notice.values)
