"""The semantic layer of the project, parsed once for all unit tests, with values and a planner that need no server."""

from __future__ import annotations

import datetime as dt
import sys
from functools import cache
from pathlib import Path

from app.answers.compile import compile_plan
from app.answers.first_and_last_dates import with_first_and_last_dates
from app.answers.guard import allowed_for, guard
from app.answers.layer import Layer, read_layer
from app.answers.lexicon import build_lexicon
from app.answers.order_gaps import with_order_gaps
from app.answers.plan import Plan, plan_from_json
from app.answers.planner import Planned, Surroundings, make_plan
from app.answers.values import Values
from app.answers.wording import understood

TOOLS = Path(__file__).resolve().parents[2] / "tools"
VALUES = {
    "segment": ("Consumer", "Corporate", "Home Office"),
    "market": ("APAC", "EU", "US"),
    "region": ("Central", "East", "North", "West"),
    "country": ("Canada", "France", "Germany", "United States"),
    "state": ("New York", "Texas", "Washington"),
    "city": ("Atlanta", "Paris", "Washington"),
    "category": ("Furniture", "Office Supplies", "Technology"),
    "subcategory": ("Chairs", "Phones", "Tables"),
    "ship_mode": ("First Class", "Same Day", "Second Class", "Standard Class"),
    "order_priority": ("Critical", "High", "Low", "Medium"),
    "return_status": ("Approved", "Pending", "Rejected"),
    "return_region": ("Central", "West"),
    "returned": ("returned", "not returned"),
    "discounted": ("discounted", "at full price"),
    "profitability": ("at a loss", "at a profit"),
    "email_on_file": ("with an e-mail", "without an e-mail"),
    "phone_on_file": ("with a phone number", "without a phone number"),
}
NAMES = ("Samsung Smart Phone, X1", "Faber-Castell Pens, B2", "San Marino")
PLACES = (
    ("market", "region", "country", "state", "city"),
    (
        ("EU", "Central", "France", "Ile", "Paris"),
        ("EU", "Central", "Germany", "Hessen", "Kassel"),
        ("US", "Central", "United States", "Texas", "Dallas"),
        ("US", "East", "United States", "New York", "Albany"),
        ("US", "West", "United States", "Washington", "Seattle"),
        ("US", "East", "United States", "District", "Washington"),
        ("APAC", "North", "Canada", "X", "Y"),
    ),
)
NEWEST, OLDEST = dt.date(2026, 11, 24), dt.date(2022, 11, 25)


@cache
def manifest() -> dict:
    sys.path.insert(0, str(TOOLS))
    import check_manifest

    return dict(check_manifest.parse("mariadb"))


@cache
def layer() -> Layer:
    return with_first_and_last_dates(with_order_gaps(read_layer(manifest())))


@cache
def surroundings(clear: frozenset[str] = frozenset({"none", "name", "precise_location"})) -> Surroundings:
    values = Values(VALUES, {"customers": PLACES}, OLDEST, NEWEST)
    return Surroundings(
        layer=layer(),
        lexicon=build_lexicon(layer(), VALUES, clear),
        newest=NEWEST,
        oldest=OLDEST,
        same_rows=values.same_rows,
        nested=values.nested,
        parents=lambda d, v, given: values.parents(d, layer().dimensions[d].within, v, given),
        above=lambda inner, outer, v: values.parents(inner, outer, v, {}),
        contains=lambda _, text: any(text.lower() in name.lower() for name in NAMES),
        clear=clear,
    )


def planned(question: str, before: Plan | None = None) -> Planned:
    return make_plan(question, surroundings(), before)


def assert_understood(question: str, words: str) -> None:
    """A question is understood in these words, its plan can be kept, and its statement passes the guard."""
    plan = planned(question).plan
    assert understood(layer(), plan) == words
    assert plan_from_json(plan.as_json()) == plan
    compiled = compile_plan(plan, layer(), frozenset({"none"}), fold=True)
    assert len({c.name for c in compiled.columns}) == len(compiled.columns)
    guard(compiled.sql, allowed_for(layer(), "warehouse_manager"))
