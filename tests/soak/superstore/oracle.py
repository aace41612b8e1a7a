"""What staging, quarantine and marts must hold for a superstore: worked out here, without the pipeline's code."""

from __future__ import annotations

import decimal
import hashlib
from collections import Counter, defaultdict

from tests.soak.rows import Row, Tables, Tuple, sound_rows

KEYS = {
    "segments": ("segment_id",),
    "categories": ("category_id",),
    "subcategories": ("subcategory_id",),
    "products": ("product_id",),
    "customers": ("customer_id",),
    "orders": ("order_id",),
    "order_products": ("order_id", "product_id"),
    "returns": ("return_id",),
}
MARTS = {
    "dim_customer": (
        "customer_key", "customer_id", "customer_name", "email", "phone", "segment", "country", "state", "city",
        "postal_code", "market", "region",
    ),
    "dim_product": ("product_key", "product_id", "product_name", "subcategory", "category"),
    "dim_return": ("return_key", "return_id", "order_id", "return_date", "return_status", "return_region", "reason"),
    "fct_sales": (
        "order_id", "product_id", "customer_key", "product_key", "order_date_key", "ship_date_key", "return_key",
        "order_priority", "ship_mode", "quantity", "sales", "discount", "profit", "shipping_cost",
    ),
    "fct_returns": (
        "return_key", "order_id", "customer_key", "order_date_key", "return_date_key", "sales", "quantity",
    ),
}  # fmt: skip
PARENTS = {
    "subcategories": (("category_id", "categories"),),
    "products": (("subcategory_id", "subcategories"),),
    "customers": (("segment_id", "segments"),),
    "orders": (("customer_id", "customers"),),
    "order_products": (("order_id", "orders"), ("product_id", "products")),
    "returns": (("order_id", "orders"),),
}
LONGEST_KEY = 255  # characters
LONGEST = {
    "segment_name": 255, "category_name": 255, "subcategory_name": 255, "product_name": 1000, "customer_name": 500,
    "email": 500, "phone": 100, "country": 255, "state": 255, "city": 255, "postal_code": 50, "market": 100,
    "region": 100, "order_priority": 100, "ship_mode": 100, "return_status": 100, "return_region": 255, "reason": 4000,
}  # fmt: skip
FIRST_DAY, LAST_DAY = "2000-01-01", "2049-12-31"  # the calendar of dim_date


def surrogate(natural: str | None) -> str | None:
    """60 bits of the md5 of a natural key, as a decimal number."""
    return None if natural is None else str(int(hashlib.md5(natural.encode()).hexdigest()[:15], 16))


def day_key(iso_date: str | None) -> str | None:
    """A date as the number yyyymmdd."""
    return None if iso_date is None else str(int(iso_date.replace("-", "")))


def good_rows(source: Tables) -> dict[str, list[Row]]:
    """The rows that break no rule and reach all their parents; what is left belongs into quarantine."""
    return _without_time_travel(sound_rows(source, KEYS, PARENTS, broken_rule))


def _without_time_travel(good: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Lines shipped before their order was placed are bad too."""
    ordered = {row["order_id"]: row["order_date"] or "" for row in good["orders"]}
    return good | {
        "order_products": [r for r in good["order_products"] if (r["ship_date"] or "") >= ordered[r["order_id"]]],
    }


def broken_rule(table: str, row: Row) -> str | None:
    """The first rule about its own values that a row breaks, None if it keeps all."""
    for column, value in row.items():
        if len(value or "") > LONGEST.get(column, LONGEST_KEY if column in KEYS[table] else len(value or "")):
            return f"{column} is too long"
    return next((name for name, keeps in RULES.get(table, {}).items() if not keeps(row)), None)


def _number(row: Row, column: str) -> decimal.Decimal:
    return decimal.Decimal(row[column] or "NaN")


def _in_calendar(column: str):
    return lambda row: len(row[column] or "") == 10 and FIRST_DAY <= (row[column] or "") <= LAST_DAY


RULES = {
    "orders": {
        "order_date": _in_calendar("order_date"),
    },
    "order_products": {
        "ship_date": _in_calendar("ship_date"),
        "quantity": lambda row: _number(row, "quantity") > 0,
        "sales": lambda row: not _number(row, "sales").is_nan() and _number(row, "sales") >= 0,
        "discount": lambda row: not _number(row, "discount").is_nan() and 0 <= _number(row, "discount") <= 1,
        "profit": lambda row: not _number(row, "profit").is_nan(),
        "shipping": lambda row: not _number(row, "shipping_cost").is_nan() and _number(row, "shipping_cost") >= 0,
    },
    "returns": {
        "return_date": _in_calendar("return_date"),
    },
}


def expected_marts(rows: Tables) -> dict[str, Counter[Tuple]]:
    """The rows of each published mart, of the rows that staging is to hold."""
    segments = {row["segment_id"]: row["segment_name"] for row in rows["segments"]}
    categories = {row["category_id"]: row["category_name"] for row in rows["categories"]}
    subcategories = {row["subcategory_id"]: row for row in rows["subcategories"]}
    orders = {row["order_id"]: row for row in rows["orders"]}
    lines = defaultdict(list)
    for line in rows["order_products"]:
        lines[line["order_id"]].append(line)
    returned = {row["order_id"]: row for row in rows["returns"]}
    return {
        "dim_customer": Counter(
            (
                surrogate(row["customer_id"]), row["customer_id"], row["customer_name"], row["email"], row["phone"],
                segments.get(row["segment_id"]), row["country"], row["state"], row["city"], row["postal_code"],
                row["market"], row["region"],
            )
            for row in rows["customers"]
        ),
        "dim_product": Counter(
            (
                surrogate(row["product_id"]), row["product_id"], row["product_name"],
                subcategories.get(row["subcategory_id"], {}).get("subcategory_name"),
                categories.get(subcategories.get(row["subcategory_id"], {}).get("category_id")),
            )
            for row in rows["products"]
        ),
        "dim_return": Counter(
            (surrogate(row["return_id"]), *(row[name] for name in MARTS["dim_return"][1:])) for row in rows["returns"]
        ),
        "fct_sales": Counter(
            (
                line["order_id"], line["product_id"], surrogate(orders[line["order_id"]]["customer_id"]),
                surrogate(line["product_id"]), day_key(orders[line["order_id"]]["order_date"]),
                day_key(line["ship_date"]), surrogate(returned.get(line["order_id"], {}).get("return_id")),
                orders[line["order_id"]]["order_priority"], line["ship_mode"], line["quantity"], line["sales"],
                line["discount"], line["profit"], line["shipping_cost"],
            )
            for line in rows["order_products"]
            if line["order_id"] in orders
        ),
        "fct_returns": Counter(
            (
                surrogate(row["return_id"]), row["order_id"], surrogate(orders[row["order_id"]]["customer_id"]),
                day_key(orders[row["order_id"]]["order_date"]), day_key(row["return_date"]),
                str(sum((_number(line, "sales") for line in lines[row["order_id"]]), decimal.Decimal("0.00"))),
                str(sum(int(line["quantity"] or 0) for line in lines[row["order_id"]])),
            )
            for row in rows["returns"]
            if row["order_id"] in orders
        ),
    }  # fmt: skip
