"""Which columns does a file of the Superstore format have, under which names do they come?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from oltp.superstore_files.errors import SuperstoreFileError


class Kind(StrEnum):
    """What the rows of a file are."""

    ORDER_LINES = "order_lines"
    RETURNS = "returns"


class Reads(StrEnum):
    """How the values of a column are read."""

    ID = "id"
    NAME = "name"  # becomes a row of a lookup table
    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    FRACTION = "fraction"
    INTEGER = "integer"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the format: its name, its usual header, other headers in use, and whether it may be empty."""

    name: str
    header: str
    reads: Reads
    other_headers: tuple[str, ...] = ()
    nullable: bool = False
    derived: bool = False  # made by the loader where the file lacks it

    @property
    def is_key(self) -> bool:
        """Tell whether the column tells rows apart, so that one value for all rows makes no sense."""
        return self.reads in (Reads.ID, Reads.YES)


ORDER_LINE_COLUMNS = (
    Column("order_id", "Order ID", Reads.ID, ("Order", "Order No", "Order Number")),
    Column("order_date", "Order Date", Reads.DATE, ("Date of Order",)),
    Column("order_priority", "Order Priority", Reads.TEXT, ("Priority",)),
    Column("customer_id", "Customer ID", Reads.ID, ("Customer No", "Customer Number")),
    Column("customer_name", "Customer Name", Reads.TEXT, ("Customer",)),
    Column("email", "Email", Reads.TEXT, ("E-Mail Address", "Customer Email"), nullable=True),
    Column("phone", "Phone", Reads.TEXT, ("Phone Number", "Telephone", "Customer Phone"), nullable=True),
    Column("segment", "Segment", Reads.NAME, ("Segment Name", "Customer Segment")),
    Column("country", "Country", Reads.TEXT, ("Country/Region", "Country Name")),
    Column("state", "State", Reads.TEXT, ("State/Province", "Province")),
    Column("city", "City", Reads.TEXT, ("Town",)),
    Column("postal_code", "Postal Code", Reads.TEXT, ("Postcode", "Zip", "Zip Code"), nullable=True),
    Column("market", "Market", Reads.TEXT),
    Column("region", "Region", Reads.TEXT),
    Column("product_id", "Product ID", Reads.ID, ("Product No", "Product Number", "SKU")),
    Column("product_name", "Product Name", Reads.TEXT, ("Product",)),
    Column("category", "Category", Reads.NAME, ("Category Name", "Product Category")),
    Column("subcategory", "Sub-Category", Reads.NAME, ("Subcategory Name", "Product Sub-Category")),
    Column("quantity", "Quantity", Reads.INTEGER, ("Qty", "Order Quantity")),
    Column("sales", "Sales", Reads.MONEY, ("Sales Amount",)),
    Column("discount", "Discount", Reads.FRACTION),
    Column("profit", "Profit", Reads.MONEY, ("Profit Amount",)),
    Column("ship_date", "Ship Date", Reads.DATE, ("Shipping Date", "Date of Shipping")),
    Column("ship_mode", "Ship Mode", Reads.TEXT, ("Shipping Mode",)),
    Column("shipping_cost", "Shipping Cost", Reads.MONEY, ("Ship Cost",)),
)

RETURN_COLUMNS = (
    Column("returned", "Returned", Reads.YES, ("Is Returned",)),
    Column("order_id", "Order ID", Reads.ID, ("Order", "Order No", "Order Number")),
    Column("return_id", "Return ID", Reads.ID, ("Return No", "Return Number"), derived=True),
    Column("return_date", "Return Date", Reads.DATE, ("Date of Return",)),
    Column("return_status", "Return Status", Reads.TEXT, ("Status",)),
    Column("return_region", "Return Region", Reads.TEXT, ("Region",)),
    Column("reason", "Reason", Reads.TEXT, ("Return Reason", "Reason for Return"), nullable=True),
)

COLUMNS: Mapping[Kind, tuple[Column, ...]] = {Kind.ORDER_LINES: ORDER_LINE_COLUMNS, Kind.RETURNS: RETURN_COLUMNS}
_NEVER_READ = {"rowid", "row", "refusedline", "refusedcolumn", "refusedreason", ""}


@dataclass(frozen=True, slots=True)
class Header:
    """A file's header: what its rows are, and at which position each known column stands."""

    kind: Kind
    titles: tuple[str, ...]
    positions: Mapping[str, int]
    unread: tuple[str, ...]

    def title(self, column: str) -> str:
        """Return the column's name as the file's own header writes it, or its usual one."""
        if column in self.positions:
            return self.titles[self.positions[column]].strip()
        return next(known.header for known in COLUMNS[self.kind] if known.name == column)


def plain(title: str) -> str:
    """Return a header name without case, blanks and punctuation, the form in which names are compared."""
    return re.sub(r"[\W_]+", "", title.casefold())


def known_titles(titles: Iterable[str]) -> int:
    """Count the names that are columns of either kind of file."""
    return sum(plain(title) in _NAMES[kind] for title in titles for kind in Kind)


def match_header(titles: Sequence[str], path: object) -> Header:
    """Return what the header of a file says.

    Raises SuperstoreFileError if it is the header of neither kind of file, or names a column twice.
    """
    kind = _kind(titles)
    if kind is None:
        raise SuperstoreFileError(
            f"{path} does not begin with a header of the Superstore format: its first row must name Order ID and"
            " Product ID (order lines), or Returned and Order ID (returns)"
        )
    positions: dict[str, int] = {}
    unread = []
    for position, title in enumerate(titles):
        column = _NAMES[kind].get(plain(title))
        if column is None:
            unread.append(title.strip())
        elif column in positions:
            raise SuperstoreFileError(
                f"{path} has two columns for {column}, {titles[positions[column]].strip()!r} and {title.strip()!r}:"
                " remove or rename one of them"
            )
        else:
            positions[column] = position
    return Header(kind, tuple(titles), positions, tuple(name for name in unread if plain(name) not in _NEVER_READ))


def column_named(kind: Kind, title: str) -> Column | None:
    """Return the column that goes by this name, in any of its spellings."""
    name = _NAMES[kind].get(plain(title))
    return next((column for column in COLUMNS[kind] if column.name == name), None)


def _kind(titles: Iterable[str]) -> Kind | None:
    names = {plain(title) for title in titles}
    lines = {_NAMES[Kind.ORDER_LINES].get(name) for name in names}
    if {"order_id", "product_id"} <= lines:
        return Kind.ORDER_LINES
    returns = {_NAMES[Kind.RETURNS].get(name) for name in names}
    return Kind.RETURNS if {"order_id", "returned"} <= returns else None


def _names(columns: Iterable[Column]) -> dict[str, str]:
    return {
        plain(title): column.name for column in columns for title in (column.name, column.header, *column.other_headers)
    }


_NAMES = {kind: _names(columns) for kind, columns in COLUMNS.items()}
