"""Ranks in two periods: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, planned

UP = "sales by subcategory, climbed in rank, 2025 against 2024, with the rank in each of the two"
UNDERSTOOD = {
    "When all subcategories are ranked by yearly sales, which ones held a better rank in 2025 than in 2024? Show the subcategory with both ranks": UP,
    "Which subcategories moved up in the sales ranking between 2024 and 2025?": UP,
    "which sub-categories ranked higher in 2025 than 2024 by sales": UP,
    "Rank all subcategories by sales. Which ones have a better rank in 2025 than in 2024?": UP,
    "which subcategories had a worse rank by sales in 2024 than in 2025": UP,
    "which countries dropped in the ranking by profit from 2024 to 2025": "profit by country, dropped in rank, 2025 against 2024, with the rank in each of the two",
    "countries whose rank by sales worsened in 2025 compared with 2024": "sales by country, dropped in rank, 2025 against 2024, with the rank in each of the two",
    "rank of each market by sales in 2024 and in 2025": "sales by market, 2025 against 2024, with the rank in each of the two",
    "ranks of the markets by profit in Q1 2025 and Q1 2024": "profit by market, Q1 2025 against Q1 2024, with the rank in each of the two",
    "Which countries fell at least 3 places in the ranking by sales between 2024 and 2025": "sales by country, dropped by at least 3 places, 2025 against 2024, with the rank in each of the two",
    "how many countries lost places in the sales ranking from 2024 to 2025?": "sales by country, dropped in rank, 2025 against 2024, with the rank in each of the two, how many they are",
    "which subcategories kept the same rank by sales in 2024 and 2025": "sales by subcategory, same rank in both, 2025 against 2024, with the rank in each of the two",
    "Which subcategory climbed the most places in the ranking by sales from 2024 to 2025?": f"{UP}, the highest",
    "which subcategories climbed in the ranking by sales in the EU from 2024 to 2025": "sales by subcategory, market EU, climbed in rank, 2025 against 2024, with the rank in each of the two",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_ranks_in_two_periods_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "which products moved up in the ranking",
        "which region rose in the return rate ranking from 2024 to 2025",
        "Which subcategories climbed the most places in the ranking by sales from 2024 to 2025?",
    ],
)
def test_ranks_by_an_open_figure_or_of_an_open_end_are_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)
