"""Better and worse, told as lower and higher for figures of which less is better: "a worse return rate in 2025"."""

from __future__ import annotations

import re
from functools import lru_cache

from app.answers.layer import Layer

_WAYS = {"better": "lower", "worse": "higher"}


def with_ways_told(question: str, layer: Layer) -> str:
    """The question with higher and lower in place of worse and better, where a figure is better the lower it is."""
    low = [m for m in layer.metrics.values() if m.meta.get("better") == "low"]
    names = tuple(sorted({n.lower() for m in low for n in (m.label, *m.words("synonyms"))}))
    if not names or re.search(r"\b(?:better|worse)\b", question, re.I) is None:
        return question
    ahead, behind = _patterns(names)
    question = ahead.sub(lambda found: _WAYS[found[1].lower()], question)
    return behind.sub(lambda found: f"{found[1]}{_WAYS[found[2].lower()]}", question)


@lru_cache(maxsize=8)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    named = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    ahead = re.compile(rf"\b(better|worse)(?=\s+(?:{named})\b)", re.I)
    behind = re.compile(rf"(\b(?:{named})\s+(?:(?:is|was|are|were|has\s+been|got|became)\s+)?)(better|worse)\b", re.I)
    return ahead, behind
