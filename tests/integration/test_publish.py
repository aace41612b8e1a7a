"""Readers see all of a run or none of it, and what they see equals the build."""

import threading

import pytest
import sqlalchemy as sa

from tests.integration.publish_place import BUILD, LIVE, PublishPlace, place  # noqa: F401
from warehouse.columns import ColumnChangeError
from warehouse.lock import LockLostError

PUBLISHES = 100


def test_the_first_publish_copies_every_table(place: PublishPlace) -> None:  # noqa: F811
    result = place.publish()
    assert result.by == "rename"
    assert place.live() == place.built()


def test_nothing_waiting_publishes_nothing(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    assert place.publish().by == "nothing"


def test_changes_of_all_marts_come_in_one_transaction(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    place.change(
        "publish_a",
        "update {table} set amount = 11 where id = 1",
        "insert into {table} values (4, 2, 40)",
        keys=(1, 4),
    )
    place.change("publish_b", "delete from {table} where id = 2", keys=(2,))
    result = place.publish()
    assert (result.by, result.rows) == ("transaction", {"publish_a": 2, "publish_b": 1})
    assert place.live() == place.built()


def test_a_row_that_changed_its_month_leaves_no_second_one(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    place.change("publish_a", "update {table} set month = 2 where id = 1", keys=(1,))
    place.publish()
    assert place.live() == place.built()


@pytest.mark.parametrize("hint", ["alter table {keys} drop column at_month", "update {keys} set at_month = 3"])
def test_where_a_row_is_noted_to_lie_is_only_a_hint(place: PublishPlace, hint: str) -> None:  # noqa: F811
    place.publish()
    place.change("publish_a", "update {table} set month = 2, amount = 5 where id = 1", keys=(1, 2))
    place.sql(hint.format(keys=f"{BUILD}._tidemark_unpublished_publish_a"))
    assert place.publish().by == "transaction"
    assert place.live() == place.built()


def test_a_changed_definition_is_published_by_a_copy(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    place.change("publish_a", "alter table {table} add index (amount)", keys=(1,))
    assert place.publish().by == "rename"
    assert place.live() == place.built()


def test_other_columns_are_shown_and_refused_until_they_are_allowed_by_name(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    place.change(
        "publish_a",
        "alter table {table} add column note varchar(20) default 'new', drop column amount, modify month bigint",
        keys=(1,),
    )
    place.change("publish_b", "update {table} set amount = 5", keys=(1, 2, 3))
    with pytest.raises(ColumnChangeError) as told:
        place.publish(allow_column_changes=("publish_b",))
    for part in (
        "publish_a gains note (varchar(20)) and loses amount (decimal(12,2)) and retypes month (from int(11) to bigint",
        "--allow-column-change publish_a",
    ):
        assert part in str(told.value)
    assert place.live() == before
    result = place.publish(allow_column_changes=("publish_a",))
    assert [change.mart for change in result.changes] == ["publish_a"]
    assert place.live() == place.built()


def test_a_run_that_lost_its_lock_publishes_nothing(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    place.change("publish_a", "delete from {table}", keys=(1, 2, 3))

    def lost(cursor):
        raise LockLostError("taken over")

    with pytest.raises(LockLostError):
        place.publish(guard=lost)
    assert place.live() == before


def test_publishing_and_undoing_cost_what_changed(place: PublishPlace) -> None:  # noqa: F811
    """A few keys of 60,000 rows: the server reads a few rows, beside what its catalog costs."""
    place.build("publish_a", "select seq, seq mod 3, seq from seq_1_to_60000")
    place.publish()
    place.sql(f"analyze table {BUILD}.publish_a, {LIVE}.publish_a")  # the server does so too, some seconds later
    for act in (place.publish, place.undo, lambda: place.publish(ends_hold=True)):
        if act == place.publish:
            place.change("publish_a", "update {table} set amount = 0 where id <= 10", keys=range(1, 11))
        before = rows_read(place)
        act()
        assert rows_read(place) - before < 5000
    assert place.live() == place.built()


def rows_read(place: PublishPlace) -> int:  # noqa: F811
    return sum(
        int(value)
        for name, value in place.sql("show global status like 'Handler_read%%'")
        if name in ("Handler_read_key", "Handler_read_next", "Handler_read_rnd_next")
    )


@pytest.mark.parametrize("by", ["transaction", "rename"])
def test_readers_never_miss_a_table_nor_see_two_runs_at_once(place: PublishPlace, servers, by: str) -> None:  # noqa: F811
    """Each publish sets all amounts of both tables to one number; a reader must find only one number in both.

    One of three readers reads the tables by a statement each, in one transaction: that holds for transactions alone.
    """
    for name in ("publish_a", "publish_b"):
        place.rebuilt(name, "update {table} set amount = 0")
    place.publish()
    stop, mixtures, failures, reads = threading.Event(), [], [], [0, 0, 0]
    both = f"select amount from {LIVE}.publish_a union all select amount from {LIVE}.publish_b"
    apart = [f"select amount from {LIVE}.publish_a", f"select amount from {LIVE}.publish_b"]

    def read(number: int, statements: list[str]) -> None:
        engine = sa.create_engine(servers["WAREHOUSE_URL"], isolation_level="REPEATABLE READ")
        with engine.connect() as connection:
            while not stop.is_set():
                try:
                    seen = [row for statement in statements for row in connection.execute(sa.text(statement)).all()]
                    connection.rollback()
                except sa.exc.DBAPIError as error:
                    failures.append(error)
                    connection.rollback()
                    continue
                reads[number] += 1
                if len(seen) != 6 or len(set(seen)) != 1:
                    mixtures.append(seen)

    third = apart if by == "transaction" else [both]
    readers = [threading.Thread(target=read, args=(n, third if n == 2 else [both])) for n in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, PUBLISHES + 1):
        for name in ("publish_a", "publish_b"):
            change = f"update {{table}} set amount = {number}"
            place.rebuilt(name, change) if by == "rename" else place.change(name, change, keys=(1, 2, 3))
        assert place.publish().by == by
    stop.set()
    for reader in readers:
        reader.join()
    assert (failures, mixtures) == ([], [])
    assert min(reads) > PUBLISHES
