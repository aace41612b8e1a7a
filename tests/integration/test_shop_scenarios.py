"""Named histories of the shop, each played end to end on one warehouse; what `test_scenarios` says holds here too."""

import pytest

from tests.soak.play import Attack
from tests.soak.steps import (
    AwaitRun,
    Burst,
    Checkpoint,
    Cut,
    History,
    KillRun,
    LoseWorkFolder,
    PastTriggers,
    Pause,
    ResolvePrepared,
    StartRun,
    Transact,
    Write,
)

FIRST, SECOND = 0, 1  # writers; transactions of the second are XA


def written(*whats: str, writer: int = FIRST, pick: int = 1, value: int = 1) -> History:
    return [Write(writer, what, pick, value) for what in whats]


def past_triggers(*whats: str, pick: int = 1, value: int = 1) -> History:
    return [PastTriggers(what, pick, value) for what in whats]


SCENARIOS: dict[str, History] = {
    "a transaction stays open over a run, after a savepoint was rolled back": [
        Transact(FIRST, "begin"), *written("edit item", value=42), Transact(FIRST, "savepoint"),
        *written("delete payment", "edit product"), Transact(FIRST, "rollback to savepoint"),
        *written("edit item", writer=SECOND, pick=9), Checkpoint(), Transact(FIRST, "commit"),
    ],
    "XA transactions are prepared over a run, then committed and rolled back": [
        Transact(SECOND, "begin"), *written("edit item", "delete return", writer=SECOND), Transact(SECOND, "prepare"),
        *written("edit customer"), Checkpoint(), ResolvePrepared(commit=True), Checkpoint(),
        Transact(SECOND, "begin"), *written("delete payment", writer=SECOND), Transact(SECOND, "prepare"), Checkpoint(),
        ResolvePrepared(commit=False),
    ],
    "rows are deleted and made again under their keys, and keys change": [
        *written("delete order and make it again", value=3),
        *written("new customer", "new product", value=9), *written("customer's key changes", value=8),
        *written("item's key changes", pick=7, value=41), *written("return's key changes", value=7),
        *written("payment's key changes", value=21), *written("new order", "edit order", "delete order", value=14),
    ],
    "rows change to other orders and to other months, and many at once": [
        *written("item to another order", pick=4, value=2), *written("return of another order", pick=2, value=5),
        *written("return of another item", pick=1, value=11), *written("payment of another order", pick=3, value=6),
        *written("order moves its month", "return moves its month", value=13), Checkpoint(),
        *written("many items at once", value=4), Checkpoint(), *written("a writer with another time zone", value=5),
    ],
    "money of every kind: nothing worth, partial, more than was sold, below zero": [
        *written("item given away", pick=2), *written("item given away", pick=14), *written("item given away", pick=26),
        *(step for value in range(300, 600, 30) for step in written(
            "new payment", "new return of an order", "new return of an item", "new item", pick=value // 30, value=value
        )),
        *written("return of an item becomes one of its order", pick=0),
        *written("new order that nobody paid", value=14),
    ],
    "telephones, categories and text of every kind": [
        step for value in range(20) for step in written(
            "edit customer", "product to another category", "edit product", pick=value, value=value
        )
    ],
    "tables are truncated and made anew": [
        *written("truncate returns", "truncate payments", "items' table is made anew"), Checkpoint(),
        *written("new payment", "new return of an order", value=5),
    ],
    "many rows of one instant, and a stamp in the future": [
        *past_triggers("many rows of one instant", "a stamp in the future"), Checkpoint(), *written("touch item"),
        *written("edit item", value=8),
    ],
    "four writers at once, during a run": [
        StartRun(), Burst(1000, 7), AwaitRun(),
    ],
    "a run is killed at its start, while it takes in, while it builds and while it publishes": [
        *written("edit item", value=2), KillRun("check", 50),
        *written("edit item", "delete payment", value=3), KillRun("ingest", 40),
        *written("new payment", value=450), KillRun("build", 150),
        *written("delete item", pick=5), KillRun("publish", 0),
    ],
    "the source and the warehouse end the connections of a run, and the work folder is lost": [
        *written("edit item", value=5), StartRun(), Pause(300), Cut("source"), AwaitRun(),
        *written("edit item", value=6), StartRun(), Pause(700), Cut("warehouse"), LoseWorkFolder(), AwaitRun(),
    ],
    "rows are edited, backdated, deleted and loaded past the triggers": [
        *past_triggers("item edited in silence", pick=3), *past_triggers("item backdated", pick=9),
        *past_triggers("item deleted in silence", "payment deleted in silence", pick=2),
        *past_triggers("item loaded with triggers off", value=43),
        *past_triggers("customer edited in silence", value=4),
    ],
    "parents are lost, and come late": [
        *past_triggers("customer lost", "product lost", "order lost", pick=2), Checkpoint(),
        *written("lost parents come back"),
    ],
    "rules are broken, days are none, and all is mended": [
        *written("negative quantity", "ordered on the 31st of February"), *written("negative price", pick=4),
        *written("paid on no day", "returned on no day", "entered on no day", pick=2),
        *written("ordered in another century", pick=3), Checkpoint(), *written("items mended", "days mended", value=6),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def beginning(shop_attack: Attack) -> Attack:
    """A shop at its beginning, and no warehouse yet."""
    shop_attack.begin_anew()
    return shop_attack


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(beginning: Attack, scenario: str) -> None:
    beginning.go_on(SCENARIOS[scenario])
