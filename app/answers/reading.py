"""A question cut into chunks: periods, numbers, business words and words of grammar, each with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.answers.dates.names import DAY_NAMES, TIME_WORDS
from app.answers.lexicon import Lexicon, Meaning
from app.answers.periods import Found, Trouble, find_periods
from app.answers.plan import Filter
from app.answers.rewriting import rewritten
from app.answers.vocabulary.says_nothing import says_nothing
from app.answers.words import NUMBER_WORDS, Token, tokenize

NOTHING = Meaning("")
OF_TIME_OR_NUMBER = TIME_WORDS | frozenset(NUMBER_WORDS)


@dataclass
class Chunk:
    """A piece of the question and what it can mean; `used` once a rule has accounted for it."""

    text: str
    word: Meaning = NOTHING
    grammar: tuple[Meaning, ...] = ()
    period: Found | None = None
    number: float | None = None
    unit: str = ""
    filter: Filter | None = None
    token: Token | None = None
    plural: bool = False
    used: bool = False
    role: str = ""

    def is_(self, *kinds: str) -> bool:
        """Whether the chunk can be a word of grammar of one of these kinds."""
        return any(m.kind in kinds for m in self.grammar)

    def payload(self, kind: str) -> str:
        """What the word of grammar stands for."""
        return next((m.payload for m in self.grammar if m.kind == kind), "")

    @property
    def metric(self) -> str:
        """The metric that it can be."""
        return self.word.metric

    @property
    def dimension(self) -> str:
        """The dimension that it can be."""
        return self.word.dimension

    @property
    def content(self) -> bool:
        """Whether it is a business word, a period or a number, not mere grammar."""
        return bool(self.word.kind or self.period or self.number is not None or self.filter)

    @property
    def grain(self) -> str:
        """The part of a date to group by, with its @."""
        payload = self.payload("grain") or self.payload("part")
        return f"@{payload}" if payload else ""

    @property
    def key(self) -> str:
        """What to group by: a dimension or a part of the date."""
        return self.dimension or self.grain


@dataclass
class Reading:
    """A question in chunks, with the misspellings that were mended and what of time could not be read."""

    chunks: list[Chunk]
    mended: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Chunk]:
        return iter(self.chunks)


def read(question: str, lexicon: Lexicon, newest: dt.date, oldest: dt.date) -> Reading:
    """Cut a question into chunks."""
    lead, colon, rest = question.partition(":")
    if (
        colon
        and len(rest.split()) > 2
        and not any(c.content or c.is_("repeat") or _is_name(c) for c in read(lead, lexicon, newest, oldest))
    ):
        question = rest  # "for the audit file: sales by market"
    tokens, mended = _mend(_tokens(question), lexicon)
    found, troubles = find_periods(tokens, newest, oldest, _masked(tokens, lexicon))
    chunks: list[Chunk] = []
    at = 0
    while at < len(tokens):
        period = next((f for f in found if f.start <= at < f.end), None)
        length, chunk = _longest(tokens, at, lexicon, found)
        if period is not None and not (chunk.is_("yoy") and at + length >= period.end):
            chunks.append(Chunk(" ".join(t.text for t in tokens[period.start : period.end]), period=period))
            at = max(at + 1, period.end)
            continue
        chunks.append(chunk)
        at += length
    return Reading(chunks, mended, troubles, [c.text for c in chunks if not c.content and not c.grammar])


def _is_name(c: Chunk) -> bool:
    """Whether a word that nothing explains could be a name: "Cuisinart Blender, K113: sales"."""
    named = not c.grammar and c.text[:1].isupper() and any(map(str.isalpha, c.text))
    return named and not says_nothing(c.text.lower(), "")


@lru_cache(maxsize=256)
def _tokens(question: str) -> tuple[Token, ...]:
    """The tokens of a question in the forms that the rules read; one question is read several times in a row."""
    return tuple(t for t in tokenize(rewritten(question)) if not (t.kind == "symbol" and t.text in ".!?:();–—"))


def _masked(tokens: Sequence[Token], lexicon: Lexicon) -> frozenset[int]:
    """The places of values of several words, some of which could be words of time."""
    places: set[int] = set()
    for at in range(len(tokens)):
        for length in range(min(lexicon.longest, len(tokens) - at), 1, -1):
            word = lexicon.business.get(tuple(t.lemma for t in tokens[at : at + length]), NOTHING)
            if word.values:
                places.update(range(at, at + length))
                break
    return frozenset(places)


def _mend(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[list[Token], list[tuple[str, str]]]:
    known = lexicon.known()
    result, mended = [], []
    for token in tokens:
        better = None
        if (
            token.kind == "word"
            and token.lemma not in known
            and token.norm not in known
            and token.lemma not in OF_TIME_OR_NUMBER
            and token.norm not in OF_TIME_OR_NUMBER
            and not token.norm[0].isdigit()
        ):
            better = lexicon.parted(token.lemma) or lexicon.corrected(token.lemma) or lexicon.corrected(token.norm)
        if better:
            mended.append((token.text, better))
            result += [Token(token.text, t.norm, t.lemma, "word") for t in tokenize(better)]
        else:
            result.append(token)
    return result, mended


def _longest(tokens: Sequence[Token], at: int, lexicon: Lexicon, found: Sequence[Found]) -> tuple[int, Chunk]:
    """The longest phrase that begins here, business words first."""
    token = tokens[at]
    exact = lexicon.exact.get(token.text)
    if exact is not None and token.kind == "word":
        return 1, Chunk(token.text, exact, token=token)
    if token.kind == "number":
        return 1, Chunk(token.text, number=token.value, unit=token.unit, token=token)
    stop = min([f.start for f in found if f.start > at] + [len(tokens)])
    limit = min(lexicon.longest, len(tokens) - at)
    for length in range(limit, 0, -1):
        part = tokens[at : at + length]
        if (
            length > 1
            and any(t.kind in ("quoted", "number", "date", "id") for t in part)
            and not any(t.norm in ("3", "2", "1") for t in part)
        ):
            continue
        key = tuple(t.lemma for t in part)
        grammar = lexicon.grammar.get(key, [])
        if at + length > stop and not any(m.kind == "yoy" for m in grammar):
            continue
        word = lexicon.business.get(key, NOTHING)
        if (
            grammar
            and not word.kind
            and (_possesses(part, lexicon) or _reaches_into_a_value(tokens, at, length, lexicon))
        ):
            continue
        if length > 2 and word.metric and _runs_on(tokens, at + length, lexicon):
            continue
        if length > 1 and word.values and not word.metric and _compared(tokens, at + length, key, lexicon):
            continue
        if word.kind or grammar:
            text = " ".join(t.text for t in part)
            last = _head_of(part)
            number = token.value if length == 1 else None
            return length, Chunk(text, word, tuple(grammar), number=number, token=token, plural=last.norm != last.lemma)
    if token.lemma in DAY_NAMES:
        return 1, Chunk(token.text, filter=Filter("@weekday", "in", (token.lemma.capitalize(),)), token=token)
    return 1, Chunk(token.text, number=token.value, token=token)


def _reaches_into_a_value(tokens: Sequence[Token], at: int, length: int, lexicon: Lexicon) -> bool:
    """Whether a phrase of grammar ends within a value: "the same" of "the Same Day lines"."""
    end = at + length
    return any(
        lexicon.business.get(tuple(t.lemma for t in tokens[start:stop]), NOTHING).values
        for start in range(at + 1, end)
        for stop in range(end + 1, min(start + lexicon.longest, len(tokens)) + 1)
        if tokens[start].text[:1].isupper()
    )


def _possesses(part: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a phrase begins with groups that have something: "each market's share" is no market share."""
    owner = lexicon.business.get((part[0].lemma,), NOTHING)
    return len(part) > 1 and bool(owner.dimension) and part[0].text.endswith(("'s", "s'"))


def _head_of(part: Sequence[Token]) -> Token:
    """The noun that tells whether a phrase is plural: "reason" of "reason for returns"."""
    link = next((i for i, t in enumerate(part) if i and t.norm in ("of", "for")), len(part))
    return part[link - 1]


def _runs_on(tokens: Sequence[Token], after: int, lexicon: Lexicon) -> bool:
    """Whether a phrase ends within another: "profit per order" in "profit per order line"."""
    pair = lexicon.business.get(tuple(t.lemma for t in tokens[after - 1 : after + 1]), NOTHING)
    return after < len(tokens) and bool(pair.metric)


def _compared(tokens: Sequence[Token], after: int, key: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether a value ends with a metric that is compared: "with a discount above 30%"."""
    figure = lexicon.business.get(key[-1:], NOTHING).metric
    following = [t.lemma for t in tokens[after : after + 3]]
    starts = [tuple(following[:n]) for n in (1, 2, 3)] + [tuple(following[1:2]), tuple(following[1:3])]
    numbered = any(t.kind == "number" for t in tokens[after : after + 2])
    behind = [tuple(t.lemma for t in tokens[after + 1 + skip : after + 3 + skip]) for skip in (0, 1)]
    if figure and numbered and any(m.kind == "after_number" for s in behind for m in lexicon.grammar.get(s, ())):
        return True  # "with a discount of 50% or more"
    return bool(figure) and any(m.kind == "op" for s in starts for m in lexicon.grammar.get(s, ()))
