"""Servers, accounts and disks that are not as they should be: a sentence of cause and remedy, and nothing half done."""

import json
import os
import shutil
import subprocess

import pytest
import sqlalchemy as sa

from tests.integration.publish_place import PublishPlace, place  # noqa: F401
from warehouse.lock import RunLock
from warehouse.publish import PublishError
from warehouse.server import ServerError, check_databases


@pytest.mark.parametrize("database", ["warehouse", "warehouse_build"])
def test_a_database_that_would_merge_keys_or_lose_characters_is_refused(place: PublishPlace, database: str) -> None:  # noqa: F811
    try:
        place.sql(f"alter database {database} character set latin1 collate latin1_swedish_ci")
        with pytest.raises(ServerError, match=f"{database} has the collation latin1_swedish_ci, .* alter database"):
            check_databases(place.url, place.marts)
    finally:
        place.sql(f"alter database {database} character set utf8mb4 collate utf8mb4_nopad_bin")
    assert check_databases(place.url, place.marts) == ()


def test_a_server_that_is_not_strict_is_told_of(place: PublishPlace) -> None:  # noqa: F811
    ((mode,),) = place.sql("select @@global.sql_mode")
    try:
        place.sql("set global sql_mode = 'ANSI_QUOTES'")
        (warning,) = check_databases(place.url, place.marts)
    finally:
        place.sql(f"set global sql_mode = '{mode}'")
    assert "ANSI_QUOTES) is not strict" in warning
    assert "set global sql_mode" in warning


@pytest.mark.parametrize("right", ["insert", "create"])
def test_a_right_that_publishing_lacks_is_named_with_its_remedy(place: PublishPlace, right: str) -> None:  # noqa: F811
    place.publish()
    before = place.live()
    place.rebuilt("publish_a", "update {table} set amount = 0")
    place.sql("revoke all privileges on `warehouse`.* from tidemark_publish")
    place.sql("grant select, insert, update, delete, create, drop, alter on `warehouse`.* to tidemark_publish")
    place.sql(f"revoke {right} on `warehouse`.* from tidemark_publish")
    try:
        with pytest.raises(PublishError, match=rf"(?i)cannot publish: {right} command denied .* grant"):
            place.publish()
        assert place.live() == before
    finally:
        place.sql("grant all privileges on `warehouse`.* to tidemark_publish")
    place.publish()
    assert place.live() == place.built()


def test_on_a_server_that_is_not_strict_no_value_is_cut(seeded, admin):
    ((mode,),) = seeded.warehouse("select @@global.sql_mode")
    try:
        admin.execute(sa.text("set global sql_mode = ''"))
        report = seeded.run_well()
        assert any("is not strict" in warning for warning in report.warnings)
        seeded.assert_all_equal()
        seeded.sql("update products set product_name = repeat('x', 5000) where product_id = (select min(product_id) "
                   "from products)")  # fmt: skip
        seeded.run_well()
        rules = seeded.warehouse("select rule from quarantine.quarantined_rows where table_name = 'products'")
        assert rules == [("product_name_has_at_most_1000_characters",)]
        assert seeded.warehouse("select 1 from warehouse.dim_product where product_name like 'xxx%'") == []
    finally:
        admin.execute(sa.text(f"set global sql_mode = '{mode}'"))
    seeded.sql("update products set product_name = 'short' where length(product_name) = 5000")
    seeded.run_well()
    seeded.assert_all_equal()


def test_staging_that_the_build_may_not_read_stops_the_run_and_names_it(seeded, admin):
    seeded.run_well()
    before = seeded.checksums()
    seeded.change("1%", seed=1)
    admin.execute(sa.text(r"revoke select on `raw\_superstore`.* from tidemark_build"))
    try:
        report = seeded.run()
    finally:
        admin.execute(sa.text(r"grant select on `raw\_superstore`.* to tidemark_build"))
    assert (report.status, report.published, seeded.checksums()) == ("failed", False, before)
    assert "the build account sees no record of loads in raw_superstore" in report.error
    assert "grant it SELECT" in report.error
    seeded.run_well()
    seeded.assert_all_equal()


def test_a_second_command_is_refused_and_a_run_from_an_empty_folder_goes_on(seeded, tmp_path):
    """Whoever holds the lock; and with the work folder lost, state comes back from the warehouse."""
    first = seeded.run_well()
    with RunLock(seeded.urls["LOAD_URL"], "the other run"):
        process = seeded.start("run", "--json")
        output, errors = process.communicate(timeout=120)
    assert (process.returncode, json.loads(output)["status"]) == (1, "refused")
    assert errors.strip() == ("error: another run is under way (the other run); wait for it to end, then run again")
    seeded.sql("update products set product_name = 'other' where product_id = (select min(product_id) from products)")
    process = seeded.start("run", "--json", TIDEMARK_HOME=str(tmp_path))
    output, errors = process.communicate(timeout=180)
    report = json.loads(output)
    assert (report["status"], report["published"], errors) == ("succeeded", True, "")
    again = sum(table["extracted"] for table in report["tables"])
    assert 1 <= again < sum(table.extracted for table in first.tables), "what lies within the margin alone"
    seeded.assert_all_equal()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_a_clean_failure_and_the_next_run_finishes(seeded):
    folder = seeded.workshop.work_dir / "dlt"
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        report = seeded.run()
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder)
    assert (report.status, report.published) == ("failed", False)
    assert "no space left on device" in report.error.lower()
    assert "free some" in report.error
    seeded.run_well()
    seeded.assert_all_equal()
