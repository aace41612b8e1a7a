"""Side by side: one row for each group, with the figures of both periods, or of both values, as columns of it."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import GRAINS, Plan
from app.answers.planning.draft import Draft

COLUMNS = re.compile(
    r"\bside[\s-]by[\s-]side\b|\bnext\s+to\s+(?:each\s+other|one\s+another|it|that|them)\b|\bbeside\s+each\s+other\b"
    r"|\b(?:two|both|separate|own|adjacent|three)\s+columns?\b|\b(?:one|a)\s+column\s+(?:per|for\s+each|each)\b"
    r"|\bthen\s+and\s+now\b",
    re.I,
)
ONE_ROW = re.compile(
    r"\b(?:one|a|1|single)\s+(?:row|line)\s+(?:per|for\s+each|for\s+every|each)\s+(?P<words>[^.;,?!()]+)", re.I
)
OF_TIME = re.compile(rf"\b(?:{'|'.join(GRAINS)}|period)s?\b", re.I)
MOST_VALUES = 4


def asks_for_columns(draft: Draft) -> bool:
    """Whether the words ask for one row for each group: "side by side", "one row per market"."""
    if _asks_for_rows(draft):
        return False
    told = ONE_ROW.search(draft.question) is not None or COLUMNS.search(draft.question) is not None
    return told or _figure_of_each_period(draft) or _figure_of_each_value(draft)


def _figure_of_each_period(draft: Draft) -> bool:
    """ "Per category: sales in H1 2025, sales in H2 2025": the figure is named once for each of the two."""
    told = [c for c in draft.cs if (c.metric and not draft.entity(c)) or (c.period and c.period.kind != "context")]
    kinds = "".join("p" if c.period else "f" for c in told)
    figures = {c.metric for c in told if not c.period}
    apart = any(c.is_("vs", "compare") for c in draft.cs)
    return kinds.endswith(("fpfp", "pfpf")) and len(figures) == 1 and bool(draft.dimensions) and not apart


def _figure_of_each_value(draft: Draft) -> bool:
    """ "The sales on returned orders and the sales on orders that were not": the figure is named for each kind."""
    values = [c for c in draft.cs if {d for d, _ in c.word.values} & set(draft.compared) and not c.metric]
    told = [c for c in draft.cs if (c.metric and not draft.entity(c)) or c in values]
    kinds = "".join("v" if c in values else "f" for c in told)
    return kinds == "fvfv" and told[0].metric == told[2].metric and not any(c.is_("vs", "compare") for c in draft.cs)


def in_one_row(draft: Draft, plan: Plan) -> Plan:
    """The plan with both figures in the row of their group: two periods anyway, values where the words ask for it."""
    plain = not (
        plan.limit or plan.having or plan.contrast or plan.compare or plan.benchmark or plan.pick or plan.tally
    )
    in_columns = asks_for_columns(draft)
    sums = all(not (t.running or t.rank or (t.share and not in_columns)) for t in plan.terms)
    sorted_by_figure = any(key.isdigit() for key, _ in plan.order)
    if not (plan.terms and plain and sums) or sorted_by_figure:
        return plan
    grouped = any(not d.startswith("@") for d in plan.dimensions) and not _asks_for_rows(draft)
    if plan.split and len(plan.periods) == 2 and not draft.has_grain() and (in_columns or grouped):
        early, late = sorted(plan.periods, key=lambda p: p.start)
        return replace(plan, periods=(late,), base=early, compare="previous", split=False)
    return _values_in_one_row(draft, plan) if in_columns else plan


def _asks_for_rows(draft: Draft) -> bool:
    """ "One row per market and year": the periods are rows."""
    row = ONE_ROW.search(draft.question)
    return row is not None and OF_TIME.search(row["words"]) is not None


def _values_in_one_row(draft: Draft, plan: Plan) -> Plan:
    """ "Sales in Germany and France side by side, by category": a figure for each of the values."""
    told = [f for f in plan.filters if f.dimension in draft.compared and f.dimension in plan.dimensions]
    if len(told) != 1 or len(plan.terms) != 1 or told[0].operator != "in" or plan.terms[0].filters or plan.split:
        return plan
    one = told[0]
    if not 1 < len(one.values) <= MOST_VALUES:
        return plan
    term = plan.terms[0]
    return replace(
        plan,
        terms=tuple(replace(term, filters=(replace(one, values=(v,)),)) for v in one.values),
        dimensions=tuple(d for d in plan.dimensions if d != one.dimension),
        filters=tuple(f for f in plan.filters if f != one),
        order=(),
    )
