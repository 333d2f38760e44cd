"""What a visitor does in the course: each command, what the stage shows then, and what the address says."""

from urllib.parse import urlencode

import pytest

from explorer.learning.course import Course
from explorer.learning.place import PRACTICE, Place
from explorer.lessons import LESSONS
from explorer.questions import ask, mark

ASKING = next(
    (name, number)
    for name, lesson in LESSONS.items()
    for number, part in enumerate(lesson.parts, 1)
    if "size" in part.questions and not part.mask
)


class Visitor:
    """Somebody in the course, who sends commands as a browser does."""

    def __init__(self, search=""):
        self.course = Course.at(search)
        self.sent = []

    def do(self, name, /, **arguments):
        document = self.course.document
        self.sent = [{"id": len(self.sent) + 1, "name": name, "arguments": arguments, "document": document}, *self.sent]
        self.course.hear(self.sent)
        return self.course

    @property
    def search(self):
        return "?" + urlencode(self.course.address)


@pytest.fixture
def visitor():
    return Visitor(f"?lesson={ASKING[0]}&part={ASKING[1]}")


def test_a_part_is_visited_as_a_page_of_its_own_to_which_back_returns():
    visitor = Visitor()
    name = next(iter(LESSONS))
    course = visitor.do("visit", lesson=name, part=2)
    assert course.place == Place(name, 2, course.place.kind, course.place.number)
    assert course.pushed == course.arrived == course.number
    assert course.page.entry == 1
    course = visitor.do("go", search="", entry=0)
    assert (course.place, course.page.entry) == (Place(), 0)


def test_a_part_that_is_not_there_is_refused():
    visitor = Visitor()
    short = min(LESSONS.values(), key=lambda lesson: len(lesson.parts))
    before = visitor.course.place
    for lesson, part in ((short.name, len(short.parts) + 1), ("nowhere", 1), ("", 0), (short.name, True)):
        course = visitor.do("visit", lesson=lesson, part=part)
        assert course.place == before
        assert len(course.notices) == 1


def test_a_right_answer_is_shown_on_the_stage(visitor):
    course = visitor.do("ask", kind="size", number=0)
    question = course.question
    assert course.settings == question.settings
    assert course.is_asking
    assert course.view.mask == question.view.mask
    arrived = course.arrived
    course = visitor.do("answer", given=[str(number) for number in question.answer])
    assert course.verdict.state == "right"
    assert not course.is_asking
    assert course.view.mask == ()
    assert course.arrived > arrived


def test_a_wrong_answer_gets_a_reason_can_be_tried_again_and_played(visitor):
    course = visitor.do("ask", kind="size", number=0)
    course = visitor.do("answer", given=["40", "40"])
    assert course.verdict.state == "wrong"
    assert course.is_asking
    assert course.plays == 0
    course = visitor.do("play")
    assert (course.plays, course.is_asking) == (1, False)
    course = visitor.do("answer", given=["1", "1"])  # too late
    assert course.given == ["40", "40"]


def test_an_answer_that_cannot_be_read_loses_nothing(visitor):
    visitor.do("ask", kind="size", number=0)
    course = visitor.do("answer", given=["three", ""])
    assert course.verdict.state == "unread"
    assert course.is_asking


def test_the_same_seed_asks_the_same_and_the_next_another(visitor):
    first = visitor.do("ask", kind="size", number=4).question
    second = visitor.do("ask", kind="size", number=5).question
    again = visitor.do("ask", kind="size", number=4).question
    assert first == again != second


def test_leaving_a_question_shows_the_part_s_picture_again(visitor):
    page = visitor.course.page
    visitor.do("move", name="stride", value=3)
    visitor.do("ask", kind="size", number=0)
    assert visitor.course.is_changed
    course = visitor.do("leave")
    assert course.question is None
    assert not course.is_changed
    assert course.page.content == page.content


def test_an_open_question_is_in_the_address_and_comes_back(visitor):
    visitor.do("move", name="stride", value=3)
    asked = visitor.do("ask", kind="size", number=7).question
    other = Course.at(visitor.search)
    assert other.question == asked
    assert other.page.content == visitor.course.page.content
    assert other.notices == []


def test_another_server_takes_over_the_open_question(visitor):
    visitor.do("ask", kind="size", number=7)
    other = Visitor()
    resume = {"search": visitor.search, "precision": "", "entry": 3, "pending": []}
    other.course.hear([{"id": 9, "name": "resume", "arguments": resume, "document": visitor.course.document}])
    assert other.course.question == visitor.course.question
    assert other.course.place == visitor.course.place
    assert other.course.page.entry == 3


def test_practice_asks_about_the_page_that_is_named(visitor):
    course = visitor.do("practise", kind="size", number=3, search="?stride=2")
    assert course.place == Place(PRACTICE, 1, "size", 3)
    assert course.page.settings.layer.stride == (2, 2)
    assert course.question == ask("size", course.page.settings, 3)
    assert course.question.kind == "size"
    assert Course.at(visitor.search).question == course.question


@pytest.mark.parametrize("given", [None, True, 3, {"a": 1}, ["1"] * 1000, "9" * 1000, [["1"]], [None]])
def test_a_hostile_answer_is_refused(visitor, given):
    visitor.do("ask", kind="size", number=0)
    course = visitor.do("answer", given=given)
    assert course.verdict is None
    assert len(course.notices) == 1


def test_nothing_changes_what_is_asked_about(visitor):
    asked = visitor.do("ask", kind="size", number=0).question
    page = visitor.course.page
    course = visitor.do("edit", grid="input", at=[0, 0, 0], text="7")
    assert (course.question, course.page) == (asked, page)
    assert course.refused == [{"id": 2}]
    assert course.done == 2


def test_whoever_changes_something_goes_on_from_the_answer(visitor):
    visitor.do("ask", kind="size", number=3)
    shown = visitor.do("play").settings
    course = visitor.do("edit", grid="input", at=[0, 0, 0], text="7")
    assert course.question is None
    assert course.page.settings.layer == shown.layer
    assert course.page.settings.input[0][0][0] == 7
    assert course.address["x"].startswith("7")
    assert "question" not in course.address
    course = visitor.do("undo")
    assert course.page.settings == shown


def test_an_answer_without_a_question_does_nothing(visitor):
    number = visitor.course.number
    assert visitor.do("answer", given="3").number == number


@pytest.mark.parametrize(
    ("lesson", "part"), [(name, n) for name, lesson in LESSONS.items() for n in range(1, len(lesson.parts) + 1)]
)
def test_every_question_of_every_part_can_be_asked_of_it(lesson, part):
    """Each of the first eight, so that “Another one” always has one; and the core's answer is right."""
    kinds = LESSONS[lesson].parts[part - 1].questions
    settings = Course.at(f"?lesson={lesson}&part={part}").page.settings
    for number in range(8):
        for kind in kinds:
            question = ask(kind, settings, number)
            assert question is not None, (kind, number)
            assert mark(question, _as_given(question)).state == "right"


def _as_given(question):
    answer = question.answer
    if question.form == "size":
        return [str(number) for number in answer]
    return str(answer) if question.form == "number" else answer
