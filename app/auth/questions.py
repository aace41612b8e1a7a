"""Security questions: three answers which, beside a reset code given by an administrator, make a new password.

Off unless SECURITY_QUESTIONS is set: current standards advise against them (docs/security.md). They are never taken
from a person who has a second factor, or whose role needs one.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa

from app.audit import act_as
from app.auth import passwords, sessions
from app.auth.roles import SECOND_FACTOR_REQUIRED
from app.auth.second_factor import digest, new_code
from app.auth.sign_in_log import note
from app.auth.signing_in import Opened, RefusedError
from app.auth.throttle import count_try, forget, password_subject
from app.auth.users import User, UserError, find_user, set_password, user_by_id

QUESTIONS = (
    "What was the name of your first teacher?",
    "In which street did you live when you were ten?",
    "What was the first concert that you went to?",
    "What was the name of your first pet?",
    "Which book did you read more often than any other?",
    "What was the make of your first bicycle or car?",
    "What did you want to become as a child?",
    "Where did you meet your best friend?",
    "Which meal could your grandmother cook best?",
    "What was the first film that you saw in a cinema?",
)
NEEDED = 3
SHORTEST = 3
CODE_HOURS = 24
TRIES = 5
WRONG_START = "The name or the reset code is wrong, or the code is too old."
WRONG_ANSWERS = "Not all three answers are right."


def may_use(user: User) -> bool:
    """Whether answers are taken from this person."""
    return not (user.totp_confirmed or user.role in SECOND_FACTOR_REQUIRED or user.disabled)


def set_answers(connection: sa.Connection, user_id: int, answers: Sequence[tuple[str, str]]) -> None:
    """Keep three (question, answer), hashed, in place of the former ones; raises UserError for what will not do."""
    user = user_by_id(connection, user_id)
    if not may_use(user):
        raise UserError("Who has a second factor resets the password with its help, not by questions.")
    normal = [_normal(answer) for _, answer in answers]
    if len({question for question, _ in answers} & set(QUESTIONS)) != NEEDED or len(answers) != NEEDED:
        raise UserError("Choose three different questions.")
    if any(len(answer) < SHORTEST for answer in normal):
        raise UserError(f"Each answer needs {SHORTEST} characters or more.")
    if len(set(normal)) != NEEDED or _normal(user.name) in normal:
        raise UserError("The three answers must differ from each other, and from your name.")
    connection.execute(sa.text("delete from security_answers where user_id = :id"), {"id": user_id})
    connection.execute(
        sa.text(
            "insert into security_answers (user_id, position, question, answer_hash) "
            "values (:id, :position, :question, :hash)"
        ),
        [
            {"id": user_id, "position": place, "question": question, "hash": passwords.hash_password(answer)}
            for place, ((question, _), answer) in enumerate(zip(answers, normal, strict=True), start=1)
        ],
    )


def questions_of(connection: sa.Connection, user_id: int) -> list[str]:
    """The questions that a person has answered, in order; none if they never did."""
    return list(
        connection.scalars(
            sa.text("select question from security_answers where user_id = :id order by position"), {"id": user_id}
        )
    )


def give_reset_code(connection: sa.Connection, user_id: int) -> str:
    """A new code for an administrator to give to the person; good once, for a day and five tries.

    Raises UserError for a person from whom no answers are taken, or who has given none.
    """
    if not may_use(user_by_id(connection, user_id)) or len(questions_of(connection, user_id)) != NEEDED:
        raise UserError("This person has no security questions to answer. Give a new first password instead.")
    code = new_code()
    connection.execute(
        sa.text(
            "insert into reset_codes (user_id, code_hash) values (:id, :hash) on conflict (user_id) do update "
            "set code_hash = excluded.code_hash, given_at = clock_timestamp(), tries = 0"
        ),
        {"id": user_id, "hash": digest(code)},
    )
    return code


def begin_reset(engine: sa.Engine, name: str, code: str, browser: str = "") -> Opened:
    """From a name and a reset code to a session that is good for the three questions alone.

    Raises ThrottledError, and RefusedError in the same words whatever was wrong.
    """
    with engine.begin() as connection:
        user = find_user(connection, name)
        subject = f"reset {password_subject(user.user_id if user else None, name)}"
        count_try(connection, subject)
    with engine.begin() as connection:
        known = connection.scalar(
            sa.text(
                "select code_hash from reset_codes where user_id = :id and tries < :tries "
                "and given_at > clock_timestamp() - make_interval(hours => :hours)"
            ),
            {"id": user.user_id if user else -1, "tries": TRIES, "hours": CODE_HOURS},
        )
        right = secrets.compare_digest(bytes(known or bytes(32)), digest(code))
        note(connection, user, "reset code" if right else "wrong reset code", browser)
        if right and user is not None and may_use(user):
            forget(connection, subject)
            return Opened(sessions.start_session(connection, user.user_id, "reset", browser), "reset")
    raise RefusedError(WRONG_START)


def finish_reset(
    engine: sa.Engine, session: sessions.Session, answers: Sequence[str], password: str, browser: str = ""
) -> Opened:
    """Take the new password if all three answers are right; the code is used up, and all other sessions end.

    Each try counts against the code before anything is hashed. Raises RefusedError, and PasswordError for a password
    that will not do, which uses up no try.
    """
    with engine.begin() as connection:
        user = user_by_id(connection, session.user_id)
        tried = connection.execute(
            sa.text("update reset_codes set tries = tries + 1 where user_id = :id and tries < :most"),
            {"id": user.user_id, "most": TRIES},
        )
        hashes = list(
            connection.scalars(
                sa.text("select answer_hash from security_answers where user_id = :id order by position"),
                {"id": user.user_id},
            )
        )
    if tried.rowcount != 1 or not may_use(user) or len(hashes) != NEEDED:
        raise RefusedError("This reset code is used up. Ask an administrator for another one.")
    given = [*map(_normal, answers), *[""] * NEEDED]
    right = [passwords.matches(answer, kept) for answer, kept in zip(given, hashes, strict=False)]
    with engine.begin() as connection:
        note(connection, user, "right answers" if all(right) else "wrong answers", browser)
    if not all(right):
        raise RefusedError(WRONG_ANSWERS)
    with engine.begin() as connection:
        connection.execute(
            sa.text("update reset_codes set tries = tries - 1 where user_id = :id"), {"id": user.user_id}
        )
    with engine.begin() as connection:
        act_as(connection, f"{user.name} (reset code and answers)")
        set_password(connection, user.user_id, password)
        connection.execute(sa.text("delete from reset_codes where user_id = :id"), {"id": user.user_id})
        return Opened(sessions.start_session(connection, user.user_id, "full", browser), "full")


def _normal(answer: str) -> str:
    """An answer as it is compared: case and blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", answer).casefold().split())
