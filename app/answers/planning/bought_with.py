"""What goes with one thing: "what is most often bought together with tables", "what else do buyers of chairs order".

The orders that have the thing, or the customers who bought it, are counted by what else is in them, itself left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.answers.pairs import met_in
from app.answers.plan import Cohort, Filter
from app.answers.planning.draft import Surroundings
from app.answers.planning.going_together import (
    SHOWN,
    Asked,
    asked_of,
    bare_of,
    counted_in,
    dimension_in,
    metric_of,
    number_of,
    of_products,
    rest_of,
)
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, trimmed
from app.answers.reading import read
from app.answers.vocabulary import going_together as told

_SIGNAL = re.compile(
    rf"\b(?:together|jointly|combin\w+|with|alongside|accompan\w+|else|also|apart|other|who)\b|\b(?:same|single|one)\s+{told.ORDERS}\b",
    re.I,
)
_PUT = re.compile(
    r"\bbuyers?\s+of\b|\b(?:who|that)\s+(?:also\s+|have\s+)?(?:buy|bought|order(?:ed)?|purchased?)\b", re.I
)
_BUYERS_BUY = re.compile(
    rf"\b(?:do|did)\s+(?:our\s+|the\s+)?{told.PEOPLE}\s+(?:who|that)\s+(?:have\s+)?(?:buy|bought|order(?:ed)?|purchased?)\s+[\w\s-]+?\s+(?:also\s+)?(?:buy|order|purchase)\b"
    rf"|\b{told.PEOPLE}\s+(?:who|that)\s+(?:have\s+)?(?:buy|bought|order(?:ed)?|purchased?)\s+[\w\s-]+?\s+also\s+(?:buy|bought|order(?:ed)?|purchased?)\b",
    re.I,
)
_PAIR_WITH = re.compile(r"\bpairs?\s+(?=(?:up\s+)?(?:(?:most|more)\s+\w+\s+)?with\b)", re.I)
_DIM = r"(?P<dim>(?:other\s+)?[\w-]+(?:\s(?!is\b|are\b|do\b|does\b)[\w-]+)?)"
_NAMED = r"(?P<x>[\w-]+(?:\s(?!most\b|often\b|usually\b|typically\b|commonly\b|frequently\b)[\w-]+)?)"
_ARE = r"(?:is|are|was|were|do|does|did|has|have|had)"
_HOW = r"(?:(?:usually|typically|often|commonly|frequently|most\s+\w+)\s+)*"
_MIDDLE = (
    rf"(?P<middle>{_HOW}(?:bought|sold|ordered|purchased|combined|paired|found|put|appears?|go(?:es)?)"
    r"(?:\s+most\s+\w+)?(?:\s+together)?(?:\s+most\s+\w+)?)"
)
_BACKWARDS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"^(?P<lead>.*?)\bwith\s+(?:which|what)\s+{_DIM}\s+{_ARE}\s+{_NAMED}\s+{_MIDDLE}(?P<rest>.*)$",
        rf"^(?P<lead>.*?)\bwith\s+(?:which|what)\s+{_DIM}\s+{_ARE}\s+{_NAMED}\s+(?P<rest>share.*)$",
        rf"^(?P<lead>.*?)\b(?:which|what)\s+(?:{_DIM}\s+)?{_ARE}\s+{_NAMED}\s+{_MIDDLE}\s+with\b(?P<rest>.*)$",
        rf"^(?P<lead>){_NAMED}\s+{_ARE}\s+{_MIDDLE}\s+with\s+(?:which|what)\s+{_DIM}(?P<rest>.*)$",
    )
)
_HAVE = r"(?:contain(?:s|ed)?|include[sd]?|ha(?:ve|d|s)|bought|buy|order(?:ed)?|purchased?)"
_SHARE_THAT_ALSO = re.compile(
    r"^(?P<lead>(?:in|for)\s+[^,]+,\s*)?(?:(?:what|which)\s+(?:is\s+the\s+)?|the\s+)?"
    rf"(?:share|percentage|proportion|percent|fraction)\s+of\s+(?:(?:all|the|our)\s+)*(?P<who>{told.ORDERS}|{told.PEOPLE})\s+"
    rf"(?:with|(?:that|which|who)\s+(?:have\s+)?{_HAVE}|containing|including|of|buying)\s+"
    r"(?P<x>[\w-]+(?:\s(?!that\b|who\b|also\b)[\w-]+)?)\s+"
    rf"(?:(?:that|which|who)\s+)?also\s+{_HAVE}\s+"
    r"(?P<y>[\w-]+(?:\s(?!in\b|by\b|per\b|during\b|for\b|since\b)[\w-]+)?)(?P<rest>(?:[\s,].*)?)$",
    re.I,
)
_X_AND_Y = re.compile(
    r"^(?P<ask>(?:(?:in|on)\s+)?how\s+(?:many\s+orders|often)|(?:in\s+)?(?:what|which)\s+(?:share|percentage|proportion)\s+of\s+(?:all\s+|the\s+|our\s+)*orders)\s+"
    r"(?:(?:do|does|did|are|were|is|was|have|has|had|contain(?:s|ed)?|include[sd]?)\s+)*(?:both\s+)?(?P<x>[\w -]+?)\s+"
    r"(?:(?:appear|occur|turn\s+up|show\s+up|come|bought|sold|ordered|purchased|found|combined|together|jointly)\s+)*(?:and|with|alongside)\s+(?P<y>[\w-]+(?:\s(?!appear|occur|turn|show|come|bought|sold|order|purchase|found|combine|together|jointly|in\b|by\b|per\b|during\b|for\b)[\w-]+)?)"
    r"(?:\s+(?:appear|occur|turn\s+up|show\s+up|come|bought|sold|ordered|purchased|found|combined|together|jointly))*(?P<rest>(?:[\s,].*)?)$",
    re.I,
)


@dataclass(frozen=True)
class _What:
    """What is told of the others: by which dimension, how many, whether one is asked; "" for that of the thing."""

    dimension: str
    limit: int = 0
    one: bool = False
    other: bool = False


def plan_of_bought_with(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of what goes with one thing; None for other questions.

    Raises UnclearError where that is asked in words that are not understood.
    """
    text = trimmed(question)
    text = _told_forwards(_PAIR_WITH.sub("go ", text), around)
    if not _SIGNAL.search(text) or re.search(rf"\b{told.PAIR}\b", text, re.I):
        return None
    if (part := _SHARE_THAT_ALSO.match(text)) is not None:
        return _share_that_also(part, plan_of, around)
    both = _X_AND_Y.match(text)
    if both is not None and (told.TOGETHER.search(text) or told.SAME_ORDER.search(text)):
        return _orders_with_both(both, plan_of, around)
    also, asked = bool(told.ALSO.search(text)), asked_of(text)
    goes = bool(told.GOES.search(text) or told.GOES.search(asked.text))
    into = asked.take(told.INTO_ORDER) is not None
    joint = asked.together or asked.same_order or into
    apart = asked.take(told.APART_FROM)
    thing = _thing(asked, around)
    if thing is None or not (joint or goes or also or apart is not None or _BUYERS_BUY.search(text)):
        return None
    if apart is not None and not _is_thing(apart["y"] or apart["z"], thing, around):
        return None
    what = _what(asked, around)
    if what is None or not (joint or goes or apart is not None or what.other or _BUYERS_BUY.search(text)):
        return None
    if not (joint or goes or also or what.other or apart is not None):
        raise UnclearError(f"with {' and '.join(map(str, thing.values))} themselves, or what else than these?")
    if re.search(r"\b(?:never|not|least|rarely|seldom)\b|n['’]t\b", asked.text, re.I):
        raise UnclearError("what goes with one thing most often I can tell; in other words, please")
    by = counted_in(asked) if asked.counted else "customer" if _of_buyers(text, joint) else "order"
    asked.take(told.VERB)
    asked.take(told.OFTEN_ALONE)
    asked.text = re.sub(
        r"\b(?:also|else|too|as\s+well|itself|themselves|other|usually|typically|tend\s+to)\b",
        " ",
        asked.text,
        flags=re.I,
    )
    asked.take(told.VERB)
    asked.take(told.IN_ORDERS)
    asked.take(told.BY_ALL)
    rest = rest_of(asked.text, "", by, plan_of, around)
    if rest is None:
        if not joint:
            return None
        raise UnclearError(f"what goes with one thing I understand, but not “{bare_of(asked.text)}” with it")
    return _counted(rest, asked, thing, what, by, around)


def _told_forwards(text: str, around: Surroundings) -> str:
    """ "What are tables most often bought with": the thing named behind what is asked of it."""
    for pattern in _BACKWARDS:
        found = pattern.match(text)
        if found is None or _value(found["x"], around) is None:
            continue
        asked = f"which {found['dim']}" if found.groupdict().get("dim") else "what"
        middle = found.groupdict().get("middle") or "bought together"
        return f"{found['lead']} {asked} is {middle} with {found['x']}, {found['rest']}".strip(" ,")
    return text


def _share_that_also(found: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "What share of orders with chairs also contain tables": the part of those with the one that have the other."""
    by = "order" if re.fullmatch(told.ORDERS, found["who"], re.I) else "customer"
    thing, other = _value(found["x"], around), _value(found["y"], around)
    if thing is None or other is None:
        return None
    rest = rest_of(f"{found['lead'] or ''} {found['rest']}", "", by, plan_of, around)
    key = around.layer.identifier(by)
    if rest is None or key is None or rest.plan.cohorts:
        raise UnclearError("the share of those with the one that have the other, too, I understand, but not all of it")
    periods = rest.plan.periods if by == "customer" else ()
    had = Cohort(key.name, filters=(thing,), periods=periods)
    terms = (replace(rest.plan.terms[0], share=True, cohorts=(Cohort(key.name, filters=(other,), periods=periods),)),)
    return replace(rest, plan=replace(rest.plan, terms=terms, cohorts=(had,), order=()))


def _orders_with_both(found: re.Match[str], plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "In how many orders do chairs appear together with tables": the orders that have the one and the other."""
    if _value(found["x"], around) is None or _value(found["y"], around) is None:
        return None
    rest = told.SAME_ORDER.sub(" ", told.TOGETHER.sub(" ", found["rest"]))
    share = re.search(r"share|percentage|proportion", found["ask"], re.I)
    ask = "what share of orders contain" if share is not None else "how many orders contain"
    return plan_of(" ".join(f"{ask} both {found['x']} and {found['y']} {rest}".split()))


def _counted(rest: Planned, asked: Asked, thing: Filter, what: _What, by: str, around: Surroundings) -> Planned | None:
    """Orders, or customers, with the thing, by what else they have."""
    base, layer = rest.plan, around.layer
    entity = met_in(layer, layer.metric(metric_of(by, layer)))
    key = layer.identifier(entity.name) if entity is not None else None
    dimension = what.dimension or thing.dimension
    named = {f.dimension for f in base.filters}
    if key is None or base.cohorts or dimension in base.dimensions or named & {thing.dimension, dimension}:
        return None
    having = Cohort(key.name, filters=(thing,), periods=base.periods if by == "customer" else ())
    others = Filter(thing.dimension, "not_in", thing.values)
    plan = replace(
        base,
        dimensions=(*base.dimensions, dimension),
        filters=(*base.filters, others),
        cohorts=(having,),
        order=(("0", True),) if not base.dimensions else (),
    )
    if asked.share or asked.bound:
        return None
    top = asked.top or what.limit
    if not top and not asked.most and not layer.dimension(dimension).identifies:
        return replace(rest, plan=plan)
    limit = top or (1 if what.one and asked.most else SHOWN)
    notes = rest.notes if top or limit == 1 else (*rest.notes, f"the first {SHOWN}")
    plan = replace(plan, order=(("0", True),), limit=limit, per=base.dimensions)
    return replace(rest, plan=plan, notes=notes)


def _of_buyers(text: str, joint: bool) -> bool:
    """Whether the customers who bought a thing are meant, whatever they bought in the same order or in another."""
    return not joint and bool(_PUT.search(text)) and not re.search(rf"\b{told.ORDERS}\s+(?:that|which)\b", text, re.I)


def _thing(asked: Asked, around: Surroundings) -> Filter | None:
    """The thing that something goes with, taken out of what is asked; None where none is named."""
    for pattern in told.PARTNERS:
        if pattern.pattern.startswith(r"\bas\s") and not asked.same_order:
            continue
        for found in pattern.finditer(asked.text):
            thing = _value(found["x"], around)
            if thing is not None:
                asked.text = f"{asked.text[: found.start()]} {asked.text[found.end() :]}"
                return thing
    return None


def _value(text: str, around: Surroundings) -> Filter | None:
    """The one value, or several of one kind, that a piece of text names and nothing else."""
    chunks = [c for c in read(text, around.lexicon, around.newest, around.oldest) if not c.is_("stop")]
    links = [c for c in chunks if c.is_("or") and not c.content]
    named = [c for c in chunks if c not in links]
    if not named or any(not c.word.values or c.period for c in named):
        return None
    kinds = [{d for d, _ in c.word.values if of_products(d, around.layer)} for c in named]
    shared = set.intersection(*kinds)
    if len(shared) != 1 or (len(named) > 1 and len(links) != len(named) - 1):
        return None
    dimension = shared.pop()
    values = [v for c in named for d, v in c.word.values if d == dimension]
    return Filter(dimension, "in", tuple(dict.fromkeys(values))) if len(values) == len(named) else None


def _is_thing(text: str, thing: Filter, around: Surroundings) -> bool:
    return bool(told.ITSELF.fullmatch(text.strip())) or _value(text, around) == thing


def _what(asked: Asked, around: Surroundings) -> _What | None:
    """By what the others are told, taken out of what is asked."""
    for found in told.WHICH.finditer(asked.text):
        words = found["what"].split()
        place = dimension_in(words, around, last=False)
        if place is None or place[0] > 0 or not of_products(place[2].dimension, around.layer):
            continue
        behind = " ".join(words[place[1] :])
        asked.text = f"{asked.text[: found.start()]} {behind} {asked.text[found.end() :]}"
        limit = number_of(found["n"] or "")
        return _What(place[2].dimension, limit, not place[2].plural, bool(found["other"]))
    what = told.WHAT.search(asked.text)
    if what is None:
        return None
    asked.text = f"{asked.text[: what.start()]} {asked.text[what.end() :]}"
    return _What("", one=True, other=bool(what["else"]))
