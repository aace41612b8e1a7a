"""Which words stand for what: phrases of the layer and the grammar by their lemmas, misspellings mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker, WordFrequency

from app.answers.dates.names import DAY_NAMES, MONTH_NAMES
from app.answers.layer import Layer
from app.answers.vocabulary.constructions import CONSTRUCTIONS
from app.answers.vocabulary.grammar import GRAMMAR
from app.answers.vocabulary.not_in_data import NOT_IN_DATA, PLACES, UNSUPPORTED
from app.answers.vocabulary.says_nothing import is_listed
from app.answers.words import phrase_key, plain

Key = tuple[str, ...]

COMMON = 4_000
"""So often does a word occur in what pyspellchecker has counted (1.6 billion words); misspellings occur there, too."""

MOST_CORRECTIONS = 10_000
"""So many words are kept with what they were mended to."""


NOT_THERE = ("unsupported", "foreign")
"""Kinds of words for what no data of this sort holds; where a layer declares a value of the name, it is that value."""


@dataclass(frozen=True)
class Meaning:
    """What a phrase can stand for: a kind of the grammar, or a metric, a dimension, values, or several of these."""

    kind: str
    payload: str = ""
    metric: str = ""
    dimension: str = ""
    values: tuple[tuple[str, str], ...] = ()
    superlative: tuple[str, str] = ("", "")
    below_zero: str = ""
    verb: str = ""
    time: str = ""


@dataclass
class Lexicon:
    """All phrases of one layer for one role. `values` are those of its dimensions, by dimension."""

    business: dict[Key, Meaning] = field(default_factory=dict)
    grammar: dict[Key, list[Meaning]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    longest: int = 1
    exact: dict[str, Meaning] = field(default_factory=dict)
    values: set[str] = field(default_factory=set)
    _parts: dict[str, str] | None = None
    _known: frozenset[str] | None = None
    _corrections: dict[str, str | None] = field(default_factory=dict)

    def add(self, phrase: str, **meaning: object) -> None:
        """Add a meaning of a business phrase to what it already stands for."""
        key = phrase_key(phrase)
        if not key:
            return
        old = self.business.get(key, Meaning("word"))
        merged = {k: getattr(old, k) for k in Meaning.__dataclass_fields__}
        for name, value in meaning.items():
            if name == "values":
                merged["values"] = tuple(dict.fromkeys([*old.values, *value]))  # type: ignore[misc]  # pairs of dimension and value
            elif not merged[name] or merged[name] == ("", ""):
                merged[name] = value
        self.business[key] = Meaning(**merged)
        self.longest = max(self.longest, len(key))
        fresh = {w for w in key if len(w) > 3}
        if set(meaning) == {"values"}:
            self.values |= fresh - self.words
        else:
            self.values -= fresh
        self.words |= fresh
        self._parts, self._known = None, None
        self._corrections.clear()

    def known(self) -> frozenset[str]:
        """Every word of every phrase: none of them is misspelt."""
        if self._known is None:
            self._known = frozenset(w for phrases in (self.business, self.grammar) for key in phrases for w in key)
            self._known |= self.words
        return self._known

    def parted(self, word: str) -> str | None:
        """The known phrase of two words that is written as one: "shipmode"."""
        if self._parts is None:
            self._parts = {
                "".join(key): " ".join(key) for key in self.business if len(key) == 2 and min(map(len, key)) > 2
            }
        return self._parts.get(word)

    def corrected(self, word: str) -> str | None:
        """The one known word that a misspelling is close to, None when there is none or several."""
        if word not in self._corrections:
            if len(self._corrections) >= MOST_CORRECTIONS:
                self._corrections.clear()
            self._corrections[word] = self._near(word)
        return self._corrections[word]

    def _near(self, word: str) -> str | None:
        if len(word) < 3 or not word.isalpha() or word in _foreign() or _is_english(word) or is_listed(word):
            return None
        limit = 1 if len(word) < 8 else 2
        near = process.extract(word, self.words | _grammar_words(), scorer=OSA.distance, score_cutoff=limit, limit=8)
        near = [n for n in near if n[0][0] == word[0] or (n[1] == 1 and n[0] in self.words and n[0] not in self.values)]
        if len(word) == 3:  # so short a word can only have lost a letter
            near = [n for n in near if len(n[0]) == 4 and n[0][0] == word[0] and n[0] not in self.values]
        near = [n for n in near if not _is_who_does(word, n[0])]
        if not near:
            return None
        near = [n for n in near if n[1] == 1 or n[0] not in self.values]  # names of places differ by less than words do
        if not near:
            return None
        best = min(n[1] for n in near)
        chosen = {n[0] for n in near if n[1] == best}
        turned = {c for c in chosen if sorted(c) == sorted(word) and c[0] == word[0]}
        if len(turned) == 1:  # the same letters in another order
            return turned.pop()
        lost = {c for c in chosen if len(c) == len(word) + best and c[0] == word[0]}
        if len(lost) == 1 and len(chosen) > 1 and not chosen & self.values:  # a letter is left out sooner than swapped
            return lost.pop()
        own = [c for c in chosen if c[0] == word[0]]
        if len(chosen) > 1 and len(own) == 1:
            return own[0]
        return (
            chosen.pop()
            if len(chosen) == 1
            else (sorted(own, key=len)[-1] if own and len({lemma[:4] for lemma in own}) == 1 else None)
        )


def _is_who_does(word: str, verb: str) -> bool:
    """ "Earners" are those who earn, no misspelt "earned"."""
    stem = re.sub(r"e?rs?$", "", word)
    return stem != word and len(stem) > 2 and re.sub(r"(?:e?d|ing|s)$", "", verb) == stem


@cache
def grammar_phrases() -> dict[Key, list[Meaning]]:
    """The phrases of the grammar, by their lemmas."""
    found: dict[Key, list[Meaning]] = {}
    for kind, groups in {**GRAMMAR, **CONSTRUCTIONS}.items():
        for payload, phrases in groups.items():
            for phrase in phrases:
                found.setdefault(_key(phrase), []).append(Meaning(kind, payload))
    for reason, phrases in UNSUPPORTED.items():
        for phrase in phrases:
            found.setdefault(_key(phrase), []).insert(0, Meaning("unsupported", reason))
    for phrase in NOT_IN_DATA:
        found.setdefault(_key(phrase), []).append(Meaning("foreign", phrase))
    return found


def _key(phrase: str) -> Key:
    return phrase_key(phrase) or (phrase,)


@cache
def _grammar_words() -> frozenset[str]:
    words = {
        w
        for key, meanings in grammar_phrases().items()
        for w in key
        if len(w) > 3 and meanings[0].kind not in ("foreign",)
    }
    return frozenset(words | set(MONTH_NAMES) | set(DAY_NAMES) | {"weekend", "quarter", "yesterday", "today"})


@cache
def _foreign() -> frozenset[str]:
    return PLACES | frozenset(w for phrase in NOT_IN_DATA for w in plain(phrase).split())


@cache
def _spoken() -> WordFrequency:
    return SpellChecker(distance=1).word_frequency


def _is_english(word: str) -> bool:
    """Whether a word is one, not another one misspelt: "set" is not "sent", whatever is near; "fattest" is "fat"."""
    spoken = _spoken()
    doubled = re.fullmatch(r"(\w+(\w))\2(?:est|er)", word)
    return max(int(spoken[word]), int(spoken[doubled[1]]) if doubled is not None else 0) >= COMMON


def build_lexicon(
    layer: Layer, values: Mapping[str, Sequence[str]], clear: Iterable[str], hidden: Iterable[str] = ()
) -> Lexicon:
    """The lexicon for a role that sees the classes of personal data in `clear`; metrics in `hidden` are left out,
    and so are those that only conditions look at."""
    lexicon = Lexicon(grammar=grammar_phrases())
    visible = {"none", *clear}
    lexicon.longest = max(len(k) for k in lexicon.grammar)
    for metric in layer.metrics.values():
        if metric.name in set(hidden) or metric.meta.get("condition"):
            continue
        for phrase in (metric.name.replace("_", " "), metric.label, *metric.words("synonyms")):
            lexicon.add(phrase, metric=metric.name)
        for entity in metric.words("value_of"):
            dimension = layer.identifier(entity)
            if dimension is not None:
                for phrase in (
                    f"{entity} value",
                    f"{entity} total",
                    f"{entity} amount",
                    f"value of an {entity}",
                    f"value per {entity}",
                    f"value of a {entity}",
                ):
                    lexicon.add(phrase, metric=metric.name, payload=f"over:{dimension.name}")
        for phrase in metric.words("verbs"):
            lexicon.add(phrase, verb=metric.name)
        for phrase in metric.words("superlatives"):
            lexicon.add(phrase, superlative=(metric.name, "desc"))
        for phrase in metric.words("lowest"):
            lexicon.add(phrase, superlative=(metric.name, "asc"))
        for phrase in metric.words("below_zero"):
            lexicon.add(phrase, below_zero=metric.name)
    for dimension in layer.dimensions.values():
        phrases = (dimension.label, dimension.name.replace("_", " "), *dimension.synonyms)
        for phrase in phrases:
            lexicon.add(phrase, **({"time": dimension.name} if dimension.is_time else {"dimension": dimension.name}))
        for verb in dimension.verbs:
            lexicon.add(verb, time=dimension.name)
        if dimension.pii not in visible:
            continue
        known = values.get(dimension.name) or tuple(dimension.values)
        for value in known:
            _add_value(lexicon, dimension.name, phrases, value, dimension.values.get(value, ()), dimension.explicit)
    return lexicon


def _add_value(
    lexicon: Lexicon, dimension: str, names: Sequence[str], value: str, synonyms: Sequence[str], explicit: bool
) -> None:
    pair = ((dimension, value),)
    if value.isupper() and phrase_key(value) in lexicon.grammar and not explicit:
        lexicon.exact[value] = Meaning("word", values=pair)
    for phrase in (value, *synonyms):
        key = phrase_key(phrase)
        if not key or not any(c.isalpha() for c in phrase):
            continue
        taken = any(meaning.kind not in NOT_THERE for meaning in lexicon.grammar.get(key, ()))
        short = sum(map(str.isalnum, phrase)) < 2  # a letter, or what an import left in place of nothing
        if not explicit and not taken and not short:
            lexicon.add(phrase, values=pair)
        if explicit or taken or short or len(key) == 1:
            for name in names[:4]:
                lexicon.add(f"{phrase} {name}", values=pair)
                lexicon.add(f"{name} {phrase}", values=pair)
                if explicit or taken:
                    lexicon.add(f"{name} of {phrase}", values=pair)
                    lexicon.add(f"{name} is {phrase}", values=pair)
