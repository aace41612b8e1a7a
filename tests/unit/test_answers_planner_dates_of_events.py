"""When something first or last happened: from a question to a plan whose figure is a date."""

import datetime as dt

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Having, Plan, PlanError, Term
from app.answers.planner import UnclearError
from app.answers.wording import chart_form, sentence
from app.plan_edits import Offer
from tests.unit.answers_layer import VALUES, assert_understood, layer, planned, surroundings

UNDERSTOOD = {
    "when was the first order from Germany": "first order date, country Germany, all time",
    "when was the most recent order from Germany": "last order date, country Germany, all time",
    "when did we last sell a chair in Germany?": "last order date, subcategory Chairs, country Germany, all time",
    "When was a table last sold in Germany?": "last order date, subcategory Tables, country Germany, all time",
    "when was the last time we sold a table in Canada": "last order date, subcategory Tables, country Canada, all time",
    "When did customers in France first order?": "first order date, country France, all time",
    "when did we get our first order from France?": "first order date, country France, all time",
    "When did the first order from France reach us, and when the latest one?": "first order date and last order date, country France, all time",
    "for each country, the date of the most recent order": "last order date by country, all time",
    "when was each subcategory last sold?": "last order date by subcategory, all time",
    "when did each market get its first order": "first order date by market, all time",
    "latest return date by market": "last return date by market, all time",
    "first and last order date by country": "first order date and last order date by country, all time",
    "when was the last order of 2024 in France": "last order date, country France, 2024",
    "when did we last ship something by Same Day?": "last ship date, ship mode Same Day, all time",
    "customers by date of last order, oldest first": "last order date by customer, all time",
    "customers and their first order date in France": "first order date by customer, country France, all time",
    "which customers have not ordered for the longest time": "last order date by customer, all time",
    "which 5 products have gone the longest without a sale": "last order date by product, all time, the lowest 5",
    "which product was sold most recently?": "last order date by product, all time, the highest",
    "date of the last order of each of the top 5 customers by sales": "sales and last order date by customer, all time, the highest 5",
    "When did each of our top 5 customers by sales last order?": "sales and last order date by customer, all time, the highest 5",
    "for each of the top 5 countries by sales, the date of the first order": "sales and first order date by country, all time, the highest 5",
    "top 5 customers by sales: name, sales and date of last order": "sales and last order date by customer, all time, the highest 5",
    "on which date did we have the most orders": "orders by day, all time, the highest",
    "number of customers by year of first order date": "customers by year of the first order, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_when_something_happened_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(("question", "descending"), [("oldest first", False), ("newest first", True)])
def test_the_order_of_the_dates_is_as_it_is_told(question: str, descending: bool) -> None:
    assert planned(f"customers by date of last order, {question}").plan.order == (("0", descending),)


@pytest.mark.parametrize("question", ["average last order date by country", "how long ago was the last order"])
def test_what_reckons_with_a_date_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


DATED = Term("order_date_last")


@pytest.mark.parametrize(
    "plan",
    [
        Plan((Term("order_date_last", share=True),), ("market",)),
        Plan((Term("order_date_last", aggregate="average", over="customer_id"),)),
        Plan((DATED,), ("market",), having=(Having(0, ">", (5.0,)),)),
        Plan((DATED, Term("order_date_first")), contrast="difference"),
        Plan((Term("order_date_last/orders"),)),
    ],
)
def test_no_plan_reckons_with_a_date(plan: Plan) -> None:
    with pytest.raises(PlanError, match="nothing can be reckoned"):
        compile_plan(plan, layer(), frozenset({"none"}))


def test_a_date_is_shown_as_one_and_drawn_in_no_chart() -> None:
    plan = Plan((DATED,), ("market",))
    columns = compile_plan(plan, layer(), frozenset({"none"})).columns
    rows = [("EU", dt.date(2026, 11, 3)), ("US", dt.date(2025, 1, 2))]
    assert sentence(layer(), plan, columns, rows, False) == (
        "Last order date by market: 2 rows, from 2025-01-02 (US) to 2026-11-03 (EU)."
    )
    assert chart_form(columns, rows) == "table"
    assert columns[1].format == "date"


def test_the_page_offers_nothing_that_reckons_with_a_date() -> None:
    offer = Offer(surroundings(), tuple(layer().metrics), VALUES)
    plan = Plan((DATED,), ("market",))
    for choice in (*offer.additions(plan), *(c for part in offer.parts(plan) for c in part.choices)):
        compile_plan(choice.plan, layer(), frozenset({"none"}))
