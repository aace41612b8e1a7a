"""Counts, checksums and digests of the rows of staging."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import pymysql

from ingestion.buckets import Figures, Part, Row
from ingestion.csv_files import quoted
from ingestion.declarations import Table
from ingestion.model import Column, TablePlan
from ingestion.mysql.checksums import figures_of, row_digest, select_digests, select_figures
from ingestion.staging import HELD


def read_figures(
    connection: Any, database: str, plan: TablePlan, bits: int, within: Sequence[Part] = ()
) -> Mapping[Part, Figures]:
    """Return the figures of each part of `bits` bits, of the whole table or of the parts `within`.

    A row that is held back counts as one of the table.
    """
    found: dict[Part, Figures] = {}
    with connection.cursor() as cursor:
        for table in (plan.table.name, HELD + plan.table.name):
            cursor.execute(select_figures(f"{quoted(database)}.{quoted(table)}", plan, bits, within, _own))
            for part, figures in figures_of(cursor.fetchall(), plan, bits).items():
                before = found.get(part, Figures(0, 0))
                found[part] = Figures(before.rows + figures.rows, before.checksum + figures.checksum)
    return found


def read_total(
    cursor: Any, database: str, plan: TablePlan, table: str, among: str | None, condition: str = "true"
) -> Figures:
    """Return the figures of a table with the plan's columns; only of the rows whose keys the table `among` has.

    Of these, only rows `t` for which `condition` holds.
    """
    same = " and ".join(f"t.{quoted(name)} = among.{quoted(name)}" for name in plan.table.primary_key)
    cursor.execute(
        f"select count(*), coalesce(sum({row_digest(plan.columns, _own)}), 0) from {quoted(database)}.{quoted(table)} t"
        + (f" join {among} among on {same}" if among else "")
        + f" where {condition}"
    )
    rows, checksum = cursor.fetchone()
    return Figures(rows, int(checksum))


def halves(cursor: Any, database: str, table: Table, rows: int) -> list[str]:
    """Return conditions that part the rows of a table, of which there are about so many, in two; one if it is empty."""
    first = quoted(table.primary_key[0])
    cursor.execute(
        f"select {first} from {quoted(database)}.{quoted(table.name)} order by {first} limit 1 offset {rows // 2}"
    )
    found = cursor.fetchone()
    if found is None:
        return ["true"]
    middle = cursor.connection.escape(found[0])
    return [f"t.{first} < {middle}", f"t.{first} >= {middle}"]


def read_rows(
    connection: Any, database: str, plan: TablePlan, within: Sequence[Part]
) -> Generator[tuple[tuple[str, ...], Row], None, None]:
    """Yield key (as canonical text), digest and cursor of each row of the parts `within`."""
    with connection.cursor(pymysql.cursors.SSCursor) as cursor:
        for table in (plan.table.name, HELD + plan.table.name):
            cursor.execute(select_digests(f"{quoted(database)}.{quoted(table)}", plan, within, _own))
            for digest, at, *key in cursor:
                yield tuple(key), Row(digest, at)


def _own(column: Column) -> str:
    return f"t.{quoted(column.name)}"
