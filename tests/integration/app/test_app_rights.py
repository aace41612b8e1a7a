"""The account of the pages reads and writes what people do there, and cannot touch the record of it."""

import pytest
import sqlalchemy as sa

from app.databases import engine, install
from app.settings import settings

REFUSED = {
    "add a change that nobody made": "insert into audit.changes (actor, account, table_name, operation, digest) "
    "values ('x', 'x', 'users', 'INSERT', '')",
    "edit a change": "update audit.changes set actor = 'somebody else'",
    "delete changes": "delete from audit.changes",
    "empty the changes": "truncate audit.changes",
    "seal": "insert into audit.seals (position, change_id, head) values (0, 0, '')",
    "cut the chain": "delete from audit.seals",
    "hide a change from the sealer": "delete from audit.unsealed",
    "block the sealer": "lock table audit.seals in share row exclusive mode",
    "erase values": "select audit.erase_values(1)",
    "stop the recording": "alter table users disable trigger audit_update",
    "drop the recording": "drop trigger audit_update on users",
    "pass the triggers by": "set session_replication_role = replica",
    "edit the log of queries": "update query_log set user_name = 'x'",
    "delete from the log of queries": "delete from query_log",
    "edit the log of sign-ins": "update sign_ins set user_name = 'x'",
    "delete from the log of sign-ins": "delete from sign_ins",
    "forget a password": "delete from password_history",
    "delete a user": "delete from users",
    "make a table": "create table hidden (v int)",
    "make a function": "create function hidden() returns int return 1",
    "become the owner": "set role app_owner",
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_pages_cannot_lay_hands_on_the_record(app_url, people, what):
    with engine(settings().app_url).connect() as connection, pytest.raises(sa.exc.ProgrammingError) as refused:
        connection.exec_driver_sql(REFUSED[what])
    assert refused.value.orig.sqlstate == "42501", refused.value  # insufficient_privilege


def test_what_the_pages_change_is_recorded_all_the_same(app_url, people):
    with engine(settings().app_url).begin() as connection:
        connection.exec_driver_sql("set local audit.actor = 'ada'")
        connection.exec_driver_sql("update users set disabled = true where name = 'test-manager'")
    with engine(app_url).connect() as connection:
        row = connection.exec_driver_sql(
            "select actor, account, old_values, new_values from audit.changes order by change_id desc limit 1"
        ).one()
    assert row == ("ada", "app_pages", {"disabled": False}, {"disabled": True})


def test_what_runs_leave_later_can_be_read_and_not_written(app_url):
    with engine(app_url).begin() as connection:
        connection.exec_driver_sql("create table made_later (v int)")
    try:
        with engine(settings().app_url).connect() as connection:
            assert connection.exec_driver_sql("select count(*) from made_later").scalar_one() == 0
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
                connection.exec_driver_sql("insert into made_later values (1)")
    finally:
        with engine(app_url).begin() as connection:
            connection.exec_driver_sql("drop table made_later")


def test_rights_that_somebody_added_are_gone_after_the_next_start(app_url, servers):
    with engine(app_url).begin() as connection:
        connection.exec_driver_sql("grant delete on audit.changes, query_log to app_pages")
    install(servers["APP_URL"], servers["APP_PAGES_URL"])
    with engine(app_url).connect() as connection:
        for table in ("audit.changes", "query_log"):
            query = f"select has_table_privilege('app_pages', '{table}', 'delete')"
            assert connection.exec_driver_sql(query).scalar_one() is False
