"""What the app keeps for a while only, deleted by its owner when its time is over."""

from __future__ import annotations

import sqlalchemy as sa

from app.auth.throttle import FORGOTTEN_HOURS

SESSION_DAYS = 30
TOO_OLD = "< clock_timestamp() - cast(:age as interval)"
# Each statement with the age from which a row goes.
OLD = (
    (f"delete from throttles where last_try_at {TOO_OLD}", f"{FORGOTTEN_HOURS} hours"),
    (f"delete from sessions where last_seen_at {TOO_OLD}", f"{SESSION_DAYS} days"),
    (f"delete from drafts where saved_at {TOO_OLD}", "1 day"),
    (f"delete from reset_codes where given_at {TOO_OLD}", "1 day"),
)


def forget_old(engine: sa.Engine, log_days: int) -> int:
    """Delete what is too old; of the logs of queries and sign-ins, what is older than `log_days`. Returns how many."""
    logs = (
        (f"delete from query_log where asked_at {TOO_OLD}", f"{log_days} days"),
        (f"delete from sign_ins where happened_at {TOO_OLD}", f"{log_days} days"),
    )
    with engine.begin() as connection:
        return sum(connection.execute(sa.text(statement), {"age": age}).rowcount for statement, age in (*OLD, *logs))
