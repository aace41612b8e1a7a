"""How columns of generated values get into a table: as SQL literals, thousands of rows to a statement.

LOAD DATA LOCAL would be a little faster, but many servers forbid it.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pymysql
from numpy.typing import NDArray
from pymysql.converters import escape_string

from oltp.shop.schema import COLUMNS

Column = Sequence[str]

ROWS_PER_STATEMENT = 5_000


def text(values: Iterable[str | None]) -> list[str]:
    """Text as literals; None becomes NULL."""
    return ["null" if value is None else f"'{escape_string(value)}'" for value in values]


def numbers(values: NDArray[np.int64]) -> list[str]:
    """Whole numbers as literals."""
    return [str(value) for value in values.tolist()]


def money(cents: NDArray[np.int64]) -> list[str]:
    """Whole cents as literals of two decimal places, exactly."""
    return [f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02}" for value in cents.tolist()]


def days(values: NDArray[np.datetime64]) -> list[str]:
    """Days, or instants to the second, as literals."""
    return [f"'{value.replace('T', ' ')}'" for value in values.astype(str).tolist()]


def insert_columns(cursor: pymysql.cursors.Cursor, table: str, columns: Sequence[Column]) -> int:
    """Append rows, given as columns of literals in the order of `COLUMNS`, to a table; returns how many."""
    head = f"insert into {table} ({', '.join(COLUMNS[table])}) values "
    rows = list(map(", ".join, zip(*columns, strict=True)))
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        cursor.execute(head + ",".join(f"({row})" for row in rows[start : start + ROWS_PER_STATEMENT]))
    return len(rows)
