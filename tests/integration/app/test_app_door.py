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

from app.auth import questions, sessions, users
from app.databases import engine
from app.http import box
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
    app = Starlette(routes=routes(), middleware=[Middleware(Door)])
    with TestClient(app, base_url="https://tidemark.example", follow_redirects=False) as client:
        answer = sign_in(client)
        assert answer.headers["set-cookie"].startswith(f"__Host-{sessions.COOKIE}=")
        assert "secure" in answer.headers["set-cookie"].lower()
        assert answer.headers["strict-transport-security"]
        client.get("/sign-out")
        assert not client.cookies


def test_every_answer_has_the_security_headers(client):
    for path in ("/sign-in", "/sales", "/nothing"):
        headers = client.get(path, headers=HTML).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_form_that_another_site_sent_is_refused(client):
    assert sign_in(client, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert sign_in(client, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/a\n/evil",
        "/a\\b",
        "javascript:alert(1)",
    ],
)
def test_the_way_on_stays_on_this_site(client, place):
    answer = client.post("/sign-in", params={"next": place}, data={"name": "test-manager", "password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_hostile_text_is_shown_as_text(client):
    page = client.get("/sign-in", params={"next": '/"><script>alert(1)</script>'}).text
    assert "<script>" not in page


@pytest.mark.parametrize(
    "data",
    [
        {"name": "nul\0", "password": "nul\0"},
        {"name": "x" * 5_000, "password": "y" * 5_000},
        {"name": "\ud800".encode("utf-8", "surrogatepass"), "password": "' or 1=1 --"},
        {"name": "İ", "password": "İ"},
        {},
    ],
)
def test_whatever_is_typed_is_refused_in_the_same_words(client, data):
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 401
    assert "The name or the password is wrong." in answer.text


def test_a_form_of_another_size_or_kind_is_not_read(client):
    assert client.post("/sign-in", data={"name": "x" * 20_000}).status_code == 413
    assert client.post("/sign-in", data={str(n): "x" for n in range(20)}).status_code == 400


@pytest.mark.parametrize("path", ["/media/0123.csv", "/_stcore/upload_file/a/b"])
def test_files_of_people_are_not_given_to_who_is_not_signed_in(client, path):
    assert client.get(path).status_code == 401
    sign_in(client)
    assert client.get(path).status_code == 404  # asked of the pages, which these tests do not have


def test_the_dbt_docs_are_for_who_reads_the_warehouse(client):
    assert client.get("/dbt-docs").status_code == 303
    sign_in(client, "test-associate")
    assert client.get("/dbt-docs").status_code == 403
    sign_in(client)
    assert client.get("/dbt-docs").status_code == 404  # there was no run yet


def test_the_dbt_docs_are_served_once_a_run_has_written_them(client, people):
    folder = settings().tidemark_home / "work" / "dbt" / "mariadb"
    folder.mkdir(parents=True, exist_ok=True)
    docs = folder / "static_index.html"
    docs.write_text("<!doctype html>lineage")
    try:
        assert client.get("/dbt-docs").status_code == 303
        for role, status in (("associate", 403), ("manager", 200), ("executive", 200), ("administrator", 200)):
            with engine(settings().app_url).begin() as connection:
                client.cookies.set(sessions.COOKIE, sessions.start_session(connection, people[role], "full"))
            answer = client.get("/dbt-docs")
            assert (answer.status_code, "lineage" in answer.text) == (status, status == 200), role
        with engine(settings().app_url).begin() as connection:
            sessions.end_sessions_of(connection, people["administrator"])
        assert client.get("/dbt-docs").status_code == 303
    finally:
        docs.unlink()


def test_a_second_factor_cannot_be_replaced_by_who_had_the_password_before_it_was_set_up(client, people):
    with engine(settings().app_url).begin() as connection:
        users.remove_second_factor(connection, people["executive"])
    sign_in(client, "test-executive")
    with engine(settings().app_url).begin() as connection:
        secret = users.offer_second_factor(connection, people["executive"], box())
        users.trust_second_factor(connection, people["executive"])
    assert client.get("/sign-in/enrol").headers["location"] == "/sign-in"
    with engine(settings().app_url).connect() as connection:
        user = users.user_by_id(connection, people["executive"])
        assert user.totp_confirmed
        assert box().open(user.totp_secret) == secret


def test_a_code_of_other_letters_is_wrong_and_nothing_worse(client, people):
    with engine(settings().app_url).begin() as connection:
        users.offer_second_factor(connection, people["executive"], box())
        users.trust_second_factor(connection, people["executive"])
    sign_in(client, "test-executive")
    assert client.post("/sign-in/code", data={"code": "１２３456ü\0"}).status_code == 401


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
    codes = re.findall(r"<li>(\w{6}(?:-\w{6}){3})</li>", done.text)
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


ANSWERS = [(question, f"my answer {n}") for n, question in enumerate(questions.QUESTIONS[:3])]
GIVEN = {f"answer{n}": f"  My ANSWER {n - 1}" for n in (1, 2, 3)}
CHOSEN = {"password": "my own password, long", "again": "my own password, long"}


@pytest.fixture
def reset_code(client, people, monkeypatch):
    """A code for the manager, who has answered three questions."""
    asked = settings().model_copy(update={"security_questions": True})
    monkeypatch.setattr("app.server.settings", lambda: asked)
    monkeypatch.setattr("app.reset.settings", lambda: asked)
    with engine(settings().app_url).begin() as connection:
        questions.set_answers(connection, people["manager"], ANSWERS)
        return questions.give_reset_code(connection, people["manager"])


def start_reset(client, code, name="test-manager"):
    return client.post("/sign-in/reset", data={"name": name, "code": code})


def test_security_questions_are_off_unless_they_are_switched_on(client):
    assert "reset" not in client.get("/sign-in").text
    for path in ("/sign-in/reset", "/sign-in/answers"):
        assert client.get(path).headers["location"] == "/sign-in"


def test_a_reset_code_and_three_answers_make_a_new_password_once(client, reset_code):
    before = sign_in(client).headers["set-cookie"]
    assert "/sign-in/reset" in client.get("/sign-in").text
    assert start_reset(client, reset_code.upper()).headers["location"].startswith("/sign-in/answers")
    assert client.get("/sales", headers=HTML).status_code == 303
    assert ANSWERS[1][0] in client.get("/sign-in/answers").text
    short = {"password": "too short", "again": "too short"}
    assert client.post("/sign-in/answers", data=GIVEN | short).status_code == 422
    assert client.post("/sign-in/answers", data=GIVEN | CHOSEN).status_code == 303
    assert client.get("/sales", headers=HTML).text == "figures"
    client.cookies.clear()
    assert client.get("/sales", headers=HTML | {"cookie": before}).status_code == 303
    assert start_reset(client, reset_code).status_code == 401
    assert sign_in(client, password=CHOSEN["password"]).headers["location"] == "/sales"


def test_all_three_answers_are_needed_and_five_tries_use_the_code_up(client, reset_code):
    start_reset(client, reset_code)
    for _ in range(5):
        answer = client.post("/sign-in/answers", data=GIVEN | CHOSEN | {"answer3": "something else"})
        assert (answer.status_code, "Not all three" in answer.text) == (401, True)
    assert "used up" in client.post("/sign-in/answers", data=GIVEN | CHOSEN).text
    assert start_reset(client, reset_code).status_code == 401


def test_answers_are_not_taken_from_who_has_a_second_factor(client, reset_code, people):
    start_reset(client, reset_code)
    with engine(settings().app_url).begin() as connection:
        users.trust_second_factor(connection, people["manager"])
    assert client.post("/sign-in/answers", data=GIVEN | CHOSEN).status_code == 401
    with engine(settings().app_url).begin() as connection:
        for role in ("manager", "executive"):
            with pytest.raises(users.UserError):
                questions.set_answers(connection, people[role], ANSWERS)
            with pytest.raises(users.UserError):
                questions.give_reset_code(connection, people[role])


def test_reset_codes_are_guessed_as_slowly_as_passwords_and_the_words_are_the_same(client, reset_code):
    wrong = [start_reset(client, "wrong", name) for name in ("test-manager", "test-associate", "nobody")]
    assert {answer.status_code for answer in wrong} == {401}
    assert len({re.search("<p role=.*?</p>", answer.text)[0] for answer in wrong}) == 1
    assert [start_reset(client, "wrong").status_code for _ in range(5)] == [401] * 4 + [429]


def test_another_site_cannot_sign_anybody_out(client):
    sign_in(client)
    client.get("/sign-out", headers={"sec-fetch-site": "cross-site"})
    with engine(settings().app_url).connect() as connection:
        assert connection.scalar(sa.text("select count(*) from sessions where ended_at is null")) == 1
