"""What answers questions, kept warm for everybody of a role: opening it takes seconds, a question a tenth of one."""

from __future__ import annotations

import calendar
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app import query_log
from app.answers.ask import Answers, Asked
from app.answers.errors import AnswersError
from app.answers.layer import Layer
from app.answers.memory import documents
from app.answers.plan import Plan
from app.answers.run import Runner
from app.settings import settings
from app.unnamed import Names, folded, in_sql, in_words, personal_values

MOST_IDLE = 4  # of a role; each holds a connection
ROLES = ("manager", "executive")
CLEAR = "executive"  # whose views have names clear

_idle: dict[str, list[Answers]] = {role: [] for role in ROLES}
_known_names: dict[str, Names] = {}
_lock = threading.Lock()


@contextmanager
def answers_of(name: str, role: str) -> Iterator[Answers]:
    """What answers a person's questions as their role, for this caller alone; each goes into the query log.

    Raises AnswersError when the answers part itself cannot work.
    """
    with _lock:
        answers = _idle[role].pop() if _idle[role] else _new()
    answers.on_asked = _noting(name, answers)
    try:
        yield answers
    finally:
        answers.on_asked = None
        with _lock:
            keep = len(_idle[role]) < MOST_IDLE
            if keep:
                _idle[role].append(answers)
        if not keep:
            answers.close()


def warm_up(role: str) -> None:
    """Open what answers a role's questions before anybody asks; a trouble is told to who asks."""
    try:
        with answers_of("", role) as answers:
            answers.desk(role)
    except AnswersError:
        return


def _new() -> Answers:
    known = settings()
    urls = {"APP_URL": known.app_url, "MANAGER_URL": known.manager_url, "EXECUTIVE_URL": known.executive_url}
    return Answers(urls, known.tidemark_home / "work")


def _noting(name: str, answers: Answers) -> Callable[[Asked], None]:
    def note(asked: Asked) -> None:
        answer = asked.answer
        nameless = without_names(answers, asked.role, answer.plan)
        query_log.keep(
            settings().app_url,
            query_log.Asked(
                name, asked.role, "question", nameless.sql(answer.sql) or None, len(answer.rows), answer.took_ms,
                answer.status, nameless.words(asked.question),
            ),
        )  # fmt: skip

    return note


@dataclass(frozen=True)
class Nameless:
    """What the logs keep of a question: the same without personal values."""

    values: tuple[str, ...]
    names: Names

    def words(self, text: str) -> str:
        """A question, or what was understood of it."""
        return in_words(text, self.values, self.names)

    def sql(self, text: str) -> str:
        """A statement."""
        return in_sql(text, self.values, self.names)


def without_names(answers: Answers, role: str, plan: Plan | None) -> Nameless:
    """What takes personal values out of a question of a role, and of what became of it."""
    layer = answers.desk(role).layer
    return Nameless(personal_values(layer, plan), _names(answers, role, layer))


def _names(answers: Answers, role: str, layer: Layer) -> Names:
    """The names in the data, read once for each published run by the account that sees them clear."""
    stamp = answers.freshness().stamp
    with _lock:
        known = _known_names.get(stamp)
    if known is None:
        runner = Runner(settings().executive_url, f"{layer.database}_{CLEAR}")
        try:
            found = {
                folded(str(row[0]))
                for model in layer.models.values()
                for dimension in model.dimensions.values()
                if dimension.pii == "name" and dimension.expr.isidentifier()
                for row in runner.query(f"select distinct `{dimension.expr}` from `{model.table}`")
            }
        finally:
            runner.close()
        common = [*calendar.month_name, *documents(layer), *(question.question for question in layer.questions)]
        vocabulary = answers.desk(role).around.lexicon.words | set(folded(" ".join(common)).split())
        known = Names(frozenset(found), frozenset(vocabulary))
        with _lock:
            _known_names.clear()
            _known_names[stamp] = known
    return known
