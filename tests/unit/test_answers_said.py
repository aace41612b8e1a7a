"""What no words ask for is asked about; spans between dates, words written as one, and English words that are no typos."""

import pytest

from app.answers.ask import _fits_nothing
from app.answers.plan import Cohort, Filter, Plan, Term
from app.answers.planner import UnclearError
from app.answers.reading import read
from app.answers.vocabulary.spans import with_spans_named
from app.answers.wording import understood
from tests.unit.answers_layer import NEWEST, OLDEST, layer, planned, surroundings

ASKED_BACK = (
    "What was the margin at each discount in 2025?",
    "Which countries have at least 40 orders in 2025 and none of those orders were returned by consumers?",
    "sales growth of France, Germany and Canada this year vs same period last year",
    "What is the margin on chairs, and on tables, in 2025?",
    "Sales for the states of New York and Texas in 2025",
    "How much of our 2025 revenue was ordered at the weekend? I mean the amount.",
    "return rate us last year",
    "what were its sales in 2024?",
    "what's the margin there?",
    "Rank the markets by profit, then and now: each market's position in 2023 and its position in 2025.",
    "Why did the margin on Tables go negative?",
    "How many orders in 2025 had no office supplies in them at all?",
    "months of 2025 in which furniture made a loss or had sales below 60000",
    "how does October compare to September this year, sales and orders",
    "days to return per year of order",
)
UNDERSTOOD = {
    "Please state the shipping cost ratio for each market in 2025.": "shipping cost ratio by market, 2025",
    "Set out, for each category, the profit of 2025": "profit by category, 2025",
    "subcategories running at a loss in 2025": "profit by subcategory, profit less than $0.00, 2025",
    "lines by discount level in 2025": "order lines by discount level, 2025",
    "sales by shipmode in 2025": "sales by ship mode, 2025",
    "sales n profit by quarter 2024": "sales and profit by quarter, 2024",
    "profit in the us by region": "profit by region, market US, all time",
    "return rate superior to 5% by market": "return rate by market, return rate more than 5.0%, all time",
    "number of returns dated 2025 by status": "returns by return status, 2025",
    "cumulative sales by month for 2025, running total please": "cumulative sales by month, 2025",
    "countries with an average discount above 30%": "average discount by country, average discount more than 30.0%, all time",
    "Per region: top 2 subcategories by profit in 2025": "profit by region and subcategory, 2025, the highest 2 in each region",
    "months of 2025 in which margin fell below 9%": "margin by month, margin less than 9.0%, 2025",
    "profit and customer count by region": "profit and customers by region, all time",
    "phones order count per year": "orders by year, subcategory Phones, all time",
    "what share of orders was placed on weekends, by year": "share of on weekends in orders by year, all time",
}
SPANS = {
    "How many days on average between order date and return date, by return region?": "days to return, by return region?",
    "On average, how many days after the order date is a return made?": "On average, days to return?",
    "how many days does it take on average from order to shipment in Germany?": "days to ship in Germany?",
    "On average, how many days pass until Second Class goods are shipped?": "On average, days to ship of Second Class orders?",
    "median days from order to ship by category": "median days to ship by category",
    "How many orders took more than 5 days to ship?": "How many orders took more than 5 days to ship?",
    "days between a customer's first and second order": "days between a customer's first and second order",
}


@pytest.mark.parametrize("question", ASKED_BACK)
def test_what_was_not_said_is_asked_about(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_was_said_is_understood(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


@pytest.mark.parametrize(("question", "words"), SPANS.items())
def test_a_span_between_two_dates_has_the_name_of_its_figure(question: str, words: str) -> None:
    assert with_spans_named(question) == words


def test_a_cause_is_not_told_but_where_it_changed_is_offered() -> None:
    with pytest.raises(UnclearError) as error:
        planned("Why did the profit of chairs fall in 2024?")
    assert understood(layer(), planned(error.value.choices[0]).plan) == error.value.choices[0]


def test_there_points_back_only_where_it_is_a_place() -> None:
    before = planned("sales by market in 2024").plan
    assert planned("how many orders were there in 2025?", before).plan == planned("orders in 2025").plan
    assert planned("what was the margin there?", before).plan.dimensions == ("market",)


def test_a_bare_figure_follows() -> None:
    before = planned("sales by segment in 2024").plan
    assert understood(layer(), planned("profit?", before).plan) == "profit by segment, 2024"
    assert understood(layer(), planned("profit in 2025", before).plan) == "profit, 2025"


@pytest.mark.parametrize("word", ["set", "pass", "string", "book", "move"])
def test_an_english_word_is_never_taken_for_a_misspelling(word: str) -> None:
    assert read(f"sales {word} 2025", surroundings().lexicon, NEWEST, OLDEST).mended == []


def test_a_misspelling_is_mended() -> None:
    mended = read("totl slaes by regoin", surroundings().lexicon, NEWEST, OLDEST).mended
    assert [right for _, right in mended] == ["total", "sale", "region"]


def test_nothing_is_no_answer_where_a_condition_could_be_meant_otherwise() -> None:
    returned = Cohort("country", True, filters=(Filter("returned", "in", ("returned",)),))
    listed = Plan((Term("orders"),), ("country",), cohorts=(returned,))
    assert _fits_nothing(listed, [])
    assert not _fits_nothing(listed, [("France", 3)])
    assert not _fits_nothing(Plan((Term("orders"),), ("country",)), [])
    assert _fits_nothing(Plan((Term("sales"),), cohorts=(returned,)), [(None,)])
    assert not _fits_nothing(Plan((Term("sales"),)), [(None,)])
    assert not _fits_nothing(Plan((), ("product_name",), cohorts=(returned,), missing=True), [])
    assert not _fits_nothing(planned("countries whose sales rose in 2024 and again in 2025").plan, [])
