"""The fewest groups that make up so much, and shares that add up: from a question to a plan, or a question back."""

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import PlanError
from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, layer, planned

REACHED = {
    "What is the smallest number of customers who together account for at least half of the sales of 2025?": "sales by customer, 2025, the fewest that together make up 50% of sales, how many they are",
    "Taking sub-categories from the largest by revenue downwards, how many do we need to reach 80% of all-time sales?": "sales by subcategory, all time, the fewest that together make up 80% of sales, how many they are",
    "Concentration test: sorting customers by all-time sales from the top, how many are needed to reach at least half of total sales?": "sales by customer, all time, the fewest that together make up 50% of sales, how many they are",
    "how many products make up 80% of sales in the EU": "sales by product, market EU, all time, the fewest that together make up 80% of sales, how many they are",
    "In 2025, how many products accounted for two thirds of profit?": "profit by product, 2025, the fewest that together make up 66.67% of profit, how many they are",
    "80% of our sales come from how many customers?": "sales by customer, all time, the fewest that together make up 80% of sales, how many they are",
    "number of customers needed to reach half of sales in each market": "sales by customer and market, all time, the fewest that together make up 50% of sales in each market, how many they are",
    "how many customers make up half our orders": "orders by customer, all time, the fewest that together make up 50% of orders, how many they are",
    "what share of customers brings in 80 % of sales": "sales by customer, all time, the fewest that together make up 80% of sales, their share of all of these",
    "which subcategories together make up the first half of profit": "profit by subcategory, all time, the fewest that together make up 50% of profit",
    "list the customers that together bring in 10% of 2025 sales": "sales by customer, 2025, the fewest that together make up 10% of sales",
    "which countries account for more than 5% of sales": "share of sales by country, share of sales more than 5.0%, all time",
}  # fmt: skip
ADDED_UP = {
    "Pareto: subcategories by sales in 2025 with cumulative share": "sales by subcategory, 2025, with the share of all, added up from the highest down",
    "Sort subcategories from highest to lowest sales; show the running share of the total": "sales by subcategory, all time, with the share of all, added up from the highest down",
    "Show a Pareto chart of sales by country for 2025": "sales by country, 2025, with the share of all, added up from the highest down",
    "Rank subcategories by profit in the EU and show cumulative %": "profit by subcategory, market EU, all time, with the share of all, added up from the highest down",
    "sales by country in 2025, sorted largest to smallest, with share and cumulative share": "sales by country, 2025, with the share of all, added up from the highest down",
    "cumulative share of sales by month in 2025": "share of cumulative sales by month, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), REACHED.items())
def test_the_fewest_that_make_up_a_share_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(("question", "words"), ADDED_UP.items())
def test_shares_that_add_up_from_the_highest_down_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "how many corporate customers make up half of sales",
        "how many subcategories make up half of our orders",
        "how many products make up 80% of margin",
        "how many customers make up half of sales and half of profit",
        "how many customers make up 20% of sales in 2024 and 2025",
        "which products made the bottom 20% of sales",
        "Ranking customers by profit from the top, how many are needed to reach half of sales?",
        "Pareto: margin by subcategory",
        "Pareto analysis",
    ],
)
def test_a_whole_that_is_open_or_does_not_add_up_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


def test_groups_that_a_role_sees_as_one_are_not_counted() -> None:
    plan = planned("how many cities make up half of sales in Germany").plan
    assert "within_reach = 1" in compile_plan(plan, layer(), frozenset({"none", "name"})).sql
    with pytest.raises(PlanError, match="shown as one"):
        compile_plan(plan, layer(), frozenset({"none"}), fold=True)
