"""How the business lives on: what is ordered, changed, returned and deleted from one day to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import numpy as np
import psycopg

from oltp import names
from oltp.amounts import lines_meant
from oltp.places import Place, read_places
from oltp.superstore import catalogue, customers, orders, returns
from oltp.superstore.copying import copy_columns
from oltp.superstore.generate import customer_columns, line_columns, order_columns, product_columns, return_columns
from oltp.superstore.population import (
    Population,
    StoredLine,
    choose,
    choose_orders,
    customers_of,
    lines_of,
    next_number,
    read_population,
    returnable,
)
from oltp.superstore.schema import MONTHS_AHEAD, SuperstoreError, connect, ensure_partitions

LINES_PER_ORDER = orders.LINES_PER_ORDER
ORDERING_DAYS = 14  # new orders are dated within as many days up to the newest
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Changed:
    """Rows written, by what was done; `lines` is how many order lines were to be touched."""

    lines: int
    done: dict[str, int]


@dataclass(frozen=True)
class Portions:
    """How many rows each kind of change touches. The kinds of line changes add up to the lines asked for."""

    new_orders: int
    new_lines: int
    edited_lines: int
    reshipped_lines: int
    deleted_lines: int
    redated_orders: int
    reprioritized_orders: int
    deleted_orders: int
    edited_customers: int
    new_customers: int
    new_products: int
    renamed_products: int
    new_returns: int
    edited_returns: int
    deleted_returns: int


def portions_of(lines: int, population: Population) -> Portions:
    """What that many touched lines mean for each kind of change."""
    share = lines / population.line_count

    def some(count: float) -> int:
        return max(1, round(count))

    new_lines = some(0.35 * lines)
    return Portions(
        new_orders=some(new_lines / LINES_PER_ORDER),
        new_lines=new_lines,
        edited_lines=some(0.40 * lines),
        reshipped_lines=some(0.14 * lines),
        deleted_lines=some(0.05 * lines),
        redated_orders=some(0.04 * lines),
        reprioritized_orders=some(0.04 * lines),
        deleted_orders=some(0.06 * lines / LINES_PER_ORDER),
        edited_customers=some(share * len(population.customer_ids)),
        new_customers=some(0.1 * share * len(population.customer_ids)),
        new_products=some(0.1 * share * len(population.product_ids)),
        renamed_products=some(0.1 * share * len(population.product_ids)),
        new_returns=some(share * len(population.return_ids)),
        edited_returns=some(2 * share * len(population.return_ids)),
        deleted_returns=some(0.3 * share * len(population.return_ids)),
    )


def change_superstore(url: str, amount: str, seed: int, until: date | None = None) -> Changed:
    """Change about `amount` of the lines (`1%`, `5000`) and as great a share of the rest, in several transactions.

    What happens follows from the data's state and the seed. New orders are dated up to `until`, by default the newest
    order date there is. Triggers are on.

    Raises:
        SuperstoreError: there is no data to change, the amount is wrong, or the database cannot be reached.
    """
    with connect(url) as connection:
        try:
            return _live_on(connection, amount, seed, until)
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as error:
            raise SuperstoreError(
                "the source system is not installed; fill it first (tidemark seed --scale 1)"
            ) from error


def _live_on(connection: psycopg.Connection, amount: str, seed: int, until: date | None) -> Changed:
    population = read_population(connection)
    lines = lines_meant(amount, population.line_count)
    portions = portions_of(lines, population)
    last_day = until or population.newest
    ensure_partitions(connection, population.newest, last_day + timedelta(days=31 * MONTHS_AHEAD))
    connection.commit()

    change = _Change(connection, population, portions, last_day, Random(seed), np.random.default_rng(seed))  # noqa: S311
    done: dict[str, int] = {}
    for transaction in change.transactions():
        done |= transaction()
        connection.commit()
    return Changed(lines, done)


class _Change:
    """One round of changes. Orders are dealt out once, so that no two kinds of change meet in one order."""

    def __init__(
        self,
        connection: psycopg.Connection,
        population: Population,
        portions: Portions,
        last_day: date,
        words: Random,
        numbers: np.random.Generator,
    ) -> None:
        self.connection, self.population, self.portions, self.last_day = connection, population, portions, last_day
        self.words, self.numbers = words, numbers
        self.hand = choose_orders(population, len(population.order_ids), numbers)

    def transactions(self) -> tuple[Callable[[], dict[str, int]], ...]:
        """What happens, in this order, each in a transaction of its own."""
        return (
            self.widen_the_range,
            self.take_orders,
            self.edit_lines,
            self.move_months,
            self.edit_customers,
            self.handle_returns,
            self.delete_some,
        )

    def deal(self, count: int) -> list[str]:
        """Orders that no other change has had."""
        dealt, self.hand = self.hand[:count], self.hand[count:]
        return dealt

    def write(self, statement: str, *columns: Sequence[object]) -> int:
        """Run a statement that joins the columns' values by unnest; returns how many rows it wrote."""
        return self.connection.execute(statement, [list(column) for column in columns]).rowcount

    def widen_the_range(self) -> dict[str, int]:
        """New customers and products, and products under a new name."""
        population, portions = self.population, self.portions
        number = next_number(population.customer_ids, customers.FIRST_NUMBER)
        people = customers.make_customers(portions.new_customers, number, self.words)
        number = next_number(population.product_ids, catalogue.FIRST_NUMBER)
        products = catalogue.make_products(portions.new_products, number, self.words)
        renamed = choose(population.product_ids, portions.renamed_products, self.numbers)
        return {
            "new_customers": copy_columns(self.connection, "customers", customer_columns(people)),
            "new_products": copy_columns(self.connection, "products", product_columns(products)),
            "renamed_products": self.write(
                "update superstore.products set product_name = product_name || %s where product_id = any(%s)",
                f", {self.words.choice(('Refurbished', 'New Edition', 'XL', '2nd Generation'))}",
                renamed,
            ),
        }

    def take_orders(self) -> dict[str, int]:
        """New orders with their lines, dated within the last days."""
        population, portions = self.population, self.portions
        people = customers_of(self.connection, choose(population.customer_ids, 2 * portions.new_orders, self.numbers))
        product_ids = choose(population.product_ids, max(50, portions.new_lines), self.numbers)
        last = np.datetime64(self.last_day)
        first = min(last - ORDERING_DAYS + 1, np.datetime64(population.newest) + 1)
        number = next_number(population.order_ids, orders.FIRST_NUMBER)
        taken = orders.make_orders(portions.new_orders, np.arange(first, last + 1), people, number, self.numbers)
        lines = orders.make_lines(portions.new_lines, taken, people, product_ids, self.numbers)
        return {
            "new_orders": copy_columns(self.connection, "orders", order_columns(taken, people)),
            "new_lines": copy_columns(self.connection, "order_products", line_columns(lines, taken.ids, product_ids)),
        }

    def edit_lines(self) -> dict[str, int]:
        """Other quantities, with sales and profit in proportion; a few profits alone."""
        lines = self._lines(self.portions.edited_lines)
        edited = [_edited(line, self.words) for line in lines]
        prioritized = self.deal(self.portions.reprioritized_orders)
        return {
            "edited_lines": self.write(
                """
                update superstore.order_products as l
                set quantity = v.quantity, sales = v.sales, profit = v.profit
                from unnest(%s::text[], %s::text[], %s::date[], %s::integer[], %s::numeric[], %s::numeric[])
                    as v (order_id, product_id, ship_date, quantity, sales, profit)
                where l.order_id = v.order_id and l.product_id = v.product_id and l.ship_date = v.ship_date
                """,
                [line.order_id for line in edited],
                [line.product_id for line in edited],
                [line.ship_date for line in edited],
                [line.quantity for line in edited],
                [line.sales for line in edited],
                [line.profit for line in edited],
            ),
            "reprioritized_orders": self.write(
                """
                update superstore.orders as o set order_priority = v.order_priority
                from unnest(%s::text[], %s::text[]) as v (order_id, order_priority)
                where o.order_id = v.order_id
                """,
                prioritized,
                self.words.choices(orders.PRIORITIES, k=len(prioritized)),
            ),
        }

    def move_months(self) -> dict[str, int]:
        """Lines shipped later than said, and orders that were taken earlier than written: many change their month."""
        lines = self._lines(self.portions.reshipped_lines)
        redated = self.deal(self.portions.redated_orders)
        return {
            "reshipped_lines": self.write(
                """
                update superstore.order_products as l set ship_date = l.ship_date + v.days
                from unnest(%s::text[], %s::text[], %s::integer[]) as v (order_id, product_id, days)
                where l.order_id = v.order_id and l.product_id = v.product_id
                """,
                [line.order_id for line in lines],
                [line.product_id for line in lines],
                self.numbers.integers(3, 36, len(lines)).tolist(),
            ),
            "redated_orders": self.write(
                """
                update superstore.orders as o set order_date = o.order_date - v.days
                from unnest(%s::text[], %s::integer[]) as v (order_id, days)
                where o.order_id = v.order_id
                """,
                redated,
                self.numbers.integers(1, 36, len(redated)).tolist(),
            ),
        }

    def edit_customers(self) -> dict[str, int]:
        """Customers who moved within their country, who have another address, or another name."""
        chosen = choose(self.population.customer_ids, self.portions.edited_customers, self.numbers)
        edited = [_edited_customer(customer, self.words) for customer in customers_of(self.connection, chosen)]
        columns = [list(column) for column in zip(*map(customers.row, edited), strict=True)]
        return {
            "edited_customers": self.write(
                """
                update superstore.customers as c
                set customer_name = v.customer_name, email = v.email, phone = v.phone, state = v.state, city = v.city,
                    postal_code = v.postal_code, region = v.region
                from unnest(
                    %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[]
                ) as v (customer_id, customer_name, email, phone, state, city, postal_code, region)
                where c.customer_id = v.customer_id
                """,
                *(columns[position] for position in (0, 1, 2, 3, 5, 6, 7, 9)),
            )
        }

    def handle_returns(self) -> dict[str, int]:
        """Orders that come back, and returns that get on, are dated anew, or are taken back."""
        population, portions = self.population, self.portions
        candidates = returnable(self.connection, self.deal(8 * portions.new_returns))
        shipped = np.array([order.shipped for order in candidates], dtype="datetime64[D]")
        number = next_number(population.return_ids, returns.FIRST_NUMBER)
        back = returns.make_returns(
            portions.new_returns,
            shipped,
            [order.region for order in candidates],
            np.datetime64(self.last_day),
            number,
            self.numbers,
        )
        chosen = choose(population.return_ids, portions.edited_returns + portions.deleted_returns, self.numbers)
        edited, deleted = chosen[: portions.edited_returns], chosen[portions.edited_returns :]
        return {
            "new_returns": copy_columns(
                self.connection, "returns", return_columns(back, [order.order_id for order in candidates])
            ),
            "edited_returns": self.write(
                """
                update superstore.returns as r
                set return_status = v.return_status, return_date = r.return_date + v.days
                from unnest(%s::text[], %s::text[], %s::integer[]) as v (return_id, return_status, days)
                where r.return_id = v.return_id
                """,
                edited,
                self.words.choices(returns.STATUSES, k=len(edited)),
                (self.numbers.integers(0, 8, len(edited)) * (self.numbers.random(len(edited)) < 0.3)).tolist(),
            ),
            "deleted_returns": self.write("delete from superstore.returns where return_id = any(%s)", deleted),
        }

    def delete_some(self) -> dict[str, int]:
        """Lines that are cancelled, and whole orders with their lines and returns."""
        lines = self._lines(self.portions.deleted_lines)
        cancelled = self.deal(self.portions.deleted_orders)
        return {
            "deleted_lines": self.write(
                """
                delete from superstore.order_products as l
                using unnest(%s::text[], %s::text[]) as v (order_id, product_id)
                where l.order_id = v.order_id and l.product_id = v.product_id
                """,
                [line.order_id for line in lines],
                [line.product_id for line in lines],
            ),
            "returns_of_deleted_orders": self.write(
                "delete from superstore.returns where order_id = any(%s)", cancelled
            ),
            "lines_of_deleted_orders": self.write(
                "delete from superstore.order_products where order_id = any(%s)", cancelled
            ),
            "deleted_orders": self.write("delete from superstore.orders where order_id = any(%s)", cancelled),
        }

    def _lines(self, count: int) -> list[StoredLine]:
        """That many lines of orders that no other change has had, one of each order."""
        first_of = {line.order_id: line for line in reversed(lines_of(self.connection, self.deal(count)))}
        return list(first_of.values())


def _edited(line: StoredLine, random: Random) -> StoredLine:
    if random.random() < 0.1:
        return replace(line, profit=line.profit - (line.sales / 20).quantize(CENT))
    quantity = random.choice([count for count in range(1, 12) if count != line.quantity])
    pieces = line.quantity or 1
    return replace(
        line,
        quantity=quantity,
        sales=(line.sales * quantity / pieces).quantize(CENT),
        profit=(line.profit * quantity / pieces).quantize(CENT),
    )


def _edited_customer(customer: customers.Customer, random: Random) -> customers.Customer:
    kind = random.random()
    homes = [place for place in read_places() if place.country == customer.country]
    if kind < 0.45 and homes:
        home = random.choice(homes)
        return replace(
            customer,
            state=home.state,
            city=home.city,
            region=home.region,
            postal_code=customers.home_postal_code(home, random),
        )
    if kind < 0.8:
        number = int(1_000_000 * random.random())
        return replace(customer, email=names.email(customer.customer_name, number, random), phone=names.phone(random))
    return replace(customer, customer_name=names.full_name(_name_origin(homes, random), random))


def _name_origin(homes: Sequence[Place], random: Random) -> str:
    return random.choice(homes[0].name_origins) if homes else "en"
