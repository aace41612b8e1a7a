"""Orders, their lines and returns, written into the source in one transaction each."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from app.audit import act_as
from app.databases import NO_ANSWER, UnreachableError, engine
from app.entry.checks import ConflictError, EntryError, LineEntry, OrderEntry, ReturnEntry, check_order, check_return

CHANGED_MEANWHILE = (
    "changed by somebody else since you opened it. Nothing of yours was written: open it again to see it."
)
ORDER_SYSTEM_IS_DOWN = "The order system does not answer. What you entered is still here: try again in a moment."
FOUND_AT_MOST = 50


@dataclass(frozen=True)
class StoredOrder:
    """An order as it is stored; `version` changes with every change of it or its lines."""

    order_id: str
    entry: OrderEntry
    version: str

    def as_draft(self) -> list[str]:
        """What a draft keeps of it: its number, and the version that was opened."""
        return [self.order_id, self.version]


@dataclass(frozen=True)
class StoredReturn:
    """A return as it is stored, with its version."""

    return_id: str
    entry: ReturnEntry
    version: str


@dataclass(frozen=True)
class Choice:
    """An entry of a pick list."""

    id: str
    title: str


@dataclass(frozen=True)
class Work:
    """What a person has entered."""

    entered_at: dt.datetime
    kind: str
    row_id: str


def enter_order(url: str, entry: OrderEntry, actor: str, token: uuid.UUID, today: dt.date) -> str:
    """Write a new order and return its number, once it is committed.

    Sent twice with one token, it is written once. Raises EntryError when something is not taken.
    """
    check_order(entry, today)
    with _transaction(url, actor) as connection:
        known = _entered(connection, token)
        if known:
            return known
        order_id = f"TM-{entry.order_date.year}-{_next(connection, 'entered_order_numbers'):08d}"
        _note(connection, token, "order", order_id, actor)
        _check_parents(connection, entry)
        connection.execute(
            sa.text(
                "insert into superstore.orders (order_id, order_date, order_priority, customer_id) "
                "values (:order_id, :order_date, :order_priority, :customer_id)"
            ),
            {"order_id": order_id, **_head(entry)},
        )
        _insert_lines(connection, order_id, entry.lines)
        _require_valid(connection, "order", order_id)
    return order_id


def correct_order(
    url: str, stored: StoredOrder, entry: OrderEntry, actor: str, token: uuid.UUID, today: dt.date
) -> None:
    """Change an order and its lines to what `entry` says.

    Raises ConflictError when somebody else changed it since `stored` was read, EntryError when something is not taken.
    """
    check_order(entry, today)
    with _transaction(url, actor) as connection:
        if _entered(connection, token):
            return
        _note(connection, token, "correction of an order", stored.order_id, actor)
        current = _read_order(connection, stored.order_id, lock=True)
        if current is None:
            raise ConflictError(f"The order {stored.order_id} was deleted by somebody else since you opened it.")
        if current.version != stored.version:
            raise ConflictError(f"The order {stored.order_id} was {CHANGED_MEANWHILE}")
        _check_parents(connection, entry)
        if _head(entry) != _head(current.entry):
            connection.execute(
                sa.text(
                    "update superstore.orders set order_date = :order_date, order_priority = :order_priority, "
                    "customer_id = :customer_id where order_id = :order_id"
                ),
                {"order_id": stored.order_id, **_head(entry)},
            )
        before = {line.product_id: line for line in current.entry.lines}
        after = {line.product_id: line for line in entry.lines}
        for product_id in before.keys() - after.keys():
            connection.execute(
                sa.text(
                    "delete from superstore.order_products where order_id = :order_id and product_id = :product_id"
                ),
                {"order_id": stored.order_id, "product_id": product_id},
            )
        for product_id, line in after.items():
            if product_id in before and before[product_id] != line:
                _update_line(connection, stored.order_id, line)
        _insert_lines(connection, stored.order_id, [line for id_, line in after.items() if id_ not in before])
        _require_valid(connection, "order", stored.order_id)


def read_order(url: str, order_id: str) -> StoredOrder | None:
    """An order with its lines; None when there is none of this number."""
    with _transaction(url, None) as connection:
        return _read_order(connection, _as_text(order_id))


def enter_return(url: str, entry: ReturnEntry, actor: str, token: uuid.UUID, today: dt.date) -> str:
    """Write the return of an order and return its number, once it is committed; see `enter_order`."""
    check_return(entry, today)
    with _transaction(url, actor) as connection:
        known = _entered(connection, token)
        if known:
            return known
        _require_returnable(connection, entry)
        return_id = f"TR-{entry.return_date.year}-{_next(connection, 'entered_return_numbers'):08d}"
        _note(connection, token, "return", return_id, actor)
        connection.execute(
            sa.text(
                "insert into superstore.returns (return_id, order_id, return_date, return_status, return_region, "
                "reason) "
                "values (:return_id, :order_id, :return_date, :return_status, :return_region, :reason)"
            ),
            {"return_id": return_id, **asdict(entry)},
        )
        _require_valid(connection, "return", return_id)
    return return_id


def correct_return(
    url: str, stored: StoredReturn, entry: ReturnEntry, actor: str, token: uuid.UUID, today: dt.date
) -> None:
    """Change a return to what `entry` says; see `correct_order`."""
    check_return(entry, today)
    with _transaction(url, actor) as connection:
        if _entered(connection, token):
            return
        _note(connection, token, "correction of a return", stored.return_id, actor)
        current = _read_return(connection, stored.return_id, lock=True)
        if current is None or current.version != stored.version:
            raise ConflictError(f"The return {stored.return_id} was {CHANGED_MEANWHILE}")
        if entry.order_id != current.entry.order_id:
            raise EntryError(["A return stays with its order: enter another return for another order."])
        _require_after_order(connection, entry)
        connection.execute(
            sa.text(
                "update superstore.returns set return_date = :return_date, return_status = :return_status, "
                "return_region = :return_region, reason = :reason where return_id = :return_id"
            ),
            {"return_id": stored.return_id, **asdict(entry)},
        )
        _require_valid(connection, "return", stored.return_id)


def read_return(url: str, return_id: str) -> StoredReturn | None:
    """A return by its own number or that of its order; None when there is none."""
    with _transaction(url, None) as connection:
        return _read_return(connection, _as_text(return_id))


def find_customers(url: str, words: str) -> list[Choice]:
    """Customers by their number or any part of their name, at most 50."""
    with _transaction(url, None) as connection:
        rows = connection.execute(
            sa.text(
                "select customer_id, customer_name, city, country from superstore.customers "
                "where customer_id = :words or customer_name ilike :like escape '!' "
                "order by customer_id <> :words, customer_name, customer_id limit :limit"
            ),
            {"words": _as_text(words), "like": _like(words), "limit": FOUND_AT_MOST},
        )
        return [Choice(r.customer_id, f"{r.customer_name} · {r.city}, {r.country} · {r.customer_id}") for r in rows]


def find_products(url: str, words: str) -> list[Choice]:
    """Products by their number or any part of their name, at most 50."""
    with _transaction(url, None) as connection:
        rows = connection.execute(
            sa.text(
                "select product_id, product_name from superstore.products "
                "where product_id = :words or product_name ilike :like escape '!' "
                "order by product_id <> :words, product_name, product_id limit :limit"
            ),
            {"words": _as_text(words), "like": _like(words), "limit": FOUND_AT_MOST},
        )
        return [Choice(r.product_id, f"{r.product_name} · {r.product_id}") for r in rows]


def regions(url: str) -> list[str]:
    """The regions of customers, in which orders are returned."""
    with _transaction(url, None) as connection:
        return list(connection.scalars(sa.text("select distinct region from superstore.customers order by region")))


def own_work(url: str, actor: str, limit: int = 100) -> list[Work]:
    """What a person has entered, the newest first."""
    with _transaction(url, None) as connection:
        rows = connection.execute(
            sa.text(
                "select entered_at, kind, row_id from superstore.entries where entered_by = :actor "
                "order by entered_at desc limit :limit"
            ),
            {"actor": actor, "limit": limit},
        )
        return [Work(row.entered_at, row.kind, row.row_id) for row in rows]


def note_file(url: str, name: str, actor: str) -> None:
    """Note that a person has loaded a file."""
    with _transaction(url, actor) as connection:
        _note(connection, uuid.uuid4(), "file", _as_text(name)[:200], actor)


@contextmanager
def _transaction(url: str, actor: str | None) -> Iterator[sa.Connection]:
    try:
        with engine(url).begin() as connection:
            if actor is not None:
                act_as(connection, actor)
            yield connection
    except sa.exc.IntegrityError as error:
        detail = getattr(getattr(error.orig, "diag", None), "message_primary", None) or "the database refused it"
        raise EntryError([f"This contradicts what is stored: {detail}."]) from error
    except sa.exc.DataError as error:
        raise EntryError(
            ["This cannot be stored: a value is too large or holds a character that is no text."]
        ) from error
    except NO_ANSWER as error:
        raise UnreachableError(ORDER_SYSTEM_IS_DOWN) from error


def _entered(connection: sa.Connection, token: uuid.UUID) -> str | None:
    """The number that was given for a token before; who sends it twice at once waits for the first."""
    connection.execute(sa.text("select pg_advisory_xact_lock(hashtext(:token))"), {"token": str(token)})
    found = connection.scalar(sa.text("select row_id from superstore.entries where token = :token"), {"token": token})
    return str(found) if found else None


def _note(connection: sa.Connection, token: uuid.UUID, kind: str, row_id: str, actor: str) -> None:
    connection.execute(
        sa.text(
            "insert into superstore.entries (token, kind, row_id, entered_by) values (:token, :kind, :row_id, :actor)"
        ),
        {"token": token, "kind": kind, "row_id": row_id, "actor": actor},
    )


def _next(connection: sa.Connection, sequence: str) -> int:
    return int(connection.scalar(sa.text(f"select nextval('superstore.{sequence}')")) or 0)


def _head(entry: OrderEntry) -> dict[str, object]:
    return {
        "order_date": entry.order_date,
        "order_priority": entry.order_priority,
        "customer_id": entry.customer_id,
    }


def _insert_lines(connection: sa.Connection, order_id: str, lines: tuple[LineEntry, ...] | list[LineEntry]) -> None:
    if lines:
        connection.execute(
            sa.text(
                "insert into superstore.order_products (order_id, product_id, quantity, sales, discount, profit, "
                "ship_date, ship_mode, shipping_cost) values (:order_id, :product_id, :quantity, :sales, :discount, "
                ":profit, :ship_date, :ship_mode, :shipping_cost)"
            ),
            [{"order_id": order_id, **asdict(line)} for line in lines],
        )


def _update_line(connection: sa.Connection, order_id: str, line: LineEntry) -> None:
    connection.execute(
        sa.text(
            "update superstore.order_products set quantity = :quantity, sales = :sales, discount = :discount, "
            "profit = :profit, ship_date = :ship_date, ship_mode = :ship_mode, shipping_cost = :shipping_cost "
            "where order_id = :order_id and product_id = :product_id"
        ),
        {"order_id": order_id, **asdict(line)},
    )


def _check_parents(connection: sa.Connection, entry: OrderEntry) -> None:
    problems = []
    customer = _validated(connection, "customer", entry.customer_id)
    if not customer.is_valid:
        problems.append(f"The customer {entry.customer_id} cannot be used: {_lacks(customer.missing)}.")
    for line in entry.lines:
        product = _validated(connection, "product", line.product_id)
        if not product.is_valid:
            problems.append(f"The product {line.product_id} cannot be used: {_lacks(product.missing)}.")
    if problems:
        raise EntryError(problems)


def _require_returnable(connection: sa.Connection, entry: ReturnEntry) -> None:
    order = _validated(connection, "order", entry.order_id)
    if not order.order_exists:
        raise EntryError([f"There is no order {entry.order_id}."])
    if order.returned:
        raise EntryError([f"The order {entry.order_id} was returned already: open that return to correct it."])
    _require_after_order(connection, entry)


def _require_after_order(connection: sa.Connection, entry: ReturnEntry) -> None:
    ordered = connection.scalar(
        sa.text("select order_date from superstore.orders where order_id = :id"), {"id": entry.order_id}
    )
    if ordered is not None and entry.return_date < ordered:
        raise EntryError([f"The order {entry.order_id} is of {ordered}: it cannot be returned before."])


def _require_valid(connection: sa.Connection, what: str, row_id: str) -> None:
    found = _validated(connection, what, row_id)
    if not found.is_valid:
        raise EntryError([f"The {what} is not complete: {_lacks(found.missing)}."])


def _validated(connection: sa.Connection, what: str, row_id: str) -> sa.Row[tuple[object, ...]]:
    return connection.execute(sa.text(f"select * from superstore.validate_{what}(:id)"), {"id": row_id}).one()


def _lacks(missing: list[str]) -> str:
    return f"it lacks {', '.join(missing)}"


def _read_order(connection: sa.Connection, order_id: str, lock: bool = False) -> StoredOrder | None:
    head = connection.execute(
        sa.text(
            "select customer_id, order_date, order_priority, tbl_last_dt from superstore.orders where order_id = :id"
            + (" for update" if lock else "")
        ),
        {"id": order_id},
    ).one_or_none()
    if head is None:
        return None
    rows = connection.execute(
        sa.text(
            "select product_id, quantity, sales, discount, profit, ship_date, ship_mode, shipping_cost, tbl_last_dt "
            "from superstore.order_products where order_id = :id order by product_id" + (" for update" if lock else "")
        ),
        {"id": order_id},
    ).all()
    version = "|".join([str(head.tbl_last_dt), *(f"{row.product_id}@{row.tbl_last_dt}" for row in rows)])
    lines = tuple(LineEntry(*row[:8]) for row in rows)
    return StoredOrder(order_id, OrderEntry(head.customer_id, head.order_date, head.order_priority, lines), version)


def _read_return(connection: sa.Connection, return_id: str, lock: bool = False) -> StoredReturn | None:
    row = connection.execute(
        sa.text(
            "select return_id, order_id, return_date, return_status, return_region, reason, tbl_last_dt "
            "from superstore.returns where return_id = :id or order_id = :id limit 1" + (" for update" if lock else "")
        ),
        {"id": return_id},
    ).one_or_none()
    return StoredReturn(row.return_id, ReturnEntry(*row[1:6]), str(row.tbl_last_dt)) if row else None


def _as_text(words: str) -> str:
    """What was typed, without the characters that no text of the database holds and without surrounding blanks."""
    return words.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").strip()


def _like(words: str) -> str:
    escaped = _as_text(words).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
