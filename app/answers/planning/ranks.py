"""Superlatives: what is ranked, by which figure, how many, in which direction."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from app.answers.plan import Having, Term
from app.answers.planning.draft import COMPARATIVES, Draft, Rank
from app.answers.planning.openings import beyond_its_place, opening_noun
from app.answers.planning.outcome import UnclearError
from app.answers.reading import Chunk

TOP = 10
MOVED = frozenset(
    [
        "grew",
        "grow",
        "grown",
        "growing",
        "increased",
        "increase",
        "increasing",
        "rose",
        "risen",
        "rising",
        "improved",
        "improve",
        "gone",
        "went",
        "go",
        "fell",
        "fallen",
        "fall",
        "falling",
        "declined",
        "decline",
        "declining",
        "decreased",
        "decrease",
        "dropped",
        "drop",
        "dropping",
        "shrank",
        "shrink",
        "worsened",
    ]
)
EACH_OF_THEM = frozenset(
    (
        "each",
        "each of",
        "for each",
        "of each",
        "for each one",
        "individual",
        "individually",
        "their",
        "respective",
        "separately",
    )
)
ADDED_UP = ("combined", "together", "in sum", "altogether", "the sum of", "sum of", "in aggregate")
QUANTITY = frozenset(("most", "the most", "fewest", "the fewest"))
JUDGED = re.compile(r"\b(?:best|worst|weakest|strongest|poorest)\b", re.I)
JUDGED_FIRST = re.compile(
    rf"{JUDGED.pattern}(?:\s+\w+)?\s+(?:first|on\s+top|at\s+the\s+(?:very\s+)?top)\b|"
    rf"\b(?:start|begin)(?:ing)?\s+(?:with|from)\s+(?:the\s+)?{JUDGED.pattern}|\bfrom\s+(?:the\s+)?{JUDGED.pattern}\s+(?:one\s+)?(?:down\s+|up\s+)?to\b",
    re.I,
)
ABSOLUTE = re.compile(
    r"\babsolute(?:ly)?\b|\bin (?:us )?(?:dollars?|usd|\$|money|pieces|units|numbers)(?: terms)?(?!\w)"
    r"|\b(?:dollar|unit) (?:rise|increase|growth|gain|drop|decline|decrease|fall|change)\b",
    re.I,
)  # such a rise is a difference, no rate
AMOUNT_MOVED = re.compile(
    r"\b(?:biggest|largest|greatest) (?:\w+ )?(?:increase|rise|jump|gain|drop|decline|decrease|fall)\b", re.I
)
RELATIVE = re.compile(r"%|\b(?:per ?cent\w*|relative\w*|proportion\w*|rate)\b", re.I)
SUPERLATIVE_N = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}


def read_ranks(draft: Draft) -> None:
    """Superlatives: what is ranked, by what, how many."""
    for i, c in enumerate(draft.cs):
        if c.used or c.period:
            continue
        superlative = c.word.superlative
        if c.is_("rank") and (c.text.lower() not in COMPARATIVES or _alone(draft, i)) and not _summarises(draft, i):
            _read_rank(draft, i)
        elif (
            superlative[0]
            and not c.is_("rank")
            and not (c.word.values and not _superlative_context(draft, i))
            and not (c.metric and not _superlative_context(draft, i))
        ):
            before = draft.chunk(i - 1 if i else None)
            if before is not None and before.is_("rank") and before.role == "rank":
                continue
            if (
                c.text.lower().endswith(("est", "selling"))
                or c.text.lower() in ("most " + c.text.lower(),)
                or _superlative_context(draft, i)
            ):
                _read_superlative(draft, i)


def _alone(draft: Draft, i: int) -> bool:
    """ "in what year we had more orders", "the 4 worse countries": with nothing to compare with it is a superlative."""
    pairs = any(o.is_("vs", "or", "compare", "yoy", "op", "growth", "much") for o in draft.cs)
    several = len([o for o in draft.cs if o.word.values and not o.metric]) > 1 or len(draft.periods) > 1
    if pairs or several or draft.before is not None:
        return False
    if draft.cs[i].text.lower() in ("worse", "better") and i and draft.cs[i - 1].number is not None:
        return True
    head = draft.chunk(draft.next(0, "stop", "q", "prep")) if draft.cs[0].is_("q", "prep", "rel") else None
    return bool(head and head.key and not (head.metric and not draft.entity(head)) and draft.cs.index(head) < i)


def _summarises(draft: Draft, i: int) -> bool:
    """Whether "maximum" and the like is of an order's value or of a mean, not of groups."""
    if not draft.cs[i].is_("average"):
        return False
    j = draft.next(i, "stop", "prep", "and", "average", "rank", "grain")
    n = draft.chunk(j)
    if n is None or not n.metric:
        return False
    row = (
        draft.metric(n.metric).kind == "simple"
        and draft.layer.leaves(draft.metric(n.metric))[0].aggregation == "average"
    )
    return n.word.payload.startswith("over:") or row or _of_each_order(draft, i, n)


def _of_each_order(draft: Draft, i: int, n: Chunk) -> bool:
    """ "maximum profit per order", "minimum monthly sales": of each one's own figure, no rank of groups."""
    if not draft.cs[i].text.lower().startswith(("max", "min")) or draft.cs[0].is_("q", "rel"):
        return False
    metric, between = draft.metric(n.metric), draft.cs[i + 1 : draft.cs.index(n)]
    per_entity = metric.kind == "ratio" and draft.metric(metric.denominator).meta.get("about") in ("order", "customer")
    return per_entity or any(c.grain and not c.used for c in between)


def _superlative_context(draft: Draft, i: int) -> bool:
    j = i - 1
    return j >= 0 and draft.cs[j].is_("rank")


def _read_rank(draft: Draft, i: int) -> None:
    c = draft.cs[i]
    c.used, c.role = True, "rank"
    descending = c.payload("rank") == "desc"
    rank = Rank(i, descending, None)
    for j in (i + 1, i - 1):
        n = draft.chunk(j if 0 <= j < len(draft.cs) else None)
        if (
            n is not None
            and n.number is not None
            and not n.used
            and not n.unit
            and n.number == int(n.number)
            and 0 < n.number <= 1000
        ):
            n.used = True
            rank.limit = int(n.number)
            break
    if rank.limit is None:
        _ranked_before(draft, i, rank)
    elif i and draft.cs[i - 1].number is not None and draft.cs[i - 1].used:
        _ranked_before(draft, i - 1, rank)  # "orders with the five highest profits"
    if rank.limit is None:
        _asked_number(draft, i, rank)
    before = draft.cs[i - 1] if i else None
    if before is not None and before.text.lower() in SUPERLATIVE_N:
        rank.offset, rank.limit = SUPERLATIVE_N[before.text.lower()] - 1, 1
        before.used = True
    following = draft.next(i, "stop")
    after = draft.chunk(following)
    if after is not None and after.number is not None and after.used:
        after = draft.chunk(draft.next(following or i, "stop"))
    if after is not None and after.word.superlative[0] and not (after.metric and after.text.lower().endswith("s")):
        after.used = True
        rank.metric = after.word.superlative[0]
        if after.word.superlative[1] == "asc":
            rank.descending = not rank.descending
        if c.text.lower() in ("least", "the least"):
            rank.descending = False
    elif after is not None and after.dimension and not after.metric and after.plural and _other_head(draft, after.key):
        after.used = True
        rank.target = head_key(draft)
        draft.terms.append(Term(distinct=after.dimension))
    elif after is not None and after.is_("rank"):
        return _rank_twice(draft, i, rank)
    elif (
        after is not None
        and after.metric
        and draft.entity(after) is not None
        and (rank.target or _other_head(draft, after.key))
    ):
        after.used, after.role = True, "rank"
        rank.metric = after.metric
    elif c.text.lower() in QUANTITY and after is not None and is_of_things(draft, after) and not after.key:
        things = next((m for m in draft.layer.metrics.values() if m.meta.get("counts_things")), None)
        _ask_pieces_or_orders(draft, after)
        rank.metric = things.name if things is not None and not rank.metric else rank.metric
    draft.ranks.append(rank)
    return None


def _ask_pieces_or_orders(draft: Draft, thing: Chunk) -> None:
    """Raise UnclearError for "who bought the most binders"."""
    about = draft.about("order")
    if about is None or any(c.metric and not draft.entity(c) for c in draft.cs):
        return
    if any(c.word.verb == about.name and not c.dimension for c in draft.cs):
        choices = [draft.question.replace(thing.text, f"{words} of {thing.text}", 1) for words in ("units", "orders")]
        raise UnclearError(f"the most pieces of {thing.text}, or the most orders of them?", choices)


def is_of_things(draft: Draft, c: Chunk) -> bool:
    """Whether a value is one of product groups: "the most binders", "more chairs or tables" count pieces."""
    dimension = c.word.values[0][0] if c.word.values and not c.metric else ""
    home = next((m for m in draft.layer.models.values() if dimension in m.dimensions), None)
    return home is not None and any(d.identifies == "product" for d in home.dimensions.values())


def _other_head(draft: Draft, key: str) -> bool:
    head = head_key(draft)
    return bool(head) and head != key


def _asked_number(draft: Draft, i: int, rank: Rank) -> None:
    """ "which 5 cities have the most …": how many stands before what is asked for."""
    head = head_key(draft)
    told = [c for c in draft.cs[:i] if not (c.word.values and not c.key)]  # "which five US states"
    for number, noun in itertools.pairwise(told):
        counts = number.number is not None and number.number == int(number.number) and not number.unit
        if head and noun.key == head and counts and not number.used:
            number.used = True
            rank.limit, rank.target = int(number.number or 1), head


def _ranked_before(draft: Draft, i: int, rank: Rank) -> None:
    """ "5 products with the highest sales": what is ranked stands before, perhaps with how many."""
    j = draft.next(i, "stop", step=-1)
    if j is not None and j == i - 1 and _ranked_noun(draft, j, rank):
        return
    done = draft.chunk(j)
    if j is not None and done is not None and not done.key and (done.word.verb or done.word.superlative[0]):
        j = draft.next(j, "stop", step=-1)  # "the three customers who spent most"
    if (
        j is None
        or not draft.cs[j].is_("prep", "rel")
        or draft.cs[j].text.lower() not in ("with", "having", "that", "which", "who", "by")
    ):
        return
    if draft.cs[j].text.lower() == "by":
        return
    k = _before_its_place(draft, draft.next(j, "stop", "rel", step=-1))
    noun = draft.chunk(k)
    if noun is None or k is None or not noun.key or (noun.metric and draft.entity(noun) is None) or noun.used:
        return
    behind = draft.chunk(draft.next(k, "stop", step=-1))
    if behind is not None and behind.is_("by") and not behind.is_("follow"):
        return
    rank.target = noun.key
    rank.metric = rank.metric or _figure_of_deed(draft, i, done, k)
    while k and _is_kind(draft.cs[k - 1]):
        k -= 1  # "the ten Technology products"
    n = draft.cs[k - 1] if k else None
    if n is not None and n.number is not None and not n.used and not n.unit and n.number == int(n.number):
        n.used = True
        rank.limit = int(n.number)


def _figure_of_deed(draft: Draft, i: int, done: Chunk | None, noun: int) -> str:
    """ "Products that sold best", "profit of the three customers who spent most": what was done tells the figure."""
    if done is None or done.key:
        return ""
    after = draft.chunk(draft.next(i, "stop"))
    if after is not None and is_of_things(draft, after):
        return ""  # "regions that sold most technology"
    return done.word.superlative[0] or (done.word.verb if any(c.metric for c in draft.cs[:noun]) else "")


def _is_kind(c: Chunk) -> bool:
    """Whether a chunk is a value that says of which kind a noun is: "corporate" of corporate customers."""
    return bool(c.word.values) and not c.key and not c.metric


def _before_its_place(draft: Draft, k: int | None) -> int | None:
    """Step back from "in the United Kingdom", "of 2025" to the noun whose place or time it tells."""
    while k is not None and (draft.cs[k].period is not None or _is_kind(draft.cs[k])):
        link = draft.next(k, "stop", step=-1)
        if link is None or draft.cs[link].content or not draft.cs[link].is_("prep"):
            return k
        k = draft.next(link, "stop", "rel", step=-1)
    return k


def _ranked_noun(draft: Draft, j: int, rank: Rank) -> bool:
    """ "the 10 articles most sold": how many of what stands right before."""
    noun, number = draft.cs[j], draft.cs[j - 1] if j else None
    if number is None or number.number is None or number.used or number.unit or not (noun.key and noun.plural):
        return False
    rank.target, rank.limit = noun.key, int(number.number)
    number.used = True
    return True


def _rank_twice(draft: Draft, i: int, rank: Rank) -> None:
    rank.limit = rank.limit
    draft.ranks.append(rank)
    j = draft.next(i, "stop")
    if j is not None:
        draft.cs[j].used = True
        rank.descending = draft.cs[j].payload("rank") == "desc"


def _read_superlative(draft: Draft, i: int) -> None:
    c = draft.cs[i]
    c.used, c.role = True, "rank"
    metric, direction = c.word.superlative
    rank = Rank(i, direction == "desc", None, 0, _figure_of_period(draft, i) or metric)
    before = draft.cs[i - 1] if i else None
    if before is not None and before.text.lower() in SUPERLATIVE_N:
        rank.offset, rank.limit = SUPERLATIVE_N[before.text.lower()] - 1, 1
        before.used = True
    for j in (i - 1, i + 1):
        n = draft.chunk(j if 0 <= j < len(draft.cs) else None)
        if n is not None and n.number is not None and not n.used and not n.unit and n.number == int(n.number):
            n.used = True
            rank.limit = int(n.number)
            break
    draft.ranks.append(rank)


def _figure_of_period(draft: Draft, i: int) -> str:
    """ "The busiest month for returns": the figure that is told behind the period."""
    at = draft.next(i, "stop")
    if at is None or not draft.cs[at].grain or at + 2 >= len(draft.cs):
        return ""
    link, figure = draft.cs[at + 1], draft.cs[at + 2]
    return figure.metric if link.text.lower() in ("for", "for the", "in terms of") else ""


def rank_target(draft: Draft) -> str:
    """What is ranked: the dimension after the superlative, or the one that was asked for by which or who."""
    for rank in draft.ranks:
        if rank.target:
            return rank.target
        for j in range(rank.at + 1, min(rank.at + 6, len(draft.cs))):
            c = draft.cs[j]
            if c.is_("by") and not c.content and (found := _noun_before(draft, rank, j)):
                return found
            if c.is_("by", "rel") or c.period:
                break
            if c.is_("prep") and not c.content:
                if c.text.lower() in ("in", "for", "from", "by", "during", "on", "with"):
                    break
                continue
            if c.key and not (c.metric and not draft.entity(c)):
                head = head_key(draft)
                if draft.entity(c) and c.metric and head and head != c.key:
                    return head
                return c.key
        if head := head_key(draft):
            return head
        first = opening_noun(draft)
        after = beyond_its_place(draft, first) if first is not None else None
        if first is not None and after is not None and after < rank.at <= after + 3:
            return draft.cs[first].key  # "three states in Germany with the most sales"
    return ""


def _noun_before(draft: Draft, rank: Rank, j: int) -> str:
    """ "customers by number of orders, top 3 in each market": what is ranked stands before the rank."""
    direct = all(o.number is not None for o in draft.cs[rank.at + 1 : j])
    if not direct or not draft.cs[j].text.lower().endswith(("each", "every", "per")):
        return ""
    noun = next((o for o in draft.cs[: rank.at] if o.key), None)
    return noun.key if noun is not None and noun.plural and (draft.entity(noun) or not noun.metric) else ""


def head_key(draft: Draft) -> str:
    """The dimension asked for by which, what, who, list, when."""
    for i, c in enumerate(draft.cs):
        of_figure = any(o.metric and not draft.entity(o) for o in draft.cs[:i])  # "sales of customers who …"
        of_figure = of_figure or any(o.is_("share") for o in draft.cs[:i])
        if c.text.lower() in ("who", "whom") and i <= 3 and not of_figure:
            person = draft.layer.identifier("customer")
            return person.name if person else ""
        if c.is_("q", "rel") and i <= (6 if c.text.lower() == "which" else 3):
            j = draft.next(i, "stop", "rank", "neg", "q", "prep")
            while j is not None and (
                draft.cs[j].number is not None
                or (draft.cs[j].word.values and not draft.cs[j].key)
                or (draft.cs[j].word.superlative[0] and not draft.cs[j].key)
            ):
                j = draft.next(j, "stop", "rank", "prep")
            n = draft.chunk(j)
            if n is not None and n.metric and c.text.lower() == "what" and draft.dimensions:
                return ""
            if (
                c.text.lower() == "what"
                and i + 1 < len(draft.cs)
                and draft.cs[i + 1].text.lower() in ("did", "do", "does")
            ):
                return ""
            if n is not None and n.key and not (n.metric and not draft.entity(n)) and not n.word.values:
                return n.key
    return ""


def _is_rate(draft: Draft, term: Term) -> bool:
    """Whether a figure is a percentage, which moves by points: from 2% to 1% is no fall by half."""
    return bool(term.metric) and draft.metric(term.metric).format == "percent"


def _is_amount(draft: Draft) -> bool:
    """Whether what moved is told by its amount: "the biggest increase" is one, "grew the most" is a rate."""
    if ABSOLUTE.search(draft.question):
        return True
    return AMOUNT_MOVED.search(draft.question) is not None and RELATIVE.search(draft.question) is None


def _is_judged(draft: Draft, rank: Rank) -> bool:
    """ "The worst", not "the lowest": high or low, as the figure has it."""
    said = JUDGED.search(draft.cs[rank.at].text) is not None
    return said or (rank.limit == -1 and JUDGED_FIRST.search(draft.question) is not None)


def _is_better_low(draft: Draft, term: Term) -> bool:
    bad = any(
        (f.dimension.startswith("#") and f.operator in ("<", "<=")) or f.values == ("returned",) for f in term.filters
    )
    return (term.share and bad) or (bool(term.metric) and draft.metric(term.metric).meta.get("better") == "low")


def apply_ranks(draft: Draft) -> None:
    """Turn the superlatives that were read into order and limit."""
    if draft.growth and draft.ranks and not draft.compare:
        draft.compare = "previous"
    if not draft.ranks:
        _keep_those_that_grew(draft)
        return
    if len({r.descending for r in draft.ranks if r.limit and r.limit > 0}) > 1 or _asks_for_both_ends(draft):
        raise UnclearError("the best or the worst ones? One list at a time.")
    rank = draft.ranks[0]
    if rank.limit is None:  # "best selling products 2025, top 7"
        rank.limit = next(
            (r.limit for r in draft.ranks[1:] if (r.limit or 0) > 0 and r.descending == rank.descending), None
        )
    _prefer_named(draft, rank)
    main = next((r for r in draft.ranks if r.metric), rank)
    place = next((i for i, t in enumerate(draft.terms) if main.metric and t.metric == main.metric), 0)
    key = str(place)
    if draft.growth:
        key = "change" if _is_amount(draft) or _is_rate(draft, draft.terms[0]) else "growth"
    if _is_judged(draft, rank) and place < len(draft.terms) and _is_better_low(draft, draft.terms[place]):
        if (rank.limit or 0) > 1:  # "the 3 best regions by return rate"
            raise UnclearError(
                "the highest or the lowest?", [JUDGED.sub(way, draft.question) for way in ("highest", "lowest")]
            )
        rank.descending = not rank.descending
    descending = rank.descending if draft.growth != "decline" else not rank.descending
    draft.order = [(key, descending)]
    if rank.limit == -1:
        return
    target = rank_target(draft) or draft.target or (draft.dimensions[-1] if draft.dimensions else "")
    _refuse_adjective_of_others(draft, rank, target)
    if not target and not draft.dimensions:
        term = draft.terms[0]
        if rank.limit:
            raise UnclearError(f"the top {rank.limit} of what?")
        if (
            term.metric
            and (
                draft.metric(term.metric).kind == "ratio"
                or draft.layer.leaves(draft.metric(term.metric))[0].aggregation == "average"
            )
            and draft.layer.leaves(draft.metric(term.metric))[0].aggregation == "average"
        ):
            draft.terms[0] = replace(term, aggregate="maximum" if rank.descending else "minimum", over="line")
            draft.order = []
            return
        raise UnclearError(
            f"the {draft.cs[rank.at].text} {_label_of(draft, term)} of what?",
            [
                f"{draft.question.rstrip('?. ')} by {d}"
                for d in ("category", "region", "month")
                if d in draft.layer.dimensions or d == "month"
            ],
        )
    if rank.limit is None:
        chunk = next((c for c in draft.cs if c.key == target), None)
        only_groups = target in draft.dimensions and not rank_target(draft) and target != draft.target
        if only_groups:
            return
        plural = chunk is not None and chunk.plural
        draft.limit = TOP if plural else 1
        if plural:
            draft.notes.append(f"the first {TOP}")
            draft.confidence -= 0.05
    else:
        draft.limit = rank.limit
    draft.offset = rank.offset
    _refuse_part_of_best(draft, rank)
    _take_together(draft, rank)
    if draft.share and draft.per:
        raise UnclearError("a share of what, among the best of each?")
    if draft.per:
        draft.dimensions = [*draft.per, *(d for d in draft.dimensions if d not in draft.per)]
        if target in draft.per:
            draft.per = [d for d in draft.per if d != target]


def _refuse_adjective_of_others(draft: Draft, rank: Rank, target: str) -> None:
    """Raise UnclearError for "the cheapest ship mode": an adjective that says something of products alone."""
    only = str(draft.metric(rank.metric).meta.get("superlatives_of") or "") if rank.metric else ""
    if not only or not any(c.word.superlative[0] == rank.metric for c in draft.cs[rank.at : rank.at + 2]):
        return
    homes = [m for m in draft.layer.models.values() if target in m.dimensions and m.entity(only) is not None]
    if not any(e.is_key for m in homes for e in m.entities if e.name == only):
        raise UnclearError(f"{draft.cs[rank.at].text} by which figure?")


def _asks_for_both_ends(draft: Draft) -> bool:
    """ "the market with the most customers and the one with the fewest"."""
    ends = {r.descending for r in draft.ranks if r.limit != -1 and draft.cs[r.at].is_("rank")}
    return len(ends) > 1 and any(c.is_("and", "or") for c in draft.cs)


def _refuse_part_of_best(draft: Draft, rank: Rank) -> None:
    """Raise UnclearError for "how many of the top 100 customers are …", "average discount of the 5 largest orders"."""
    if (draft.limit or 0) < 2:
        return
    if re.match(r"\s*how many (?:of|among) ", draft.question, re.I) or (draft.counted and _told_of(draft, rank)):
        raise UnclearError("how many among the best: I can list these, or count all")
    term = draft.terms[0]
    sized = draft.cs[rank.at].text.lower() in ("largest", "biggest", "smallest", "greatest")
    ahead = any(c.metric == term.metric for c in draft.cs[: rank.at])
    if sized and ahead and term.metric and draft.metric(term.metric).format == "percent":
        raise UnclearError(f"the {draft.cs[rank.at].text} by which figure?")


def _told_of(draft: Draft, rank: Rank) -> bool:
    """Whether the best are named after "of": "number of orders of the top 5 …"."""
    ahead = draft.cs[max(0, rank.at - 2) : rank.at]
    return any(c.text.lower() in ("of", "of the", "of our", "among") for c in ahead) and any(
        c.is_("count") for c in ahead
    )


def _take_together(draft: Draft, rank: Rank) -> None:
    """ "what share of sales do the top 10 customers have", "combined profit of the five best": one figure.

    Raises UnclearError where it could be one figure or a list.
    """
    if not (draft.limit or 0) > 1 or draft.per or len(draft.dimensions) != 1 or len(draft.terms) != 1:
        return
    texts = [c.text.lower() for c in draft.cs]
    if any(t in EACH_OF_THEM for t in texts):
        return
    before = " ".join(texts[: rank.at])
    grouped = any(c.text.lower() == "by" and not _is_ranking(draft, i) for i, c in enumerate(draft.cs))
    share = draft.share and (draft.share_at < rank.at or draft.share_at > rank.at + 1) and not grouped
    if share and any(
        c.is_("q") or c.text.lower() in ("who", "their") for c in draft.cs[: rank.at] if not c.is_("share")
    ):
        share = draft.share_at == 0 or draft.cs[draft.share_at].text.lower().startswith("what")
    listed = texts[0] in ("which", "list", "show", "name")
    ends = texts[-1] in ("in total", "total", "in all") or texts[-2:] == ["in", "total"]
    whole = ends and not listed
    joined = [c.text.lower() for c in draft.cs if not c.is_("and")]  # "together with" joins, it adds nothing up
    if share or whole or any(f" {w} " in f" {' '.join(joined)} " for w in ADDED_UP):
        draft.together = True
    elif re.search(r"^(?:what (?:is|was|are|were) )?(?:the )?total .*\b(?:of|from|for) the(?: \w+)?$", before):
        raise UnclearError(
            f"of the {draft.limit} together, or of each?",
            [f"combined {draft.question}", f"{draft.question.rstrip('?. ')} for each one"],
        )


def _is_ranking(draft: Draft, i: int) -> bool:
    """Whether "by" tells the figure that ranks: "the top 5 customers by orders"."""
    figure = draft.chunk(draft.next(i, "stop"))
    return figure is not None and figure.role == "rank"


def _prefer_named(draft: Draft, rank: Rank) -> None:
    """ "most sold in units": a figure that is named says what selling well is measured by."""
    named = [t for t in draft.terms if t.metric and t.metric != rank.metric]
    sold = any(c.word.superlative[0] == rank.metric and c.text.lower() in ("sold", "selling") for c in draft.cs)
    said = [c for c in draft.cs if c.metric and c.metric in [t.metric for t in named]]
    of_theirs = rank.target and all(draft.cs.index(c) < rank.at for c in said)  # "profit of those that sold best"
    if rank.metric and sold and len(named) == 1 and said and len(draft.terms) == 2 and not of_theirs:
        rank.metric, draft.terms = named[0].metric, named


def _keep_those_that_grew(draft: Draft) -> None:
    """ "which markets declined in 2025": those alone whose figure went that way."""
    if draft.moves and not (draft.growth_condition and len(draft.moves) == 1):
        draft.having += draft.moves
        return
    if draft.growth_condition is not None and draft.terms:
        operator, values = draft.growth_condition
        change = draft.change_condition
        draft.having.append(Having(0, operator, values, growth=not change, change=change))
        return
    if _keeps_by_comparative(draft):
        return
    verb = next((c for c in draft.cs if c.is_("growth") and c.text.lower().split()[0] in MOVED), None)
    named = bool(draft.listing) and draft.listing in draft.dimensions
    opening = next((c for c in draft.cs if c.content or c.key), None)
    periods = opening is not None and opening.plural and [opening.grain] == draft.dimensions and draft.has_grain()
    if draft.growth and verb and periods and draft.terms and draft.compare:  # "months in which profit fell against …"
        draft.having.append(Having(0, "<" if draft.growth == "decline" else ">", (0.0,), growth=True))
        return
    asked = any(c.is_("much") or c.is_("compare") or c.text.lower() == "how" for c in draft.cs)
    if not (draft.growth and verb and named and draft.terms) or asked or draft.has_grain() or draft.compare:
        return
    draft.having.append(Having(0, "<" if draft.growth == "decline" else ">", (0.0,), growth=True))


def _keeps_by_comparative(draft: Draft) -> bool:
    """ "months with lower profit than the month before": those alone for which it holds."""
    than = next((c for c in draft.cs if c.is_("yoy") and c.text.lower().startswith(("than ", "compared to the"))), None)
    worse = next((c for c in draft.cs if c.is_("rank") and c.text.lower() in COMPARATIVES), None)
    if than is None or worse is None or not draft.compare or not draft.terms or not draft.dimensions:
        return False
    if any(c.is_("much", "share") for c in draft.cs) or any(c.number is not None and not c.used for c in draft.cs):
        return False
    worse.used = True
    draft.having.append(Having(0, ">" if worse.payload("rank") == "desc" else "<", (0.0,), growth=True))
    return True


def _label_of(draft: Draft, term: Term) -> str:
    return (
        draft.metric(term.metric).label.lower() if term.metric else draft.layer.dimension(term.distinct).label.lower()
    )
