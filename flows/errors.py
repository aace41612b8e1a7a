"""What people are told of an error: one sentence."""

from __future__ import annotations

import errno

DISK_REMEDIES = {
    errno.ENOSPC: "free some room on the disk, then run again",
    errno.EACCES: "let this account write there, then run again",
}
DATABASE_LIBRARIES = {"psycopg", "pymysql", "sqlalchemy", "mysql"}
INTERRUPTED = "interrupted; readers still see the last published state, run again to go on"


class RunFailedError(RuntimeError):
    """The run ended without publishing; the sentence says why."""


def sentence(error: BaseException) -> str | None:
    """What to tell of an error; None for one that is no known kind of failure but a defect."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        remedy = DISK_REMEDIES.get(error.errno or 0)
        return f"{place}{error.strerror.lower()}{'; ' + remedy if remedy else ''}"
    if isinstance(error, RuntimeError) and str(error).startswith("Failed to reach API"):
        return f"cannot reach Prefect: {str(error)[0].lower()}{str(error)[1:]}; is it running? (tidemark status)"
    if isinstance(error, RuntimeError | OSError):
        return str(error)
    if type(error).__module__.partition(".")[0] in DATABASE_LIBRARIES:
        cause = getattr(error, "orig", None) or error
        reason = str(cause.args[-1] if cause.args else cause).strip().splitlines()[0]
        return f"a database refused or was lost: {reason}; {_remedy(cause)}"
    return None


def _remedy(cause: BaseException) -> str:
    code = cause.args[0] if cause.args and isinstance(cause.args[0], int) else getattr(cause, "sqlstate", None)
    for codes, remedy in REMEDIES.items():
        if code in codes:
            return remedy
    if type(cause).__name__ in ("ProgrammingError", "InternalError", "UndefinedTable", "UndefinedColumn"):
        return "its tables are not as this version makes them; see what changed them"
    return "is the server running, and is its address right? (tidemark status)"


REMEDIES = {
    (1044, 1045, 1142, 1143, 1227, "28P01", "28000", "42501"): "check the account's password and rights",
    (1205, 1213, "40P01", "55P03"): "another session holds what was needed; run again when it has ended",
    (1021, 1114, 3, "53100"): "the server's disk is full; free some room, then run again",
}
PASSING = {0, 1040, 1053, 1205, 1213, 2003, 2006, 2013}  # too many connections, shutdown, locks, connections lost


def may_pass(error: BaseException | None) -> bool:
    """Whether trying again can help: a connection that was lost may come back, a refused row will not."""
    while error is not None:
        names = {kind.__name__ for kind in type(error).__mro__}
        library = type(error).__module__.partition(".")[0]
        if isinstance(error, ConnectionError):
            return True
        if library == "psycopg" and "OperationalError" in names:
            return not str(getattr(error, "sqlstate", None) or "").startswith(("28", "3D"))
        if library == "pymysql" and error.args and error.args[0] in PASSING:
            return True
        error = error.__cause__ or getattr(error, "orig", None)
    return False
