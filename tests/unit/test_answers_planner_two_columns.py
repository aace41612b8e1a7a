"""Two dimensions that differ or agree: from a question to a plan, or a question back."""

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import DIFFERS, SAME, Filter, Plan, PlanError, Term
from app.answers.planner import UnclearError
from app.plan_edits import Offer
from tests.unit.answers_layer import VALUES, assert_understood, layer, planned, surroundings

CLEAR = frozenset({"none", "name"})
OTHER_REGION = Filter("return_region", DIFFERS, ("region",))
UNDERSTOOD = {
    "For how many returns does the return region differ from the region of the customer?": "returns, return region other than region, all time",
    "For each market, how many returns were booked under a return region that differs from the region of the customer? List only markets where that has happened": "returns by market, return region other than region, all time",
    "Returns where the return region isn't the customer's own region: count per market of the customer, leave out markets without any": "returns by market, return region other than region, all time",
    "How many returns have a return region different from the customer's region in 2025?": "returns, return region other than region, 2025",
    "returns whose return region differs from that of the customer": "returns, return region other than region, all time",
    "by quarter, returns booked under another return region than the customer's": "returns by quarter, return region other than region, all time",
    "how many returns are there where return region and customer region differ?": "returns, return region other than region, all time",
    "returns with a mismatch between return region and region by year": "returns by year, return region other than region, all time",
    "How many rejected returns carry a return region that is not the customer's home region?": "returns, return status Rejected, return region other than region, all time",
    "which market has the most returns whose return region is not the customer's region?": "returns by market, return region other than region, all time, the highest",
    "how many returns have the same return region as the customer's region": "returns, return region the same as region, all time",
    "share of returns whose return region is the same as the customer's region": "share of return region the same as region in returns, all time",
    "in what share of returns does the return region differ from the customer's region": "share of return region other than region in returns, all time",
    "what percentage of returns were booked in a different return region than the customer's region, per segment": "share of return region other than region in returns by segment, all time",
    "orders shipped on the day they were ordered": "orders, ship date the same as order date, all time",
    "how many orders were not shipped on the day they were ordered": "orders, ship date other than order date, all time",
    "orders that shipped on a different day than they were ordered": "orders, ship date other than order date, all time",
    "share of orders shipped on the same day they were ordered by market": "share of ship date the same as order date in orders by market, all time",
    "number of orders that shipped the day they were ordered, by month in 2025": "orders by month, ship date the same as order date, 2025",
    "share of orders shipped on the order date": "share of ship date the same as order date in orders, all time",
    "how many orders did not ship on the day of the order": "orders, ship date other than order date, all time",
    "how many order lines have a ship date equal to the order date in 2024": "order lines, ship date the same as order date, 2024",
    "which orders have the same order date and ship date": "list of orders, order date the same as ship date, all time",
    "orders shipped same day by market": "orders by market, ship mode Same Day, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_dimensions_that_differ_or_agree_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "returns where the return region differs from the region of the customer and the sun shines",
        "returns whose return region differs from the customer",
        "does the return region ever differ from the customer's region?",
    ],
)
def test_what_is_not_understood_of_a_comparison_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(("operator", "sign"), [(DIFFERS, "<>"), (SAME, "=")])
def test_the_columns_are_compared_row_by_row(operator: str, sign: str) -> None:
    plan = Plan((Term("returns"),), ("market",), filters=(Filter("return_region", operator, ("region",)),))
    assert f"returns.return_region {sign} customers.region" in compile_plan(plan, layer(), CLEAR).sql.replace("`", "")


@pytest.mark.parametrize(
    "condition",
    [
        Filter("return_region", DIFFERS, ("return_region",)),
        Filter("return_region", DIFFERS, ("order_date",)),
        Filter("return_region", SAME, ("region", "market")),
        Filter("return_region", SAME, ("weather",)),
        Filter("@month", SAME, ("region",)),
        Filter("region", SAME, ("email",)),
    ],
)
def test_only_two_dimensions_of_one_kind_that_a_role_sees_are_compared(condition: Filter) -> None:
    with pytest.raises(PlanError):
        compile_plan(Plan((Term("returns"),), filters=(condition,)), layer(), CLEAR)


def test_a_comparison_can_be_turned_round_on_the_page() -> None:
    offer = Offer(surroundings(), tuple(layer().metrics), VALUES)
    plan = Plan((Term("returns"),), filters=(OTHER_REGION,))
    part = next(part for part in offer.parts(plan) if part.kind == "filter")
    assert part.words == "return region other than region"
    assert [choice.plan.filters[0].operator for choice in part.choices] == [SAME]
    assert part.removed == Plan((Term("returns"),))
