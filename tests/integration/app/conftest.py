"""The app's database on the tests' servers, with a user of each role."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import app
from app import gate, latest
from app.auth import passwords, sessions
from app.auth.users import add_user, trust_second_factor
from app.databases import engine, install
from app.settings import settings

PASSWORD = "correct horse battery staple"
MAIN = Path(app.__file__).with_name("main.py")


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


@pytest.fixture(scope="module")
def published(pipeline, app_url):
    """A small shop, published, as the roles see it."""
    pipeline.forget_everything()
    pipeline.seed(scale=0.1)
    pipeline.run_well()
    settings.cache_clear()
    return pipeline


@pytest.fixture
def open_page(published, people, monkeypatch):
    """Open a page as a role; the token is what the browser's cookie would say."""
    latest.forget()

    def opened(role, path, token=None):
        if token is None:
            with engine(settings().app_url).begin() as connection:
                token = sessions.start_session(connection, people[role], "full")
        monkeypatch.setattr(gate, "session_token", lambda: token)
        page = AppTest.from_file(MAIN, default_timeout=60)
        page._page_hash = calc_hash(path)  # AppTest's own switch_page knows no st.navigation
        return page.run()

    return opened


def field(page, kind, label):
    """The field of a page that a person would find by its label."""
    return next(found for found in page.get(kind) if found.label == label)


def press(page, label):
    """Press a button, and return the page."""
    field(page, "button", label).click()
    return page.run()
