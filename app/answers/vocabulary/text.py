"""Lists of phrases and forms of speech as they are written in a vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable

Forms = tuple[tuple[re.Pattern[str], str], ...]
"""Patterns, and what is read instead of each."""


def words(text: str) -> tuple[str, ...]:
    """The phrases of a text, told apart by bars."""
    return tuple(phrase for part in text.split("|") if (phrase := " ".join(part.split())))


def compiled(pairs: Iterable[tuple[str, str]]) -> Forms:
    """Forms from patterns as they are written; capitals make no difference."""
    return tuple((re.compile(pattern, re.I), instead) for pattern, instead in pairs)


def in_forms(question: str, forms: Forms) -> str:
    """The question with each form that it has replaced, in order."""
    for pattern, instead in forms:
        question = pattern.sub(instead, question)
    return question
