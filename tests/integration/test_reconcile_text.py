"""A row has one digest, whichever database computes it, and any other row another one."""

import math
import struct
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion import Table, staging, staging_checksums
from ingestion.compare import Pair, compare_tables, find_mismatches
from ingestion.connecting import open_source
from ingestion.plan import plan_tables
from ingestion.postgres.checksums import read_rows
from tests.integration.ingestion_place import NO_MARGIN, Place, place, with_tables  # noqa: F401
from tests.integration.test_ingestion_exactness import COLUMNS, ROW, TYPES


@pytest.fixture
def typed(place: Place) -> Place:  # noqa: F811
    place.execute(TYPES)
    return with_tables(place, Table("types", ("id",), "tbl_last_dt"))


def mismatches(typed: Place) -> tuple[list[Any], dict[str, int]]:
    """What differs, and the digest of each row, compared row by row as well as by the sums."""
    with closing(staging.connect(typed.load_url)) as warehouse, open_source(typed.extract_url) as oltp:
        states = staging.read_states(warehouse, typed.source.staging)
        _, (plan,) = plan_tables(oltp, typed.source, typed.source.tables, states, margin=NO_MARGIN)
        pair = Pair(typed.source, oltp, warehouse)
        (comparison,) = compare_tables(pair, (plan,))
        parts = tuple(comparison.in_source)
        ours = dict(staging_checksums.read_rows(warehouse, typed.source.staging, plan, parts)) if parts else {}
        theirs = dict(read_rows(oltp.connection, typed.source, plan, parts)) if parts else {}
        assert ours == theirs
        return find_mismatches(pair, comparison, 10)[0], {key[0]: row.digest for key, row in theirs.items()}


@given(st.lists(ROW, max_size=30, unique_by=lambda row: row[0]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_of_any_kind_have_the_same_digest_in_both_databases(typed: Place, rows: list[Any]) -> None:
    insert = f"insert into types ({', '.join(COLUMNS)}) values ({', '.join(['%s'] * len(COLUMNS))})"
    with typed.oltp() as connection, connection.cursor() as cursor:
        cursor.execute("delete from types")
        cursor.executemany(insert, rows)
    typed.run(full_refresh=True)
    differing, digests = mismatches(typed)
    assert differing == []
    assert len(digests) == len(rows)


def test_padded_text_documents_arrays_and_long_text_have_the_same_digest(typed: Place) -> None:
    typed.execute(
        """insert into types (id, doc, list, fixed, words, raw) values
        ('a', '{"k": [1, 2.50, "ü\\"", null]}', array['x', 'a,"b"', null], 'ab', repeat('ü😀', 300000), 'x'),
        ('b', 'null', '{}', '', repeat('x', 4096), ''), ('c', null, null, null, repeat('é', 4097), null)"""
    )
    typed.run()
    assert mismatches(typed)[0] == []


EDGES = [
    0.0, -0.0, 5e-324, -5e-324, 1.5e-323, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308,
    1e23, 9.999999999999999e22, 2e23, 0.1, 1 / 3, 1.0, 2.0, 0.5, math.nextafter(1, 0), math.nextafter(2, 0),
    math.nextafter(1, 2), 2.0**53, 2.0**-1022, 2.0**1023, 2.0**-1074, 123456789.123456789, 1e300, 1e-300,
]  # fmt: skip


def test_floats_have_the_same_digest_to_the_last_bit(typed: Place) -> None:
    typed.execute("alter table types add single real; grant select on types to tidemark_extract")
    powers = [math.nextafter(2.0**n, toward) for n in range(-1074, 1024, 7) for toward in (0, math.inf)]
    with typed.oltp() as connection, connection.cursor() as cursor:
        cursor.executemany(
            "insert into types (id, ratio) values (%s, %s)",
            [(struct.pack(">d", value).hex(), value) for value in {*EDGES, *powers}],
        )
        cursor.execute("insert into types (id, ratio) values ('minus zero', '-0')")
        cursor.execute(
            "insert into types (id, single) select 's' || n, n::real / 7 from generate_series(1, 50) n"
            " union all select 'tiny', '1e-45' union all select 'great', '3.4028235e38'"
        )
    typed.run()
    assert mismatches(typed)[0] == []


def test_rows_that_look_alike_have_different_digests(typed: Place) -> None:
    typed.execute(
        """insert into types (id, words, short, tbl_last_dt) values
        ('1', null, null, '2024-01-01'), ('2', '', null, '2024-01-01'), ('3', '~', null, '2024-01-01'),
        ('4', 'a|b', 'c', '2024-01-01'), ('5', 'a', 'b|c', '2024-01-01'), ('6', '1:a', '', '2024-01-01'),
        ('7', 'A', 'b|c', '2024-01-01'), ('8', 'a ', 'b|c', '2024-01-01'), ('9', 'a', 'b|c', '2024-01-01 00:00:00.1')"""
    )
    typed.run()
    differing, digests = mismatches(typed)
    assert differing == []
    # the key is part of the row, so give all rows one key, in staging alone, to compare the rest
    rest = []
    for key in digests:
        typed.warehouse("update types set id = 'same' where id = %s", key)
        with closing(staging.connect(typed.load_url)) as warehouse, open_source(typed.extract_url) as oltp:
            states = staging.read_states(warehouse, typed.source.staging)
            _, (plan,) = plan_tables(oltp, typed.source, typed.source.tables, states, margin=NO_MARGIN)
            figures = staging_checksums.read_figures(warehouse, typed.source.staging, plan, 32)
            rows = dict(staging_checksums.read_rows(warehouse, typed.source.staging, plan, tuple(figures)))
        rest.append(rows[("same",)].digest)
        typed.warehouse("update types set id = %s where id = 'same'", key)
    assert len(set(rest)) == 9
