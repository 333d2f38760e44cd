"""A file that breaks a rule is refused when it is loaded; the message names the file, the part and the rule."""

import pytest

from explorer.lessons import LESSONS, LessonError, lesson_text, lesson_title
from explorer.lessons.glossary import term_of
from explorer.lessons.lesson import lesson_of
from explorer.lessons.markup import parsed
from explorer.lessons.places import PlaceError, Places
from explorer.lessons.reading import table_of
from explorer.lessons.welcome import welcome_of
from explorer.session.page import Page, page_at

PART = {"page": "?preset=padding-1", "text": {"en": "Y[0,0] is {Y[0,0]}."}}
GOOD = {"cells": [11], "title": {"en": "Good"}, "parts": [PART, PART]}


def with_part(**change):
    return GOOD | {"parts": [PART, PART | change]}


def test_a_good_file_is_a_lesson():
    lesson = lesson_of("05-padding-crops", GOOD)
    assert (lesson.name, lesson.number, lesson.title, lesson.cells) == ("padding-crops", 5, "Good", (11,))
    assert lesson.parts[1].text[0][0].text == "Y[0,0] is 4."


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"page": "?preset=nowhere"}, "unknown"),
        ({"page": "?preset=padding-1&step=99"}, "step_moved"),
        ({"page": "?preset=padding-1&trace=output:0,9,9"}, "no_cell"),
        ({"page": "?preset=padding-1&strides=2"}, "near_name"),
        ({"mask": ["output:0,9,9"]}, "output:0,9,9"),
        ({"mask": ["output:0,1"]}, "output:0,1"),
        ({"mask": ["result"]}, "result"),
        ({"mask": "output"}, "mask must be of the kind list"),
        ({"mask": [1]}, "mask must hold only"),
        ({"move": ["strides"]}, "move: “strides”"),
        ({"questions": ["riddle"]}, "questions: “riddle”"),
        ({"beside": "yes"}, "beside must be of the kind bool"),
        ({"colour": "red"}, "“colour” is none of"),
        ({"text": {"zh": "…"}}, "en is missing"),
        ({"text": {"en": "a **b"}}, "not closed"),
        ({"text": {"en": "a **[[stride]]**"}}, "in another one"),
        ({"text": {"en": "{answer}"}}, "no place “answer”"),
    ],
)
def test_a_bad_part_is_refused_by_its_file_and_number(change, rule):
    with pytest.raises(LessonError) as error:
        lesson_of("05-padding-crops", with_part(**change))
    assert "05-padding-crops, part 2" in str(error.value)
    assert rule in str(error.value)


@pytest.mark.parametrize(
    ("file", "change", "rule"),
    [
        ("5-padding", {}, "NN-words"),
        ("05-Padding", {}, "NN-words"),
        ("05-padding", {"parts": [PART]}, "1 parts"),
        ("05-padding", {"parts": [PART] * 6}, "6 parts"),
        ("05-padding", {"title": {}}, "en is missing"),
        ("05-padding", {"title": "Padding"}, "title must be of the kind dict"),
        ("05-padding", {"cells": ["11"]}, "cells must hold only"),
        ("05-padding", {"author": "me"}, "“author” is none of"),
    ],
)
def test_a_bad_file_is_refused_by_its_name(file, change, rule):
    with pytest.raises(LessonError) as error:
        lesson_of(file, GOOD | change)
    assert file in str(error.value)
    assert rule in str(error.value)


def test_what_is_no_toml_is_refused_by_its_name():
    with pytest.raises(LessonError, match=r"05-padding\.toml: is no TOML"):
        table_of("05-padding.toml", "page = ")


def test_a_bad_term_and_a_bad_welcome_are_refused():
    with pytest.raises(LessonError, match="glossary, canvas"):
        term_of("canvas", {"title": {"en": "canvas"}, "text": {"en": "…"}, "page": "?preset=nowhere"})
    with pytest.raises(LessonError, match="welcome: sources is missing"):
        welcome_of({"title": {"en": "…"}, "text": {"en": "…"}, "start": {"en": "…"}, "page": ""})


@pytest.mark.parametrize(
    "place", ["{Y[9,9]}", "{Y[0]}", "{sum}", "{cells[0]}", "{out_size[0]}", "{Y[0,0}", "{nothing}"]
)
def test_a_place_that_the_page_has_not_is_refused(place):
    with pytest.raises(PlaceError):
        Places(Page()).fill(place)


def test_a_place_never_evaluates():
    with pytest.raises(PlaceError):
        Places(Page()).fill("{Y.__class__}")
    with pytest.raises(PlaceError):
        Places(Page()).text_of("__class__")


def test_a_text_without_a_language_is_english():
    part = next(iter(LESSONS.values())).parts[0]
    assert lesson_text(part, "fr") == lesson_text(part, "en") == part.text
    lesson = lesson_of("05-padding-crops", GOOD | {"title": {"en": "Padding crops", "zh": "填充"}})
    assert (lesson_title(lesson, "zh"), lesson_title(lesson, "fr")) == ("填充", "Padding crops")


def test_negative_numbers_and_several_channels_are_written_out():
    negative = Places(page_at("?x=-1,2;3,-4&k=1,-1;1,1").page)
    assert negative.text_of("sum", (0, 1)) == "(−1)·(−1) + 2·1"
    assert negative.text_of("Y", (0, 1)) == "3"
    channels = Places(page_at("?preset=two-channels-add").page)
    assert channels.text_of("sum", (0, 0, 0)) == "0·1 + 1·10"
    assert channels.text_of("K", (1, 0, 1, 1)) == "40"
    assert channels.text_of("X") == "[[0, 1], [2, 3], [1, 1], [1, 1]]"


def test_paragraphs_and_runs():
    first, second = parsed("one\ntwo `a*b`\n\n[[Conv matrix]] and [[stamps|stamp]]")
    assert [run.text for run in first] == ["one two ", "a*b"]
    assert [(run.text, run.term) for run in second] == [
        ("Conv matrix", "conv-matrix"),
        (" and ", ""),
        ("stamps", "stamp"),
    ]
