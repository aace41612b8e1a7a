"""Which passwords are taken."""

import bcrypt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.auth import passwords
from app.auth.passwords import PasswordError, check_password, common_passwords, hash_password, matches


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(passwords, "ROUNDS", 4)


@pytest.mark.parametrize(
    ("password", "second_factor", "words"),
    [
        ("fourteen chars", False, "15 characters"),
        ("seven77", True, "8 characters"),
        ("x" * 129, False, "128 characters"),
        ("a bell\x07 in the password", False, "control characters"),
        ("Tidemark Superstore!", False, "easily guessed"),
        ("mona.lisa mona.lisa", False, "easily guessed"),
        ("aaaaaaaaaaaaaaaa", False, "easily guessed"),
        ("Iloveyou1", True, "guessed first"),
        ("correct horse battery staple", False, None),
        ("пароль из многих слов", False, None),
        ("山田太郎山田花子東京都渋谷区の猫", False, None),
        ("        spaces count too        ", False, None),
    ],
)
def test_length_counts_and_guessable_passwords_do_not_pass(password, second_factor, words):
    if words is None:
        check_password(password, "mona.lisa", second_factor)
        return
    with pytest.raises(PasswordError, match=words):
        check_password(password, "mona.lisa", second_factor)


def test_the_three_thousand_most_common_passwords_are_refused():
    assert len(common_passwords()) == 3_000
    assert {"password", "iloveyou1", "qwertyuiop"} < common_passwords()
    for password in common_passwords():
        with pytest.raises(PasswordError):
            check_password(password.upper(), "mona", second_factor=True)


def test_a_password_that_was_used_before_is_refused():
    with pytest.raises(PasswordError, match="last 5"):
        check_password("correct horse battery staple", "mona", False, [hash_password("correct horse battery staple")])


def test_passwords_are_hashed_by_bcrypt_with_twelve_rounds(monkeypatch):
    monkeypatch.undo()
    kept = hash_password("correct horse battery staple")
    assert kept.startswith("$2b$12$")
    assert bcrypt.checkpw(b"correct horse battery staple", kept.encode())


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=64))
def test_every_character_of_a_long_password_counts(password):
    kept = hash_password(password)
    assert matches(password, kept)
    assert not matches(password + "x", kept)


def test_characters_beyond_the_72nd_byte_count():
    kept = hash_password("山" * 63 + "田")
    assert matches("山" * 63 + "田", kept)
    assert not matches("山" * 64, kept)
