"""Groups, periods and shares by how their figures moved: from a question to a plan, or a question back."""

import datetime as dt

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import Having, Period, Plan, Term
from app.answers.planner import RefusedError, UnclearError
from tests.unit.answers_layer import assert_understood, layer, planned

UNDERSTOOD = {
    "months of 2025 where sales rose on the previous month but profit fell (January against December 2024)": "sales and profit by month, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025, each against the one before",
    "quarters in which orders grew versus the prior quarter while average order value declined": "orders and average order value by quarter, growth of orders more than 0.0%, growth of average order value less than 0.0%, all time, each against the one before",
    "For the months January to October, in which months of 2026 did Furniture earn less profit than in the same month of 2025?": "profit by month, category Furniture, growth of profit less than 0.0%, January 2026 to October 2026, each against the year before",
    "Which months of 2025 fell short of last year's sales?": "sales by month, growth of sales less than 0.0%, 2025, each against the year before",
    "In which months of 2026 were both sales and profit below the same month of 2025?": "sales and profit by month, growth of sales less than 0.0%, growth of profit less than 0.0%, 2026, each against the year before",
    "for which months of 2025 were orders up but average order value down on the prior month": "orders and average order value by month, growth of orders more than 0.0%, growth of average order value less than 0.0%, 2025, each against the one before",
    "months with sales above 400,000 in which profit fell against the previous month": "profit and sales by month, sales more than $400,000.00, growth of profit less than 0.0%, all time, each against the one before",
    "in which years did profit fall even though sales rose": "profit and sales by year, growth of profit less than 0.0%, growth of sales more than 0.0%, all time, each against the one before",
    "In which quarters did the number of orders rise against the previous quarter while the average order value fell?": "orders and average order value by quarter, growth of orders more than 0.0%, growth of average order value less than 0.0%, all time, each against the one before",
    "Considering only countries with sales of at least 20,000 in 2023, where did sales rise by more than 20 percent in 2024 and again by more than 20 percent in 2025?": "sales (year 2023) and sales (year 2024) and sales (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, growth of sales (year 2024) from sales (year 2023) more than 20.0%, growth of sales (year 2025) from sales (year 2024) more than 20.0%, sales (year 2023) at least $20,000.00, all time",
    "EU countries where sales went up from 2023 to 2024 and again from 2024 to 2025, and all three years closed with a profit": "sales (year 2023) and sales (year 2024) and sales (year 2025) and profit (year 2023) and profit (year 2024) and profit (year 2025) by country, market EU, only countries with market EU, 2023, only countries with market EU, 2024, only countries with market EU, 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), profit (year 2023) more than $0.00, profit (year 2024) more than $0.00, profit (year 2025) more than $0.00, all time",
    "where did sales rise two years running (2023 to 2024, 2024 to 2025) while 2025 profit came out lower than 2023's?": "sales (year 2023) and sales (year 2024) and sales (year 2025) and profit (year 2023) and profit (year 2025) by country, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2024) more than sales (year 2023), sales (year 2025) more than sales (year 2024), profit (year 2025) less than profit (year 2023), all time",
    "customers who spent at least 1,000 in 2024 and more than doubled their spending in 2025: how many": "sales (year 2024) and sales (year 2025) by customer, only customers with 2024, only customers with 2025, sales (year 2024) at least $1,000.00, growth of sales (year 2025) from sales (year 2024) more than 100.0%, all time, how many they are",
    "how many customers spent at least 1,000 in 2024 and more than doubled their spending in 2025": "sales (year 2024) and sales (year 2025) by customer, only customers with 2024, only customers with 2025, sales (year 2024) at least $1,000.00, growth of sales (year 2025) from sales (year 2024) more than 100.0%, all time, how many they are",
    "customers whose spending halved from 2024 to 2025 although their orders rose": "sales and orders by customer, growth of sales at most -50.0%, growth of orders more than 0.0%, 2025 against 2024",
    "Which countries beat the prior year's revenue in all four quarters of 2025?": "sales (Q1 2024) and sales (Q2 2024) and sales (Q3 2024) and sales (Q4 2024) and sales (Q1 2025) and sales (Q2 2025) and sales (Q3 2025) and sales (Q4 2025) by country, sales (Q1 2025) more than sales (Q1 2024), sales (Q2 2025) more than sales (Q2 2024), sales (Q3 2025) more than sales (Q3 2024), sales (Q4 2025) more than sales (Q4 2024), all time",
    "markets where profit fell in 2024 and rose in 2025": "profit (year 2023) and profit (year 2024) and profit (year 2025) by market, only markets with 2023, only markets with 2024, only markets with 2025, profit (year 2024) less than profit (year 2023), profit (year 2025) more than profit (year 2024), all time",
    "countries whose sales rose from 2022 to 2023 and from 2024 to 2025": "sales (year 2022) and sales (year 2023) and sales (year 2024) and sales (year 2025) by country, only countries with 2022, only countries with 2023, only countries with 2024, only countries with 2025, sales (year 2023) more than sales (year 2022), sales (year 2025) more than sales (year 2024), all time",
    "countries that were profitable in 2024 but made a loss in 2025": "profit (year 2024) and profit (year 2025) by country, profit (year 2024) more than $0.00, profit (year 2025) less than $0.00, all time",
    "countries where sales grew in 2025 against 2024 and profit was negative in both years": "sales (year 2024) and sales (year 2025) and profit (year 2024) and profit (year 2025) by country, only countries with 2024, only countries with 2025, sales (year 2025) more than sales (year 2024), profit (year 2024) less than $0.00, profit (year 2025) less than $0.00, all time",
    "which markets grew sales by more than 10% in 2025 while their return rate went down": "sales and return rate by market, growth of sales more than 10.0%, growth of return rate less than 0.0%, 2025 against 2024",
    "markets where sales were lower in 2025 than in 2024 but margin was higher": "sales and margin by market, growth of sales less than 0.0%, growth of margin more than 0.0%, 2025 against 2024",
    "Which EU countries are behind last year? Sales YTD lower than in the same period of 2025: country, this year's figure and last year's": "sales by country, market EU, growth of sales less than 0.0%, this year to 2026-11-24 against 2025-01-01 to 2025-11-24",
    "markets whose return rate on 2026 orders is above that on 2025 orders, both rates": "return rate by market, growth of return rate more than 0.0%, 2026 against 2025",
    "In which markets do Corporate customers give a better margin than Consumer customers this year, despite lower sales?": "margin (segment Corporate) and margin (segment Consumer) and sales (segment Corporate) and sales (segment Consumer) by market, margin (segment Corporate) more than margin (segment Consumer), sales (segment Corporate) less than sales (segment Consumer), this year to 2026-11-24",
    "subcategories with a margin in the US more than 5 percentage points above the one in the EU in 2025: subcategory, US margin, EU margin": "margin (market US) and margin (market EU) by subcategory, margin (market US) more than 5 points above margin (market EU), 2025",
    "cities where sales grew by more than 10,000 in 2025 and profit fell": "sales and profit by city, change of sales more than $10,000.00, growth of profit less than 0.0%, 2025 against 2024",
    "Which subcategory gained the most in its share of total company sales between 2024 and 2025, and by how much did the share change?": "share of sales by subcategory, 2025 against 2024, the highest by change",
    "which three subcategories lost the most share of sales from 2024 to 2025": "share of sales by subcategory, 2025 against 2024, the lowest 3 by change",
    "For each category the change in its share of revenue, 2025 vs 2024 (in percentage points)": "share of sales by category, 2025 against 2024",
    "which subcategories increased their share of their own category's sales by more than one percentage point from 2024 to 2025": "share of sales by subcategory and category, change of share of sales more than 1.0%, 2025 against 2024",
    "For each subcategory, how has its share of its category's sales changed from 2024 to 2025?": "share of sales by subcategory and category, 2025 against 2024",
    "how did the EU's share of profit change from 2024 to 2025": "share of market EU in profit, 2025 against 2024",
    "categories whose share of sales fell in 2025 compared with 2024": "share of sales by category, growth of share of sales less than 0.0%, 2025 against 2024",
    "markets whose share of sales rose from 2024 to 2025 although their margin fell": "share of sales and margin by market, growth of share of sales more than 0.0%, growth of margin less than 0.0%, 2025 against 2024",
    "which segment lost share of sales in 2025?": "share of sales by segment, growth of share of sales less than 0.0%, 2025 against 2024",
    "change in APAC's share of orders between 2024 and 2025": "share of market APAC in orders, 2025 against 2024",
    "Which countries had lower sales in 2025 than in 2024 but a higher profit? Only look at countries with at least 6 orders in each of the two years.": "sales (year 2024) and sales (year 2025) and profit (year 2024) and profit (year 2025) and orders (year 2024) and orders (year 2025) by country, only countries with 2024, only countries with 2025, sales (year 2025) less than sales (year 2024), profit (year 2025) more than profit (year 2024), orders (year 2025) at least 6, orders (year 2024) at least 6, all time",
    "Which month of 2026 saw the biggest absolute rise in sales over the month before, and how big was it? (January compares with December 2025)": "sales by month, growth of sales more than 0.0%, 2026, each against the one before, the highest by change",
    "In 2025, which month showed the largest percentage increase in sales over the month before it?": "sales by month, growth of sales more than 0.0%, 2025, each against the one before, the highest",
    "Which months of 2025 beat the same month of 2024 by more than 25% in sales?": "sales by month, growth of sales more than 25.0%, 2025, each against the year before",
    "Which subcategories earned a total profit above zero in the EU market but made a total loss in the US market?": "profit (market EU) and profit (market US) by subcategory, profit (market EU) more than $0.00, profit (market US) less than $0.00, all time",
    "Each market's share of group revenue in 2026, compared with its share in 2023.": "share of sales by market, 2026 against 2023",
    "Which regions grew sales in 2025 but saw profit fall compared with 2024?": "sales and profit by region, growth of sales more than 0.0%, growth of profit less than 0.0%, 2025 against 2024",
    "Countries that were loss-making in both 2025 and 2026 (profit of the year below zero each time), with the profit of 2025 and the profit of 2026": "profit (year 2025) and profit (year 2026) by country, profit (year 2025) less than $0.00, profit (year 2026) less than $0.00, all time",
    "which categories had a bigger share of total sales in 2026 than in 2025?": "share of sales by category, growth of share of sales more than 0.0%, 2026 against 2025",
    "Which countries managed to beat the prior year's revenue in all four quarters of 2025? Count only those with sales in every quarter of both years.": "sales (Q1 2024) and sales (Q2 2024) and sales (Q3 2024) and sales (Q4 2024) and sales (Q1 2025) and sales (Q2 2025) and sales (Q3 2025) and sales (Q4 2025) by country, only countries with Q1 2025, only countries with Q1 2024, only countries with Q2 2025, only countries with Q2 2024, only countries with Q3 2025, only countries with Q3 2024, only countries with Q4 2025, only countries with Q4 2024, sales (Q1 2025) more than sales (Q1 2024), sales (Q2 2025) more than sales (Q2 2024), sales (Q3 2025) more than sales (Q3 2024), sales (Q4 2025) more than sales (Q4 2024), all time",
    "In which months did sales drop against the month before although profit rose? Leave out the incomplete first and last months of the data altogether.": "sales and profit by month, growth of sales less than 0.0%, growth of profit more than 0.0%, January 2023 to October 2026, each against the one before",
    "Calculate the Consumer segment's share of total sales in 2024 and in 2025, and the 2025 share minus the 2024 share. Return the three fractions in one row.": "share of segment Consumer in sales, 2025 against 2024",
    "Which quarters of 2025 were worse than the same quarter of 2024 in both sales and profit?": "sales and profit by quarter, growth of sales less than 0.0%, growth of profit less than 0.0%, 2025, each against the year before",
    "markets where sales per customer rose in 2025 against 2024 while the number of customers fell": "sales per customer and customers by market, growth of sales per customer more than 0.0%, growth of customers less than 0.0%, 2025 against 2024",
    "which category gained the most share of sales in the US from 2024 to 2025": "share of sales by category, market US, 2025 against 2024, the highest by change",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_moves_with_conditions_are_understood_and_may_run(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "countries with rising sales but falling profit",
        "months of 2025 where sales rose but the weather fell",
        "months of 2025 where sales rose on the previous month but profit fell against the same month of 2024",
        "markets where sales rose from 2024 to 2025 but profit fell, with a nice chart of the moon",
        "which categories sold more than furniture and technology together",
        "customers who bought more in 2025 than in 2024",
        "subcategories with sales up and their profit in 2025",
        "how did the share of the EU change",
        "markets where sales rose more than profit from 2024 to 2025",
        "months of 2025 with higher sales than average but lower profit than the month before",
        "customers whose sales rose every month of 2025",
    ],
)
def test_a_move_that_is_not_understood_is_asked_back(question: str) -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned(question)


def test_a_rate_that_rose_from_nothing_rose() -> None:
    years = [Period(dt.date(y, 1, 1), dt.date(y, 12, 31), str(y)) for y in (2024, 2025)]
    plan = Plan(
        (Term("return_rate"),), ("market",), periods=(years[1],), base=years[0], compare="previous",
        having=(Having(0, ">", (0.0,), growth=True),),
    )  # fmt: skip
    sql = compile_plan(plan, layer(), frozenset({"none"})).sql
    assert sql.split("WHERE")[-1].split("ORDER")[0].split() == ["return_rate", ">", "return_rate_before"]


def test_growth_from_another_figure_is_told_of_that_figure() -> None:
    plan = planned("markets whose sales rose by more than 20% in 2024 and fell in 2025").plan
    assert plan.having == (Having(1, ">", (0.2,), growth=True, against="0"), Having(2, "<", (), against="1"))
    sql = compile_plan(plan, layer(), frozenset({"none"})).sql
    grown = "CAST(sales_2024 - sales_2023 AS DOUBLE) / NULLIF(ABS(sales_2023), 0) ) > 0.2"
    assert grown in " ".join(sql.split())
