"""Slowing down who guesses: counted in the database, over all sessions, before anything is hashed."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

FREE_TRIES = 5
LONGEST_SECONDS = 900
FORGOTTEN_HOURS = 24


class ThrottledError(RuntimeError):
    """Too many tries; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries. Wait {_time(seconds)}, then try again.")
        self.seconds = seconds


def count_try(connection: sa.Connection, subject: str) -> None:
    """Count one try to open `subject`, or raise ThrottledError without counting it while a wait is due.

    A try counts as a failure until `forget` takes it back, so tries made at the same time cannot slip through
    together. The wait doubles with each failure from the fifth on, up to 15 minutes; a day without tries forgets all.
    Commit before hashing.
    """
    row = connection.execute(
        sa.text(
            "insert into throttles as t (subject, failures, last_try_at, blocked_until) "
            "values (:subject, 0, clock_timestamp(), clock_timestamp()) "
            "on conflict (subject) do update set subject = excluded.subject "
            "returning failures, last_try_at < clock_timestamp() - make_interval(hours => :hours) as old, "
            "ceil(extract(epoch from blocked_until - clock_timestamp()))::int as wait"
        ),
        {"subject": _digest(subject), "hours": FORGOTTEN_HOURS},
    ).one()
    if row.wait > 0:
        raise ThrottledError(row.wait)
    failures = 1 if row.old else row.failures + 1
    wait = min(2 ** (failures - FREE_TRIES), LONGEST_SECONDS) if failures >= FREE_TRIES else 0
    connection.execute(
        sa.text(
            "update throttles set failures = :failures, last_try_at = clock_timestamp(), "
            "blocked_until = clock_timestamp() + make_interval(secs => :wait) where subject = :subject"
        ),
        {"failures": failures, "wait": wait, "subject": _digest(subject)},
    )


def password_subject(user_id: int | None, name: str) -> str:
    """What is counted where a password is tried: the person, whatever spelling of the name; else the name."""
    return f"password:{user_id}" if user_id is not None else f"name:{name.strip().casefold()}"


def forget(connection: sa.Connection, subject: str) -> None:
    """Take back all failures of `subject`: it was opened rightly."""
    connection.execute(sa.text("delete from throttles where subject = :subject"), {"subject": _digest(subject)})


def _digest(subject: str) -> bytes:
    return hashlib.sha256(subject.encode("utf-8")).digest()


def _time(seconds: int) -> str:
    return f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} minutes"
