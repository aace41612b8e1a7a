"""Named histories, each played end to end on one warehouse: what happened before must not matter to any of them.

After each, and after two further runs at most, staging, quarantine and every published mart equal the source row for
row.
"""

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


def written(*whats: str, writer: int = 0, pick: int = 1, value: int = 1) -> History:
    return [Write(writer, what, pick, value) for what in whats]


def past_triggers(*whats: str, pick: int = 1, value: int = 1) -> History:
    return [PastTriggers(what, pick, value) for what in whats]


SCENARIOS: dict[str, History] = {
    "a transaction stays open over two runs": [
        Transact(0, "begin"), *written("edit line", value=42), *written("new order", writer=1, value=14),
        Checkpoint(), Checkpoint(), Transact(0, "commit"),
    ],
    "a transaction stays open over a run and is rolled back": [
        Transact(0, "begin"), *written("edit line", "delete return", "rename segment"), Checkpoint(),
        Transact(0, "rollback"),
    ],
    "a savepoint is rolled back in a transaction that stays open": [
        Transact(0, "begin"), *written("edit line", value=9), Transact(0, "savepoint"),
        *written("delete line", "edit customer"), Checkpoint(), Transact(0, "rollback to savepoint"),
        *written("edit product"), Transact(0, "commit"),
    ],
    "a prepared transaction is committed after two runs": [
        Transact(0, "begin"), *written("edit line", "delete return"), Transact(0, "prepare"), Checkpoint(),
        *written("edit customer", writer=1), Checkpoint(), ResolvePrepared(commit=True),
    ],
    "a prepared transaction is rolled back": [
        Transact(0, "begin"), *written("delete line"), Transact(0, "prepare"), Checkpoint(),
        ResolvePrepared(commit=False),
    ],
    "an order is deleted and made again under its key": written("delete order and make it again", value=3),
    "an order is made, changed and deleted between two runs": written(
        "new order", "edit order", "delete order", value=14
    ),
    "keys that differ by case, accent and trailing blank are edited apart": [
        *written("customer to another segment", value=1, pick=1), *written("edit customer", pick=3, value=5),
        *written("product to another subcategory", value=1), *written("edit product", pick=2, value=8),
    ],
    "a customer's key changes": [
        *written("new customer", value=8), *written("customer's key changes", value=12),
    ],
    "a line changes to another product": written("line to another product", pick=4, value=5),
    "a line changes to another order": written("line to another order", pick=4, value=2),
    "a line changes its month": written("line moves its month", pick=6, value=77),
    "an order changes its month": written("order moves its month", pick=2, value=3),
    "rows change their month during a run": [
        StartRun(), *written("line moves its month", "order moves its month", "return moves its month", value=63),
        AwaitRun(),
    ],
    "a return changes to another order": written("return of another order", pick=1, value=16),
    "a return's key changes": written("return's key changes", pick=1, value=7),
    "only dimensions change": written("rename segment", "rename category", "rename subcategory", value=4),
    "a subcategory changes to another category": written("subcategory to another category", value=1, pick=1),
    "text of every kind": [
        step for value in range(18) for step in written("edit product", "edit customer", pick=value, value=value)
    ],
    "many rows of one instant": past_triggers("many rows of one instant"),
    "a stamp in the future": [
        *past_triggers("a stamp in the future"), Checkpoint(), *written("edit line", "touch line", value=8),
    ],
    "lines are truncated": [
        *written("truncate lines"), Checkpoint(), *written("new line", pick=2), *written("new line"),
    ],
    "a month is truncated and returns too": written("truncate a month", "truncate returns"),
    "four writers at once, during a run": [StartRun(), Burst(1500, 7), AwaitRun()],
    "two runs at once": [*written("edit line"), StartRun(), StartRun(), *written("edit line", value=2), AwaitRun()],
    "a run is killed at its start": [*written("edit line"), KillRun("check", 50)],
    "a run is killed while it takes in": [*written("edit line", "delete return"), KillRun("ingest", 40)],
    "a run is killed while it builds": [*written("edit line", "rename category"), KillRun("build", 150)],
    "a run is killed while it publishes": [*written("edit line", "rename segment"), KillRun("publish", 0)],
    "three runs are killed, each after other changes": [
        *written("edit line", value=3), KillRun("ingest", 100), *written("delete line"), KillRun("build", 20),
        *written("line moves its month", value=44), KillRun("publish", 5),
    ],
    "a first load is killed": [KillRun("ingest", 200)],
    "the source ends the connections of a run": [
        *written("edit line"), StartRun(), Pause(600), Cut("source"), AwaitRun(),
    ],
    "the warehouse ends the connections of a run": [
        *written("edit line"), StartRun(), Pause(900), Cut("warehouse"), AwaitRun(),
    ],
    "the work folder is lost during a run": [
        *written("edit line"), StartRun(), Pause(500), LoseWorkFolder(), AwaitRun(),
    ],
    "lines are edited, backdated and deleted past the triggers": [
        *past_triggers("line edited in silence", pick=3), *past_triggers("line backdated", pick=9),
        *past_triggers("line deleted in silence", pick=12),
    ],
    "customers are edited and renamed past the triggers": [
        *past_triggers("customer edited in silence", pick=3, value=4), *written("new customer", value=10),
        Checkpoint(), *past_triggers("customer's key changed in silence", value=11),
    ],
    "returns are truncated with triggers off": past_triggers("returns truncated with triggers off"),
    "lines are loaded with triggers off": [
        *written("delete line", pick=2), *past_triggers("line loaded with triggers off", pick=2, value=7),
    ],
    "a customer is lost, and comes late": [
        *past_triggers("customer lost", pick=2), Checkpoint(), *written("lost parents come back"),
    ],
    "an order and a product are lost, and come late": [
        *past_triggers("order lost", "product lost", pick=4), Checkpoint(), *written("lost parents come back"),
    ],
    "a segment is lost, and all that hangs on it": [
        *past_triggers("segment lost"), Checkpoint(), *written("lost parents come back"),
    ],
    "lines break rules, and are mended": [
        *written("negative quantity", pick=1), *written("discount above one", pick=2), *written("not a number", pick=3),
        *written("shipped before ordered", pick=5), *written("shipped at infinity", pick=7), Checkpoint(),
        *written("lines mended"),
    ],
    "an order breaks a rule with its lines, and is mended": [
        *written("ordered before Christ", pick=3), Checkpoint(), *written("edit line", "orders mended"),
    ],
    "a row that breaks a rule is deleted": [
        *written("negative quantity", pick=6), Checkpoint(), *written("delete line", pick=6),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def beginning(attack: Attack) -> Attack:
    """A source at its beginning, and no warehouse yet."""
    attack.begin_anew()
    return attack


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(beginning: Attack, scenario: str) -> None:
    beginning.go_on(SCENARIOS[scenario])
