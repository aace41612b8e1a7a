"""From a question to a plan, without a server: each construction once, and what must not be guessed."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answers.compile import compile_plan
from app.answers.guard import allowed_for, guard
from app.answers.plan import Plan, PlanError, plan_from_json
from app.answers.planner import RefusedError, UnclearError
from app.answers.wording import understood
from tests.unit.answers_layer import layer, planned, surroundings

UNDERSTOOD = {
    "what were total sales in 2024?": "sales, 2024",
    "reveneu by catgory": "sales by category, all time",
    "top 5 customers by profit in 2024": "profit by customer, 2024, the highest 5",
    "5 products with the highest sales": "sales by product, all time, the highest 5",
    "worst 3 subcategories by margin": "margin by subcategory, all time, the lowest 3",
    "top 3 products in each category by sales": "sales by category and product, all time, the highest 3 in each category",
    "second best selling product": "sales by product, all time, number 2 from the highest",
    "which region has the most customers": "customers by region, all time, the highest",
    "sales of furniture vs technology": "sales by category, category Furniture or Technology, all time",
    "compare sales in 2023 and 2024": "sales, 2023 against 2024",
    "how did sales grow from 2023 to 2024": "sales, 2024 against 2023",
    "sales growth month over month in 2024": "sales by month, 2024, each against the one before",
    "which segment grew fastest in 2024": "sales by segment, 2024 against 2023, the highest",
    "slowest growing market by sales in 2024": "sales by market, 2024 against 2023, the lowest",
    "which ship mode is fastest": "days to ship by ship mode, all time, the lowest",
    "how many customers ordered more than 5 times": "customers, only customers with orders more than 5, all time",
    "number of orders over $1000": "orders, only orders with sales more than $1,000.00, all time",
    "sales with a discount above 30%": "sales, discount more than 30.0%, all time",
    "which products were never sold": "list of products, only products without an order, all time",
    "customers who bought furniture but not technology": "list of customers, category Furniture, only customers without category Technology, all time",
    "sales without furniture": "sales, without category Furniture, all time",
    "profit of orders that were not returned": "profit, not returned, all time",
    "how many orders were returned in 2024": "returns, 2024",
    "how many orders placed in 2024 were returned": "orders, returned, 2024",
    "share of furniture in total sales by region": "share of category Furniture in sales by region, all time",
    "what percent of sales is from the US": "share of market US in sales, all time",
    "percentage of sales by category": "share of sales by category, all time",
    "median order value by segment": "median sales per order by segment, all time",
    "average sales per month in 2024": "average sales per month, 2024",
    "orders and shipping cost by region": "shipping cost and orders by region, all time",
    "sales per order": "average order value, all time",
    "cumulative sales by month": "cumulative sales by month, all time",
    "how many chairs did we sell": "units, subcategory Chairs, all time",
    "how many countries do we sell to": "number of countries, all time",
    "high priority orders by market": "orders by market, order priority High, all time",
    "sales by ship mode same day": "sales by ship mode, ship mode Same Day, all time",
    "orders shipped in January 2025": "orders, January 2025, by ship date",
    "sales on weekends": "sales, on weekends, all time",
    "which subcategories lost money": "profit by subcategory, profit less than $0.00, all time",
    "how long does it take to ship": "days to ship, all time",
    "which customers bought both furniture and technology": "list of customers, only customers with category Furniture, only customers with category Technology, all time",
    "ratio of total profit to total sales by category": "margin by category, all time",
    "shipping cost per unit by ship mode": "shipping cost per unit by ship mode, all time",
    "share of customers who ordered at least 3 times": "share of customers with orders at least 3 in customers, all time",
    "markets where profit fell in 2025": "profit by market, growth of profit less than 0.0%, 2025 against 2024",
    "difference in profit between consumer and corporate": "profit (segment Consumer) and profit (segment Corporate), all time, their difference",
    "countries without any sales in 2025": "list of countries, only countries without 2025, all time",
    "sales in Q1 of each year": "sales by year, quarter of the year 1, all time",
    "when was the first order from France": "first order date, country France, all time",
    "q3 sales vs q2 sales this year": "sales, Q3 2026 against Q2 2026",
    "share of chairs in furniture sales": "share of subcategory Chairs in sales, category Furniture, all time",
    "percent of sales in the EU that came from Germany": "share of country Germany in sales, market EU, all time",
    "how many orders did not contain any furniture": "orders, only orders without category Furniture, all time",
    "which customers only bought furniture": "list of customers, only customers with nothing but category Furniture, all time",
    "number of customers who ordered in 2023 but not in 2024": "customers, only customers without 2024, 2023",
    "markets whose sales grew more than 30% in 2025": "sales by market, growth of sales more than 30.0%, 2025 against 2024",
    "sales since March 2025 until May 2025": "sales, since March 2025 until May 2025",
    "how much more did we sell in 2025 than in 2024": "sales, 2025 against 2024",
    "order lines with a quantity over 10": "order lines, units more than 10, all time",
    "list countries by number of customers": "customers by country, all time",
    "median line sales by category": "median sales per order line by category, all time",
    "sales by shipping month in 2025": "sales by month, 2025, by ship date",
    "how many countries have more than 200 customers": "number of countries, only countries with customers more than 200, all time",
    "fastest grow category": "sales by category, 2025 against 2024, the highest",
    "total sales of customers who placed only one order": "sales, only customers with orders exactly 1, all time",
    "how is profit split between the segments": "profit by segment, all time",
    "second best country in each market by profit": "profit by market and country, all time, number 2 from the highest in each market",
    "combined profit of the 5 most profitable products": "profit by product, all time, the highest 5, added up",
    "what share of sales do the top 10 customers account for": "share of sales by customer, all time, the highest 10, added up",
    "subcategories whose 2025 margin was lower than their 2024 margin": "margin by subcategory, growth of margin less than 0.0%, 2025 against 2024",
    "how much higher is the margin of technology than that of furniture": "margin (category Technology) and margin (category Furniture), all time, their difference",
    "difference between sales and profit by category": "sales and profit by category, all time, their difference",
    "ratio of EU sales to US sales by year": "sales (market EU) and sales (market US) by year, all time, their ratio",
    "all markets except those with fewer than 1000 orders: sales": "sales and orders by market, orders at least 1,000, all time",
    "sales of products that were never returned": "sales, only products without returned, all time",
    "how many orders were not shipped same day and not returned": "orders, without ship mode Same Day, not returned, all time",
    "customers outside Europe who bought tables, how many?": "customers, without market EU, subcategory Tables, all time",
    "which countries have not bought chairs in 2025": "list of countries, only countries without subcategory Chairs, 2025, all time",
    "in what year did we have more orders": "orders by year, all time, the highest",
    "average profit of orders with more than 5 lines": "profit per order, only orders with order lines more than 5, all time",
    "sales of customers who ordered more than twice": "sales, only customers with orders more than 2, all time",
    "shipping cost as % of revenue by market": "shipping cost ratio by market, all time",
    "top5 contries by nr of customers": "customers by country, all time, the highest 5",
    "is 2025 better than 2024 in profit?": "profit, 2025 against 2024",
    "return rate of orders with at least one line discounted by 50% or more": "return rate, discount at least 50.0%, all time",
    "sales over the past 3 months by category": "sales by category, the last 3 months",
    "which ship mode is used the most": "orders by ship mode, all time, the highest",
    "orders shipped by first class in 2025": "orders, ship mode First Class, 2025",
    "sales by corporate customers by year": "sales by year, segment Corporate, all time",
    "share of furniture in sales by state, top 3": "share of category Furniture in sales by state, all time, the highest 3",
    "bottom 3 subcategories by profit over all the years": "profit by subcategory, all time, the lowest 3",
    "by what percentage are sales up in 2025": "sales, 2025 against 2024",
    "high priority orders, count, in 2025": "orders, order priority High, 2025",
    "orders by week from monday 3 march 2025 until sunday 30 march 2025": "orders by week, 2025-03-03 to 2025-03-30",
}  # fmt: skip


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_a_question_is_understood(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


@pytest.mark.parametrize(("question", "words"), UNDERSTOOD.items())
def test_what_is_compiled_passes_the_guard(question: str, words: str) -> None:
    for clear, fold in ((frozenset({"none", "name", "precise_location"}), False), (frozenset({"none"}), True)):
        compiled = compile_plan(planned(question).plan, layer(), clear, fold=fold)
        guard(compiled.sql, allowed_for(layer(), "warehouse_manager"))


@pytest.mark.parametrize(
    "question",
    ["sales in Central", "sales in Washington", "top 10", "sales by blorb", "in 2024", "more than 5", "which is better", "average sales", "number of sales",
     "who ordered in 2023 and 2024", "low discount orders",
     "the three best and the three worst categories by profit", "who bought the most", "what product is returned the most",
     "total sales for 2024 and the count of orders for 2025", "total profit of the ten most profitable products",
     "how much did the discount cost us",
     "return rate by reason", "profit above 2024",
     "the market with the most customers and the one with the fewest",
"orders of high value customers", "how many orders does an average customer place per year",
     "what are our categories and how much did each of them sell in 2025", "orders by market in 2025 this year",
     "how many customers in each segment: count them per segment and customer", "number of segments by segment",
     "among the ten countries with the highest sales, which had a margin below the overall margin",
     "profit this year against the same period of 2024 and all of 2023",
     "how many times as high as furniture's margin was the margin of technology in 2025",
     "what fraction of the increase from 2024 to 2025 did each market contribute to sales",
     "how many of the orders were returned or not",
     "top 5 products share of furniture sales",
     "returned sales as a percentage of orders", "who ordered something every single month of 2025", "sales by bleed", "where do most of our customers live", "Christmas sales by year"],
)  # fmt: skip
def test_what_is_unclear_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


@pytest.mark.parametrize(
    "question", ["sales by supplier", "forecast sales for 2030", "sales in 2019", "emails of customers", "fiscal year sales", "sales next month"]
)  # fmt: skip
def test_what_the_data_does_not_hold_is_refused(question: str) -> None:
    with pytest.raises(RefusedError):
        planned(question)


def test_a_region_of_several_markets_offers_them_as_choices_that_are_understood() -> None:
    with pytest.raises(UnclearError) as caught:
        planned("sales in Central in 2024")
    assert len(caught.value.choices) == 3
    for choice in caught.value.choices:
        assert "region Central" in understood(layer(), planned(choice).plan)


def test_real_places_are_not_taken_for_misspellings() -> None:
    with pytest.raises((UnclearError, RefusedError)):
        planned("sales in Atlantis")


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("sales by region in 2024", "and by month?", "sales by month, 2024"),
        ("sales by region in 2024", "only Europe", "sales by region, market EU, 2024"),
        ("sales by region in 2024", "what about 2023?", "sales by region, 2023"),
        ("sales by region in 2024", "and profit", "profit by region, 2024"),
        ("sales by region in 2024", "compared to 2023", "sales by region, 2024 against 2023"),
        ("sales by category", "as a percentage", "share of sales by category, all time"),
        ("top 5 customers by sales", "by profit instead", "profit by customer, all time, the highest 5"),
        ("sales in 2024", "why?", "sales by category, 2024 against 2023"),
        ("sales by month in 2024", "for corporate customers", "sales by month, segment Corporate, 2024"),
        (
            "profit by region, only Germany",
            "Who are our best customers?",
            "sales by customer, all time, the highest 10",
        ),
        ("top 3 countries by sales", "and their margin", "margin and sales by country, all time, the highest 3"),
        ("orders in France in Q3 2026", "And a year earlier?", "orders, country France, Q3 2025"),
        ("orders in October 2026", "what about the month before?", "orders, September 2026"),
        ("sales in 2024", "and the following year?", "sales, 2025"),
        ("How many units of Phones were sold in 2024?", "And how many in 2025?", "units, subcategory Phones, 2025"),
        ("units of Phones in 2025", "Break that down by market.", "units by market, subcategory Phones, 2025"),
        (
            "Which five countries brought in the highest profit in 2025?",
            "What was the profit margin of each of those five in that year?",
            "margin and profit by country, 2025, the highest 5",
        ),
        (
            "margin by category in 2025",
            "Now break down just the furniture by sub-category.",
            "margin by subcategory, category Furniture, 2025",
        ),
    ],
)
def test_a_question_follows_the_one_before(first: str, then: str, words: str) -> None:
    before = planned(first).plan
    assert understood(layer(), planned(then, before).plan) == words


@pytest.mark.parametrize("question", UNDERSTOOD)
def test_a_plan_survives_its_json(question: str) -> None:
    plan = planned(question).plan
    assert plan_from_json(plan.as_json()) == plan


@pytest.mark.parametrize(
    "data", [{"terms": [{"wrong": 1}]}, {"periods": [{"start": "x", "end": "y"}]}, {"limit": "many"}]
)
def test_a_plan_with_rubbish_in_it_is_refused(data: dict) -> None:
    with pytest.raises(PlanError):
        plan_from_json(data)


def test_personal_columns_cannot_be_filtered_by_who_does_not_see_them() -> None:
    plan = plan_from_json({"terms": ["sales"], "filters": [{"dimension": "customer_name", "values": ["Ana"]}]})
    with pytest.raises(PlanError, match="personal"):
        compile_plan(plan, layer(), frozenset({"none"}))


def test_small_groups_of_customers_are_folded() -> None:
    compiled = compile_plan(
        plan_from_json({"terms": ["sales"], "dimensions": ["city"]}), layer(), frozenset({"none"}), fold=True
    )
    assert "fewer than 5" in compiled.sql


@settings(max_examples=150, deadline=None, derandomize="CI" in os.environ)  # a change is not refused by chance
@given(
    st.lists(
        st.sampled_from([w for q in UNDERSTOOD for w in q.split()] + ["?", "5", "2024", "'", "not", "by", "xyz"]),
        max_size=12,
    )
)
def test_any_words_give_a_plan_that_compiles_or_a_refusal(words: list[str]) -> None:
    try:
        plan: Plan = planned(" ".join(words)).plan
        compiled = compile_plan(plan, layer(), surroundings().clear)
    except (UnclearError, RefusedError, PlanError):
        return
    guard(compiled.sql, allowed_for(layer(), "warehouse_executive"))


def test_the_group_of_small_cities_has_no_place_among_the_best() -> None:
    best = compile_plan(planned("top 5 cities by sales").plan, layer(), frozenset({"none"}), fold=True)
    every = compile_plan(planned("sales by city").plan, layer(), frozenset({"none"}), fold=True)
    assert "NOT city <=> 'fewer than 5'" in " ".join(best.sql.split())
    assert "<=> 'fewer than 5'" not in every.sql


SAID_AROUND = {
    "Would you be so kind as to tell me the sales in 2025?": "sales, 2025",
    "hi team, could you please show us the sales by segment, thanks a lot": "sales by segment, all time",
    "I'd be grateful if you could let me know the profit in 2025, it is for the board meeting": "profit, 2025",
    "margin by segment, orders from 2024": "margin by segment, 2024",
    "Percentage of customers in 2025 who ordered at least twice that year?": "share of customers with orders at least 2, 2025 in customers, 2025",
}
COMPARED_WITH_THE_WHOLE = {
    "regions with a margin above the overall margin": "margin by region, margin more than overall, all time",
    "which regions in the EU have a return rate above the company-wide one": "return rate by region, market EU, return rate more than that of the whole business, all time",
    "months of 2025 with above-average sales": "sales by month, sales more than the mean of all shown, 2025",
    "in which regions did corporate customers spend more than consumers": "sales (segment Corporate) and sales (segment Consumer) by region, sales (segment Corporate) more than sales (segment Consumer), all time",
    "months of 2026 when we had fewer orders than the month before": "orders by month, growth of orders less than 0.0%, 2026, each against the one before",
}
ONE_OF_A_KIND = {
    "spend in 2026 of the customers whose very first order was in 2023": "sales, only customers with 2023, only customers without an order before 2023, 2026",
    "profit in 2025 for customers who first bought in 2024": "profit, only customers with 2024, only customers without an order before 2024, 2025",
    "which state comes second in sales in 2025": "sales by state, 2025, number 2 from the highest",
    "in what percentage of orders do we give a discount": "share of discounted in orders, all time",
    "customers by country, top 10": "customers by country, all time, the highest 10",
    "top 3 return reasons in the EU": "returns by reason, market EU, all time, the highest 3",
    "how many orders consist of a single line in 2025": "orders, only orders with order lines exactly 1, 2025, 2025",
    "how many orders were shipped within 2 days": "orders, days to ship at most 2.0 days, all time",
    "how much discount did we give in dollars in 2025": "discount given, 2025",
    "for orders of 2025 which got returned, what was the average order value": "average order value, returned, 2025",
    "return rate of orders with at least one line discounted by 50% or more": "return rate, discount at least 50.0%, all time",
    "by how many dollars was Consumer profit above Corporate profit in 2025": "profit (segment Consumer) and profit (segment Corporate), 2025, their difference",
    "sales of customers who have ever returned an order": "sales, only customers with returned, all time",
    "how much did customers in France buy in 2025": "sales, country France, 2025",
    "slowest region in shipping": "days to ship by region, all time, the highest",
    "which subcategory is the cheapest": "average price per unit by subcategory, all time, the lowest",
    "us states with more than 100 orders": "orders by state, country United States, orders more than 100, all time",
}


@pytest.mark.parametrize(
    ("question", "words"), [*SAID_AROUND.items(), *COMPARED_WITH_THE_WHOLE.items(), *ONE_OF_A_KIND.items()]
)
def test_a_question_is_read_through_what_is_said_around_it(question: str, words: str) -> None:
    assert understood(layer(), planned(question).plan) == words


@pytest.mark.parametrize(
    "question",
    [
        "cheapest ship mode",
        "whose orders ship the slowest, consumer or corporate",
        "who bought the most chairs in 2025",
        "average discount in dollars",
        "most expensive order",
        "regions of the EU with a margin above the overall one",
        "countries with sales above the company total",
        "orders placed in May 2025 and returned that month",
    ],
)
def test_a_comparison_that_can_be_meant_in_two_ways_is_asked_back(question: str) -> None:
    with pytest.raises(UnclearError):
        planned(question)


BEFORE_AND_AFTER = {
    (
        "how many orders were worth more than 5000 dollars in 2025",
        "and in 2024?",
    ): "orders, only orders with sales more than $5,000.00, 2024, 2024",
    ("customers in France", "how many of them are corporate"): "customers, country France, segment Corporate, all time",
    ("sales in Germany in 2025", "France too"): "sales by country, country Germany or France, 2025",
    (
        "top 5 products by sales in 2025",
        "how many units did they sell",
    ): "units and sales by product, 2025, the highest 5",
}


@pytest.mark.parametrize(("questions", "words"), BEFORE_AND_AFTER.items())
def test_a_question_that_follows_keeps_what_the_one_before_was_about(questions: tuple[str, str], words: str) -> None:
    first = planned(questions[0]).plan
    assert understood(layer(), planned(questions[1], before=first).plan) == words
