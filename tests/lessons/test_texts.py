"""What every text of the course keeps to: its numbers, its length, its words."""

import re
from itertools import pairwise

import pytest

from explorer.lessons import GLOSSARY, LESSONS, WELCOME, lesson_text
from explorer.lessons.markup import parsed
from explorer.lessons.places import PLACE
from tests.lessons.course import NAMES, PARTS, TEXTS, WORDS_WITH_DIGITS, sentences

MOST_WORDS, LONGEST_SENTENCE = 90, 25

texts = pytest.mark.parametrize("text", TEXTS, ids=[text.where for text in TEXTS])
parts = pytest.mark.parametrize("part", [part for _, part in PARTS], ids=[where for where, _ in PARTS])
lessons = pytest.mark.parametrize("lesson", LESSONS.values(), ids=list(LESSONS))


def loose_digits(text, asserted=()):
    """The numbers of a text that are neither a place, nor a cell's index, nor part of a name, nor asserted."""
    rest = NAMES.sub("", PLACE.sub("", text))
    found = re.findall(r"[0-9]+", WORDS_WITH_DIGITS.sub("", rest))
    return [number for number in found if number not in asserted]


def test_a_number_that_nothing_computes_is_seen():
    assert loose_digits("{out_h} rows, X[0,1], `conv2d`, 36, 4×4") == ["36", "4", "4"]
    assert loose_digits("36", {"36": "weights"}) == []


@texts
def test_every_number_is_computed(text):
    assert loose_digits(text.raw, text.asserted) == []
    for number, place in text.asserted.items():
        name, _, at = place.rstrip("]").partition("[")
        assert text.places.text_of(name, tuple(map(int, at.split(","))) if at else ()) == number


@texts
def test_every_cell_that_is_named_exists(text):
    for grid, at in NAMES.findall(text.raw):
        assert text.places.text_of(grid, tuple(map(int, at.split(","))))


@texts
def test_every_place_can_be_filled(text):
    assert "{" not in text.words


@texts
def test_sentences_are_short(text):
    for sentence in sentences(text.words):
        assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


@parts
def test_parts_are_short(part):
    for language in part.texts:
        words = " ".join(run.text for block in lesson_text(part, language) for run in block).split()
        assert len(words) <= MOST_WORDS


@texts
def test_every_link_leads_to_a_term(text):
    terms = {run.term for block in parsed(text.raw) for run in block if run.term}
    assert terms <= GLOSSARY.keys()


def terms_said(lesson, language="en"):
    """(term, whether it is linked there) of every place where a lesson says a word of the glossary, in order."""
    names = {word.lower(): name for name, term in GLOSSARY.items() for word in term.words[language]}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    for part in lesson.parts:
        for block in parsed(part.texts[language]):
            for run in block:
                if run.style == "term":
                    yield run.term, True
                elif run.style != "code":
                    yield from ((names[found.lower()], False) for found in pattern.findall(run.text))


@lessons
def test_a_term_is_linked_where_it_is_first_used_and_only_there(lesson):
    seen = set()
    for term, is_linked in terms_said(lesson):
        assert is_linked == (term not in seen), term
        seen.add(term)


@pytest.mark.parametrize("term", GLOSSARY.values(), ids=list(GLOSSARY))
def test_a_term_has_two_sentences(term):
    ends = re.findall(r"[.!?](?=\s|$)", " ".join("".join(run.text for run in block) for block in term.text))
    assert len(ends) == 2


def test_a_name_of_the_glossary_is_what_its_title_makes():
    for name, term in GLOSSARY.items():
        run = parsed(f"[[{term.title}]]")[0][0]
        assert run.term == name or name == "im-to-col"


def test_further_reading_is_named_and_linked():
    titles = [source.title for source in WELCOME.sources]
    assert len(titles) == len(set(titles)) == 4
    assert all(source.by and source.url.startswith("https://") for source in WELCOME.sources)


def test_no_word_belongs_to_two_terms():
    words = sorted(word for term in GLOSSARY.values() for word in term.words["en"])
    assert all(one != other for one, other in pairwise(words))
