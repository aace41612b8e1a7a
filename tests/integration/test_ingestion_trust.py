"""The watermark knows when it is unsafe: what holds it back is named, and what makes it worthless is found out."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy.engine import make_url

from ingestion import IngestResult
from tests.integration.ingestion_place import (  # noqa: F401
    DEFINITION,
    SCHEMA,
    Place,
    add_triggers,
    place,
)

NEW = "insert into items (item_id, name, amount) values (%s, 'x', 1)"
DAY = timedelta(days=1)


@pytest.fixture
def loaded(place: Place) -> Place:  # noqa: F811
    place.execute("insert into items select 'item-' || n, 'name ' || n, n from generate_series(1, 50) n")
    place.run()
    return place


def told(result: IngestResult, words: str) -> str:
    (warning,) = [warning for warning in result.warnings if words in warning]
    return warning


@contextmanager
def prepared(place: Place, gid: str) -> Iterator[None]:  # noqa: F811
    """A transaction prepared where the block begins and committed where it ends."""
    name = gid.replace("'", "''")
    with place.oltp() as other:
        other.execute("begin")
        other.execute(NEW, (gid,))
        other.execute(f"prepare transaction '{name}'")
    try:
        yield
    finally:
        place.execute(f"commit prepared '{name}'")


def test_an_idle_transaction_is_named_with_all_that_an_operator_needs_and_never_passed(loaded: Place) -> None:
    parts = make_url(loaded.admin_url)
    slow = psycopg.connect(
        host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database,
        application_name="till 7", options=f"-c search_path={SCHEMA}",
    )  # fmt: skip
    with slow:
        slow.execute(NEW, ("slow",))
        (since,) = slow.execute("select now()").fetchone()
        time.sleep(0.3)
        assert not loaded.run().warnings, "it is young yet"
        warning = told(loaded.run(warn_after=timedelta(seconds=0.2)), "open since")
        pid = slow.info.backend_pid
        assert warning.startswith(
            f"the transaction of pid {pid} (account {parts.username}, application till 7, idle in it since"
        )
        assert f"open since {since.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" in warning
        assert f"select pg_terminate_backend({pid})" in warning
        assert loaded.state("items")[0] <= since.astimezone(UTC).replace(tzinfo=None)
        slow.commit()
    assert not loaded.run().warnings
    loaded.assert_equal()


def test_a_prepared_transaction_is_named_with_its_age_and_the_remedy(loaded: Place) -> None:
    with prepared(loaded, "till-7's"):
        warning = told(loaded.run(), "prepared since")
    assert warning.startswith("the prepared transaction 'till-7''s' (account postgres) has been prepared since ")
    assert "for less than a minute" in warning
    assert "commit prepared 'till-7''s' or rollback prepared 'till-7''s'" in warning


def test_prepared_transactions_that_follow_one_another_let_the_watermark_move(loaded: Place) -> None:
    start = loaded.state("items")[0]
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(prepared(loaded, "first"))
        loaded.run()
        assert loaded.state("items")[0] == start
        second.enter_context(prepared(loaded, "second"))
        first.close()
        loaded.run()
        held = loaded.state("items")[0]
        loaded.run()
        assert start < held == loaded.state("items")[0]
    loaded.run()
    assert loaded.state("items")[0] > held
    loaded.assert_equal()


def test_a_transaction_prepared_and_committed_between_two_runs_is_found(loaded: Place) -> None:
    with prepared(loaded, "between"):
        loaded.execute(NEW, "other")
    loaded.run()
    loaded.assert_equal()


def test_a_transaction_prepared_in_another_database_holds_nothing_back(loaded: Place) -> None:
    with another_database(loaded) as other, prepared(other, "elsewhere"):
        before = loaded.state("items")[0]
        assert not loaded.run().warnings
        assert loaded.state("items")[0] > before


def test_rows_of_the_future_are_told_arrive_once_and_do_not_drag_the_watermark(loaded: Place) -> None:
    loaded.execute("alter table items disable trigger stamp")
    later = datetime.now(UTC) + 30 * DAY
    loaded.execute("insert into items select 'far-' || n, 'x', n, %s from generate_series(1, 3) n", later)
    result = loaded.run()
    told(result, "items has 3 rows whose tbl_last_dt lies in the future")
    assert loaded.state("items")[0] < datetime.now(UTC).replace(tzinfo=None)
    assert not loaded.probe().changed, "what was read is not read again while nothing changes"
    loaded.execute("alter table items enable trigger stamp")
    loaded.execute(NEW, "now")
    again = loaded.run()
    assert loaded.changes("items", again.load_seq) == {("now",)}, "read again, but no change"
    loaded.execute("update items set name = 'mended' where item_id like 'far-%'")
    assert not loaded.run().warnings, "the trigger stamped them anew"
    loaded.assert_equal()


@pytest.mark.parametrize("ahead", [timedelta(seconds=30), DAY])
def test_a_clock_that_went_back_leads_to_a_comparison_and_the_watermark_recovers(
    loaded: Place, ahead: timedelta
) -> None:
    """What a source leaves whose clock was ahead by so much at the last run, and is right again."""
    loaded.execute(f"alter table items disable trigger stamp; update items set tbl_last_dt = tbl_last_dt + '{ahead}'")
    loaded.execute("alter table items enable trigger stamp")
    loaded.run()
    loaded.warehouse("update _tidemark_tables set watermark = watermark + interval %s second", ahead.total_seconds())
    loaded.execute(NEW, "after the step")
    loaded.execute("delete from items where item_id = 'item-1'")
    told(loaded.run(), "the source's clock went back behind the watermark: compared as a whole: items, lines")
    loaded.assert_equal()
    assert loaded.state("items")[0] < datetime.now(UTC).replace(tzinfo=None)
    loaded.execute(NEW, "later")
    assert not any("went back" in warning for warning in loaded.run().warnings)
    loaded.assert_equal()


def silently(place: Place, *statements: str) -> None:  # noqa: F811
    """Change the source in a way that no cursor and no tombstone tells of."""
    with place.oltp() as connection:
        connection.execute("set session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("position = position + 1000000000", "the source was put back to an earlier state"),
        ("timeline = timeline + 1", "the source was restored, or another server took over from it"),
        ("least_lead = least_lead + 60", "the source's clock went back by 60 s as measured by this machine's"),
        ("server = concat('1', server)", "another server or database answers at the source's address"),
    ],
)
def test_a_source_that_is_not_what_it_was_is_compared_as_a_whole_once(loaded: Place, record: str, words: str) -> None:
    silently(loaded, "delete from items where item_id = 'item-1'", "update items set amount = 0 where amount = 2")
    assert not loaded.run().changed
    loaded.warehouse(f"update _tidemark_sightings set {record}")
    result = loaded.run()
    told(result, f"{words}: compared as a whole: items, lines")
    assert loaded.changes("items", result.load_seq) == {("item-1",), ("item-2",)}
    loaded.assert_equal()
    assert not loaded.run().warnings


@contextmanager
def another_database(place: Place) -> Iterator[Place]:  # noqa: F811
    """The same tables, empty, in another database of the server."""
    place.execute("drop database if exists ingestion_twin with (force)")
    place.execute("create database ingestion_twin")
    urls = {
        name: make_url(getattr(place, name)).set(database="ingestion_twin").render_as_string(hide_password=False)
        for name in ("extract_url", "admin_url")
    }
    twin = replace(place, **urls)
    try:
        twin.execute(DEFINITION)
        add_triggers(twin, "items", ("item_id",))
        add_triggers(twin, "lines", ("item_id", "line"))
        twin.execute(
            f"grant usage on schema {SCHEMA} to tidemark_extract;"
            f"grant select on all tables in schema {SCHEMA} to tidemark_extract"
        )
        yield twin
    finally:
        place.execute("drop database if exists ingestion_twin with (force)")


def test_another_database_behind_the_address_is_found_out_and_staging_follows_it(loaded: Place) -> None:
    with another_database(loaded) as twin:
        twin.execute("insert into items select 'twin-' || n, 'x', n from generate_series(1, 20) n")
        twin.execute("alter table items disable trigger stamp; update items set tbl_last_dt = '2020-01-01'")
        told(
            twin.run(), "another server or database answers at the source's address: compared as a whole: items, lines"
        )
        twin.assert_equal()
        assert not twin.run().warnings
    told(loaded.run(), "another server or database answers")
    loaded.assert_equal()


def test_a_table_put_back_from_a_dump_is_compared_as_a_whole(loaded: Place) -> None:
    loaded.execute("create table dump as select * from items where item_id <> 'item-1'; update dump set amount = 0")
    loaded.run()
    loaded.execute("drop table items; alter table dump rename to items; alter table items add primary key (item_id)")
    loaded.execute("alter table items alter amount set not null, alter tbl_last_dt set not null")
    loaded.execute("create index on items (tbl_last_dt)")
    loaded.execute(f"grant select on {SCHEMA}.items to tidemark_extract")
    told(loaded.run(), "the table, or that of the tombstones, was dropped and created anew: compared as a whole: items")
    loaded.assert_equal()
    assert not loaded.run().warnings


def test_the_extract_account_may_ask_which_server_it_is(place: Place) -> None:  # noqa: F811
    place.run()
    (server,) = place.warehouse("select distinct server from _tidemark_sightings")[0]
    with place.oltp() as oltp:
        identifier = oltp.execute("select system_identifier from pg_control_system()").fetchone()[0]
        assert server.startswith(f"{identifier}/")
        oltp.execute("revoke execute on function pg_control_system() from public")
        try:
            place.run()  # an administrator may forbid it; the database alone is known then
            assert place.warehouse("select distinct server from _tidemark_sightings")[0][0].startswith("database ")
        finally:
            oltp.execute("grant execute on function pg_control_system() to public")


def test_staging_of_before_sightings_were_kept_goes_on(loaded: Place) -> None:
    loaded.warehouse("drop table _tidemark_sightings")
    loaded.execute(NEW, "new")
    result = loaded.run()
    assert (result.changed, result.warnings) == (("items",), ())
    loaded.assert_equal()
