"""How columns of generated values get into a table: by COPY, in its text format."""

from collections.abc import Iterable, Sequence

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

from oltp.superstore.schema import COLUMNS

Column = Sequence[str]

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
ROWS_PER_WRITE = 20_000


def text(values: Iterable[str | None]) -> list[str]:
    """Free text with COPY's special characters escaped; None becomes NULL."""
    return ["\\N" if value is None else value.translate(ESCAPES) for value in values]


def money(hundredths: NDArray[np.int64]) -> list[str]:
    """Whole cents as decimal numbers of two places."""
    return [f"{value / 100:.2f}" for value in hundredths.tolist()]


def copy_columns(connection: psycopg.Connection, table: str, columns: Sequence[Column]) -> int:
    """Append rows, given as columns of COPY text in the order of `COLUMNS`, to a table; returns how many."""
    statement = sql.SQL("copy superstore.{} ({}) from stdin").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
    )
    rows = list(map("\t".join, zip(*columns, strict=True)))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for start in range(0, len(rows), ROWS_PER_WRITE):
            copy.write("\n".join(rows[start : start + ROWS_PER_WRITE]) + "\n")
    return len(rows)
