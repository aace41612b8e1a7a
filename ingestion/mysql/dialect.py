"""MySQL and MariaDB as a source: the dialect that `ingestion.dialect` describes.

Text is read as utf8mb4 and keys are compared byte by byte, whatever the collation of the source's columns.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import pymysql
from sqlalchemy.engine import make_url

from ingestion import staging
from ingestion.buckets import Figures, Part, Row
from ingestion.csv_files import quoted
from ingestion.declarations import Source, Table
from ingestion.dialect import Key, Lines, ReadLine
from ingestion.errors import IngestionError, SourceAbsentError
from ingestion.model import Column, Limit, Survey, TablePlan, TableState
from ingestion.mysql.activity import NOT_GRANTED, read_activity
from ingestion.mysql.checksums import as_text, figures_of, row_digest, select_digests, select_figures
from ingestion.mysql.columns import column_of, csv_field, literal, named, value_of
from ingestion.quarantine import DOUBLED, MASKED, MOST_DOUBLED
from ingestion.refusals import sentence
from ingestion.surveys import column_named, missing_column, spans, surveys_of

__all__ = [
    "begin_snapshot",
    "connect",
    "copy_gone_keys",
    "copy_keys",
    "copy_rows",
    "count_deleted_keys",
    "count_rows",
    "count_table",
    "end_snapshot",
    "purge_tombstones",
    "read_activity",
    "read_columns",
    "read_deleted_keys",
    "read_digests",
    "read_doubled_keys",
    "read_figures",
    "read_identities",
    "read_key_texts",
    "read_total",
    "read_unrepresentable",
    "survey",
    "warn_of_missing_indexes",
]

SESSION = (
    "set session time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION', lock_wait_timeout = 50,"
    " net_write_timeout = 600"
)
ALTERED = 1412  # the table's definition has changed since the snapshot
NO_DATABASE = {1049, 1044}  # unknown, or not to be known by this account
KEYS_PER_QUERY = 2000


class Connection(pymysql.connections.Connection):
    """A connection that tells errors of the source from those of the warehouse.

    `incarnations` has by table the number that InnoDB gave it. TRUNCATE and ALTER fire no trigger and give another.
    """

    incarnations: Mapping[str, int]

    def query(self, sql: Any, unbuffered: bool = False) -> int:
        """Run a statement; what the server refuses becomes a sentence."""
        try:
            return super().query(sql, unbuffered)
        except pymysql.err.MySQLError as error:
            if error.args and error.args[0] in NOT_GRANTED:
                raise
            raise _refused(error) from error


def _refused(error: pymysql.err.MySQLError) -> IngestionError:
    said = sentence(error)
    if error.args and error.args[0] == ALTERED:
        said = f"a table was truncated or altered while it was read ({said})"
    return IngestionError(f"reading the source failed: {said}; nothing was loaded, run again")


@contextmanager
def connect(url: str) -> Iterator[Connection]:
    """Open a connection in autocommit mode whose output does not depend on the server's settings."""
    parts = make_url(url)
    settings = staging.connect_arguments(url) | {"local_infile": False, "init_command": SESSION}
    try:
        connection = Connection(**settings, database=parts.database, autocommit=True)
    except (pymysql.err.MySQLError, IngestionError) as error:
        said = error.args[-1] if isinstance(error, pymysql.err.MySQLError) else str(error)
        kind = SourceAbsentError if error.args[0] in NO_DATABASE else IngestionError
        raise kind(
            f"cannot reach the source database at {parts.host}:{parts.port}: {said}; is it running, "
            "and is the extract account's URL right?"
        ) from error
    connection.incarnations = {}
    try:
        yield connection
    finally:
        if connection.open:
            connection.close()


def begin_snapshot(connection: Connection) -> None:
    """Start the one transaction in which all tables are read.

    The tables' incarnations are read before: one that is truncated in between is then found by the next run.
    """
    connection.incarnations = _read_incarnations(connection)
    _execute(connection, "set session transaction isolation level repeatable read")
    _execute(connection, "start transaction with consistent snapshot, read only")


def _read_incarnations(connection: Connection) -> Mapping[str, int]:
    for catalog in ("innodb_sys_tables", "innodb_tables"):  # as MariaDB and MySQL 8 name it
        try:
            rows = _fetch(
                connection,
                f"select substring_index(name, '/', -1), table_id from information_schema.{catalog}"
                " where name like concat(replace(database(), '_', '\\_'), '/%')",
            )
        except (pymysql.err.MySQLError, IngestionError):
            continue
        found: dict[str, int] = {}
        for name, number in rows:
            table = name.split("#")[0]  # a partition counts for its table
            found[table] = found.get(table, 0) + int(number)
        return found
    return {}


def read_identities(connection: Connection, source: Source, tables: Sequence[Table]) -> Mapping[str, str]:
    """Return for each table its incarnation and that of the tombstones, as they were before the snapshot."""
    found = connection.incarnations
    return {table.name: f"{found.get(table.name)}/{found.get(source.tombstones or '')}" for table in tables}


def end_snapshot(connection: Connection) -> None:
    """End it."""
    _execute(connection, "rollback")


def read_columns(
    connection: Connection, source: Source, tables: Sequence[Table]
) -> tuple[Mapping[str, tuple[Column, ...]], Mapping[str, str]]:
    """Return the columns of each table from the catalog, and by table why it cannot be read.

    MySQL shows only what the account may read, so a missing table and a missing right look alike. Raises IngestionError
    if the table of tombstones cannot be read, SourceAbsentError if there is no table at all.
    """
    names = [table.name for table in tables] + ([source.tombstones] if source.tombstones else [])
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, *rest in _fetch(
        connection,
        "select table_name, column_name, column_type, data_type, character_maximum_length, numeric_precision,"
        " numeric_scale, is_nullable, collation_name from information_schema.columns"
        " where table_schema = %s and table_name in %s"
        " order by table_name, ordinal_position",
        (source.schema, names),
    ):
        found.setdefault(name, []).append(tuple(rest))
    if not found:
        raise SourceAbsentError(
            f"the database {source.schema} has none of the tables of {source.name} that the extract account may read;"
            " create them and grant SELECT on them, or remove the source's YAML"
        )
    missing = {
        name: f"the source has no table {source.schema}.{name} that the extract account may read; create it, grant"
        " SELECT on it or remove it from the sources YAML"
        for name in names
        if name not in found
    }
    if source.tombstones in missing:
        raise IngestionError(missing[source.tombstones])
    columns = {
        table.name: tuple(column_of(row, table) for row in found[table.name]) for table in tables if table.name in found
    }
    zone = _fetch(
        connection,
        "select @@global.time_zone, timestampdiff(second, utc_timestamp(),"
        " convert_tz(utc_timestamp(), '+00:00', @@global.time_zone))",
    )[0]
    faults = {
        table.name: fault
        for table in tables
        if table.name in columns and (fault := _column_fault(source, table, columns[table.name], zone))
    }
    return columns, {**missing, **faults}


def _column_fault(
    source: Source, table: Table, columns: tuple[Column, ...], zone: tuple[str, int | None]
) -> str | None:
    if missing := missing_column(source, table, columns):
        return missing
    place = f"{source.schema}.{table.name}"
    kind = column_named(columns, table.cursor).source_type.lower()
    if not kind.startswith(("datetime", "timestamp")):
        return (
            f"the cursor {place}.{table.cursor} is of type {kind}; name a datetime or timestamp column in meta.cursor"
        )
    if kind.startswith("datetime") and zone[1]:
        return (
            f"the source's time zone is {zone[0]}, and {place}.{table.cursor} may hold its local time: set the server's"
            " time_zone to +00:00, or make the cursor a TIMESTAMP"
        )
    return None


def warn_of_missing_indexes(connection: Connection, source: Source, tables: Sequence[Table]) -> tuple[str, ...]:
    """Return a sentence for each table of which every run has to read all rows, with the statement that ends that."""
    leading = set(
        _fetch(
            connection,
            "select table_name, column_name from information_schema.statistics"
            " where table_schema = %s and seq_in_index = 1",
            (source.schema,),
        )
    )
    return tuple(
        f"no index of {source.schema}.{table.name} begins with its cursor {table.cursor}, so each run reads the whole"
        f" table; give it one: create index {table.cursor} on {_place(source, table.name)} ({quoted(table.cursor)})"
        for table in tables
        if (table.name, table.cursor) not in leading
    )


def survey(
    connection: Connection, source: Source, columns: Mapping[str, tuple[Column, ...]], tables: Sequence[Table],
    states: Mapping[str, TableState], watermarks: Mapping[str, datetime], future: datetime,
) -> Mapping[str, Survey]:  # fmt: skip
    """Fingerprint what lies at or after the stored and the new watermark of each table, in one query of the snapshot.

    A fingerprint holds the count and the sum of 60-bit hashes of rows, of tombstones and of resync marks. Rows stamped
    after the instant `future` are counted.
    """
    if not tables:
        return {}
    parts = [
        _survey_of(source, table, columns[table.name], old, new, future)
        for table, old, new in spans(tables, states, watermarks)
    ]
    return surveys_of(_fetch(connection, " union all ".join(parts)), states)


def _survey_of(
    source: Source, table: Table, columns: tuple[Column, ...], old: datetime, new: datetime, future: datetime
) -> str:
    cursor = column_named(columns, table.cursor)
    rows = (
        f"select {named(cursor)} as at, {row_digest(columns, value_of)} as hash from {_place(source, table.name)} t"
        f" where {_since(cursor, min(old, new))}"
    )
    gone, marks = (_tombstones(source, table, min(old, new), key_is) for key_is in ("is not null", "is null"))
    return (
        f"select '{table.name}', r.ahead, r.seen, r.fresh, g.seen, g.fresh, m.seen, m.fresh"
        f" from {_figures(rows, old, new, future)} r, {_figures(gone, old, new, future)} g,"
        f" {_figures(marks, old, new, future)} m"
    )


def _figures(rows: str, old: datetime, new: datetime, future: datetime) -> str:
    def later(instant: datetime) -> str:  # a row without a cursor can have changed at any time
        return f"coalesce(at >= {_instant(instant)}, true)"

    seen, fresh = (
        f"concat(coalesce(sum({later(instant)}), 0), ':', coalesce(sum(if({later(instant)}, hash, 0)), 0))"
        for instant in (old, new)
    )
    ahead = f"coalesce(sum(at > {_instant(future)}), 0)"
    return f"(select {ahead} as ahead, {seen} as seen, {fresh} as fresh from ({rows}) x)"


def _tombstones(source: Source, table: Table, since: datetime, key_is: str) -> str:
    if not source.tombstones:
        return "select cast(null as datetime(6)) as at, 0 as hash from dual where false"
    return (
        "select deleted_at as at,"
        " cast(conv(left(md5(concat_ws('|', deleted_at, `key`)), 15), 16, 10) as signed) as hash"
        f" from {_place(source, source.tombstones)} where table_name = '{table.name}'"
        f" and deleted_at >= {_instant(since)} and `key` {key_is}"
    )


def read_doubled_keys(
    connection: Connection, source: Source, table: Table, columns: Sequence[Column]
) -> tuple[Key, ...]:
    """Return the keys, as text, that several rows share; raises IngestionError if there are too many for a key."""
    keys = [column_named(columns, name) for name in table.primary_key]
    texts = ", ".join(as_text(column, value_of) for column in keys)
    grouped = ", ".join(_in_bytes(column) for column in keys)
    rows = _fetch(
        connection,
        f"select {texts} from {_place(source, table.name)} t group by {grouped} having count(*) > 1"
        f" limit {MOST_DOUBLED + 1}",
    )
    if len(rows) > MOST_DOUBLED:
        raise IngestionError(
            f"more than {MOST_DOUBLED:,} keys ({', '.join(table.primary_key)}) of {source.schema}.{table.name} belong"
            " to several rows; meta.primary_key must name columns that identify a row"
        )
    return tuple(row for row in rows if None not in row)


def read_key_texts(
    connection: Connection, source: Source, table: Table, columns: Sequence[Column], keys: Sequence[str]
) -> tuple[Key, ...]:
    """Return keys that are given as JSON objects as texts."""
    del source
    parts = [column_named(columns, name) for name in table.primary_key]
    texts = ", ".join(as_text(column, lambda column: _of_json(column, "%s")) for column in parts)
    return tuple(_fetch(connection, f"select {texts}", (key,) * len(parts))[0] for key in keys)


def copy_rows(connection: Connection, source: Source, plan: TablePlan) -> Lines:
    """Read the rows that the plan asks for and staging can hold, in the order of the key if these are all."""
    order = "" if plan.since else f" order by {', '.join(_in_bytes(column) for column in plan.key_columns)}"
    return _copy(connection, f"select {_line(plan.columns)} {_rows_to_read(source, plan)}{order}")


def copy_gone_keys(connection: Connection, source: Source, plan: TablePlan) -> Lines | None:
    """Read the keys that staging must not hold: deleted ones, and those of unrepresentable rows."""
    parts = []
    if source.tombstones:
        parts.append(_deleted_keys(source, plan, _buried_line(plan)))
    if plan.has_limits:
        read = _to_be_read(plan)
        if plan.doubled:
            read = f"({read} or {_is_one_of(plan, plan.doubled)})"
        fits = " and ".join(
            ["true", *(f"({_holds(c, limit)}) is true" for c in plan.key_columns for limit in c.limits)]
        )
        parts.append(
            f"select {_line(plan.key_columns)} from {_place(source, plan.table.name)} t"
            f" where not ({_representable(plan)}) and {fits} and {read}"
        )
    return _copy(connection, " union ".join(parts)) if parts else None


def copy_keys(connection: Connection, source: Source, plan: TablePlan, keys: Sequence[Key]) -> Lines:
    """Read the rows of these keys."""
    queries = (
        f"select {_line(plan.columns)} from {_place(source, plan.table.name)} t"
        f" where {_is_one_of(plan, keys[start : start + KEYS_PER_QUERY])} and {_representable(plan)}"
        for start in range(0, len(keys), KEYS_PER_QUERY)
    )
    return _copy(connection, *queries)


def read_unrepresentable(
    connection: Connection, source: Source, plan: TablePlan, *, all_rows: bool, most: int
) -> Sequence[tuple[str, str, str]]:
    """Return up to `most` rows that staging cannot hold: key and row as JSON, and the rules that they break."""
    broken = [f"if(({_holds(c, limit)}) is false, '{limit.rule}', null)" for c, limit in _all_limits(plan)]
    if plan.doubled:
        broken.append(f"if({_is_one_of(plan, plan.doubled)}, '{DOUBLED}', null)")
    read = "true" if all_rows or plan.since is None else _to_be_read(plan)
    return _fetch(
        connection,
        f"select {_json(plan.key_columns, ())}, {_json(plan.columns, plan.table.personal)},"
        f" concat_ws(', ', {', '.join(broken)}) from {_place(source, plan.table.name)} t"
        f" where not ({_representable(plan)}) and {read} limit {most}",
    )


def count_table(connection: Connection, source: Source, plan: TablePlan) -> int:
    """Count all rows of the table, also those that staging cannot hold."""
    return int(_fetch(connection, f"select count(*) from {_place(source, plan.table.name)}")[0][0])


def count_rows(connection: Connection, source: Source, plan: TablePlan) -> int:
    """Count the rows that the plan asks for and staging can hold."""
    return int(_fetch(connection, f"select count(*) {_rows_to_read(source, plan)}")[0][0])


def count_deleted_keys(connection: Connection, source: Source, plan: TablePlan) -> int:
    """Count the keys that tombstones name and the snapshot does not hold."""
    return len(read_deleted_keys(connection, source, plan))


def read_deleted_keys(connection: Connection, source: Source, plan: TablePlan) -> set[Key]:
    """Return the keys that tombstones name and the snapshot does not hold."""
    texts = ", ".join(as_text(column, _buried) for column in plan.key_columns)
    return set(_fetch(connection, _deleted_keys(source, plan, texts)))


def read_figures(
    connection: Connection, source: Source, plan: TablePlan, bits: int, within: Sequence[Part] = ()
) -> Mapping[Part, Figures]:
    """Return the figures of each part of `bits` bits, of the whole table or of the parts `within`."""
    place = _place(source, plan.table.name)
    query = select_figures(place, plan, bits, within, value_of, _representable(plan))
    return figures_of(_fetch(connection, query), plan, bits)


def read_total(connection: Connection, source: Source, plan: TablePlan) -> Figures:
    """Return the figures of the rows that the plan reads and staging can hold."""
    rows, checksum = _fetch(
        connection,
        f"select count(*), coalesce(sum({row_digest(plan.columns, value_of)}), 0) {_rows_to_read(source, plan)}",
    )[0]
    return Figures(rows, int(checksum))


def read_digests(
    connection: Connection, source: Source, plan: TablePlan, within: Sequence[Part]
) -> Generator[tuple[Key, Row], None, None]:
    """Yield key, digest and cursor of each row of the parts `within`."""
    query = select_digests(_place(source, plan.table.name), plan, within, value_of, _representable(plan))
    with connection.cursor(pymysql.cursors.SSCursor) as cursor:
        cursor.execute(query)
        for digest, at, *key in cursor:
            yield tuple(key), Row(digest, at)


def purge_tombstones(connection: Connection, source: Source, before: datetime, batch: int) -> int:
    """Call the source's function that removes tombstones."""
    function = ".".join(quoted(part) for part in (source.purge_tombstones or "").split("."))
    return int(_fetch(connection, f"select {function}(%s, %s)", (staging.naive(before), batch))[0][0] or 0)


def _execute(connection: Connection, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _fetch(connection: Connection, query: str, values: Sequence[Any] | None = None) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _copy(connection: Connection, *queries: str) -> AbstractContextManager[ReadLine]:
    @contextmanager
    def copying() -> Iterator[ReadLine]:
        lines = _lines(connection, queries)
        try:
            yield lambda: next(lines, b"")
        finally:
            lines.close()

    return copying()


def _lines(connection: Connection, queries: Sequence[str]) -> Generator[bytes, None, None]:
    """Stream the rows of queries that give one text each."""
    for query in queries:
        with connection.cursor(pymysql.cursors.SSCursor) as cursor:
            cursor.execute(query)
            try:
                while row := cursor.fetchone():
                    yield row[0].encode() + b"\n"
            except pymysql.err.MySQLError as error:
                raise _refused(error) from error


def _line(columns: Sequence[Column]) -> str:
    """A line of the file, as the server writes it."""
    fields = ", ".join(csv_field(column) for column in columns)
    return f"cast(concat_ws(',', {fields}) as char)"


def _place(source: Source, table: str) -> str:
    return f"{quoted(source.schema)}.{quoted(table)}"


def _rows_to_read(source: Source, plan: TablePlan) -> str:
    read = f" and {_to_be_read(plan)}" if plan.since is not None else ""
    return f"from {_place(source, plan.table.name)} t where {_representable(plan)}{read}"


def _to_be_read(plan: TablePlan) -> str:
    """The condition that a row changed since the watermark, or can be loaded now because its double is gone."""
    assert plan.since is not None  # noqa: S101
    changed = _since(column_named(plan.columns, plan.table.cursor), plan.since)
    return f"({changed} or {_is_one_of(plan, plan.undoubled)})" if plan.undoubled else changed


def _since(cursor: Column, instant: datetime) -> str:
    condition = f"{named(cursor)} >= {_instant(instant)}"
    return f"({condition} or {named(cursor)} is null)" if cursor.nullable else condition


def _instant(value: datetime) -> str:
    return f"timestamp '{value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=' ', timespec='microseconds')}'"


def _representable(plan: TablePlan) -> str:
    """The condition that staging can hold a row `t`."""
    conditions = [f"({_holds(column, limit)}) is not false" for column, limit in _all_limits(plan)]
    if plan.doubled:
        conditions.append(f"not {_is_one_of(plan, plan.doubled)}")
    return " and ".join(conditions) or "true"


def _all_limits(plan: TablePlan) -> list[tuple[Column, Limit]]:
    return [(column, limit) for column in plan.columns for limit in column.limits]


def _holds(column: Column, limit: Limit) -> str:
    return limit.holds.format(named(column))


def _is_one_of(plan: TablePlan, keys: Sequence[Key]) -> str:
    """The condition that the row `t` has one of these keys, given as texts."""
    columns = plan.key_columns
    names = ", ".join(_in_bytes(column) for column in columns)
    wanted = ", ".join(
        f"({', '.join(literal(column, text) for column, text in zip(columns, key, strict=True))})" for key in keys
    )
    return f"({names}) in ({wanted})"


def _in_bytes(column: Column) -> str:
    """A column of the row `t` as it is compared and sorted: text by its bytes."""
    is_text = column.staging_type.startswith(("VARCHAR", "LONGTEXT"))
    return f"binary {value_of(column)}" if is_text else named(column)


def _json(columns: Sequence[Column], personal: Sequence[str] | frozenset[str]) -> str:
    """A JSON object of columns of the row `t`, personal values masked."""
    pairs = []
    for column in columns:
        value = column.expression.format(named(column))
        if column.name in personal:
            value = f"if({named(column)} is null, null, '{MASKED}')"
        pairs.append(f"'{column.name}', {value}")
    return f"json_object({', '.join(pairs)})"


def _deleted_keys(source: Source, plan: TablePlan, outputs: str) -> str:
    """The SELECT of the keys that tombstones name and that the same snapshot does not hold."""
    assert source.tombstones is not None  # noqa: S101
    assert plan.since is not None  # noqa: S101
    same = " and ".join(_is_buried(column) for column in plan.key_columns)
    return (
        f"select distinct {outputs} from {_place(source, source.tombstones)} d where d.table_name = '{plan.table.name}'"
        f" and d.deleted_at >= {_instant(plan.since)} and d.`key` is not null"
        f" and not exists (select 1 from {_place(source, plan.table.name)} t where {same})"
    )


def _is_buried(column: Column) -> str:
    """The condition that the row `t` has the key of the tombstone `d`: by the index first, then byte by byte."""
    value = _buried(column)
    if column.collation is None:
        return f"{named(column)} = {value}"
    charset = column.collation.split("_")[0]
    by_index = f"{named(column)} = convert({value} using {charset}) collate {column.collation}"
    return f"{by_index} and {_in_bytes(column)} = binary {value}"


def _buried(column: Column) -> str:
    return _of_json(column, "d.`key`")


def _buried_line(plan: TablePlan) -> str:
    fields = []
    for column in plan.key_columns:
        value = _buried(column)
        if column.hexed:
            value = f"lower(hex({value}))"
        elif column.staging_type.startswith("VARCHAR"):
            value = f"""concat('"', replace({value}, '"', '""'), '"')"""
        fields.append(value)
    return f"cast(concat_ws(',', {', '.join(fields)}) as char)"


def _of_json(column: Column, json: str) -> str:
    """The value of a column in a JSON object, of the column's type; bytes are hexadecimal digits there."""
    text = f"json_unquote(json_extract({json}, '$.\"{column.name}\"'))"
    kind = column.staging_type.split("(")[0]
    if column.hexed:
        return f"unhex({text})"
    if kind in ("DATE", "DATETIME", "DECIMAL", "TIME"):
        return f"cast({text} as {column.staging_type})"
    if kind.endswith("UNSIGNED"):
        return f"cast({text} as unsigned)"
    if kind == "DOUBLE":
        return f"({text} + 0e0)"
    return f"convert({text} using utf8mb4)" if kind in ("VARCHAR", "LONGTEXT") else f"cast({text} as signed)"
