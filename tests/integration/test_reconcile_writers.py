"""What is written in the source while it is reconciled is no difference: everything is compared at one instant."""

import random
import threading
import time

from ingestion.reconcile import reconcile
from tests.integration.ingestion_place import NO_MARGIN, Place, place  # noqa: F401
from tests.integration.test_reconcile_tables import behind_the_triggers, compared, found, loaded  # noqa: F401

SECONDS = 6


def write(place: Place, seed: int, stop: threading.Event) -> None:  # noqa: F811
    """Transactions of some statements, some long, some rolled back."""
    dice = random.Random(seed)
    with place.oltp() as connection:
        connection.autocommit = False
        while not stop.is_set():
            for _ in range(dice.randint(1, 5)):
                key = f"item-{dice.randint(1, 300) * 3 + seed}"
                connection.execute("update items set amount = amount + 1 where item_id = %s", (key,))
                connection.execute("delete from lines where item_id = %s", (key,))
                connection.execute(
                    "insert into lines values (%s, 1, date '2025-01-01' + %s, 5, now()) on conflict do nothing",
                    (key, dice.randint(0, 55)),
                )
                connection.execute("delete from items where item_id = %s and amount > 1010", (key,))
                connection.execute("insert into items values (%s, 'n', 1) on conflict do nothing", (key,))
            time.sleep(dice.choice([0, 0, 0.01, 0.3]))
            connection.rollback() if dice.random() < 0.2 else connection.commit()
        connection.rollback()


def test_writers_meanwhile_cause_no_differences_and_all_ends_equal(loaded: Place) -> None:  # noqa: F811
    stop = threading.Event()
    writers = [threading.Thread(target=write, args=(loaded, seed, stop)) for seed in range(3)]
    for writer in writers:
        writer.start()
    try:
        rounds, until = 0, time.monotonic() + SECONDS
        while time.monotonic() < until or rounds < 2:
            assert found(compared(loaded)) == set()
            result = reconcile(loaded.source, loaded.extract_url, loaded.load_url, loaded.work_dir, margin=NO_MARGIN)
            assert found(result) == set()
            assert all(table.equal and table.different_buckets == 0 for table in result.tables)
            rounds += 1
        behind_the_triggers(loaded, "insert into items values ('hidden', 'x', 1, '2020-01-01')")
        result = reconcile(loaded.source, loaded.extract_url, loaded.load_url, loaded.work_dir, margin=NO_MARGIN)
        assert found(result) == {("items", "inserted", "hidden")}
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    loaded.run()
    loaded.assert_equal()
