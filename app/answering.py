"""What answers questions, kept warm for everybody of a role: opening it takes seconds, a question a tenth of one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app import query_log
from app.answers.ask import Answers, Asked
from app.answers.errors import AnswersError
from app.settings import settings

MOST_IDLE = 4  # of a role; each holds a connection
ROLES = ("manager", "executive")

_idle: dict[str, list[Answers]] = {role: [] for role in ROLES}
_lock = threading.Lock()


@contextmanager
def answers_of(name: str, role: str) -> Iterator[Answers]:
    """What answers a person's questions as their role, for this caller alone; each goes into the query log.

    Raises AnswersError when the answers part itself cannot work.
    """
    with _lock:
        answers = _idle[role].pop() if _idle[role] else _new()
    answers.on_asked = _noting(name)
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


def warm_up_all() -> threading.Thread:
    """Do so for every role, in a thread that keeps no process alive."""

    def work() -> None:
        for role in ROLES:
            warm_up(role)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _new() -> Answers:
    known = settings()
    urls = {"APP_URL": known.app_url, "MANAGER_URL": known.manager_url, "EXECUTIVE_URL": known.executive_url}
    return Answers(urls, known.tidemark_home / "work")


def _noting(name: str) -> Callable[[Asked], None]:
    def note(asked: Asked) -> None:
        answer = asked.answer
        query_log.keep(
            settings().app_url,
            query_log.Asked(
                name, asked.role, "question", answer.sql or None, len(answer.rows), answer.took_ms, answer.status,
                asked.question,
            ),
        )  # fmt: skip

    return note
