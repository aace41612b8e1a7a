"""What to group by, and the dimension that a question lists."""

from __future__ import annotations

import re

from app.answers.plan import GRAINS, Term
from app.answers.planning.draft import COMPARATIVES, Draft, Rank
from app.answers.planning.named_values import merged, noun_of_kind, resolved_within
from app.answers.planning.openings import beyond_its_place, opening_noun
from app.answers.planning.outcome import UnclearError
from app.answers.planning.ranks import head_key, rank_target
from app.answers.reading import Chunk

ASIDE = re.compile(
    r"[(]\s*(?:measured |counted )?by\b|\bi\.?\s?e\.?,?\s+by\b|\b(?:going|go|counted|counting|judged|that is,?) by\b",
    re.I,
)  # such a date is told beside the question
SHOWN = re.compile(
    r"\s*(?:please\s+|can\s+you\s+|could\s+you\s+)*(?:show|list|pull|give|get|display|fetch|find|see|open|bring)\b",
    re.I,
)
CONDITIONS = ("where", "with", "having", "when", "whose")
PASSIVE = (
    "ordered", "bought", "purchased", "placed", "made", "returned", "used", "chosen", "preferred", "spent", "generated",
)  # fmt: skip


def read_groups(draft: Draft) -> None:
    """By, per, each … followed by dimensions or parts of the date; "by" and a metric say what to rank by."""
    for i, c in enumerate(draft.cs):
        if c.used or not (c.is_("by") or (c.is_("grain") and _is_adverb(c))):
            continue
        if c.is_("grain"):
            _read_adverb(draft, i)
            continue
        if _is_passive(draft, i):
            c.used = True
            continue
        _read_by(draft, i)
    for c in draft.cs:
        if c.is_("trend") and not c.used:
            c.used = True
            if not any(d.startswith("@") for d in draft.dimensions) and not any(
                o.grain and not o.used for o in draft.cs
            ):
                draft.dimensions.append(_fitting_grain(draft))


def _is_adverb(c: Chunk) -> bool:
    text = c.text.lower()
    each = text.startswith(("by ", "each ")) or text == "every year's"
    return each or text.endswith(("ly", "annual")) or " by " in text


def _is_passive(draft: Draft, i: int) -> bool:
    """ "ordered by German customers": who did it, not what to group by."""
    before, after = (draft.cs[i - 1] if i else None), draft.chunk(draft.next(i, "stop"))
    done = before is not None and before.text.lower().split()[-1] in PASSIVE
    if after is not None and draft.entity(after) and not after.plural and draft.cs.index(after) + 1 < len(draft.cs):
        named = draft.cs[draft.cs.index(after) + 1]  # "placed by customer AA-1000373"
        after = named if any(d == after.dimension for d, _ in named.word.values) else after
    return done and after is not None and bool(after.word.values) and not after.key


def _read_adverb(draft: Draft, i: int) -> None:
    c = draft.cs[i]
    before, after = draft.chunk(draft.next(i, "stop", step=-1)), draft.chunk(draft.next(i, "stop"))
    if (before is not None and before.is_("average") and not before.used) or (
        after is not None and after.is_("average") and not after.used
    ):
        draft.over = c.grain
        c.used = True
        return
    c.used = True
    _refuse_time_of_best(draft, i)
    _group_by(draft, c.grain)


def _refuse_time_of_best(draft: Draft, i: int) -> None:
    """Raise UnclearError for "monthly sales of the best product": the best of all, or of each month?"""
    figure, target = draft.chunk(draft.next(i, "stop")), rank_target(draft)
    told = figure is not None and (figure.is_("growth") or (figure.metric and not draft.entity(figure)))
    if told and target not in ("", draft.cs[i].key) and any(r.limit != -1 and r.at > i for r in draft.ranks):
        noun = draft.cs[i].grain.lstrip("@").replace("_", " ")
        raise UnclearError(f"the best of all the time, or those of each {noun}?")


def _read_by(draft: Draft, i: int) -> None:
    j = draft.next(i, "stop", "rank", "prep") if not draft.cs[i].is_("follow") else draft.next(i, "stop")
    took = False
    while j is not None and draft.cs[j].period is not None and j + 1 < len(draft.cs) and draft.cs[j + 1].metric:
        j += 1  # "by 2025 sales"
    if _splits_values(draft, i, j):
        return
    if j is not None:
        j = noun_of_kind(draft, j) or j
    while j is not None:
        c = draft.cs[j]
        ranked = (
            c.metric
            and not took
            and _ranks_by(draft, i)
            and (not draft.entity(c) or (c.plural and rank_target(draft) not in ("", c.key)))
        )
        if c.key and not c.used and not ranked:
            if _is_ratio_per(draft, i, c):
                took = True
                break
            _refuse_per_thing(draft, i, c)
            _group_by(draft, c.key)
            c.used = took = True
        elif c.metric and not took and not c.used:
            listed = any(o.is_("q") for o in draft.cs[:2])  # "list states by number of customers"
            if not _ranks_by(draft, i) and draft.before is None and not listed:
                break
            _rank_metric(draft, i, c)
            took = True
            break
        elif c.is_("count") and not took and _ranks_by(draft, i):
            k = draft.next(j)
            if k is not None and draft.cs[k].metric:
                c.used = True
                _rank_metric(draft, i, draft.cs[k])
                took = True
            break
        elif c.word.time and took is False:
            c.used = True
            told = _only_dates(draft, i, c.word.time)
            draft.time = c.word.time if told or c.word.time != draft.layer.main.default_time else ""
            draft.dated = draft.dated or told
            draft.dimensions += [] if told else ["@day"]
            took = True
        else:
            break
        k = draft.next(j, "stop")
        if k is not None and draft.cs[k].is_("and", "by") and not draft.cs[k].content:
            n = draft.next(k, "stop", "by", "and")
            own = all(o.text == "," for o in draft.cs[k : k + 1]) and n is not None and _is_aside(draft, n)
            if n is not None and draft.cs[n].key and not draft.cs[n].used and not own and not _starts_new(draft, n):
                for joining in draft.cs[k:n]:
                    joining.used = joining.used or joining.is_("by", "and")
                j = n
                continue
        if k is not None and draft.cs[k].key and not draft.cs[k].metric and not draft.cs[k].used and k == j + 1:
            j = k
            continue
        break
    if took:
        draft.cs[i].used = True


SHORT = 62
"""Days of a period that are perhaps wanted one by one."""


def _only_dates(draft: Draft, i: int, time: str) -> bool:
    """ "Units by month, by ship date", "shipped in October, i.e. by ship date": a date, no days told apart."""
    longer = any(c.grain in ("@week", "@month", "@quarter", "@year") for c in draft.cs)
    said = any(c.word.time == time and not c.word.values and c.period is None for c in draft.cs[:i])
    verbs = draft.layer.dimensions[time].verbs
    aside = draft.cs[i - 1].text == "," or draft.cs[0].is_("count")  # "how many were returned in May, by return date"
    said = said or (aside and any(str(v) in verbs for c in draft.cs[:i] for _, v in c.word.values))
    spans = [(c.period.period.end - c.period.period.start).days for c in draft.cs[:i] if c.period is not None]
    said = said or (
        time != draft.layer.main.default_time and max(spans, default=0) > SHORT
    )  # hardly every day of a year
    return longer or ASIDE.search(draft.question) is not None or (said and any(c.period for c in draft.cs[:i]))


def _splits_values(draft: Draft, i: int, j: int | None) -> bool:
    """ "split by discounted and full-price lines": the values that are told apart."""
    if j is None or not draft.cs[i].text.lower().startswith(("split", "broken", "divided", "separated")):
        return False
    told: list[Chunk] = []
    while j is not None and draft.cs[j].word.values and not draft.cs[j].used:
        told.append(draft.cs[j])
        k = draft.next(j, "stop")
        if k is None or not draft.cs[k].is_("and", "vs", "or"):
            break
        j = draft.next(k, "stop", "and")
    kinds = [merged([resolved_within(draft, c)])[0] for c in told]
    if len(told) < 2 or len({f.dimension for f in kinds}) != 1:
        return False
    for c in (draft.cs[i], *told):
        c.used = True
    draft.filters.append(merged(kinds)[0])
    draft.dimensions.append(kinds[0].dimension)
    return True


def _refuse_per_thing(draft: Draft, i: int, c: Chunk) -> None:
    """Raise UnclearError for "which segment spends the most per order": a mean, where no such figure is declared."""
    beside = draft.ranks or any(o is not c and o.key and o.key != c.key and not o.metric for o in draft.cs)
    if draft.cs[i].text.lower() == "per" and draft.entity(c) and not c.plural and beside:
        raise UnclearError(f"which figure per {c.text} do you mean?")


def _is_aside(draft: Draft, n: int) -> bool:
    """ "margin by segment, orders from 2024": which rows, not one more group."""
    after = draft.next(n, "stop")
    told = after is not None and draft.cs[after].is_("prep", "rel") and not draft.cs[after].content
    return told and draft.entity(draft.cs[n]) is not None and draft.cs[n].plural


def _starts_new(draft: Draft, n: int) -> bool:
    c = draft.cs[n]
    if c.metric and not draft.entity(c):
        return True
    figures = any(o.metric and (o.used or not draft.entity(o)) for o in draft.cs) or bool(draft.terms)
    return bool(c.metric and c.plural and not figures and not draft.ranks and draft.next(n, "stop") is None)


def _ranks_by(draft: Draft, i: int) -> bool:
    return bool(draft.ranks) or any(c.is_("sort") for c in draft.cs[: i + 1])


def _rank_metric(draft: Draft, i: int, c: Chunk) -> None:
    c.used, c.role = True, "rank"
    if (draft.ranks and not draft.ranks[-1].metric) or (draft.ranks and draft.ranks[-1].metric != c.metric):
        draft.ranks[-1].metric = c.metric
    else:
        draft.ranks.append(Rank(i, True, -1, 0, c.metric))
    for s in draft.cs[: i + 1]:
        if s.is_("sort"):
            s.used = True


def _is_ratio_per(draft: Draft, i: int, c: Chunk) -> bool:
    """ "average X per customer": the mean over customers, not one row for each."""
    if draft.cs[i].text.lower() not in ("per", "each", "for each", "every", "for every", "by", "of each", "in each"):
        return False
    averaged = any(o.is_("average") and not o.used for o in draft.cs[:i]) or any(
        o.is_("average") and not o.used and o.text.lower().endswith("average") for o in draft.cs[i:]
    )
    if not averaged and _plain_ratio(draft, i, c):
        return True
    if not averaged:
        return False
    named = next((o.metric for o in reversed(draft.cs[:i]) if o.metric), "")
    if named and (
        draft.metric(named).kind == "ratio" or draft.layer.leaves(draft.metric(named))[0].aggregation == "average"
    ):
        return False
    if c.grain in ("@day", "@week", "@month", "@quarter", "@year") or draft.entity(c):
        if draft.cs[i].text.lower() == "by" and not draft.entity(c):
            return False
        draft.over = c.key
        c.used = True
        return True
    return False


def _plain_ratio(draft: Draft, i: int, c: Chunk) -> bool:
    """ "sales per order": a ratio, where the metric and the entity are all that is told."""
    entity = draft.entity(c)
    named = next((o for o in reversed(draft.cs[:i]) if o.metric), None)
    if (
        entity is None
        or c.plural
        or named is None
        or named.used
        or draft.cs[i].text.lower() != "per"
        or draft.ranks
        or draft.thresholds
    ):
        return False
    about = draft.about(entity.identifies)
    ready = next(
        (
            m
            for m in draft.layer.metrics.values()
            if m.kind == "ratio" and m.numerator == named.metric and about is not None and m.denominator == about.name
        ),
        None,
    )
    if ready is None:
        return False
    named.used = c.used = True
    draft.terms.append(Term(ready.name))
    return True


def _group_by(draft: Draft, key: str) -> None:
    target = rank_target(draft)
    if draft.ranks and target and key != target and (draft.ranks[0].limit != -1) and key not in draft.per:
        draft.per.append(key)
    if key not in draft.dimensions:
        draft.dimensions.append(key)


def _fitting_grain(draft: Draft) -> str:
    """The unit that the period is counted in, else months, but days for a span of less than two months."""
    units = [
        unit
        for p in draft.periods
        for unit in GRAINS
        if p.label.startswith("the last") and p.label.endswith(unit + "s")
    ]
    if units:
        return f"@{units[0]}"
    spans = [(p.end - p.start).days for p in draft.periods]
    return "@day" if spans and max(spans) < 62 else "@month"


def read_heads(draft: Draft) -> None:
    """The dimension that the question lists or ranks."""
    _take_ranked_list(draft)
    target = rank_target(draft) if draft.ranks else ""
    head = head_key(draft) or _bare_list(draft) or _opening_noun(draft) or _orders_of_one(draft)
    counting = any(is_counted(c) and not c.used for c in draft.cs[:4])
    draft.target = target
    if target:
        if target not in draft.dimensions:
            draft.dimensions.append(target)
        _use_key(draft, target)
        if head == target:
            use_question_word(draft)
    elif head and not counting:
        if head not in draft.dimensions:
            draft.dimensions.append(head)
        draft.listing = head
        _use_key(draft, head)
        use_question_word(draft)
    for i, c in enumerate(draft.cs):
        if c.is_("sort") and not c.used:
            j = draft.next(i)
            n = draft.chunk(j)
            c.used = True
            ahead = draft.cs[i - 1] if i else None
            if ahead is not None and ahead.key and ahead.plural and not ahead.used and not ahead.metric:
                ahead.used = True  # "markets ranked by average days to ship"
                draft.dimensions.append(ahead.key)
            descending = c.payload("sort") == "desc"
            if n is not None and n.key and not (n.metric and not draft.entity(n)):
                if n.key not in draft.dimensions:
                    draft.dimensions.append(n.key)
                n.used = True
            if not any(r.limit == -1 for r in draft.ranks):
                draft.ranks.append(Rank(i, descending, -1))
            elif not descending:
                draft.ranks[-1].descending = False


def _take_ranked_list(draft: Draft) -> None:
    """ "Countries by sales", "LATAM countries by sales last quarter": a list, the highest first."""
    i = opening_noun(draft)
    after = beyond_its_place(draft, i) if i is not None and not draft.ranks and not draft.terms else None
    figure = draft.chunk(draft.next(after, "stop")) if after is not None else None
    if i is None or after is None or figure is None or draft.cs[after].text.lower() != "by":
        return
    if figure.metric and not figure.dimension and not any(o.is_("q", "count") for o in draft.cs[:i]):
        draft.cs[i].used = draft.cs[after].used = True
        draft.dimensions.append(draft.cs[i].key)
        draft.ranks.append(Rank(i, True, -1))


def is_counted(c: Chunk) -> bool:
    """Whether a chunk asks how many: "how many", "number of", or "number of customers" as one."""
    return c.is_("count") or (bool(c.metric) and c.text.lower().startswith(("number of", "count of", "how many")))


def _bare_list(draft: Draft) -> str:
    """ "customers who …", "orders above $500": the noun that opens the question is listed."""
    for i, c in enumerate(draft.cs[:4]):
        entity = draft.entity(c)
        if entity is not None and not c.used:
            if entity.identifies == "order" and any(o.word.values for o in draft.cs[:i]):
                return ""  # "consumer orders that were not …" are counted
            if any(not d.startswith("@") and d != entity.name for d in draft.dimensions):
                return ""  # "orders over $500 by market": how many in each
            if any(o.is_("share") for o in draft.cs[:i]):
                return ""
            after = draft.chunk(draft.next(i, "stop"))
            told = after is not None and (after.is_("rel", "never") or after.is_("op") or after.is_("neg"))
            linked = after is not None and (after.is_("prep", "by") or bool(after.word.verb))
            beyond = draft.chunk(draft.next(draft.cs.index(after), "stop")) if after is not None else None
            if (
                after is not None
                and after.is_("by")
                and entity.name
                and c.metric
                and beyond is not None
                and beyond.key
                and not beyond.metric
            ):
                return ""  # "customers per market with …" counts them
            with_figure = linked and any(t.at > i for t in draft.thresholds)
            figures = any(o.metric and not draft.entity(o) and not o.used for o in draft.cs)
            listed = told or with_figure or any(t.at == i + 1 for t in draft.thresholds)
            if listed and not figures and (draft.thresholds or (after is not None and after.is_("rel", "never"))):
                return entity.name
            return ""
        told_by = bool(c.word.values) and not c.key and not c.metric  # "German customers with …"
        if not told_by and (c.content or not c.is_("stop", "prep", "follow", "and")):
            return ""
    return ""


def _opening_noun(draft: Draft) -> str:
    """ "markets where profit fell", "months with profit below zero": groups told by a condition that follows."""
    for i, c in enumerate(draft.cs[:5]):
        if (c.content or c.grain) and c.number is None:
            figures = [t for t in draft.terms if t.metric not in [b.metric for b in draft.benchmarks]]
            if not (c.plural and c.key) or draft.entity(c) or c.metric or c.used or figures:
                return ""
            after = beyond_its_place(draft, i)
            j = draft.next(after - 1, "stop", "prep") if after is not None and draft.cs[after].is_("prep") else after
            ahead = draft.cs[after] if after is not None else None
            n = draft.chunk(j)
            relative = n is not None and n.is_("rel", "q") and not n.content
            told = ahead is not None and (
                ahead.is_("rel", "neg", "never") or ahead.text.lower() in CONDITIONS or relative
            )
            tested = bool(draft.thresholds or draft.benchmarks) or any(
                o.is_("growth", "neg", "never", "op") for o in draft.cs[i:]
            )
            tested = tested or (
                len(draft.periods) == 2 and any(o.text.lower().split()[0] in COMPARATIVES for o in draft.cs[i:])
            )
            if relative and n is not None and told and tested:
                n.used = True
            return c.key if told and tested else ""
        if not c.is_("stop", "prep", "follow", "and", "q") and c.number is None:
            return ""
    return ""


def _orders_of_one(draft: Draft) -> str:
    """ "Show me the orders of customer AA-1000373": one customer's orders are shown, unless they are counted."""
    first = next((i for i, c in enumerate(draft.cs[:-1]) if c.content), None)
    orders, entity = draft.about("order"), draft.layer.identifier("order")
    if first is None or orders is None or entity is None or draft.dimensions or draft.cs[-1].text.lower() == "in total":
        return ""
    noun, link = draft.cs[first : first + 2]
    if noun.metric != orders.name or noun.used or is_counted(noun) or not (link.is_("prep") or link.used):
        return ""
    shown = SHOWN.match(draft.question) or any(c.text.lower() == "all" for c in draft.cs[:first])
    if not shown or not names_one_customer(draft):
        return ""
    noun.used = True
    return entity.name


def names_one_customer(draft: Draft) -> bool:
    """Whether one customer is told, by id or by name."""
    told = [draft.layer.dimensions[d] for c in draft.cs for d, _ in c.word.values if d in draft.layer.dimensions]
    return len([d for d in told if "customer" in (d.identifies, d.names)]) == 1


def _use_key(draft: Draft, key: str) -> None:
    for c in draft.cs:
        if c.key == key and not c.used:
            c.used = True
            break


def use_question_word(draft: Draft) -> None:
    """Account for which, what, who at the beginning."""
    for c in draft.cs[:4]:
        if c.is_("q", "rel", "exist"):
            c.used = True
