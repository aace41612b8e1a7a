"""Numbers that figures are compared with: more than 5 orders, a discount above 20%."""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.lexicon import Meaning
from app.answers.plan import Term
from app.answers.planning.draft import Draft, Threshold
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

BY_AMOUNT = re.compile(
    r"\bby\s+(?:at\s+least|at\s+most|more\s+than|less\s+than|over|under)\s+[$€£]?\d[\d.,]*k?(?!\s*(?:%|per))", re.I
)
YEARS = (2015, 2035)  # a bare number of these can be meant as a year


def read_thresholds(draft: Draft) -> None:
    """Numbers that figures are compared with."""
    for i, c in enumerate(draft.cs):
        if c.used:
            continue
        if c.is_("op") and not c.period:
            _read_comparison(draft, i)
    for i, c in enumerate(draft.cs):
        if c.number is not None and not c.used:
            after = draft.chunk(draft.next(i, "stop"))
            j = draft.next(i, "stop")
            noun = None
            if after is not None and after.content and not after.is_("after_number") and j is not None:
                noun, after, j = j, draft.chunk(draft.next(j, "stop")), draft.next(j, "stop")
            if (
                after is not None
                and after.is_("after_number")
                and (noun is None or draft.cs[noun].metric or draft.cs[noun].is_("times") or draft.cs[noun].grain)
            ):
                after.used = c.used = True
                _take_threshold(draft, i, i, after.payload("after_number"), (c.number,), c.unit)
    _read_made_a_profit(draft)
    for i, c in enumerate(draft.cs):
        if c.used:
            continue
        if c.word.below_zero:
            c.used = True
            draft.thresholds.append(Threshold(Term(c.word.below_zero), "<", (0.0,), i))
        elif c.is_("negative", "positive"):
            j = draft.next(i)
            if j is None or not draft.cs[j].metric:
                j = _figure_before(draft, i)
            if j is not None:
                c.used = draft.cs[j].used = True
                draft.thresholds.append(
                    Threshold(Term(draft.cs[j].metric), "<" if c.is_("negative") else ">", (0.0,), i)
                )
                _absorb_motion(draft, i)
        elif c.is_("once") and not c.is_("and"):
            ahead = draft.cs[i - 1] if i else None  # "more than twice"
            told = ahead is not None and ahead.is_("op") and not ahead.used
            _take_times(draft, i, ahead.payload("op") if told and ahead else "=", float(c.payload("once")))
            if told and ahead is not None and c.used:
                ahead.used = True
        elif c.is_("repeat") and _is_after_the_first(draft, c):
            c.used = True
        elif c.is_("repeat"):
            count = next((m for m in draft.layer.metrics.values() if m.meta.get("about") == "order"), None)
            if count is not None and i and draft.cs[i - 1].is_("rank"):
                _read_as_superlative(draft, c, count.name)  # "our 20 most loyal customers"
            elif count is not None:
                c.used = True
                draft.thresholds.append(Threshold(Term(count.name), ">", (1.0,), i))
                if not any(o.dimension and draft.entity(o) for o in draft.cs):
                    c.word = replace(
                        c.word,
                        kind="word",
                        metric="customers" if "customers" in draft.layer.metrics else "",
                        dimension=next(
                            (d.name for d in draft.layer.dimensions.values() if d.identifies == "customer"), ""
                        ),
                    )
                    c.used = False
                    c.grammar = ()
                    if any(o.metric and not o.used for o in draft.cs if o is not c):
                        draft.thresholds[-1].at = i + 1  # of a figure, they are the noun that it is told of
                    if any(o.is_("vs") for o in draft.cs):
                        raise UnclearError(f"{c.text} against others: one at a time, please")


def _is_after_the_first(draft: Draft, c: Chunk) -> bool:
    """ "Whose first order was in 2024 … ordered again in 2025": once in the later period is again."""
    known = [p for cohort in draft.cohorts for p in cohort.periods]
    later = any(p not in known for p in draft.periods)
    return "again" in c.text.lower() and bool(known) and later


def _read_made_a_profit(draft: Draft) -> None:
    """ "in which months did tables make a profit": those in which it is above zero."""
    chosen = any(c.is_("q", "count", "rel") for c in draft.cs[:3]) and any(
        (c.key and (not c.metric or (draft.entity(c) and c.plural)))
        or (c.metric and c.plural and draft.counts_lines(c.metric))
        for c in draft.cs[:6]
    )
    for i in range(1, len(draft.cs) - 1):
        made, article, figure = draft.cs[i - 1 : i + 2]
        loses = bool(figure.metric) and any(
            phrase.startswith("mak") for phrase in draft.metric(figure.metric).words("below_zero")
        )
        if (
            chosen
            and loses
            and article.text.lower() == "a"
            and made.text.lower() in ("make", "made", "making", "makes")
        ):
            if _is_line_of_order(draft, i - 1):
                raise UnclearError(f"the {figure.text} of the line, or of the whole order?")
            figure.used, figure.role = True, "threshold"
            draft.thresholds.append(Threshold(Term(figure.metric), ">", (0.0,), i + 1))


def _is_a_line(draft: Draft, c: Chunk) -> bool:
    return bool(c.metric) and c.role != "threshold" and draft.counts_lines(c.metric)


def _is_line_of_order(draft: Draft, end: int) -> bool:
    """ "Orders with a returned line made a profit": one line stands between the orders and what they made."""
    line = next((j for j, c in enumerate(draft.cs[:end]) if _is_a_line(draft, c)), end)
    entities = (draft.entity(c) for c in draft.cs[:line])
    return line < end and any(e is not None and e.identifies == "order" for e in entities)


def _read_as_superlative(draft: Draft, c: Chunk, metric: str) -> None:
    person = draft.layer.identifier("customer")
    c.grammar, c.text, c.plural = (), c.text.split()[0], True
    c.word = replace(c.word, kind="word", superlative=(metric, "desc"), dimension=person.name if person else "")


def _figure_before(draft: Draft, i: int) -> int | None:
    """ "profit was negative": the figure that stands before."""
    for j in range(i - 1, -1, -1):
        if draft.cs[j].metric and not draft.entity(draft.cs[j]):
            return j
        if draft.cs[j].content:
            return None
    return None


def _absorb_motion(draft: Draft, i: int) -> None:
    """ "dropped below zero", "rose above 500": the verb only says that it is so."""
    ahead = draft.cs[i - 1] if i else None
    if ahead is not None and ahead.is_("growth") and not ahead.content:
        ahead.used = True


def _take_times(draft: Draft, i: int, operator: str, value: float) -> None:
    verb = next((c for c in reversed(draft.cs[:i]) if c.word.verb or c.metric), None)
    metric = _counting_metric(draft, verb)
    if metric:
        draft.cs[i].used = True
        draft.thresholds.append(Threshold(Term(metric), operator, (value,), i))


def _counting_metric(draft: Draft, verb: Chunk | None) -> str:
    if verb is not None and verb.word.verb and draft.metric(verb.word.verb).format == "count":
        return verb.word.verb
    if verb is not None and any(v == "returned" for _, v in verb.word.values):
        verb.used = True
        about = draft.about("return")
        return about.name if about else ""
    about = draft.about("order")
    return about.name if about else ""


def _read_comparison(draft: Draft, i: int) -> None:
    c = draft.cs[i]
    j = draft.next(i, "stop", "prep")
    if j is None or draft.cs[j].number is None or draft.cs[j].period:
        return
    number = draft.cs[j]
    operator = c.payload("op")
    thing = draft.cs[j + 1] if j + 1 < len(draft.cs) else None
    if operator == ">=" and number.number == 1 and thing is not None and thing.word.values and not thing.metric:
        c.used = number.used = True  # "bought at least one copier" is that they bought copiers
        c.grammar = (Meaning("stop"),)
        return
    values: tuple[float, ...] = (number.number or 0.0,)
    end = j
    if operator == "between" or (
        (draft.chunk(j + 1 if j + 1 < len(draft.cs) else None) or number).is_("and") and operator == "between"
    ):
        k = draft.next(j, "stop", "prep", "and")
        if k is None or draft.cs[k].number is None:
            return
        values = (values[0], draft.cs[k].number or 0.0)
        number = draft.cs[k] if not number.unit else number
        draft.cs[k].used = True
        end = k
    if _negated_before(draft, i):
        operator = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}.get(operator, operator)
    c.used = draft.cs[j].used = True
    if _is_of_growth(draft, i, operator, values, number.unit):
        return
    _absorb_motion(draft, i)
    _take_threshold(draft, i, end, operator, values, number.unit)


def _is_of_growth(draft: Draft, i: int, operator: str, values: tuple[float, ...], unit: str) -> bool:
    """ "grew more than 30%", "fell by more than 10,000": a condition on the growth or the change."""
    verb = draft.cs[i - 1] if i else None
    by_amount = unit != "percent" and BY_AMOUNT.search(draft.question) is not None
    if verb is None or not verb.is_("growth") or verb.content or operator == "between":
        return False
    if unit != "percent" and not by_amount:
        return False
    draft.change_condition = by_amount
    if verb.payload("growth") == "decline":
        operator, values = {">": "<", "<": ">", ">=": "<=", "<=": ">="}.get(operator, operator), (-values[0],)
    draft.growth_condition = (operator, values)
    return True


def _negated_before(draft: Draft, i: int) -> bool:
    j = i - 1
    if j >= 0 and draft.cs[j].is_("neg") and not draft.cs[j].used and draft.cs[j].text.lower() in ("not", "no"):
        draft.cs[j].used = True
        return True
    return False


def _take_threshold(draft: Draft, i: int, end: int, operator: str, values: tuple[float, ...], unit: str) -> None:
    """Find what the number is compared with: the figure named after it, or before it, or an order's worth."""
    term = _named_after(draft, end, unit) or _named_before(draft, i, unit)
    if term is None and draft.before is not None and len(draft.before.terms) == 1 and not draft.before.terms[0].share:
        term = draft.before.terms[0]
    if term is None:
        raise UnclearError(f"I do not see which figure should be {_words_of(draft, i, end)}")
    if i and draft.cs[i - 1].is_("by"):  # "bought by more than 10 customers"
        draft.cs[i - 1].used = True
    metric = draft.layer.metrics.get(term.metric)
    separated = any(c.token is not None and "," in c.token.text for c in draft.cs[i : end + 1])  # "2,025" is no year
    if not (unit or separated) and any(YEARS[0] <= v <= YEARS[1] for v in values):
        raise UnclearError(f"{values[-1]:.0f}: do you mean the number or the year?")
    if unit == "percent" and (metric is None or metric.format != "percent"):
        raise UnclearError(f"{_words_of(draft, i, end)}: of which figure?")
    average = any(c.is_("average") and c.payload("average") == "average" for c in draft.cs[:i])
    if metric is not None and metric.format == "percent" and unit != "percent" and max(values) > 1:
        values = tuple(v / 100 for v in values)
    draft.thresholds.append(Threshold(term, operator, values, i, average))


def _words_of(draft: Draft, i: int, end: int) -> str:
    return " ".join(c.text for c in draft.cs[i : end + 1])


def _named_after(draft: Draft, end: int, unit: str) -> Term | None:
    beside = draft.chunk(end + 1 if end + 1 < len(draft.cs) else None)
    if beside is not None and beside.is_("after_number"):
        beside = draft.chunk(end + 2 if end + 2 < len(draft.cs) else None)
    if beside is not None and beside.is_("times") and not unit:
        beside.used = True
        verb = next((o for o in reversed(draft.cs[:end]) if o.word.verb or o.word.values), None)
        metric = _counting_metric(draft, verb)
        return Term(metric) if metric else None
    j = draft.next(end, "stop", "prep", "after_number")
    c = draft.chunk(j)
    if c is None or (unit in ("money",) and not (c.metric and draft.metric(c.metric).format == "money")) or c.period:
        return None
    if unit == "percent" and not (c.metric and draft.metric(c.metric).format == "percent"):
        return None
    if c.word.payload.startswith("over:"):
        return None
    beside_it = j == end + 1 or (j == end + 2 and draft.cs[end + 1].text.lower() in ("of", "in"))
    large = beside_it and not draft.entity(c) and (draft.cs[end].number or 0) >= 100  # "less than 20,000 profit"
    if c.metric and (draft.metric(c.metric).format in ("count", "days") or unit or large):
        c.used = True
        c.role = "threshold"
        return Term(c.metric)
    if c.dimension and not c.metric:
        c.used = True
        return Term(distinct=c.dimension)
    if c.grain and not unit and _is_of_times(draft, end):
        c.used = True
        return Term(distinct=c.grain)
    if c.grain == "@day" and not unit:
        metric = _days_metric(draft)
        if metric:
            c.used = True
            return Term(metric)
        raise UnclearError(f"{draft.cs[end].text} {c.text} of what: days to ship, or days until a return?")
    return None


def _is_of_times(draft: Draft, end: int) -> bool:
    """ "in at least 6 months", "on more than 3 days": in how many of them something was."""
    j = end - 1
    while j > 0 and draft.cs[j].is_("op") and not draft.cs[j].content:
        j -= 1
    return draft.cs[j].text.lower() in ("in", "on", "during") and j < end - 1


def _days_metric(draft: Draft) -> str:
    named = next((c.metric for c in draft.cs if c.metric and draft.metric(c.metric).format == "days"), "")
    if named:
        for c in draft.cs:
            if c.metric == named:
                c.used = True
        return named
    times = [c.word.time for c in draft.cs if c.word.time]
    for time in times:
        metric = duration_metric(draft, time)
        if metric:
            draft.time = ""
            return metric
    return ""


def duration_metric(draft: Draft, time: str) -> str:
    """The metric in days whose measure reads a date."""
    column = draft.layer.dimensions[time].expr
    for metric in draft.layer.metrics.values():
        if metric.format == "days" and any(column in leaf.expr for leaf in draft.layer.leaves(metric)):
            return metric.name
    return ""


def _named_before(draft: Draft, i: int, unit: str) -> Term | None:
    if not unit and i and draft.cs[i - 1].text.lower() == "worth":
        unit = "money"
    for j in range(i - 1, -1, -1):
        c = draft.cs[j]
        if c.used and c.role != "threshold":
            if c.period:
                continue
            continue
        if c.is_("growth") and unit in ("percent", "") and not c.word.kind:
            return None
        entity = draft.entity(c)
        if c.word.payload.startswith("over:"):
            c.used = True
            draft.over_dimension = c.word.payload[5:]
            return Term(c.metric)
        if c.metric and entity is None:
            about = draft.metric(c.metric).meta.get("about")
            listed = any(o.key and o is not c and not (o.metric and not draft.entity(o)) for o in draft.cs[:j])
            if about and not listed and (unit == "money" or j == i - 1):
                return Term(draft.layer.main_metric.name)
            c.used = True
            c.role = "threshold"
            return Term(c.metric)
        if c.word.verb and (unit == "money" or draft.metric(c.word.verb).format == "money"):
            c.used = True
            return Term(c.word.verb if draft.metric(c.word.verb).format == "money" else draft.layer.main_metric.name)
        if entity is not None:
            return Term(draft.layer.main_metric.name)
    if unit == "money":
        return Term(draft.layer.main_metric.name)
    return None
