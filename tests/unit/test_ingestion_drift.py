"""Which changes of a column's type lose nothing, and whom a lost column concerns."""

import pytest

from ingestion import Source, Table
from ingestion.declarations import Parent, Rule
from ingestion.drift import drift_of, obstacle, with_rules
from ingestion.model import Column, SeenColumn

TABLE = Table("t", ("id",), "at")


def nobody(_table: str, _column: str) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("before", "now", "widened"),
    [
        (("smallint", "SMALLINT"), ("integer", "INT"), True),
        (("integer", "INT"), ("bigint", "BIGINT"), True),
        (("bigint", "BIGINT"), ("integer", "INT"), False),
        (("integer", "INT"), ("text", "LONGTEXT"), False),
        (("numeric(10,2)", "DECIMAL(10,2)"), ("numeric(12,2)", "DECIMAL(12,2)"), True),
        (("numeric(10,2)", "DECIMAL(10,2)"), ("numeric(12,4)", "DECIMAL(12,4)"), True),
        (("numeric(10,2)", "DECIMAL(10,2)"), ("numeric(10,4)", "DECIMAL(10,4)"), False),
        (("numeric(10,2)", "DECIMAL(10,2)"), ("numeric(12,0)", "DECIMAL(12,0)"), False),
        (("numeric(10,2)", "DECIMAL(10,2)"), ("numeric", "LONGTEXT"), False),
        (("character varying(20)", "VARCHAR(20)"), ("character varying(50)", "VARCHAR(50)"), True),
        (("character varying(50)", "VARCHAR(50)"), ("character varying(20)", "VARCHAR(20)"), False),
        (("character varying(50)", "VARCHAR(50)"), ("text", "LONGTEXT"), True),
        (("character varying", "LONGTEXT"), ("text", "LONGTEXT"), True),
        (("text", "LONGTEXT"), ("character varying(50)", "VARCHAR(50)"), False),
        (("text", "LONGTEXT"), ("jsonb", "LONGTEXT"), False),
        (("character(3)", "VARCHAR(3)"), ("character varying(3)", "VARCHAR(3)"), False),
        (("timestamp without time zone", "DATETIME(6)"), ("timestamp with time zone", "DATETIME(6)"), False),
        (("timestamp with time zone", "DATETIME(6)"), ("date", "DATE"), False),
        (("real", "DOUBLE"), ("double precision", "DOUBLE"), True),
    ],
)
def test_a_type_is_wider_only_if_every_value_stays_what_it_was(
    before: tuple[str, str], now: tuple[str, str], widened: bool
) -> None:
    found = drift_of("t", [SeenColumn("x", *before, False)], [Column("x", *now, nullable=False)], nobody)
    assert bool(found.widened) is widened
    assert bool(found.retyped) is not widened


@pytest.mark.parametrize("nullable", [True, False])
def test_a_column_that_may_or_may_not_be_null_keeps_its_values(nullable: bool) -> None:
    found = drift_of(
        "t", [SeenColumn("x", "integer", "INT", not nullable)], [Column("x", "integer", "INT", nullable)], None
    )
    assert found.widened
    assert obstacle(TABLE, found, None, full_refresh=False) is None


def test_the_key_and_the_cursor_are_always_read() -> None:
    for name in ("id", "at"):
        found = drift_of(
            "t", [SeenColumn(name, "integer", "INT", False)], [Column(name, "text", "LONGTEXT", False)], nobody
        )
        assert name in (obstacle(TABLE, found, nobody, full_refresh=False) or "")


def test_a_column_that_a_model_reads_already_is_not_filled_behind_its_back() -> None:
    new = [Column("x", "text", "LONGTEXT", True), Column("y", "text", "LONGTEXT", True)]
    assert drift_of("t", [], new, lambda _, column: ("m",) if column == "x" else ()).unread == ("y",)
    assert drift_of("t", [], new, None).unread == ()


def test_the_rules_of_the_quarantine_read_columns_too() -> None:
    orders = Table("orders", ("id",), "at")
    parent = Parent(
        "order_exists", "orders", ("order_id",), (Rule("ship_after_order", "child.shipped >= parent.ordered"),)
    )
    lines = Table("lines", ("id",), "at", rules=(Rule("quantity_is_positive", "quantity > 0"),), parents=(parent,))
    source = Source("s", "EXTRACT_URL", "s", "raw_s", None, (orders, lines))
    readers = with_rules(source, lambda _table, column: ("stg_lines",) if column == "quantity" else ())
    assert readers is not None
    assert readers("lines", "quantity") == ("stg_lines", "the rule quantity_is_positive")
    assert readers("lines", "order_id") == ("the rule order_exists",)
    assert readers("lines", "shipped") == readers("orders", "ordered") == ("the rule ship_after_order",)
    assert readers("lines", "note") == readers("orders", "shipping") == ()
    assert with_rules(source, None) is None
