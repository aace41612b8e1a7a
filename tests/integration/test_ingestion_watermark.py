"""No committed row is lost, whatever transactions are open while a run looks, and no more is read again than needed."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import make_url

from ingestion import Table
from tests.integration.ingestion_place import SCHEMA, Place, place, with_tables  # noqa: F401

NEW = "insert into items (item_id, name, amount) values (%s, 'x', 1)"


def test_a_row_of_a_transaction_open_during_a_run_is_found_by_the_next(place: Place) -> None:  # noqa: F811
    place.run()
    with place.oltp() as slow:
        slow.execute("begin")
        slow.execute(NEW, ("slow",))
        place.execute(NEW, "quick")
        place.run()
        assert [row[0] for row in place.staged("items")] == ["quick"]
        place.run()
        slow.execute("commit")
    place.run()
    place.assert_equal()


def test_the_transaction_holds_back_even_where_its_stamp_is_its_start(place: Place) -> None:  # noqa: F811
    place.execute(f"drop trigger stamp on {SCHEMA}.items")
    place.run()
    with place.oltp() as slow:
        slow.execute("begin")
        slow.execute("select now()")
        time.sleep(0.05)
        place.run()
        slow.execute("insert into items values ('slow', 'x', 1, now())")
        slow.execute("commit")
    place.run()
    place.assert_equal()


def test_a_transaction_rolled_back_leaves_nothing(place: Place) -> None:  # noqa: F811
    with place.oltp() as slow:
        slow.execute("begin")
        slow.execute(NEW, ("never",))
        place.run()
        slow.execute("rollback")
    place.run()
    place.assert_equal()


def test_the_watermark_moves_on_when_the_transaction_ends(place: Place) -> None:  # noqa: F811
    with place.oltp() as slow:
        slow.execute("begin")
        slow.execute(NEW, ("slow",))
        opened = slow.execute("select now() at time zone 'UTC'").fetchone()
        place.run()
        assert place.state("items")[0] <= opened[0]
        slow.execute("commit")
    place.run()
    assert place.state("items")[0] > opened[0]


def test_a_prepared_transaction_holds_the_watermark_until_it_ends(place: Place) -> None:  # noqa: F811
    place.run()
    held = place.state("items")[0]
    with place.oltp() as other:
        other.execute("begin")
        other.execute(NEW, ("prepared",))
        other.execute("prepare transaction 'ingestion_test'")
    try:
        place.execute(NEW, "after")
        place.run()
        place.run()
        assert place.state("items")[0] == held
    finally:
        place.execute("commit prepared 'ingestion_test'")
    place.run()
    place.assert_equal()
    assert place.state("items")[0] > held


def test_a_transaction_prepared_before_the_first_load_is_not_lost(place: Place) -> None:  # noqa: F811
    with place.oltp() as other:
        other.execute("begin")
        other.execute(NEW, ("prepared",))
        other.execute("prepare transaction 'ingestion_first'")
    try:
        place.run()
    finally:
        place.execute("commit prepared 'ingestion_first'")
    place.run()
    place.assert_equal()


def test_a_change_with_the_very_cursor_of_the_last_load_is_found(place: Place) -> None:  # noqa: F811
    place.execute(f"drop trigger stamp on {SCHEMA}.items")
    at = datetime.now(UTC) + timedelta(seconds=1)
    place.execute("insert into items values ('a', 'first', 1, %s)", at)
    place.run()
    place.execute("update items set name = 'second' where item_id = 'a'")
    place.execute("insert into items values ('b', 'same instant', 1, %s)", at)
    place.run()
    place.assert_equal()


def test_rows_without_a_cursor_are_read_each_time(place: Place) -> None:  # noqa: F811
    place.execute(f"drop trigger stamp on {SCHEMA}.items; alter table items alter tbl_last_dt drop not null")
    place.execute("insert into items values ('a', 'first', 1, null)")
    place.run()
    place.execute("update items set name = 'second'; insert into items values ('b', 'x', 1, null)")
    place.run()
    place.assert_equal()


def test_a_local_timestamp_serves_as_cursor(place: Place) -> None:  # noqa: F811
    place.execute(
        "create table plain_stamps (id int primary key, changed timestamp not null default (now() at time zone 'UTC'));"
        "grant select on plain_stamps to tidemark_extract; insert into plain_stamps values (1)"
    )
    here = with_tables(place, Table("plain_stamps", ("id",), "changed"))
    here.run()
    assert not here.probe().changed
    here.execute("insert into plain_stamps values (2)")
    here.run()
    here.assert_equal()


def test_an_account_that_cannot_see_transactions_reads_a_wide_overlap_and_says_so(place: Place) -> None:  # noqa: F811
    password = "only-for-this-test"
    if place_has_role(place):
        place.execute("drop owned by ingestion_blind; drop role ingestion_blind")
    place.execute(f"create role ingestion_blind login password '{password}'")
    place.execute(
        f"grant connect on database oltp to ingestion_blind; grant usage on schema {SCHEMA} to ingestion_blind;"
        f"grant select on all tables in schema {SCHEMA} to ingestion_blind"
    )
    url = make_url(place.extract_url).set(username="ingestion_blind", password=password)
    blind = replace(place, extract_url=url.render_as_string(hide_password=False))
    with place.oltp() as slow:
        slow.execute("begin")
        slow.execute(NEW, ("slow",))
        result = blind.run()
        slow.execute("commit")
    assert any("pg_read_all_stats" in warning for warning in result.warnings)
    assert place.state("items")[0] < datetime.now(UTC).replace(tzinfo=None) - timedelta(minutes=59)
    blind.run()
    place.assert_equal()


def place_has_role(place: Place) -> bool:  # noqa: F811
    with place.oltp() as connection:
        return connection.execute("select from pg_roles where rolname = 'ingestion_blind'").fetchone() is not None


def test_writers_at_work_during_many_runs_lose_nothing(place: Place) -> None:  # noqa: F811
    place.run()
    done = threading.Event()

    def write(writer: int) -> None:
        number = 0
        with place.oltp() as connection:
            while not done.is_set():
                connection.execute("begin")
                for _ in range(3):
                    number += 1
                    connection.execute(NEW, (f"{writer}-{number}",))
                    time.sleep(0.004 * (writer + 1))
                connection.execute("update items set amount = amount + 1 where item_id = %s", (f"{writer}-1",))
                connection.execute("delete from items where item_id = %s", (f"{writer}-{number - 1}",))
                connection.execute("commit" if number % 4 else "rollback")

    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in writers:
        thread.start()
    until = time.monotonic() + 6
    while time.monotonic() < until:
        place.run()
    done.set()
    for thread in writers:
        thread.join()
    place.run()
    place.assert_equal()
    with place.oltp() as connection:
        assert connection.execute("select count(*) from items").fetchone()[0] > 100
