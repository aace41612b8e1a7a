"""Figures that moved the same way in years in a row: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "countries whose sales rose from 2023 to 2024 and from 2024 to 2025": "sales (year 2023) and sales (year 2024) and sales (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), all time",
    "countries whose sales increased in 2024 and in 2025": "sales (year 2023) and sales (year 2024) and sales (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), all time",
    "List the countries whose sales went up two years in a row (2023 to 2024 and again 2024 to 2025) and that brought in more than 100,000 in 2025.": "sales (year 2023) and sales (year 2024) and sales (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), sales (year 2025) more than $100,000.00, all time",
    "Countries with rising sales every year from 2023 to 2025 whose margin nevertheless went down both times": "sales (year 2023) and sales (year 2024) and sales (year 2025) and margin (year 2023) and margin (year 2024) and margin (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), margin (year 2024) less than margin (year 2023), margin (year 2025) less than margin (year 2024), all time",
    "how many subcategories had falling profit in every year from 2023 to 2025": "profit (year 2023) and profit (year 2024) and profit (year 2025) by subcategory, only subcategories with 2023, only subcategories with 2024, only subcategories with 2025, profit (year 2024) less than profit (year 2023), profit (year 2025) less than profit (year 2024), all time, how many they are",
    "which markets' sales rose in both 2024 and 2025": "sales (year 2023) and sales (year 2024) and sales (year 2025) by market, only markets with 2023, only markets with 2024, only markets with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), all time",
    "EU countries whose orders grew in 2024 as well as in 2025": "orders (year 2023) and orders (year 2024) and orders (year 2025) by country, market EU, only countries with 2023, only countries with 2024, only countries with 2025, orders (year 2024) more than orders (year 2023), orders (year 2025) more than orders (year 2024), all time",
    "In which countries did sales rise both from 2023 to 2024 and from 2024 to 2025, counting only countries with at least 100 orders in 2025?": "sales (year 2023) and sales (year 2024) and sales (year 2025) and orders (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), orders (year 2025) at least 100, all time",
    "Countries in the EU where sales went up from 2023 to 2024 and again from 2024 to 2025": "sales (year 2023) and sales (year 2024) and sales (year 2025) by country, market EU, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_moves_in_a_row_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "countries whose sales rose in 2024 and in 2025 and were founded early",
    ],
)
def test_years_that_do_not_follow_are_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
