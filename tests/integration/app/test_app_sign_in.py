"""Who gets in, and who does not."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
import sqlalchemy as sa

from app.auth import passwords, second_factor, sessions, throttle, users
from app.auth.second_factor import SecretBox
from app.auth.signing_in import RefusedError, give_code, sign_in
from app.auth.throttle import ThrottledError
from app.databases import engine
from tests.integration.app.conftest import PASSWORD


@pytest.fixture
def box(tmp_path):
    return SecretBox(tmp_path / "app.key")


def session_of(app_url, token):
    with engine(app_url).begin() as connection:
        return sessions.find_session(connection, token)


def test_the_right_password_opens_a_session_of_which_the_database_keeps_a_hash(app_url, people):
    opened = sign_in(engine(app_url), "TEST-Manager ", PASSWORD)
    assert opened.stage == "full"
    assert len(bytes.fromhex(opened.token)) * 8 == 128
    session = session_of(app_url, opened.token)
    assert (session.name, session.role, session.is_open) == ("test-manager", "manager", True)
    with engine(app_url).connect() as connection:
        everything = connection.execute(sa.text("select * from sessions")).all()
    assert opened.token not in str(everything)


@pytest.mark.parametrize(
    ("name", "password"), [("test-manager", "wrong password, long"), ("nobody", PASSWORD), ("", "")]
)
def test_the_words_are_the_same_whatever_was_wrong(app_url, people, name, password):
    with pytest.raises(RefusedError, match=r"^The name or the password is wrong\.$"):
        sign_in(engine(app_url), name, password)


def test_a_disabled_user_is_told_the_same(app_url, people):
    with engine(app_url).begin() as connection:
        users.set_disabled(connection, people["manager"], True)
    with pytest.raises(RefusedError, match="wrong"):
        sign_in(engine(app_url), "test-manager", PASSWORD)


def test_known_and_unknown_users_take_the_same_time(app_url, people, monkeypatch):
    """200 tries in turn, of 8 rounds, which are enough to tell a hash that is not computed; medians within 10 %."""
    monkeypatch.setattr(passwords, "ROUNDS", 8)
    passwords.nobodys_hash.cache_clear()
    passwords.nobodys_hash()
    with engine(app_url).begin() as connection:
        users.set_password(connection, people["manager"], "another long password of mine")
    monkeypatch.setattr(throttle, "FREE_TRIES", 10_000)
    took = {"test-manager": [], "nobody-here": []}
    for _ in range(100):
        for name, times in took.items():
            started = time.perf_counter()
            with pytest.raises(RefusedError):
                sign_in(engine(app_url), name, "a wrong password")
            times.append(time.perf_counter() - started)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) / known < 0.1


def test_of_a_thousand_guesses_over_ten_sessions_few_reach_the_hash_and_the_user_gets_in_again(
    app_url, people, monkeypatch
):
    hashed = []
    monkeypatch.setattr("app.auth.signing_in.matches", lambda *a: hashed.append(a) or passwords.matches(*a))

    def guess(number):
        try:
            sign_in(engine(app_url), "test-manager", f"guess number {number}")
        except (RefusedError, ThrottledError) as error:
            return type(error)

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(guess, range(1_000)))
    assert set(outcomes) == {RefusedError, ThrottledError}
    assert len(hashed) <= 100
    with engine(app_url).begin() as connection:  # the wait is over
        connection.execute(sa.text("update throttles set blocked_until = clock_timestamp()"))
    assert sign_in(engine(app_url), "test-manager", PASSWORD).stage == "full"


def test_the_wait_grows_with_each_failure_from_the_fifth_on(app_url, people):
    waits = []
    for _ in range(9):
        with engine(app_url).begin() as connection:
            connection.execute(sa.text("update throttles set blocked_until = clock_timestamp()"))
            throttle.count_try(connection, "password:somebody")
        try:
            with engine(app_url).begin() as connection:
                throttle.count_try(connection, "password:somebody")
                connection.rollback()
            waits.append(0)
        except ThrottledError as error:
            waits.append(error.seconds)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16]


def test_an_executive_needs_the_second_factor_and_each_code_works_once(app_url, people, box):
    with engine(app_url).begin() as connection:
        secret = users.offer_second_factor(connection, people["executive"], box)
    assert sign_in(engine(app_url), "test-executive", PASSWORD).stage == "enrol"
    code = pyotp.TOTP(secret).now()
    with engine(app_url).begin() as connection:
        codes = users.confirm_second_factor(connection, people["executive"], code, box)
    assert len(set(codes)) == 10
    opened = sign_in(engine(app_url), "test-executive", PASSWORD)
    assert opened.stage == "second_factor"
    pending = session_of(app_url, opened.token)
    with pytest.raises(RefusedError):  # the code that switched it on was used
        give_code(engine(app_url), pending, code, box)
    full = give_code(engine(app_url), pending, codes[3].upper(), box)
    assert full.stage == "full"
    assert full.token != opened.token
    assert not session_of(app_url, opened.token).is_open
    again = session_of(app_url, sign_in(engine(app_url), "test-executive", PASSWORD).token)
    with pytest.raises(RefusedError):
        give_code(engine(app_url), again, codes[3], box)


def test_the_secret_and_the_codes_are_not_to_be_read_in_the_database(app_url, people, box):
    with engine(app_url).begin() as connection:
        secret = users.offer_second_factor(connection, people["executive"], box)
        codes = second_factor.new_recovery_codes(connection, people["executive"])
    with engine(app_url).connect() as connection:
        text = str(connection.execute(sa.text("select * from users")).all())
        text += str(connection.execute(sa.text("select * from recovery_codes")).all())
        text += str(connection.execute(sa.text("select * from audit.changes")).all())
    assert secret not in text
    assert not any(code in text or code.replace("-", "") in text for code in codes)


def test_codes_are_guessed_as_slowly_as_passwords(app_url, people, box):
    with engine(app_url).begin() as connection:
        users.offer_second_factor(connection, people["executive"], box)
        users.trust_second_factor(connection, people["executive"])
    pending = session_of(app_url, sign_in(engine(app_url), "test-executive", PASSWORD).token)
    for _ in range(5):
        with pytest.raises(RefusedError):
            give_code(engine(app_url), pending, "000000", box)
    with pytest.raises(ThrottledError):
        give_code(engine(app_url), pending, "000000", box)


@pytest.mark.parametrize("change", ["role", "password", "disable", "second factor"])
def test_a_change_of_role_or_password_ends_all_sessions(app_url, people, change):
    tokens = [sign_in(engine(app_url), "test-manager", PASSWORD).token for _ in range(2)]
    with engine(app_url).begin() as connection:
        if change == "role":
            users.set_role(connection, people["manager"], "associate")
        elif change == "password":
            users.set_password(connection, people["manager"], "another long password of mine")
        elif change == "disable":
            users.set_disabled(connection, people["manager"], True)
        else:
            users.remove_second_factor(connection, people["manager"])
    assert not any(session_of(app_url, token).is_open for token in tokens)


@pytest.mark.parametrize(("column", "age"), [("last_seen_at", "31 minutes"), ("created_at", "13 hours")])
def test_a_session_ends_after_half_an_hour_idle_and_after_twelve_hours(app_url, people, column, age):
    token = sign_in(engine(app_url), "test-manager", PASSWORD).token
    with engine(app_url).begin() as connection:
        connection.execute(sa.text(f"update sessions set {column} = clock_timestamp() - interval '{age}'"))
    assert not session_of(app_url, token).is_open


def test_the_last_five_passwords_are_refused(app_url, people):
    with engine(app_url).begin() as connection:
        for number in range(5):
            users.set_password(connection, people["manager"], f"quite a long password {number}")
        for former in range(5):
            with pytest.raises(passwords.PasswordError, match="last 5"):
                users.set_password(connection, people["manager"], f"quite a long password {former}")
        users.set_password(connection, people["manager"], PASSWORD)


def test_the_only_administrator_stays_one(app_url, people):
    with engine(app_url).begin() as connection, pytest.raises(users.UserError, match="only administrator"):
        users.set_role(connection, people["administrator"], "manager")
