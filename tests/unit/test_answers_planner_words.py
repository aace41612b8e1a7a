"""How people say things around a question: courtesies, lists of names, numbers, figures beside each other, short spelling."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from app.answers.rewriting import rewritten
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    # courtesies and frames
    "Might I trouble you for the number of orders in 2025?": "orders, 2025",
    "The chief executive wonders what our margin was in 2025": "margin, 2025",
    "I should be most grateful to learn which market had the highest profit in 2025": "profit by market, 2025, the highest",
    "Please be so good as to set out sales by segment for 2025": "sales by segment, 2025",
    "For the board papers: sales by market in 2025, if you please?": "sales by market, 2025",
    "Kindly advise what the margin was in France in 2025": "margin, country France, 2025",
    "Work out the return rate for 2025": "return rate, 2025",
    "Leaving aside France, which country had the highest profit in 2025?": "profit by country, without country France, 2025, the highest",
    # lists of names
    "the names of our ten best customers by sales, together with what they spent": "sales by customer, all time, the highest 10",
    "give me the names of all our customers in France who spent more than 2,000 in total in 2025": "sales by customer, country France, sales more than $2,000.00, 2025",
    "the names of all products sold in Canada in 2025": "list of products, country Canada, 2025",
    "how much did the ten best customers spend together in 2025": "sales by customer, 2025, the highest 10, added up",
    # numbers are no years
    "countries with sales over 2,000": "sales by country, sales more than $2,000.00, all time",
    "customers who spent 2,025 or more": "sales by customer, sales at least $2,025.00, all time",
    "markets with 2000+ units": "units by market, units at least 2,000, all time",
    # words of business
    "how much profit did we book in 2025": "profit, 2025",
    "how much revenue passed through Germany in 2025": "sales, country Germany, 2025",
    "how many accounts bought from us in 2025": "customers, 2025",
    "how many new clients did we win in 2025": "new customers, 2025",
    "how many orders left the warehouse in October 2026": "orders, October 2026, by ship date",
    "price per unit (sales / units) by category": "average price per unit by category, all time",
    # figures beside each other
    "monthly sales in 2025 with a running total": "sales and cumulative sales by month, 2025",
    "sales and cumulative profit by month in 2025": "sales and cumulative profit by month, 2025",
    "running total of sales by month in 2025": "cumulative sales by month, 2025",
    "25th, 50th and 75th percentile of order value": "25th percentile of sales per order and median sales per order and 75th percentile of sales per order, all time",
    "what was the largest single order of 2025, and how much was it worth?": "sales by order, 2025, the highest",
    "by what percentage did sales rise or fell in October 2026 compared with September 2026": "sales, October 2026 against September 2026",
    "shipping cost in 2025, and what proportion of revenue did it represent?": "shipping cost and shipping cost ratio, 2025",
    "sales of Furniture in 2025, and what share of total sales did it represent?": "sales (category Furniture) and share of category Furniture in sales, 2025",
    "which month of 2026 had the slowest shipping by days to ship?": "days to ship by month, 2026, the highest",
    # short spelling
    "avg discnt by categry 2025": "average discount by category, 2025",
    "hwo many custmers in 2025": "customers, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_is_said_around_a_question_changes_no_figure(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "Please advise on pricing",
        "margin (profit / shipping cost) by market in 2025",
        "monthly sales and profit in 2025 with a running total",
        "sales of Furniture in Germany in 2025, and what share of total sales did it represent?",
        "sales in 2025 and what share of total sales did it represent?",
        "sales by category in 2025 and what share of total sales do they represent?",
        "largest single order line in 2025",
        "how many orders are left to ship",
        "customers who left in 2025",
        "net sales by market in 2025",
    ],
)
def test_what_only_looks_like_it_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Redo that for 2026", "the same for 2026"),
        ("Same thing, but profit instead, and leave out Canada", "the same but profit without Canada"),
        ("Once more, but by region", "the same by region"),
    ],
)
def test_what_is_asked_once_more_follows_the_question_before(question: str, form: str) -> None:
    assert rewritten(question) == form


@pytest.mark.parametrize("question", ["total sales for the paper", "may sales by market in 2025", "The same customers"])
def test_words_of_the_question_itself_are_no_frame(question: str) -> None:
    assert rewritten(question) == question
