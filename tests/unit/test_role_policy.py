"""The policy of roles and classes, and the check of values."""

from pathlib import Path

import pytest

from local.mariadb import statements_of
from warehouse.personal_data import likeness
from warehouse.policy import PolicyError, is_masked, read_policy


@pytest.mark.parametrize(
    ("role", "pii", "masked"),
    [
        ("manager", "none", False),
        ("manager", "name", True),
        ("manager", "contact", True),
        ("manager", "precise_location", True),
        ("executive", "name", False),
        ("executive", "contact", True),
        ("executive", "precise_location", False),
        ("executive", None, True),
        ("manager", "a class that came later", True),
    ],
)
def test_a_role_sees_a_class_as_the_policy_says(role, pii, masked):
    assert is_masked(read_policy(), role, pii) is masked


def test_a_word_that_is_none_of_the_vocabulary_is_refused(tmp_path: Path):
    path = tmp_path / "policy.yml"
    path.write_text("manager: {name: visible}")
    with pytest.raises(PolicyError, match="manager: name: visible is wrong"):
        read_policy(path)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (["ana@example.org", "bo@example.org", "x"], "look like an e-mail address"),
        (["+49 30 1234567", "(030) 123-4567", "030/1234 567"], "look like a phone number"),
        (["Bo Li", "New York"], "are those of a personal column"),
        (["2024-01-31", "2024-02-28"], None),
        (["US-2024-103800", "CA-2023-152156"], None),
        (["12345678", "23456789"], None),
        (["New York", "Berlin"], None),
        ([], None),
    ],
)
def test_values_that_look_personal_are_told(values, why):
    assert likeness(values, {"Bo Li"}) == why


def test_a_script_may_change_its_delimiter(tmp_path: Path):
    path = tmp_path / "script.sql"
    path.write_text("select 1;\ndelimiter //\nbegin\n  select 2;\nend//\ndelimiter ;\nselect\n3;\n")
    assert statements_of(path) == ["select 1", "begin\n  select 2;\nend", "select\n3"]
