"""From a name and a password, and a code where one is due, to a session."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from app.auth import sessions
from app.auth.passwords import matches, nobodys_hash
from app.auth.second_factor import SecretBox, use_recovery_code
from app.auth.sign_in_log import note
from app.auth.throttle import count_try, forget, password_subject
from app.auth.users import User, check_code, find_user, user_by_id

WRONG = "The name or the password is wrong."
WRONG_CODE = "The code is wrong, or was used already. Wait for the next one."


class RefusedError(RuntimeError):
    """Signing in was refused; the words are the same whatever was wrong."""


@dataclass(frozen=True)
class Opened:
    """A session that was opened: its token for the cookie, and its stage."""

    token: str
    stage: str


def sign_in(engine: sa.Engine, name: str, password: str, browser: str = "") -> Opened:
    """Check a name and a password.

    Raises ThrottledError before anything is hashed, and RefusedError with the same words, after the same time, for a
    wrong password, an unknown name, a disabled user, and a given password that nobody used for a week.
    """
    with engine.begin() as connection:
        user = find_user(connection, name)
        subject = password_subject(user.user_id if user else None, name)
        count_try(connection, subject)
    right = matches(password, user.password_hash if user else nobodys_hash())
    if not right or user is None or user.disabled or user.given_password_is_old:
        with engine.begin() as connection:
            note(connection, user, "wrong password" if user else "unknown name", browser)
        raise RefusedError(WRONG)
    with engine.begin() as connection:
        forget(connection, subject)
        note(connection, user, "password", browser)
        stage = stage_after_password(user)
        return Opened(sessions.start_session(connection, user.user_id, stage, browser), stage)


def give_code(engine: sa.Engine, session: sessions.Session, code: str, box: SecretBox, browser: str = "") -> Opened:
    """Check the second factor: a one-time code, or a recovery code; the session gets a new token.

    Raises ThrottledError or RefusedError.
    """
    subject = f"code:{session.user_id}"
    with engine.begin() as connection:
        count_try(connection, subject)
    with engine.begin() as connection:
        user = user_by_id(connection, session.user_id)
        by_code = check_code(connection, user, code, box)
        right = by_code or use_recovery_code(connection, user.user_id, code)
        note(connection, user, "code" if by_code else "recovery code" if right else "wrong code", browser)
        if right:
            forget(connection, subject)
            return go_on(connection, session, "new_password" if user.must_change_password else "full", browser)
    raise RefusedError(WRONG_CODE)


def go_on(connection: sa.Connection, session: sessions.Session, stage: str, browser: str = "") -> Opened:
    """Replace a session by one of the next stage, under a new token."""
    sessions.end_session(connection, session.session_hash)
    return Opened(sessions.start_session(connection, session.user_id, stage, browser), stage)


def stage_after_password(user: User) -> str:
    """What a session is good for once the password was right."""
    if user.totp_confirmed:
        return "second_factor"
    if user.needs_second_factor:
        return "enrol"
    return "new_password" if user.must_change_password else "full"
