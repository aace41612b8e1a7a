"""Customers and orders by how many kinds they hold: one or the other but not both, at least two of three categories."""

from __future__ import annotations

from app.answers.plan import Cohort, Term
from app.answers.planning.draft import Draft, Threshold
from app.answers.planning.named_values import merged, resolved_within
from app.answers.planning.negations import subject_entity
from app.answers.planning.outcome import UnclearError

NOT_BOTH = ("both", "both of", "both of them", "the two", "two", "all")


def read_all_kinds(draft: Draft) -> None:
    """ "orders with products from all three categories": as many kinds as there are said to be."""
    for i, c in enumerate(draft.cs[:-2]):
        number, kind = draft.cs[i + 1 : i + 3]
        if (
            c.text.lower() not in ("all", "from all", "of all", "all of", "all of the", "all of our")
            or number.number is None
        ):
            continue
        subject = subject_entity(draft, i)
        if subject is None or number.used or not kind.dimension or kind.metric or draft.entity(kind) or kind.used:
            continue
        for o in (c, number, kind):
            o.used = True
        draft.thresholds.append(Threshold(Term(distinct=kind.dimension), ">=", (number.number,), i))


def read_every_kind(draft: Draft) -> None:
    """ "customers who bought from all categories", "products that were sold in all markets": each of them.

    Raises UnclearError where groups and not customers, products or orders are to have all of them.
    """
    for i, c in enumerate(draft.cs[:-1]):
        words = c.text.lower().split()
        j = draft.next(i, "stop")
        kind = draft.cs[j] if j is not None else None
        named = kind is not None and kind.dimension and kind.plural and not (kind.metric or kind.used)
        if c.content or words[-1:] != ["all"] or kind is None or not named or draft.entity(kind) is not None:
            continue
        subject = subject_entity(draft, i)
        at = next((k for k, o in enumerate(draft.cs[:i]) if subject and draft.entity(o) is subject), 0)
        done = any(o.word.verb or o.text.lower() in ("sold", "shipped") for o in draft.cs[at + 1 : i])
        told = any(o.is_("rel", "q", "count") for o in draft.cs[:i])
        if not (done and told) or any(o.metric and not draft.entity(o) for o in draft.cs[:at]):
            continue
        if subject is None:
            raise UnclearError(f"in each of the {kind.text} told apart, or in all of them?")
        phrases = draft.around.lexicon.business.values()
        known = {v for m in phrases for d, v in m.values if d == kind.dimension}
        c.used = kind.used = True
        draft.thresholds.append(Threshold(Term(distinct=kind.dimension), ">=", (float(len(known)),), i))


def read_one_of_two(draft: Draft) -> None:
    """ "bought copiers or machines, but not both": exactly one of the kinds."""
    for i, c in enumerate(draft.cs):
        at = i + 1
        while at < len(draft.cs) and draft.cs[at].is_("stop") and not draft.cs[at].content:
            at += 1
        after = draft.cs[at] if at < len(draft.cs) else None
        if after is None or not c.is_("neg") or after.text.lower() not in NOT_BOTH:
            continue
        values = [o for o in draft.cs[:i] if o.word.values and not o.metric and not o.used]
        subject = subject_entity(draft, i)
        chosen = merged([resolved_within(draft, o) for o in values])
        if subject is None or len(chosen) != 1 or len(chosen[0].values) < 2:
            raise UnclearError("one or the other but not both: of which two, and who?")
        for o in (*values, c, after):
            o.used = True
        for o in draft.cs[:i]:
            o.used = o.used or o.is_("or")
        periods = tuple(o.period.period for o in draft.cs if o.period is not None and o.period.kind != "context")
        draft.cohorts.append(
            Cohort(
                subject.name,
                distinct=chosen[0].dimension,
                operator="=",
                values=(1.0,),
                filters=(chosen[0],),
                periods=periods,
            )
        )


def read_orders_without(draft: Draft) -> None:
    """ "orders with no discounted line": none of the order's lines is so."""
    for i, c in enumerate(draft.cs[:-2]):
        flag, line = draft.cs[i + 1 : i + 3]
        about_lines = any(
            d in draft.layer.dimensions and draft.layer.dimensions[d].about == "line" for d, _ in flag.word.values
        )
        subject = subject_entity(draft, i)
        if (
            c.used
            or not c.is_("neg")
            or not about_lines
            or not line.metric
            or subject is None
            or subject.identifies != "order"
        ):
            continue
        f = resolved_within(draft, flag)
        for o in (c, flag, line):
            o.used = True
        periods = tuple(o.period.period for o in draft.cs if o.period is not None and o.period.kind != "context")
        draft.cohorts.append(Cohort(subject.name, True, filters=(f,), periods=periods))
