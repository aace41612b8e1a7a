"""Keys stay unique across month partitions, and a row that changes its month stays one row."""

import threading
from datetime import date

import psycopg
import pytest
from psycopg.errors import ForeignKeyViolation, UniqueViolation

from oltp.superstore import install
from tests.integration.oltp.place import BASE_ROWS, connect, past_triggers, refused, rows, tombstones

LINE = "insert into order_products values (%s, %s, 1, 1, 0, 0, %s, 'First Class', 0)"


def test_there_are_96_partitions_a_default_for_each_table_and_three_months_ahead(db):
    partitions = rows(
        db,
        "select inhparent::regclass::text, count(*) filter (where inhrelid::regclass::text like '%_default'), count(*),"
        " max(inhrelid::regclass::text) filter (where inhrelid::regclass::text not like '%_default') = "
        " inhparent::regclass::text || to_char(current_date + interval '3 months', '_YYYY_MM')"
        " from pg_inherits where inhparent in ('orders'::regclass, 'order_products'::regclass, 'returns'::regclass)"
        " group by 1 order by 1",
    )
    assert [(name, defaults, ahead) for name, defaults, _, ahead in partitions] == [
        ("order_products", 1, True),
        ("orders", 1, True),
        ("returns", 1, True),
    ]
    assert sum(count for _, _, count, _ in partitions) >= 96


def test_an_order_id_is_refused_in_another_month(db):
    with refused(db, UniqueViolation):
        db.execute("insert into orders values ('O1', '2025-03-01', 'High', 'C1')")
    with refused(db, UniqueViolation):
        db.execute("insert into orders values ('O9', '2025-03-01', 'High', 'C1'), ('O9', '2025-04-01', 'High', 'C1')")
    with refused(db, UniqueViolation):
        db.execute("update orders set order_id = 'O2' where order_id = 'O1'")


def test_a_line_is_refused_in_another_month(db):
    with refused(db, UniqueViolation):
        db.execute(LINE, ("O1", "P1", date(2025, 3, 1)))


def test_an_order_is_returned_at_most_once(db):
    with refused(db, UniqueViolation):
        db.execute("insert into returns values ('R2', 'O1', '2025-04-01', 'Pending', 'South')")
    with refused(db, UniqueViolation):
        db.execute("insert into returns values ('R1', 'O2', '2025-04-01', 'Pending', 'South')")
    db.execute("insert into returns values ('R2', 'O2', '2025-04-01', 'Pending', 'South')")
    with refused(db, UniqueViolation):
        db.execute("update returns set order_id = 'O1', return_date = '2025-06-01' where return_id = 'R2'")


@pytest.mark.parametrize(
    ("table", "column", "keys", "key"),
    [
        ("orders", "order_date", "order_keys", "order_id = 'O1'"),
        ("order_products", "ship_date", "order_product_keys", "order_id = 'O1' and product_id = 'P1'"),
        ("returns", "return_date", "return_keys", "return_id = 'R1'"),
    ],
)
def test_a_row_that_changes_its_month_stays_one_row_and_keeps_its_key(db, table, column, keys, key):
    for day in ("2025-05-05", "1999-01-01", "2025-01-31"):  # another month, the default partition, and back
        db.execute(f"update {table} set {column} = %s where {key}", (day,))
        assert rows(db, f"select {column}::text from {table} where {key}") == [(day,)]
        assert rows(db, f"select {column}::text from {keys} where {key}") == [(day,)]


def test_a_deleted_key_is_free_again(db):
    db.execute("delete from returns")
    db.execute("delete from order_products")
    db.execute("delete from orders where order_id = 'O1'")
    assert rows(db, "select order_id from order_keys") == [("O2",)]
    db.execute("insert into orders values ('O1', '2025-07-01', 'High', 'C1')")
    assert rows(db, "select order_date::text from order_keys where order_id = 'O1'") == [("2025-07-01",)]


def test_a_row_deleted_and_inserted_anew_in_one_statement_keeps_its_key(db):
    db.execute(
        "with gone as (delete from orders where order_id = 'O2' returning *)"
        " insert into orders (order_id, order_date, order_priority, customer_id)"
        " select order_id, order_date + 60, order_priority, customer_id from gone"
    )
    assert rows(db, "select order_date::text from order_keys where order_id = 'O2'") == [("2025-04-11",)]
    with refused(db, UniqueViolation):
        db.execute("insert into orders values ('O2', '2025-01-01', 'High', 'C1')")


def test_an_order_with_lines_is_neither_deleted_nor_renamed(db):
    with refused(db, ForeignKeyViolation):
        db.execute("delete from orders where order_id = 'O1'")
    with refused(db, ForeignKeyViolation):
        db.execute("update orders set order_id = 'O8' where order_id = 'O1'")
    with refused(db, ForeignKeyViolation):
        db.execute("truncate orders")
    with refused(db, ForeignKeyViolation):
        db.execute(LINE, ("unknown", "P1", date(2025, 3, 1)))
    db.execute("update orders set order_id = 'O8' where order_id = 'O2'")
    assert rows(db, "select order_id from order_keys order by 1") == [("O1",), ("O8",)]


def test_rows_that_waited_in_the_default_partition_move_into_their_month_unchanged(db):
    db.execute("update orders set order_date = '1999-12-31' where order_id = 'O1'")
    db.execute("delete from tombstones")
    before = rows(db, "select *, tableoid::regclass::text from orders where order_id = 'O1'")[0]
    assert before[-1] == "orders_default"
    assert rows(db, "select ensure_partitions('1999-12-01', '2000-01-15')") == [(6,)]
    after = rows(db, "select *, tableoid::regclass::text from orders where order_id = 'O1'")[0]
    assert after == (*before[:-1], "orders_1999_12")
    assert tombstones(db) == []
    with refused(db, UniqueViolation):
        db.execute("insert into orders values ('O1', '2025-03-01', 'High', 'C1')")
    db.execute("update orders set order_priority = 'Low' where order_id = 'O1'")
    assert rows(db, "select tbl_last_dt > %s from orders where order_id = 'O1'", before[4]) == [(True,)]


def test_a_mistyped_year_creates_no_thousands_of_partitions(db):
    with refused(db, psycopg.errors.InvalidParameterValue):
        db.execute("select ensure_partitions('2025-01-01', '9999-01-01')")


def test_of_two_sessions_that_insert_one_order_in_different_months_one_fails(emptied):
    with connect(emptied["admin"]) as setup:
        setup.execute(BASE_ROWS)
    outcome: list[str] = []

    def second() -> None:
        with connect(emptied["admin"]) as other:
            try:
                other.execute("insert into orders values ('NEW', '2025-06-01', 'High', 'C1')")
                outcome.append("inserted")
            except UniqueViolation:
                outcome.append("unique_violation")

    with connect(emptied["admin"]) as first:
        first.execute("insert into orders values ('NEW', '2025-05-01', 'High', 'C1')")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()  # it waits for the first to end
        first.commit()
        thread.join(10)
        assert outcome == ["unique_violation"]
        assert rows(first, "select order_date::text from orders where order_id = 'NEW'") == [("2025-05-01",)]


def test_who_waits_for_a_key_gets_it_when_the_other_session_gives_up(emptied):
    with connect(emptied["admin"]) as setup:
        setup.execute(BASE_ROWS)

    def second() -> None:
        with connect(emptied["admin"]) as other:
            other.execute("insert into orders values ('NEW', '2025-06-01', 'High', 'C1')")

    with connect(emptied["admin"]) as first:
        first.execute("insert into orders values ('NEW', '2025-05-01', 'High', 'C1')")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        first.rollback()
        thread.join(10)
        assert rows(first, "select order_date::text from orders where order_id = 'NEW'") == [("2025-06-01",)]


def test_sessions_that_move_insert_and_delete_the_same_orders_leave_each_key_once(emptied):
    with connect(emptied["admin"]) as setup:
        setup.execute(BASE_ROWS)

    def work(number: int) -> None:
        with connect(emptied["admin"]) as session:
            session.autocommit = True
            for turn in range(60):
                order_id, month = f"X{turn % 5}", 1 + (turn * 7 + number * 5) % 12
                try:
                    if turn % 3 == number % 3:
                        session.execute(
                            "insert into orders values (%s, make_date(2025, %s, 1), 'High', 'C1')", (order_id, month)
                        )
                    elif turn % 3 == 1:
                        session.execute(
                            "update orders set order_date = make_date(2025, %s, 2) where order_id = %s",
                            (month, order_id),
                        )
                    else:
                        session.execute("delete from orders where order_id = %s", (order_id,))
                except (UniqueViolation, psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected):
                    pass

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with connect(emptied["admin"]) as connection:
        assert rows(connection, "select * from integrity_check()") == []
        assert rows(connection, "select order_id, order_date from order_keys order by 1") == rows(
            connection, "select order_id, order_date from orders order by 1"
        )


def test_keys_written_past_the_triggers_are_brought_in_step(db):
    with past_triggers(db):
        db.execute("insert into orders values ('O7', '2025-03-01', 'High', 'C1')")
        db.execute("delete from orders where order_id = 'O2'")
        db.execute("update order_products set ship_date = '2025-08-01' where product_id = 'P1'")
        db.execute("delete from returns")
    assert rows(db, "select * from integrity_check()") != []
    db.execute("select sync_keys()")
    assert rows(db, "select * from integrity_check()") == []


def test_installing_again_keeps_the_data_and_replaces_an_old_definition(emptied):
    with connect(emptied["admin"]) as connection:
        connection.execute(BASE_ROWS)
        connection.execute("comment on schema superstore is 'an older definition'")
        connection.execute("drop function validate_order")
    install(emptied["owner"])
    with connect(emptied["admin"]) as connection:
        assert rows(connection, "select order_exists from validate_order('O1')") == [(True,)]
        assert rows(connection, "select count(*) from order_products") == [(2,)]


def test_installing_does_not_wait_for_writers_when_the_definition_is_there(emptied):
    with connect(emptied["admin"]) as writer:
        writer.execute(BASE_ROWS)
        install(emptied["owner"])
        writer.rollback()
