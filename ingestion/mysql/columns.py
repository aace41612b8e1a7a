"""The columns of a MySQL source: their counterparts in staging, how they are read, what staging can hold of them."""

import re
from collections.abc import Sequence
from typing import Any

from ingestion.csv_files import quoted
from ingestion.declarations import Table
from ingestion.model import Column, Limit

KEY_TEXT = "VARCHAR(255)"
LONGEST_VARCHAR = 4000  # characters; a row of staging holds 65,535 bytes, longer text lies outside of it
INTEGERS = ("tinyint", "smallint", "mediumint", "int", "bigint")
BYTES = ("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "geometry", "point", "linestring",
         "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection")  # fmt: skip
A_DAY = "{0} between '1000-01-01' and '9999-12-31' and day({0}) between 1 and day(last_day({0}))"
AN_INSTANT = "{0} between '1000-01-01' and '9999-12-31 23:59:59.999999' and day({0}) between 1 and day(last_day({0}))"


def column_of(row: Sequence[Any], table: Table) -> Column:
    """Return a column from its row in the catalog: its name, full type, type, length, precision, scale and so on."""
    name, full, kind, length, precision, scale, nullable, collation = row
    is_key = name in table.primary_key
    staging, expression, hexed = _counterpart(full.lower(), kind.lower(), length, precision, scale, is_key=is_key)
    is_nullable = nullable == "YES"
    limits = _limits(name, kind.lower(), staging, is_key=is_key, nullable=is_nullable)
    return Column(name, full, staging, is_nullable and not is_key, expression, hexed, limits, collation)


def _counterpart(
    full: str, kind: str, length: int | None, precision: int | None, scale: int | None, *, is_key: bool
) -> tuple[str, str, bool]:
    """Return the type in staging, the expression that reads the column, and whether it gives hexadecimal digits."""
    unsigned = " UNSIGNED" if "unsigned" in full else ""
    if full == "tinyint(1)":
        return "TINYINT(4)", "({} + 0)", False  # a boolean by custom; any small number may be in it
    if kind in INTEGERS:
        return f"{kind.upper()}{unsigned}", "({} + 0)" if "zerofill" in full else "{}", False
    if kind == "year":
        return "SMALLINT", "({} + 0)", False
    if kind == "bit":
        return "BIGINT UNSIGNED", "({} + 0)", False
    if kind == "decimal":
        return f"DECIMAL({precision},{scale})", "({} + 0)" if "zerofill" in full else "{}", False
    if kind in ("float", "double"):
        return "DOUBLE", "({} + 0e0)", False  # a float by itself is written with six digits alone
    if kind == "date":
        return "DATE", "{}", False
    if kind in ("datetime", "timestamp"):
        return "DATETIME(6)", "{}" if full.endswith("(6)") else "cast({} as datetime(6))", False
    if kind == "time":
        return f"TIME({(re.findall(r'[0-9]+', full) or ['0'])[0]})", "{}", False
    if kind in BYTES:
        return "VARBINARY(255)" if is_key else "LONGBLOB", "lower(hex({}))", True
    staging = _text(kind, length, is_key=is_key)
    return staging, "convert({} using utf8mb4)", False


def _text(kind: str, length: int | None, *, is_key: bool) -> str:
    if kind in ("char", "varchar", "enum", "set") and 0 < (length or 0) <= LONGEST_VARCHAR:
        return f"VARCHAR({length})"
    return KEY_TEXT if is_key else "LONGTEXT"


def _limits(name: str, kind: str, staging: str, *, is_key: bool, nullable: bool) -> tuple[Limit, ...]:
    """MySQL promises dates from the year 1000 to 9999; a lenient server stores others, and days of no month."""
    limits: tuple[Limit, ...] = ()
    if kind in ("date", "datetime", "timestamp"):
        limits += (Limit(f"{name}_is_a_date", A_DAY if kind == "date" else AN_INSTANT),)
    if is_key and nullable:
        limits += (Limit(f"{name}_is_given", "({0} is not null)"),)
    if is_key and staging == KEY_TEXT:
        limits += (Limit(f"{name}_has_at_most_255_characters", "char_length({0}) <= 255"),)
    if is_key and staging == "VARBINARY(255)":
        limits += (Limit(f"{name}_has_at_most_255_bytes", "length({0}) <= 255"),)
    return limits


def named(column: Column) -> str:
    """The column of the row `t`."""
    return f"t.{quoted(column.name)}"


def value_of(column: Column) -> str:
    """The column's value as staging holds it; bytes as they are."""
    return named(column) if column.hexed else column.expression.format(named(column))


def csv_field(column: Column) -> str:
    """A column of the row `t` as a field of the form that `csv_files` describes."""
    if column.staging_type.startswith(("VARCHAR", "LONGTEXT")):
        field = f"""concat('"', replace({value_of(column)}, '"', '""'), '"')"""
    else:
        field = column.expression.format(named(column))
    return f"coalesce({field}, 'NULL')" if column.nullable else field


def literal(column: Column, text: str) -> str:
    """A value of the column, given as canonical text, as a literal that an index can look up."""
    if column.hexed:
        return f"x'{text}'"
    if column.kind in ("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "DECIMAL", "DOUBLE"):
        return _number(text)
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _number(text: str) -> str:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", text):
        raise ValueError("a key is no number")
    return text
