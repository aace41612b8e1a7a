"""What MySQL says when it refuses something, without the values of rows that its messages quote."""

import re

import pymysql

DUPLICATE_KEY = 1062
CONNECTION_GONE = 0  # PyMySQL's own, of a connection that was lost before
QUOTING = {DUPLICATE_KEY, 1264, 1265, 1292, 1300, 1366, 1367, 1406, 1411, 1525}
"""Errors about a value: duplicate entry, out of range, truncated, incorrect, too long, and their kin."""

_KEY = re.compile(r"' for (key '[^']*')$")
_PLACE = re.compile(r"' for (column (?:`[^`]*`\.)*[`'][^`']*[`'] at row \d+|function \w+)$")


def hide_values(error: pymysql.err.MySQLError) -> None:
    """Replace the value that a message quotes, in the exception itself: it may go on into a traceback as a cause.

    Names of columns and keys stay.
    """
    if error.args and error.args[0] in QUOTING:
        error.args = (error.args[0], *(without_value(error.args[0], str(part)) for part in error.args[1:]))


def without_value(code: int, message: str) -> str:
    """Return the message of an error in QUOTING with `'…'` in place of the value, which may itself hold quotes."""
    before, quote, rest = message.partition("'")
    if not quote or before.endswith("column "):
        return message
    end = (_KEY if code == DUPLICATE_KEY else _PLACE).search(rest)
    return f"{before}'…' for {end.group(1)}" if end else f"{before}'…'"


def sentence(error: pymysql.err.MySQLError) -> str:
    """Return what MySQL said, without values, and the number of the error."""
    hide_values(error)
    if error.args and error.args[0] == CONNECTION_GONE:
        return "the connection was lost"
    return f"{error.args[-1]} (error {error.args[0]})" if error.args else type(error).__name__
