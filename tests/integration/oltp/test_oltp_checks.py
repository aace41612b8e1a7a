"""The seven validation functions find what was planted past triggers and foreign keys, and nothing in sound data."""

import pytest

from tests.integration.oltp.place import past_triggers, rows, tombstones

PLANTED = {
    "insert into order_products values ('GONE', 'P1', 1, 1, 0, 0, '2025-03-01', 'x', 0)": (
        "line_without_order",
        "order_products",
        {"order_id": "GONE", "product_id": "P1"},
    ),
    "insert into order_products values ('O2', 'GONE', 1, 1, 0, 0, '2025-03-01', 'x', 0)": (
        "line_without_product",
        "order_products",
        {"order_id": "O2", "product_id": "GONE"},
    ),
    "update order_products set ship_mode = ' ' where product_id = 'P1'": (
        "missing_field",
        "order_products",
        {"order_id": "O1", "product_id": "P1"},
    ),
    "insert into order_products select order_id, product_id, 1, 1, 0, 0, '2025-06-01', 'x', 0 from order_products"
    " where product_id = 'P1'": ("repeated_key", "order_products", {"order_id": "O1", "product_id": "P1"}),
    "update orders set customer_id = 'GONE' where order_id = 'O2'": (
        "order_without_customer",
        "orders",
        {"order_id": "O2"},
    ),
    "update orders set order_priority = '' where order_id = 'O2'": ("missing_field", "orders", {"order_id": "O2"}),
    "insert into orders values ('O2', '2025-09-01', 'Low', 'C1')": ("repeated_key", "orders", {"order_id": "O2"}),
    "delete from orders where order_id = 'O2'": ("key_without_row", "orders", {"order_id": "O2"}),
    "insert into returns values ('R2', 'GONE', '2025-03-01', 'Pending', 'x')": (
        "return_without_order",
        "returns",
        {"return_id": "R2"},
    ),
    "insert into returns values ('R2', 'O1', '2025-03-01', 'Pending', 'x')": (
        "repeated_key",
        "returns",
        {"return_id": "R2"},
    ),
    "update returns set return_status = ''": ("missing_field", "returns", {"return_id": "R1"}),
    "update customers set customer_name = ''": ("missing_field", "customers", {"customer_id": "C1"}),
    "update customers set segment_id = 'GONE'": ("customer_without_segment", "customers", {"customer_id": "C1"}),
    "update products set product_name = '  ' where product_id = 'P1'": (
        "missing_field",
        "products",
        {"product_id": "P1"},
    ),
    "update products set subcategory_id = 'GONE' where product_id = 'P1'": (
        "product_without_subcategory",
        "products",
        {"product_id": "P1"},
    ),
    "update subcategories set category_id = 'GONE'": (
        "subcategory_without_category",
        "subcategories",
        {"subcategory_id": "FUR-CH"},
    ),
}


def defects(db, since=None) -> list[tuple]:
    return rows(db, "select check_name, table_name, row_key from integrity_check(%s)", since)


def plant(db, statement: str) -> None:
    with past_triggers(db):
        db.execute(statement)


def test_sound_data_has_no_defects_and_no_orphans(db):
    assert defects(db) == []
    assert rows(db, "select * from remove_orphans()") == []
    assert rows(db, "select count(*) from orders") == [(2,)]


@pytest.mark.parametrize("statement", PLANTED)
def test_the_integrity_check_finds_a_planted_defect(db, statement):
    plant(db, statement)
    assert PLANTED[statement] in defects(db)


def test_the_integrity_check_examines_only_what_was_written_since(db):
    plant(db, "insert into order_products values ('GONE', 'P1', 1, 1, 0, 0, '2025-03-01', 'x', 0)")
    before = rows(db, "select max(tbl_last_dt) from order_products")[0][0]
    after = rows(db, "select clock_timestamp()")[0][0]
    assert ("line_without_order", "order_products", {"order_id": "GONE", "product_id": "P1"}) in defects(db, before)
    assert defects(db, after) == []
    plant(db, "insert into returns values ('R2', 'GONE', '2025-03-01', 'Pending', 'x')")
    assert {check for check, *_ in defects(db, after)} == {"return_without_order", "repeated_key"}


def test_an_order_past_the_triggers_is_no_missing_order(db):
    plant(db, "insert into orders values ('O3', '2025-09-01', 'Low', 'C1')")
    plant(db, "insert into order_products values ('O3', 'P1', 1, 1, 0, 0, '2025-09-01', 'x', 0)")
    assert "line_without_order" not in {check for check, *_ in defects(db)}


def test_the_quality_summary_counts_values_out_of_the_ordinary(db):
    db.execute("update customers set email = 'no address'")
    db.execute("update order_products set quantity = -1, discount = 1.5 where product_id = 'P1'")
    db.execute("update order_products set ship_date = '2024-12-31' where product_id = 'P2'")
    db.execute("update returns set return_date = '2024-12-31', return_status = 'Lost'")
    summary = {(entity, metric): value for entity, metric, value in rows(db, "select * from quality_summary()")}
    counted = {key: value for key, value in summary.items() if value and key[1] != "rows"}
    assert counted == {
        ("customers", "null_phone"): 1,
        ("customers", "null_postal_code"): 1,
        ("customers", "malformed_email"): 1,
        ("orders", "without_lines"): 1,
        ("order_products", "negative_quantity"): 1,
        ("order_products", "discount_out_of_range"): 1,
        ("order_products", "negative_profit"): 1,
        ("order_products", "shipped_before_ordered"): 1,
        ("returns", "null_reason"): 1,
        ("returns", "unknown_status"): 1,
        ("returns", "returned_before_ordered"): 1,
    }
    assert [value for (_, metric), value in summary.items() if metric == "rows"] == [1, 1, 1, 2, 1, 2, 2, 1]
    since = rows(db, "select quality_summary.value from quality_summary(clock_timestamp()) where metric = 'rows'")
    assert {value for (value,) in since} == {0}


def test_a_customer_is_validated_in_one_row(db):
    asked = (
        "select customer_exists, segment_exists, order_count, line_count, last_order_date::text, missing, unknown,"
        " is_valid from validate_customer(%s)"
    )
    unknown = ["email", "phone", "postal_code"]
    assert rows(db, asked, "C1") == [(True, True, 2, 2, "2025-02-10", [], unknown, True)]
    assert rows(db, asked, "C9") == [(False, False, 0, 0, None, ["customer"], [], False)]
    plant(db, "update customers set segment_id = 'GONE', city = '', email = 'ana@example.org'")
    assert rows(db, asked, "C1")[0][5:] == (["city", "segment"], ["phone", "postal_code"], False)


def test_an_order_is_validated_in_one_row(db):
    asked = (
        "select order_exists, customer_exists, line_count, lines_without_product, sales, returned, missing, is_valid"
        " from validate_order(%s)"
    )
    first = rows(db, asked, "O1")
    assert [(*first[0][:4], float(first[0][4]), *first[0][5:])] == [(True, True, 2, 0, 30.5, True, [], True)]
    assert rows(db, asked, "O2") == [(True, True, 0, 0, None, False, ["lines"], False)]
    assert rows(db, asked, "O9") == [(False, False, 0, 0, None, False, ["order", "lines"], False)]
    plant(db, "delete from products where product_id = 'P1'")
    plant(db, "delete from customers")
    assert rows(db, asked, "O1")[0][6:] == (["customer", "products"], False)


def test_a_product_is_validated_in_one_row(db):
    asked = (
        "select product_exists, subcategory_exists, category_exists, line_count, missing, is_valid"
        " from validate_product(%s)"
    )
    assert rows(db, asked, "P1") == [(True, True, True, 1, [], True)]
    assert rows(db, asked, "P9") == [(False, False, False, 0, ["product"], False)]
    plant(db, "delete from categories")
    assert rows(db, asked, "P1") == [(True, True, False, 1, ["category"], False)]
    plant(db, "delete from subcategories")
    assert rows(db, asked, "P1") == [(True, False, False, 1, ["subcategory", "category"], False)]


def test_a_return_is_validated_in_one_row(db):
    asked = (
        "select return_exists, order_exists, line_count, returns_of_order, returned_before_ordered, missing, is_valid"
        " from validate_return(%s)"
    )
    assert rows(db, asked, "R1") == [(True, True, 2, 1, False, [], True)]
    assert rows(db, asked, "R9") == [(False, False, 0, 0, False, ["return"], False)]
    db.execute("update returns set return_date = '2020-01-01'")
    assert rows(db, asked, "R1")[0][4] is True
    plant(db, "delete from orders where order_id = 'O1'")
    assert rows(db, asked, "R1")[0][5:] == (["order"], False)


def test_orphans_are_removed_with_all_that_hangs_on_them_and_reported(db):
    plant(db, "delete from customers")
    removed = rows(db, "select table_name, row_key, problem from remove_orphans()")
    assert removed == [
        ("returns", {"return_id": "R1"}, "order O1 is missing"),
        ("order_products", {"order_id": "O1", "product_id": "P1"}, "order O1 is missing"),
        ("order_products", {"order_id": "O1", "product_id": "P2"}, "order O1 is missing"),
        ("orders", {"order_id": "O1"}, "customer C1 is missing"),
        ("orders", {"order_id": "O2"}, "customer C1 is missing"),
    ]
    assert defects(db) == []
    assert len(tombstones(db)) == 5


@pytest.mark.parametrize(
    ("planted", "left"),
    [
        ("delete from orders where order_id = 'O1'", (1, 0, 0, 2, 1)),
        ("delete from products where product_id = 'P1'", (2, 1, 1, 1, 1)),
        ("delete from subcategories", (2, 0, 1, 0, 1)),
        ("delete from categories", (2, 0, 1, 0, 1)),
        ("delete from segments", (0, 0, 0, 2, 0)),
    ],
)
def test_after_the_clean_up_no_reference_is_missing(db, planted, left):
    plant(db, planted)
    removed = rows(db, "select removed_row from remove_orphans()")
    assert all(row for (row,) in removed)
    assert defects(db) == []
    tables = ("orders", "order_products", "returns", "products", "customers")
    assert tuple(rows(db, f"select count(*) from {table}")[0][0] for table in tables) == left
