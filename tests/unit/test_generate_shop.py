"""The generated shop is life-like, and the same for the same arguments; no server is needed to see it."""

import hashlib
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from oltp.shop.customers import PHONE_SPELLINGS
from oltp.shop.generate import size_at, tables
from oltp.shop.schema import COLUMNS

UNTIL = date(2026, 6, 30)


def digest(scale: float, seed: int, until: date) -> str:
    return hashlib.sha256(repr(list(tables(scale, seed, until))).encode()).hexdigest()


@pytest.fixture(scope="module")
def generated() -> dict[str, dict[str, list[str]]]:
    """Table → column → values as SQL literals, at a twentieth of the usual size."""
    return {name: dict(zip(COLUMNS[name], map(list, columns), strict=True)) for name, columns in tables(0.05, 7, UNTIL)}


def test_the_same_arguments_give_the_same_rows_and_others_give_other_rows():
    first = digest(0.01, 1, UNTIL)
    assert digest(0.01, 1, UNTIL) == first
    assert len({first, digest(0.01, 2, UNTIL), digest(0.02, 1, UNTIL), digest(0.01, 1, date(2026, 7, 1))}) == 4


def test_scale_1_has_100_000_items_and_what_orders_refer_to_grows_with_its_root():
    assert size_at(1).items == 100_000
    assert size_at(4).products == 2 * size_at(1).products
    assert size_at(4).items == 4 * size_at(1).items


def test_every_reference_has_its_parent_and_every_order_has_items(generated):
    orders = set(generated["orders"]["order_id"])
    assert set(generated["order_items"]["order_id"]) == orders
    for table in ("returns", "payments"):
        assert set(generated[table]["order_id"]) <= orders
    assert set(generated["order_items"]["product_id"]) <= set(generated["products"]["product_id"])
    assert set(generated["orders"]["customer_id"]) <= set(generated["customers"]["customer_id"])


def test_a_return_of_an_item_is_one_of_its_own_order(generated):
    items = generated["order_items"]
    order_of = dict(zip(items["order_item_id"], items["order_id"], strict=True))
    returns = generated["returns"]
    named = [(o, i) for o, i in zip(returns["order_id"], returns["order_item_id"], strict=True) if i != "null"]
    assert named
    assert len(named) < len(returns["order_id"])
    assert all(order_of[item] == order for order, item in named)


def test_some_orders_have_several_payments_several_returns_or_no_payment(generated):
    payments, returns = Counter(generated["payments"]["order_id"]), Counter(generated["returns"]["order_id"])
    assert max(payments.values()) == 3
    assert max(returns.values()) == 3
    assert 0.03 < 1 - len(payments) / len(generated["orders"]["order_id"]) < 0.2


def test_no_order_is_refunded_more_than_it_is_worth(generated):
    items, returns = generated["order_items"], generated["returns"]
    worth: Counter[str] = Counter()
    for order, quantity, price in zip(items["order_id"], items["quantity"], items["unit_price"], strict=True):
        worth[order] += int(quantity) * Decimal(price)
    refunded: Counter[str] = Counter()
    for order, refund in zip(returns["order_id"], returns["refund_amount"], strict=True):
        refunded[order] += Decimal(refund)
    assert all(refund <= worth[order] for order, refund in refunded.items())


def test_phones_and_categories_are_as_untidy_as_life(generated):
    assert len(PHONE_SPELLINGS) >= 20
    assert len({"".join(c if c in "+.()[]/x#'" else "" for c in p) for p in generated["customers"]["phone"]}) > 10
    assert len(set(generated["products"]["category"])) > 40
