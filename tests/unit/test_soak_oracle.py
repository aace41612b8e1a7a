"""The oracle of the attack: what must be in quarantine and what the marts must hold, by examples worked out by hand."""

from tests.soak.rows import key_of
from tests.soak.superstore.oracle import KEYS, expected_marts, good_rows

SOURCE = {
    "segments": [{"segment_id": "s", "segment_name": "Home"}],
    "categories": [{"category_id": "cat", "category_name": "Paper"}],
    "subcategories": [{"subcategory_id": "sub", "subcategory_name": "Pads", "category_id": "cat"}],
    "products": [{"product_id": "p", "product_name": "Pad", "subcategory_id": "sub"}],
    "customers": [
        {
            "customer_id": "c", "customer_name": "Ann", "email": None, "phone": None, "country": "US", "state": "NY",
            "city": "Rome", "postal_code": "1", "market": "US", "region": "East", "segment_id": "s",
        }
    ],
    "orders": [{"order_id": "o", "order_date": "2025-01-05", "order_priority": "Low", "customer_id": "c"}],
    "order_products": [
        {
            "order_id": "o", "product_id": "p", "quantity": "2", "sales": "10.50", "discount": "0.10",
            "profit": "-1.00", "ship_date": "2025-01-07", "ship_mode": "Same Day", "shipping_cost": "1.00",
        }
    ],
    "returns": [
        {
            "return_id": "r", "order_id": "o", "return_date": "2025-02-01", "return_status": "Pending",
            "return_region": "East", "reason": None,
        }
    ],
}  # fmt: skip


def changed(table, **values):
    return SOURCE | {table: [{**SOURCE[table][0], **values}]}


def without(table):
    return SOURCE | {table: []}


def bad(source):
    good = good_rows(source)
    return {(table, *key_of(KEYS, table, row)) for table in KEYS for row in source[table] if row not in good[table]}


def test_sound_rows_are_all_good():
    assert bad(SOURCE) == set()


def test_a_row_that_breaks_a_rule_is_bad_alone():
    for values in ({"quantity": "0"}, {"sales": "NaN"}, {"discount": "1.01"}, {"ship_date": "infinity"}):
        assert bad(changed("order_products", **values)) == {("order_products", "o", "p")}
    assert bad(changed("order_products", ship_date="2025-01-04")) == {("order_products", "o", "p")}


def test_children_follow_a_parent_that_is_missing_or_bad():
    everything_of_the_order = {("orders", "o"), ("order_products", "o", "p"), ("returns", "r")}
    assert bad(without("customers")) == everything_of_the_order
    assert bad(changed("orders", order_date="0044-03-15 BC")) == everything_of_the_order
    assert bad(without("segments")) == {("customers", "c"), *everything_of_the_order}
    assert bad(without("categories")) == {("subcategories", "sub"), ("products", "p"), ("order_products", "o", "p")}


def test_rows_of_one_key_are_all_bad_and_so_is_what_is_too_long():
    twice = SOURCE | {"returns": [SOURCE["returns"][0], {**SOURCE["returns"][0], "return_date": "2025-03-01"}]}
    assert bad(twice) == {("returns", "r")}
    assert good_rows(twice)["returns"] == []
    assert bad(changed("returns", reason="x" * 4001)) == {("returns", "r")}
    assert bad(changed("returns", return_id="x" * 256)) == {("returns", "x" * 256)}


def test_the_marts_of_a_small_source():
    """The keys are those that `printf %d 0x$(printf c | md5sum | cut -c1-15)` prints."""
    customer, product, returned = "335694708444724083", "592356155975611273", "338960790091817548"
    assert {name: list(rows) for name, rows in expected_marts(SOURCE).items()} == {
        "dim_customer": [(customer, "c", "Ann", None, None, "Home", "US", "NY", "Rome", "1", "US", "East")],
        "dim_product": [(product, "p", "Pad", "Pads", "Paper")],
        "dim_return": [(returned, "r", "o", "2025-02-01", "Pending", "East", None)],
        "fct_sales": [
            (
                "o", "p", customer, product, "20250105", "20250107", returned, "Low", "Same Day", "2", "10.50", "0.10",
                "-1.00", "1.00",
            )
        ],
        "fct_returns": [(returned, "o", customer, "20250105", "20250201", "10.50", "2")],
    }  # fmt: skip
    assert list(expected_marts(without("order_products"))["fct_returns"]) == [
        (returned, "o", customer, "20250105", "20250201", "0.00", "0")
    ]
