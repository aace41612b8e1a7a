"""Counts, checksums and digests of rows as PostgreSQL computes them, over the text that `canonical_text` describes."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Any

import psycopg
from psycopg import sql

from ingestion.buckets import HASH_BITS, NO_MONTH, Figures, Part, Row, month_bounds
from ingestion.canonical_text import DIGEST_DIGITS, HASHED, LONG_TEXT, OF_KNOWN_FORM
from ingestion.declarations import Source
from ingestion.model import Column, TablePlan
from ingestion.postgres import queries
from ingestion.postgres.limits import representable

FETCHED = 2000
ARGUMENTS = 99  # a function takes a hundred


def read_figures(
    connection: psycopg.Connection[Any], source: Source, plan: TablePlan, bits: int, within: Sequence[Part] = ()
) -> Mapping[Part, Figures]:
    """Return the figures of each part of `bits` bits, of the whole table or of the parts `within`."""
    utf8 = _is_utf8(connection)
    query = sql.SQL(
        "select {month}, {prefix}, count(*), sum({digest}) from {table} t where {within} and {representable}"
        " group by 1, 2"
    ).format(
        month=_month(plan),
        prefix=_prefix(plan, bits),
        digest=_digest(plan.columns, utf8),
        table=sql.Identifier(source.schema, plan.table.name),
        within=_within(plan, within),
        representable=representable(plan),
    )
    rows = connection.execute(query).fetchall()
    return {Part(month, int(prefix), bits): Figures(count, int(checksum)) for month, prefix, count, checksum in rows}


def read_total(connection: psycopg.Connection[Any], source: Source, plan: TablePlan) -> Figures:
    """Return the figures of the rows that the plan reads and staging can hold."""
    utf8 = _is_utf8(connection)
    query = sql.SQL("select count(*), coalesce(sum({digest}), 0) from ({rows}) t").format(
        digest=_digest(plan.columns, utf8), rows=queries.select_rows_to_read(source, plan)
    )
    row = connection.execute(query).fetchone()
    assert row is not None  # noqa: S101  (an aggregate gives a row)
    return Figures(row[0], int(row[1]))


def read_rows(
    connection: psycopg.Connection[Any], source: Source, plan: TablePlan, within: Sequence[Part]
) -> Generator[tuple[tuple[str, ...], Row], None, None]:
    """Yield key (as canonical text), digest and cursor of each row of the parts `within`."""
    utf8 = _is_utf8(connection)
    by_name = {column.name: column for column in plan.columns}
    query = sql.SQL("select {digest}, {cursor}, {key} from {table} t where {within} and {representable}").format(
        representable=representable(plan),
        digest=_digest(plan.columns, utf8),
        cursor=_plain_text(by_name[plan.table.cursor]),
        key=sql.SQL(", ").join(_plain_text(column) for column in plan.key_columns),
        table=sql.Identifier(source.schema, plan.table.name),
        within=_within(plan, within),
    )
    with connection.cursor(name="reconciled_rows") as cursor:
        cursor.itersize = FETCHED
        cursor.execute(query)
        for digest, at, *key in cursor:
            yield tuple(key), Row(digest, at)


def select_keys(source: Source, plan: TablePlan, keys: Sequence[tuple[str, ...]]) -> sql.Composed:
    """Return the SELECT of the rows of these keys, given as canonical text, in the form that files take."""
    names = [sql.Identifier(f"key_{number}") for number in range(len(plan.key_columns))]
    outputs = [sql.SQL(c.expression).format(_named(c)) for c in plan.columns]
    return sql.SQL("select {outputs} from unnest({keys}) as k ({names}) join {table} t on {same}").format(
        outputs=sql.SQL(", ").join(outputs),
        keys=sql.SQL(", ").join(
            sql.SQL("{}::text[]").format(sql.Literal(list(values))) for values in zip(*keys, strict=True)
        ),
        names=sql.SQL(", ").join(names),
        table=sql.Identifier(source.schema, plan.table.name),
        same=sql.SQL(" and ").join(
            sql.SQL("{} = {}").format(_named(column), _typed(column, sql.SQL("k.{}").format(name)))
            for column, name in zip(plan.key_columns, names, strict=True)
        ),
    )


def key_texts(query: sql.Composable, plan: TablePlan) -> sql.Composed:
    """Return the SELECT that gives the keys selected by `query` as canonical text."""
    names = sql.SQL(", ").join(sql.Identifier(f"key_{number}") for number in range(len(plan.key_columns)))
    texts = sql.SQL(", ").join(
        sql.SQL("concat({})").format(sql.Identifier(f"key_{number}")) for number in range(len(plan.key_columns))
    )
    return sql.SQL("select {texts} from ({query}) q ({names})").format(texts=texts, query=query, names=names)


def _typed(column: Column, text: sql.Composable) -> sql.Composable:
    if column.hexed:
        return sql.SQL("decode({}, 'hex')").format(text)
    if column.expression.endswith("at time zone 'UTC')"):
        return sql.SQL("({}::timestamp at time zone 'UTC')").format(text)
    return sql.SQL("{}::{}").format(text, sql.SQL(column.source_type))  # as the catalog spells it


def _is_utf8(connection: psycopg.Connection[Any]) -> bool:
    return connection.info.parameter_status("server_encoding") == "UTF8"


def _named(column: Column) -> sql.Composed:
    return sql.SQL("t.{}").format(sql.Identifier(column.name))


def _plain_text(column: Column) -> sql.Composable:
    """Return a column's value as text, as staging holds it."""
    if column.source_type == "text" or column.source_type.startswith("character varying"):
        return sql.SQL("{}::text").format(_named(column))
    value = sql.SQL(column.expression).format(_named(column))
    if column.staging_type.startswith(("VARCHAR", "LONGTEXT")):
        return sql.SQL("case when {named} is not null then concat({value}) end").format(
            named=_named(column), value=value
        )  # a cast would strip the blanks of a padded type
    return sql.SQL("({})::text").format(value)


def _canonical(column: Column, utf8: bool) -> sql.Composable:
    kind = column.kind
    named = _named(column)
    if kind == "DOUBLE":
        text: sql.Composable = _float_text(named)
    elif kind in HASHED:
        text = sql.SQL("encode(sha256({}), 'hex')").format(named)
    elif kind == "LONGTEXT":
        plain = _plain_text(column)
        text = sql.SQL(
            "case when {length} > {most} then encode(sha256(convert_to({text}, 'UTF8')), 'hex') else {text} end"
        ).format(length=_length(plain, utf8), most=sql.Literal(LONG_TEXT), text=plain)
    else:
        text = _plain_text(column)
    return _or_tilde(text, column)


def _or_tilde(text: sql.Composable, column: Column) -> sql.Composable:
    return sql.SQL("coalesce({}, '~')").format(text) if column.nullable else text


def _length(text: sql.Composable, utf8: bool) -> sql.Composed:
    return sql.SQL("octet_length({})" if utf8 else "octet_length(convert_to({}, 'UTF8'))").format(text)


def _float_text(named: sql.Composable) -> sql.Composed:
    """Return sign, mantissa of 53 bits and exponent; the logarithm is a guess that may be off by one."""
    return sql.SQL(
        "case when {x} in ('NaN', 'Infinity', '-Infinity') then {x}::text when {x} = 0 then '0' else"
        " case when {x} < 0 then '-' else '' end || case"
        " when {m} < 1 then ({m} * 9007199254740992)::bigint || 'p' || ({g} - 1)"
        " when {m} >= 2 then ({m} * 2251799813685248)::bigint || 'p' || ({g} + 1)"
        " else ({m} * 4503599627370496)::bigint || 'p' || {g} end end"
    ).format(
        x=sql.SQL("({}::text::float8)").format(named),
        g=_exponent(named),
        m=sql.SQL("(abs({}::text::float8) / power(2::float8, {}))").format(named, _exponent(named)),
    )


def _exponent(named: sql.Composable) -> sql.Composed:
    return sql.SQL("least(greatest(floor(ln(abs({}::text::float8)) / ln(2::float8)), -1074), 1023)::int").format(named)


def _digest(columns: Sequence[Column], utf8: bool) -> sql.Composed:
    texts = [_canonical(column, utf8) for column in columns]
    lengths = [
        _or_tilde(sql.SQL("{}::text").format(_length(_plain_text(column), utf8)), column)
        for column in columns
        if column.kind not in OF_KNOWN_FORM
    ]
    return _leading_digits([*texts, *lengths], DIGEST_DIGITS)


def _leading_digits(texts: Iterable[sql.Composable], digits: int) -> sql.Composed:
    """Return the first hexadecimal digits of the hash of texts with bars between, as a number."""
    listed = list(texts)
    parts = [listed[start : start + ARGUMENTS] for start in range(0, len(listed), ARGUMENTS)]
    joined = [sql.SQL("concat_ws('|', {})").format(sql.SQL(", ").join(part)) for part in parts]
    return sql.SQL("('x' || left(encode(sha256(convert_to({}, 'UTF8')), 'hex'), {}))::bit({})::bigint").format(
        sql.SQL(" || '|' || ").join(joined), sql.Literal(digits), sql.Literal(digits * 4)
    )


def _month(plan: TablePlan) -> sql.Composable:
    column = plan.month_column
    return sql.SQL("coalesce(left({}, 7), {})").format(_plain_text(column), NO_MONTH) if column else sql.SQL("''")


def _prefix(plan: TablePlan, bits: int) -> sql.Composable:
    if bits == 0:
        return sql.SQL("0::bigint")
    hashed = _leading_digits((_plain_text(column) for column in plan.key_columns), HASH_BITS // 4)
    return sql.SQL("({} >> {})").format(hashed, sql.Literal(HASH_BITS - bits))


def _within(plan: TablePlan, parts: Sequence[Part]) -> sql.Composable:
    if not parts:
        return sql.SQL("true")
    condition = sql.SQL("({month}, {prefix}) in (select * from unnest({months}::text[], {prefixes}::bigint[]))").format(
        month=_month(plan),
        prefix=_prefix(plan, parts[0].bits),
        months=sql.Literal([part.month for part in parts]),
        prefixes=sql.Literal([part.prefix for part in parts]),
    )
    bounds = month_bounds(parts)
    if plan.month_column is None or bounds is None:
        return condition
    return sql.SQL("{column} >= {first} and {column} < {following} and {condition}").format(
        column=_named(plan.month_column),
        first=sql.Literal(bounds[0]),
        following=sql.Literal(bounds[1]),
        condition=condition,
    )
