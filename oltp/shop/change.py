"""How the shop lives on: what is ordered, paid, changed, returned and deleted from one day to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np
import pymysql

from oltp.amounts import lines_meant, mostly_recent
from oltp.shop import assortment, customers, sales
from oltp.shop.generate import (
    customer_columns,
    item_columns,
    order_columns,
    payment_columns,
    product_columns,
    return_columns,
)
from oltp.shop.population import (
    Population,
    StoredItem,
    choose,
    items_of,
    next_id,
    prices_of,
    read_population,
)
from oltp.shop.rows import insert_columns
from oltp.shop.schema import ShopError, connect

ORDERING_DAYS = 14  # new orders are dated within as many days up to the newest
NO_SUCH_TABLE = 1146


@dataclass(frozen=True)
class Changed:
    """Rows written, by what was done; `lines` is how many order items were to be touched."""

    lines: int
    done: dict[str, int]


def change_shop(url: str, amount: str, seed: int, until: date | None = None) -> Changed:
    """Change about `amount` of the items (`1%`, `5000`) and as great a share of the rest, in several transactions.

    What happens follows from the data's state and the seed. New orders are dated up to `until`, by default the newest
    order date there is.

    Raises:
        ShopError: there is no data to change, or the database cannot be reached.
        SourceError: the amount is wrong.
    """
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            population = read_population(cursor)
            lines = lines_meant(amount, population.item_count)
            change = _Change(cursor, population, lines, until or population.newest, seed)
            done: dict[str, int] = {}
            for transaction in change.transactions():
                done |= transaction()
                connection.commit()
            return Changed(lines, done)
    except pymysql.err.MySQLError as error:
        if error.args[0] == NO_SUCH_TABLE:
            raise ShopError("the shop is not installed; fill it first (tidemark seed --source shop)") from error
        raise ShopError(f"the shop could not be changed: {error.args[-1]}; try again") from error
    finally:
        connection.close()


class _Change:
    """One round of changes. Orders are dealt out once, so that no two kinds of change meet in one order."""

    def __init__(
        self, cursor: pymysql.cursors.Cursor, population: Population, lines: int, last_day: date, seed: int
    ) -> None:
        self.cursor, self.population, self.lines, self.last_day = cursor, population, lines, last_day
        self.words, self.numbers = Random(seed), np.random.default_rng(seed)  # noqa: S311  # made-up data, not secrets
        self.share = lines / population.item_count
        positions = mostly_recent(population.order_dates.astype(np.int64), len(population.order_ids), self.numbers)
        self.hand: list[int] = population.order_ids[positions].tolist()

    def transactions(self) -> tuple[Callable[[], dict[str, int]], ...]:
        """What happens, in this order, each in a transaction of its own."""
        return (
            self.widen_the_range,
            self.take_orders,
            self.edit_items,
            self.go_on_with_orders,
            self.edit_customers,
            self.handle_payments,
            self.handle_returns,
            self.delete_some,
        )

    def deal(self, count: int) -> list[int]:
        """Orders that no other change has had."""
        dealt, self.hand = self.hand[:count], self.hand[count:]
        return dealt

    def some(self, count: float) -> int:
        """At least one of each kind of change."""
        return max(1, round(count))

    def write(self, statement: str, *columns: Sequence[object]) -> int:
        """Run a statement for each row of the columns' values; returns how many rows it wrote."""
        rows = list(zip(*columns, strict=True))
        return (self.cursor.executemany(statement, rows) or 0) if rows else 0

    def widen_the_range(self) -> dict[str, int]:
        """New customers and products; products under another category or at another price."""
        population = self.population
        people = customers.make_customers(
            self.some(0.1 * self.share * len(population.customer_ids)), next_id(population.customer_ids), self.last_day,
            self.words,
        )  # fmt: skip
        products = assortment.make_products(
            self.some(0.1 * self.share * len(population.product_ids)), next_id(population.product_ids), self.last_day,
            self.words,
        )  # fmt: skip
        chosen = choose(population.product_ids, self.some(0.2 * self.share * len(population.product_ids)), self.numbers)
        half = len(chosen) // 2
        others = assortment.make_products(half, 1, self.last_day, self.words)
        return {
            "new_customers": insert_columns(self.cursor, "customers", customer_columns(people)),
            "new_products": insert_columns(self.cursor, "products", product_columns(products)),
            "recategorized_products": self.write(
                "update products set category = %s where product_id = %s", [o.category for o in others], chosen[:half]
            ),
            "repriced_products": self.write(
                "update products set list_price = round(list_price * 1.05, 2) where product_id = %s", chosen[half:]
            ),
        }

    def take_orders(self) -> dict[str, int]:
        """New orders with their items and payments, dated within the last days."""
        population = self.population
        item_count = self.some(0.35 * self.lines)
        order_count = self.some(item_count / sales.ITEMS_PER_ORDER)
        last = np.datetime64(self.last_day)
        first = min(last - ORDERING_DAYS + 1, np.datetime64(population.newest) + 1)
        buyers = choose(population.customer_ids, 2 * order_count, self.numbers)
        sold = choose(population.product_ids, max(50, item_count), self.numbers)
        orders = sales.make_orders(
            order_count, np.arange(first, last + 1), len(buyers), next_id(population.order_ids), self.numbers
        )
        items = sales.make_items(
            item_count, order_count, prices_of(self.cursor, sold), population.last_item_id + 1, self.numbers
        )
        cancelled = np.array([status == "cancelled" for status in orders.statuses])
        payments = sales.make_payments(
            sales.totals_of(items, order_count), orders.dates, cancelled, last, next_id(population.payment_ids),
            self.numbers,
        )  # fmt: skip
        return {
            "new_orders": insert_columns(self.cursor, "orders", order_columns(orders, np.array(buyers))),
            "new_items": insert_columns(self.cursor, "order_items", item_columns(items, orders.ids, np.array(sold))),
            "new_payments": insert_columns(self.cursor, "payments", payment_columns(payments, orders.ids)),
        }

    def edit_items(self) -> dict[str, int]:
        """Other quantities, and prices that were agreed upon later."""
        items = self._items(self.some(0.5 * self.lines))
        cut = len(items) * 4 // 5
        return {
            "edited_items": self.write(
                "update order_items set quantity = %s where order_item_id = %s",
                [self.words.choice([n for n in range(1, 9) if n != item.quantity]) for item in items[:cut]],
                [item.order_item_id for item in items[:cut]],
            ),
            "repriced_items": self.write(
                "update order_items set unit_price = round(unit_price * 0.95, 2) where order_item_id = %s",
                [item.order_item_id for item in items[cut:]],
            ),
        }

    def go_on_with_orders(self) -> dict[str, int]:
        """Orders that get another status, and some that were placed on another day than written."""
        advanced, redated = self.deal(self.some(0.1 * self.lines)), self.deal(self.some(0.02 * self.lines))
        days = self.numbers.integers(1, 36, len(redated)).tolist()
        return {
            "advanced_orders": self.write(
                "update orders set status = %s where order_id = %s",
                self.words.choices(sales.STATUSES, k=len(advanced)),
                advanced,
            ),
            "redated_orders": self.write(
                "update orders set order_date = order_date - interval %s day,"
                " order_placed_at = order_placed_at - interval %s day where order_id = %s",
                days,
                days,
                redated,
            ),
        }

    def edit_customers(self) -> dict[str, int]:
        """Customers who moved, or who have another number."""
        people = self.population.customer_ids
        chosen = choose(people, self.some(self.share * len(people)), self.numbers)
        half = len(chosen) // 2
        homes = self.words.choices(customers.homes(), k=half)
        return {
            "moved_customers": self.write(
                "update customers set city = %s, state = %s where customer_id = %s",
                [home.city for home in homes],
                [home.state for home in homes],
                chosen[:half],
            ),
            "customers_with_another_number": self.write(
                "update customers set phone = %s where customer_id = %s",
                [customers.phone(self.words) for _ in chosen[half:]],
                chosen[half:],
            ),
        }

    def handle_payments(self) -> dict[str, int]:
        """Payments that were booked wrongly, for another order, or twice."""
        payments = self.population.payment_ids
        count = self.some(self.share * len(payments))
        chosen = choose(payments, count, self.numbers)
        corrected, moved, deleted = np.array_split(np.array(chosen), [int(count * 0.7), int(count * 0.8)])
        orders = self.deal(len(moved))
        return {
            "corrected_payments": self.write(
                "update payments set amount = amount + 0.01 where payment_id = %s", corrected.tolist()
            ),
            "moved_payments": self.write(
                "update payments set order_id = %s where payment_id = %s", orders, moved.tolist()[: len(orders)]
            ),
            "deleted_payments": self.write("delete from payments where payment_id = %s", deleted.tolist()),
        }

    def handle_returns(self) -> dict[str, int]:
        """Orders of which something comes back, and returns that are judged anew, moved or taken back."""
        known = self.population.return_ids
        items = items_of(self.cursor, self.deal(self.some(0.8 * self.share * len(known))))
        count = self.some(self.share * len(known))
        chosen = choose(known, count, self.numbers)
        judged, moved, deleted = np.array_split(np.array(chosen), [int(count * 0.6), int(count * 0.75)])
        orders = self.deal(len(moved))
        return {
            "new_returns": self._return(items),
            "judged_returns": self.write(
                "update returns set refund_amount = round(refund_amount * 0.9, 2) where return_id = %s", judged.tolist()
            ),
            "moved_returns": self.write(
                "update returns set order_id = %s, order_item_id = null where return_id = %s",
                orders,
                moved.tolist()[: len(orders)],
            ),
            "deleted_returns": self.write("delete from returns where return_id = %s", deleted.tolist()),
        }

    def _return(self, stored: Sequence[StoredItem]) -> int:
        if not stored:
            return 0
        order_ids, positions = np.unique([item.order_id for item in stored], return_inverse=True)
        items = sales.Items(
            ids=np.array([item.order_item_id for item in stored]),
            orders=positions,
            products=np.zeros(len(stored), dtype=np.int64),
            quantities=np.array([item.quantity for item in stored]),
            prices=np.array([item.price for item in stored]),
        )
        last = np.datetime64(self.last_day)
        back = sales.make_returns(
            items, sales.totals_of(items, len(order_ids)), np.full(len(order_ids), last - sales.RETURN_DAYS),
            np.arange(len(order_ids)), last, next_id(self.population.return_ids), self.numbers,
        )  # fmt: skip
        return insert_columns(self.cursor, "returns", return_columns(back, order_ids, items.ids))

    def delete_some(self) -> dict[str, int]:
        """Items that are struck off, and whole orders with all that belongs to them."""
        items = self._items(self.some(0.04 * self.lines), keep_one=True)
        cancelled = self.deal(self.some(0.06 * self.lines / sales.ITEMS_PER_ORDER))
        returns = "delete from returns where order_item_id = %s"
        return {
            "returns_of_deleted_items": self.write(returns, [item.order_item_id for item in items]),
            "deleted_items": self.write(
                "delete from order_items where order_item_id = %s", [item.order_item_id for item in items]
            ),
            "returns_of_deleted_orders": self.write("delete from returns where order_id = %s", cancelled),
            "payments_of_deleted_orders": self.write("delete from payments where order_id = %s", cancelled),
            "items_of_deleted_orders": self.write("delete from order_items where order_id = %s", cancelled),
            "deleted_orders": self.write("delete from orders where order_id = %s", cancelled),
        }

    def _items(self, count: int, *, keep_one: bool = False) -> list[StoredItem]:
        """That many items of orders that no other change has had, the first of each; with `keep_one` of larger ones."""
        by_order: dict[int, list[StoredItem]] = {}
        for item in items_of(self.cursor, self.deal(2 * count if keep_one else count)):
            by_order.setdefault(item.order_id, []).append(item)
        return [items[0] for items in by_order.values() if len(items) > 1 or not keep_one][:count]
