"""What is said only around a question, numbers with figures of the same rows, whole orders: from a question to a plan."""

import pytest

from app.answers.planner import UnclearError
from app.answers.vocabulary.says_nothing import without
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "number of returns per return status in 2025, by return date": "returns by return status, 2025, by return date",
    "For orders placed in March 2025, break units sold down by sub-category.": "units by subcategory, March 2025",
    "How many returned orders sit in each return status?": "returns by return status, all time",
    "Given our order history, when I group by ship mode, then I see the mean days to ship.": "days to ship by ship mode, all time",
    "A quarterly profit series for 2024 is required, first quarter on top.": "profit by quarter, 2024",
    "How many order lines lost money in 2025, and what is the total profit on those lines?": "order lines and profit, profit less than $0.00, 2025",
    "number and total profit of loss-making lines in 2025": "order lines and profit, profit less than $0.00, 2025",
    "How many loss-making lines did each category have in 2025, and what (negative) profit did those lines add up to?": "order lines and profit by category, profit less than $0.00, 2025",
    "lines with a discount over 50% - how many in 2025 and what profit did they make": "order lines and profit, discount more than 50.0%, 2025",
    "orders worth more than 5,000 in total sales - how many are there, and what portion of our total sales do they bring?": "orders (orders with sales more than $5,000.00) and share of orders with sales more than $5,000.00 in sales, all time",
    "Lines from 2025 that lost money even though no discount was given: count and total profit, split by category.": "order lines and profit by category, at full price, profit less than $0.00, 2025",
    "same day lines in 2025 that took more than 0 days to ship: how many and what share of all same day lines": "order lines (days to ship more than 0.0 days) and share of days to ship more than 0.0 days in order lines, ship mode Same Day, 2025",
    "how many orders contain at least one line with a discount above 20%, and what were they worth together?": "orders and sales, only orders with discount more than 20.0%, all time",
    "orders of 2025 that mix Furniture and Technology but contain no Office Supplies: count and total sales": "orders and sales, only orders with category Furniture, only orders with category Technology, only orders without category Office Supplies, 2025",
    "How many customers ordered more than 10 times, and what share of total sales do they account for?": "customers (customers with orders more than 10) and share of customers with orders more than 10 in sales, all time",
    "Same Day lines of 2025 that did not ship on the day they were ordered: number by market": "order lines by market, ship mode Same Day, days to ship more than 0.0 days, 2025",
    "How many lines of 2025 shipped on the very day of the order?": "order lines, days to ship less than 1.0 days, 2025",
    "Per ship mode: number of lines that left more than 5 days after they had been ordered": "order lines by ship mode, days to ship more than 5.0 days, all time",
    "How many orders placed in 2025 have a loss on every single one of their lines?": "orders, only orders without profit at least $0.00, 2025",
    "In how many 2025 orders with two or more lines was every single line loss-making?": "orders, only orders without profit at least $0.00, only orders with order lines at least 2, 2025",
    "How many of the orders placed in 2025 were split, meaning their lines have different ship dates?": "orders, only orders with more than 1 different ship dates, 2025",
    "how many orders of 2025 were shipped in several parcels": "orders, only orders with more than 1 different ship dates, 2025",
    "In how many orders did someone buy Chairs and Tables together?": "orders, only orders with subcategory Chairs, only orders with subcategory Tables, all time",
    "orders with Chairs and Tables together": "orders, only orders with subcategory Chairs, only orders with subcategory Tables, all time",
    "how many orders combine Furniture and Technology": "orders, only orders with category Furniture, only orders with category Technology, all time",
    "shipping cost of Critical priority orders, split by ship mode": "shipping cost by ship mode, order priority Critical, all time",
    "return rate by market, start with the worst": "return rate by market, all time",
    "What percentage of order lines is loss-making in each subcategory? Start with the worst.": "share of profit less than $0.00 in order lines by subcategory, all time",
    "margin by market, worst first": "margin by market, all time",
    "How many orders came in last week (Monday to Sunday)?": "orders, the week of 2026-11-16",
    "order count by priority -> October 2025": "orders by order priority, October 2025",
    "median order value in 2025 (the median of the orders' total sales)": "median sales per order, 2025",
    "how many days after ordering is an order returned, on average?": "days to return, all time",
    "returns that came in more than 30 days after the order, count per status": "returns by return status, days to return more than 30.0 days, all time",
    "What percentage of the sales of all orders placed in 2025 belongs to orders that were returned?": "share of returned in sales, 2025",
    "How much of our 2025 sales depends on the 100 customers with the highest sales that year, as a percentage?": "share of sales by customer, 2025, the highest 100, added up",
    "Which countries had at least 15 orders placed in 2025 and none of those orders returned?": "orders by country, only countries without returned, 2025, orders at least 15, 2025",
    "Which five countries earned us the most profit in 2025, and how much was it in each?": "profit by country, 2025, the highest 5",
    "Which countries have placed more than 400 orders and still made us a loss overall?": "orders and profit by country, orders more than 400, profit less than $0.00, all time",
    "top 3 subcategories by number of returned orders placed in 2025": "orders by subcategory, returned, 2025, the highest 3",
    "Among the returned orders placed in 2025, which three subcategories appear in the most orders, and in how many?": "orders by subcategory, returned, 2025, the highest 3",
    "What were the smallest, the average and the largest shipping cost on a single order line for Tables?": "lowest shipping cost per order line and average shipping cost per order line and highest shipping cost per order line, subcategory Tables, all time",
    "Give me the shortest, the longest and the median number of days to ship for Second Class lines ordered in 2025.": "lowest days to ship per order line and highest days to ship per order line and median days to ship per order line, ship mode Second Class, 2025",
    "p90 of order value in 2025, plus mean; one row": "90th percentile of sales per order and average order value, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_numbers_figures_and_whole_orders_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "sales by dashboard",
        "how many alerts fired in 2025",
        "what is the mood of our customers",
        "which documents were sent in 2025",
        "average quality by category",
        "how many customers complained in 2025",
        "how many orders were checked in 2025",
        "who is the CEO",
        "Year-over-year sales growth for each full calendar year",
        "How many of our orders have been returned altogether, and what return rate is that?",
    ],
)
def test_words_that_could_be_asked_for_are_not_left_aside(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(
    ("question", "word", "left"),
    [
        ("Verify that sales grew", "Verify", "that sales grew"),
        ("the board's deck: sales by market", "deck", "the board's : sales by market"),
        ("customers who complained", "complained", None),
        ("sales by deck", "deck", None),
        ("orders that were lost", "lost", None),
    ],
)
def test_only_words_that_say_nothing_are_left_aside(question: str, word: str, left: str | None) -> None:
    assert without(question, word) == left


def test_what_is_left_aside_is_told() -> None:
    assert "left aside “sit”" in planned("How many returned orders sit in each return status?").notes


@pytest.mark.parametrize(
    ("question", "descending"),
    [
        ("return rate by market, start with the worst", True),
        ("return rate by market from best to worst", False),
        ("margin by market, worst first", False),
        ("What percentage of order lines is loss-making in each subcategory? Start with the worst.", True),
        ("sales by market, start with the worst", False),
    ],
)
def test_the_worst_is_high_or_low_as_the_figure_has_it(question: str, descending: bool) -> None:
    assert planned(question).plan.order == (("0", descending),)
