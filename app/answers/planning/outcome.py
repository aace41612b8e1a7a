"""What the planner can say: a plan, a question back, or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.answers.plan import Plan


class UnclearError(Exception):
    """The question can be read in several ways, or a part of it not at all: what to ask back, with choices."""

    def __init__(self, message: str, choices: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.choices = tuple(choices)


class UnknownWordError(UnclearError):
    """A word that nothing explains."""

    def __init__(self, word: str) -> None:
        super().__init__(f"I do not know the word “{word}”")
        self.word = word


class OpenError(UnclearError):
    """All words are understood, but they may be meant in several ways."""


class RefusedError(Exception):
    """The question cannot be answered from the data: why."""


@dataclass(frozen=True)
class Planned:
    """A plan, how sure the planner is (0 to 1), and which readings it took."""

    plan: Plan
    confidence: float
    notes: tuple[str, ...] = ()


PlanOf = Callable[[str], Planned]
"""Makes the plan of a question, or raises what it does not understand."""


def planned_or_none(question: str, plan_of: PlanOf) -> Planned | None:
    """The plan of a part of a question, None where it cannot be planned by itself."""
    try:
        return plan_of(question)
    except (UnclearError, RefusedError):
        return None


def trimmed(question: str) -> str:
    """A question without the marks at its end."""
    return question.strip().rstrip("?.! ")
