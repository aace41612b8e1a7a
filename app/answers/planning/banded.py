"""Members told apart by bands of a figure: "customers by number of orders: 1, 2-4, 5-9 and 10+".

Who is counted, the figure of each and what is shown of each band are planned apart; the bands join them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.answers.belonging import is_told_of
from app.answers.layer import Layer
from app.answers.plan import BAND, Band, Banding, Plan, Term
from app.answers.planning.band_lists import Told, bands_in, fitted
from app.answers.planning.concentration import members_named
from app.answers.planning.conditions_of_members import counts_lines
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.vocabulary.banded import (
    ALSO,
    COUNT_BY,
    COUNTED,
    DID,
    DONE,
    ENDING,
    FRAMES,
    JOINTS,
    MEAN,
    NUMBER,
    OF_THESE,
    OF_VALUE,
    OPENING,
    ORDERED,
    PART,
    RESTRICTS,
    VALUES,
    VARIES,
    WHO,
    WHOLE,
    WITHIN,
)
from app.answers.vocabulary.concentration import WHEN_FIRST

TWO = 2


@dataclass(frozen=True)
class _Frame:
    """The pieces of a question: who is put into bands, by what, which figures are shown, and what restricts all."""

    who: str
    figure: str
    wanted: tuple[str, ...]
    rest: str


def plan_of_bands(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of members in bands; None where a question tells none. Raises UnclearError where they leave a doubt."""
    text = trimmed(question)
    if not re.search(r"\d|\bonce\b|\bmore\b", text):
        return None
    text = _front_moved(text)
    for told in bands_in(text):
        framed = f"{text[: told.start]} BANDS {text[told.end :]}"
        for frame in _frames(" ".join(framed.split()), told):
            try:
                planned = _banded(frame, told, plan_of, around)
            except UnclearError:
                if len(told.bands) > TWO:
                    raise
                continue  # "above 5,000 and no returned order": two conditions, as like as not
            if planned is not None:
                return planned
    return None


def _front_moved(text: str) -> str:
    """ "In 2025, how many customers …", "for orders in 2025, how many had …", with what restricts them at the end."""
    text = VARIES.sub(r"\g<figure> by ", text)
    these, when = OF_THESE.match(text), WHEN_FIRST.match(text)
    if these is not None:
        return f"how many {these['who']} {text[these.end() :]}{these['kind']}"
    return f"{text[when.end() :]} {when['when']}" if when is not None else text


def _frames(text: str, told: Told) -> Iterator[_Frame]:
    """The ways to take a question apart around its bands."""
    for figure, pattern in DID:
        match = pattern.match(text)
        if match is None:
            continue
        unit = (match["unit"] or told.unit).lower()
        asked = match.groupdict().get("fig") if figure == "figure" else figure
        named = asked or _counted_in(unit)
        days = unit.startswith("day")
        if not named or (days != (named == "days to ship")) or (unit.startswith("discount") and named != "discount"):
            continue
        if named == "discount" and not (told.percent and ("discount" in text.lower() or unit.startswith("discount"))):
            continue
        frame = _framed(match["who"], match["kind"], named, match["after"], count=True)
        yield replace(frame, wanted=("share",)) if match["part"] else frame
    of_value = OF_VALUE.match(text)
    if of_value is not None and not told.percent and not told.unit.startswith("day"):
        yield _framed(of_value["who"], of_value["kind"], "value", of_value["after"], count=True)
    for pattern in FRAMES:
        match = pattern.match(text)
        if match is None:
            continue
        parts = match.groupdict()
        figure = parts.get("fig") or parts.get("fig2") or _counted_in(told.unit)
        if parts.get("fig") and parts.get("fig2"):
            continue
        if parts.get("what"):
            yield from _by_what(parts["what"], figure, match["after"])
        elif figure:
            who = parts.get("who") or f"{parts['ofwho'].replace('basket', 'order')}s"
            yield _framed(who, parts.get("kind") or "", figure, match["after"], count=True)


def _counted_in(unit: str) -> str:
    """ "1 order, 2-4 orders": by the number of orders."""
    return next((name for units, name in COUNTED.items() if re.fullmatch(units, unit)), "")


def _by_what(what: str, figure: str, after: str) -> Iterator[_Frame]:
    """ "Orders by value": they are counted; "sales by discount band": a figure of what has a discount."""
    alone = re.match(rf"^{WHO}$", what, re.I)
    if alone is not None:
        yield _framed(alone["who"], alone["kind"], figure, after, count=True)
    of = re.match(rf"^(?P<wanted>.+?)\s+(?:of|from|by|for)\s+{WHO}$", what, re.I)
    low = figure.lower()
    home = "customers" if re.search(r"\b(?:customer|orders|order\s+(?:count|number|frequency))\b", low) else ""
    home = home or ("orders" if re.search(r"\b(?:order|basket)\b", low) else "order lines" if "discount" in low else "")
    if of is not None:
        frame = _framed(of["who"], of["kind"], figure, after, count=False)
        yield replace(frame, wanted=(*_pieces(of["wanted"]), *frame.wanted))
    if home:
        frame = _framed(home, "", figure, after, count=False)
        yield replace(frame, wanted=(*_pieces(what), *frame.wanted))


def _framed(who: str, kind: str, figure: str, after: str, *, count: bool) -> _Frame:
    """What follows the bands, told apart into figures that are wanted and what restricts all of it."""
    wanted: list[str] = []
    rest = [kind.strip()] if kind and kind.strip() else []
    within = WITHIN.search(figure)
    if within is not None:
        figure, rest = figure[: within.start()], [*rest, within[0].strip()]
    for piece in _pieces(after):
        by = COUNT_BY.match(piece)
        if by is not None:
            wanted.append(by["head"])
            rest.append(by["rest"])
        elif RESTRICTS.match(piece):
            rest.append(piece)
        else:
            when = WITHIN.search(piece)
            wanted.append(piece if when is None else piece[: when.start()])
            rest += [when[0].strip()] if when is not None else []
    if count and (not wanted or ALSO.match(after)):
        wanted = ["count", *wanted]
    figure = re.sub(
        r"^(?:(?:an?|the|their|its)\s+)+|^customers?['’]?s?\s+(?=order|number)",
        "",
        figure.strip().replace("-", " "),
        flags=re.I,
    )
    return _Frame(who.strip(), DONE.sub("", figure), tuple(wanted), " ".join(rest))


def _pieces(text: str) -> list[str]:
    """The figures and restrictions that a text names, each by itself: "how many orders, and what share of sales"."""
    found = []
    for piece in JOINTS.split(text):
        bare = ENDING.sub("", OPENING.sub("", piece.strip())).strip()
        if bare:
            found.append(bare)
    return found


def _banded(frame: _Frame, told: Told, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of one way to take the question apart."""
    layer = around.layer
    counted = planned_or_none(f"number of {frame.who} {frame.rest}".strip(), plan_of)
    if counted is None or not _is_plain(counted.plan) or len(counted.plan.terms) != 1:
        return None
    count = counted.plan.terms[0]
    over = _over(frame.who, count, plan_of, layer)
    term = _figure_of(frame, over, counted.plan, plan_of, layer) if over else None
    if term is None:
        return None
    bands, notes = _fitted_bands(told, term, over, layer)
    terms = [_wanted(piece, frame, counted.plan, plan_of, layer) for piece in frame.wanted]
    if not terms or any(one is None for one in terms):
        return None
    if over != "line" and not all(is_told_of(layer, _entity(layer, over), key) for key in counted.plan.dimensions):
        raise UnclearError("the figure of each in all, or within each of the groups?")
    shown = tuple(dict.fromkeys(one for one in terms if one is not None))
    _check_one_date((term, count, *shown), counted.plan, layer)
    plan = replace(
        counted.plan,
        terms=shown,
        dimensions=(BAND, *counted.plan.dimensions),
        banding=Banding(over, term, bands),
        order=(),
        notes=(),
    )
    return Planned(plan, counted.confidence, (*counted.notes, *notes))


def _check_one_date(terms: Sequence[Term], plan: Plan, layer: Layer) -> None:
    """Raise UnclearError where figures of one period go by different dates: orders of 2025, and returns of 2025."""
    dates = {layer.time_of(layer.metric(term.metric)) for term in terms if term.metric}
    if len(dates) > 1 and (plan.periods or any(key.startswith("@") for key in plan.dimensions)):
        raise UnclearError(
            f"by the date of which: {' or '.join(layer.dimension(d).label.lower() for d in sorted(dates))}?"
        )


def _is_plain(plan: Plan) -> bool:
    """Whether a plan is of figures, groups, conditions on rows and one stretch of time alone."""
    bare = replace(plan, terms=(), dimensions=(), filters=(), periods=(), order=(), notes=())
    return bare == Plan(()) and not any(t.share or t.filters or t.cohorts for t in plan.terms)


def _entity(layer: Layer, dimension: str) -> str:
    return layer.dimension(dimension).identifies


def _over(who: str, count: Term, plan_of: PlanOf, layer: Layer) -> str:
    """The dimension that tells apart those who are counted, "line" for order lines, "" where it is open."""
    if count.metric and counts_lines(layer, layer.metric(count.metric)):
        return "line"
    if count.distinct:
        return count.distinct
    about = str(layer.metric(count.metric).meta.get("about") or "")
    identified = layer.identifier(about) if about else None
    if identified is not None:
        return identified.name
    members = members_named(who, plan_of)
    return members.plan.dimensions[0] if members is not None and len(members.plan.dimensions) == 1 else ""


def _figure_of(frame: _Frame, over: str, counted: Plan, plan_of: PlanOf, layer: Layer) -> Term | None:
    """The figure of each member by which it is put into a band; None where it is not understood."""
    figure = layer.main_metric.label.lower() if VALUES.match(frame.figure) else frame.figure
    if over == "line":
        return _of_each_line(figure, plan_of)
    planned = planned_or_none(f"{figure} by {frame.who} {frame.rest}".strip(), plan_of) or planned_or_none(
        f"number of {figure} by {frame.who} {frame.rest}".strip(), plan_of
    )
    if planned is None or not _is_plain(planned.plan) or len(planned.plan.terms) != 1:
        return None
    plan, term = planned.plan, planned.plan.terms[0]
    same = {*plan.filters} == {*counted.filters} and plan.periods == counted.periods
    if not same or {*plan.dimensions} != {over, *counted.dimensions} or over in counted.dimensions:
        return None
    if term not in (Term(term.metric), Term(distinct=term.distinct)):
        return None
    if not term.metric or MEAN.search(figure) or not _is_mean(layer, term):
        return term
    if layer.metric(term.metric).format == "days" and _entity(layer, over) == "order":
        return replace(term, aggregate="maximum", over="line")
    raise UnclearError(
        f"the {figure} of each line, or the mean of all lines of each? Ask for lines, or for the average"
    )


def _is_mean(layer: Layer, term: Term) -> bool:
    return any(leaf.aggregation == "average" for leaf in layer.leaves(layer.metric(term.metric)))


def _of_each_line(figure: str, plan_of: PlanOf) -> Term | None:
    """The figure that a line has itself, by which lines can be chosen."""
    for bound in ("above 1%", "above 1"):
        planned = planned_or_none(f"order lines with {figure} {bound}", plan_of)
        filters = planned.plan.filters if planned is not None else ()
        if len(filters) == 1 and filters[0].dimension.startswith("#"):
            return Term(filters[0].dimension[1:])
    return None


def _fitted_bands(told: Told, term: Term, over: str, layer: Layer) -> tuple[tuple[Band, ...], tuple[str, ...]]:
    """The bands as bounds of the figure, with what was read into them."""
    form = layer.metric(term.metric).format if term.metric else "count"
    if told.money and form != "money":
        raise UnclearError("bands in money, of a figure that is none?")
    if told.unit.startswith("day") != (form == "days") and told.unit:
        raise UnclearError("bands in days, of a figure that is not told in days?")
    if _counted_in(told.unit) and form != "count":
        raise UnclearError(f"numbers of {told.unit}, of a figure that is no number?")
    mean = term.metric and _is_mean(layer, term) and not term.aggregate and over != "line"
    whole = form in ("count", "days") and not mean
    counts = form == "count" and over != "line"
    bands = fitted(told, whole=whole, percent=form == "percent", least_is_one=counts)
    notes = [
        note for old, new in zip(told.bands, bands, strict=True) for note in _bounds_read(old, new, form == "percent")
    ]
    if term.aggregate:
        notes.append("an order takes as long as its last line")
    if any(b.high is not None for b in bands) and all(b.high is not None for b in bands):
        notes.append("what is above the last band is left out")
    return bands, tuple(notes)


def _bounds_read(old: Band, new: Band, percent: bool) -> Iterator[str]:
    """What was read into the bounds of a band that another one shares."""
    if new.below and not old.below and old.high is not None and new.high is not None:
        yield f"“{old.label}” ends below {100 * new.high if percent else new.high:,.6g}{'%' if percent else ''}"
    if new.above and not old.above and old.low is not None and old.low == new.low:
        yield f"“{old.label}” begins above {100 * new.low if percent else new.low:,.6g}{'%' if percent else ''}"


def _wanted(piece: str, frame: _Frame, counted: Plan, plan_of: PlanOf, layer: Layer) -> Term | None:
    """A figure that is shown of each band: the number of its members, a figure of theirs, or the share of either."""
    count = counted.terms[0]
    number, part = NUMBER.match(piece), PART.match(piece)
    if piece.lower() in ("count", "number", "how many") or (
        number is not None and _names_them(number["of"], frame.who)
    ):
        return count
    if part is not None:
        of = WHOLE.sub("", (part["of"] or "").strip())
        term = count if _names_them(of, frame.who) else _term_of(of, frame, counted, plan_of)
        return replace(term, share=True) if term is not None and _has_share(term, layer) else None
    return count if _names_them(piece, frame.who) else _term_of(piece, frame, counted, plan_of)


def _names_them(text: str, who: str) -> bool:
    """Whether words name those who are put into bands, or nothing at all."""
    bare = WHOLE.sub("", f"{text} ").strip().lower()
    return bare in ("", "there", who.lower(), who.lower().split()[-1])


def _has_share(term: Term, layer: Layer) -> bool:
    return not term.aggregate and (bool(term.distinct) or layer.metric(term.metric).kind == "simple")


def _term_of(text: str, frame: _Frame, counted: Plan, plan_of: PlanOf) -> Term | None:
    """The figure that words name, of the same rows as those who are counted."""
    if ORDERED.match(text):
        return None
    for lead in ("", "total "):
        planned = planned_or_none(f"{lead}{text} {frame.rest}".strip(), plan_of)
        if planned is None or not _is_plain(planned.plan) or len(planned.plan.terms) != 1 or planned.plan.order:
            continue
        plan = planned.plan
        if (
            {*plan.filters} == {*counted.filters}
            and plan.periods == counted.periods
            and plan.dimensions == counted.dimensions
        ):
            return plan.terms[0]
    return None
