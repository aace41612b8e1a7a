"""What a role reads: views with tokens in place of personal values, valid at every moment."""

import hashlib
import re
import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from local.accounts import MYSQL_ACCOUNTS
from tests.integration.hostile_queries import hostile_queries
from warehouse.marts import Mart
from warehouse.personal_data import suspects
from warehouse.policy import is_masked, read_policy
from warehouse.publish import publish, undo

TOKEN = re.compile(r"tk_[0-9a-f]{16}$")
NAME = "role_people"
MART = Mart(
    name=NAME,
    build_schema="warehouse_build",
    live_schema="warehouse",
    unique_key=("id",),
    views=(),
    seeds=(),
    parents=(),
    sources=frozenset(),
    definition="definition",
    pii={"id": "none", "full_name": "name", "email": "contact", "postal_code": "precise_location", "city": "none"},
)


def engine(url):
    return sa.create_engine(url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")


@pytest.fixture
def manager(servers):
    with engine(servers["MANAGER_URL"]).connect() as connection:
        yield connection


@pytest.fixture
def executive(servers):
    with engine(servers["EXECUTIVE_URL"]).connect() as connection:
        yield connection


@pytest.fixture
def people(servers, admin):
    """A mart of three people, published."""
    build(admin)
    publish(servers["PUBLISH_URL"], [MART], ends_hold=True)
    yield MART
    admin.execute(sa.text(f"drop table if exists warehouse.{NAME}, warehouse_build.{NAME}"))
    admin.execute(sa.text(f"drop table if exists warehouse_build._tidemark_unpublished_{NAME}"))
    admin.execute(sa.text(f"delete from warehouse_build._tidemark_models where model = '{NAME}'"))
    for role in ("manager", "executive"):
        admin.execute(sa.text(f"drop view if exists warehouse_{role}.{NAME}"))


def build(admin, extra="", value=""):
    """Make the build table anew, as dbt's full refresh does."""
    admin.execute(
        sa.text(
            "create table if not exists warehouse_build._tidemark_models "
            "(model varchar(64) primary key, built_seq bigint not null, rebuilt boolean not null)"
        )
    )
    admin.execute(
        sa.text(
            f"create or replace table warehouse_build.{NAME} (id int primary key, full_name varchar(99), "
            f"email varchar(99), postal_code varchar(9), city varchar(99) {extra})"
        )
    )
    admin.execute(sa.text(f"create or replace table warehouse_build._tidemark_unpublished_{NAME} (id int primary key)"))
    for row in (
        "1, 'Ana Müller 山田', 'ana@example.org', '10115', 'Berlin'",
        "2, 'Bo Li', 'ana@example.org', '10115', 'Berlin'",
        "3, 'Bo Li', null, null, 'Bonn'",
    ):
        admin.execute(sa.text(f"insert into warehouse_build.{NAME} values ({row} {value})"))
    admin.execute(sa.text(f"replace into warehouse_build._tidemark_models values ('{NAME}', 1, 1)"))


def rows(connection, columns="*"):
    return connection.execute(sa.text(f"select {columns} from {NAME} order by id")).all()


def test_a_token_is_a_keyed_hash_of_the_value(admin, people, manager):
    inner, outer = admin.execute(sa.text("select inner_key, outer_key from tidemark_masking.masking_key")).one()
    value = "Ana Müller 山田".encode()
    expected = hashlib.sha256(outer + hashlib.sha256(inner + value).digest()).hexdigest()[:16]
    assert rows(manager, "full_name")[0].full_name == f"tk_{expected}"


def test_equal_values_stay_equal_and_nothing_stays_nothing(people, manager):
    first, second, third = rows(manager)
    assert first.email == second.email
    assert second.full_name == third.full_name != first.full_name
    assert (third.email, third.postal_code) == (None, None)
    assert [row.city for row in (first, second, third)] == ["Berlin", "Berlin", "Bonn"]


def test_an_executive_sees_names_and_places_but_no_contact_data(people, executive):
    first = rows(executive)[0]
    assert (first.full_name, first.postal_code) == ("Ana Müller 山田", "10115")
    assert TOKEN.match(first.email)


def test_a_column_that_becomes_personal_is_masked_by_the_next_publish(servers, people, manager):
    stricter = replace(people, pii={**people.pii, "city": "precise_location"})
    assert publish(servers["PUBLISH_URL"], [stricter]).by == "nothing"
    assert all(TOKEN.match(row.city) for row in rows(manager))


def test_a_column_without_a_class_is_masked_to_everyone(servers, admin, people, executive):
    build(admin, extra=", note varchar(20)", value=", 'secret'")
    publish(servers["PUBLISH_URL"], [people], allow_column_changes=[NAME])
    assert all(TOKEN.match(row.note) for row in rows(executive))


def test_a_view_that_was_dropped_comes_back_and_one_without_a_table_goes(servers, admin, people, manager):
    admin.execute(sa.text(f"drop view warehouse_manager.{NAME}"))
    publish(servers["PUBLISH_URL"], [people])
    assert len(rows(manager)) == 3
    admin.execute(sa.text(f"drop table warehouse.{NAME}"))
    admin.execute(sa.text(f"delete from warehouse_build._tidemark_models where model = '{NAME}'"))
    publish(servers["PUBLISH_URL"], [people])
    assert (NAME,) not in manager.execute(sa.text("show tables")).all()


def test_readers_find_a_valid_view_while_columns_come_and_go(servers, admin, people):
    stop, failures, reads = threading.Event(), [], [0]

    def read():
        with engine(servers["MANAGER_URL"]).connect() as connection:
            while not stop.is_set():
                try:
                    assert len(rows(connection)) == 3
                except (sa.exc.DBAPIError, AssertionError) as error:
                    failures.append(error)
                reads[0] += 1

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(6):
        odd = number % 2
        build(admin, extra=", note varchar(20)" if odd else "", value=", 'x'" if odd else "")
        publish(servers["PUBLISH_URL"], [people], allow_column_changes=[NAME])
    undo(servers["PUBLISH_URL"], [people])
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert reads[0] > 20
    shown = {row.Field for row in admin.execute(sa.text(f"show columns from warehouse_manager.{NAME}"))}
    assert "note" not in shown  # the last publish, which had it, was undone
    publish(servers["PUBLISH_URL"], [people], allow_column_changes=[NAME], ends_hold=True)


@pytest.mark.parametrize("name", [account.url_name for account in MYSQL_ACCOUNTS])
def test_no_account_reads_the_masking_key(servers, name):
    with engine(servers[name]).connect() as connection, pytest.raises(sa.exc.DBAPIError, match="denied"):
        connection.execute(sa.text("select * from tidemark_masking.masking_key"))


def test_nobody_logs_in_as_the_owner_of_the_views(servers):
    url = sa.make_url(servers["MANAGER_URL"]).set(username="tidemark_views", password="", database="warehouse")
    with pytest.raises(sa.exc.OperationalError, match=r"locked|denied"):
        engine(url).connect()


def test_the_publishing_account_reads_no_view_and_makes_none_by_hand(servers, people):
    with engine(servers["PUBLISH_URL"]).connect() as connection:
        for statement in (f"select * from warehouse_manager.{NAME}", "create view warehouse_manager.mine as select 1"):
            with pytest.raises(sa.exc.DBAPIError, match="denied"):
                connection.execute(sa.text(statement))


def test_hostile_queries_of_a_manager_find_no_personal_value(seeded, admin, manager):
    """Every personal value of the warehouse is looked for, whole and by halves, in all that 200 queries return."""
    seeded.run_well()
    policy = read_policy()
    personal = {
        (mart.name, column)
        for mart in seeded.workshop.marts
        if mart.live_schema == "warehouse"
        for column, pii in mart.pii.items()
        if is_masked(policy, "manager", pii)
    }
    assert personal == {("dim_customer", c) for c in ("customer_name", "email", "phone", "postal_code")}
    values = {
        str(value)
        for table, column in personal
        for (value,) in admin.execute(sa.text(f"select distinct `{column}` from warehouse.`{table}`"))
        if value
    }
    # A fragment that a token, a key or a measure could hold by chance proves nothing.
    telling = {value for value in values if re.search(r"[@ ]", value) and len(value) > 6}
    some = sorted(telling)[:300]
    within = [*some, *(value.encode().hex().upper() for value in some), *(value.encode().hex() for value in some)]
    name, mail = admin.execute(
        sa.text("select customer_name, email from warehouse.dim_customer where email is not null limit 1")
    ).one()
    queries = hostile_queries(name, mail)
    assert len(queries) >= 200
    answered = 0
    for query in queries:
        try:
            found = manager.exec_driver_sql(query.replace("%", "%%"))
            values_found = (
                {str(value) for row in found.fetchmany(20_000) for value in row} if found.returns_rows else ()
            )
            text = "\n".join(values_found)
        except sa.exc.DBAPIError as error:
            text = str(error.orig)
            manager.rollback()
        else:
            answered += 1
        text = text.replace(name, "", query.count(name)) if name in query else text
        text = text.replace(mail, "", query.count(mail)) if mail in query else text
        pieces = set(re.split(r"[\n,;|\"\[\]{}:]+", text)) | set(text.split("\n"))
        assert not {piece.strip() for piece in pieces} & telling, query
        assert not any(value in text for value in within), query
    assert answered > 100  # most of them are good SQL, which the server answers


def test_values_of_columns_classed_none_are_looked_at(servers, admin, people):
    admin.execute(sa.text(f"update warehouse.{NAME} set city = full_name"))
    columns = {
        column: {"name": column, "data_type": "varchar(99)", "meta": {"pii": pii}} for column, pii in people.pii.items()
    }
    mart = {"name": NAME, "resource_type": "model", "columns": columns, "config": {"meta": {"publish_to": "warehouse"}}}
    found = list(suspects(servers["WAREHOUSE_URL"], {"nodes": {NAME: mart}}))
    assert found == [f"{NAME}.city: is classed none, and its values are those of a personal column"]
