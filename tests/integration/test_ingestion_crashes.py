"""A run that is killed at any point, or whose work folder is lost, leaves nothing lost and nothing double."""

import multiprocessing
import os
import shutil
import signal
from importlib import import_module
from typing import Any

import pytest

from tests.integration.ingestion_place import Place, place  # noqa: F401


def die_at(point: tuple[str, str, str, int], place: Place, options: dict[str, Any]) -> None:  # noqa: F811
    """In a process of its own: run, and die before or after the n-th call of a function."""
    module, name, when, nth = point
    owner: Any = import_module(f"ingestion.{module}")
    *path, name = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original, calls = getattr(owner, name), []

    def replacement(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) < nth:
            return original(*args, **kwargs)
        if when == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(owner, name, replacement)
    place.run(**options)


POINTS = {
    "while extracting": ("extract", "_write", "after", 2),
    "before dlt takes the files": ("package", "dlt.Pipeline.extract", "before", 1),
    "before dlt normalizes": ("package", "dlt.Pipeline.normalize", "before", 1),
    "before the load": ("package", "dlt.Pipeline.load", "before", 1),
    "after a table was emptied": ("destination", "_Client.truncate_tables", "after", 1),
    "while loading, before the commit": ("destination", "LoadFileJob.work", "after", 1),
    "after one file was loaded": ("destination", "_Job.run", "after", 1),
    "while merging, between two statements": ("merge", "upsert_differences", "before", 1),
    "while merging, before the commit": ("destination", "MergeJob.work", "after", 1),
    "after one table was merged": ("destination", "MergeJob.run", "after", 1),
    "before the watermark is stored": ("staging", "record_load", "before", 1),
    "before the load is complete": ("staging", "record_load", "after", 1),
    "after the load is complete": ("destination", "TidemarkClient.complete_load", "after", 1),
}


def run_killed(place: Place, point: tuple[str, str, str, int], **options: Any) -> None:  # noqa: F811
    import_module("ingestion.package")  # before the fork, which then need not
    process = multiprocessing.get_context("fork").Process(target=die_at, args=(point, place, options))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def fill(place: Place) -> None:  # noqa: F811
    place.execute("insert into items select 'item-' || n, 'name ' || n, n from generate_series(1, 50) n")
    place.execute("insert into lines select 'item-' || n, n % 3, date '2025-01-05', n from generate_series(1, 50) n")


def change(place: Place) -> None:  # noqa: F811
    place.execute("update items set name = 'changed' where amount < 10; delete from items where amount > 45")
    place.execute("insert into items values ('new', 'x', 1); update lines set quantity = -quantity where line = 1")


MERGING = [name for name in POINTS if name != "after a table was emptied"]


@pytest.mark.parametrize("point", MERGING)
def test_killed_during_a_merge_the_next_run_is_equal_and_its_changes_are_seen(place: Place, point: str) -> None:  # noqa: F811
    fill(place)
    place.run()
    before = place.state("items")[2]
    change(place)
    run_killed(place, POINTS[point])
    place.run()
    place.assert_equal()
    recorded = {row[0] for row in place.staged("_tidemark_changes_items") if row[1] > before}
    assert recorded == {"new", *(f"item-{n}" for n in (*range(1, 10), *range(46, 51)))}
    assert place.state("items")[2] == max(row[1] for row in place.staged("_tidemark_changes_items"))


@pytest.mark.parametrize("point", [name for name in POINTS if "merg" not in name and "emptied" not in name][::2])
def test_killed_during_the_first_load_the_next_run_is_equal(place: Place, point: str) -> None:  # noqa: F811
    fill(place)
    run_killed(place, POINTS[point])
    place.run()
    place.assert_equal()


def test_killed_during_a_full_refresh_a_run_from_another_work_folder_is_equal(place: Place) -> None:  # noqa: F811
    fill(place)
    place.run()
    run_killed(place, POINTS["after a table was emptied"], full_refresh=True)
    assert place.staged("items") == []
    shutil.rmtree(place.work_dir)
    place.run()
    place.assert_equal()


def test_a_package_left_behind_never_overwrites_what_was_loaded_since(place: Place) -> None:  # noqa: F811
    fill(place)
    place.run()
    change(place)
    run_killed(place, POINTS["before the load"])
    left_behind = place.work_dir.rename(place.work_dir.with_name("left_behind"))
    place.execute(
        "update items set name = 'newer' where item_id in ('new', 'item-1'); delete from items where amount = 20"
    )
    place.run()
    place.assert_equal()
    shutil.rmtree(place.work_dir)
    left_behind.rename(place.work_dir)
    place.execute("update lines set quantity = 7 where quantity = 2")
    place.run()
    place.assert_equal()


def test_with_the_work_folder_lost_a_run_reads_only_what_is_new(place: Place) -> None:  # noqa: F811
    fill(place)
    place.run()
    shutil.rmtree(place.work_dir)
    place.execute("insert into items values ('new', 'x', 1)")
    result = place.run()
    place.assert_equal()
    assert [(table.table, table.extracted) for table in result.tables] == [("items", 1), ("lines", 0)]


def test_no_rows_stay_behind_in_the_work_folder(place: Place) -> None:  # noqa: F811
    place.execute("insert into items values ('personal-value', 'x', 1)")
    place.run()
    files = [path for path in place.work_dir.rglob("*") if path.is_file()]
    assert not [path for path in files if b"personal-value" in path.read_bytes()]
