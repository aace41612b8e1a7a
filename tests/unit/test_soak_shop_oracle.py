"""The shop's oracle of the attack: what must be in quarantine and what the marts must hold, worked out by hand."""

import pytest

from tests.soak.shop.oracle import expected_marts, good_rows, shared_out, telephone

SOURCE = {
    "customers": [
        {
            "customer_id": "1", "first_name": "Ann", "last_name": "Lee", "email": None, "phone": "(212) 555-0143",
            "city": "Rome", "state": "NY", "signup_date": "2024-01-01",
        }
    ],
    "products": [
        {
            "product_id": "7", "product_name": "Pan", "category": " home  & KITCHEN", "list_price": "10.00",
            "cost_price": "5.00", "is_active": "1", "created_at": "2024-01-01 10:00:00.000000",
        }
    ],
    "orders": [
        {
            "order_id": "3", "customer_id": "1", "order_date": "2025-01-05", "status": "shipped",
            "order_placed_at": "2025-01-05 10:00:00.000000",
        }
    ],
    "order_items": [
        {"order_item_id": "11", "order_id": "3", "product_id": "7", "quantity": "2", "unit_price": "10.00"},
        {"order_item_id": "12", "order_id": "3", "product_id": "7", "quantity": "1", "unit_price": "10.00"},
    ],
    "returns": [
        {
            "return_id": "5", "order_id": "3", "order_item_id": "12", "reason_code": "late", "refund_amount": "1.00",
            "return_date": "2025-02-01",
        },
        {
            "return_id": "6", "order_id": "3", "order_item_id": None, "reason_code": "late", "refund_amount": "0.05",
            "return_date": "2025-02-01",
        },
    ],
    "payments": [
        {
            "payment_id": "8", "order_id": "3", "payment_method": "paypal", "amount": "10.00",
            "payment_date": "2025-01-09",
        },
        {
            "payment_id": "9", "order_id": "3", "payment_method": "gift_card", "amount": "20.01",
            "payment_date": "2025-01-07",
        },
    ],
}  # fmt: skip


def test_the_marts_of_a_small_shop():
    marts = expected_marts(SOURCE)
    head = ("3", "1", "7", "2025-01-05", "2025-01-05 10:00:00.000000", "shipped", "gift_card", "2025-01-09")
    assert list(marts["order_fact"]) == [
        ("11", *head, "2", "10.00", "20.00", "0.03", "20.01"),
        ("12", *head, "1", "10.00", "10.00", "1.02", "10.00"),
    ]
    assert list(marts["dim_customers"]) == [("1", "Ann", "Lee", None, "2125550143", None, "Rome", "NY", "2024-01-01")]
    assert [row[2] for row in marts["dim_products"]] == ["Home & Kitchen"]


def test_an_order_that_is_no_date_takes_all_that_hangs_on_it_along():
    good = good_rows(SOURCE | {"orders": [{**SOURCE["orders"][0], "order_date": "2025-02-31"}]})
    assert [len(rows) for rows in good.values()] == [1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("cents", "values", "shares"),
    [
        (100, {1: 1, 2: 1, 3: 1}, {1: 34, 2: 33, 3: 33}),
        (-100, {1: 1, 2: 1, 3: 1}, {1: -34, 2: -33, 3: -33}),
        (5, {1: 0, 2: 0}, {1: 3, 2: 2}),
        (10, {1: 100, 2: 0, 3: 299}, {1: 3, 2: 0, 3: 7}),
    ],
)
def test_cents_are_shared_out_by_the_greatest_remainders(cents, values, shares):
    assert shared_out(cents, values) == shares


def test_what_was_typed_in_front_of_a_number_and_behind_it_is_no_part_of_it():
    assert telephone("Tel.: 212 555 0143 ext. 7") == ("2125550143", None)
    assert telephone("tel. 1 212 555 0143 #7") == ("2125550143", None)
