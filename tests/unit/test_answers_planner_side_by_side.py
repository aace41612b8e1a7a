"""Two periods or two values in one row, steps and running totals: without a server, from a question to a plan."""

import pytest

from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    # one row for each group
    "sales by market in Q1 2025 and Q1 2026 side by side": "sales by market, Q1 2026 against Q1 2025",
    "sales by market in Q1 2025 and Q1 2026, two columns": "sales by market, Q1 2026 against Q1 2025",
    "profit in 2023 and 2026 next to each other by country": "profit by country, 2026 against 2023",
    "customers by market in 2024 and 2025, one column per year": "customers by market, 2025 against 2024",
    "Compare the average order value of 2024 with that of 2025 for every segment, one row per segment": "average order value by segment, 2025 against 2024",
    "Per category: sales in the first half of 2025, sales in the second half of 2025": "sales by category, H2 2025 against H1 2025",
    "For each region: profit in 2023 and profit in 2026": "profit by region, 2026 against 2023",
    "sales in Germany and France side by side by category": "sales (country Germany) and sales (country France) by category, all time",
    # two periods are columns of a group's row, three are rows
    "sales by category in 2024 vs 2025": "sales by category, 2025 against 2024",
    "sales in 2024 vs sales in 2025 by category": "sales by category, 2025 against 2024",
    "sales by category in 2024 and 2025, one row per category and year": "sales by category and year, 2024 and 2025",
    "share of sales by market in 2024 and 2025 side by side": "share of sales by market, 2025 against 2024",
    "sales by category in 2024, 2025 and 2026 side by side": "sales by category, 2024 against 2025 against 2026",
    # by how much, whichever way
    "By what fraction did sales grow from 2024 to 2025 in each category?": "sales by category, 2025 against 2024",
    "how much higher or lower were sales in Q3 2026 than in Q3 2025 per market?": "sales by market, Q3 2026 against Q3 2025",
    "how many more or fewer orders did we have in 2025 than in 2024, by region": "orders by region, 2025 against 2024",
    "how much higher or lower is the margin of technology than that of furniture": "margin (category Technology) and margin (category Furniture), all time, their difference",
    # each against the one before
    "For each month from February to October 2026, the change in sales against the month before (as a fraction)": "sales by month, February 2026 to October 2026, each against the one before",
    "for each quarter of 2025: sales, and the percentage change against the quarter directly before it (Q1 against Q4 2024)": "sales by quarter, 2025, each against the one before",
    "In which months of 2026 was profit lower than in the month before? January is to be compared with December 2025.": "profit by month, growth of profit less than 0.0%, 2026, each against the one before",
    # a figure and its running total
    "2025 monthly sales with the running total for the year alongside": "sales and cumulative sales by month, 2025",
    "monthly profit for 2024 along with a running total": "profit and cumulative profit by month, 2024",
    "Give the running total of sales through 2025, month by month in calendar order (month and cumulative sales only)": "cumulative sales by month, 2025",
    # more than before
    "Which EU countries have already sold more this year to date than in the whole of last year? (country, this year's sales, last year's sales)": "sales by country, market EU, growth of sales more than 0.0%, this year to 2026-11-24 against 2025",
    "customers who spent more this year so far than in all of last year": "sales by customer, growth of sales more than 0.0%, this year to 2026-11-24 against 2025",
    "customers who ordered fewer units in 2025 than in 2024": "units by customer, growth of units less than 0.0%, 2025 against 2024",
    "how many customers spent more in 2025 than in 2024": "sales by customer, growth of sales more than 0.0%, 2025 against 2024, how many they are",
    # a month by steps
    "How did the month before last compare with the same month a year earlier for First Class orders - sales then and now, per category?": "sales by category, ship mode First Class, September 2026 against September 2025",
    "orders of last month and of the month before that, by market, side by side": "orders by market, October 2026 against September 2026",
    # one against several together, or against the rest
    "are sales of chairs higher than those of tables and phones together": "sales (subcategory Chairs) and sales (subcategory Tables or Phones), all time, their difference",
    "did phones sell more than chairs and tables combined in 2025": "units (subcategory Phones) and units (subcategory Chairs or Tables), 2025, their difference",
    "are consumers more profitable than corporate and home office combined": "profit (segment Consumer) and profit (segment Corporate or Home Office), all time, their difference",
    "did tables and phones together sell more than chairs in 2025": "units (subcategory Tables or Phones) and units (subcategory Chairs), 2025, their difference",
    "sales of phones against the rest of technology": "sales (subcategory Phones, category Technology) and sales (without subcategory Phones, category Technology), all time, their difference",
    "furniture sales vs the rest": "sales (category Furniture) and sales (without category Furniture), all time, their difference",
    "did phones sell more than chairs in 2025": "units by subcategory, subcategory Phones or Chairs, 2025",
    "In how many countries did sales to Consumer customers in 2025 exceed the combined sales to Corporate and Home Office customers?": "sales (segment Consumer) and sales (segment Corporate or Home Office) by country, sales (segment Consumer) more than sales (segment Corporate or Home Office), 2025, how many they are",
    "show per category the sales on returned orders and the sales on orders that were not returned": "sales (returned) and sales (not returned) by category, all time",
    "sales of chairs and tables together": "sales, subcategory Chairs or Tables, all time",
    "how many countries sold more phones than chairs and tables combined": "units (subcategory Phones) and units (subcategory Chairs or Tables) by country, units (subcategory Phones) more than units (subcategory Chairs or Tables), all time, how many they are",
    # both kinds
    "return rate of discounted and undiscounted orders": "return rate by discounted or not, discounted or at full price, all time",
    "margin on discounted and non-discounted lines": "margin by discounted or not, discounted or at full price, all time",
    "average order value with and without returns": "average order value by returned or not, all time",
    "return rate of discounted and undiscounted orders together": "return rate, discounted or at full price, all time",
    "Median order value of orders having at least one loss-making line, and of orders having none, side by side": "median sales per order (orders with profit less than $0.00) and median sales per order (orders without profit less than $0.00), all time",
    "average order value of orders with and without a discounted line in 2025": "average order value (orders with a discounted line) and average order value (orders without a discounted line), 2025",
    "average order value of orders with at least one discounted line": "average order value, only orders with a discounted line, all time",
    # above the mean of all shown
    "German states whose total sales exceed the average total of a German state": "sales by state, country Germany, sales more than the mean of all shown, all time",
    "subcategories with sales above the average of all subcategories": "sales by subcategory, sales more than the mean of all shown, all time",
    "customers in Germany who spent more than the average German customer": "sales by customer, country Germany, sales more than the mean of all shown, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_stands_side_by_side_is_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "for each quarter of 2025: sales growth against the quarter before (Q1 against Q1 2024)",
        "for each quarter of 2025: sales growth against the quarter before (Q1 against Q4 2025)",
        "monthly profit of 2024 and 2025 with the running total for the year",
        "customers who bought more in 2025 than in 2024",
        "sales per market in 2025 (region, sales)",
        "sales of the rest",
        "which categories sold more than furniture and technology together",
        "sales of chairs against the rest of tables",
        "products that sold better than the average product in their category",
        "states with sales above the average of a country",
    ],
)
def test_another_step_year_or_column_is_asked_about(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


def test_those_with_a_figure_in_one_period_alone_are_told_to_be_left_out() -> None:
    assert "those with sales in both periods" in planned("customers who spent more in 2025 than in 2024").notes
