"""A question means what it means in other words: verbs, order of its parts, words for figures, periods and groups.

`said_otherwise.txt` holds blocks of a question ("= sales in 2025") and of lines that ask the same. In these, {one|other}
stands for words that can take each other's place; each is tried with the first of all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import planned

FILE = Path(__file__).resolve().parents[1] / "eval" / "said_otherwise.txt"


def blocks(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each question with the others that ask the same."""
    for block in re.split(r"^= ", text, flags=re.M)[1:]:
        question, *lines = (line for line in block.splitlines() if line and not line.startswith("#"))
        yield question, tuple(dict.fromkeys(other for line in lines for other in _variants(line)))


def _variants(line: str) -> Iterator[str]:
    parts = re.split(r"\{([^{}]*)\}", line)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    firsts = [words[0] for words in choices]
    for i, words in enumerate(choices):
        for word in words if i else words[:1]:
            text = " ".join("".join([*firsts[:i], word, *firsts[i + 1 :]]).split())
            yield re.sub(r"\s+([,?])", r"\1", text)


def _meaning(question: str) -> object:
    """What a question is planned as, whatever its periods are called; the reason where it is asked back."""
    try:
        return _without_labels(planned(question).plan.as_json())
    except (UnclearError, RefusedError) as error:
        return f"asked back: {error}"


def _without_labels(value: object) -> object:
    if isinstance(value, dict):
        return {k: _without_labels(v) for k, v in value.items() if k not in ("label", "notes")}
    return [_without_labels(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("question", "others"), [pytest.param(*block, id=block[0]) for block in blocks(FILE.read_text())]
)
def test_a_question_said_otherwise_is_the_same_question(question: str, others: tuple[str, ...]) -> None:
    assert planned(question).plan
    expected = _meaning(question)
    assert others
    assert not {other: meaning for other in others if (meaning := _meaning(other)) != expected}
