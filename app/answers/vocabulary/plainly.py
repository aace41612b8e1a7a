"""Roundabout ways to say it, told plainly before a question is looked at as a whole."""

from __future__ import annotations

import re
from functools import lru_cache

from app.answers.vocabulary.above_average import with_average_told
from app.answers.vocabulary.chosen_from import with_the_chosen
from app.answers.vocabulary.contacts import CONTACTS
from app.answers.vocabulary.everyday import as_every_day
from app.answers.vocabulary.everyday_forms import EVERYDAY
from app.answers.vocabulary.in_every_one import with_members_defined
from app.answers.vocabulary.one_line import of_one_line
from app.answers.vocabulary.other_words import OTHER_WORDS
from app.answers.vocabulary.parts_of_names import PARTS_OF_NAMES
from app.answers.vocabulary.roundabout import ROUNDABOUT
from app.answers.vocabulary.said_again import SAID_AGAIN
from app.answers.vocabulary.text import Forms, compiled, in_forms
from app.answers.vocabulary.turns import TURNS
from app.answers.vocabulary.two_years import with_moves_told, with_stretch_of_both

PLAINLY: Forms = compiled((*EVERYDAY, *PARTS_OF_NAMES, *CONTACTS, *ROUNDABOUT, *SAID_AGAIN, *OTHER_WORDS, *TURNS))


_BETWEEN = re.compile(
    r"(?P<what>\b(?:difference|change|gap)\b[^?]*?\bbetween\s+)(?P<one>(?:q[1-4]|h[12])\s+20\d\d)\s+and\s+(?P<two>(?:q[1-4]|h[12])\s+20\d\d)\b",
    re.I,
)

_LATE_LESS_EARLY = re.compile(
    r"\b(?P<what>change|difference|growth|increase)\s*\(\s*(?P<late>20\d\d)\s+(?:minus|less|[-–−])\s+(?P<early>20\d\d)\s*\)",
    re.I,
)


def _early_first(found: re.Match[str]) -> str:
    """ "The difference between Q3 2026 and Q2 2026": of the two, no stretch of time."""
    one, two = sorted((found["one"], found["two"]), key=lambda text: (text[-4:], text[:2].lower()))
    return f"{found['what']}{one} and {two}"


def _as_ever(found: re.Match[str]) -> str:
    """ "The change (2025 minus 2024)": so it is anyway; the other way round it is another figure."""
    return found["what"] if found["late"] > found["early"] else found[0]


@lru_cache(maxsize=512)
def plainly(question: str) -> str:
    """The question with its roundabout ways told plainly."""
    question = with_members_defined(with_the_chosen(with_average_told(as_every_day(question))))
    question = in_forms(_LATE_LESS_EARLY.sub(_as_ever, question), PLAINLY)
    return with_stretch_of_both(with_moves_told(_BETWEEN.sub(_early_first, of_one_line(question))))
