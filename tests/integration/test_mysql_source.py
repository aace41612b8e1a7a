"""What holds for a source in PostgreSQL holds for one in MySQL: nothing is lost, changed or shown half."""

import threading
import time
from contextlib import closing
from datetime import timedelta

import pymysql
import pytest
from sqlalchemy.engine import make_url

from ingestion import IngestionError, Table
from tests.integration.mysql_place import MysqlPlace, place, with_table  # noqa: F401

NEW = "insert into items (item_id, name, amount) values (%s, 'x', 1)"

EVERY_TYPE = """
create table things (
    thing_id bigint unsigned not null primary key, tiny tinyint, flag tinyint(1), small smallint unsigned,
    medium mediumint, whole int(8) zerofill, big bigint, bits bit(64), price decimal(30, 10), single_one float,
    double_one double, on_day date, at_second datetime, at_micro datetime(6), stamp timestamp(3) null, span time(3),
    in_year year, word varchar(60) character set latin1, fixed char(10), story mediumtext, kind enum('a', 'b,"'),
    flags set('x', 'y'), raw varbinary(20), blob_one blob, doc json,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6), index (tbl_last_dt)
) character set utf8mb4 collate utf8mb4_general_ci
"""
GREATEST = (
    18446744073709551615, -128, 127, 65535, -8388608, 42, -9223372036854775808, 18446744073709551615,
    "12345678901234567890.0123456789", 0.1, 1e308, "9999-12-31", "1000-01-01 00:00:01", "2026-02-28 23:59:59.999999",
    "2026-03-29 01:30:00.123", "-838:59:59.000", 2155, "É,\"'\\\n\t", "  ab", "line\r\nNULL\x0b\x0c\x1f" + "é" * 5000,
    'b,"', "x,y", b"\x00\xff,\"\n", b"", '{"a": [1, "é"]}',
)  # fmt: skip
LEAST = (
    0, 127, 2, 0, 8388607, 99999999, 9223372036854775807, 0, "-0.0000000001", -1.17549e-38, 2.2250738585072014e-308,
    "1000-01-01", "9999-12-31 23:59:59", "1000-01-01 00:00:00.000001", "2001-01-01 00:00:00", "00:00:00.001", 1901,
    "", "", "", "a", "", b"", b"\\N", "[]",
)  # fmt: skip


def test_every_value_of_every_type_arrives_as_it_is(place: MysqlPlace) -> None:  # noqa: F811
    place = with_table(place, Table("things", ("thing_id",), "tbl_last_dt"))
    place.execute(EVERY_TYPE)
    places = ", ".join(["%s"] * len(GREATEST))
    names = "thing_id, tiny, flag, small, medium, whole, big, bits, price, single_one, double_one, on_day, at_second,"
    names += "at_micro, stamp, span, in_year, word, fixed, story, kind, flags, raw, blob_one, doc"
    for row in (GREATEST, LEAST, (7, *[None] * (len(GREATEST) - 1))):
        place.execute(f"insert into things ({names}) values ({places})", *row)
    result = place.run()  # with `verify`: both databases' digests of all rows are the same
    assert [(table.loaded, table.quarantined, table.verified) for table in result.tables] == [(3, 0, 3)]
    exact = (
        "select thing_id, whole + 0, bits + 0, price, single_one + 0e0, double_one, on_day, at_second, at_micro, stamp,"
    )
    exact += " cast(span as char), in_year + 0, hex(convert(word using utf8mb4)), fixed, md5(story), kind, flags, raw,"
    exact += " blob_one, doc, tbl_last_dt from things order by thing_id"
    staged = place.rows(exact, "raw_mysql_test")
    assert staged == place.rows(exact)
    assert place.reconcile().tables[0].equal
    assert place.run().changed == ()


def test_a_row_of_a_transaction_open_during_a_run_is_found_by_the_next(place: MysqlPlace) -> None:  # noqa: F811
    place.run()
    with closing(place.connect(autocommit=False)) as slow, slow.cursor() as cursor:
        cursor.execute(NEW, ("slow",))
        time.sleep(1.1)
        place.execute(NEW, "quick")
        place.run()
        assert [row[0] for row in place.staged()] == ["quick"]
        slow.commit()
    place.run()
    place.assert_equal()


def test_a_statement_that_waits_for_a_table_holds_the_watermark_by_its_own_start(place: MysqlPlace) -> None:  # noqa: F811
    """It has taken its time, and neither writes nor belongs to a transaction yet."""
    place.run()
    with closing(place.connect()) as holder, holder.cursor() as cursor:
        cursor.execute("lock tables items read")
        waiting = threading.Thread(target=place.execute, args=(NEW, "waited"))
        waiting.start()
        time.sleep(2.5)
        place.run()
        cursor.execute("unlock tables")
        waiting.join()
    place.run()
    place.assert_equal()


def test_a_transaction_that_waited_before_it_began_counts_by_the_longest_wait(place: MysqlPlace) -> None:  # noqa: F811
    """After the wait the session is idle; only its transaction shows, and that began later than the row is stamped."""
    place.run()
    slow = place.connect(autocommit=False)
    with closing(slow), slow.cursor() as writer, closing(place.connect()) as holder, holder.cursor() as cursor:
        cursor.execute("lock tables items read")
        waiting = threading.Thread(target=writer.execute, args=(NEW, ("waited",)))
        waiting.start()
        time.sleep(2.5)
        cursor.execute("unlock tables")
        waiting.join()
        place.run()
        slow.commit()
    place.run()
    place.assert_equal()


def test_a_prepared_transaction_holds_the_watermark_until_it_ends(place: MysqlPlace) -> None:  # noqa: F811
    place.run()
    with closing(place.connect()) as other, other.cursor() as cursor:
        for statement in ("xa start 'x'", NEW % "'late'", "xa end 'x'", "xa prepare 'x'"):
            cursor.execute(statement)
    warnings = place.run().warnings
    assert any("prepared transaction" in warning for warning in warnings)
    held = place.watermark()
    place.run()
    assert place.watermark() == held
    place.execute("xa commit 'x'")
    place.run()
    place.assert_equal()
    assert place.watermark() > held


def test_without_the_right_to_see_transactions_the_run_says_so_and_reads_an_hour_again(
    place: MysqlPlace,  # noqa: F811
    servers,
) -> None:
    place.execute(NEW, "a")
    blind = make_url(servers["SHOP_URL"]).set(database="mysql_test").render_as_string(hide_password=False)
    place.execute("grant select on mysql_test.* to shop_owner@'%'")
    result = place.run()
    assert result.blind is None
    object.__setattr__(place, "extract_url", blind)
    result = place.run()
    assert "no PROCESS right" in str(result.blind)
    before = place.rows("select utc_timestamp(6)")[0][0] - timedelta(minutes=59)
    assert place.watermark() < before


def test_deleted_changed_and_renamed_keys_arrive_byte_by_byte(place: MysqlPlace) -> None:  # noqa: F811
    for key in ("a", "b", "c"):
        place.execute(NEW, key)
    place.run()
    place.execute("delete from items where item_id = 'a'")
    place.execute("update items set item_id = 'B' where item_id = 'b'")  # the same key to the source's collation
    place.execute("update items set amount = 2 where item_id = 'c'")
    place.run()
    place.assert_equal()
    assert sorted(row[0] for row in place.staged()) == ["B", "c"]


def test_truncate_fires_no_trigger_and_is_found_all_the_same(place: MysqlPlace) -> None:  # noqa: F811
    for key in ("a", "b"):
        place.execute(NEW, key)
    place.run()
    place.execute("truncate table items")
    place.execute(NEW, "c")
    place.run()
    place.assert_equal()
    assert place.run().changed == ()


def test_what_bypasses_the_stamp_is_healed_by_reconciliation(place: MysqlPlace) -> None:  # noqa: F811
    for number in range(200):
        place.execute(NEW, f"k{number}")
    place.run()
    time.sleep(0.05)
    place.run()
    place.execute("update items set amount = 7, tbl_last_dt = '2001-01-01' where item_id in ('k3', 'k77')")
    place.run()
    assert sorted(place.staged()) != sorted(place.rows("select * from items"))
    found = place.reconcile().tables[0]
    assert {row.key["item_id"] for row in found.differences} == {"k3", "k77"}
    assert found.equal
    place.assert_equal()


def test_days_that_are_none_go_into_quarantine_and_come_back_when_mended(place: MysqlPlace) -> None:  # noqa: F811
    place = with_table(place, Table("days", ("day_id",), "tbl_last_dt"))
    place.execute(
        "create table days (day_id int primary key, on_day date, tbl_last_dt datetime(6) not null default"
        " current_timestamp(6) on update current_timestamp(6))"
    )
    place.execute("set statement sql_mode = 'ALLOW_INVALID_DATES' for insert into days (day_id, on_day) values"
                  " (1, '0000-00-00'), (2, '2026-02-31'), (3, '2026-02-28'), (4, '2026-05-00')")  # fmt: skip
    table = place.run().tables[0]
    assert (table.loaded, table.quarantined) == (1, 3)
    reasons = place.rows("select rule from quarantined_rows where source = 'mysql_test'", "quarantine")
    assert reasons == [("on_day_is_a_date",)] * 3
    place.execute("update days set on_day = '2026-03-01' where day_id <> 3")
    place.run()
    place.assert_equal()


def test_a_cursor_in_local_time_is_refused(place: MysqlPlace) -> None:  # noqa: F811
    place.execute("set global time_zone = '-05:00'")
    try:
        with pytest.raises(IngestionError, match=r"time zone is -05:00, .* set the server's time_zone"):
            place.run()
    finally:
        place.execute("set global time_zone = '+00:00'")


def test_a_lost_source_is_told_in_a_sentence_without_a_value(place: MysqlPlace) -> None:  # noqa: F811
    place.execute(NEW, "secret")
    object.__setattr__(place, "extract_url", make_url(place.extract_url).set(port=1).render_as_string(False))
    with pytest.raises(IngestionError, match=r"cannot reach the source database at 127\.0\.0\.1:1: .*is it running"):
        place.run()


def test_six_writers_lose_no_row_while_runs_go_on(place: MysqlPlace) -> None:  # noqa: F811
    stop = time.monotonic() + 6

    def write(number: int) -> None:
        with closing(place.connect(autocommit=False)) as connection, connection.cursor() as cursor:
            count = 0
            while time.monotonic() < stop:
                for _ in range(3):
                    count += 1
                    cursor.execute(NEW, (f"{number}-{count}",))
                    time.sleep(0.01 * (number % 3))
                try:
                    cursor.execute("update items set amount = amount + 1 where item_id = %s", (f"{number}-1",))
                except pymysql.err.OperationalError:
                    connection.rollback()
                connection.commit()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    while time.monotonic() < stop:
        place.run()
    for writer in writers:
        writer.join()
    place.run()
    place.assert_equal()
