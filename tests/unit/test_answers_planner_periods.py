"""The same stretch of two years, and conditions that each have a period of their own: from a question to a plan."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Sales from January to October: 2025, 2026 and the growth rate, by category": "sales by category, January 2026 to October 2026 against January 2025 to October 2025",
    "Compare January to October 2026 with January to October 2025 for each category: sales in 2025, sales in 2026 and the growth in percent": "sales by category, January 2026 to October 2026 against January 2025 to October 2025",
    "Year-to-date view: profit by segment from 1 January to 31 October, for 2025 and for 2026, followed by the growth": "profit by segment, 2026-01-01 to 2026-10-31 against 2025-01-01 to 2025-10-31",
    "Monthly sales 2026 with the change against the same month of 2025, January to October": "sales by month, January 2026 to October 2026, each against the year before",
    "units per subcategory between 1 March and 31 May, 2025 against 2026": "units by subcategory, 2026-03-01 to 2026-05-31 against 2025-03-01 to 2025-05-31",
    "margin by category in 2025 and 2026 (January to October)": "margin by category, January 2026 to October 2026 against January 2025 to October 2025",
    "compare the first nine months of 2025 and 2026 by category: sales": "sales by category, the first 9 months of 2026 against the first 9 months of 2025",
    "Orders shipped in January to March 2025 and 2026 by market": "orders by market, January 2026 to March 2026 against January 2025 to March 2025, by ship date",
    "Running total of sales, by month, January to October 2026": "cumulative sales by month, January 2026 to October 2026",
    "sales in the first half of 2025": "sales, H1 2025",
    "Countries with over 20k sales in Q3 2025 whose sales dropped by more than 20% in Q3 2026. I need country, Q3 2025 sales, Q3 2026 sales.": "sales by country, only countries with sales more than $20,000.00, Q3 2025, growth of sales less than -20.0%, Q3 2026 against Q3 2025",
    "Countries whose sales shrank from 2024 to 2025 by more than 10,000: show sales of both years, 2024 first": "sales by country, change of sales less than -$10,000.00, 2025 against 2024",
    "products with at least 5,000 in sales in 2026 that also sold in 2025, where the 2026 sales are more than three times the 2025 sales": "sales by product, only products with 2025, only products with sales at least $5,000.00, 2026, growth of sales more than 200.0%, 2026 against 2025",
    "In which EU market countries were sales in 2025 lower than in 2024? Show both years' sales, 2024 first.": "sales by country, market EU, growth of sales less than 0.0%, 2025 against 2024",
    "customers with over 5000 in sales in 2024 and under 1000 in 2025": "sales by customer, only customers with sales more than $5,000.00, 2024, only customers with sales less than $1,000.00, 2025, 2025 against 2024",
    "countries with more than 100 orders in 2025 and more than 120 in 2026": "orders by country, only countries with orders more than 100, 2025, only countries with orders more than 120, 2026, 2026 against 2025",
    "countries that lost money in 2024 but made a profit in 2025": "profit by country, only countries with profit less than $0.00, 2024, only countries with profit more than $0.00, 2025, 2025 against 2024",
    "countries with more than 50 orders in 2024 whose sales fell from 2024 to 2025": "sales by country, only countries with orders more than 50, 2024, growth of sales less than 0.0%, 2025 against 2024",
    "countries where sales in 2025 were more than double those in 2024": "sales by country, growth of sales more than 100.0%, 2025 against 2024",
    "subcategories whose orders rose between 2024 and 2025 by at least 100": "orders by subcategory, change of orders at least 100, 2025 against 2024",
    "customers whose orders fell by more than 50% from 2024 to 2025": "orders by customer, growth of orders less than -50.0%, 2025 against 2024",
    "countries whose sales dropped below 10,000 in 2025": "sales by country, sales less than $10,000.00, 2025",
    "countries with sales over 20000 in 2025 and profit below 0": "sales and profit by country, sales more than $20,000.00, profit less than $0.00, 2025",
    "which subcategories made money in the US market": "profit by subcategory, market US, profit more than $0.00, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_question_of_several_periods_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales in 2025 and 2026 for orders shipped in January to March",
        "customers who ordered in Q1 of 2025 and 2026",
    ],
)
def test_periods_that_could_be_meant_otherwise_are_asked_about(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
