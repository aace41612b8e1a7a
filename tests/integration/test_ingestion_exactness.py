"""Every value is in staging as it is in the source; one that MySQL cannot hold is kept apart, never bent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion import Table
from tests.integration.ingestion_place import SCHEMA, Place, place, with_tables  # noqa: F401

TYPES = f"""
create table {SCHEMA}.types (
    id text primary key, words text, short varchar(40), fixed char(5), money numeric(12,2), small_share numeric(5,4),
    unlimited numeric, whole integer, big bigint, tiny smallint, flag boolean, day date, at timestamptz,
    local timestamp, ratio double precision, raw bytea, uid uuid, doc jsonb, list text[],
    tbl_last_dt timestamptz not null default clock_timestamp()
);
create index on {SCHEMA}.types (tbl_last_dt);
grant select on {SCHEMA}.types to tidemark_extract;
"""
COLUMNS = (
    "id", "words", "short", "money", "small_share", "unlimited", "whole", "big", "tiny", "flag", "day", "at", "local",
    "ratio", "raw", "uid",
)  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
ODD = st.sampled_from(
    ["", " ", "NULL", "\\N", "null", '"', '""', '","', "\\", "\\\\", "\\.", "\n", "\r\n", "\b\f\v\t\x1a\x7f", "'", "é",
     "e\u0301", "日本語", "עברית", "😀👩‍👩‍👧", " lead", "trail ", "a,b", '"x",NULL', "\\\n", "%s %(x)s", "\ufeff", "`"]
)  # fmt: skip


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def decimals(digits: int, places: int) -> st.SearchStrategy[Decimal]:
    most = 10**digits - 1
    return st.integers(-most, most).map(lambda n: Decimal(n).scaleb(-places))


ROW = st.tuples(
    TEXT | ODD,
    maybe(TEXT | ODD),
    maybe((TEXT | ODD).map(lambda text: text[:40])),
    maybe(decimals(12, 2)),
    maybe(decimals(5, 4)),
    maybe(decimals(30, 12)),
    maybe(st.integers(-(2**31), 2**31 - 1)),
    maybe(st.integers(-(2**63), 2**63 - 1)),
    maybe(st.integers(-(2**15), 2**15 - 1)),
    maybe(st.booleans()),
    maybe(st.dates(date(1000, 1, 1))),
    maybe(
        st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)).flatmap(
            lambda at: st.integers(-14 * 60, 14 * 60).map(
                lambda minutes: at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
            )
        )
    ),
    maybe(st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999))),
    maybe(st.floats(allow_nan=False, allow_infinity=False)),
    maybe(st.binary(max_size=40)),
    maybe(st.uuids()),
)


@pytest.fixture
def typed(place: Place) -> Place:  # noqa: F811
    place.execute(TYPES)
    return with_tables(place, Table("types", ("id",), "tbl_last_dt"))


def compare(typed: Place) -> None:
    """Compare value by value; the unlimited number is text in staging, exact to the digit."""
    names = ", ".join(COLUMNS)
    with typed.oltp() as connection:
        expected = {row[0]: row for row in connection.execute(f"select {names} from types")}
    staged = {row[0]: row for row in typed.warehouse(f"select {names} from types")}
    assert staged.keys() == expected.keys()
    for key, row in expected.items():
        for name, source, copy in zip(COLUMNS, row, staged[key], strict=True):
            assert copy == counterpart(name, source), name


def counterpart(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "at":
        return value.astimezone(UTC).replace(tzinfo=None)
    if name in ("uid", "unlimited"):
        return format(value, "f") if name == "unlimited" else str(value)
    return int(value) if name == "flag" else value


@given(st.lists(ROW, max_size=30, unique_by=lambda row: row[0]), st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_of_any_kind_arrive_exactly_by_load_and_by_merge(
    typed: Place, rows: list[Any], data: st.DataObject
) -> None:
    insert = f"insert into types ({', '.join(COLUMNS)}) values ({', '.join(['%s'] * len(COLUMNS))})"
    full = data.draw(st.booleans(), label="full refresh")
    barred = data.draw(st.booleans(), label="without LOCAL INFILE")
    with typed.oltp() as connection, connection.cursor() as cursor:
        cursor.execute("delete from types")
        cursor.executemany(insert, rows)
    here = replace(typed, load_url=typed.load_url.replace("local_infile=1", "local_infile=0")) if barred else typed
    here.run(full_refresh=full)
    if not full:  # rows deleted without a tombstone are for reconciliation to find
        with typed.oltp() as connection:
            kept = {row[0] for row in connection.execute("select id from types")}
        for (key,) in typed.warehouse("select id from types"):
            if key not in kept:
                typed.warehouse("delete from types where id = %s", key)
    compare(typed)


def test_keys_that_differ_by_case_accent_or_trailing_blank_are_all_kept(typed: Place) -> None:
    keys = ["ord-1", "ORD-1", "ord-1 ", "órd-1", "o\u0301rd-1", "ord-1\t", " ord-1", ""]
    typed.execute("insert into types (id) select unnest(%s::text[])", keys)
    typed.run()
    assert sorted(row[0] for row in typed.warehouse("select id from types")) == sorted(keys)
    typed.execute("update types set words = 'x' || id, tbl_last_dt = clock_timestamp()")
    typed.run()
    assert {row[0]: row[1] for row in typed.warehouse("select id, words from types")} == {k: f"x{k}" for k in keys}


def test_json_arrays_padded_and_large_text_arrive_as_the_source_writes_them(typed: Place) -> None:
    typed.execute(
        """insert into types (id, doc, list, fixed, words) values
        ('a', '{"k": [1, 2.50, "ü\\"", null]}', array['x', 'a,"b"', null], 'ab', repeat('ü😀', 600000))"""
    )
    typed.run()
    with typed.oltp() as connection:
        expected = connection.execute("select doc::text, list::text, 'ab   ', words from types").fetchone()
    assert typed.warehouse("select doc, list, fixed, words from types")[0] == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("money", "'NaN'"), ("ratio", "'NaN'"), ("ratio", "'Infinity'"), ("ratio", "'-Infinity'"),
        ("at", "'infinity'"), ("local", "'-infinity'"), ("day", "'infinity'"), ("day", "'0044-03-15 BC'"),
        ("day", "'10000-01-01'"), ("at", "'10000-01-01 00:00Z'"), ("local", "'0044-03-15 12:00 BC'"),
    ],
)  # fmt: skip
def test_a_value_without_counterpart_is_kept_in_quarantine(typed: Place, column: str, value: str) -> None:
    typed.execute("insert into types (id, words) select 'good-' || n, E'two\\nlines' from generate_series(1, 3) n")
    typed.execute(f"insert into types (id, {column}) values ('bad', {value})")
    rule = f"{column}_is_a_number" if column in ("money", "ratio") else f"{column}_is_a_date"
    (result,) = typed.run().tables
    assert (result.extracted, result.loaded, result.quarantined) == (4, 3, 1)
    assert typed.quarantined() == {("types", '{"id": "bad"}', rule)}
    typed.execute(f"update types set {column} = null, tbl_last_dt = clock_timestamp() where id = 'bad'")
    typed.run()
    assert typed.quarantined() == set()
    compare(typed)


KEYS = {
    "text": "chr(n + 30) || '%s''' || n", "varchar(20)": "chr(n + 30) || '%s''' || n",
    "bigint": "n * 90071992547409 - 50", "numeric(12,2)": "(n - 50) / 8.0", "double precision": "(n - 50) / 7.0",
    "date": "date '2024-01-01' + n", "timestamptz": "timestamptz '2024-01-01 12:00:00.5+02' + n * interval '7 hours'",
    "bytea": "decode(lpad(to_hex(n * 997), 6, '0'), 'hex')", "uuid": "md5(n::text)::uuid",
}  # fmt: skip


@pytest.mark.parametrize("kind", KEYS)
def test_the_halves_of_a_big_table_are_the_whole_of_it_whatever_its_key(
    place: Place, kind: str, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr("ingestion.verify.MANY", 1)
    place.execute(
        f"create table {SCHEMA}.halved (key {kind} primary key, tbl_last_dt timestamptz not null default now());"
        f"insert into {SCHEMA}.halved (key) select {KEYS[kind]} from generate_series(3, 103) n;"
        f"grant select on {SCHEMA}.halved to tidemark_extract"
    )
    here = with_tables(place, Table("halved", ("key",), "tbl_last_dt"))
    (table,) = here.run(verify=True).tables
    assert table.verified == 101


def test_a_table_with_more_columns_than_a_function_takes_arguments(place: Place) -> None:  # noqa: F811
    numbers, texts = [f"number_{n}" for n in range(110)], [f"text_{n}" for n in range(110)]
    declared = ", ".join([*(f"{name} numeric(12,2)" for name in numbers), *(f"{name} text" for name in texts)])
    place.execute(
        f"create table {SCHEMA}.wide (id text primary key, {declared}, tbl_last_dt timestamptz not null default now());"
        f"insert into {SCHEMA}.wide (id, {numbers[0]}, {numbers[-1]}, {texts[-1]})"
        " values ('a', 1, 2.5, 'x|y'), ('b', 'NaN', 1, null), ('c', 1, 'NaN', 'z');"
        f"grant select on {SCHEMA}.wide to tidemark_extract"
    )
    here = with_tables(place, Table("wide", ("id",), "tbl_last_dt", personal=frozenset(texts)))
    (table,) = here.run(verify=True).tables
    assert (table.loaded, table.quarantined, table.verified) == (1, 2, 1)
    assert {entry[2] for entry in here.quarantined()} == {"number_0_is_a_number", "number_109_is_a_number"}
    here.execute("update wide set number_0 = 7, text_5 = 'new', tbl_last_dt = clock_timestamp() where id in ('a', 'b')")
    (table,) = here.run(verify=True).tables
    assert (table.loaded, table.verified) == (2, 2)
