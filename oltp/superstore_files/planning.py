"""Which rows would a load add, change or leave as they are?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from psycopg import sql

from oltp.superstore_files.columns import Header, Kind
from oltp.superstore_files.database import Connection
from oltp.superstore_files.lookups import Lookups, find_lookups
from oltp.superstore_files.order_lines import OrderLine, OrderLineFindings, customers_of, products_of
from oltp.superstore_files.refusals import Refusal
from oltp.superstore_files.returns import Return

INSERT, UPDATE, UNCHANGED, KEPT = "insert", "update", "unchanged", "kept"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the schema as a load writes it: its key, and the columns that the file says something about."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load would do, table by table in the order of writing; the rows wait in the transaction's temp tables."""

    tables: tuple[Table, ...]
    actions: Mapping[str, Mapping[str, int]]
    lookups: Lookups | None = None
    refusals: tuple[Refusal, ...] = ()


_CUSTOMER_COLUMNS = (
    "customer_name", "email", "phone", "country", "state", "city", "postal_code", "market", "region", "segment_id",
)  # fmt: skip
_LINE_COLUMNS = ("quantity", "sales", "discount", "profit", "ship_date", "ship_mode", "shipping_cost")
_PRODUCTS = Table("products", ("product_id",), ("product_name", "subcategory_id"))
_ORDERS = Table("orders", ("order_id",), ("order_date", "order_priority", "customer_id"))
_ORDER_PRODUCTS = Table("order_products", ("order_id", "product_id"), _LINE_COLUMNS)
_RETURN_COLUMNS = ("order_id", "return_date", "return_status", "return_region", "reason")


def plan_order_lines(
    connection: Connection, lines: Iterable[OrderLine], findings: OrderLineFindings, header: Header, given: set[str]
) -> Plan:
    """Stage the lines as they come, then all that they name, and compare everything with the database.

    `given` are the columns that come by default. A nullable column that neither the file nor a default gives is left
    as it is. A customer or product whose newest order is one of the database, not of the file, stays as it is.
    """
    customers = Table("customers", ("customer_id",), _spoken_of(_CUSTOMER_COLUMNS, header, given))
    _stage(connection, _ORDER_PRODUCTS, (), (), lines)
    lookups = find_lookups(
        connection,
        (str(record[-1]) for _, record in findings.customers.values()),
        ((str(record[-2]), str(record[-1])) for _, record in findings.products.values()),
    )
    _stage(connection, _ORDERS, (), (), findings.orders.values())
    newest = ("newest_order",)
    _stage(
        connection,
        customers,
        newest,
        (("segment_id", lambda customer: lookups.segments[customer.segment]),),
        customers_of(findings),
    )
    _stage(
        connection,
        _PRODUCTS,
        newest,
        (("subcategory_id", lambda product: lookups.subcategories[product.category, product.subcategory]),),
        products_of(findings),
    )
    tables = (customers, _PRODUCTS, _ORDERS, _ORDER_PRODUCTS)
    for table in tables:
        _compare(connection, table)
    connection.execute(_KEEP_NEWER_CUSTOMERS)
    connection.execute(_KEEP_NEWER_PRODUCTS)
    actions = {table: {INSERT: len(rows)} for table, rows in lookups.new_rows.items()}
    return Plan(tables, actions | {table.name: _count(connection, table) for table in tables}, lookups)


def plan_returns(connection: Connection, returns: Iterable[Return], header: Header, given: set[str]) -> Plan:
    """Stage the returns, refuse those that the database contradicts, and compare the others with it."""
    table = Table("returns", ("return_id",), _spoken_of(_RETURN_COLUMNS, header, given))
    _stage(connection, table, ("line",), (), returns)
    refusals = tuple(
        Refusal(line, header.title(column), reason)
        for line, column, reason in connection.execute(_REFUSED_RETURNS).fetchall()
    )
    connection.execute("delete from staged_returns where line = any(%s)", [[refusal.line for refusal in refusals]])
    _compare(connection, table)
    return Plan((table,), {table.name: _count(connection, table)}, refusals=refusals)


def given_columns(kind: Kind, names: Iterable[str]) -> set[str]:
    """Return the columns of the tables for which a default is given, from the columns of the file format."""
    renamed = {"segment": "segment_id"} if kind is Kind.ORDER_LINES else {}
    return {renamed.get(name, name) for name in names}


_NULLABLE = {"email", "phone", "postal_code", "reason"}

_REFUSED_RETURNS = """
    select staged.line, 'order_id', 'is unknown: the database has no such order'
    from staged_returns as staged
    where not exists (select from superstore.orders where orders.order_id = staged.order_id)
    union all
    select staged.line, 'order_id', 'is returned already: the database has another return of this order'
    from staged_returns as staged
    join superstore.returns on returns.order_id = staged.order_id and returns.return_id <> staged.return_id
    union all
    select staged.line, 'return_id', 'is the return of another order in the database'
    from staged_returns as staged
    join superstore.returns on returns.return_id = staged.return_id and returns.order_id <> staged.order_id
    where not exists (
        select from superstore.returns as other
        where other.order_id = staged.order_id and other.return_id <> staged.return_id
    )
    and exists (select from superstore.orders where orders.order_id = staged.order_id)
    order by 1
"""

_KEEP_NEWER_CUSTOMERS = """
    update planned_customers as planned
    set action = 'kept'
    from staged_customers as staged
    where planned.action = 'update'
    and staged.customer_id = planned.customer_id
    and exists (
        select from superstore.orders
        where orders.customer_id = staged.customer_id
        and orders.order_date > staged.newest_order
        and not exists (select from staged_orders where staged_orders.order_id = orders.order_id)
    )
"""

_KEEP_NEWER_PRODUCTS = """
    update planned_products as planned
    set action = 'kept'
    from staged_products as staged
    where planned.action = 'update'
    and staged.product_id = planned.product_id
    and exists (
        select from superstore.order_products
        join superstore.orders on orders.order_id = order_products.order_id
        where order_products.product_id = staged.product_id
        and orders.order_date > staged.newest_order
        and not exists (select from staged_orders where staged_orders.order_id = orders.order_id)
    )
"""


def _spoken_of(columns: tuple[str, ...], header: Header, given: set[str]) -> tuple[str, ...]:
    return tuple(
        column for column in columns if column not in _NULLABLE or column in header.positions or column in given
    )


def _stage(
    connection: Connection,
    table: Table,
    extra: tuple[str, ...],
    made: tuple[tuple[str, Callable[[Any], str]], ...],
    rows: Iterable[object],
) -> None:
    """Fill the temp table staged_<table> by COPY; `made` columns come from functions of the row, others by name."""
    columns = (*table.key, *extra, *table.columns)
    own = sql.SQL(", ").join(map(sql.Identifier, (*table.key, *table.columns)))
    connection.execute(
        sql.SQL("create temp table {} on commit drop as select {} from superstore.{} limit 0").format(
            staged(table), own, sql.Identifier(table.name)
        )
    )
    for column in extra:
        kind = sql.SQL("date" if column == "newest_order" else "bigint")
        connection.execute(
            sql.SQL("alter table {} add column {} {}").format(staged(table), sql.Identifier(column), kind)
        )
    functions = dict(made)
    getters = [functions.get(column, attrgetter(column)) for column in columns]
    target = sql.SQL("copy {} ({}) from stdin").format(staged(table), sql.SQL(", ").join(map(sql.Identifier, columns)))
    with connection.cursor() as cursor, cursor.copy(target) as copy:
        for row in rows:
            copy.write_row([get(row) for get in getters])
    connection.execute(sql.SQL("analyze {}").format(staged(table)))


def _compare(connection: Connection, table: Table) -> None:
    """Make the temp table planned_<table>: the action for each staged key."""
    names = [sql.Identifier(column) for column in table.columns]
    ours = sql.SQL(", ").join(sql.SQL("staged.{}").format(name) for name in names)
    theirs = sql.SQL(", ").join(sql.SQL("target.{}").format(name) for name in names)
    connection.execute(
        sql.SQL("""
            create temp table {planned} on commit drop as
            select
                {keys},
                case
                    when target.{first_key} is null then 'insert'
                    when ({ours}) is distinct from ({theirs}) then 'update'
                    else 'unchanged'
                end as action
            from {staged} as staged
            left join superstore.{target} as target using ({keys})
        """).format(
            planned=planned(table),
            keys=keys(table),
            first_key=sql.Identifier(table.key[0]),
            ours=ours,
            theirs=theirs,
            staged=staged(table),
            target=sql.Identifier(table.name),
        )
    )
    connection.execute(sql.SQL("analyze {}").format(planned(table)))


def _count(connection: Connection, table: Table) -> dict[str, int]:
    query = sql.SQL("select action, count(*) from {} group by action").format(planned(table))
    return dict(connection.execute(query).fetchall())


def staged(table: Table) -> sql.Identifier:
    """Return the name of the temp table that holds the file's rows of a table."""
    return sql.Identifier("pg_temp", f"staged_{table.name}")


def planned(table: Table) -> sql.Identifier:
    """Return the name of the temp table that holds the action for each key of a table."""
    return sql.Identifier("pg_temp", f"planned_{table.name}")


def keys(table: Table) -> sql.Composed:
    """Return the key columns of a table, as a list of SQL names."""
    return sql.SQL(", ").join(map(sql.Identifier, table.key))
