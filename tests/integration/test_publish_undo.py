"""The last published state can be put back, whole, and then nothing is published until someone says so."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from tests.integration.publish_place import BUILD, LIVE, NAMES, PublishPlace, mart, place  # noqa: F401
from warehouse.publish import NothingToUndoError, settle_interrupted

WAYS = ("transaction", "rename")


def make_change(place: PublishPlace, by: str, amount: int = 99) -> None:  # noqa: F811
    """Update, move, insert and delete in one table, update in the other."""
    statements = (
        f"update {{table}} set amount = {amount} where id = 1",
        "update {table} set month = 3 - month where id = 2",
        "delete from {table} where id = 3",
        f"insert into {{table}} values ({amount}, 1, 4)",
    )
    if by == "rename":
        place.rebuilt("publish_a", *statements)
    else:
        place.change("publish_a", *statements, keys=(1, 2, 3, amount))
    place.change("publish_b", f"update {{table}} set amount = {amount}", keys=(1, 2, 3))


@pytest.mark.parametrize("by", WAYS)
def test_undo_puts_back_what_readers_saw_and_holds_until_publish(place: PublishPlace, by: str) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    make_change(place, by)
    assert place.publish(run_id="bad").by == by
    result = place.undo(run_id="regret")
    assert (result.marts, result.undone_run) == (NAMES[:2], "bad")
    assert place.live() == before

    place.change("publish_b", "update {table} set amount = 7 where id = 1", keys=(1,))
    held = place.publish()
    assert (held.published, held.hold.run_id if held.hold else None) == (False, "regret")
    assert "tidemark publish" in str(held.hold)
    assert place.live() == before, "what is built meanwhile waits too"

    assert place.publish(ends_hold=True).published
    assert place.live() == place.built()
    place.change("publish_b", "update {table} set amount = 8 where id = 1", keys=(1,))
    assert place.publish().hold is None
    assert place.live() == place.built()


@pytest.mark.parametrize("by", WAYS)
def test_only_one_state_is_kept(place: PublishPlace, by: str) -> None:  # noqa: F811
    place.publish()
    make_change(place, by)
    place.publish()
    place.undo()
    before = place.live()
    with pytest.raises(NothingToUndoError, match=r"^there is nothing further to undo: publishing is held since .+$"):
        place.undo()
    assert place.live() == before
    assert place.left_behind() == []


def test_the_first_publish_is_not_undone(place: PublishPlace) -> None:  # noqa: F811
    with pytest.raises(NothingToUndoError, match="nothing was published yet"):
        place.undo()
    place.publish()
    with pytest.raises(NothingToUndoError, match="before the first publish readers saw no table"):
        place.undo()
    assert place.live() == place.built()


def test_undo_takes_a_mart_away_that_readers_did_not_have(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    place.build("publish_c")
    wider = PublishPlace(place.url, place.connection, (*place.marts, mart("publish_c")))
    wider.publish()
    wider.undo()
    assert wider.live() == before | {"publish_c": None}
    wider.publish(ends_hold=True)
    assert wider.live() == wider.built()


def test_each_publish_takes_the_place_of_what_was_kept(place: PublishPlace) -> None:  # noqa: F811
    """After every order of publishes by either way, undo gives the state before the last one, of all marts."""
    place.publish()
    for number, by in enumerate(("transaction", "rename", "rename", "transaction", "transaction"), start=100):
        before = place.live()
        make_change(place, by, number)
        assert place.publish().by == by
        now = place.live()
        place.undo()
        assert place.live() == before
        place.publish(ends_hold=True)
        assert place.live() == now
    place.change("publish_b", "update {table} set amount = 1", keys=(1, 2, 3))
    before = place.live()
    place.publish()
    place.undo()
    assert place.live() == before, "a mart that the last publish left alone stays as it is"


def test_undo_restores_the_columns_that_readers_had(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    place.change("publish_a", "alter table {table} add column note varchar(20) default 'new'", keys=(1,))
    place.publish(allow_column_changes=("publish_a",))
    place.change("publish_a", "update {table} set note = 'old' where id = 1", keys=(1,))
    place.publish()
    place.undo()
    assert place.live()["publish_a"][0][-1] == "new"
    place.publish(ends_hold=True)
    assert place.live() == place.built()
    place.rebuilt("publish_a", "alter table {table} drop column note")
    place.publish(allow_column_changes=("publish_a",))
    assert place.live() == before


def test_undo_is_right_when_rows_are_named_by_another_key_meanwhile(place: PublishPlace) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    make_change(place, "transaction")
    place.publish()
    after = place.live()
    place.sql(f"create or replace table {BUILD}._tidemark_unpublished_publish_a (month int, id int, primary key (id))")
    place.undo()
    assert place.live() == before
    assert place.publish(ends_hold=True).by == "rename"
    assert place.live() == after


def test_readers_see_an_undo_whole(place: PublishPlace, servers) -> None:  # noqa: F811
    for name in NAMES[:2]:
        place.rebuilt(name, "update {table} set amount = 0")
    place.publish()
    stop, mixtures, failures = threading.Event(), [], []
    both = f"select amount from {LIVE}.publish_a union all select amount from {LIVE}.publish_b"

    def read() -> None:
        with sa.create_engine(servers["WAREHOUSE_URL"], isolation_level="AUTOCOMMIT").connect() as connection:
            while not stop.is_set():
                try:
                    seen = connection.execute(sa.text(both)).all()
                except sa.exc.DBAPIError as error:
                    failures.append(error)
                    continue
                if len(seen) != 6 or len(set(seen)) != 1:
                    mixtures.append(seen)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 11):
        for name in NAMES[:2]:
            change = f"update {{table}} set amount = {number}"
            place.rebuilt(name, change) if number % 2 else place.change(name, change, keys=(1, 2, 3))
        place.publish(ends_hold=True)
        place.undo()
    stop.set()
    reader.join()
    assert (failures, mixtures) == ([], [])


POINTS = [
    ("transaction", "by_transaction", "_make_log", "after", 1),
    ("transaction", "by_transaction", "forget", "after", 1),
    ("transaction", "by_transaction", "_apply_changes", "after", 1),
    ("transaction", "by_transaction", "end_hold", "after", 1),
    ("transaction", "by_transaction", "publish_rows", "after", 1),
    ("rename", "by_rename", "check_guard", "after", 2),
    ("rename", "by_rename", "note", "after", 1),
    ("rename", "by_rename", "_rename", "before", 1),
    ("rename", "by_rename", "_rename", "after", 1),
    ("rename", "by_rename", "keep_intent", "after", 1),
    ("rename", "publish", "publish_copies", "after", 1),
]
UNDO_POINTS = [
    ("transaction", "by_transaction", "replace_rows", "after", 1),
    ("transaction", "by_transaction", "set_hold", "after", 1),
    ("transaction", "publish", "restore_rows", "after", 1),
    ("rename", "by_rename", "mark_rebuilt", "after", 1),
    ("rename", "by_rename", "_rename", "before", 1),
    ("rename", "by_rename", "_rename", "after", 1),
    ("rename", "by_rename", "set_hold", "after", 1),
    ("rename", "publish", "restore_tables", "after", 1),
]
Point = tuple[str, str, str, str, int]


def run_killed(act: Callable[[], Any], point: Point) -> None:
    """In a process of its own: act, and die before or after the n-th call of a function."""
    process = multiprocessing.get_context("fork").Process(target=die_at, args=(act, point))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def die_at(act: Callable[[], Any], point: Point) -> None:
    _, module, name, when, nth = point
    owner: Any = import_module(f"warehouse.{module}")
    original, calls = getattr(owner, name), []

    def replacement(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) < nth:
            return original(*args, **kwargs)
        if when == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    for holder in (owner, import_module("warehouse.publish")):
        if getattr(holder, name, None) is original:
            setattr(holder, name, replacement)
    act()


def named(point: Point) -> str:
    return " ".join(map(str, point))


@pytest.mark.parametrize("point", POINTS, ids=named)
def test_killed_while_publishing_readers_see_one_state_and_the_next_run_finishes(place: PublishPlace, point) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    make_change(place, point[0])
    run_killed(place.publish, point)
    seen = place.live()
    assert seen in (before, place.built())
    settle_interrupted(place.url, place.marts)
    place.change("publish_b", "update {table} set amount = 5 where id = 2", keys=(2,))  # the next run builds, too
    place.publish()
    assert place.live() == place.built()
    assert [name for name in place.left_behind() if "previous" not in name] == []
    place.undo()
    assert place.live() == seen, "what readers saw last is what is put back"


@pytest.mark.parametrize("point", POINTS, ids=named)
def test_killed_while_publishing_an_undo_restores_one_of_the_two_states(place: PublishPlace, point) -> None:  # noqa: F811
    place.publish()
    first = place.live()
    place.change("publish_b", "update {table} set amount = 1", keys=(1, 2, 3))
    place.publish()
    second = place.live()
    make_change(place, point[0])
    run_killed(place.publish, point)
    seen = place.live()
    assert seen in (second, place.built())
    place.undo()
    assert place.live() == (first if seen == second else second)
    place.publish(ends_hold=True)
    assert place.live() == place.built()


@pytest.mark.parametrize("point", UNDO_POINTS, ids=named)
def test_killed_while_undoing_it_is_done_or_not_begun(place: PublishPlace, point) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    make_change(place, point[0])
    place.publish()
    after = place.live()
    run_killed(place.undo, point)
    seen = place.live()
    assert seen in (before, after)
    held = place.publish()
    assert (held.hold is not None) == (seen == before), "a hold is there if and only if the undo took place"
    assert place.live() == seen
    place.publish(ends_hold=True)
    assert place.live() == after
    assert [name for name in place.left_behind() if "previous" not in name] == []


def test_a_row_lock_of_another_session_is_waited_out(place: PublishPlace, monkeypatch) -> None:  # noqa: F811
    """A lock wait is tried again, and the reason told."""
    monkeypatch.setattr("warehouse.engine.LOCK_WAIT_SECONDS", 1)
    place.publish()
    place.change("publish_a", "update {table} set amount = 1 where id = 1", keys=(1,))
    with place.connection.engine.connect() as other:
        other.exec_driver_sql("start transaction")
        other.exec_driver_sql(f"select * from {LIVE}.publish_a for update")
        before_the_next_attempt = SimpleNamespace(sleep=lambda _seconds: other.exec_driver_sql("commit"))
        monkeypatch.setattr("warehouse.publish.time", before_the_next_attempt)
        result = place.publish()
    assert len(result.retries) == 1
    assert "Lock wait timeout exceeded" in result.retries[0]
    assert place.live() == place.built()
