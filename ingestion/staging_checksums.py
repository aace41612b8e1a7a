"""Counts, checksums and digests of rows as MySQL and MariaDB compute them; the text is that of `postgres_checksums`."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import pymysql

from ingestion.buckets import HASH_BITS, NO_MONTH, Figures, Part, Row, month_bounds, prefixes_by_month
from ingestion.csv_files import quoted
from ingestion.model import Column, TablePlan
from ingestion.postgres_checksums import DIGEST_DIGITS, LONG_TEXT, PLAIN


def read_figures(
    connection: Any, database: str, plan: TablePlan, bits: int, within: Sequence[Part] = ()
) -> Mapping[Part, Figures]:
    """Return the figures of each part of `bits` bits, of the whole table or of the parts `within`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {_month(plan)} as month, {_prefix(plan, bits)} as prefix, count(*), sum({_digest(plan)})"
            f" from {quoted(database)}.{quoted(plan.table.name)} t where {_within(plan, within)} group by month, prefix"
        )
        rows = cursor.fetchall()
    return {Part(month, int(prefix), bits): Figures(count, int(checksum)) for month, prefix, count, checksum in rows}


def read_rows(
    connection: Any, database: str, plan: TablePlan, within: Sequence[Part]
) -> Generator[tuple[tuple[str, ...], Row], None, None]:
    """Yield key (as canonical text), digest and cursor of each row of the parts `within`."""
    by_name = {column.name: column for column in plan.columns}
    columns = [by_name[plan.table.cursor], *plan.key_columns]
    with connection.cursor(pymysql.cursors.SSCursor) as cursor:
        cursor.execute(
            f"select {_digest(plan)}, {', '.join(_plain_text(column) for column in columns)}"
            f" from {quoted(database)}.{quoted(plan.table.name)} t where {_within(plan, within)}"
        )
        for digest, at, *key in cursor:
            yield tuple(key), Row(digest, at)


def _named(column: Column) -> str:
    return f"t.{quoted(column.name)}"


def _plain_text(column: Column) -> str:
    """Return a column's value as text, as the source writes it."""
    kind = column.staging_type.split("(")[0]
    if kind == "DATETIME":
        return f"trim(trailing '.' from trim(trailing '0' from cast({_named(column)} as char)))"
    if column.hexed:
        return f"lower(hex({_named(column)}))"
    return f"cast({_named(column)} as char)" if kind in (*PLAIN, "DOUBLE") and kind != "CHAR" else _named(column)


def _canonical(column: Column) -> str:
    kind = column.staging_type.split("(")[0]
    named = _named(column)
    if kind == "DOUBLE":
        text = _float_text(named)
    elif kind in ("LONGBLOB", "VARBINARY"):
        text = f"md5({named})"
    elif kind in (*PLAIN, "DATETIME"):
        text = _plain_text(column)
    else:
        short = f"if(char_length({named}) > {LONG_TEXT}, md5({named}), {named})" if kind == "LONGTEXT" else named
        text = f"concat(char_length({named}), ':', {short})"
    return f"coalesce({text}, '~')" if column.nullable else text


def _float_text(named: str) -> str:
    """Return sign, mantissa of 53 bits and exponent; the logarithm is a guess that may be off by one."""
    guess = f"least(greatest(floor(log2(abs({named}))), -1074), 1023)"
    mantissa = f"(abs({named}) / pow(2, {guess}))"
    forms = [
        f"concat(cast({mantissa} * {scale} as signed), 'p', cast({guess} + {shift} as signed))"
        for scale, shift in ((9007199254740992, -1), (2251799813685248, 1), (4503599627370496, 0))
    ]
    return (
        f"if({named} = 0, '0', concat(if({named} < 0, '-', ''), case when {mantissa} < 1 then {forms[0]}"
        f" when {mantissa} >= 2 then {forms[1]} else {forms[2]} end))"
    )


def _digest(plan: TablePlan) -> str:
    row = ", '|', ".join(_canonical(column) for column in plan.columns)
    return f"cast(conv(left(md5(concat({row})), {DIGEST_DIGITS}), 16, 10) as signed)"


def _month(plan: TablePlan) -> str:
    column = plan.month_column
    return f"coalesce(left({_named(column)}, 7), '{NO_MONTH}')" if column else "''"


def _prefix(plan: TablePlan, bits: int) -> str:
    if bits == 0:
        return "0"
    key = ", '|', ".join(_plain_text(column) for column in plan.key_columns)
    return f"(cast(conv(left(md5(concat({key}, '')), 8), 16, 10) as unsigned) >> {HASH_BITS - bits})"


def _within(plan: TablePlan, parts: Sequence[Part]) -> str:
    if not parts:
        return "true"
    conditions = []
    for month, members in prefixes_by_month(parts).items():
        bits = members[0].bits
        condition = _in_month(plan, month)
        if bits:
            prefixes = ", ".join(str(part.prefix) for part in members)
            condition = f"{condition} and {_prefix(plan, bits)} in ({prefixes})"
        conditions.append(f"({condition})")
    return " or ".join(conditions)


def _in_month(plan: TablePlan, month: str) -> str:
    column = plan.month_column
    if column is None:
        return "true"
    if month == NO_MONTH:
        return f"{_named(column)} is null"
    first, following = month_bounds(month)
    return f"{_named(column)} >= '{first}' and {_named(column)} < '{following}'"
