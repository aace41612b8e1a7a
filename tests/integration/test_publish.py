"""Readers see all of a run or none of it, and what they see equals the build."""

import threading

import pytest
import sqlalchemy as sa

from warehouse.lock import LockLostError
from warehouse.marts import Mart
from warehouse.publish import publish

BUILD, LIVE = "warehouse_build", "warehouse"
MONTHS = "partition by range (month) (partition p1 values less than (2), partition rest values less than maxvalue)"


def mart(name):
    return Mart(name, BUILD, LIVE, ("id",), (), (), frozenset(), "definition")


@pytest.fixture
def admin(servers):
    engine = sa.create_engine(servers["WAREHOUSE_ADMIN_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def marts(admin):
    """Two built tables of one row per id, never published."""
    admin.execute(
        sa.text(
            f"create table if not exists {BUILD}._tidemark_models "
            "(model varchar(64) primary key, built_seq bigint not null, rebuilt boolean not null)"
        )
    )
    names = ("publish_a", "publish_b")
    for name in names:
        admin.execute(
            sa.text(
                f"create or replace table {BUILD}.{name} "
                f"(id int not null, month int not null, amount decimal(12,2), primary key (id, month)) {MONTHS}"
            )
        )
        admin.execute(sa.text(f"create or replace table {BUILD}._tidemark_unpublished_{name} (id int primary key)"))
        admin.execute(sa.text(f"insert into {BUILD}.{name} values (1, 1, 10), (2, 1, 20), (3, 2, 30)"))
        admin.execute(sa.text(f"replace into {BUILD}._tidemark_models values ('{name}', 1, 1)"))
    yield [mart(name) for name in names]
    for name in names:
        admin.execute(
            sa.text(f"drop table if exists {LIVE}.{name}, {BUILD}.{name}, {BUILD}._tidemark_unpublished_{name}")
        )
        admin.execute(sa.text(f"delete from {BUILD}._tidemark_models where model = '{name}'"))


def change(admin, name, *statements, keys):
    for statement in statements:
        admin.execute(sa.text(statement.format(table=f"{BUILD}.{name}")))
    for key in keys:
        admin.execute(sa.text(f"insert ignore into {BUILD}._tidemark_unpublished_{name} values ({key})"))


def rows(connection, schema, name):
    return connection.execute(sa.text(f"select * from {schema}.{name} order by id, month")).all()


def test_the_first_publish_copies_every_table(servers, admin, marts):
    result = publish(servers["PUBLISH_URL"], marts)
    assert result.by == "rename"
    assert all(rows(admin, LIVE, m.name) == rows(admin, BUILD, m.name) for m in marts)


def test_nothing_waiting_publishes_nothing(servers, marts):
    publish(servers["PUBLISH_URL"], marts)
    assert publish(servers["PUBLISH_URL"], marts).by == "nothing"


def test_changes_of_all_marts_come_in_one_transaction(servers, admin, marts):
    publish(servers["PUBLISH_URL"], marts)
    change(
        admin,
        "publish_a",
        "update {table} set amount = 11 where id = 1",
        "insert into {table} values (4, 2, 40)",
        keys=(1, 4),
    )
    change(admin, "publish_b", "delete from {table} where id = 2", keys=(2,))
    assert publish(servers["PUBLISH_URL"], marts).by == "transaction"
    assert all(rows(admin, LIVE, m.name) == rows(admin, BUILD, m.name) for m in marts)


def test_a_row_that_changed_its_month_leaves_no_second_one(servers, admin, marts):
    publish(servers["PUBLISH_URL"], marts)
    change(admin, "publish_a", "update {table} set month = 2 where id = 1", keys=(1,))
    publish(servers["PUBLISH_URL"], marts)
    assert rows(admin, LIVE, "publish_a") == rows(admin, BUILD, "publish_a")


def test_a_changed_definition_is_published_by_a_copy(servers, admin, marts):
    publish(servers["PUBLISH_URL"], marts)
    change(admin, "publish_a", "alter table {table} add column note varchar(20) default 'new'", keys=(1,))
    assert publish(servers["PUBLISH_URL"], marts).by == "rename"
    assert rows(admin, LIVE, "publish_a") == rows(admin, BUILD, "publish_a")


def test_a_run_that_lost_its_lock_publishes_nothing(servers, admin, marts):
    publish(servers["PUBLISH_URL"], marts)
    before = rows(admin, LIVE, "publish_a")
    change(admin, "publish_a", "delete from {table}", keys=(1, 2, 3))

    def lost(cursor):
        raise LockLostError("taken over")

    with pytest.raises(LockLostError):
        publish(servers["PUBLISH_URL"], marts, lost)
    assert rows(admin, LIVE, "publish_a") == before


def test_readers_never_miss_a_table_nor_see_two_runs_at_once(servers, admin, marts):
    """Each publish sets all amounts of both tables to one number; a reader must find only one number in both."""
    publish(servers["PUBLISH_URL"], marts)
    for name in ("publish_a", "publish_b"):
        change(admin, name, "update {table} set amount = 0", keys=(1, 2, 3))
    publish(servers["PUBLISH_URL"], marts)
    stop, mixtures, failures, reads = threading.Event(), [], [], [0]

    def read():
        with sa.create_engine(servers["WAREHOUSE_URL"]).connect() as connection:
            while not stop.is_set():
                try:
                    seen = connection.execute(
                        sa.text(f"select amount from {LIVE}.publish_a union all select amount from {LIVE}.publish_b")
                    ).all()
                    connection.rollback()
                except sa.exc.DBAPIError as error:
                    failures.append(error)
                    connection.rollback()
                    continue
                reads[0] += 1
                if len(seen) != 6 or len(set(seen)) != 1:
                    mixtures.append(seen)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 21):
        for name in ("publish_a", "publish_b"):
            change(admin, name, f"update {{table}} set amount = {number}", keys=(1, 2, 3))
            if number % 4 == 0:
                admin.execute(sa.text(f"update {BUILD}._tidemark_models set rebuilt = 1 where model = '{name}'"))
        publish(servers["PUBLISH_URL"], marts)
    stop.set()
    for reader in readers:
        reader.join()
    assert (failures, mixtures) == ([], [])
    assert reads[0] > 20
