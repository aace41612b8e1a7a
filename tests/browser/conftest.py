"""A real browser on the app, which runs on the tests' own servers."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pyotp
import pytest

from tests.integration.app.conftest import PASSWORD
from tests.integration.conftest import pipeline
from tests.integration.harness import REPOSITORY

__all__ = ["pipeline"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 90
SECONDS = 60_000


@pytest.fixture(scope="session")
def browser():
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on the PATH: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def app(pipeline, tmp_path_factory) -> Iterator[str]:
    """The address of an app over a small published shop, with users who have set up no second factor yet."""
    pipeline.forget_everything()
    pipeline.seed(scale=0.05)
    pipeline.run_well()
    home = tmp_path_factory.mktemp("browser-home")
    environment = os.environ | dict(pipeline.urls) | {"TIDEMARK_HOME": str(home)}
    target = home / "work" / "dbt" / "mariadb"  # from which questions are understood
    target.mkdir(parents=True)
    shutil.copy(pipeline.workshop.work_dir / "dbt" / "mariadb" / "manifest.json", target)
    for name, role in (("sally", "associate"), ("mona", "manager"), ("erin", "executive")):
        subprocess.run(
            [sys.executable, "-c", ADD_USER, name, role, PASSWORD], env=environment, cwd=REPOSITORY, check=True
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tidemark", "app", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=REPOSITORY) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/sign-in", process)
            yield address
        finally:
            process.terminate()


@pytest.fixture
def serving(pipeline) -> Iterator[subprocess.Popen[str]]:
    """`tidemark serve`, ready for runs."""
    with pipeline.start("serve") as process:
        try:
            assert any("waiting for runs" in told for told in process.stdout), process.stderr.read()
            yield process
        finally:
            process.terminate()


# One person may be there from an earlier run of the tests, which keep their servers.
ADD_USER = """
import os, sys
import sqlalchemy as sa
from app.auth.users import add_user
from app.databases import engine, install
name, role, password = sys.argv[1:]
install(os.environ["APP_URL"])
with engine(os.environ["APP_URL"]).begin() as connection:
    connection.execute(sa.text("delete from users where name = :name"), {"name": name})
    add_user(connection, name, role, password, must_change_password=False)
"""


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"the app gave no answer within {START_SECONDS} s")


@pytest.fixture
def sign_in(browser, app):
    """A page of a new browser, signed in."""
    contexts = []

    def signed_in(name, path, then=lambda page: None, **looks):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **looks})
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{app}/{path}")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        then(page)
        page.wait_for_selector("[data-testid=stApp] h1 >> visible=true")
        return page

    yield signed_in
    for context in contexts:
        context.close()


def set_up_second_factor(page):
    """What a person of a role that needs one does at the first sign-in."""
    key = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code from your authenticator app").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_role("link", name="I have kept them").click()
