"""What the dashboards show: the order lines of the last published run, read once for each role and shared by everybody.

`follow` reads them anew after every publish, in a thread, so that no page has to wait for it. Without it the first page
after a publish reads them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from app import query_log
from app.databases import UnreachableError, engine
from app.order_lines import OrderLines, read_order_lines, unreachable
from app.published import Published, last_published
from app.settings import settings

ROLES = ("manager", "executive")
LOOK_SECONDS = 2.0
READER = "tidemark"  # whose name the query log has for what the app reads for everybody


@dataclass(frozen=True)
class Latest:
    """What a role sees: a published run and its order lines; `made` keeps what was computed from them."""

    published: Published
    role: str
    lines: OrderLines
    made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)


Prepare = Callable[[Latest], None]

_kept: dict[str, Latest] = {}
_locks = {role: threading.Lock() for role in ROLES}
_troubles: dict[str, str] = {}
_following = threading.Event()


def latest(role: str) -> Latest | None:
    """What a role sees now; None when nothing was published yet. Raises UnreachableError.

    While `follow` works, this is what it read last, without a question to a database.
    """
    if _following.is_set() and role in _kept:
        return _kept[role]
    published = last_published(settings().app_url)
    return None if published is None else _read_if_other(role, published)


def trouble(role: str) -> str | None:
    """What keeps newer figures from a role, in a sentence; None for nothing that is known."""
    return _troubles.get(role)


def forget() -> None:
    """Forget what was read."""
    _kept.clear()
    _troubles.clear()


def follow(prepare: Prepare, stop: threading.Event) -> threading.Thread:
    """Read what was published last, and after each publish again, in a thread, until `stop`.

    `prepare` is given what was read before anybody sees it.
    """

    def work() -> None:
        _following.set()
        while not stop.is_set():
            _look(prepare)
            stop.wait(LOOK_SECONDS)
        _following.clear()

    thread = threading.Thread(target=work, name="latest", daemon=True)
    thread.start()
    return thread


def _look(prepare: Prepare) -> None:
    """Read what is new for each role; a trouble is told on the pages, and tried again."""
    try:
        published = last_published(settings().app_url)
    except sa.exc.SQLAlchemyError:
        return  # pages ask the same database who looks at them, and say that it does not answer
    if published is None:
        return
    for role in ROLES:
        try:
            _read_if_other(role, published, prepare)
            _ask_if_there(role)
        except UnreachableError as error:
            _troubles[role] = str(error)
        except Exception as error:  # the thread must not end: pages would never again show anything new
            _troubles[role] = "The figures of the last publish could not be read."
            logging.getLogger(__name__).error("figures of %s not read: %s", role, type(error).__name__)
        else:
            _troubles.pop(role, None)


def _read_if_other(role: str, published: Published, prepare: Prepare | None = None) -> Latest:
    with _locks[role]:
        kept = _kept.get(role)
        if kept is None or kept.published.run_id != published.run_id:
            kept = Latest(published, role, read_order_lines(settings().warehouse_url(role), _noting(role)))
            if prepare is not None:
                prepare(kept)
        elif kept.published != published:  # the same figures, found up to date again since
            kept = replace(kept, published=published)
        _kept[role] = kept
        return kept


def _ask_if_there(role: str) -> None:
    try:
        with engine(settings().warehouse_url(role)).connect() as connection:
            connection.exec_driver_sql("select 1")
    except sa.exc.DBAPIError as error:
        raise unreachable() from error


def _noting(role: str) -> query_log.OnQuery:
    def note(sql: str, rows: int, milliseconds: int) -> None:
        query_log.keep(settings().app_url, query_log.Asked(READER, role, "dashboard", sql, rows, milliseconds))

    return note
