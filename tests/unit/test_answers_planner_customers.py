"""Customers and products over time: the days between orders, every one of several years, new ones, last orders."""

from __future__ import annotations

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import PlanError
from app.answers.planner import UnclearError
from tests.unit.answers_layer import assert_understood, layer, planned

GAPS = {
    "For customers with at least two orders: how many days on average between their first and their second order?": "days to second order, all time",
    "how many days lie between a customer's first and second order": "days to second order, all time",
    "mean days between their first and second order by segment (two orders on one day count as 0 days)": "days to second order by segment, all time",
    "How long does it take customers on average to place their second order?": "days to second order, all time",
    "median days between first and second order per market": "median days to second order per customer by market, all time",
    "what is the longest gap between a customer's first order and the next one?": "highest days to second order per customer, all time",
    "top 5 countries by average time between first and second purchase": "days to second order by country, all time, the highest 5",
    "average days between consecutive orders of a customer by segment": "days to next order by segment, all time",
    "days between first and second order for customers whose first order was in 2024": "days to second order, only customers with 2024, only customers without an order before 2024, all time",
    "average days between first and second order of customers with at least three orders": "days to second order, only customers with orders at least 3, all time",
    "average days between order and shipping": "days to ship, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), GAPS.items())
def test_the_days_between_orders_of_a_customer_are_a_figure(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize("group", ["in 2025", "by month", "by category"])
def test_the_days_between_orders_go_by_no_date_and_no_product(group: str) -> None:
    plan = planned(f"average days between first and second order {group}").plan
    with pytest.raises(PlanError):
        compile_plan(plan, layer(), frozenset({"none"}))


_EACH = "only customers with 2023, only customers with 2024, only customers with 2025, only customers with 2026"
EVERY_ONE = {
    "How many customers placed at least one order in each of the four years 2023, 2024, 2025 and 2026?": f"customers, {_EACH}, all time",
    "How many loyal customers do we have who ordered in every single year from 2023 to 2026?": f"customers, {_EACH}, all time",
    "How many customers have placed orders in 2023, in 2024, in 2025 and also in 2026, without missing a year, by market?": f"customers by market, {_EACH}, all time",
    "Customers active in every one of the years 2023, 2024, 2025 and 2026, by segment": f"list of segments and customers, {_EACH}, all time",
    "customers who ordered in all years from 2023 to 2026": f"list of customers, {_EACH}, all time",
    "Evergreen products are those sold in each of the years 2025 and 2026. How many does each category have?": "products sold by category, only products with 2025, only products with 2026, all time",
    "How many countries had sales in each of the years 2025 and 2026?": "number of countries, only countries with 2025, only countries with 2026, all time",
    "What share of customers ordered in both 2025 and 2026 by market": "share of customers with 2025 and customers with 2026 in customers by market, all time",
    "share of customers who ordered in both 2025 and 2026": "list of customers, only customers with 2025, only customers with 2026, all time, their share of all of these",
    "How many products have been sold in every one of our markets?": "products sold, only products with at least 3 different markets, all time",
    "How many products sold in all markets?": "products sold, only products with at least 3 different markets, all time",
    "How many products sold in 2025 have not sold at all in 2026?": "products sold, only products without 2026, 2025",
    "number of products, by category, that sold in 2025 and did not sell in 2026": "products sold by category, only products without 2026, 2025",
    "products sold in 2025 which did not sell in 2026": "list of products, only products without 2026, 2025",
    "customers who never ordered anything in 2026 although they did in 2025": "list of customers, only customers without 2026, 2025",
    "sales in each of the years 2025 and 2026": "sales by year, 2025 and 2026",
    "number of customers for each year from 2023 to 2026": "customers by year, 2023 to 2026",
    "How many products did we sell in each market?": "products sold by market, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), EVERY_ONE.items())
def test_what_holds_in_every_one_or_in_one_and_not_another_is_a_condition_on_members(question: str, words: str) -> None:
    assert_understood(question, words)


def test_every_year_without_a_word_more_is_asked_back() -> None:
    with pytest.raises(UnclearError):
        planned("How many customers ordered in every year from 2023 to 2026?")


_NEW = "only customers with 2023, only customers without an order before 2023"
FIRST_AND_LAST = {
    "of the customers whose first order was in 2023, how many ordered in 2025 too, and what fraction of them is that?": f"customers (customers with 2025) and share of customers with 2025 in customers, {_NEW}, all time",
    "How many of the customers whose first ever order was in 2023 have ordered again in 2026, and what share of that 2023 group are they?": f"customers (customers with 2026) and share of customers with 2026 in customers, {_NEW}, all time",
    "Of the customers whose first order was in 2023, how many ordered in 2024, how many in 2025 and how many in 2026?": f"customers (customers with 2024) and customers (customers with 2025) and customers (customers with 2026), {_NEW}, all time",
    "Of the orders placed in 2025, how many were returned, how many were shipped First Class and how many were critical?": "orders (returned) and orders (ship mode First Class) and orders (order priority Critical), 2025",
    "What share of 2025 sales came from customers whose first order was in 2025, by market?": "share of customers without an order before 2025 in sales by market, 2025",
    "How much of our 2025 sales came from customers who were new in 2025? Amount and share, per market": "sales (customers with 2025, customers without an order before 2025) and share of customers with 2025 and customers without an order before 2025 in sales by market, 2025",
    "sales in 2025 of customers whose first order was in 2024": "sales, only customers with 2024, only customers without an order before 2024, 2025",
    "How many customers placed their latest order before 2025, i.e. have gone quiet since, per segment?": "customers by segment, only customers with an order before 2025, only customers without an order since 2025, all time",
    "what share of customers last ordered before 2025, by market": "share of customers with an order before 2025 and customers without an order since 2025 in customers by market, all time",
    "customers whose latest order is dated before 2025, by market, and as a fraction of all that market's customers": "customers (customers with an order before 2025, customers without an order since 2025) and share of customers with an order before 2025 and customers without an order since 2025 in customers by market, all time",
    "Which share of the customers who ordered in 2025 had already ordered before 2025?": "share of customers with an order before 2025 in customers, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), FIRST_AND_LAST.items())
def test_what_follows_a_first_order_and_who_went_quiet_is_told_with_its_share(question: str, words: str) -> None:
    assert_understood(question, words)


_OLD = "customers without an order before 2025"
NEWCOMERS = {
    "For each quarter of 2025, how many customers ordered, and how many of them were new customers in that quarter?": "new customers and customers by quarter, 2025",
    "new customers in 2025 and the sales they brought in, per market": f"new customers and sales ({_OLD}) by market, 2025",
    "New customers of 2025 per segment, and how much on average each of them has spent in 2025": f"new customers and sales per customer ({_OLD}) by segment, 2025",
    "number of new customers in 2025 and how many orders they placed": f"new customers and orders ({_OLD}), 2025",
    "German orders and new German customers, month by month": "new customers and orders by month, country Germany, all time",
    "German orders and customers by month": "orders and customers by month, country Germany, all time",
    "new customers and sales by market in 2025": "new customers and sales by market, 2025",
    "sales from new customers in 2025 by market": f"sales by market, only {_OLD}, 2025",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), NEWCOMERS.items())
def test_new_customers_stand_beside_a_figure_of_all_or_of_theirs(question: str, words: str) -> None:
    assert_understood(question, words)


@pytest.mark.parametrize(
    "question",
    [
        "new customers by month in 2025 and the sales they brought",
        "new customers in 2024 and the sales they brought in 2025",
        "German orders and French customers by month",
    ],
)
def test_new_customers_of_several_periods_and_figures_of_several_kinds_are_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


BETWEEN = {
    "How many days pass on average between the first and the second order of a customer, counting only customers with at least two orders?": "days to second order, all time",
    "average days between orders by segment": "days to next order by segment, all time",
    "average days between orders per customer by segment": "average days to next order per customer by segment, all time",
    "average days between orders per customer": "days to next order by customer, all time",
    "on average how long until a customer orders again": "days to next order, all time",
    "how long do customers wait on average before they order again?": "days to next order, all time",
    "how many days does it take a customer on average to come back?": "days to next order, all time",
    "average time between purchases": "days to next order, all time",
    "average purchase interval by market": "days to next order by market, all time",
    "which segment reorders fastest?": "days to next order by segment, all time, the lowest",
    "average number of days between a customer's first and last order, for customers with at least two orders": "days from first to last order, only customers with orders at least 2, all time",
    "How many days on average elapse between a customer's first order and their most recent order, counting only customers with two or more orders?": "days from first to last order, only customers with orders at least 2, all time",
    "average customer lifetime in days (first to last order) by segment": "days from first to last order by segment, all time",
    "days between first and last order for each customer": "days from first to last order by customer, all time",
    "top 10 customers by days between first and last order": "days from first to last order by customer, all time, the highest 10",
    "How many days on average between the first order and the next order on a later day?": "days to order on a later day, all time",
    "average days from first to second order by quarter of first order for customers who first ordered in 2024": "days to second order by quarter of the first order, only customers with 2024, only customers without an order before 2024, all time",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), BETWEEN.items())
def test_the_time_between_orders_is_understood_in_many_ways(question: str, words: str) -> None:
    assert_understood(question, words)
