"""What nobody needs any more is removed, and nothing that a load, a model or another warehouse could still ask for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
import sqlalchemy as sa

from ingestion.housekeeping import Removed, tidy
from ingestion.reconcile import reconcile
from tests.integration.ingestion_place import NO_MARGIN, SCHEMA, Place, place  # noqa: F401

ALL_LOADS = 2**62
PURGE = f"""
create function {SCHEMA}.purge(before timestamptz, most integer) returns integer
language plpgsql security definer set search_path = {SCHEMA}, pg_temp as $$
declare purged integer;
begin
    delete from tombstones where tombstone_id in (
        select tombstone_id from tombstones where deleted_at < least(before, now() - interval '30 days') limit most
    );
    get diagnostics purged = row_count;
    return purged;
end $$;
grant execute on function {SCHEMA}.purge to tidemark_extract;
"""
OLD = "update tombstones set deleted_at = now() - interval '31 days'"


@pytest.fixture
def used(place: Place) -> Place:  # noqa: F811
    """A table with three loads behind it, and a tombstone in the source."""
    place.execute(PURGE)
    place.execute("insert into items select 'item-' || n, 'x', n from generate_series(1, 20) n")
    place = replace(place, source=replace(place.source, purge_tombstones=f"{SCHEMA}.purge"))
    place.run()
    for number in range(3):
        place.execute("update items set amount = amount + 1")
        place.execute("delete from items where item_id = %s", f"item-{number + 1}")
        place.run()
    return place


def clean(place: Place, taken_in: int = ALL_LOADS, every: timedelta = timedelta(0)) -> Removed | None:  # noqa: F811
    return tidy(
        place.source, place.extract_url, place.load_url, lambda: {"items": taken_in, "lines": taken_in}, every=every
    )


def prove(place: Place) -> None:  # noqa: F811
    reconcile(place.source, place.extract_url, place.load_url, place.work_dir, margin=NO_MARGIN)


def graves(place: Place) -> int:  # noqa: F811
    with place.oltp() as oltp:
        return oltp.execute("select count(*) from tombstones").fetchone()[0]


def test_tombstones_go_when_all_watermarks_and_proofs_have_passed_them_and_a_month_as_well(used: Place) -> None:
    used.execute(OLD + " where key->>'item_id' <> 'item-3'")
    clean(used)
    assert graves(used) == 3, "no proof yet"
    prove(used)
    assert clean(used).tombstones == 2
    assert graves(used) == 1, "another warehouse may not have taken in the young one"
    used.execute(OLD)
    used.warehouse("update _tidemark_proofs set proved_equal_at = '2020-01-01' where table_name = 'lines'")
    assert clean(used).tombstones == 0
    used.warehouse("update _tidemark_proofs set proved_equal_at = utc_timestamp(6)")
    used.warehouse("update _tidemark_tables set watermark = '2020-01-01' where table_name = 'lines'")
    assert clean(used).tombstones == 0
    used.run()
    used.assert_equal()


def test_a_source_without_the_function_keeps_its_tombstones(used: Place) -> None:
    prove(used)
    used.execute(OLD)
    assert clean(replace(used, source=replace(used.source, purge_tombstones=None))).tombstones == 0
    assert graves(used) == 3


def test_a_warehouse_that_lags_behind_the_purge_compares_all_and_misses_no_delete(used: Place) -> None:
    used.execute("delete from items where item_id = 'item-9'; delete from tombstones")  # another warehouse's purge
    used.warehouse("update _tidemark_sightings set taken_at = taken_at - interval 31 day")
    assert any("older tombstones may have been purged" in warning for warning in used.run().warnings)
    used.assert_equal()


def sequences(place: Place) -> list[int]:  # noqa: F811
    return sorted({row[-1] for row in place.staged("_tidemark_changes_items")})


def test_changed_keys_go_when_every_model_has_taken_them_in_but_the_newest_load_stays(used: Place) -> None:
    first, second, newest = sequences(used)
    clean(used, taken_in=first - 1)
    assert sequences(used) == [first, second, newest]
    clean(used, taken_in=first)
    assert sequences(used) == [second, newest]
    assert used.state("items")[1:] == (first, newest), "a model that lags behind what was removed is built anew"
    clean(used)
    assert sequences(used) == [newest]
    assert used.state("items")[2] == newest
    used.execute("update items set amount = 0 where item_id = 'item-7'")
    used.run()
    used.assert_equal()


def test_watermarks_of_long_ago_go(used: Place) -> None:
    long_ago = int((datetime.now(UTC) - timedelta(days=91)).timestamp() * 1_000_000)
    kept = used.warehouse("select count(*) from _tidemark_watermarks")[0][0]
    used.warehouse("insert into _tidemark_watermarks values (%s, 'items', 'x', '2020-01-01', 1, 0)", long_ago)
    assert clean(used).watermarks == 1
    assert used.warehouse("select count(*) from _tidemark_watermarks")[0][0] == kept


def test_all_of_it_is_done_once_a_day(used: Place) -> None:
    day = timedelta(days=1)
    assert clean(used, every=day) is not None
    assert clean(used, every=day) is None
    used.warehouse("update _tidemark_housekeeping set done_at = done_at - interval 1 day")
    assert clean(used, every=day) is not None


def test_a_run_that_lost_its_lock_removes_nothing(used: Place) -> None:
    class LostError(RuntimeError):
        pass

    def lost(cursor: object) -> None:
        raise LostError

    before = sequences(used)
    with pytest.raises(LostError):
        tidy(used.source, used.extract_url, used.load_url, lambda: {"items": ALL_LOADS}, guard=lost)
    assert sequences(used) == before


def test_the_superstore_purges_for_the_extract_account_alone_and_never_the_last_month(seeded, admin) -> None:
    seeded.run_well()
    seeded.sql("delete from order_products where order_id in (select min(order_id) from orders)")
    seeded.sql(
        "insert into tombstones (table_name, key, deleted_at)"
        " select 'orders', jsonb_build_object('order_id', 'gone-' || n), now() - make_interval(days => 29 + n % 2 * 2)"
        " from generate_series(1, 25000) n"
    )
    young = seeded.sql("select count(*) from tombstones where deleted_at >= now() - interval '30 days'")[0][0]
    seeded.tidemark("reconcile")
    admin.execute(sa.text("delete from raw_superstore._tidemark_housekeeping"))
    report = seeded.run_well()
    assert not [warning for warning in report.warnings if "removed" in warning]
    assert seeded.sql("select count(*) from tombstones")[0][0] == young
    assert seeded.sql("select superstore.purge_tombstones(now(), 10)")[0][0] == 0, "not even by its owner"
    assert seeded.sql("select superstore.purge_tombstones(null, 10)")[0][0] is None
    url = sa.make_url(seeded.urls["ASSOCIATE_URL"]).set(drivername="postgresql")
    with (
        psycopg.connect(url.render_as_string(hide_password=False)) as associate,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        associate.execute("select superstore.purge_tombstones(now(), 10)")
    seeded.assert_all_equal()
