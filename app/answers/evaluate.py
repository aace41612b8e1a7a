"""How good the answers are: questions with gold SQL over the source system, answers compared as sets of rows."""

from __future__ import annotations

import datetime as dt
import decimal
import itertools
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.answers.ask import ANSWERED, CLARIFY, Answer, Answers, Session
from app.answers.dates.names import MONTH_NAMES
from app.answers.errors import AnswersError

RIGHT, WRONG, ASKED_BACK, REFUSED, RIGHTLY_REFUSED = "right", "wrong", "asked back", "refused", "rightly refused"
CLOSE = 1e-6
Gold = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Case:
    """A question and what is expected: rows of `gold`, or no answer."""

    id: str
    question: str
    gold: str = ""
    role: str = "executive"
    session: str = ""
    ordered: bool = False
    refused: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a case; milliseconds are those of the answer without its query."""

    case: Case
    verdict: str
    answer: Answer
    expected: Sequence[Sequence[Any]]
    milliseconds: int


@dataclass(frozen=True)
class Score:
    """Counts over a set, and the 50th and 95th percentile of the milliseconds."""

    counts: Mapping[str, int]
    total: int
    p50: int
    p95: int

    def share(self, *verdicts: str) -> float:
        """The share of the cases with one of these verdicts."""
        return sum(self.counts.get(v, 0) for v in verdicts) / max(1, self.total)


def read_cases(path: Path) -> list[Case]:
    """The cases of a YAML file; raises AnswersError when it is no list of cases."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe one
    except (OSError, yaml.YAMLError) as error:
        raise AnswersError(f"cannot read {path}: {error}") from error
    if isinstance(loaded, dict):  # a file of the dbt project: its verified questions
        loaded = [q for e in loaded.get("exposures", ()) for q in (e.get("meta") or {}).get("verified_questions", ())]
    if not isinstance(loaded, list):
        raise AnswersError(f"{path} is no list of questions: each has id, question, and gold or expect: refused")
    cases = []
    for number, item in enumerate(loaded, 1):
        if not isinstance(item, dict) or "question" not in item or not ("gold" in item or "expect" in item):
            raise AnswersError(f"{path}, question {number}: give question, and gold or expect: refused")
        cases.append(
            Case(
                str(item.get("id", number)),
                str(item["question"]),
                str(item.get("gold", "")),
                str(item.get("role", "executive")),
                str(item.get("session", "")),
                bool(item.get("ordered", False)),
                "gold" not in item,
            )
        )
    return cases


def evaluate(cases: Iterable[Case], answers: Answers, gold: Gold, source: str = "superstore") -> Iterable[Outcome]:
    """Ask each question and compare; a session's questions follow each other in the order of the file."""
    sessions: dict[str, Session] = {}
    for case in cases:
        session = sessions.setdefault(case.session, Session()) if case.session else None
        answer = answers.ask(case.question, case.role, session, source)
        expected = gold(case.gold) if case.gold else ()
        yield Outcome(case, _verdict(case, answer, expected), answer, expected, answer.took_ms - answer.query_ms)


def _verdict(case: Case, answer: Answer, expected: Sequence[Sequence[Any]]) -> str:
    if answer.status != ANSWERED:
        if case.refused:
            return RIGHTLY_REFUSED
        return ASKED_BACK if answer.status == CLARIFY else REFUSED
    if case.refused:
        return WRONG
    if len(expected) == 1 and len(expected[0]) == 1 and isinstance(expected[0][0], bool):  # "did we sell any …?"
        return RIGHT if answer.answer.startswith("Yes:" if expected[0][0] else "No:") else WRONG
    return RIGHT if same_rows(expected, answer.rows, case.ordered) else WRONG


def score(outcomes: Sequence[Outcome]) -> Score:
    """The figures of a set."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.verdict] = counts.get(outcome.verdict, 0) + 1
    times = sorted(o.milliseconds for o in outcomes)

    def percentile(q: float) -> int:
        return times[min(len(times) - 1, math.ceil(q * len(times)) - 1)] if times else 0

    return Score(counts, len(outcomes), percentile(0.5), percentile(0.95))


def same_rows(expected: Sequence[Sequence[Any]], found: Sequence[Sequence[Any]], ordered: bool = False) -> bool:
    """Whether the rows are the same, as multisets unless `ordered`; the answer may have further columns.

    Figures agree to a millionth (or half a cent); months, quarters and years may be written as their first day.
    """
    if _empty(expected) and _empty(found):
        return True
    if len(expected) != len(found):
        return False
    left = [[_comparable(v) for v in row] for row in expected]
    right = [[_comparable(v) for v in row] for row in found]
    width, wide = len(left[0]), len(right[0])
    options = [
        [j for j in range(wide) if _same_column([r[i] for r in left], [r[j] for r in right])] for i in range(width)
    ]
    for chosen in itertools.islice(itertools.product(*options), 200):
        if len(set(chosen)) == width and _same(left, [[r[j] for j in chosen] for r in right], ordered):
            return True
    return False


def _empty(rows: Sequence[Sequence[Any]]) -> bool:
    return not rows or (len(rows) == 1 and all(v is None or v == 0 for v in rows[0]))


def _same_column(left: Sequence[Any], right: Sequence[Any]) -> bool:
    return all(_close(a, b) for a, b in zip(sorted(left, key=_key), sorted(right, key=_key), strict=True))


def _same(left: list[list[Any]], right: list[list[Any]], ordered: bool) -> bool:
    if not ordered:
        left = sorted(left, key=lambda r: [_key(v) for v in r])
        right = sorted(right, key=lambda r: [_key(v) for v in r])
    return all(_close(a, b) for x, y in zip(left, right, strict=True) for a, b in zip(x, y, strict=True))


def _key(value: Any) -> tuple[int, Any]:
    if value is None:
        return (0, 0)
    if isinstance(value, float):
        return (1, float(f"{value:.6g}"))
    return (2, value)


def _close(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=CLOSE * 10, abs_tol=1e-4)
    return bool(a == b)


def _named_period(text: str) -> str | None:
    """The first day of a month or quarter that is written as "January 2025", "2025-Q1" or "Q1 2025"."""
    quarter = re.fullmatch(r"(?P<year>\d{4})[ -]?Q(?P<q>[1-4])|Q(?P<p>[1-4]) (?P<of>\d{4})", text, re.I)
    if quarter is not None:
        number, year = int(quarter["q"] or quarter["p"]), quarter["year"] or quarter["of"]
        return f"{year}-{number * 3 - 2:02d}-01"
    month = re.fullmatch(r"([A-Za-z]+) (\d{4})", text)
    if month is not None and month[1].lower() in MONTH_NAMES:
        return f"{month[2]}-{MONTH_NAMES.index(month[1].lower()) + 1:02d}-01"
    return None


def _comparable(value: Any) -> Any:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float | decimal.Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, dt.date) else value
    if isinstance(text, str):
        if (named := _named_period(text.strip())) is not None:
            return named
        if len(text) == 7 and text[4] == "-" and text.replace("-", "").isdigit():
            return f"{text}-01"
        if len(text) == 10 and text.endswith("-01-01") and text[:4].isdigit() and isinstance(value, dt.date):
            return text
        return text.strip()
    return text
