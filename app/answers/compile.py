"""From a plan to one SELECT: ratios of sums, distinct counts, joins that never multiply rows.

Each figure is made of leaves, one aggregate over the rows of one semantic model. Leaves of one model and one
grouping are computed together in a block; blocks meet on the group's keys, so no fact is ever joined to another.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.answers.compiling.blocks import joined_blocks, single_block
from app.answers.compiling.expressions import AGGREGATE_WORDS, MONTHS, aggregate_word, plural_of
from app.answers.compiling.figures import benchmarks_of, contrast_of, figures_of
from app.answers.compiling.finishing import (
    added_up,
    counted,
    counted_by,
    finished,
    key_column,
    shown_columns,
    with_windows,
)
from app.answers.compiling.listing import listing
from app.answers.compiling.pairing import paired
from app.answers.compiling.validation import validate
from app.answers.compiling.work import Column, Compiled, Leaf, Work
from app.answers.layer import Layer
from app.answers.plan import GRAINS, Cohort, Plan

__all__ = ["AGGREGATE_WORDS", "MONTHS", "Column", "Compiled", "aggregate_word", "compile_plan", "plural_of"]


def compile_plan(plan: Plan, layer: Layer, clear: frozenset[str], *, fold: bool = False) -> Compiled:
    """Compile a plan for a role that sees the classes of personal data in `clear`; `fold` hides small groups.

    Raises PlanError when the plan asks for what the layer does not have or cannot join.
    """
    plan = _running(plan, layer)
    work = Work(plan, layer, clear, fold)
    validate(work)
    if plan.tally:
        chosen = replace(plan, tally="", order=(), per=plan.per if plan.reach else ())
        rows = compile_plan(chosen, layer, clear, fold=fold)
        if plan.tally == "distribution" or plan.per:
            return counted_by(rows, work)
        whole = _all_of(chosen) if plan.tally == "share" else None
        return counted(rows, work, compile_plan(whole, layer, clear, fold=fold) if whole else None)
    if plan.missing or not plan.terms:
        return listing(work)
    if plan.pairs:
        return paired(work)
    columns = [key_column(work, key) for key in work.all_keys()]
    figures = [figure for place, term in enumerate(plan.terms) for figure in figures_of(work, place, term)]
    figures += benchmarks_of(work)
    if plan.contrast:
        figures.append(contrast_of(figures, plan.contrast))
    leaves = list(dict.fromkeys(leaf for _, used, _ in figures for leaf in used))
    blocks: dict[tuple[Any, ...], list[Leaf]] = {}
    for leaf in leaves:
        blocks.setdefault(leaf.block, []).append(leaf)
    alone = len(blocks) == 1 and not next(iter(blocks))[4] and not plan.split
    query = single_block(work, leaves, figures) if alone else joined_blocks(work, blocks, figures)
    query = with_windows(work, query, figures)
    columns += shown_columns(work, figures)
    query = finished(work, query, columns)
    if plan.together:
        columns = [c for c in columns if c.kind == "figure"]
        query = added_up(query, columns)
    return Compiled(query, tuple(columns), tuple(sorted(work.tables)))


def _all_of(part: Plan) -> Plan:
    """What a list is a share of: all members that have rows, where the list holds only such."""
    listed = not part.terms and not part.missing
    part = replace(part, reach=0.0, pareto=False)
    return replace(part, having=(), cohorts=tuple(Cohort(c.dimension) for c in part.cohorts[:1]) if listed else ())


def _running(plan: Plan, layer: Layer) -> Plan:
    """The plan with its cumulative metrics added up over the periods, also where that is not said."""
    grain = any(d.startswith("@") and d[1:] in GRAINS for d in plan.dimensions)
    cumulative = {name for name in (t.metric for t in plan.terms) if name and layer.metric(name).kind == "cumulative"}
    if not (grain and cumulative):
        return plan
    return replace(plan, terms=tuple(replace(t, running=t.running or t.metric in cumulative) for t in plan.terms))
