"""What can be picked in place of a part of a plan: every offer is a plan that can be asked."""

import datetime as dt

import pytest

from app.answers.compile import compile_plan
from app.answers.plan import plan_from_json
from app.plan_edits import Offer
from tests.unit.answers_layer import VALUES, layer, planned, surroundings

MANAGER = frozenset({"none"})
STEP = 23  # of the choices, so that the test takes seconds; the questions take other ones in turn


def offer():
    return Offer(surroundings(MANAGER), tuple(layer().metrics), VALUES)


def part(question, kind):
    return next(part for part in offer().parts(planned(question).plan) if part.kind == kind)


def choice(found, label):
    return next(choice.plan for choice in found.choices if choice.label == label)


def test_every_kind_of_choice_for_every_verified_question_can_be_asked():
    for number, question in enumerate(layer().questions):
        plan = plan_from_json(question.plan)
        if not all(term.metric in layer().metrics for term in plan.terms if term.metric):
            continue
        parts = offer().parts(plan)
        made = [choice.plan for part in parts for choice in part.choices[number % STEP :: STEP]]
        made += [choice.plan for choice in offer().additions(plan)[number % STEP :: STEP]]
        made += [part.removed for part in parts if part.removed is not None]
        made += [part.renumbered(7.0) for part in parts if part.renumbered]
        for changed in made:
            assert changed != plan, question.question
            compile_plan(changed, layer(), MANAGER, fold=True)


def test_days_between_orders_go_by_no_date_whatever_is_picked():
    plan = planned("average days between a customer's first and second order by market").plan
    offers = [choice.plan for part in offer().parts(plan) for choice in part.choices]
    offers += [choice.plan for choice in offer().additions(plan)]
    assert offers
    for changed in offers:
        compile_plan(changed, layer(), MANAGER, fold=True)
    others = {choice.label for choice in part("sales in 2025", "figure").choices}
    assert not {"days to second order", "days to next order"} & others


def test_a_figure_is_exchanged_and_all_else_stays():
    found = choice(part("top 3 subcategories by sales in each market in 2025", "figure"), "profit")
    assert found == planned("top 3 subcategories by profit in each market in 2025").plan


def test_a_dimension_is_exchanged_where_the_limit_and_the_order_go_by_it():
    found = choice(part("top 3 subcategories by sales in each market in 2025", "dimension"), "segment")
    assert found == planned("top 3 subcategories by sales in each segment in 2025").plan


def test_a_period_takes_its_comparison_along():
    found = part("sales in 2025 compared with 2024", "period")
    assert choice(found, "2024").periods[0].start == dt.date(2024, 1, 1)


def test_a_condition_takes_another_value_is_turned_round_and_left_out():
    found = part("profit by segment in the US market without Furniture", "filter")
    assert (
        choice(found, "without category Technology")
        == planned("profit by segment in the US market without Technology").plan
    )
    assert choice(found, "category Furniture").filters[0] == planned("profit of Furniture").plan.filters[0]
    assert found.removed == planned("profit by segment in the US market").plan


def test_a_threshold_takes_another_number():
    found = part("customers with more than 5 orders in 2025", "having")
    assert found.number == 5
    assert found.renumbered(8) == planned("customers with more than 8 orders in 2025").plan


def test_what_the_role_does_not_see_is_not_offered():
    labels = {choice.label for choice in part("sales by region", "dimension").choices}
    assert "city" in labels
    assert not {"email", "phone", "postal code"} & labels


def test_a_figure_that_does_not_know_the_dimension_is_not_offered():
    labels = {choice.label for choice in part("sales by category", "figure").choices}
    assert "profit" in labels
    assert "returned sales" not in labels


@pytest.mark.parametrize(
    "question",
    [
        "how many products make up 80% of sales in the EU",
        "how many customers make up half of our orders in each market",
        "Pareto: subcategories by sales in 2025",
        "Split orders by value into under 100, 100 to 500, above 500: how many each, what share of sales?",
        "which countries climbed in the ranking by profit from 2024 to 2025",
    ],
)
def test_shares_to_be_reached_bands_and_ranks_are_kept_or_left_out_as_a_whole(question):
    plan = planned(question).plan
    parts = offer().parts(plan)
    told = {"reach", "pareto", "bands", "ranks"} & {found.kind for found in parts}
    assert len(told) == 1
    made = [choice.plan for found in parts for choice in found.choices[::3]]
    made += [choice.plan for choice in offer().additions(plan)[::3]]
    made += [found.removed for found in parts if found.removed is not None]
    for changed in made:
        assert plan_from_json(changed.as_json()) == changed
        compile_plan(changed, layer(), MANAGER, fold=True)
