"""Staging tables follow their source's columns: altered where they are, before the load that fills them."""

from collections.abc import Iterator
from typing import Any

from ingestion.csv_files import quoted
from ingestion.model import Column, Drift, Guard, SeenColumn, TablePlan
from ingestion.staging import CHANGES, DELETED, guarded


def reshape(connection: Any, database: str, plan: TablePlan, drift: Drift, guard: Guard | None) -> None:
    """Alter the table, and the table of its changed keys, to the columns that the source has now.

    May be repeated: the stored structure is that of before until the load that follows is complete, so a run that dies
    in between does it again. New columns take NULL, until that load has filled them and also afterwards.
    """
    key = plan.table.primary_key
    with connection.cursor() as cursor:
        with guarded(cursor, guard):
            pass
        cursor.execute(
            "select column_name from information_schema.columns where table_schema = %s and table_name = %s",
            (database, plan.table.name),
        )
        present = {name for (name,) in cursor.fetchall()}
        changes = list(_alterations(plan, drift, present))
        if changes:
            cursor.execute(f"alter table {quoted(database)}.{quoted(plan.table.name)} {', '.join(changes)}")
        widened = [_modified(old, new, key) for old, new in drift.widened if new.name in key]
        if widened:
            cursor.execute(f"alter table {quoted(database)}.{quoted(CHANGES + plan.table.name)} {', '.join(widened)}")
        for name in (plan.table.name, DELETED + plan.table.name):
            cursor.execute(f"drop table if exists {quoted(f'{database}_staging')}.{quoted(name)}")


def _alterations(plan: TablePlan, drift: Drift, present: set[str]) -> Iterator[str]:
    names = [column.name for column in plan.columns]
    gone = [column.name for column in (*drift.lost, *(old for old, _ in drift.retyped))]
    yield from (f"drop column {quoted(name)}" for name in gone if name in present)
    wanted = {column.name for column in (*drift.added, *(new for _, new in drift.retyped))}
    for before, column in zip([None, *names], plan.columns, strict=False):
        if column.name in wanted and (column.name not in present or column.name in gone):
            place = f"after {quoted(before)}" if before else "first"
            yield f"add column {quoted(column.name)} {column.staging_type} null {place}"
    yield from (_modified(old, new, plan.table.primary_key) for old, new in drift.widened)


def _modified(old: SeenColumn, new: Column, key: tuple[str, ...]) -> str:
    null = "null" if new.name not in key and (old.nullable or new.nullable) else "not null"
    return f"modify column {quoted(new.name)} {new.staging_type} {null}"
