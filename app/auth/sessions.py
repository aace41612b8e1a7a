"""Sessions: who is signed in, for how long, and what the session is good for."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

COOKIE = "tidemark_session"
HOST_COOKIE = f"__Host-{COOKIE}"  # over HTTPS: no other host and no plain connection can set it
TOKEN_BYTES = 16
IDLE_MINUTES = 30
LONGEST_HOURS = 12
PENDING_MINUTES = 10

STILL_OPEN = (
    f"sessions.ended_at is null and sessions.last_seen_at > clock_timestamp() - interval '{IDLE_MINUTES} minutes' "
    f"and sessions.created_at > clock_timestamp() - interval '{LONGEST_HOURS} hours' and (sessions.stage = 'full' "
    f"or sessions.created_at > clock_timestamp() - interval '{PENDING_MINUTES} minutes')"
)


@dataclass(frozen=True)
class Session:
    """A session and its person. `stage` is full, or what is still due; `is_open` is False for one that has ended."""

    session_hash: bytes
    user_id: int
    name: str
    role: str
    stage: str
    is_open: bool


@dataclass(frozen=True)
class OwnSession:
    """A session as its person sees it in the settings."""

    session_hash: bytes
    created_at: dt.datetime
    last_seen_at: dt.datetime
    browser: str


def start_session(connection: sa.Connection, user_id: int, stage: str, browser: str = "") -> str:
    """A new session's token, 128 random bits; the database keeps its hash alone."""
    token = secrets.token_hex(TOKEN_BYTES)
    connection.execute(
        sa.text(
            "insert into sessions (session_hash, user_id, stage, browser) values (:hash, :user_id, :stage, :browser)"
        ),
        {"hash": digest(token), "user_id": user_id, "stage": stage, "browser": browser[:200]},
    )
    return token


def token_of(cookies: Mapping[str, str]) -> str | None:
    """The token in a browser's cookies; None when there is none."""
    return cookies.get(HOST_COOKIE) or cookies.get(COOKIE)


def find_session(connection: sa.Connection, token: str | None, in_use: bool = True) -> Session | None:
    """The session of a token, also one that has ended or timed out; None when there is none.

    `in_use` says that its person did something; what a page does by itself does not keep a session open.
    """
    if not token:
        return None
    row = connection.execute(
        sa.text(
            "select session_hash, user_id, users.name, users.role, stage, "
            f"{STILL_OPEN} and not users.disabled as is_open, "
            "last_seen_at < clock_timestamp() - interval '1 minute' as stale "
            "from sessions join users using (user_id) where session_hash = :hash"
        ),
        {"hash": digest(token)},
    ).one_or_none()
    if row is None:
        return None
    if row.is_open and row.stale and in_use:
        connection.execute(
            sa.text("update sessions set last_seen_at = clock_timestamp() where session_hash = :hash"),
            {"hash": row.session_hash},
        )
    return Session(bytes(row.session_hash), row.user_id, row.name, row.role, row.stage, row.is_open)


def end_session(connection: sa.Connection, session_hash: bytes) -> None:
    """End one session, in every window that it is open in."""
    connection.execute(
        sa.text("update sessions set ended_at = clock_timestamp() where session_hash = :hash and ended_at is null"),
        {"hash": session_hash},
    )


def end_sessions_of(connection: sa.Connection, user_id: int, except_for: bytes | None = None) -> int:
    """End all sessions of a person, but for one where that is given; returns how many."""
    return connection.execute(
        sa.text(
            "update sessions set ended_at = clock_timestamp() "
            "where user_id = :user_id and ended_at is null and session_hash is distinct from :kept"
        ),
        {"user_id": user_id, "kept": except_for},
    ).rowcount


def sessions_of(connection: sa.Connection, user_id: int) -> list[OwnSession]:
    """The sessions of a person that are open, the newest first."""
    rows = connection.execute(
        sa.text(
            "select session_hash, created_at, last_seen_at, browser from sessions "
            f"where user_id = :user_id and stage = 'full' and {STILL_OPEN} order by created_at desc"
        ),
        {"user_id": user_id},
    )
    return [OwnSession(bytes(r.session_hash), r.created_at, r.last_seen_at, r.browser) for r in rows]


def digest(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode("utf-8")).digest()
