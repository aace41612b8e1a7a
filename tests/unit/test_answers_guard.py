"""The guard: what may run and what may not, without a server."""

from pathlib import Path

import pytest

from app.answers.guard import Allowed, GuardError, allowed_for, guard
from tests.unit.answers_layer import layer

DATA = Path(__file__).resolve().parents[1] / "data"
HOSTILE = (DATA / "hostile_statements.txt").read_text(encoding="utf-8").splitlines()
HARMLESS = (DATA / "harmless_statements.txt").read_text(encoding="utf-8").splitlines() + [
    f"select {prefix}.{dimension}, {figure} as v from fct_sales s join {table} {prefix} on {prefix}.{key} = s.{key}"
    f" group by {prefix}.{dimension} order by v desc"
    for table, prefix, key, dimensions in (
        ("dim_product", "p", "product_key", ("category", "subcategory")),
        ("dim_customer", "c", "customer_key", ("region", "market", "country", "segment", "state", "city")),
    )
    for dimension in dimensions
    for figure in ("sum(sales)", "sum(profit)", "avg(discount)", "count(*)", "count(distinct order_id)", "max(sales)",
                   "sum(profit) / nullif(sum(sales), 0)", "round(avg(discount), 3)", "sum(quantity)", "min(profit)",
                   "sum(shipping_cost)", "count(distinct s.product_id)", "sum(case when discount > 0.2 then sales end)",
                   "avg(quantity)", "max(discount)", "sum(sales) / count(distinct order_id)", "sum(abs(profit))")
]  # fmt: skip


@pytest.fixture(scope="module")
def allowed() -> Allowed:
    return allowed_for(layer(), "warehouse_manager")


@pytest.mark.parametrize("statement", HOSTILE)
def test_a_hostile_statement_is_refused(statement: str, allowed: Allowed) -> None:
    with pytest.raises(GuardError):
        guard(statement, allowed)


@pytest.mark.parametrize("statement", HARMLESS)
def test_a_harmless_statement_passes(statement: str, allowed: Allowed) -> None:
    assert guard(statement, allowed).text.lower().lstrip("(").startswith(("select", "with"))


def test_there_are_enough_statements_to_speak_of() -> None:
    assert len(set(HOSTILE)) >= 150
    assert len(set(HARMLESS)) >= 190


def test_text_is_bound_and_the_rows_are_limited(allowed: Allowed) -> None:
    guarded = guard("select * from dim_product where category = 'Furni''ture' and product_name like '%x%'", allowed)
    assert guarded.values == ("Furni'ture", "%x%")
    assert "Furni" not in guarded.text
    assert guarded.text.endswith("LIMIT 20001")


def test_a_format_of_dates_reaches_the_server_as_it_was_written(allowed: Allowed) -> None:
    guarded = guard("select date_format(cast(order_date_key as date), '%M') from fct_sales", allowed)
    assert "'%%M'" in guarded.text


def test_comments_within_text_are_text(allowed: Allowed) -> None:
    assert guard("select count(*) from dim_product where product_name = 'a -- b # c /* d */'", allowed).values


def test_texts_with_signs_of_every_kind_are_bound_in_their_order(allowed: Allowed) -> None:
    statement = (
        "select concat('100%', ' §0§ ', 'it''s') as `§1§ of §`, group_concat(distinct category separator ' / ') as c "
        "from dim_product where subcategory in ('§', 'a\\\\b', '%s')"
    )
    guarded = guard(statement, allowed)
    assert guarded.values == ("100%", " §0§ ", "it's", " / ", "§", "a\\b", "%s")
    assert guarded.text.count("%s") == len(guarded.values)
    assert "`§1§ of §`" in guarded.text


@pytest.mark.parametrize(
    "statement",
    [
        "select group_concat(email) from dim_customer",
        "select group_concat(distinct upper(c.phone) separator '') from dim_customer c",
        "select group_concat(e) from (select email as e from dim_customer) x",
        "with x as (select concat(email, '') as e from dim_customer) select group_concat(e) from x",
        "with x (e) as (select email from dim_customer), y (f) as (select e from x) select group_concat(f) from y",
    ],
)
def test_personal_columns_are_not_strung_together(statement: str, allowed: Allowed) -> None:
    with pytest.raises(GuardError, match="personal"):
        guard(statement, allowed)
