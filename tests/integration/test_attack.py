"""Random histories of writers, kills and cuts: after two runs at most, the warehouse is what the source says.

A failure prints its seed; `python -m tests.soak --source shop --seed N --rounds 1` plays it again, and shrinks it.
"""

import random

import pytest

from tests.soak.drawing import play_drawn
from tests.soak.play import Attack, Unequal
from tests.soak.steps import Checkpoint, Pause, Transact, Write

ATTACKS = {"superstore": "attack", "shop": "shop_attack"}


@pytest.mark.parametrize(("source", "seed"), [("superstore", 1), ("superstore", "fresh"), ("shop", "fresh")])
def test_a_random_history_ends_equal(request: pytest.FixtureRequest, source: str, seed: int | str) -> None:
    attack: Attack = request.getfixturevalue(ATTACKS[source])
    number = random.SystemRandom().randrange(1_000_000) if seed == "fresh" else int(seed)
    print(f"the seed of this history is {number}")
    play_drawn(attack, number, shrink=False)


SABOTAGES = {  # a history, and what the harness says of it
    ("superstore", "greatest_timestamp_cursor"): (
        [
            Transact(0, "begin"), Write(0, "edit line", 3, 42), Write(1, "edit line", 4, 7), Checkpoint(),
            Transact(0, "commit"),
        ],
        "staging of order_products: 1 missing, 1 too many",
    ),
    ("superstore", "ignored_deletes"): (
        [Checkpoint(), Write(0, "delete line", 5, 0)],
        "staging of order_products: 0 missing, 1 too many",
    ),
    ("superstore", "case_blind_collation"): ([Checkpoint()], "the source holds two rows of one key"),
    ("shop", "greatest_timestamp_cursor"): (
        [
            Transact(0, "begin"), Write(0, "edit item", 3, 42), Pause(50), Write(1, "edit item", 4, 7), Checkpoint(),
            Transact(0, "commit"),
        ],
        "staging of order_items: 1 missing, 1 too many",
    ),
    ("shop", "ignored_deletes"): (
        [Checkpoint(), Write(0, "delete item", 20, 0)],
        "staging of order_items: 0 missing, 1 too many",
    ),
    ("shop", "ignored_truncation"): (
        [Checkpoint(), Write(0, "truncate returns", 0, 0)], "staging of returns: 0 missing, 5 too many",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "defect"), SABOTAGES)
def test_a_pipeline_with_a_defect_is_caught(request: pytest.FixtureRequest, source: str, defect: str) -> None:
    """The same histories end equal without the defect: among the scenarios."""
    attack: Attack = request.getfixturevalue(ATTACKS[source])
    history, told = SABOTAGES[source, defect]
    attack.begin_anew()
    attack.sabotage = defect
    try:
        with pytest.raises(Unequal) as caught:
            attack.go_on(history)
    finally:
        attack.sabotage = ""
    assert told in str(caught.value)
