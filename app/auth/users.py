"""The people who may sign in, and what changes with them: password, role, second factor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.auth import second_factor, sessions
from app.auth.passwords import REMEMBERED, check_password, hash_password
from app.auth.roles import ROLES, SECOND_FACTOR_REQUIRED

MOST_OF_A_NAME = 64


class UserError(ValueError):
    """What was asked of a user account cannot be done; the sentence says why."""


@dataclass(frozen=True)
class User:
    """A person who may sign in. The hash and the secret stay in here: they are shown to nobody."""

    user_id: int
    name: str
    role: str
    password_hash: str
    must_change_password: bool
    totp_secret: bytes | None
    totp_confirmed: bool
    disabled: bool
    created_at: dt.datetime
    given_password_is_old: bool

    @property
    def needs_second_factor(self) -> bool:
        """Whether the role asks for a second factor that the person has not set up."""
        return self.role in SECOND_FACTOR_REQUIRED and not self.totp_confirmed


GIVEN_PASSWORD_DAYS = 7  # that a password chosen by an administrator waits for its person
COLUMNS = (
    "user_id, name, role, password_hash, must_change_password, totp_secret, totp_confirmed, disabled, created_at, "
    f"coalesce(password_given_at < clock_timestamp() - interval '{GIVEN_PASSWORD_DAYS} days', false)"
)


def _user(row: Any) -> User:
    return User(*row)


def find_user(connection: sa.Connection, name: str) -> User | None:
    """The user of a name, in any case of letters; None when there is none."""
    name = name.strip()
    if not name.isprintable() or len(name) > MOST_OF_A_NAME:
        return None
    row = connection.execute(
        sa.text(f"select {COLUMNS} from users where lower(name) = lower(:name)"), {"name": name}
    ).one_or_none()
    return _user(row) if row else None


def user_by_id(connection: sa.Connection, user_id: int) -> User:
    """The user of an id; raises UserError when it is gone."""
    row = connection.execute(sa.text(f"select {COLUMNS} from users where user_id = :id"), {"id": user_id}).one_or_none()
    if row is None:
        raise UserError("This user does not exist any more. Load the page again.")
    return _user(row)


def all_users(connection: sa.Connection) -> list[User]:
    """Everybody, by name."""
    return [_user(row) for row in connection.execute(sa.text(f"select {COLUMNS} from users order by lower(name)"))]


def add_user(connection: sa.Connection, name: str, role: str, password: str, must_change_password: bool = True) -> int:
    """Make a user and return the id. Raises UserError for a name or role that will not do, PasswordError likewise."""
    name = name.strip()
    if not 1 <= len(name) <= MOST_OF_A_NAME or not name.isprintable():
        raise UserError(f"A user's name has 1 to {MOST_OF_A_NAME} printable characters.")
    _check_role(role)
    check_password(password, name, second_factor=role in SECOND_FACTOR_REQUIRED)
    try:
        with connection.begin_nested():
            return int(
                connection.execute(
                    sa.text(
                        "insert into users (name, role, password_hash, must_change_password, password_given_at) "
                        "values (:name, :role, :hash, :must_change, "
                        "case when :must_change then clock_timestamp() end) returning user_id"
                    ),
                    {"name": name, "role": role, "hash": hash_password(password), "must_change": must_change_password},
                ).scalar_one()
            )
    except sa.exc.IntegrityError as error:
        raise UserError(f"There is a user {name} already.") from error


def set_role(connection: sa.Connection, user_id: int, role: str) -> None:
    """Give a person another role; ends all of their sessions."""
    _check_role(role)
    user = user_by_id(connection, user_id)
    if user.role == role:
        return
    if user.role == "administrator":
        _keep_an_administrator(connection, user)
    connection.execute(sa.text("update users set role = :role where user_id = :id"), {"role": role, "id": user_id})
    if not user.totp_confirmed and user.role in SECOND_FACTOR_REQUIRED and role not in SECOND_FACTOR_REQUIRED:
        _ask_for_another_password(connection, user_id)
    sessions.end_sessions_of(connection, user_id)


def set_disabled(connection: sa.Connection, user_id: int, disabled: bool) -> None:
    """Let a person sign in no longer, or again; ends all of their sessions."""
    user = user_by_id(connection, user_id)
    if disabled and user.role == "administrator":
        _keep_an_administrator(connection, user)
    connection.execute(
        sa.text("update users set disabled = :disabled where user_id = :id"), {"disabled": disabled, "id": user_id}
    )
    sessions.end_sessions_of(connection, user_id)


def set_password(
    connection: sa.Connection, user_id: int, password: str, must_change: bool = False, keep_session: bytes | None = None
) -> None:
    """Give a person another password, none of the last five; ends their sessions, but for the one that asks."""
    user = user_by_id(connection, user_id)
    former = [
        str(row.password_hash)
        for row in connection.execute(
            sa.text(
                "select password_hash from password_history where user_id = :id order by replaced_at desc limit :limit"
            ),
            {"id": user_id, "limit": REMEMBERED - 1},
        )
    ]
    protected = user.totp_confirmed or user.role in SECOND_FACTOR_REQUIRED
    check_password(password, user.name, protected, [user.password_hash, *former])
    connection.execute(
        sa.text("insert into password_history (user_id, password_hash) values (:id, :hash)"),
        {"id": user_id, "hash": user.password_hash},
    )
    connection.execute(
        sa.text(
            "update users set password_hash = :hash, password_changed_at = clock_timestamp(), "
            "must_change_password = :must_change, "
            "password_given_at = case when :must_change then clock_timestamp() end where user_id = :id"
        ),
        {"hash": hash_password(password), "must_change": must_change, "id": user_id},
    )
    sessions.end_sessions_of(connection, user_id, except_for=keep_session)


def offer_second_factor(connection: sa.Connection, user_id: int, box: second_factor.SecretBox) -> str:
    """A new secret for a person to scan; it counts once `confirm_second_factor` has seen a code of it."""
    secret = second_factor.new_secret()
    connection.execute(
        sa.text(
            "update users set totp_secret = :closed, totp_confirmed = false, totp_last_step = 0 where user_id = :id"
        ),
        {"closed": box.close(secret), "id": user_id},
    )
    return secret


def confirm_second_factor(
    connection: sa.Connection, user_id: int, code: str, box: second_factor.SecretBox, keep_session: bytes | None = None
) -> list[str] | None:
    """Switch the second factor on if the code is right, and return the recovery codes; None if it is not.

    Ends the person's other sessions, among them those in which another one could still be set up.
    """
    if not check_code(connection, user_by_id(connection, user_id), code, box):
        return None
    trust_second_factor(connection, user_id)
    sessions.end_sessions_of(connection, user_id, except_for=keep_session)
    return second_factor.new_recovery_codes(connection, user_id)


def trust_second_factor(connection: sa.Connection, user_id: int) -> None:
    """Switch on the second factor that was offered last; security questions are not taken from then on."""
    connection.execute(sa.text("update users set totp_confirmed = true where user_id = :id"), {"id": user_id})
    for table in ("security_answers", "reset_codes"):
        connection.execute(sa.text(f"delete from {table} where user_id = :id"), {"id": user_id})


def remove_second_factor(connection: sa.Connection, user_id: int, password: str | None = None) -> None:
    """Take the second factor away, for a lost telephone; ends all sessions, and the role may ask for a new one.

    Who goes on without one needs a long password. Raises PasswordError when the present one, where it is given, is too
    short; where it is not, another one is asked for at the next sign-in.
    """
    user = user_by_id(connection, user_id)
    if user.role not in SECOND_FACTOR_REQUIRED:
        if password is None:
            _ask_for_another_password(connection, user_id)
        else:
            check_password(password, user.name, second_factor=False)
    connection.execute(
        sa.text("update users set totp_secret = null, totp_confirmed = false, totp_last_step = 0 where user_id = :id"),
        {"id": user_id},
    )
    connection.execute(sa.text("delete from recovery_codes where user_id = :id"), {"id": user_id})
    sessions.end_sessions_of(connection, user_id)


def check_code(connection: sa.Connection, user: User, code: str, box: second_factor.SecretBox) -> bool:
    """Whether a one-time code is right; each is taken once."""
    if user.totp_secret is None:
        return False
    step = second_factor.step_of(box.open(user.totp_secret), code)
    if step is None:
        return False
    taken = connection.execute(
        sa.text("update users set totp_last_step = :step where user_id = :id and totp_last_step < :step"),
        {"step": step, "id": user.user_id},
    )
    return taken.rowcount == 1


def _ask_for_another_password(connection: sa.Connection, user_id: int) -> None:
    """The present one may be of eight characters, which do beside a second factor alone."""
    connection.execute(sa.text("update users set must_change_password = true where user_id = :id"), {"id": user_id})


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise UserError(f"There is no role {role}: choose among {', '.join(ROLES)}.")


def _keep_an_administrator(connection: sa.Connection, user: User) -> None:
    connection.execute(sa.text("select pg_advisory_xact_lock(hashtext('app.administrators'))"))
    others = connection.scalar(
        sa.text("select count(*) from users where role = 'administrator' and not disabled and user_id <> :id"),
        {"id": user.user_id},
    )
    if not others:
        raise UserError(f"{user.name} is the only administrator. Make another one first.")
