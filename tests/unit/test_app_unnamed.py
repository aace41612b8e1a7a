"""Personal values are taken out of what the logs keep."""

from dataclasses import dataclass

import pytest

from app.answers.plan import Cohort, Filter, Plan, Term
from app.unnamed import Names, folded, in_sql, in_words, personal_values

NAMES = Names(
    frozenset(folded(name) for name in ("Aaron Kelly", "Zoë O'Brien", "May Long", "Ann Lee Smith")),
    frozenset({"may", "long", "sales", "green"}),
)


@dataclass
class Column:
    pii: str


class Columns:
    def __init__(self):
        classes = {"customer_name": "name", "postal_code": "precise_location", "city": "none"}
        self.dimensions = {name: Column(pii) for name, pii in classes.items()}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("sales of customer Aaron Kelly by year", "sales of customer (masked) by year"),
        ("sales of aaron kelly's orders", "sales of (masked)'s orders"),
        ("what did Kelly buy in May", "what did (masked) buy in May"),
        ("orders of zoe o'brien", "orders of (masked)"),
        ("sales of May Long in May", "sales of (masked) in May"),
        ("ann lee smith, and Aaron", "(masked), and (masked)"),
        ("who is ann@example.com, +49 30 1234567", "who is (masked), (masked)"),
        ("sales in postal code 10024 since 2024-01-01", "sales in postal code (masked) since 2024-01-01"),
        ("how long do green sales take", "how long do green sales take"),
    ],
)
def test_a_question_is_kept_without_names(said, kept):
    assert in_words(said, (), NAMES) == kept


def test_what_a_plan_filters_by_is_masked_as_it_was_misspelt_too():
    values = ("Aron Keller", "10024")
    assert in_words("sales of Aaron Keler in 10024", values, Names()) == "sales of (masked) in (masked)"
    sql = "select sum(sales) from f where customer_name = 'Aron Keller' and x like '%keller%' and city = 'Aronson'"
    kept = "select sum(sales) from f where customer_name = '(masked)' and x like '%keller%' and city = 'Aronson'"
    assert in_sql(sql, values, Names()) == kept
    assert in_sql(sql, ("keller",), NAMES).count("(masked)") == 2


def test_values_of_personal_columns_are_found_in_all_parts_of_a_plan():
    def one(name, value):
        return Filter(name, "in", (value,))

    inner = Cohort("customer_id", filters=(one("customer_name", "C"),))
    plan = Plan(
        (Term("sales", filters=(one("postal_code", "B"),), cohorts=(inner,)),),
        filters=(one("customer_name", "A"), one("city", "Paris")),
        cohorts=(Cohort("customer_id", filters=(one("customer_name", "D"),)),),
    )
    assert set(personal_values(Columns(), plan)) == {"A", "B", "C", "D"}
    assert personal_values(Columns(), None) == ()
