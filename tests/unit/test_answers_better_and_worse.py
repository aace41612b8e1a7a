"""Better and worse mean lower and higher where less is better."""

import pytest

from tests.unit.answers_layer import assert_understood


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "markets with a worse return rate in 2025 than in 2024",
            "return rate by market, growth of return rate more than 0.0%, 2025 against 2024",
        ),
        (
            "markets with a better margin in 2025 than in 2024",
            "margin by market, growth of margin more than 0.0%, 2025 against 2024",
        ),
        (
            "which markets had a worse return rate than overall in 2025",
            "return rate by market, return rate more than overall, 2025",
        ),
        (
            "markets whose return rate was better than 5% in 2025",
            "return rate by market, return rate less than 5.0%, 2025",
        ),
    ],
)
def test_worse_is_higher_where_less_is_better(question: str, words: str) -> None:
    assert_understood(question, words)
