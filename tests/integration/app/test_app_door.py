"""The sign-in over HTTP: cookies, headers, and forms of other sites."""

import re

import pyotp
import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.auth import sessions, users
from app.databases import engine
from app.server import Door, routes
from app.settings import settings
from tests.integration.app.conftest import PASSWORD

HTML = {"accept": "text/html"}


@pytest.fixture
def client(people):
    settings.cache_clear()
    app = Starlette(
        routes=[*routes(), Route("/sales", lambda request: PlainTextResponse("figures"))], middleware=[Middleware(Door)]
    )
    with TestClient(app, follow_redirects=False) as client:
        yield client


def sign_in(client, name="test-manager", password=PASSWORD, **more):
    return client.post("/sign-in?next=/sales", data={"name": name, "password": password}, **more)


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(client):
    led = client.get("/sales?region=East", headers=HTML)
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=%2Fsales%3Fregion%3DEast")
    assert sign_in(client).headers["location"] == "/sales"
    assert client.get("/sales", headers=HTML).text == "figures"


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(client):
    cookie = sign_in(client).headers["set-cookie"].lower()
    assert cookie.startswith(f"{sessions.COOKIE}=")
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_over_https_the_cookie_is_secure(people):
    settings.cache_clear()
    with TestClient(Starlette(routes=routes()), base_url="https://tidemark.example", follow_redirects=False) as client:
        assert "secure" in sign_in(client).headers["set-cookie"].lower()


def test_every_answer_has_the_security_headers(client):
    for path in ("/sign-in", "/sales", "/nothing"):
        headers = client.get(path, headers=HTML).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_form_that_another_site_sent_is_refused(client):
    assert sign_in(client, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert sign_in(client, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize("place", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_the_way_on_stays_on_this_site(client, place):
    answer = client.post("/sign-in", params={"next": place}, data={"name": "test-manager", "password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_hostile_text_is_shown_as_text(client):
    page = client.get("/sign-in", params={"next": '/"><script>alert(1)</script>'}).text
    assert "<script>" not in page


def test_a_wrong_password_is_told_and_the_sixth_try_waits(client):
    answers = [sign_in(client, password="wrong wrong wrong").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_an_executive_sets_up_the_second_factor_and_sees_the_codes_once(client, people):
    with engine(settings().app_url).begin() as connection:
        users.remove_second_factor(connection, people["executive"])
    assert sign_in(client, "test-executive").headers["location"].startswith("/sign-in/enrol")
    assert client.get("/sales", headers=HTML).status_code == 303
    page = client.get("/sign-in/enrol?next=/sales").text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    wrong = client.post("/sign-in/enrol", data={"code": "000000"})
    assert wrong.status_code == 401
    done = client.post("/sign-in/enrol?next=/sales", data={"code": pyotp.TOTP(secret).now()})
    codes = re.findall(r"<li>(\w{5}-\w{5})</li>", done.text)
    assert len(codes) == 10
    assert client.get("/sales", headers=HTML).text == "figures"
    client.get("/sign-out")
    assert sign_in(client, "test-executive").headers["location"].startswith("/sign-in/code")
    assert client.post("/sign-in/code?next=/sales", data={"code": codes[0]}).headers["location"] == "/sales"


def test_a_password_that_was_given_has_to_be_changed_first(client, people):
    with engine(settings().app_url).begin() as connection:
        users.set_password(connection, people["manager"], "a given password, long", must_change=True)
    assert sign_in(client, password="a given password, long").headers["location"].startswith("/sign-in/password")
    assert client.get("/sales", headers=HTML).status_code == 303
    chosen = {"password": "my own password, long", "again": "my own password, long"}
    assert client.post("/sign-in/password", data={**chosen, "again": "x"}).status_code == 422
    assert client.post("/sign-in/password?next=/sales", data=chosen).headers["location"] == "/sales"
    assert client.get("/sales", headers=HTML).text == "figures"


def test_signing_out_ends_the_session_itself_not_only_the_cookie(client):
    sign_in(client)
    token = client.cookies[sessions.COOKIE]
    client.get("/sign-out")
    client.cookies.set(sessions.COOKIE, token)
    assert client.get("/sales", headers=HTML).status_code == 303


def test_another_site_cannot_sign_anybody_out(client):
    sign_in(client)
    client.get("/sign-out", headers={"sec-fetch-site": "cross-site"})
    with engine(settings().app_url).connect() as connection:
        assert connection.scalar(sa.text("select count(*) from sessions where ended_at is null")) == 1
