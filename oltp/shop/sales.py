"""What is ordered, paid and returned: several payments and several partial returns of one order, or none at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from oltp.seasons import Days, Integers, day_weights, draw

STATUSES = ("pending", "processing", "shipped", "delivered", "cancelled", "returned")
OLD_SHARES, RECENT_SHARES = (0.01, 0.01, 0.03, 0.87, 0.06, 0.02), (0.15, 0.25, 0.30, 0.25, 0.05, 0.0)
RECENT_DAYS = 10
CANCELLED = STATUSES.index("cancelled")
METHODS, METHOD_SHARES = (
    ("credit_card", "paypal", "debit_card", "gift_card", "bank_transfer"),
    (0.46, 0.24, 0.15, 0.08, 0.07),
)
REASONS = ("damaged", "wrong_item", "changed_mind", "late", "defective", "DAMAGED", None)
ITEMS_PER_ORDER = 2.5
FREE_SHARE = 0.004  # items given away: they take part in an order and have no value
UNPAID_SHARE, IN_PARTS_SHARE = 0.05, 0.16
RETURNED_SHARE, WHOLE_ORDER_SHARE = 0.09, 0.4
RETURN_DAYS = 40


@dataclass(frozen=True)
class Orders:
    """Orders by column; `customers` holds positions in the list of customers."""

    ids: Integers
    customers: Integers
    dates: Days
    statuses: list[str]
    placed_at: NDArray[np.datetime64]


@dataclass(frozen=True)
class Items:
    """Order items by column, sorted by their orders; `orders` and `products` hold positions; prices in cents."""

    ids: Integers
    orders: Integers
    products: Integers
    quantities: Integers
    prices: Integers

    @property
    def values(self) -> Integers:
        """What each item costs, in cents."""
        values: Integers = self.quantities * self.prices
        return values


@dataclass(frozen=True)
class Payments:
    """Payments by column; `orders` holds positions; amounts in cents."""

    ids: Integers
    orders: Integers
    methods: list[str]
    amounts: Integers
    dates: Days


@dataclass(frozen=True)
class Returns:
    """Returns by column; `orders` holds positions, `items` positions or -1 for the whole order; refunds in cents."""

    ids: Integers
    orders: Integers
    items: Integers
    reasons: list[str | None]
    refunds: Integers
    dates: Days


def make_orders(count: int, days: Days, customers: int, first_id: int, random: np.random.Generator) -> Orders:
    """That many orders on the given days, their ids rising with the date; a few customers order often."""
    dates = np.sort(days[draw(day_weights(days), count, random)])
    recent = dates > days[-1] - RECENT_DAYS
    statuses = np.where(
        recent,
        random.choice(len(STATUSES), count, p=RECENT_SHARES),
        random.choice(len(STATUSES), count, p=OLD_SHARES),
    )
    return Orders(
        ids=first_id + np.arange(count),
        customers=draw(random.lognormal(0, 1, customers), count, random),
        dates=dates,
        statuses=[STATUSES[status] for status in statuses.tolist()],
        placed_at=dates.astype("datetime64[s]") + random.integers(0, 86_400, count).astype("timedelta64[s]"),
    )


def make_items(count: int, orders: int, list_prices: Integers, first_id: int, random: np.random.Generator) -> Items:
    """That many items, at least one for each order; most are sold at list price, some below, a few given away."""
    more = np.sort(draw(random.lognormal(0, 0.7, orders), count - orders, random))
    owners = np.sort(np.concatenate([np.arange(orders), more]))
    products = draw(random.lognormal(0, 1, len(list_prices)), count, random)
    reductions = random.choice([0, 5, 10, 15, 20, 30, 50], count, p=[0.62, 0.08, 0.1, 0.06, 0.08, 0.04, 0.02])
    prices = list_prices[products] * (100 - reductions) // 100
    return Items(
        ids=first_id + np.arange(count),
        orders=owners,
        products=products,
        quantities=1 + random.binomial(8, 0.12, count),
        prices=np.where(random.random(count) < FREE_SHARE, 0, prices),
    )


def make_payments(
    totals: Integers, dates: Days, cancelled: NDArray[np.bool_], until: np.datetime64, first_id: int,
    random: np.random.Generator,
) -> Payments:  # fmt: skip
    """Payments of orders of these totals: one for most, two or three parts for some, none for others."""
    count = len(totals)
    paid = (random.random(count) >= UNPAID_SHARE) & ~(cancelled & (random.random(count) < 0.8)) & (totals > 0)
    parts = np.where(random.random(count) < IN_PARTS_SHARE, random.integers(2, 4, count), 1) * paid
    orders = np.repeat(np.arange(count), parts)
    number = np.arange(len(orders)) - np.repeat(np.cumsum(parts) - parts, parts)
    shares = totals[orders] * (30 + random.integers(0, 21, len(orders))) // 100
    last = number == parts[orders] - 1
    before = np.zeros(count, dtype=np.int64)
    np.add.at(before, orders[~last], shares[~last])
    amounts = np.where(last, totals[orders] - before[orders], shares)
    kept = amounts > 0
    made = int(kept.sum())
    return Payments(
        ids=first_id + np.arange(made),
        orders=orders[kept],
        methods=[METHODS[method] for method in random.choice(len(METHODS), made, p=METHOD_SHARES).tolist()],
        amounts=amounts[kept],
        dates=np.minimum(dates[orders[kept]] + random.integers(0, 5, made) + 14 * number[kept], until),
    )


def make_returns(
    items: Items, totals: Integers, dates: Days, chosen: Integers, until: np.datetime64, first_id: int,
    random: np.random.Generator,
) -> Returns:  # fmt: skip
    """Partial returns of the chosen orders (positions): one to three of each, of an item or of the order as a whole."""
    starts = np.searchsorted(items.orders, np.arange(len(totals)))
    sizes = np.bincount(items.orders, minlength=len(totals))
    orders = np.repeat(chosen, random.choice([1, 2, 3], len(chosen), p=[0.7, 0.2, 0.1]))
    whole = random.random(len(orders)) < WHOLE_ORDER_SHARE
    item = starts[orders] + random.integers(0, 1 << 30, len(orders)) % np.maximum(sizes[orders], 1)
    returned = np.where(whole, totals[orders], items.values[item])
    refunds = returned * random.integers(10, 34, len(orders)) // 100  # three of them stay below what was bought
    reasons = random.integers(0, len(REASONS), len(orders))
    return Returns(
        ids=first_id + np.arange(len(orders)),
        orders=orders,
        items=np.where(whole, -1, item),
        reasons=[REASONS[reason] for reason in reasons.tolist()],
        refunds=refunds,
        dates=np.minimum(dates[orders] + random.integers(2, RETURN_DAYS, len(orders)), until),
    )


def totals_of(items: Items, orders: int) -> Integers:
    """What each order costs, in cents."""
    totals = np.zeros(orders, dtype=np.int64)
    np.add.at(totals, items.orders, items.values)
    return totals
