"""What staging, quarantine and marts must hold for a shop: worked out here, without the pipeline's code."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from tests.soak.rows import Row, Tables, Tuple, sound_rows

MAP = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "shop" / "shop_categories.csv"
KEYS = {
    "customers": ("customer_id",),
    "products": ("product_id",),
    "orders": ("order_id",),
    "order_items": ("order_item_id",),
    "returns": ("return_id",),
    "payments": ("payment_id",),
}
PARENTS = {
    "orders": (("customer_id", "customers"),),
    "order_items": (("order_id", "orders"), ("product_id", "products")),
    "returns": (("order_id", "orders"),),
    "payments": (("order_id", "orders"),),
}
MARTS = {
    "dim_customers": (
        "customer_id", "first_name", "last_name", "email", "phone_new", "phone_problem", "city", "state", "signup_date",
    ),
    "dim_products": (
        "product_id", "product_name", "category_new", "category_raw", "list_price", "cost_price", "is_active",
        "created_at",
    ),
    "return_fact": ("return_id", "order_id", "order_item_id", "reason_code", "return_date", "refund_amount"),
    "payment_fact": ("payment_id", "order_id", "payment_method", "payment_date", "amount"),
    "order_fact": (
        "order_item_id", "order_id", "customer_id", "product_id", "order_date", "order_placed_at", "status",
        "payment_method", "payment_date", "quantity", "unit_price", "order_value", "refund_amount", "payment_amount",
    ),
}  # fmt: skip
DAYS = {
    "customers": ("signup_date",),
    "products": ("created_at",),
    "orders": ("order_date", "order_placed_at"),
    "returns": ("return_date",),
    "payments": ("payment_date",),
}


def good_rows(source: Tables) -> dict[str, list[Row]]:
    """The rows that break no rule and reach all their parents; what is left belongs into quarantine."""
    return sound_rows(source, KEYS, PARENTS, broken_rule)


def broken_rule(table: str, row: Row) -> str | None:
    """The first rule about its own values that a row breaks, None if it keeps all."""
    for column in DAYS.get(table, ()):
        if not _is_a_day(row[column] or ""):
            return f"{column} is no date"
    if table == "orders" and not "2000-01-01" <= (row["order_date"] or "") <= "2049-12-31":
        return "order_date is outside of the calendar"
    if table == "order_items" and (_number(row["quantity"]) <= 0 or _number(row["unit_price"]) < 0):
        return "nothing was sold"
    return None


def _is_a_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text[:10]).year >= 1000
    except ValueError:
        return False


def expected_marts(rows: Tables) -> dict[str, Counter[Tuple]]:
    """The rows of each published mart, of the rows that staging is to hold."""
    return {
        "dim_customers": Counter(_customer(row) for row in rows["customers"]),
        "dim_products": Counter(_product(row) for row in rows["products"]),
        "return_fact": Counter(tuple(row[name] for name in MARTS["return_fact"]) for row in rows["returns"]),
        "payment_fact": Counter(tuple(row[name] for name in MARTS["payment_fact"]) for row in rows["payments"]),
        "order_fact": Counter(_items(rows)),
    }


def _customer(row: Row) -> Tuple:
    number, problem = telephone(row["phone"])
    return (
        row["customer_id"], row["first_name"], row["last_name"], row["email"], number, problem, row["city"],
        row["state"], row["signup_date"],
    )  # fmt: skip


def telephone(typed: str | None) -> tuple[str | None, str | None]:
    """Ten digits, or why what was typed gives none."""
    text = (typed or "").strip(" ").lower()
    for mark in ("ext.", "ext", "x", "#"):
        before, found, after = text.rpartition(mark)
        if found and after.strip(" ").isdecimal():
            text = before
            break
    for word in ("tel", "phone", "mobile", "cell"):
        if text.startswith(word):
            text = text[len(word) :]
            text = (text[1:] if text[:1] in (".", ":") else text).lstrip(" ")
            break
    digits = "".join(letter for letter in text if letter in "0123456789")
    if not text:
        return None, "missing"
    if any("a" <= letter <= "z" for letter in text):
        return None, "letters"
    if (text.startswith("+") and not digits.startswith("1")) or (digits[:2] == "00" and digits[:3] != "001"):
        return None, "foreign"
    for code in ("001", "1"):
        if digits.startswith(code) and len(digits) == len(code) + 10:
            digits = digits[len(code) :]
            break
    if len(digits) != 10:
        return None, "too short" if len(digits) < 10 else "too long"
    return digits, None


def _product(row: Row) -> Tuple:
    with MAP.open(encoding="utf-8", newline="") as file:
        categories = {line["raw_category"]: line["category"] for line in csv.DictReader(file)}
    plain = re.sub(r"[ \t\n\v\f\r]+", " ", row["category"] or "").strip(" ").lower()
    return (
        row["product_id"], row["product_name"], categories.get(plain, "Uncategorized"), row["category"],
        row["list_price"], row["cost_price"], row["is_active"], row["created_at"],
    )  # fmt: skip


def _items(rows: Tables) -> Iterable[Tuple]:
    orders = {row["order_id"]: row for row in rows["orders"]}
    items, returns, payments = (_by_order(rows[table]) for table in ("order_items", "returns", "payments"))
    for order_id, lines in items.items():
        order, paid = orders[order_id], payments.get(order_id, [])
        own = {line["order_item_id"]: _cents_of(returns.get(order_id, []), line["order_item_id"]) for line in lines}
        whole = sum(_cents(row["refund_amount"]) for row in returns.get(order_id, [])) - sum(own.values())
        values = {int(line["order_item_id"] or 0): _cents(_value(line)) for line in lines}
        refunds = shared_out(whole, values)
        amounts = shared_out(sum(_cents(row["amount"]) for row in paid), values)
        greatest = min(paid, key=lambda row: (-_number(row["amount"]), int(row["payment_id"] or 0)), default=None)
        for line in lines:
            number = int(line["order_item_id"] or 0)
            yield (
                line["order_item_id"], order_id, order["customer_id"], line["product_id"], order["order_date"],
                order["order_placed_at"], order["status"], greatest["payment_method"] if greatest else None,
                max((row["payment_date"] or "" for row in paid), default=None), line["quantity"], line["unit_price"],
                _value(line), _money(own[line["order_item_id"]] + refunds[number]), _money(amounts[number]),
            )  # fmt: skip


def shared_out(cents: int, values: Mapping[int, int]) -> dict[int, int]:
    """Cents of an order by item, in proportion to what each is worth; equally if nothing is worth anything.

    Cents that do not divide go to the greatest remainders, of equal ones to the lower key.
    """
    weights = values if any(values.values()) else dict.fromkeys(values, 1)
    total = sum(weights.values())
    shares = {key: abs(cents) * weight // total for key, weight in weights.items()}
    left = abs(cents) - sum(shares.values())
    by_remainder = sorted(weights, key=lambda key: (-(abs(cents) * weights[key] % total), key))
    for key in by_remainder[:left]:
        shares[key] += 1
    return {key: share if cents >= 0 else -share for key, share in shares.items()}


def _by_order(rows: Sequence[Row]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["order_id"]].append(row)
    return found


def _cents_of(returns: Sequence[Row], item: str | None) -> int:
    return sum(_cents(row["refund_amount"]) for row in returns if row["order_item_id"] == item)


def _number(text: str | None) -> Decimal:
    return Decimal(text or "NaN")


def _value(line: Row) -> str:
    return str(_number(line["quantity"]) * _number(line["unit_price"]))


def _cents(amount: str | None) -> int:
    return int(_number(amount) * 100)


def _money(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))
