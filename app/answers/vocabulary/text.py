"""Lists of phrases as they are written in a vocabulary."""

from __future__ import annotations


def words(text: str) -> tuple[str, ...]:
    """The phrases of a text, told apart by bars."""
    return tuple(phrase for part in text.split("|") if (phrase := " ".join(part.split())))
