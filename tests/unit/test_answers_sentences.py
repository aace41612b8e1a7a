"""Questions with much said around them: what is asked is answered, and what could belong to it is asked about."""

import pytest

from app.answers.planner import UnclearError
from app.answers.wording import understood, yes_or_no
from tests.unit.answers_layer import layer, planned

UNDERSTOOD = {
    "Good morning! I'm with the board in ten minutes and need one number: what were our total sales in 2025? I mean the full calendar year, all markets together.": "sales, 2025",
    "We're reviewing our discount policy this afternoon. What was the average discount in each category in 2024?": "average discount by category, 2024",
    "We ran a campaign in the third quarter of 2025. How many units of chairs did we sell in that quarter?": "units, subcategory Chairs, Q3 2025",
    "In Germany we always moan about freight. What was the shipping cost there in 2025?": "shipping cost, country Germany, 2025",
    "Everybody here says chairs are a disaster. What's the profit margin on them across all years?": "margin, subcategory Chairs, all time",
    "We're thinking of new shops. Which cities had at least 20 orders in 2025? I'd need country, city and the orders.": "orders by city and country, orders at least 20, 2025",
    "Let's look at Germany. How did profit develop quarter by quarter in 2025, in chronological order?": "profit by quarter, country Germany, 2025",
    "The warehouse feels overrun. How many orders with critical priority came in during November 2025?": "orders, order priority Critical, November 2025",
    "I hate surprises, so please list all countries that lost money in 2025, the worst one first": "profit by country, profit less than $0.00, 2025",
    "Are our margins any good? Show me the margin per segment for 2025": "margin by segment, 2025",
    "How many orders came from Canada (we have a little bet going here)?": "orders, country Canada, all time",
}  # fmt: skip
ASKED_BACK = {
    "Our man in Paris is on the line. How many orders did we take in Germany?": "Paris",
    "I only care about gold members. How many orders did we have in 2025?": "only care",
    "Suppose we had never carried tables. What would profit be per market in 2025?": "tables",
    "This week has been busy. How many orders did we have from Germany?": "This week",
    "There were 500 complaints. How many orders did we have in 2025?": "500",
    "My colleagues are proud of 2024. What were sales in France in 2025?": "2024",
    "Which ten customers had the highest profit over the last two calendar years, 2025 and 2026 taken together?": "overlap",
    "Among products with at least 50 order lines, the one with the highest average discount": "which one",
}  # fmt: skip

COMPARED = {
    "Taking only order lines with a discount above 20%, what fraction of them was loss-making in each subcategory?": "",
    "the 3 best regions by return rate": "highest or the lowest",
    "sales before 1 July 2024, Germany, France and Canada, one figure for each": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), UNDERSTOOD.items())
def test_what_is_asked_is_found_among_what_is_said(text: str, words: str) -> None:
    assert understood(layer(), planned(text).plan) == words


@pytest.mark.parametrize(("text", "about"), (ASKED_BACK | COMPARED).items())
def test_what_could_belong_to_the_question_is_asked_about(text: str, about: str) -> None:
    with pytest.raises(UnclearError, match=about):
        planned(text)


def test_what_is_left_aside_is_told() -> None:
    notes = planned("We're reviewing our discounts this afternoon. What were sales in 2024?").notes
    assert notes == ("left aside “We're reviewing our discounts this afternoon.”",)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("profit by country, the worst one first", False),
        ("profit by country, with the best country on top", True),
        ("orders by city, busiest city first", True),
        ("sales by category, from the highest to the lowest", True),
        ("sales by month in 2024, oldest month first", None),
        ("sales by year, please go from the earliest year to the latest", None),
    ],
)
def test_the_order_of_rows_is_understood_in_any_words(said: str, first: bool | None) -> None:
    assert planned(said).plan.order == ((("0", first),) if first is not None else ())


@pytest.mark.parametrize(
    ("said", "descending"),
    [
        ("which market has the worst return rate", True),
        ("return rate by market, the worst on top", True),
        ("which market has the lowest return rate", False),
        ("which market has the worst margin", False),
        ("best ship mode by days to ship", False),
        ("countries that lost money in 2025, the worst one first", False),
        ("countries with more than 10 orders, most orders first", True),
    ],
)
def test_the_worst_is_high_or_low_as_the_figure_has_it(said: str, descending: bool) -> None:
    assert planned(said).plan.order == (("0", descending),)


@pytest.mark.parametrize(
    ("question", "rows", "told"),
    [
        ("did we sell any chairs at a loss in Germany in 2025? yes/no", ((12.5,),), True),
        ("Has anybody in Germany ordered chairs this year?", ((0,),), False),
        ("are there customers in Canada", ((None,),), False),
        ("how many chairs did we sell", ((3,),), None),
    ],
)
def test_yes_or_no_is_told_of_what_is_there(question: str, rows: tuple, told: bool | None) -> None:
    assert yes_or_no(question, planned(question).plan, rows) is told
