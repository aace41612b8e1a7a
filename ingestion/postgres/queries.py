"""All that ingestion knows of PostgreSQL's tables as a source: catalog, fingerprints, and what to select."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from ingestion.declarations import Source, Table
from ingestion.errors import IngestionError, SourceAbsentError
from ingestion.model import Column, Limit, Survey, TablePlan, TableState
from ingestion.postgres.limits import (
    KEY_TEXT,
    is_one_of,
    key_fits,
    key_limits,
    limits_of,
    named,
    refusal,
    representable,
)
from ingestion.surveys import column_named, missing_column, spans, surveys_of

SESSION = {
    "timezone": "UTC",
    "datestyle": "ISO",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "search_path": "pg_catalog",
    "row_security": "off",  # a policy that hides rows becomes an error instead of a silent loss
    "default_transaction_read_only": "on",
    "jit": "off",  # to compile each query takes longer than it saves
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}


def connect(url: str) -> psycopg.Connection[Any]:
    """Open a read-only autocommit connection whose output format does not depend on the server's settings."""
    parts = make_url(url)
    settings: dict[str, Any] = {
        "host": parts.host,
        "port": parts.port,
        "user": parts.username,
        "password": parts.password,
        "dbname": parts.database,
        "client_encoding": "UTF8",
        "connect_timeout": 10,
        "application_name": "tidemark ingestion",
        "options": " ".join(f"-c {name}={value}" for name, value in SESSION.items()),
        **{key: str(value) for key, value in parts.query.items() if key.startswith("ssl")},
    }
    try:
        return psycopg.connect(**settings, autocommit=True)
    except psycopg.OperationalError as error:
        lines = [line for line in str(error).strip().splitlines() if not line.startswith("\t")] or ["no answer"]
        reason = next((line for line in lines if "FATAL:" in line), lines[-1]).split("FATAL:")[-1]
        reason = reason.rpartition("failed: ")[2].strip()
        kind = SourceAbsentError if reason == f'database "{parts.database}" does not exist' else IngestionError
        raise kind(
            f"cannot reach the source database at {parts.host}:{parts.port}: {reason}; is it running, "
            "and is the extract account's URL right?"
        ) from error


def begin_snapshot(connection: psycopg.Connection[Any]) -> None:
    """Start the one transaction in which all tables are read."""
    connection.execute("begin isolation level repeatable read read only")


def read_columns(
    connection: psycopg.Connection[Any], source: Source, tables: Sequence[Table]
) -> tuple[Mapping[str, tuple[Column, ...]], Mapping[str, str]]:
    """Return the columns of each table from the catalog, and by table why it cannot be read.

    That is when the table, its key or its cursor is missing, or the right to read it. Raises IngestionError if the
    table of tombstones cannot be read, SourceAbsentError if there is no table at all.
    """
    names = [table.name for table in tables] + ([source.tombstones] if source.tombstones else [])
    rows = connection.execute(
        "select c.relname, a.attname, a.attnotnull, format_type(a.atttypid, a.atttypmod), b.typname,"
        " case when t.typtype = 'd' then t.typtypmod else a.atttypmod end,"
        " has_table_privilege(c.oid, 'select') and has_schema_privilege(n.oid, 'usage')"
        " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
        " join pg_type t on t.oid = a.atttypid"
        " join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end"
        " where n.nspname = %s and c.relname = any(%s) and c.relkind in ('r', 'p', 'v', 'm', 'f')"
        " order by c.relname, a.attnum",
        (source.schema, names),
    ).fetchall()
    if not rows:
        raise SourceAbsentError(
            f"the schema {source.schema} has none of the tables of {source.name}; create them, or remove the source's"
            " YAML"
        )
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    faults = {name: fault for name in names if (fault := _access_fault(source, name, found.get(name)))}
    if source.tombstones in faults:
        raise IngestionError(faults[source.tombstones])
    columns = {table.name: _columns_of(table, found[table.name]) for table in tables if table.name not in faults}
    for table in tables:
        if table.name in columns and (fault := _column_fault(source, table, columns[table.name])):
            faults[table.name] = fault
    return columns, faults


def _access_fault(source: Source, name: str, rows: list[tuple[Any, ...]] | None) -> str | None:
    if rows is None:
        return f"the source has no table {source.schema}.{name}; create it or remove it from the sources YAML"
    if not rows[0][6]:
        return f"the extract account may not read {source.schema}.{name}; grant it SELECT"
    return None


def _columns_of(table: Table, rows: list[tuple[Any, ...]]) -> tuple[Column, ...]:
    return tuple(
        _column(name, declared, base, modifier, nullable=not not_null, is_key=name in table.primary_key)
        for _, name, not_null, declared, base, modifier, _ in rows
    )


def _column_fault(source: Source, table: Table, columns: tuple[Column, ...]) -> str | None:
    if missing := missing_column(source, table, columns):
        return missing
    kind = column_named(columns, table.cursor).source_type
    if not kind.startswith("timestamp"):
        return (
            f"the cursor {source.schema}.{table.name}.{table.cursor} is of type {kind}; "
            "name a timestamp column in meta.cursor"
        )
    return None


def _column(name: str, declared: str, base: str, modifier: int, *, nullable: bool, is_key: bool) -> Column:
    plain = {
        "int2": "SMALLINT", "int4": "INT", "int8": "BIGINT", "date": "DATE", "timestamp": "DATETIME(6)",
        "float4": "DOUBLE", "float8": "DOUBLE", "uuid": "CHAR(36)",
    }  # fmt: skip
    expression, hexed = "{}", False
    limits: tuple[Limit, ...] = ()
    if base in plain:
        staging, limits = plain[base], limits_of(name, base)
    elif base == "bool":
        staging, expression = "TINYINT(1)", "{}::int"
    elif base == "timestamptz":
        staging, expression, limits = "DATETIME(6)", "({} at time zone 'UTC')", limits_of(name, base)
    elif base == "bytea":
        staging, expression, hexed = "VARBINARY(255)" if is_key else "LONGBLOB", "encode({}, 'hex')", True
    elif base == "numeric":
        staging = _decimal(modifier)
        limits = limits_of(name, base) if staging != "LONGTEXT" else ()
    elif base in ("varchar", "bpchar") and 4 < modifier <= 4004:
        staging = f"VARCHAR({modifier - 4})"
    else:
        staging = "LONGTEXT"
    if is_key and staging == "LONGTEXT":
        staging = KEY_TEXT
    if is_key:
        limits += key_limits(name, staging, nullable=nullable)
    return Column(name, declared, staging, nullable and not is_key, expression, hexed, limits)


def _decimal(modifier: int) -> str:
    if modifier < 4:
        return "LONGTEXT"
    precision = ((modifier - 4) >> 16) & 0xFFFF
    scale = (((modifier - 4) & 0x7FF) ^ 1024) - 1024
    digits = max(precision, scale) if scale >= 0 else precision - scale
    if digits > 65 or scale > 30:  # the greatest that both MySQL and MariaDB hold
        return "LONGTEXT"
    return f"DECIMAL({digits},{max(scale, 0)})"


def survey(
    connection: psycopg.Connection[Any],
    source: Source,
    columns: Mapping[str, tuple[Column, ...]],
    tables: Sequence[Table],
    states: Mapping[str, TableState],
    watermarks: Mapping[str, datetime],
    future: datetime,
) -> Mapping[str, Survey]:
    """Fingerprint what lies at or after the stored and the new watermark of each table, in one query of the snapshot.

    A fingerprint holds the count and the sum of 64-bit hashes of rows, of tombstones and of resync marks. Rows stamped
    after the instant `future` are counted.
    """
    if not tables:
        return {}
    parts = [
        _survey_of(source, table, columns[table.name], old, new, future)
        for table, old, new in spans(tables, states, watermarks)
    ]
    return surveys_of(connection.execute(sql.SQL(" union all ").join(parts)).fetchall(), states)


def _survey_of(
    source: Source, table: Table, columns: tuple[Column, ...], old: datetime, new: datetime, future: datetime
) -> sql.Composed:
    cursor = column_named(columns, table.cursor)
    rows = sql.SQL(
        "select t.{cursor} as at, hashtextextended((t.*)::text, 0) as hash from {table} t where {since}"
    ).format(
        cursor=sql.Identifier(cursor.name),
        table=sql.Identifier(source.schema, table.name),
        since=_since(cursor, min(old, new)),
    )
    old_at, new_at, future_at = (_instant(instant, cursor.source_type) for instant in (old, new, future))
    return sql.SQL(
        "select {name}, r.ahead, r.seen, r.fresh, g.seen, g.fresh, m.seen, m.fresh from {r} r, {g} g, {m} m"
    ).format(
        name=sql.Literal(table.name),
        r=_figures(rows, old_at, new_at, future_at),
        g=_figures(_tombstones(source, table, min(old, new), "is not null"), _instant(old), _instant(new)),
        m=_figures(_tombstones(source, table, min(old, new), "is null"), _instant(old), _instant(new)),
    )


def _figures(
    rows: sql.Composable, old: sql.Composable, new: sql.Composable, future: sql.Composable | None = None
) -> sql.Composed:
    one = "count(*) filter (where {is_in}) || ':' || coalesce(sum(hash) filter (where {is_in}), 0)"
    later = "coalesce(at >= {instant}, true)"  # a row without a cursor can have changed at any time
    seen, fresh = (sql.SQL(one).format(is_in=sql.SQL(later).format(instant=instant)) for instant in (old, new))
    ahead = sql.SQL("count(*) filter (where at > {})").format(future) if future else sql.SQL("0")
    return sql.SQL("(select {ahead} as ahead, {seen} as seen, {fresh} as fresh from ({rows}) x)").format(
        ahead=ahead, seen=seen, fresh=fresh, rows=rows
    )


def _tombstones(source: Source, table: Table, since: datetime, key_is: str) -> sql.Composable:
    if not source.tombstones:
        return sql.SQL("select null::timestamptz as at, 0::bigint as hash where false")
    return sql.SQL(
        "select deleted_at as at, hashtextextended((t.*)::text, 0) as hash from {tombstones} t"
        " where table_name = {name} and deleted_at >= {since} and key {key_is}"
    ).format(
        tombstones=sql.Identifier(source.schema, source.tombstones),
        name=sql.Literal(table.name),
        since=_instant(since),
        key_is=sql.SQL(key_is),
    )


def _instant(value: datetime, column_type: str = "timestamp with time zone") -> sql.Composable:
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    if "with time zone" in column_type:
        return sql.SQL("timestamptz {}").format(sql.Literal(f"{text}+00"))
    return sql.SQL("timestamp {}").format(sql.Literal(text))


def _since(cursor: Column, instant: datetime) -> sql.Composable:
    condition = sql.SQL("t.{cursor} >= {instant}").format(
        cursor=sql.Identifier(cursor.name), instant=_instant(instant, cursor.source_type)
    )
    if not cursor.nullable:
        return condition
    return sql.SQL("({condition} or t.{cursor} is null)").format(
        condition=condition, cursor=sql.Identifier(cursor.name)
    )


def select_rows(source: Source, plan: TablePlan) -> sql.Composed:
    """Return the SELECT of the rows that a run is to read and staging can hold, in the form that staging takes."""
    return sql.SQL("select {} ").format(_outputs(plan.columns)) + _from_rows_to_read(source, plan)


def in_order_of_index(connection: psycopg.Connection[Any], source: Source, plan: TablePlan) -> sql.Composed | None:
    """Return the ORDER BY of the key if an index gives all rows in that order without sorting them, else None."""
    order = sql.SQL(" order by ") + sql.SQL(", ").join(named(column) for column in plan.key_columns)
    table = sql.Identifier(source.schema, plan.table.name)
    steps = connection.execute(sql.SQL("explain select * from {} t").format(table) + order).fetchall()
    return None if any("Sort" in step for (step,) in steps) else order


def in_order_of_bytes(plan: TablePlan) -> sql.Composed:
    """Return the ORDER BY of the key that sorts fastest."""
    return sql.SQL(" order by ") + sql.SQL(", ").join(_in_bytes(column) for column in plan.key_columns)


def select_rows_to_read(source: Source, plan: TablePlan) -> sql.Composed:
    """Return the SELECT of the same rows as they are in the source."""
    return sql.SQL("select * ") + _from_rows_to_read(source, plan)


def _from_rows_to_read(source: Source, plan: TablePlan) -> sql.Composed:
    return sql.SQL("from {table} t where {representable} and {read}").format(
        table=sql.Identifier(source.schema, plan.table.name),
        representable=representable(plan),
        read=_to_be_read(plan) if plan.since is not None else sql.SQL("true"),
    )


def _to_be_read(plan: TablePlan) -> sql.Composable:
    """The condition that a row changed since the watermark, or can be loaded now because its double is gone."""
    assert plan.since is not None  # noqa: S101
    changed = _since(column_named(plan.columns, plan.table.cursor), plan.since)
    if not plan.undoubled:
        return changed
    return sql.SQL("({} or {})").format(changed, is_one_of(plan, plan.undoubled))


def select_unrepresentable(source: Source, plan: TablePlan, *, all_rows: bool) -> sql.Composed:
    """Return the SELECT of the rows that staging cannot hold: key and row as JSON, and the rules that they break.

    Of those that are to be read, or of `all_rows`.
    """
    return sql.SQL("select {columns} from {table} t where not ({representable}) and {read}").format(
        columns=refusal(plan),
        table=sql.Identifier(source.schema, plan.table.name),
        representable=representable(plan),
        read=sql.SQL("true") if all_rows or plan.since is None else _to_be_read(plan),
    )


def select_gone_keys(source: Source, plan: TablePlan) -> sql.Composed | None:
    """Return the SELECT of the keys that staging must not hold: deleted ones, and those of unrepresentable rows.

    None if nothing can tell of any.
    """
    parts: list[sql.Composable] = []
    if source.tombstones:
        parts.append(select_deleted_keys(source, plan))
    if plan.has_limits:
        read = _to_be_read(plan)
        if plan.doubled:
            read = sql.SQL("({} or {})").format(read, is_one_of(plan, plan.doubled))
        parts.append(
            sql.SQL("select {keys} from {table} t where not ({representable}) and {fits} and {read}").format(
                keys=_outputs(plan.key_columns),
                table=sql.Identifier(source.schema, plan.table.name),
                representable=representable(plan),
                fits=key_fits(plan),
                read=read,
            )
        )
    return sql.SQL(" union ").join(parts) if parts else None


def select_deleted_keys(source: Source, plan: TablePlan) -> sql.Composed:
    """Return the SELECT of the keys that tombstones name and that the same snapshot does not hold."""
    assert source.tombstones is not None  # noqa: S101
    assert plan.since is not None  # noqa: S101
    table = sql.Identifier(source.schema, plan.table.name)
    names = [sql.Identifier(column.name) for column in plan.key_columns]
    return sql.SQL(
        "select distinct {keys} from {tombstones} d, lateral jsonb_populate_record(null::{table}, d.key) t"
        " where d.table_name = {name} and d.deleted_at >= {since} and d.key is not null"
        " and not exists (select from {table} live where {same})"
    ).format(
        keys=_outputs(plan.key_columns),
        tombstones=sql.Identifier(source.schema, source.tombstones),
        table=table,
        name=sql.Literal(plan.table.name),
        since=_instant(plan.since),
        same=sql.SQL(" and ").join(sql.SQL("live.{key} = t.{key}").format(key=name) for name in names),
    )


def _outputs(columns: Iterable[Column]) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(column.expression).format(named(column)) for column in columns)


def _in_bytes(column: Column) -> sql.Composable:
    collated = '{} collate "C"' if column.staging_type.startswith("VARCHAR") else "{}"
    return sql.SQL(collated).format(named(column))


def copy_out(query: sql.Composable) -> sql.Composed:
    """Return the COPY of a SELECT in the CSV form that `ingestion.csv_files` describes."""
    return sql.SQL("copy ({}) to stdout (format csv, null 'NULL')").format(query)


def count_of(query: sql.Composable) -> sql.Composed:
    """Return the SELECT that counts the rows of `query`."""
    return sql.SQL("select count(*) from ({}) q").format(query)
