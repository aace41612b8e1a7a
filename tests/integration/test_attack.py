"""Random histories of writers, kills and cuts: after two runs at most, the warehouse is what the source says.

A failure prints its seed; `python -m tests.soak --seed N --rounds 1` plays it again, and makes it smaller.
"""

import random

import pytest

from tests.soak.drawing import play_drawn
from tests.soak.play import Attack, Unequal
from tests.soak.steps import Checkpoint, Transact, Write

SEEDS = (1, 2)


@pytest.mark.parametrize("seed", [*SEEDS, "fresh"])
def test_a_random_history_ends_equal(attack: Attack, seed: int | str) -> None:
    number = random.SystemRandom().randrange(1_000_000) if seed == "fresh" else int(seed)
    print(f"the seed of this history is {number}")
    play_drawn(attack, number, shrink=False)


SABOTAGES = {  # a history, and what the harness says of it
    "greatest_timestamp_cursor": (
        [
            Transact(0, "begin"), Write(0, "edit line", 3, 42), Write(1, "edit line", 4, 7), Checkpoint(),
            Transact(0, "commit"),
        ],
        "staging of order_products: 1 missing, 1 too many",
    ),
    "ignored_deletes": (
        [Checkpoint(), Write(0, "delete line", 5, 0)],
        "staging of order_products: 0 missing, 1 too many",
    ),
    "case_blind_collation": ([Checkpoint()], "the source holds two rows of one key"),
}  # fmt: skip


@pytest.mark.parametrize("defect", SABOTAGES)
def test_a_pipeline_with_a_defect_is_caught(attack: Attack, defect: str) -> None:
    """The same histories end equal without the defect: among the scenarios."""
    history, told = SABOTAGES[defect]
    attack.begin_anew()
    attack.sabotage = defect
    try:
        with pytest.raises(Unequal) as caught:
            attack.go_on(history)
    finally:
        attack.sabotage = ""
    assert told in str(caught.value)
