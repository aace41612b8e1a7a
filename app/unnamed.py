"""Personal values taken out of what the logs keep of questions: who reads the logs has no business data.

Taken out are the values that a plan filters by a personal column; names of the data, whether they were understood or
not; and single words of such names, unless they mean something else in questions (May).
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.answers.layer import Layer
from app.answers.plan import Cohort, Filter, Plan

MASKED = "(masked)"
WORD = re.compile(r"[^\W_]+")
REACHES = re.compile(  # what looks like an address, a telephone number, or a postal code that is called so
    r"\S+@\S+\.\w+|\+\d[\d ().-]{6,}\d|\(\d{3}\)[ -]?\d{3}[ -]?\d{4}|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"
    r"|(?<=\bcode )\w*\d[\w-]*|(?<=\bcode is )\w*\d[\w-]*|(?<=\bzip )\w*\d[\w-]*",
    re.IGNORECASE,
)
LITERAL = re.compile(r"'(?:[^'\\]|\\.|'')*'", re.DOTALL)
LONGEST_NAME = 5  # words
ALIKE = 0.75  # a name that was misspelt, against the one that was found for it


@dataclass(frozen=True)
class Names:
    """The names of people in the data, as `folded` makes them, and the words of questions that mean something else."""

    whole: frozenset[str] = frozenset()
    vocabulary: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of names that are nothing but that."""
        return frozenset(word for name in self.whole for word in name.split() if len(word) > 2) - self.vocabulary


def folded(text: str) -> str:
    """The words of a text without capitals, accents and signs."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(WORD.findall("".join(sign for sign in bare if not unicodedata.combining(sign))))


def personal_values(layer: Layer, plan: Plan | None) -> tuple[str, ...]:
    """The texts by which a plan filters a personal column."""
    found = [] if plan is None else [f for f in _filters(plan) if _is_personal(layer, f.dimension)]
    return tuple(dict.fromkeys(str(value) for condition in found for value in condition.values if str(value).strip()))


def in_words(text: str, values: Iterable[str], names: Names) -> str:
    """A question, or what was understood of it, without personal values."""
    for value in values:
        text = re.sub(re.escape(value), MASKED, text, flags=re.IGNORECASE)
    text = REACHES.sub(MASKED, text)
    places = [(match.start(), match.end(), folded(match[0])) for match in WORD.finditer(text)]
    spoken = [folded(value) for value in values]
    hidden: set[int] = set()
    for begin in range(len(places)):
        for end in range(begin + 1, min(begin + LONGEST_NAME, len(places)) + 1):
            said = " ".join(word for _, _, word in places[begin:end])
            if (
                said in names.whole
                or (end == begin + 1 and said in names.words)
                or any(_is_meant(said, value) for value in spoken)
            ):
                hidden.update(range(begin, end))
    for place in sorted(hidden, reverse=True):
        start, end, _ = places[place]
        text = text[:start] + MASKED + text[end:]
    return re.sub(rf"{re.escape(MASKED)}(?:[\s'’.-]{{1,2}}{re.escape(MASKED)})+", MASKED, text)


def in_sql(sql: str, values: Iterable[str], names: Names) -> str:
    """A statement without the texts that hold personal values."""
    wanted = [folded(value) for value in values]

    def masked(match: re.Match[str]) -> str:
        text = folded(match[0])
        is_personal = text in names.whole or any(value in text or value == match[0] for value in wanted)
        return f"'{MASKED}'" if is_personal else match[0]

    return LITERAL.sub(masked, sql)


def _is_meant(said: str, value: str) -> bool:
    return said.count(" ") == value.count(" ") and difflib.SequenceMatcher(None, said, value).ratio() >= ALIKE


def _filters(plan: Plan) -> Iterator[Filter]:
    yield from plan.filters
    cohorts: list[Cohort] = list(plan.cohorts)
    for term in plan.terms:
        yield from term.filters
        cohorts += term.cohorts
    for cohort in cohorts:
        yield from cohort.filters


def _is_personal(layer: Layer, name: str) -> bool:
    dimension = layer.dimensions.get(name)
    return dimension is not None and dimension.pii != "none"
