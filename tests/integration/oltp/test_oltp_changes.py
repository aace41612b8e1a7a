"""Every write leaves what extraction needs to find it: a stamp, a tombstone, or a resync mark."""

import pytest

from tests.integration.oltp.place import rows, tombstones

KEYS = {
    "segments": "segment_id = 'CON'",
    "categories": "category_id = 'FUR'",
    "subcategories": "subcategory_id = 'FUR-CH'",
    "products": "product_id = 'P1'",
    "customers": "customer_id = 'C1'",
    "orders": "order_id = 'O1'",
    "order_products": "order_id = 'O1' and product_id = 'P1'",
    "returns": "return_id = 'R1'",
}


@pytest.mark.parametrize("table", KEYS)
def test_a_row_is_stamped_by_the_clock_when_inserted_and_updated(db, table):
    where = KEYS[table]
    column = where.split()[0]
    inserted = rows(db, f"select tbl_last_dt > now(), tbl_last_dt from {table} where {where}")[0]
    assert inserted[0]  # later than the transaction's start: the clock, not now()
    db.execute(f"update {table} set {column} = {column}, tbl_last_dt = '1999-01-01' where {where}")
    assert rows(db, f"select tbl_last_dt > %s from {table} where {where}", inserted[1]) == [(True,)]


@pytest.mark.parametrize("table", KEYS)
def test_the_stamp_is_indexed(db, table):
    db.execute("set local enable_seqscan = off")
    plan = "\n".join(line for (line,) in rows(db, f"explain select * from {table} where tbl_last_dt >= now()"))
    assert "tbl_last_dt" in plan.split("Index Cond")[1]
    assert "Seq Scan" not in plan


def test_a_given_stamp_is_not_believed(db):
    db.execute("insert into segments values ('X', 'Backdated', '1999-01-01')")
    assert rows(db, "select tbl_last_dt > now() from segments where segment_id = 'X'") == [(True,)]


def test_each_deleted_row_leaves_a_tombstone(db):
    for table in ("returns", "order_products", "orders", "customers", "products", "subcategories", "categories"):
        db.execute(f"delete from {table}")
    assert tombstones(db) == [
        ("returns", {"return_id": "R1"}),
        ("order_products", {"order_id": "O1", "product_id": "P1"}),
        ("order_products", {"order_id": "O1", "product_id": "P2"}),
        ("orders", {"order_id": "O1"}),
        ("orders", {"order_id": "O2"}),
        ("customers", {"customer_id": "C1"}),
        ("products", {"product_id": "P1"}),
        ("products", {"product_id": "P2"}),
        ("subcategories", {"subcategory_id": "FUR-CH"}),
        ("categories", {"category_id": "FUR"}),
    ]


@pytest.mark.parametrize(
    ("statement", "tombstone"),
    [
        ("update orders set order_id = 'O9' where order_id = 'O2'", ("orders", {"order_id": "O2"})),
        (
            "update orders set order_id = 'O9', order_date = '2025-09-09' where order_id = 'O2'",
            ("orders", {"order_id": "O2"}),
        ),
        ("update returns set return_id = 'R9'", ("returns", {"return_id": "R1"})),
        (
            "update order_products set order_id = 'O2' where product_id = 'P2'",
            ("order_products", {"order_id": "O1", "product_id": "P2"}),
        ),
    ],
)
def test_a_changed_key_leaves_a_tombstone_of_the_old_one(db, statement, tombstone):
    db.execute(statement)
    assert tombstones(db) == [tombstone]


def test_other_updates_leave_none(db):
    db.execute("update order_products set quantity = 9")
    db.execute("update orders set order_date = order_date + 1")
    db.execute("update customers set city = 'Toledo'")
    assert tombstones(db) == []


@pytest.mark.parametrize(
    ("emptied_table", "marked"),
    [("returns", "returns"), ("order_products_2025_01", "order_products"), ("orders, order_products, returns", None)],
)
def test_a_truncated_table_or_partition_leaves_one_resync_mark_and_no_stale_key(db, emptied_table, marked):
    db.execute(f"truncate {emptied_table}")
    found = tombstones(db)
    assert all(key is None for _, key in found)
    assert len(found) == len({table for table, _ in found})
    if marked:
        assert [table for table, _ in found] == [marked]
    else:
        assert sorted(table for table, _ in found) == ["order_products", "orders", "returns"]
    assert rows(db, "select * from integrity_check() where check_name = 'key_without_row'") == []
