"""Which figures are asked for: counts, means, metrics, nouns that stand for a count."""

from __future__ import annotations

from app.answers.layer import Metric
from app.answers.plan import GRAINS, Term
from app.answers.planning.draft import Draft, Rank
from app.answers.planning.named_values import with_instead
from app.answers.planning.outcome import RefusedError, UnclearError
from app.answers.planning.thresholds import duration_metric
from app.answers.reading import Chunk


def read_counts(draft: Draft) -> None:
    """How many of what."""
    for i, c in enumerate(draft.cs):
        if c.used or not c.is_("count"):
            continue
        j = draft.next(i, "stop", "prep", "rank", "and")
        n = draft.chunk(j)
        if n is None:
            continue
        while (
            n is not None
            and j is not None
            and (
                (n.word.values and not n.metric and not n.dimension)
                or (n.used and not n.metric and not n.key)
                or n.number is not None
            )
        ):
            if _are_what_others_did(draft, j):
                break
            k = draft.next(j, "stop", "and")
            later = draft.chunk(k)
            if later is None or not (later.metric or later.dimension or later.word.values):
                break
            j, n = k, later
        if n is None:
            continue
        if n.metric:
            c.used = True
            if draft.metric(n.metric).format not in ("count",) and draft.metric(n.metric).kind != "ratio":
                count = [m for m in draft.layer.metrics.values() if m.meta.get("about") == "order"]
                raise UnclearError(
                    f"{n.text} are an amount, not a number of things: what should be counted?",
                    [
                        with_instead(draft, c, f"number of {m.label.lower()}").replace(f" {n.text}", "", 1)
                        for m in count
                    ],
                )
            n.used = True
            draft.counted = True
            draft.terms.append(Term(n.metric))
        elif n.key and n.dimension:
            c.used = n.used = True
            draft.counted = True
            draft.terms.append(Term(distinct=n.dimension))
        elif n.word.values:
            term = _counted_things(draft, n)
            if term:
                c.used = True
                draft.counted = True
                draft.terms.append(Term(term))
        elif n.grain and not n.used:
            raise RefusedError(f"I cannot count {n.text}")


def _are_what_others_did(draft: Draft, i: int) -> bool:
    """ "How many chairs did customers from Germany buy": the chairs are counted, not who bought them."""
    asks = draft.cs[i + 1].text.lower() if i + 1 < len(draft.cs) else ""
    who = next((j for j, c in enumerate(draft.cs) if j > i and draft.entity(c) is not None), len(draft.cs))
    done = any(c.word.verb or c.is_("entityless") for c in draft.cs[who + 1 :])
    return draft.cs[i].plural and asks in ("did", "do", "have") and done and bool(_counted_things(draft, draft.cs[i]))


def _counted_things(draft: Draft, c: Chunk) -> str:
    """What "how many chairs" counts: pieces of a product group, customers of a segment, else orders."""
    dimension = c.word.values[0][0]
    home = next((m for m in draft.layer.models.values() if dimension in m.dimensions), None)
    key = next((e.name for e in home.entities if e.is_key), "") if home else ""
    if key == "product" or (home is not None and any(d.identifies == "product" for d in home.dimensions.values())):
        things = next((m for m in draft.layer.metrics.values() if m.meta.get("counts_things")), None)
        return things.name if things else ""
    about = draft.about(key)
    return about.name if about else (o.name if (o := draft.about("order")) else "")


def read_aggregates(draft: Draft) -> None:
    """Means, medians and the like."""
    for i, c in enumerate(draft.cs):
        if c.used or not c.is_("average"):
            continue
        _read_aggregate(draft, i)


def _read_aggregate(draft: Draft, i: int) -> None:
    c = draft.cs[i]
    kind = c.payload("average")
    j = (
        draft.next(i, "stop", "prep", "count", "average", "grain", "and", "rank")
        if not draft.over
        else draft.next(i, "stop", "prep", "count", "grain")
    )
    n = draft.chunk(j)
    if n is None or not (n.metric or n.dimension):
        earlier = [o for o in draft.cs[:i] if o.metric and not o.used]
        if any(o.word.verb and not o.dimension and draft.metric(o.word.verb).format == "money" for o in draft.cs[:i]):
            earlier = [o for o in earlier if draft.entity(o) is None]  # "what did customers spend per order on average"
        n = earlier[-1] if earlier else n
        grains = [d for d in draft.dimensions if d.startswith("@") and d[1:] in GRAINS]
        if (
            (earlier or draft.terms)
            and len(grains) == 1
            and draft.dimensions == grains
            and kind == "average"
            and draft.next(i, "stop", "prep") is None
        ):
            c.used = True
            draft.dimensions.remove(grains[0])
            if earlier:
                earlier[-1].used = True
            _average_over(
                draft, kind, draft.metric(earlier[-1].metric if earlier else draft.terms.pop().metric), grains[0]
            )
            return
    ready = draft.metric(draft.terms[-1].metric) if draft.terms and draft.terms[-1].metric else None
    if kind == "average" and (n is None or not n.metric) and ready is not None and ready.kind == "ratio":
        c.used = True
        return
    if n is None or not n.metric:
        verb = next((o for o in draft.cs if o.word.verb), None)
        if verb is None:
            raise UnclearError(f"{c.text} of what?")
        metric = draft.metric(verb.word.verb)
    else:
        metric = draft.metric(n.metric)
    c.used = True
    over = draft.over
    if n is not None and n.word.payload.startswith("over:"):
        over = n.word.payload[5:]
    if n is not None and n.metric:
        n.used = True
    for o in draft.cs:
        if o.is_("count") and not o.used:
            o.used = True
    leaves = draft.layer.leaves(metric)
    over = over or _whose(draft, n)
    if over:
        _average_over(draft, kind, metric, over)
    elif metric.kind == "ratio" or leaves[0].aggregation == "average":
        if kind in ("average",):
            draft.terms.append(Term(metric.name))
        elif metric.kind == "ratio" and (whose := _thing_below(draft, metric)):
            draft.terms.append(Term(metric.numerator, aggregate=kind, over=whose))
        elif metric.kind == "ratio":
            raise UnclearError(f"{kind} of {metric.label.lower()}: over what?")
        else:
            draft.terms.append(Term(metric.name, aggregate=kind, over="line"))
    elif (
        kind in ("maximum", "minimum")
        and any(d for d in draft.dimensions if d != draft.listing) is False
        and draft.dimensions
    ):
        draft.ranks.append(Rank(i, kind == "maximum", None, 0, metric.name))
    elif leaves[0].aggregation == "sum" and not metric.meta.get("main") and metric.kind == "simple":
        draft.terms.append(Term(metric.name, aggregate=kind, over="line"))
        draft.notes.append(f"{kind} over order lines")
        draft.confidence -= 0.1
    elif metric.meta.get("about") == "order" or leaves[0].aggregation == "count_distinct":
        raise UnclearError(
            f"{kind} {metric.label.lower()} per what?",
            [f"{draft.question.rstrip('?. ')} per {w}" for w in ("month", "customer")],
        )
    else:
        raise UnclearError(
            f"{kind} {metric.label.lower()} per what?",
            [
                with_instead(draft, c, "average").replace(n.text if n else "", f"{metric.label.lower()} per {w}", 1)
                for w in ("order", "customer", "month")
            ],
        )


def _whose(draft: Draft, n: Chunk | None) -> str:
    """What a mean is taken over where it is told by "of": "average profit of orders with more than 5 lines"."""
    if n is None or not n.metric or draft.dimensions or draft.metric(n.metric).kind != "simple":
        return ""
    if draft.layer.leaves(draft.metric(n.metric))[0].aggregation == "average" or draft.entity(n):
        return ""
    at = draft.cs.index(n)
    link, thing = draft.chunk(at + 1 if at + 1 < len(draft.cs) else None), draft.chunk(draft.next(at, "stop", "prep"))
    if link is None or link.text.lower() not in ("of", "of the") or thing is None or not thing.plural:
        return ""
    entity = draft.entity(thing)
    return entity.name if entity is not None and entity.identifies in ("order", "customer") else ""


def _thing_below(draft: Draft, metric: Metric) -> str:
    """What a ratio divides by, as a dimension: the order of "profit per order"."""
    about = str(draft.metric(metric.denominator).meta.get("about") or "") if metric.denominator else ""
    dimension = draft.layer.identifier(about) if about else None
    return dimension.name if dimension is not None and draft.metric(metric.numerator).kind == "simple" else ""


def _average_over(draft: Draft, kind: str, metric: Metric, over: str) -> None:
    """The mean per customer is a ratio of sums; per month, or a median, it is over the groups' own figures."""
    if not over.startswith("@") and over != "line" and kind == "average":
        entity = draft.layer.dimensions[over].identifies
        about = draft.about(entity)
        ready = next(
            (
                m
                for m in draft.layer.metrics.values()
                if m.kind == "ratio"
                and m.numerator == metric.name
                and about is not None
                and m.denominator == about.name
            ),
            None,
        )
        if ready is not None:
            draft.terms.append(Term(ready.name))
            return
    whose = draft.layer.dimensions[over].identifies if over in draft.layer.dimensions else ""
    if whose and metric.kind == "ratio" and draft.metric(metric.denominator).meta.get("about") == whose:
        ratio, metric = metric, draft.metric(metric.numerator)  # "shipping cost per order" says over what
        if kind == "average":
            draft.terms.append(Term(ratio.name))
            return
    if metric.meta.get("about") == "customer" and whose == "order":
        raise UnclearError("an order has one customer: which figure per order do you mean?")
    if draft.counted and Term(metric.name) in draft.terms and not any(c.is_("and") for c in draft.cs):
        draft.terms.remove(Term(metric.name))  # "how many orders per day on average"
    if metric.kind != "simple":
        raise UnclearError(f"{kind} {metric.label.lower()} per {over.lstrip('@')} is not defined")
    draft.terms.append(Term(metric.name, aggregate=kind, over=over))


def read_metrics(draft: Draft) -> None:
    """Every metric that is named and not yet part of something else."""
    for i, c in enumerate(draft.cs):
        if c.used or not c.metric or draft.entity(c):
            continue
        if c.word.payload.startswith("over:"):
            _read_value_of(draft, i)
            continue
        c.used = True
        if _names_rows(draft, i):
            continue
        term = Term(c.metric)
        if term not in draft.terms:
            draft.terms.append(term)


def _names_rows(draft: Draft, i: int) -> bool:
    """ "sales of discounted lines", "profit on orders placed in May": the rows of the figure, no figure beside it."""
    c, ahead = draft.cs[i], draft.chunk(draft.next(i, "stop", step=-1))
    others = [t.metric for t in draft.terms if t.metric and t.metric != c.metric]
    rows = draft.counts_lines(c.metric) or draft.metric(c.metric).meta.get("about") == "order"
    if not rows or not others or ahead is None:
        return False
    return bool(ahead.word.values) or ahead.text.lower() in ("of", "of the", "on", "from", "for", "in", "with", "only")


def _read_value_of(draft: Draft, i: int) -> None:
    c = draft.cs[i]
    over = c.word.payload[5:]
    rank = next((r for r in draft.ranks if not r.metric), None)
    c.used = True
    if rank is not None:
        draft.ranks.remove(rank)
        draft.terms.append(Term(c.metric, aggregate="maximum" if rank.descending else "minimum", over=over))
        return
    if over in draft.dimensions:
        draft.terms.append(Term(c.metric))
        return
    raise UnclearError(
        f"which {c.text}: the average, the highest, the median?",
        [with_instead(draft, c, f"{w} {c.text}") for w in ("average", "highest", "median")],
    )


def _is_listed_with(draft: Draft, i: int) -> bool:
    """ "orders and shipping cost by region": a noun that is named along with a metric is a figure itself.

    "Brazilian orders and new Brazilian customers" are of one kind. Raises UnclearError where two nouns are not.
    """
    c = draft.cs[i]
    for step in (1, -1):
        kind = _kind_ahead(draft, i)
        j = i + 1 if step == 1 else i - 1 - (kind is not None)
        if not 0 <= j < len(draft.cs) or not draft.cs[j].is_("and") or draft.cs[j].content:
            continue
        k = draft.next(j, "stop", "average", step=step)
        if step == 1 and k is not None and _is_kind(draft.cs[k]):
            k = draft.next(k, "stop")
        other = draft.chunk(k)
        if k is None or other is None or not other.metric or other.role == "rank" or other.word.values:
            continue
        kinds = [set(o.word.values) if o is not None else set() for o in (kind, _kind_ahead(draft, k))][::step]
        if not kinds[1] or kinds[0] == kinds[1]:  # "Brazilian orders and customers": one kind is that of both
            return True
        if draft.entity(c) is not None and draft.metric(other.metric).format == "count":
            raise UnclearError(f"{c.text} of one kind and {other.text} of another: one at a time, please")
    return False


def _is_kind(c: Chunk) -> bool:
    return bool(c.word.values) and not c.metric and not c.key


def _kind_ahead(draft: Draft, i: int) -> Chunk | None:
    """The value right before a noun: "Brazilian orders"."""
    return draft.cs[i - 1] if i and _is_kind(draft.cs[i - 1]) else None


def _is_of_the_best(draft: Draft, i: int) -> bool:
    """ "Orders of the three customers with the highest sales": the figure of the best is told ahead of them."""
    link = draft.cs[i + 1] if i + 1 < len(draft.cs) else None
    if not draft.cs[i].plural or draft.target in ("", draft.cs[i].key) or draft.listing or link is None:
        return False
    ahead = all(not c.content and c.is_("stop", "prep") for c in draft.cs[:i])
    return ahead and link.text.lower() in ("of", "from", "of the", "in") and any(r.at > i for r in draft.ranks)


def _asks_for_money(draft: Draft) -> bool:
    """ "how much did the customers in Spain buy": an amount, not how many customers."""
    words = [c.text.lower() for c in draft.cs[:2]]
    if not words or words[0] not in ("how much", "how much money") or words[1:] not in (["did"], ["do"], ["have"]):
        return False
    who = next((i for i, c in enumerate(draft.cs) if draft.entity(c) is not None), len(draft.cs))
    verbs = [c for c in draft.cs[who + 1 :] if c.word.verb and not (c.dimension and c.plural)]
    return any(draft.metric(c.word.verb).format != "days" for c in verbs)


def read_subject(draft: Draft) -> None:
    """Nouns such as customers or orders: what is counted, where nothing else is asked for, else mere filling."""
    words = [c.text.lower() for c in draft.cs[:2]]
    if words in (["what", "did"], ["what", "do"], ["what", "does"]) and not draft.terms and not draft.ranks:
        told = [c.word.verb for c in draft.cs if c.word.verb and not c.dimension]
        if not told or draft.metric(told[0]).format != "money":
            raise UnclearError("which figure do you want to see?")
    actions = [c.word.verb for c in draft.cs if c.word.verb and not c.dimension]
    money = [v for v in actions if draft.metric(v).format == "money"]
    open_ended = any(c.is_("much") or c.text.lower() == "what" for c in draft.cs[:3])
    if money and open_ended and not (draft.terms or draft.ranks or draft.listing or draft.thresholds):
        draft.terms.append(Term(money[0]))
    nouns = [(i, c) for i, c in enumerate(draft.cs) if not c.used and draft.entity(c) is not None]
    pending = list(draft.thresholds)
    if not draft.terms and _asks_for_money(draft):
        draft.terms.append(Term(draft.layer.main_metric.name))
    for i, c in nouns:
        entity = draft.entity(c)
        if entity is None:
            continue
        asked = bool(draft.terms or draft.ranks or (draft.listing and draft.listing != entity.name))
        if c.metric and (not asked or _is_listed_with(draft, i) or _is_of_the_best(draft, i)):
            c.used = True
            draft.terms.append(Term(c.metric))
            draft.counted = draft.counted or not asked
        else:
            c.used = True
    verbs = [c for c in draft.cs if c.word.verb and not c.used]
    for c in verbs:
        c.used = True
    for c in draft.cs:
        if c.is_("much") and c.text.lower().startswith("how long"):
            draft.terms = [t for t in draft.terms if t.metric and draft.metric(t.metric).format == "days"]
            if draft.terms:
                continue
            ready = next(
                (o.word.verb for o in draft.cs if o.word.verb and draft.metric(o.word.verb).format == "days"), ""
            )
            if ready:
                draft.terms.append(Term(ready))
                continue
            time = next((o.word.time for o in draft.cs if o.word.time), "")
            back = any(v == "returned" for o in draft.cs for _, v in o.word.values)
            metric = duration_metric(draft, time) if time else ""
            if metric:
                draft.terms.append(Term(metric))
                draft.time = ""
            elif back:
                raise UnclearError("do you mean the days from order to return?", ["days to return"])
            else:
                raise UnclearError("how long does what take?")
    if not draft.terms and verbs and not draft.listing and not draft.ranks and not pending:
        much = any(c.is_("much") for c in draft.cs)
        sell = [c for c in verbs if draft.metric(c.word.verb).format == "money"]
        if sell or much:
            draft.terms.append(Term(sell[0].word.verb if sell else draft.layer.main_metric.name))
        elif any(c.is_("exist") or c.text.lower() == "did" for c in draft.cs[:2]):
            draft.terms.append(Term(verbs[0].word.verb))
    if (
        not draft.terms
        and not draft.listing
        and not draft.ranks
        and any(c.word.superlative[0] and c.text.lower() == "sold" for c in draft.cs)
    ):
        draft.terms.append(Term(draft.layer.main_metric.name))
    for c in draft.cs:
        if (
            c.word.superlative[0]
            and not c.used
            and not c.word.values
            and not c.metric
            and c.text.lower() in ("sold", "selling")
        ):
            c.used = True
