"""The record of changes shows any hand that was laid on it."""

import psycopg
import pytest
import sqlalchemy as sa

from oltp.audit import SQL_FILE
from oltp.audit.sealing import read_heads, seal
from oltp.audit.verification import verify

TAMPER = {
    "an edited value": ("edited", "update audit.changes set new_values = '[99]' where change_id = {second}"),
    "values taken out": (
        "edited",
        "update audit.changes set new_values = null, salt = null where change_id = {second}",
    ),
    "values taken out as if they had been erased": (
        "edited",
        "update audit.changes set new_values = null, salt = null, erased_at = now() where change_id = {second}",
    ),
    "an erasure with values in its place": (
        "edited",
        "select audit.erase_values({second}); update audit.changes set new_values = '[99]' where change_id = {second}",
    ),
    "another name": ("edited", "update audit.changes set actor = 'somebody else' where change_id = {second}"),
    "another time": ("edited", "update audit.changes set changed_at = '2020-01-01' where change_id = {second}"),
    "a deleted change": ("deleted", "delete from audit.changes where change_id = {second}"),
    "a deleted seal": ("deleted", "delete from audit.seals where change_id = {second}"),
    "two in another order": (
        "edited",
        "update audit.seals set change_id = -1 where change_id = {second}; "
        "update audit.seals set change_id = {second} where change_id = {third}; "
        "update audit.seals set change_id = {third} where change_id = -1",
    ),
    "a cut tail": (
        "cut_tail",
        "delete from audit.seals where change_id >= {third}; delete from audit.changes where change_id >= {third}",
    ),
}


@pytest.fixture
def database(servers):
    """A database of its own with one watched table."""
    admin = sa.make_url(servers["OLTP_ADMIN_URL"]).set(drivername="postgresql")
    with psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("drop database if exists audited with (force)")
        connection.execute("create database audited")
    with psycopg.connect(admin.set(database="audited").render_as_string(hide_password=False), autocommit=True) as own:
        own.execute(SQL_FILE.read_bytes())
        own.execute("create table things (id int primary key, v int, secret text)")
        own.execute("select audit.watch('things', 'things', '{id}', '{secret}')")
        yield own
    with psycopg.connect(admin.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("drop database audited with (force)")


@pytest.fixture
def head_file(tmp_path):
    return tmp_path / "heads"


def write(database, count=6):
    for number in range(count):
        database.execute("insert into things values (%s, 1, 'hidden')", [number])


def found(database, head_file):
    with database.transaction():
        return verify(database, head_file, "audited")


def test_what_was_done_is_recorded_with_values_before_and_after(database):
    database.execute("insert into things values (1, 10, 'hidden'), (2, 20, 'hidden')")
    with database.transaction():
        database.execute("select set_config('audit.actor', 'ana', true)")
        database.execute("update things set v = v + 1 where id = 1")
    database.execute("update things set v = v")
    database.execute("delete from things where id = 2")
    database.execute("truncate things")
    rows = database.execute(
        "select actor, operation, key ->> 'id', old_values, new_values from audit.changes order by change_id"
    ).fetchall()
    assert rows == [
        ("postgres", "INSERT", "1", None, {"id": 1, "v": 10}),
        ("postgres", "INSERT", "2", None, {"id": 2, "v": 20}),
        ("ana", "UPDATE", "1", {"v": 10}, {"v": 11}),
        ("postgres", "DELETE", "2", {"id": 2, "v": 20}, None),
        ("postgres", "TRUNCATE", None, None, None),
    ]


def test_a_change_that_is_taken_back_leaves_no_record(database):
    with pytest.raises(psycopg.errors.UniqueViolation):
        database.execute("insert into things values (1, 1); insert into things values (1, 1)")
    assert database.execute("select count(*) from audit.changes").fetchone() == (0,)


def test_an_untouched_record_verifies_and_its_head_lies_outside(database, head_file):
    write(database)
    assert seal(database, head_file) == 6
    write_more = "insert into things select n, n from generate_series(100, 200) as n"
    database.execute(write_more)
    assert seal(database, head_file) == 101
    verification = found(database, head_file)
    assert (verification.ok, verification.sealed, verification.waiting) == (True, 107, 0)
    assert [head.position for head in read_heads(head_file)] == [6, 107]


def test_changes_that_commit_late_are_sealed_later_and_the_writers_do_not_wait(database, head_file, servers):
    url = sa.make_url(servers["OLTP_ADMIN_URL"]).set(drivername="postgresql", database="audited")
    with psycopg.connect(url.render_as_string(hide_password=False)) as late:
        late.execute("insert into things values (1, 1)")
        database.execute("insert into things values (2, 2)")
        assert seal(database, head_file) == 1
        late.commit()
    assert seal(database, head_file) == 1
    assert found(database, head_file).ok


@pytest.mark.parametrize("what", TAMPER)
def test_every_hand_laid_on_the_record_shows(database, head_file, what):
    write(database)
    seal(database, head_file)
    ids = [row[0] for row in database.execute("select change_id from audit.changes order by change_id").fetchall()]
    kind, statements = TAMPER[what]
    for table in ("changes", "seals"):
        database.execute(f"alter table audit.{table} disable trigger user")
    for statement in statements.format(second=ids[1], third=ids[2]).split(";"):
        database.execute(statement)
    assert kind in {problem.kind for problem in found(database, head_file).problems}


def test_a_change_that_was_kept_from_the_sealer_shows(database, head_file):
    write(database)
    database.execute("alter table audit.changes disable trigger user")
    database.execute("update audit.changes set changed_at = changed_at - interval '1 hour'")
    database.execute("delete from audit.unsealed where change_id = (select max(change_id) from audit.changes)")
    seal(database, head_file)
    assert {problem.kind for problem in found(database, head_file).problems} == {"unsealed"}


def test_a_change_that_waits_to_be_sealed_and_is_gone_shows(database, head_file):
    write(database)
    database.execute("alter table audit.changes disable trigger user")
    database.execute("delete from audit.changes where change_id = (select min(change_id) from audit.changes)")
    assert seal(database, head_file) == 5
    assert {problem.kind for problem in found(database, head_file).problems} == {"deleted"}


def test_a_chain_made_anew_after_an_edit_does_not_match_the_head_outside(database, head_file):
    write(database)
    seal(database, head_file)
    for table in ("changes", "seals"):
        database.execute(f"alter table audit.{table} disable trigger user")
    database.execute("update audit.changes set actor = 'somebody else'")
    database.execute("truncate audit.seals")
    database.execute("insert into audit.unsealed select change_id from audit.changes")
    seal(database, head_file.with_name("another"))
    assert "reordered" in {problem.kind for problem in found(database, head_file).problems}


def test_an_erased_value_is_gone_and_the_chain_still_holds(database, head_file):
    write(database)
    seal(database, head_file)
    with database.transaction():
        database.execute("select set_config('audit.actor', 'ana', true)")
        database.execute("select audit.erase_values(min(change_id)) from audit.changes")
    assert database.execute("select actor, key from audit.changes where operation = 'ERASE'").fetchall() == [
        ("ana", {"change_id": 1})
    ]
    row = database.execute("select new_values, salt from audit.changes order by change_id limit 1").fetchone()
    assert row == (None, None)
    verification = found(database, head_file)
    assert (verification.ok, verification.erased, verification.waiting) == (True, 1, 1)
    seal(database, head_file)
    assert found(database, head_file).ok


@pytest.mark.parametrize(
    "statement",
    [
        "update audit.changes set actor = 'x'",
        "update audit.changes set old_values = null, new_values = null, salt = null, erased_at = now(), actor = 'x'",
        "delete from audit.changes",
        "truncate audit.changes",
        "delete from audit.seals",
    ],
)
def test_rows_are_only_ever_added(database, head_file, statement):
    write(database)
    seal(database, head_file)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.execute(statement)


@pytest.mark.parametrize(
    "statement",
    ["alter table things disable trigger audit_update", "drop trigger audit_delete on things"],
)
def test_a_table_whose_changes_are_no_longer_recorded_shows(database, head_file, statement):
    assert found(database, head_file).ok
    database.execute(statement)
    assert {problem.kind for problem in found(database, head_file).problems} == {"unwatched"}
