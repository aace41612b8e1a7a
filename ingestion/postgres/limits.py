"""Rows of PostgreSQL that MySQL cannot hold: what its types allow, and how such rows are told from the others.

They are left out wherever rows are read for staging, and named where they go into quarantine.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg import sql

from ingestion.declarations import Source, Table
from ingestion.errors import IngestionError
from ingestion.model import Column, Limit, TablePlan
from ingestion.quarantine import DOUBLED, MASKED, MOST_DOUBLED

KEY_TEXT = "VARCHAR(255)"


def limits_of(name: str, base: str) -> tuple[Limit, ...]:
    """What MySQL can hold of a type: its manual promises dates from the year 1000 to 9999, and it has no NaN."""
    if base == "numeric":  # of a declared precision, which no infinity has
        return (Limit(f"{name}_is_a_number", "{} <> 'NaN'"),)
    if base in ("float4", "float8"):
        return (Limit(f"{name}_is_a_number", "{} not in ('NaN', 'Infinity', '-Infinity')"),)
    if base == "date":
        return (Limit(f"{name}_is_a_date", "{} between '1000-01-01' and '9999-12-31'"),)
    if base.startswith("timestamp"):
        zone = "+00" if base == "timestamptz" else ""
        bounds = f"'1000-01-01 00:00:00{zone}' and '9999-12-31 23:59:59.999999{zone}'"
        return (Limit(f"{name}_is_a_date", f"{{}} between {bounds}"),)
    return ()


def key_limits(name: str, staging: str, *, nullable: bool) -> tuple[Limit, ...]:
    """What staging can hold of a column of the key."""
    most = f"{name}_has_at_most_255_"
    kinds = {KEY_TEXT: Limit(f"{most}characters", "(octet_length({0}) <= 255 or char_length({0}) <= 255)"),
             "VARBINARY(255)": Limit(f"{most}bytes", "octet_length({}) <= 255")}  # fmt: skip
    given = (Limit(f"{name}_is_given", "({} is not null)"),) if nullable else ()
    return (*given, kinds[staging]) if staging in kinds else given


def representable(plan: TablePlan) -> sql.Composable:
    """The condition that staging can hold a row `t`."""
    conditions: list[sql.Composable] = [
        sql.SQL("({}) is not false").format(_holds(column, limit)) for column, limit in _all_limits(plan)
    ]
    if plan.doubled:
        conditions.append(sql.SQL("not {}").format(is_one_of(plan, plan.doubled)))
    return sql.SQL(" and ").join(conditions) if conditions else sql.SQL("true")


def key_fits(plan: TablePlan) -> sql.Composable:
    """The condition that staging can hold the key of a row `t`."""
    conditions = [
        sql.SQL("({}) is true").format(_holds(column, limit)) for column in plan.key_columns for limit in column.limits
    ]
    return sql.SQL(" and ").join(conditions) if conditions else sql.SQL("true")


def refusal(plan: TablePlan) -> sql.Composed:
    """The output columns that tell of a row `t`: key and row as JSON, personal values masked; the rules it breaks."""
    broken: list[sql.Composable] = [
        sql.SQL("case when ({}) is false then {} end").format(_holds(column, limit), sql.Literal(limit.rule))
        for column, limit in _all_limits(plan)
    ]
    if plan.doubled:
        broken.append(sql.SQL("case when {} then {} end").format(is_one_of(plan, plan.doubled), sql.Literal(DOUBLED)))
    return sql.SQL("({key})::text, (to_jsonb(t) || {masked})::text, array_to_string(array[{broken}], ', ')").format(
        key=_json_object((column.name, named(column)) for column in plan.key_columns),
        masked=_masked(plan),
        broken=sql.SQL(", ").join(broken),
    )


def _json_object(values: Iterable[tuple[str, sql.Composable]]) -> sql.Composed:
    """One object for each value, put together: a function takes a hundred arguments, fewer than a table has columns."""
    objects = [sql.SQL("jsonb_build_object({}, {})").format(sql.Literal(name), value) for name, value in values]
    return sql.SQL(" || ").join([sql.SQL("'{}'::jsonb"), *objects])


def _masked(plan: TablePlan) -> sql.Composable:
    """A JSON object with the personal columns of a row that have a value, and no value of theirs."""
    personal = [column for column in plan.columns if column.name in plan.table.personal]
    mask = sql.SQL("case when {} is not null then {} end")
    return sql.SQL("jsonb_strip_nulls({})").format(
        _json_object((column.name, mask.format(named(column), sql.Literal(MASKED))) for column in personal)
    )


def read_doubled_keys(
    connection: psycopg.Connection[Any], source: Source, table: Table, columns: Sequence[Column]
) -> tuple[tuple[str, ...], ...]:
    """Return the keys, as text, that several rows share; raises IngestionError if there are too many for a key."""
    rows = connection.execute(_select_doubled_keys(source, table, columns)).fetchall()
    if len(rows) > MOST_DOUBLED:
        raise IngestionError(
            f"more than {MOST_DOUBLED:,} keys ({', '.join(table.primary_key)}) of {source.schema}.{table.name} belong"
            " to several rows; meta.primary_key must name columns that identify a row"
        )
    return tuple(row for row in rows if None not in row)


def read_key_texts(
    connection: psycopg.Connection[Any], source: Source, table: Table, keys: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """Return keys that are given as JSON objects as texts."""
    query = sql.SQL("select {texts} from unnest({keys}::jsonb[]) k, jsonb_populate_record(null::{table}, k) t").format(
        texts=sql.SQL(", ").join(sql.SQL("t.{}::text").format(sql.Identifier(name)) for name in table.primary_key),
        keys=sql.Literal(list(keys)),
        table=sql.Identifier(source.schema, table.name),
    )
    return tuple(connection.execute(query).fetchall())


def _select_doubled_keys(source: Source, table: Table, columns: Sequence[Column]) -> sql.Composed:
    """Return the SELECT of the keys, as text, that several rows share."""
    by_name = {column.name: column for column in columns}
    keys = [named(by_name[name]) for name in table.primary_key]
    return sql.SQL("select {texts} from {table} t group by {keys} having count(*) > 1 limit {most}").format(
        texts=sql.SQL(", ").join(sql.SQL("{}::text").format(key) for key in keys),
        table=sql.Identifier(source.schema, table.name),
        keys=sql.SQL(", ").join(keys),
        most=sql.Literal(MOST_DOUBLED + 1),
    )


def _all_limits(plan: TablePlan) -> list[tuple[Column, Limit]]:
    return [(column, limit) for column in plan.columns for limit in column.limits]


def _holds(column: Column, limit: Limit) -> sql.Composed:
    return sql.SQL(limit.holds).format(named(column))


def named(column: Column) -> sql.Composed:
    """The column of the row `t`."""
    return sql.SQL("t.{}").format(sql.Identifier(column.name))


def is_one_of(plan: TablePlan, keys: Sequence[tuple[str, ...]]) -> sql.Composed:
    """The condition that the row `t` has one of these keys, given as texts."""
    return sql.SQL("({}) in (select * from unnest({}) as k)").format(
        sql.SQL(", ").join(sql.SQL("{}::text").format(named(column)) for column in plan.key_columns),
        sql.SQL(", ").join(sql.SQL("{}::text[]").format(sql.Literal(list(texts))) for texts in zip(*keys, strict=True)),
    )
