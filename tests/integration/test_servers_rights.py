"""What each account of the private servers may do, and what it may not: tried as that account."""

from collections.abc import Iterator, Mapping

import pytest
import sqlalchemy as sa

from local.accounts import MYSQL_ACCOUNTS, MYSQL_DATABASES
from local.servers import up

TABLE = "rights_probe"
READS = f"select count(*) from {{database}}.{TABLE}"
WRITES = f"insert into {{database}}.{TABLE} values (2)"
CREATES = f"create table {{database}}.{TABLE}_new (id int primary key)"
DROPS = f"drop table {{database}}.{TABLE}"

RAW = {"raw_superstore", "raw_superstore_staging", "raw_shop", "raw_shop_staging"}
BUILD = {"warehouse_build", "AnalyticalStream_build"}
LIVE = {"warehouse", "AnalyticalStream"}
ROLES = {"warehouse_manager", "warehouse_executive", "AnalyticalStream_manager", "AnalyticalStream_executive"}
EVERYTHING = set(MYSQL_DATABASES)

MAY = {
    "LOAD_URL": {
        READS: RAW | {"quarantine", "tidemark_control"},
        WRITES: RAW | {"quarantine", "tidemark_control"},
        CREATES: RAW | {"quarantine", "tidemark_control"},
        DROPS: RAW | {"quarantine"},
    },
    "BUILD_URL": {
        READS: RAW | BUILD | {"quarantine", "tidemark_control"},
        WRITES: BUILD,
        CREATES: BUILD,
        DROPS: BUILD,
    },
    "PUBLISH_URL": {
        READS: BUILD | LIVE | {"tidemark_control"},
        WRITES: BUILD | LIVE,
        CREATES: BUILD | LIVE,
        DROPS: BUILD | LIVE | ROLES,
    },
    "WAREHOUSE_URL": {
        READS: EVERYTHING - {"shop", "tidemark_control", "tidemark_masking"},
        WRITES: set(),
        CREATES: set(),
        DROPS: set(),
    },
    "MANAGER_URL": {
        READS: {"warehouse_manager", "AnalyticalStream_manager"},
        WRITES: set(),
        CREATES: set(),
        DROPS: set(),
    },
    "EXECUTIVE_URL": {
        READS: {"warehouse_executive", "AnalyticalStream_executive"},
        WRITES: set(),
        CREATES: set(),
        DROPS: set(),
    },
    "SHOP_URL": {READS: {"shop"}, WRITES: {"shop"}, CREATES: {"shop"}, DROPS: {"shop"}},
    "SHOP_EXTRACT_URL": {READS: {"shop"}, WRITES: set(), CREATES: set(), DROPS: set()},
}
REFUSED = {"42501", 1044, 1142, 1227}  # PostgreSQL's code, and MariaDB's for databases, tables and the server


def engine(url: str) -> sa.Engine:
    return sa.create_engine(url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")


def is_allowed(connection: sa.Connection, statement: str) -> bool:
    try:
        connection.execute(sa.text(statement))
    except sa.exc.DBAPIError as error:
        if not REFUSED & {getattr(error.orig, "sqlstate", None), error.orig.args[0]}:
            raise
        return False
    return True


@pytest.fixture
def probes(servers: Mapping[str, str]) -> Iterator[sa.Connection]:
    """A table of one row in every database, laid anew for each account."""
    with engine(servers["WAREHOUSE_ADMIN_URL"]).connect() as admin:
        for database in MYSQL_DATABASES:
            admin.execute(sa.text(f"create or replace table {database}.{TABLE} as select 1 as id"))
        yield admin
        for database in MYSQL_DATABASES:
            admin.execute(sa.text(f"drop table if exists {database}.{TABLE}, {database}.{TABLE}_new"))


def test_every_account_of_the_warehouse_is_tried():
    assert set(MAY) == {account.url_name for account in MYSQL_ACCOUNTS}


@pytest.mark.parametrize("name", MAY)
def test_an_account_of_the_warehouse_may_do_its_job_and_no_more(servers, probes, name):
    with engine(servers[name]).connect() as connection:
        for statement, databases in MAY[name].items():
            done = {db for db in MYSQL_DATABASES if is_allowed(connection, statement.format(database=db))}
            assert done == databases, statement


@pytest.mark.parametrize("name", MAY)
@pytest.mark.parametrize(
    "statement",
    ["create user probe", "set global local_infile = 0", "create database probe", "select * from mysql.global_priv"],
)
def test_no_account_of_the_warehouse_administers_the_server(servers, name, statement):
    with engine(servers[name]).connect() as connection:
        assert not is_allowed(connection, statement)


POSTGRES_MAY = {
    "OLTP_URL": {"read", "write", "create"},
    "ASSOCIATE_URL": {"read", "write"},
    "EXTRACT_URL": {"read"},
}
POSTGRES_STATEMENTS = {
    "read": "select count(*) from superstore.segments",
    "write": "update superstore.segments set segment_name = segment_name where segment_id = 'none'",
    "create": "create table superstore.rights_probe (id int); drop table superstore.rights_probe",
    "make a role": "create role probe",
    "make a database": "create database probe",
}


@pytest.mark.parametrize("name", POSTGRES_MAY)
def test_an_account_of_the_source_may_do_its_job_and_no_more(servers, name):
    from oltp.superstore import install

    install(servers["OLTP_URL"])
    with engine(servers[name]).connect() as connection:
        assert {what for what, it in POSTGRES_STATEMENTS.items() if is_allowed(connection, it)} == POSTGRES_MAY[name]


@pytest.mark.parametrize(("name", "sees"), [("EXTRACT_URL", True), ("ASSOCIATE_URL", False)])
def test_only_the_reader_sees_when_other_transactions_began(servers, name, sees):
    """Without this right the start of other users' transactions reads as NULL, and a watermark would pass them."""
    with engine(servers["APP_URL"]).connect() as other, engine(servers[name]).connect() as connection:
        pid = other.execute(sa.text("select pg_backend_pid()")).scalar_one()
        seen = connection.execute(
            sa.text("select backend_start is not null from pg_stat_activity where pid = :pid"), {"pid": pid}
        )
        assert seen.scalar_one() is sees


@pytest.mark.parametrize(("name", "database"), [("APP_URL", "oltp"), ("EXTRACT_URL", "app"), ("OLTP_URL", "app")])
def test_an_account_cannot_enter_another_database(servers, name, database):
    url = sa.make_url(servers[name]).set(database=database)
    with pytest.raises(sa.exc.OperationalError, match="permission denied for database"):
        sa.create_engine(url).connect()


def test_every_text_is_its_own_key(servers, probes):
    """Case, accents and trailing blanks tell keys apart in every database, whatever the session's default is."""
    for database in MYSQL_DATABASES:
        probes.execute(sa.text(f"create or replace table {database}.{TABLE} (id varchar(20) primary key)"))
        probes.execute(sa.text(f"insert into {database}.{TABLE} values ('ord-1'), ('ORD-1'), ('ord-1 '), ('órd-1')"))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("time_zone", "+00:00"),
        ("local_infile", 1),
        ("lock_wait_timeout", 50),
        ("collation_server", "utf8mb4_nopad_bin"),
        (
            "sql_mode",
            "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
            "NO_ENGINE_SUBSTITUTION",
        ),
    ],
)
def test_the_warehouse_server_is_strict_binary_and_in_utc(servers, variable, value):
    with engine(servers["BUILD_URL"]).connect() as connection:
        assert connection.execute(sa.text(f"select @@{variable}")).scalar_one() == value


@pytest.mark.parametrize(
    ("setting", "value"), [("TimeZone", "UTC"), ("server_encoding", "UTF8"), ("max_prepared_transactions", "20")]
)
def test_the_source_server_is_in_utc_and_utf8(servers, setting, value):
    with engine(servers["OLTP_URL"]).connect() as connection:
        assert connection.execute(sa.text(f"show {setting}")).scalar_one() == value


def test_rights_that_were_taken_away_are_given_back(servers, test_home):
    with engine(servers["WAREHOUSE_ADMIN_URL"]).connect() as admin:
        admin.execute(sa.text(r"revoke select on `raw\_superstore`.* from tidemark_build@'%'"))
    up(test_home)
    with engine(servers["BUILD_URL"]).connect() as connection:
        assert is_allowed(connection, "show tables from raw_superstore")
