"""What is ordered, shipped and returned, over the years up to a day: seasons, growth, discounts that hurt profit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oltp.places import country_codes
from oltp.seasons import Days, Integers, day_weights, draw
from oltp.superstore.catalogue import cost_share, list_price
from oltp.superstore.customers import Customer

FIRST_NUMBER = 10_000_000
LINES_PER_ORDER = 51_290 / 25_035  # of the worldwide Superstore
PRIORITIES, PRIORITY_SHARES = ("Critical", "High", "Medium", "Low"), (0.08, 0.30, 0.57, 0.05)
SHIP_MODES, SHIP_MODE_SHARES = ("Same Day", "First Class", "Second Class", "Standard Class"), (0.05, 0.15, 0.20, 0.60)
SHIP_DAYS = np.array([[0, 0], [1, 3], [2, 5], [4, 7]])  # least and most days from order to shipping, by mode
SHIPPING_SHARES = np.array([0.16, 0.13, 0.10, 0.07])  # of sales, by mode
MARKET_PREFIXES = {"US": ("CA", "US"), "APAC": ("IN", "ID"), "EU": ("ES", "IT"), "LATAM": ("MX",), "Canada": ("CA",)}
DISCOUNTS = np.array([0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5])
DISCOUNT_SHARES = (0.58, 0.10, 0.04, 0.14, 0.05, 0.06, 0.03)
STANDING_DISCOUNTS = {  # countries where hardly anything sells at list price
    "Nigeria": 0.7, "Zimbabwe": 0.7, "Türkiye": 0.6, "Kazakhstan": 0.7, "Argentina": 0.4, "Honduras": 0.4,
    "Pakistan": 0.5, "South Korea": 0.5, "Peru": 0.4, "Haiti": 0.4, "Sweden": 0.5, "Venezuela": 0.4,
}  # fmt: skip


@dataclass(frozen=True)
class Orders:
    """Orders by column; `customers` holds positions in the list of customers, `dates` are days."""

    ids: list[str]
    dates: Days
    priorities: list[str]
    customers: Integers


@dataclass(frozen=True)
class Lines:
    """Order lines by column; `orders` and `products` hold positions, money is in cents, discounts in hundredths."""

    orders: Integers
    products: Integers
    quantities: Integers
    sales: Integers
    discounts: Integers
    profits: Integers
    ship_dates: Days
    ship_modes: list[str]
    shipping_costs: Integers


def make_orders(
    count: int, days: Days, customers: Sequence[Customer], first_number: int, random: np.random.Generator
) -> Orders:
    """That many orders on the given days, their numbers rising with the date; a few customers order often."""
    dates = np.sort(days[draw(day_weights(days), count, random)])
    buyers = draw(random.lognormal(0, 1, len(customers)), count, random)
    priorities = random.choice(len(PRIORITIES), count, p=PRIORITY_SHARES)
    years = dates.astype("datetime64[Y]").astype(int) + 1970
    ids = [
        f"{_prefix(customers[buyer], number)}-{year}-{number}"
        for number, (buyer, year) in enumerate(zip(buyers.tolist(), years.tolist(), strict=True), first_number)
    ]
    return Orders(ids, dates, [PRIORITIES[priority] for priority in priorities.tolist()], buyers)


def _prefix(customer: Customer, number: int) -> str:
    prefixes = MARKET_PREFIXES.get(customer.market)
    if prefixes is None:
        return country_codes().get(customer.country, "XX")
    return prefixes[number % len(prefixes)]


def make_lines(
    count: int, orders: Orders, customers: Sequence[Customer], product_ids: Sequence[str], random: np.random.Generator
) -> Lines:
    """That many lines, at least one for each order and no product twice in an order.

    `count` must lie between the number of orders and what orders × products allow.
    """
    line_orders, products = _pairs(count, len(orders.ids), len(product_ids), random)
    prices = np.array([list_price(product_id) for product_id in product_ids])
    costs = np.array([cost_share(product_id) for product_id in product_ids])
    standing = np.array([STANDING_DISCOUNTS.get(customer.country, 0.0) for customer in customers])

    quantities = 1 + random.binomial(13, 0.21, count)
    discounts = DISCOUNTS[random.choice(len(DISCOUNTS), count, p=DISCOUNT_SHARES)]
    usual = standing[orders.customers[line_orders]]
    discounts = np.where((usual > 0) & (random.random(count) < 0.85), usual, discounts)
    listed = quantities * prices[products]
    sales = np.rint(listed * (1 - discounts)).astype(np.int64)
    profits = sales - np.rint(listed * costs[products] * random.normal(1, 0.04, count)).astype(np.int64)

    order_modes = random.choice(len(SHIP_MODES), len(orders.ids), p=SHIP_MODE_SHARES)
    order_days = random.integers(SHIP_DAYS[order_modes, 0], SHIP_DAYS[order_modes, 1] + 1)
    late = np.where(random.random(count) < 0.06, random.integers(1, 4, count), 0)  # a part is shipped later
    modes = order_modes[line_orders]
    return Lines(
        orders=line_orders,
        products=products,
        quantities=quantities,
        sales=sales,
        discounts=np.rint(discounts * 100).astype(np.int64),
        profits=profits,
        ship_dates=orders.dates[line_orders] + order_days[line_orders] + late,
        ship_modes=[SHIP_MODES[mode] for mode in modes.tolist()],
        shipping_costs=np.rint(sales * SHIPPING_SHARES[modes] * random.gamma(4, 0.25, count)).astype(np.int64),
    )


def _pairs(count: int, orders: int, products: int, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Distinct pairs of an order and a product, every order in at least one; bestsellers sell most."""
    popularity = random.lognormal(0, 1, products)
    eagerness = random.lognormal(0, 0.6, orders)
    pairs = np.arange(orders) * products + draw(popularity, orders, random)
    while len(pairs) < count:
        missing = count - len(pairs)
        more = draw(eagerness, missing, random) * products + draw(popularity, missing, random)
        pairs = np.unique(np.concatenate([pairs, more]))
    return pairs // products, pairs % products
