"""Customers by their first order, and who came again when: from a question to a plan, or a question back."""

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Cohort, Plan, Term
from app.answers.planner import UnclearError
from app.plan_edits import Offer
from tests.unit.answers_layer import VALUES, assert_understood, layer, planned, surroundings


def new_in(year: str) -> str:
    return f"only customers with {year}, only customers without an order before {year}"


WITHIN = {
    "Of the customers whose first order was in 2023, what fraction ordered again on a later day within 180 days of that first order?": f"share of customers with days to order on a later day at most 180.0 days in customers, {new_in('2023')}, all time",
    "Customers whose first order fell in 2024, by quarter of that first order: what fraction ordered again on a later day, at most 90 days after it?": f"share of customers with days to order on a later day at most 90.0 days in customers by quarter of the first order, {new_in('2024')}, all time",
    "Of the customers who first ordered in 2025, what proportion in each market placed another order 1 to 90 days after their first order date?": f"share of customers with days to order on a later day at most 90.0 days in customers by market, {new_in('2025')}, all time",
    "how many new customers of 2025 came back within 30 days": f"customers, {new_in('2025')}, only customers with days to second order at most 30.0 days, all time",
    "share of first-time buyers of 2024 with a second order within half a year": f"share of customers with months to second order at most 6.0 months in customers, {new_in('2024')}, all time",
    "how many customers waited more than a year before their second order": "customers, only customers with months to second order more than 12.0 months, all time",
    "Within 90 days of their first order, what share of customers new in 2024 ordered again?": f"share of customers with days to second order at most 90.0 days in customers, {new_in('2024')}, all time",
    "list of customers who first ordered in October 2025 and came back within two weeks": f"list of customers, {new_in('October 2025')}, only customers with days to second order at most 14.0 days, all time",
    "how many German customers new in 2024 did not order again within 180 days": f"customers, country Germany, {new_in('2024')}, only customers without days to second order at most 180.0 days, all time",
    "what share of customers placed their second order more than 180 days after the first": "share of customers with days to second order more than 180.0 days in customers, all time",
    "share of customers whose second order came between 1 and 30 days after the first": "share of customers with days to second order between 1.0 days and 30.0 days in customers, all time",
    "By cohort year: number of customers and share that came back within 180 days": "customers and share of customers with days to second order at most 180.0 days in customers by year of the first order, all time",
    "how many new customers per month in 2025 came back within 60 days": f"customers by month of the first order, {new_in('2025')}, only customers with days to second order at most 60.0 days, all time",
    "90-day repeat rate of new customers in 2025 by segment": f"share of customers with days to second order at most 90.0 days in customers by segment, {new_in('2025')}, all time",
    "Share of customers acquired in 2024 who bought again within 30, 60 and 90 days of their first purchase": f"share of customers with days to second order at most 30.0 days in customers and share of customers with days to second order at most 60.0 days in customers and share of customers with days to second order at most 90.0 days in customers, {new_in('2024')}, all time",
    "Which market has the highest share of new customers of 2024 that ordered again within 90 days?": f"share of customers with days to second order at most 90.0 days in customers by market, {new_in('2024')}, all time, the highest",
    "Of those customers whose first order was placed in 2024, which percentage came back (placed at least one further order on a later date)?": f"share of customers with days to order on a later day at least 1.0 days in customers, {new_in('2024')}, all time",
}  # fmt: skip
IN_PERIODS = {
    "Of the customers who placed their first order ever in 2024, what share ordered again in 2025?": f"share of customers with 2025 in customers, {new_in('2024')}, all time",
    "Of the clients we won in 2023 (first order that year), how many ordered again in 2024?": f"customers, {new_in('2023')}, only customers with 2024, all time",
    "Group customers by the year of their first order: for the cohorts 2023 and 2024, report the number of customers and the fraction of them that placed an order in 2025": "customers and share of customers with 2025 in customers by year of the first order, only customers with 2023 to 2024, only customers without an order before 2023 to 2024, all time",
    "retention of the 2023 cohort in 2024 and in 2025": f"share of customers with 2024 in customers and share of customers with 2025 in customers, {new_in('2023')}, all time",
    "retention rate of customers acquired in 2024 in 2025 by segment": f"share of customers with 2025 in customers by segment, {new_in('2024')}, all time",
    "by segment: what share of 2024's new customers bought again in 2025": f"share of customers with 2025 in customers by segment, {new_in('2024')}, all time",
    "how many of the customers acquired in Q1 2025 were still buying in 2026": f"customers, {new_in('Q1 2025')}, only customers with 2026, all time",
    "Of 2023's new customers, how many bought again in 2024 and what percentage is that?": f"customers (customers with 2024) and share of customers with 2024 in customers, {new_in('2023')}, all time",
    "how many customers whose first order was in 2024 ordered again that year": f"customers, {new_in('2024')}, only customers with orders at least 2, 2024, all time",
    "How many customers had their first order in 2024 and their second order in 2025?": f"customers, {new_in('2024')}, only customers with orders at least 2, by 2025-12-31, only customers without orders at least 2, by 2024-12-31, all time",
    "Of customers acquired in 2023, which share had placed a second order by the end of 2024?": f"share of customers with orders at least 2, by 2024-12-31 in customers, {new_in('2023')}, all time",
    "top 3 markets by share of new 2024 customers who ordered again in 2025": f"share of customers with 2025 in customers by market, {new_in('2024')}, all time, the highest 3",
}  # fmt: skip
EVER = {
    "of the customers who were new in 2024, how many have never come back (no second order)": f"customers, {new_in('2024')}, only customers with orders exactly 1, all time",
    "repeat rate of customers by year of their first order (share with two or more orders ever)": "share of customers with orders at least 2 in customers by year of the first order, all time",
    "Of the customers that joined us in 2025, what fraction are one-time buyers?": f"share of customers with orders exactly 1 in customers, {new_in('2025')}, all time",
    "how many customers placed their first order in 2024, by market": f"customers by market, {new_in('2024')}, all time",
    "top 5 countries by repeat rate": "share of customers with orders at least 2 in customers by country, all time, the highest 5",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), {**WITHIN, **IN_PERIODS, **EVER}.items())
def test_who_came_again_after_the_first_order_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "how many customers whose first order was in 2024 placed an order in 2023 again",
        "how many new customers of 2024 placed another order 31 to 60 days after the first",
        "how many of the 2023 cohort ordered again in 2024 and 2025",
        "how many new customers in 2025 bought chairs again within 60 days",
        "share of new customers of 2024 who returned an order within 90 days",
        "how many customers returned within 30 days",
    ],
)
def test_what_can_be_read_in_two_ways_or_says_more_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


def test_several_shares_of_one_figure_have_columns_of_their_own() -> None:
    cohorts = [Cohort("customer_id", metric="days_to_second_order", operator="<=", values=(days,)) for days in (30, 60)]
    plan = Plan(tuple(Term("customers", cohorts=(cohort,), share=True) for cohort in cohorts))
    names = [c.name for c in compile_plan(plan, layer(), frozenset({"none"})).columns]
    assert len(set(names)) == 2


def test_who_has_not_had_so_much_time_yet_is_told() -> None:
    assert any("yet" in note for note in planned("what share of new customers of 2026 came back within 90 days").notes)
    assert not planned("what share of new customers of 2024 came back within 90 days").notes


def test_what_the_page_offers_instead_keeps_those_who_came_again() -> None:
    plan = planned("how many new customers of 2024 came back within half a year, by market").plan
    parts = Offer(surroundings(), tuple(layer().metrics), VALUES).parts(plan)
    bound = next(part for part in parts if part.number == 6 and part.renumbered is not None)
    assert bound.renumbered is not None
    assert bound.renumbered(3).cohorts[-1].values == (3.0,)
    for choice in (choice for part in parts for choice in part.choices if part.kind == "cohort"):
        compile_plan(choice.plan, layer(), frozenset({"none"}))
