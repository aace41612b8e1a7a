"""What people are told of an error: one sentence."""

from __future__ import annotations

DATABASE_LIBRARIES = {"psycopg", "pymysql", "sqlalchemy", "mysql"}
INTERRUPTED = "interrupted; readers still see the last published state, run again to go on"


class RunFailedError(RuntimeError):
    """The run ended without publishing; the sentence says why."""


def sentence(error: BaseException) -> str | None:
    """What to tell of an error; None for one that is no known kind of failure but a defect."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, RuntimeError | OSError):
        return str(error)
    if type(error).__module__.partition(".")[0] in DATABASE_LIBRARIES:
        cause = getattr(error, "orig", None) or error
        reason = str(cause.args[-1] if cause.args else cause).strip().splitlines()[0]
        return f"a database refused or was lost: {reason}; are the servers running? (tidemark status)"
    return None


def may_pass(error: BaseException | None) -> bool:
    """Whether trying again can help: a connection that was lost may come back, a refused row will not."""
    while error is not None:
        if isinstance(error, ConnectionError) or type(error).__name__ in ("OperationalError", "InterfaceError"):
            return True
        error = error.__cause__
    return False
