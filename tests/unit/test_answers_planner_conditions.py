"""What is asked of members, days and orders by conditions of their own: without a server, from a question to a plan."""

import pytest
from sqlglot import exp

from app.answers.compile import compile_plan
from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, layer, planned

UNDERSTOOD = {
    "orders placed in December 2024 but shipped in January 2025": "orders, ship date 2025-01-01 to 2025-01-31, December 2024",
    "how many returns came in during 2025 for orders placed in 2024": "returns, order date 2024-01-01 to 2024-12-31, 2025",
    "customers who bought tables or chairs but not both in 2025": "list of customers, only customers with exactly 1 different subcategories, subcategory Tables or Chairs, 2025, 2025",
    "customers who bought from at least two of our three categories in 2025": "number of categories by customer, number of categories at least 2, 2025",
    "which countries lost money in both 2024 and 2025": "list of countries, only countries with profit less than $0.00, 2024, only countries with profit less than $0.00, 2025, all time",
    "which countries had sales above $1000 in each of the last three years": "list of countries, only countries with sales more than $1,000.00, 2023, only countries with sales more than $1,000.00, 2024, only countries with sales more than $1,000.00, 2025, all time",
    "customers who ordered in every quarter of 2025": "list of customers, only customers with exactly 4 different quarters, Q1 2025 to Q4 2025, all time",
    "on how many days of 2025 did sales exceed forty thousand dollars": "sales by day, sales more than $40,000.00, 2025, how many they are",
    "how many subcategories had a lower margin in 2025 than in 2024": "margin by subcategory, growth of margin less than 0.0%, 2025 against 2024, how many they are",
    "in which months of 2025 did tables make a profit": "profit by month, subcategory Tables, profit more than $0.00, 2025",
    "how many customers bought chairs in 2024 and tables in 2025": "customers, only customers with subcategory Chairs, 2024, only customers with subcategory Tables, 2025, all time",
    "sales in 2025 of customers who had ordered in 2024": "sales, only customers with 2024, 2025",
    "share of 2025 sales from new customers": "share of customers without an order before 2025 in sales, 2025",
    "what rank does France have among all countries by profit in 2025": "profit by country, 2025, only France of them",
    "90th percentile of order value in 2025": "90th percentile of sales per order, 2025",
    "sales on the first Monday of each month of 2025": "sales by month, day of the month 1 to 7, weekday Monday, 2025",
    "average order value of orders where not a single line carried a discount": "average order value, only orders without a discounted line, all time",
    "which five EU countries have the lowest profit": "profit by country, market EU, all time, the lowest 5",
    "split sales of 2025 into furniture and technology": "sales by category, category Furniture or Technology, 2025",
    "how many customers bought in at least 6 different months of 2025": "customers, only customers with at least 6 different months, 2025, 2025",
    "critical orders with at least one line shipped more than three days after the order - how many orders?": "orders, order priority Critical, days to ship more than 3.0 days, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_condition_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales of customers who ordered in 2024 shipped in 2025",
        "sales on the last Friday of each month of 2025",
        "how many customers ordered in every year from 2023 to 2025",
        "sales per new customer in 2025",
        "what rank do we have in sales",
        "which countries had sales above $1000 in all five quarters of 2025",
    ],
)
def test_a_condition_that_is_not_understood_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("what fraction of orders contain both furniture and technology", " AND COUNT("),
        ("how many orders contain neither furniture nor technology", " OR COUNT("),
        ("how many customers bought chairs in 2024 and tables in 2025", " AND COUNT("),
    ],
)
def test_conditions_on_the_same_members_are_looked_for_in_one_pass(question: str, condition: str) -> None:
    compiled = compile_plan(planned(question).plan, layer(), frozenset({"none"}))
    sought = list(compiled.tree.find_all(exp.In))
    inner = [found.args["query"].this for found in sought if found.args.get("query")]
    assert len(inner) == 1
    assert condition in inner[0].args["having"].sql("mysql")


def test_members_are_told_by_a_condition_on_their_group_so_that_servers_work_them_out_once() -> None:
    compiled = compile_plan(
        planned("sales in 2025 of customers who had ordered in 2024").plan, layer(), frozenset({"none"})
    )
    inner = next(found.args["query"].this for found in compiled.tree.find_all(exp.In) if found.args.get("query"))
    assert inner.args["having"].sql("mysql") == "HAVING COUNT(*) > 0"
