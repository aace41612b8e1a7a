"""Figures of one line, conditions on two amounts of a line, large shares, parts beside their whole: to a plan."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    # the extremes of one line
    "What is the highest sales amount recorded on a single order line?": "highest sales per order line, all time",
    "the lowest profit on one order line in 2025": "lowest profit per order line, 2025",
    "What are the smallest and the largest quantity on an order line for Chairs?": "lowest units per order line and highest units per order line, subcategory Chairs, all time",
    "What is the median sales amount of a Furniture order line?": "median sales per order line, category Furniture, all time",
    "smallest, median and largest sales on an order line": "lowest sales per order line and median sales per order line and highest sales per order line, all time",
    "Whats the largest sales figure we ever had on one order line in Canada?": "highest sales per order line, country Canada, all time",
    "What's the most we ever paid for shipping on one First Class order line?": "highest shipping cost per order line, ship mode First Class, all time",
    "the highest sales on a line by subcategory": "highest sales per order line by subcategory, all time",
    "What is the single order line with the highest sales?": "sales by order and product, all time, the highest",
    "What is the average discount on a line for Chairs?": "average discount, subcategory Chairs, all time",
    # conditions on lines
    "How many order lines had a discount of exactly 40% and still made a profit?": "order lines, discount exactly 40.0%, profit more than $0.00, all time",
    "How many order lines made a profit in 2025?": "order lines, profit more than $0.00, 2025",
    "how many order lines and how much profit did we make in 2025": "order lines and profit, 2025",
    "Share of order lines discounted more than 20%, by category, 2025 only": "share of discount more than 20.0% in order lines by category, 2025",
    "how many order lines had a shipping cost of more than 25% of their sales": "order lines, shipping cost ratio more than 25.0%, all time",
    "how many order lines made a profit of at least 40% of their sales in Germany": "order lines, country Germany, margin at least 40.0%, all time",
    "total sales of order lines with a margin above 30%": "sales, margin more than 30.0%, all time",
    "How many orders had a shipping cost of more than 20% of their sales?": "orders, only orders with shipping cost ratio more than 20.0%, all time",
    "countries with a margin below 5%": "margin by country, margin less than 5.0%, all time",
    "Loss-making lines without any discount: how many are there in each subcategory? Only subcategories with at least one.": "order lines by subcategory, at full price, profit less than $0.00, all time",
    "Number of 2025 orders that had at least one line discounted 50% or more and still made a profit as a whole order": "orders, only orders with discount at least 50.0%, only orders with profit more than $0.00, 2025",
    # large shares, and the share of those told first
    "Countries that make up more than 5% of our 2025 sales each, with their share, largest first": "share of sales by country, share of sales more than 5.0%, 2025",
    "which subcategories account for at least 10% of total profit?": "share of profit by subcategory, share of profit at least 10.0%, all time",
    "How many countries contribute less than 1% of sales in 2025?": "share of sales by country, share of sales less than 1.0%, 2025, how many they are",
    "Markets with a share of 2025 orders above 15%": "share of orders by market, share of orders more than 15.0%, 2025",
    "what part of 2025 sales do our 10 largest customers (by 2025 sales) account for": "share of sales by customer, 2025, the highest 10, added up",
    "Customers who bought from all three categories in 2025 - what percent of the customers of 2025 are they?": "share of customers with at least 3 different categories, 2025 in customers, 2025",
    "Customers who ordered more than 5 times: what share of all customers are they": "share of customers with orders more than 5 in customers, all time",
    "Inside each market, what share of that market's 2025 sales comes from each category?": "share of sales by category and market, 2025",
    "What share of each market's 2025 sales was Technology, and what was it in 2024? market, 2025 share, 2024 share": "share of category Technology in sales by market, 2025 against 2024",
    # a part beside its whole
    "How many customers ordered in 2024 but have not come back in 2025? By market, along with the total number of customers of 2024": "customers (customers without 2025) and customers by market, 2024",
    "How many orders of 2025 were returned, together with the total number of orders of 2025, by segment?": "orders (returned) and orders by segment, 2025",
    "Name the two countries with the highest sales of all time, together with those sales.": "sales by country, all time, the highest 2",
    "sales of the top 5 customers together": "sales by customer, all time, the highest 5, added up",
    # averages of orders and customers
    "On average, how many order lines are there per order in the Home Office segment?": "lines per order, segment Home Office, all time",
    "How many units does an average order in the Corporate segment contain?": "units per order, segment Corporate, all time",
    "how many orders does the average customer in Germany place?": "orders per customer, country Germany, all time",
    "What was the sales amount per customer in each region of the US market in 2025, counting only customers who ordered that year?": "sales per customer by region, market US, 2025",
    "Average spend per customer in France, Germany and Canada in 2025 (sales divided by customers who ordered), by country": "sales per customer by country, country France or Germany or Canada, 2025",
    "How many customers spent more in 2025 than the average 2025 sales per customer?": "sales by customer, sales more than the mean of all shown, 2025, how many they are",
    "Give the number of orders, the average order value and the share of orders returned for High priority orders placed in 2025 in each market.": "orders and average order value and return rate by market, order priority High, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_lines_shares_and_wholes_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "What is the largest order line?",
        "countries that make up more than 5% of their market's sales",
        "How many customers spent more in 2025 than the average 2024 sales per customer?",
        "how many orders does an average customer place per year",
        "sales per customer by market in 2025, counting only customers who ordered in 2024",
        "How many customers ordered in 2024 but not in 2025, along with the number of orders in 2024?",
        "How many orders with a returned line made a profit",
        "Number of 2025 orders with a returned line that still made a profit as a whole order",
    ],
)
def test_what_means_something_else_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


def test_the_share_within_each_group_is_of_that_group() -> None:
    inside = planned("Within each segment, what percentage of its 2025 profit comes from each category?").plan
    overall = planned("share of profit by segment and category in 2025").plan
    assert inside.per == ("segment",) != overall.per
