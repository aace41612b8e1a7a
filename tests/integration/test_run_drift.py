"""Columns that change, and transactions that cannot be seen, from the source to the readers."""

import pytest
import sqlalchemy as sa


@pytest.fixture
def mended(seeded):
    """Columns are put back, for the schema is shared by the tests."""
    yield seeded
    seeded.sql("drop schema superstore cascade")


def test_a_lost_column_stops_its_table_and_names_the_model_while_the_others_are_published(mended):
    mended.run_well()
    mended.sql("alter table customers rename column city to town")
    mended.sql("update products set product_name = product_name || ' II'")
    mended.sql("update customers set email = 'new@example.org'")
    report = mended.run()
    assert (report.status, report.published) == ("failed", True)
    assert "customers was not loaded: the source has no column city any more" in report.error
    assert "stg_superstore__customers" in report.error
    assert "town: was it renamed?" in report.error
    found = {table["table"]: (table["status"], bool(table["error"])) for table in report.as_json()["tables"]}
    assert found.pop("customers") == ("stopped", True)
    assert set(found.values()) == {("loaded", False)}
    assert [model.name for model in report.models] == ["dim_product"]
    names = mended.warehouse("select distinct right(product_name, 3) from warehouse.dim_product")
    assert names == [(" II",)]
    assert mended.warehouse("select count(*) from warehouse.dim_customer where email = 'new@example.org'") == [(0,)]

    checked = mended.run(dry_run=True)
    assert checked.status == "failed"
    assert "no column city" in checked.error

    mended.sql("alter table customers rename column town to city")
    mended.run_well()
    mended.assert_all_equal()


def test_new_and_unread_columns_come_and_go_without_a_mart_noticing(mended):
    mended.run_well()
    before = mended.checksums()
    mended.sql("alter table orders add column gift_note text not null default 'none'")
    mended.sql("alter table customers add column fax text default '1'")
    report = mended.run_well()
    assert "orders has a new column gift_note (text): it is in staging; no model reads it" in report.warnings
    assert (report.published, report.models) == (False, [])
    mended.sql("alter table customers drop column fax")
    report = mended.run_well()
    assert any("customers lost its column fax, which no model reads" in warning for warning in report.warnings)
    mended.sql("update customers set city = city || ' II' where customer_id = (select min(customer_id) from customers)")
    report = mended.run_well()
    assert [(model.name, model.rows) for model in report.models if model.rows] == [("dim_customer", 1)]
    assert mended.checksums() != before
    mended.assert_all_equal()


def test_a_source_whose_transactions_cannot_be_seen_is_reconciled_by_the_run_itself(seeded):
    admin = sa.create_engine(seeded.urls["OLTP_ADMIN_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    seeded.run_well()
    changed = "product_name = 'silent', tbl_last_dt = now() - interval '3 hours'"
    silent = f"update products set {changed} where product_id = (select min(product_id) from products)"
    try:
        with admin.connect() as connection:
            connection.execute(sa.text("revoke pg_read_all_stats from tidemark_extract"))
            connection.execute(sa.text("set session_replication_role = replica"))
            connection.execute(sa.text("set search_path = superstore"))
            connection.execute(sa.text(silent))
        assert not any("was reconciled" in warning for warning in seeded.run_well().warnings), "the proof is fresh"
        with seeded.admin.connect() as warehouse:
            old = "update raw_superstore._tidemark_proofs set proved_equal_at = proved_equal_at - interval 7 hour"
            warehouse.execute(sa.text(old))
        report = seeded.run_well()
        assert any("is not a member of pg_read_all_stats" in warning for warning in report.warnings)
        assert any("superstore was reconciled" in w and "1 rows were put right" in w for w in report.warnings)
        assert seeded.warehouse("select count(*) from warehouse.dim_product where product_name = 'silent'") == [(1,)]
        again = seeded.run_well()
        assert not any("was reconciled" in warning for warning in again.warnings), "the proof is fresh"
    finally:
        with admin.connect() as connection:
            connection.execute(sa.text("grant pg_read_all_stats to tidemark_extract"))
    seeded.run_well()
    seeded.assert_all_equal()
