"""Window functions, conditions on figures, order and limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlglot
from sqlglot import exp

from app.answers.compiling.banding import in_a_band, in_their_order
from app.answers.compiling.expressions import (
    ROW_LIMIT,
    STEPS,
    column_of,
    compare,
    floor_of,
    identifier,
    key_name,
    literal,
    ordered,
    place_in_time,
    plural_of,
)
from app.answers.compiling.ranks_moved import MOVED, ranks_are_compared, ranks_of_both
from app.answers.compiling.reaching import is_needed, reached, running_shares
from app.answers.compiling.rows import FEWER
from app.answers.compiling.work import Column, Compiled, Work
from app.answers.layer import Metric
from app.answers.plan import BAND, GRAINS, Filter, Having, PlanError

_KINDS = {">": exp.GT, "<": exp.LT, ">=": exp.GTE, "<=": exp.LTE, "=": exp.EQ}


def with_windows(work: Work, query: exp.Select, figures: list[Any]) -> exp.Select:
    """Running totals, ranks, and the figures of the period before each."""
    plan = work.plan
    grain_name = key_name(f"@{work.grain}") if work.grain else ""
    others = [key_name(k) for k in work.all_keys() if k != f"@{work.grain}"]
    extra: list[tuple[str, str, Column]] = running_shares(work, figures)
    hidden = reached(work, figures)
    if ranks_are_compared(work):
        extra += ranks_of_both(work, figures)
    for column, _, _ in list(figures):
        term = plan.terms[column.term]
        quoted = identifier(column.name).sql("mysql")
        part = f"partition by {', '.join(identifier(o).sql('mysql') for o in others)} " if others else ""
        if term.running and column.part in ("value", "share"):
            if not work.grain:
                raise PlanError("a running total needs a period to run over, such as months")
            if work.layer.metrics.get(term.metric) is None or not _additive(work, work.layer.metric(term.metric)):
                raise PlanError("only sums can be added up over time")
            name = f"cumulative_{column.name.removeprefix('cumulative_').removeprefix('added_')}"
            extra.append(
                (
                    f"sum({quoted}) over ({part}order by {identifier(grain_name).sql('mysql')})",
                    name,
                    replace(
                        column,
                        name=name,
                        label=f"Cumulative {column.label.removeprefix('Cumulative ').lower()}",
                        part="running",
                    ),
                )
            )
        if term.window:
            extra.append(_moving(work, column, part, grain_name))
        if term.rank and not ranks_are_compared(work):
            per = [*(["period"] if plan.split else []), *(key_name(k) for k in plan.per)]
            part = f"partition by {', '.join(identifier(o).sql('mysql') for o in per)} " if per else ""
            extra.append(
                (
                    f"rank() over ({part}order by {quoted} desc)",
                    "rank",
                    Column("rank", "Rank", "figure", "", "count", column.term, "rank"),
                )
            )
        if column.part == "value" and any(h.against == "mean" and h.term == column.term for h in plan.having):
            label = f"Mean of {column.label.lower()}"
            extra.append(
                (
                    f"avg({quoted}) over ()",
                    f"mean_{column.name}",
                    replace(column, name=f"mean_{column.name}", label=label, part="mean"),
                )
            )
        if plan.compare and work.grain and column.part in ("value", "share"):
            extra += _before(work, column, part, grain_name)
    if not extra and not hidden:
        return query
    inner = query.subquery("totals")
    select = [column_of(s.alias_or_name) for s in query.expressions]
    outer = exp.select(
        *select,
        *(
            exp.alias_(sqlglot.parse_one(text, read="mysql"), identifier(name))
            for text, name in [*((text, name) for text, name, _ in extra), *hidden]
        ),
    ).from_(inner)
    figures += [(column, [], None) for _, _, column in extra]
    if (plan.compare or any(t.window for t in plan.terms)) and work.grain and plan.periods:
        grown = outer.subquery("grown")
        first = min(p.start for p in plan.periods)
        floor = literal(first.year if work.grain == "year" else floor_of(first, work.grain).isoformat())
        outer = (
            exp.select(*(column_of(s.alias_or_name) for s in outer.expressions))
            .from_(grown)
            .where(exp.GTE(this=column_of(grain_name), expression=floor))
        )
    return outer


def _moving(work: Work, column: Column, part: str, grain: str) -> tuple[str, str, Column]:
    """The mean of a period's figure and those of the periods before it; before the first one there is nothing."""
    number = work.plan.terms[column.term].window
    metric = work.layer.metrics.get(work.plan.terms[column.term].metric)
    if not work.grain or metric is None or metric.kind != "simple":
        raise PlanError("a moving average is of sums, over periods such as months")
    at = place_in_time(grain, work.grain)
    window = f"({part}order by {at} range between {number - 1} preceding and current row)"
    held = f"least({number}, {at} - min({at}) over () + 1)"
    name = f"moving_average_{column.name.removesuffix('_of_each')}"
    label = f"{number}-{work.grain} moving average of {column.label.lower()}"
    told = replace(
        column, name=name, label=label, part="running", format="number" if column.format == "count" else column.format
    )
    return f"sum({identifier(column.name).sql('mysql')}) over {window} / {held}", name, told


def _before(work: Work, column: Column, part: str, grain: str) -> list[tuple[str, str, Column]]:
    quoted, when = identifier(column.name).sql("mysql"), identifier(grain).sql("mysql")
    years = work.plan.compare == "year_ago"
    step = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}[work.grain] if years else 1
    interval = "1 year" if years else STEPS[work.grain]
    window = f"({part}order by {when})"
    earlier = f"{when} - 1" if work.grain == "year" else f"date_sub({when}, interval {interval})"
    if years and work.grain == "week":
        earlier = f"date_sub({when}, interval 364 day)"
    lag = f"lag({{}}, {step}) over {window}"  # the step counts rows, so the date tells whether a period is missing
    before = f"case when {lag.format(when)} = {earlier} then {lag.format(quoted)} end"
    name, label = column.name, column.label
    change = replace(column, name=f"{name}_change", label=f"Change of {label.lower()}", part="change")
    growth = replace(change, name=f"{name}_growth", label=f"Growth of {label.lower()}", part="growth")
    growth = replace(growth, unit="fraction", format="percent")
    return [
        (before, f"{name}_before", replace(column, name=f"{name}_before", label=f"{label} before", part="before")),
        (f"{quoted} - {before}", change.name, change),
        (f"cast({quoted} - {before} as double) / nullif(abs({before}), 0)", growth.name, growth),
    ]  # fmt: skip


def _additive(work: Work, metric: Metric) -> bool:
    return (
        all(leaf.aggregation in ("sum", "count") for leaf in work.layer.leaves(metric)) and metric.kind != "ratio"
    ) or bool(metric.meta.get("first_of"))


def shown_columns(work: Work, figures: Sequence[Any]) -> list[Column]:
    """The columns of figures that are shown."""
    shown = [column for column, _, _ in figures]
    if ranks_are_compared(work):
        shown = [c for c in shown if c.part not in MOVED]
    running = {c.term for c in shown if c.part == "running"}
    return [c for c in shown if not (c.term in running and c.part == "value")]


def finished(work: Work, query: exp.Select, columns: list[Column]) -> exp.Select:
    """Conditions on figures, the best of each group, order and limit."""
    plan = work.plan
    conditions = [_having_of(work, h, columns) for h in plan.having]
    conditions += [compare(column_of(f.dimension), f) for f in plan.pick]
    if plan.limit is not None:
        conditions += _named_groups_only(work)
    if plan.reach:
        conditions.append(is_needed())
    if plan.banding is not None:
        conditions.append(in_a_band())
    order = _order_of(work, columns)
    hidden = {s.alias_or_name for s in query.expressions} - {c.name for c in columns}
    top = plan.limit is not None and bool(plan.per)
    if conditions or top or hidden or (plan.offset and top):
        shown = [column_of(c.name) for c in columns]
        inner = query
        if top:
            per = ", ".join(identifier(key_name(k)).sql("mysql") for k in plan.per)
            by = ", ".join(o.sql("mysql") for o in order)
            place = sqlglot.parse_one(f"row_number() over (partition by {per} order by {by})", read="mysql")
            ranked = exp.select(
                *(column_of(s.alias_or_name) for s in query.expressions), exp.alias_(place, "place")
            ).from_(inner.subquery("figures"))
            if conditions:
                ranked = ranked.where(exp.and_(*conditions))
            query = (
                exp.select(*shown)
                .from_(ranked.subquery("ranked"))
                .where(exp.GT(this=column_of("place"), expression=exp.Literal.number(plan.offset)))
                .where(exp.LTE(this=column_of("place"), expression=exp.Literal.number(plan.offset + (plan.limit or 1))))
            )
            order = [exp.Ordered(this=column_of(key_name(k)), nulls_first=True) for k in plan.per] + order
        else:
            query = exp.select(*shown).from_(inner.subquery("figures"))
            if conditions:
                query = query.where(exp.and_(*conditions))
    if order:
        query = query.order_by(*order)
    limit = ROW_LIMIT + 1 if plan.limit is None or top else min(plan.limit, ROW_LIMIT)
    query = query.limit(limit)
    if plan.offset and not top:
        query = query.offset(plan.offset)
    return query


def _named_groups_only(work: Work) -> list[exp.Expr]:
    """No place among the best for the group of those that are folded: it is no city."""
    if not work.fold:
        return []
    folded = [k for k in work.keys if not k.startswith("@") and work.layer.dimension(k).fold_below]
    return [
        exp.Not(
            this=exp.NullSafeEQ(this=column_of(k), expression=literal(FEWER.format(work.layer.dimension(k).fold_below)))
        )
        for k in folded
    ]


def added_up(query: exp.Select, columns: Sequence[Column]) -> exp.Select:
    """The figures of all rows added up to one row."""
    sums = [exp.alias_(exp.Sum(this=column_of(c.name)), identifier(c.name)) for c in columns]
    return exp.select(*sums).from_(query.subquery("chosen")).limit(1)


def counted(rows: Compiled, work: Work, whole: Compiled | None = None) -> Compiled:
    """How many rows a statement has, as one figure; with `whole`, their share of its rows."""
    noun = _noun(rows, work, work.plan.dimensions)
    number = _row_count(rows, "counted_rows", "number")
    if whole is None:
        column = Column("number", f"Number of {noun}", "figure", noun, "count", 0, "value")
        return Compiled(number.limit(1), (column,), rows.tables)
    column = Column("share", f"Share of {noun}", "figure", "fraction", "percent", 0, "share")
    share = sqlglot.parse_one("cast(part.number as double) / nullif(total.number, 0)", read="mysql")
    query = exp.select(exp.alias_(share, identifier("share"))).from_(number.subquery("part"))
    query = query.join(_row_count(whole, "all_rows", "number").subquery("total"), join_type="cross").limit(1)
    return Compiled(query, (column,), tuple(sorted({*rows.tables, *whole.tables})))


def counted_by(rows: Compiled, work: Work) -> Compiled:
    """How many rows there are for each group of `per`, or each value of the figure: customers by number of orders."""
    plan = work.plan
    kept = {key_name(k) for k in plan.per}
    if plan.tally == "distribution":
        value = next(c for c in rows.columns if c.kind == "figure")
        groups = [replace(value, kind="key", term=-1, part="")]
    else:
        groups = [c for c in rows.columns if c.kind == "key" and c.name in kept]
    things = [k for k in plan.dimensions if key_name(k) not in kept]
    noun = _noun(rows, work, things)
    tree = rows.tree.copy()
    tree.set("limit", None)
    tree.set("order", None)
    names = [column_of(c.name) for c in groups]
    query = exp.select(*names, exp.alias_(exp.Count(this=exp.Star()), identifier("number"))).from_(
        tree.subquery("counted_rows")
    )
    query = query.group_by(*(n.copy() for n in names)).order_by(*(exp.Ordered(this=n.copy()) for n in names))
    column = Column("number", f"Number of {noun}", "figure", noun, "count", 0, "value")
    return Compiled(query.limit(ROW_LIMIT + 1), (*groups, column), rows.tables)


def _noun(rows: Compiled, work: Work, things: Sequence[str]) -> str:
    """What is counted, in the plural."""
    keys = {key_name(k) for k in things}
    several = {c.name: plural_of(c.label.lower()) for c in rows.columns if c.kind == "key" and c.name in keys}
    return " and ".join(f"pairs of {word}" if name == work.plan.pairs else word for name, word in several.items())


def _row_count(rows: Compiled, source: str, name: str) -> exp.Select:
    query = rows.tree.copy()
    query.set("limit", None)
    query.set("order", None)
    return exp.select(exp.alias_(exp.Count(this=exp.Star()), identifier(name))).from_(query.subquery(source))


def _having_of(work: Work, having: Having, columns: Sequence[Column]) -> exp.Expr:
    moved = (having.growth or having.change or having.places) and not having.against
    parts = _moved_part(work, having) if moved else ("value", "share", "running")
    column = next((c for c in columns if c.term == having.term and c.part in parts), None)
    if column is None:
        raise PlanError("a condition looks at growth, and no growth is asked for")
    if having.against:
        other = _benchmark_column(having, columns)
        if having.growth:
            return _grown_from(having, column, other)
        metric = work.layer.metrics.get(work.plan.terms[having.term].metric)
        sums = having.against.isdigit() and metric is not None and metric.kind == "simple" and _additive(work, metric)
        one, two = (
            exp.Coalesce(this=column_of(c.name), expressions=[exp.Literal.number(0)]) if sums else column_of(c.name)
            for c in (column, other)
        )  # who bought nothing of a kind spent nothing on it
        far = exp.Add(this=two, expression=literal(having.values[0])) if having.values else two
        return _KINDS[having.operator](this=one, expression=far)
    if having.growth and having.values == (0.0,) and column.part == "growth":
        now, before = (_part_of(columns, having.term, parts) for parts in (("value", "share"), ("before",)))
        if now is not None and before is not None:  # from nothing to some it rose, by no percentage
            return _KINDS[having.operator](this=now, expression=before)
    return compare(column_of(column.name), Filter("", having.operator, having.values))


def _part_of(columns: Sequence[Column], term: int, parts: tuple[str, ...]) -> exp.Column | None:
    name = next((c.name for c in columns if c.term == term and c.part in parts), "")
    return column_of(name) if name else None


def _grown_from(having: Having, column: Column, other: Column) -> exp.Expr:
    """How much of the other figure a figure is above it."""
    now, then = column_of(column.name).sql("mysql"), column_of(other.name).sql("mysql")
    grown = sqlglot.parse_one(f"cast({now} - {then} as double) / nullif(abs({then}), 0)", read="mysql")
    return compare(grown, Filter("", having.operator, having.values))


def _moved_part(work: Work, having: Having) -> tuple[str, ...]:
    """Numbers of things that rose or fell: from none to some they rose, though by no percentage."""
    if having.places:
        return ("places",)
    if having.change:
        return ("change",)
    metric = work.layer.metrics.get(work.plan.terms[having.term].metric)
    leaves = work.layer.leaves(metric) if metric is not None and metric.kind != "ratio" else []
    counts = bool(leaves) and all(leaf.aggregation.startswith("count") for leaf in leaves)
    return ("change",) if counts and having.values == (0.0,) else ("growth",)


def _benchmark_column(having: Having, columns: Sequence[Column]) -> Column:
    """The column that a condition compares with."""
    if having.against.isdigit():
        place, part = int(having.against), "value"
    else:
        place, part = having.term, "mean" if having.against == "mean" else "overall"
    found = next((c for c in columns if c.term == place and c.part == part), None)
    if found is None or having.operator not in (">", "<", ">=", "<="):
        raise PlanError("a condition compares with a figure that is not asked for")
    return found


def _order_of(work: Work, columns: Sequence[Column]) -> list[exp.Ordered]:
    """As the plan says, then by the keys, so that equal figures come in the same order every time."""
    found: list[exp.Ordered] = []
    for key, descending in work.plan.order:
        if key in ("growth", "change", "before", "places"):
            column = next((c for c in columns if c.part == key), None)
        elif key.isdigit():
            column = next((c for c in columns if c.term == int(key) and c.part in ("value", "share", "running")), None)
        else:
            column = next((c for c in columns if c.name == key_name(key)), None)
        if column is None:
            raise PlanError(f"cannot order by {key}, which is not asked for")
        found.append(ordered(column.name, key, descending))
    named = {o.this.name for o in found if isinstance(o.this, exp.Column)}
    has_time = [k for k in work.all_keys() if k.startswith("@")]
    rest = [k for k in (*has_time, *(k for k in work.all_keys() if k not in has_time)) if key_name(k) not in named]
    if not work.plan.order and not has_time:
        figure = next((c for c in columns if c.kind == "figure"), None)
        if figure is not None and work.all_keys():
            found.append(ordered(figure.name, figure.name, True))
    bands = work.plan.banding.bands if work.plan.banding is not None else ()
    return found + [
        exp.Ordered(this=in_their_order(bands), nulls_first=True) if k == BAND else ordered(key_name(k), k, False)
        for k in (*rest, *work.others)
    ]


def key_column(work: Work, key: str) -> Column:
    """The column of a key."""
    if key.startswith("@"):
        name = key_name(key)
        return Column(
            name,
            name.replace("_", " ").capitalize(),
            "key",
            "",
            "date" if key[1:].removeprefix("first_") in GRAINS[:-1] else "text",
        )
    dimension = work.layer.dimension(key)
    return Column(key, dimension.label, "key", "", "date" if dimension.is_time else "text")
