"""One run at a time, and a run that lost its lock does not write."""

import pytest
import sqlalchemy as sa

from warehouse.lock import LockHeldError, LockLostError, RunLock


@pytest.fixture
def url(servers):
    return servers["LOAD_URL"]


def test_a_second_run_is_refused_and_told_who_holds_the_lock(url):
    with RunLock(url, "first"), pytest.raises(LockHeldError, match="first"), RunLock(url, "second"):
        pass


def test_the_lock_is_free_again_after_its_holder(url):
    with RunLock(url, "first"):
        pass
    with RunLock(url, "second") as lock:
        lock.require()


def test_the_lock_dies_with_its_connection(url, servers):
    admin = sa.create_engine(servers["WAREHOUSE_ADMIN_URL"], poolclass=sa.pool.NullPool)
    with RunLock(url, "first") as first:
        with admin.connect() as connection:
            holder = connection.scalar(sa.text("select is_used_lock('tidemark.run')"))
            connection.execute(sa.text(f"kill {int(holder)}"))
        with pytest.raises(LockLostError, match="first"):
            first.require()
        with RunLock(url, "second"):
            pass


def test_a_run_that_was_overtaken_stops_before_it_writes(url):
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with RunLock(url, "first") as first:
        first._connection.execute(sa.text("select release_lock('tidemark.run')"))
        with (
            RunLock(url, "second"),
            engine.connect() as connection,
            pytest.raises(LockLostError, match="second"),
        ):
            first.guard(connection.connection.cursor())


def test_a_new_run_waits_for_the_write_that_an_overtaken_run_has_begun(url, monkeypatch):
    monkeypatch.setattr("warehouse.engine.LOCK_WAIT_SECONDS", 1)
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    with RunLock(url, "first") as first, engine.connect() as writer:
        first.guard(writer.connection.cursor())
        first._connection.execute(sa.text("select release_lock('tidemark.run')"))
        with pytest.raises(LockHeldError, match="cut off"), RunLock(url, "second"):
            pass
