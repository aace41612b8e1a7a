"""The order lines of one role in memory, as its views show them: what the dashboards are computed from.

All of it is read in one transaction, so that lines, customers, products and returns are those of one publish. No column
that holds personal data is read. Money is in whole cents, so that sums are exact.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa
from pyarrow import csv

from app.databases import UnreachableError, engine
from app.query_log import OnQuery

OF_CUSTOMERS = ("market", "region", "segment")
OF_PRODUCTS = ("category", "subcategory")
# One text a line: a driver reads half a million of these in 1.2 s, and in 3.5 s rows of eight values.
LINES = (
    "select concat_ws(',', order_date_key, hex(order_id), customer_key, product_key, cast(sales * 100 as signed), "
    "cast(profit * 100 as signed), discount, return_key is not null) from fct_sales"
)
LINE_COLUMNS: Mapping[str, pa.DataType] = {
    "day_key": pa.int32(), "order": pa.dictionary(pa.int32(), pa.string()), "customer_key": pa.int64(),
    "product_key": pa.int64(), "sales": pa.int64(), "profit": pa.int64(), "discount": pa.float64(),
    "returned": pa.int8(),
}  # fmt: skip
CUSTOMER_COLUMNS = ("customer_key", "country", "state", "city", *OF_CUSTOMERS)
CUSTOMERS = f"select {', '.join(CUSTOMER_COLUMNS)} from dim_customer"
PRODUCT_COLUMNS = ("product_key", "product_id", "product_name", *OF_PRODUCTS)
PRODUCTS = f"select {', '.join(PRODUCT_COLUMNS)} from dim_product"
RETURN_COLUMNS = ("day_key", "customer_key", "sales", "status", "reason")
RETURNS = (
    "select returned.order_date_key, returned.customer_key, returned.sales, coming_back.return_status, "
    "coming_back.reason from fct_returns as returned "
    "inner join dim_return as coming_back on coming_back.return_key = returned.return_key"
)
MOVED_MEANWHILE = (1213, 1412)  # a deadlock, and a table that another took the place of: it was published just now


@dataclass(frozen=True)
class OrderLines:
    """Arrays with one item for each order line, in the order of day and order; money in cents.

    `codes` and `labels` hold, for each dimension, the number of each line's value and the value of each number; `day`
    counts in `days`, `customer` in `place_of` and `product` in `products`, which is ordered by product_id. `returns`
    has one row for each returned order.
    """

    days: np.ndarray
    day: np.ndarray
    order: np.ndarray
    customer: np.ndarray
    product: np.ndarray
    sales: np.ndarray
    profit: np.ndarray
    discount: np.ndarray
    returned: np.ndarray
    codes: Mapping[str, np.ndarray]
    labels: Mapping[str, np.ndarray]
    places: pd.DataFrame
    place_of: np.ndarray
    products: pd.DataFrame
    returns: pd.DataFrame

    def values(self, dimension: str) -> list[str]:
        """What can be chosen in a dimension."""
        return sorted(str(value) for value in self.labels[dimension] if value is not None)


def read_order_lines(url: str, on_query: OnQuery | None = None) -> OrderLines:
    """Read what the views of a role show; raises UnreachableError when the warehouse does not answer."""
    try:
        return _read_in_one(url, on_query)
    except sa.exc.DBAPIError as error:
        if not error.orig or error.orig.args[0] not in MOVED_MEANWHILE:
            raise unreachable() from error
    try:
        return _read_in_one(url, on_query)
    except sa.exc.DBAPIError as error:
        raise unreachable() from error


def unreachable() -> UnreachableError:
    """What is said when the warehouse does not answer."""
    return UnreachableError("The warehouse does not answer. The other pages go on; try again in a moment.")


def _read_in_one(url: str, on_query: OnQuery | None) -> OrderLines:
    with engine(url).connect() as connection:
        connection.exec_driver_sql("set transaction isolation level repeatable read")
        connection.exec_driver_sql("start transaction with consistent snapshot, read only")

        def ask(sql: str) -> list[tuple[object, ...]]:
            started = time.perf_counter()
            rows = list(_tuples(connection, sql))
            if on_query is not None:
                on_query(sql, len(rows), round(1000 * (time.perf_counter() - started)))
            return rows

        lines = lines_of(str(text) for (text,) in ask(LINES))
        customers, products, returns = (
            pd.DataFrame(ask(sql), columns=list(columns), dtype=object)
            for sql, columns in ((CUSTOMERS, CUSTOMER_COLUMNS), (PRODUCTS, PRODUCT_COLUMNS), (RETURNS, RETURN_COLUMNS))
        )
        connection.rollback()
    return arrange(lines, customers, products, returns)


def _tuples(connection: sa.Connection, sql: str) -> Sequence[tuple[object, ...]]:
    """The rows as the driver gives them: SQLAlchemy's take as long again."""
    result = connection.exec_driver_sql(sql)
    cursor = result.cursor
    assert cursor is not None  # noqa: S101 - a SELECT has one
    return cursor.fetchall()


def lines_of(texts: Iterable[str]) -> pd.DataFrame:
    """The lines that `LINES` gives as texts."""
    data = "\n".join(texts).encode("ascii")
    if not data:
        return pd.DataFrame({name: pd.Series(dtype="int64") for name in LINE_COLUMNS})
    table = csv.read_csv(
        io.BytesIO(data),
        read_options=csv.ReadOptions(column_names=list(LINE_COLUMNS)),
        convert_options=csv.ConvertOptions(column_types=LINE_COLUMNS),
    )
    order = table.column("order").combine_chunks()
    return table.set_column(1, "order", order.indices).to_pandas()


def arrange(lines: pd.DataFrame, customers: pd.DataFrame, products: pd.DataFrame, returns: pd.DataFrame) -> OrderLines:
    """Put what was read into arrays; lines whose customer or product is not there are left out, as a join does."""
    products = products.sort_values("product_id", ignore_index=True)
    customer = _positions(customers["customer_key"], lines["customer_key"])
    product = _positions(products["product_key"], lines["product_key"])
    sequence = np.lexsort((lines["order"].to_numpy(), lines["day_key"].to_numpy()))
    sequence = sequence[(customer[sequence] >= 0) & (product[sequence] >= 0)]
    customer, product = customer[sequence], product[sequence]
    days, day = np.unique(lines["day_key"].to_numpy()[sequence], return_inverse=True)
    codes, labels = {}, {}
    for table, rows, names in ((customers, customer, OF_CUSTOMERS), (products, product, OF_PRODUCTS)):
        for name in names:
            of_row, labels[name] = _coded(table[name])
            codes[name] = of_row.astype(np.int32)[rows]
    place_of, places = _places_of(customers)
    returns = returns.merge(customers[["customer_key", *OF_CUSTOMERS]], on="customer_key")
    return OrderLines(
        days=days,
        day=day.astype(np.int32),
        order=lines["order"].to_numpy()[sequence],
        customer=customer,
        product=product,
        sales=lines["sales"].to_numpy(dtype=float)[sequence],
        profit=lines["profit"].to_numpy(dtype=float)[sequence],
        discount=lines["discount"].to_numpy(dtype=float)[sequence],
        returned=lines["returned"].to_numpy()[sequence].astype(bool),
        codes=codes,
        labels=labels,
        places=places,
        place_of=place_of,
        products=products,
        returns=returns.assign(sales=returns["sales"].astype(float)).drop(columns="customer_key"),
    )


def _positions(keys: pd.Series, wanted: pd.Series) -> np.ndarray:
    """Where each wanted key is; -1 for none."""
    return pd.Index(keys.astype("int64")).get_indexer(wanted.astype("int64")).astype(np.int32)


def _coded(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    codes, labels = pd.factorize(values.astype(object), use_na_sentinel=False)
    return codes, np.array([None if pd.isna(label) else label for label in labels], dtype=object)


def _places_of(customers: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    grouped = customers.groupby(["country", "state", "city"], dropna=False, sort=False)
    places = grouped.size().index.to_frame(index=False)
    return grouped.ngroup().to_numpy(), places.astype(object).where(places.notna(), None)
