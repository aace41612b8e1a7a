"""The app's database on the tests' servers, with a user of each role."""

import os

import pytest
import sqlalchemy as sa

from app.auth import passwords
from app.auth.users import add_user, trust_second_factor
from app.databases import engine, install

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def app_url(servers, tmp_path_factory):
    """The URL of its owner; the pages work as their own account, as they do in `tidemark app`."""
    install(servers["APP_URL"], servers["APP_PAGES_URL"])
    names = ("APP_PAGES_URL", "ASSOCIATE_URL", "MANAGER_URL", "EXECUTIVE_URL", "PREFECT_API_URL")
    os.environ.update({name: servers[name] for name in names})
    os.environ["TIDEMARK_HOME"] = str(tmp_path_factory.mktemp("app-home"))
    yield servers["APP_URL"]
    for name in (*names, "TIDEMARK_HOME"):
        del os.environ[name]


@pytest.fixture
def people(app_url, monkeypatch):
    """Ids by role; hashing is quick, for what is tested is not how slow it is."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    passwords.nobodys_hash.cache_clear()
    with engine(app_url).begin() as connection:
        connection.execute(sa.text("delete from users"))
        connection.execute(sa.text("delete from throttles"))
        ids = {
            role: add_user(connection, f"test-{role}", role, PASSWORD, must_change_password=False)
            for role in ("associate", "manager", "executive", "administrator")
        }
        for role in ("executive", "administrator"):
            trust_second_factor(connection, ids[role])
    yield ids
    passwords.nobodys_hash.cache_clear()
