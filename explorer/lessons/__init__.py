"""The course: lessons as data, one TOML file each, and what reads them.

A new lesson is a new file ``NN-name.toml``; a new term is an entry in glossary.toml. Numbers in a text are places
(`explorer.lessons.places`), filled from the page that stands beside it.
"""

from explorer.lessons.glossary import GLOSSARY, Term, term_text
from explorer.lessons.lesson import KINDS, LESSONS, Lesson, LessonError, Part, lesson_text, lesson_title
from explorer.lessons.markup import Block, Run
from explorer.lessons.welcome import WELCOME, Source, Welcome, welcome_text

__all__ = [
    "GLOSSARY",
    "KINDS",
    "LESSONS",
    "WELCOME",
    "Block",
    "Lesson",
    "LessonError",
    "Part",
    "Run",
    "Source",
    "Term",
    "Welcome",
    "lesson_text",
    "lesson_title",
    "term_text",
    "welcome_text",
]
