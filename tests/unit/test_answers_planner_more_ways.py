"""More ways to say it, of shares, orders and their lines, and dates: from a question to a plan, or a question back."""

import pytest

from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, planned

UNDERSTOOD = {
    "Share of 2025 orders that made money overall even though at least one of their lines lost money": "share of orders with a line at a loss and orders with profit more than $0.00 in orders, 2025",
    "For each year from 2023 to 2025, the number of orders whose total profit was negative even though at least one of their lines was profitable.": "orders by year, only orders with a line at a profit, only orders with profit less than $0.00, 2023 to 2025",
    "how many orders were profitable overall although one of their lines lost money?": "orders, only orders with a line at a loss, only orders with profit more than $0.00, all time",
    "What share of EU sales does each category contribute?": "share of sales by category, market EU, all time",
    "For Standard Class in 2026: what portion of the lines took longer than 6 days to ship? Need it by market.": "share of days to ship more than 6.0 days in order lines by market, ship mode Standard Class, 2026",
    "Which US regions ran a margin below that of the US as a whole in the last quarter?": "margin by region, market US, margin less than overall, Q3 2026",
    "What slice of our 2025 revenue hangs on the 100 largest customers of that year?": "share of sales by customer, 2025, the highest 100, added up",
    "Countries with 200 orders or more whose return rate is above the company-wide rate": "return rate and orders by country, orders at least 200, return rate more than overall, all time",
    "which US states sold more than 20k this year but at a loss (state, sales, profit)": "sales and profit by state, country United States, sales more than $20,000.00, profit less than $0.00, this year to 2026-11-24",
    "how many customers bought something in 2024 and nothing since then": "customers, only customers with 2024, only customers without an order after 2024, all time",
    "Freight charges per item, by market, for orders placed last year": "shipping cost per unit by market, 2025",
    "For orders placed in 2026: what fraction of sales is eaten up by shipping cost, by ship mode?": "shipping cost ratio by ship mode, 2026",
    "Split the sales of 2026 by the year in which the customer placed their very first order.": "sales by year of the first order, 2026",
    "which subcategory sold best in 2025": "sales by subcategory, 2025, the highest",
    "In which months did we get more than 500 orders and yet end up with a margin under 8%?": "orders and margin by month, orders more than 500, margin less than 8.0%, all time",
    "How many days, on average, lie between the order and its return, for each market?": "days to return by market, all time",
    "Over the last 12 months, how many lines with a discount of at least 40 percent still made a profit?": "order lines, discount at least 40.0%, profit more than $0.00, the last 12 months",
    "average order value per market for 2026 year to date": "average order value by market, this year to 2026-11-24",
    "What return rate does each market have?": "return rate by market, all time",
    "By what rate have sales grown this year to date compared with the same period last year?": "sales, this year to 2026-11-24 against 2025-01-01 to 2025-11-24",
    "How long does First Class take to ship, in days on average?": "days to ship, ship mode First Class, all time",
    "How long does it take on average, in days, until goods are shipped, by shipping mode?": "days to ship by ship mode, all time",
    "What share of last year's sales came from orders placed on a weekend?": "share of on weekends in sales, 2025",
    "On which day of the week do we receive the most orders?": "orders by weekday, all time, the highest",
    "Which ship mode is the most expensive in terms of shipping cost per unit shipped?": "shipping cost per unit by ship mode, all time, the highest",
    "In what share of the orders of 2025 did the customer take both Furniture and Technology?": "share of orders with category Furniture and orders with category Technology in orders, 2025",
    "Which of the eight quarters of 2024 and 2025 had the lowest profit margin, and what was that margin?": "margin by quarter, 2024 and 2025, the lowest",
    "For the EU market, what share of 2025 revenue does each segment hold": "share of sales by segment, market EU, 2025",
    "Which countries have placed at least 30 orders without a single one being returned?": "orders by country, only countries without returned, orders at least 30, all time",
    "what fraction of this years orders came in on a weekend?": "share of on weekends in orders, this year to 2026-11-24",
    "shipping cost as a share of sales, each ship mode on its own row, last 12 months": "shipping cost ratio by ship mode, the last 12 months",
    "How many chairs were sold during 2024, counted in units?": "units, subcategory Chairs, 2024",
    "Which countries had sales above 10,000 in 2025 yet ended that year with a negative profit?": "sales and profit by country, sales more than $10,000.00, profit less than $0.00, 2025",
    "Total shipping cost of everything sent by Same Day?": "shipping cost, ship mode Same Day, all time",
    "For each market, which country has the largest sales and what share of the market's sales does it hold? Leave out markets that consist of only one country.": "sales and share of sales by market and country, only markets with at least 2 different countries, all time, the highest in each market",
    "In each market, which country came second by profit in 2025? Markets with only one country can be left out.": "profit by market and country, only markets with at least 2 different countries, 2025, number 2 from the highest in each market",
    "Second strongest country by sales in each market for 2026 ytd (markets with one country only can be left out)": "sales by market and country, only markets with at least 2 different countries, 2026, number 2 from the highest in each market",
    "Markets with several countries: which country had the best margin in 2025 in each of them?": "margin by market and country, only markets with at least 2 different countries, 2025, the highest in each market",
    "Had the lines with a discount above 40 percent not been sold, what would the 2025 margin have been in each category?": "margin by category, discount at most 40.0%, 2025",
    "Suppose we had simply not sold anything discounted by 40% or more in 2025. What would that year's profit have been?": "profit, discount less than 40.0%, 2025",
    "Are there subcategories where revenue rose in 2025 against 2024 although profit went down? Which?": "sales and profit by subcategory, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "How dependent are we on fresh business? Share of 2025 revenue that came from customers who were new in 2025": "share of customers with 2025 and customers without an order before 2025 in sales, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_it_is_understood_in_these_ways_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "Since the start of 2024, in which months did Furniture bring in more sales than Technology and yet lose money itself?",
        "Of the customers who placed their first order in 2023, what share ordered again in each of the years 2024 and 2025?",
        "countries with a better margin in 2025 than the EU has, with sales of at least 10,000",
        "how many orders with profit above 0 contain a loss-making line",
    ],
)
def test_what_is_told_in_halves_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)
