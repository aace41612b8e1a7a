"""Signing in at a provider of identities: a small one of the tests' own, over HTTP."""

import socket

import httpx
import pytest
import sqlalchemy as sa
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.auth import sessions, users
from app.databases import engine
from app.oidc import name_in
from app.server import Door, routes
from app.settings import settings
from tests.integration.app.identity_provider import CLIENT_ID, CLIENT_SECRET, serving

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def provider():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(port) as provider:
        yield provider


@pytest.fixture
def client(people, provider, monkeypatch):
    provider.claims, provider.signs_with = {"email": "test-manager", "email_verified": True}, provider.key
    for name, value in {
        "OIDC_SERVER": f"{provider.address}/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_TITLE": "Example & Co",
    }.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    pages = [*routes(), Route("/sales", lambda request: PlainTextResponse("figures"))]
    with TestClient(Starlette(routes=pages, middleware=[Middleware(Door)]), follow_redirects=False) as client:
        yield client
    settings.cache_clear()


def go_to_provider(client):
    """The address by which the provider sends the person back."""
    led = client.get("/sign-in/oidc?next=/sales").headers["location"]
    return httpx.get(led).headers["location"].removeprefix("http://testserver")


def test_a_person_whom_the_provider_knows_has_the_role_that_is_theirs_here(client, provider):
    assert "Sign in with Example &amp; Co" in client.get("/sign-in").text
    provider.claims |= {"role": "administrator", "roles": ["administrator"]}
    assert client.get(go_to_provider(client)).headers["location"] == "/sales"
    assert client.get("/sales", headers=HTML).text == "figures"
    with engine(settings().app_url).begin() as connection:
        session = sessions.find_session(connection, client.cookies[sessions.COOKIE])
    assert (session.name, session.role, session.stage) == ("test-manager", "manager", "full")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"email": ["test-manager"]},
        {"email": "test-manager\0"},
    ],
)
def test_whom_nobody_here_is_stays_outside_and_is_not_made_a_user(client, provider, claims):
    provider.claims |= claims
    answer = client.get(go_to_provider(client))
    assert (answer.status_code, "There is no user" in answer.text) == (401, True)
    assert client.get("/sales", headers=HTML).status_code == 303
    with engine(settings().app_url).connect() as connection:
        assert connection.scalar(sa.text("select count(*) from users")) == 4


@pytest.mark.parametrize(
    "claims", [{"aud": "another app"}, {"iss": "https://evil.example"}, {"nonce": "old"}, {"exp": 1}], ids=str
)
def test_a_token_that_was_not_made_for_this_sign_in_is_not_taken(client, provider, claims):
    provider.claims |= claims
    assert client.get(go_to_provider(client)).status_code == 401
    assert sessions.COOKIE not in client.cookies


def test_a_token_of_another_signer_is_not_taken(client, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert client.get(go_to_provider(client)).status_code == 401
    assert sessions.COOKIE not in client.cookies


def test_the_way_back_is_of_no_use_in_another_browser_nor_twice(client):
    back = go_to_provider(client)
    state = dict(client.cookies)
    client.cookies.clear()
    assert client.get(back).status_code == 401
    client.cookies.update(state)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 401


def test_an_executive_gives_the_second_factor_and_a_disabled_user_stays_outside(client, provider, people):
    provider.claims |= {"email": "test-executive"}
    assert client.get(go_to_provider(client)).headers["location"].startswith("/sign-in/code")
    with engine(settings().app_url).begin() as connection:
        users.set_disabled(connection, people["executive"], True)
    assert client.get(go_to_provider(client)).status_code == 401


def test_without_a_provider_there_is_no_such_way_in(people):
    settings.cache_clear()
    with TestClient(Starlette(routes=routes()), follow_redirects=False) as client:
        assert "oidc" not in client.get("/sign-in").text
        for path in ("/sign-in/oidc", "/sign-in/oidc/back?code=x&state=y"):
            assert client.get(path).headers["location"] == "/sign-in"


def test_another_claim_can_hold_the_name():
    assert name_in({"preferred_username": "mona"}, "preferred_username") == "mona"
