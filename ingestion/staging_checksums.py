"""Counts, checksums and digests of rows as MySQL and MariaDB compute them; the text is that of `postgres_checksums`."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any

import pymysql

from ingestion.buckets import HASH_BITS, NO_MONTH, Figures, Part, Row, month_bounds
from ingestion.csv_files import quoted
from ingestion.model import Column, TablePlan
from ingestion.postgres_checksums import DIGEST_DIGITS, LONG_TEXT, PLAIN
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
            cursor.execute(
                f"select {_month(plan)} as month, {_prefix(plan, bits)} as prefix, count(*), sum({_digest(plan)})"
                f" from {quoted(database)}.{quoted(table)} t where {_within(plan, within)} group by month, prefix"
            )
            for month, prefix, count, checksum in cursor.fetchall():
                part = Part(_month_name(plan, int(month)), int(prefix), bits)
                before = found.get(part, Figures(0, 0))
                found[part] = Figures(before.rows + count, before.checksum + int(checksum))
    return found


def read_total(cursor: Any, database: str, plan: TablePlan, table: str, among: str | None) -> Figures:
    """Return the figures of a table with the plan's columns; only of the rows whose keys the table `among` has."""
    same = " and ".join(f"t.{quoted(name)} = among.{quoted(name)}" for name in plan.table.primary_key)
    cursor.execute(
        f"select count(*), coalesce(sum({_digest(plan)}), 0) from {quoted(database)}.{quoted(table)} t"
        + (f" join {among} among on {same}" if among else "")
    )
    rows, checksum = cursor.fetchone()
    return Figures(rows, int(checksum))


def read_rows(
    connection: Any, database: str, plan: TablePlan, within: Sequence[Part]
) -> Generator[tuple[tuple[str, ...], Row], None, None]:
    """Yield key (as canonical text), digest and cursor of each row of the parts `within`."""
    by_name = {column.name: column for column in plan.columns}
    columns = [by_name[plan.table.cursor], *plan.key_columns]
    with connection.cursor(pymysql.cursors.SSCursor) as cursor:
        for table in (plan.table.name, HELD + plan.table.name):
            cursor.execute(
                f"select {_digest(plan)}, {', '.join(f'cast({_plain_text(column)} as char)' for column in columns)}"
                f" from {quoted(database)}.{quoted(table)} t where {_within(plan, within)}"
            )
            for digest, at, *key in cursor:
                yield tuple(key), Row(digest, at)


def _named(column: Column) -> str:
    return f"t.{quoted(column.name)}"


def _plain_text(column: Column) -> str:
    """Return a column's value as the source writes it. Within `concat` it is text, which a cast makes slower."""
    kind = column.staging_type.split("(")[0]
    if kind == "DATETIME":
        return f"trim(trailing '.' from trim(trailing '0' from {_named(column)}))"
    return f"lower(hex({_named(column)}))" if column.hexed else _named(column)


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
    """Return the month as a number, by which MySQL groups faster than by text; 0 if there is none."""
    return f"coalesce(extract(year_month from {_named(plan.month_column)}), 0)" if plan.month_column else "0"


def _month_name(plan: TablePlan, number: int) -> str:
    if plan.month_column is None:
        return ""
    return f"{number // 100:04}-{number % 100:02}" if number else NO_MONTH


def _month_number(name: str) -> int:
    return 0 if name in ("", NO_MONTH) else int(name.replace("-", ""))


def _prefix(plan: TablePlan, bits: int) -> str:
    if bits == 0:
        return "0"
    key = ", '|', ".join(_plain_text(column) for column in plan.key_columns)
    return f"(cast(conv(left(md5(concat({key}, '')), 8), 16, 10) as unsigned) >> {HASH_BITS - bits})"


def _within(plan: TablePlan, parts: Sequence[Part]) -> str:
    if not parts:
        return "true"
    months = ", ".join(str(number) for number in sorted({_month_number(part.month) for part in parts}))
    codes = ", ".join(str((_month_number(part.month) << HASH_BITS) + part.prefix) for part in parts)
    condition = f"{_month(plan)} in ({months})"
    if parts[0].bits:
        condition += f" and {_month(plan)} * {1 << HASH_BITS} + {_prefix(plan, parts[0].bits)} in ({codes})"
    bounds = month_bounds(parts)
    if plan.month_column is None or bounds is None:
        return condition
    column = _named(plan.month_column)
    return f"{column} >= '{bounds[0]}' and {column} < '{bounds[1]}' and {condition}"
