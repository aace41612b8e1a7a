"""A database of its own with the schema `superstore`.

TIDEMARK_TEST_POSTGRES names an administrator of another PostgreSQL, to run these tests on another version.
"""

import os
import secrets
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.engine import make_url

from oltp.superstore import install
from tests.integration.oltp.place import BASE_ROWS, connect, empty, libpq

DATABASE = "superstore_test"
OWNER = "superstore_test_owner"
ROLES = ("tidemark_extract", "superstore_associate")


@pytest.fixture(scope="session")
def superstore_urls(request) -> dict[str, str]:
    """URLs of the test's database: of its owner, and of the server's administrator."""
    given = os.environ.get("TIDEMARK_TEST_POSTGRES")
    admin = make_url(given or request.getfixturevalue("servers")["OLTP_ADMIN_URL"])
    password = secrets.token_hex(16)
    with psycopg.connect(libpq(admin.render_as_string(hide_password=False)), autocommit=True) as connection:
        connection.execute(f"drop database if exists {DATABASE} with (force)")
        for role in (OWNER, *ROLES):
            if connection.execute("select from pg_roles where rolname = %s", (role,)).fetchone() is None:
                connection.execute(f"create role {role}")
        connection.execute(f"alter role {OWNER} login password '{password}'")
        connection.execute(f"create database {DATABASE} owner {OWNER}")
    at_database = admin.set(database=DATABASE)
    owner_url = at_database.set(username=OWNER, password=password).render_as_string(hide_password=False)
    install(owner_url)
    return {"owner": owner_url, "admin": at_database.render_as_string(hide_password=False)}


@pytest.fixture
def db(superstore_urls) -> Iterator[psycopg.Connection]:
    """An administrator's transaction on a small Superstore, undone after the test."""
    with connect(superstore_urls["admin"]) as connection:
        connection.execute(BASE_ROWS)
        connection.execute("delete from tombstones")
        yield connection
        connection.rollback()


@pytest.fixture
def emptied(superstore_urls) -> Iterator[dict[str, str]]:
    """The URLs of a database without rows, for tests that commit."""
    yield superstore_urls
    empty(superstore_urls["admin"])
