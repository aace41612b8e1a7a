"""Pairs that go together, and what goes with one thing.

"Which two subcategories turn up in the same order most often?" is a plan of pairs. "What is most often bought together
with tables?" counts the other orders' members among the orders that have tables. What tells that is taken out of the
question piece by piece; what is left, such as a period or a market, is planned by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from app.answers.layer import Layer
from app.answers.pairs import met_in
from app.answers.plan import Having, Plan, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.reading import Chunk, read
from app.answers.vocabulary import going_together as told

SHOWN = 10
_PAIR_OF = re.compile(
    rf"\b(?P<lead>(?:how\s+many|(?:the\s+)?number\s+of)\s+)?(?:top\s+(?P<n>{told.NUMBER})\s+|(?P<m>{told.NUMBER})\s+)?(?P<best>(?:top|best|most[\s-]+(?:common|frequent|popular|typical|usual)|commonest)\s+)?"
    rf"(?:(?P<k>{told.NUMBER})\s+)?(?:different\s+|distinct\s+|unordered\s+|unique\s+)*(?P<pair>{told.PAIR})\s+of\s+(?:any\s+)?(?:two\s+|2\s+)?(?:(?:different|distinct|separate|unique)\s+)*(?P<what>[\w&'’-]+(?:\s+[\w&'’-]+){{0,3}})",
    re.I,
)
_OF_PAIR = re.compile(
    rf"\b(?P<lead>(?:how\s+many|(?:the\s+)?number\s+of)\s+)?(?:top\s+(?P<n>{told.NUMBER})\s+|(?P<m>{told.NUMBER})\s+)?(?P<best>(?:top|best|most[\s-]+(?:common|frequent|popular|typical|usual)|commonest)\s+)?"
    rf"(?:(?P<k>{told.NUMBER})\s+)?(?:(?:two|2)-)?(?P<what>[\w-]+(?:\s+[\w-]+)?)[\s-]+(?P<pair>{told.PAIR})\b",
    re.I,
)
_TWO = re.compile(
    r"(?:\b(?:which|what|the|list|name|show|give|find|identify|any)\s+|^\W*)(?:are\s+the\s+|the\s+)?(?P<n>two|2|three|3|four|4)\s+(?:(?:different|distinct)\s+)*(?P<what>[\w-]+(?:\s+[\w-]+)?)",
    re.I,
)
_SEVERAL = re.compile(
    r"\b(?:which|what|list|show|find)\s+(?:are\s+the\s+|the\s+)?(?:different\s+)?(?P<what>[\w-]+(?:\s+[\w-]+)?)", re.I
)
_NEVER = re.compile(
    r"\b(?:never|not|no|neither|nor|without|least|rarely|rarest|seldom|lift|confidence|support|correlat\w+)\b|n['’]t\b",
    re.I,
)
_MORE_THAN_TWO = re.compile(r"\b(?:triples?|triplets?|trios?|triads?)\b", re.I)
_SIGNAL = re.compile(
    rf"\b(?:{told.PAIR}|together|jointly|in\s+common|joint|share[sd]?|overlap\w*|both|in\s+combination|alongside|co-?\w+)\b|\b(?:same|single|one)\s+(?:{told.ORDERS}|{told.PEOPLE})\b|\bwith\s+(?:each|one\s+an)\s*other\b",
    re.I,
)
_AND = re.compile(r"(?:,|\band\b|&|/|×|\bx\b|\bor\b|\bplus\b)", re.I)
_BESIDE = re.compile(r"\btogether\s+with\b", re.I)
_EACH = re.compile(r"(?:\bfor\s+)?\b(?:each|every|any|all)(?:\s+(?:possible|single))?\s*$", re.I)
_IN_ORDERS_THAT = re.compile(
    rf"\b(?:in|among|of|for|within)\s+(?:(?:the|all|those)\s+)*{told.ORDERS}\s+(?=that|which|placed|shipped)", re.I
)
_BY_THOSE = re.compile(rf"\bby\s+(?={told.PEOPLE}\s+(?:who|that|with)\b)", re.I)
_MET = re.compile(rf"\bthe\s+(?:very\s+)?same\s+{told.ORDERS}\b|\b(?:combined?|meet)\b", re.I)
_JOINT = re.compile(r"\b(?:same|shar(?:e[sd]?|ing)|common|joint|both|together)\b", re.I)
_PEOPLE_BUY = re.compile(
    rf"\b(?:do|did)\s+(?:our\s+|the\s+|most\s+)?{told.PEOPLE}\s+(?:\w+\s+)?(?:buy|order|purchase|combine)\b", re.I
)


@dataclass
class Asked:
    """What was taken out of a question, and the text that is left of it."""

    text: str
    question: str = ""
    most: bool = False
    together: bool = False
    same_order: bool = False
    joint: bool = False
    counted: set[str] = field(default_factory=set)
    share: bool = False
    bound: tuple[str, float] | None = None
    top: int = 0

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take out the first piece that a pattern finds, and tell which it was."""
        found = pattern.search(self.text)
        if found is not None:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}".strip()
            for name in ("of", "of1", "of2"):
                if name in found.groupdict() and found[name]:
                    self.counted.add("customer" if re.search(told.PEOPLE, found[name], re.I) else "order")
        return found


@dataclass(frozen=True)
class _Noun:
    """What is taken in twos: the dimension, words before it, how many pairs, whether one or their number is asked."""

    dimension: str
    before: str = ""
    limit: int = 0
    one: bool = False
    best: bool = False
    number: bool = False
    weak: bool = False


def plan_of_going_together(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of pairs, or of what goes with one thing; None for other questions.

    Raises UnclearError where such is asked in words that are not understood.
    """
    text = trimmed(question)
    return _plan_of_pairs(text, plan_of, around) if _SIGNAL.search(text) else None


def _plan_of_pairs(text: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    asked = asked_of(text)
    noun = _noun(asked, around)
    if noun is None:
        return None
    if _MORE_THAN_TWO.search(asked.text) or _NEVER.search(asked.text):
        raise UnclearError("what goes together most often can be told of two at a time; in other words, please")
    by = counted_in(asked)
    asked.take(told.VERB)
    asked.take(told.OFTEN_ALONE)
    asked.take(told.IN_ORDERS)
    asked.take(told.BY_ALL)
    if noun.weak and not _meets(noun.dimension, by, around.layer):
        return None
    if not _meets(noun.dimension, by, around.layer):
        one = around.layer.dimension(noun.dimension).label.lower()
        raise UnclearError(f"each {by} has one {one} only: pairs of what?")
    rest = rest_of(asked.text, noun.before, by, plan_of, around)
    if rest is None:
        if noun.weak:
            return None
        raise UnclearError(f"pairs that go together I understand, but not “{bare_of(asked.text)}” with them")
    base = rest.plan
    if {around.layer.dimensions[d].identifies for d in base.dimensions if not d.startswith("@")} & {
        "order",
        "customer",
    }:
        raise UnclearError(f"pairs of each one by itself, for “{bare_of(asked.text)}”?")
    chosen = [f for f in base.filters if f.dimension == noun.dimension and f.operator == "in"]
    if any(len(f.values) < 2 for f in chosen) or noun.dimension in base.dimensions:
        raise UnclearError("pairs of which two, or what goes with that one?")
    terms = base.terms + ((replace(base.terms[0], share=True),) if asked.share else ())
    having = (Having(0, asked.bound[0], (asked.bound[1],)),) if asked.bound else ()
    plan = replace(
        base, terms=terms, dimensions=(*base.dimensions, noun.dimension), pairs=noun.dimension, having=having, order=()
    )
    if noun.number:
        return replace(rest, plan=replace(plan, tally="number", per=base.dimensions))
    return _limited(replace(rest, plan=plan), asked, noun, around.layer)


def _limited(planned: Planned, asked: Asked, noun: _Noun, layer: Layer) -> Planned:
    """The plan with so many rows as are asked for, in each group that is told apart."""
    top, plan = asked.top or noun.limit, planned.plan
    many = bool(layer.dimension(noun.dimension).identifies)
    if not top and not ((asked.most or noun.best or many) and asked.bound is None):
        return replace(planned, plan=replace(plan, order=(("0", True),) if len(plan.dimensions) == 1 else ()))
    limit = top or (1 if noun.one and (asked.most or noun.best) else SHOWN)
    notes = planned.notes if top or limit == 1 else (*planned.notes, f"the first {SHOWN}")
    per = tuple(d for d in plan.dimensions if d != noun.dimension)
    return replace(planned, plan=replace(plan, order=(("0", True),), limit=limit, per=per), notes=notes)


def _noun(asked: Asked, around: Surroundings) -> _Noun | None:
    """What is taken in twos, taken out of what is asked; None where nothing is."""
    for pattern in (_PAIR_OF, _OF_PAIR, _TWO, _SEVERAL):
        strong = pattern in (_PAIR_OF, _OF_PAIR)
        if not strong and (_BESIDE.search(asked.question) or not (asked.together or asked.same_order or asked.joint)):
            return None
        for found in pattern.finditer(asked.text):
            noun = _noun_of(found, pattern, asked, around)
            if noun is not None:
                return noun
    return None


def _noun_of(found: re.Match[str], pattern: re.Pattern[str], asked: Asked, around: Surroundings) -> _Noun | None:
    words = re.findall(r"[^\s]+", found["what"])
    place = dimension_in(words, around, last=pattern is _OF_PAIR)
    if place is None:
        return None
    start, end, chunk = place
    text = asked.text
    behind = " ".join(words[end:]) + " " + text[found.end() :]
    ahead = (
        text[: found.start()] if pattern is not _OF_PAIR else f"{text[: found.start('what')]}{' '.join(words[:start])}"
    )
    if _joins_another(behind, ahead if pattern is _OF_PAIR else "", around):
        return None
    groups = found.groupdict()
    number = number_of(groups.get("n") or groups.get("m") or groups.get("k") or "")
    before = told.LEAD.sub("", " ".join(words[:start]) + " ").strip()
    if pattern in (_PAIR_OF, _OF_PAIR):
        lead = bool(groups["lead"])
        one = groups["pair"].lower() in ("pair", "pairing", "combination", "combo", "duo", "couple", "tandem")
        asked.text = f"{_EACH.sub(' ', text[: found.start()])} {behind}"
        return _Noun(chunk.key, before, number if not one else 1 if number == 1 else 0, one, bool(groups["best"]), lead)
    if pattern is _TWO and number != 2:
        raise UnclearError("what goes together can be told of two at a time, not of more")
    if pattern is _SEVERAL and (not chunk.plural or not (asked.together or _MET.search(asked.question))):
        return None
    asked.text = f"{text[: found.start()]} {behind}"
    weak = pattern is _SEVERAL or not (asked.same_order or asked.joint)
    return _Noun(chunk.key, before, one=pattern is _TWO, weak=weak)


def dimension_in(words: list[str], around: Surroundings, last: bool) -> tuple[int, int, Chunk] | None:
    """Where a dimension is named among words, the first one; with `last` the one that they end with."""
    for start in range(len(words)):
        for end in range(len(words), start, -1) if last else range(min(start + 2, len(words)), start, -1):
            if last and end != len(words):
                continue
            chunks = list(read(" ".join(words[start:end]), around.lexicon, around.newest, around.oldest))
            if len(chunks) == 1 and chunks[0].dimension and not chunks[0].word.values:
                return start, end, chunks[0]
    return None


def _joins_another(behind: str, ahead: str, around: Surroundings) -> bool:
    """Whether another dimension is named beside: "combinations of market and segment" are no pairs of one kind."""
    after = re.match(rf"\s*{_AND.pattern}\s*(?:the\s+)?(?P<what>[\w-]+)", behind, re.I)
    before = re.search(rf"(?P<what>[\w-]+)\s*{_AND.pattern}\s*(?:the\s+)?$", ahead, re.I)
    beside = [m["what"] for m in (after, before) if m is not None]
    return any(
        c.key and not c.word.values for w in beside for c in read(w, around.lexicon, around.newest, around.oldest)
    )


def counted_in(asked: Asked) -> str:
    """What both members have to be in: orders, or the customers who bought both."""
    counted = set(asked.counted)
    if not counted and not (asked.together or asked.same_order) and _PEOPLE_BUY.search(asked.text):
        counted = {"customer"}
    if len(counted) > 1 or ("customer" in counted and asked.same_order):
        raise UnclearError("counted by orders that have both, or by customers who bought both?")
    return counted.pop() if counted else "order"


def of_products(dimension: str, layer: Layer) -> bool:
    """Whether a dimension tells what is bought, of which one order can have several."""
    product = layer.identifier("product")
    home = next(
        (
            m
            for m in layer.models.values()
            if product is not None and product.name in m.dimensions and m is not layer.main
        ),
        None,
    )
    return home is not None and dimension in home.dimensions


def _meets(dimension: str, by: str, layer: Layer) -> bool:
    """Whether an order, or a customer, can have several members of a dimension."""
    entity = layer.identifier(by)
    own = next(
        (m for m in layer.models.values() if entity is not None and (e := m.entity(entity.identifies)) and e.is_key),
        None,
    )
    return of_products(dimension, layer) if by == "order" else own is None or dimension not in own.dimensions


def rest_of(text: str, before: str, by: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """What is left of a question, planned as the number of orders, or of customers; None where it is not understood."""
    name = metric_of(by, around.layer)
    if not name:
        return None
    figure = f"number of {around.layer.metric(name).label.lower()}"
    of = f"of {before}" if before else ""
    bare = _BY_THOSE.sub("of ", bare_of(text))
    left = told.FILLING.sub("", bare).strip()
    ways = [bare, left] if left else [""]
    if by == "order":
        ways.append(_IN_ORDERS_THAT.sub("", bare))
    for way in dict.fromkeys(ways):
        for question in (f"{figure} {of} {way}", f"{way} {figure} {of}"):
            planned = planned_or_none(" ".join(question.split()), plan_of)
            if planned is not None and _is_plain(planned.plan, name):
                return planned
    return None


def _is_plain(plan: Plan, metric: str) -> bool:
    """Whether a plan shows nothing but one figure, of some rows and by some groups."""
    bare = replace(plan, terms=(), dimensions=(), filters=(), periods=(), cohorts=(), time="", order=(), notes=())
    return bare == Plan(()) and plan.terms == (Term(metric),)


def metric_of(by: str, layer: Layer) -> str:
    """The metric that counts orders, or customers; "" where there is none."""
    found = [(n, e) for n, m in layer.metrics.items() if (e := met_in(layer, m)) is not None and e.name == by]
    return found[0][0] if found else ""


def bare_of(text: str) -> str:
    """A text without what only leads to it and without signs at its ends."""
    return " ".join(told.LEAD.sub("", f"{text.strip()} ").split()).strip(" ,;:.?!–-()")


def number_of(text: str) -> int:
    """The number that a text says, 0 where it says none."""
    return told.NUMBERS.get(text.lower(), 0) or int(text or 0)


def asked_of(text: str) -> Asked:
    """A question without what tells how pairs are counted and ranked."""
    asked = Asked(text, text)
    asked.take(told.ASIDE)
    while asked.take(told.IN_ALPHABETICAL_ORDER) or asked.take(told.EACH_ONCE):
        pass
    ahead = told.BOUND.search(text)
    bound = asked.take(told.BOUND) if ahead is None or not told.OF_PEOPLE.search(text[: ahead.start()]) else None
    if bound is not None:
        number = float((bound["n"] or bound["number"]).replace(",", ""))
        sign = told.SIGNS[" ".join(bound["sign"].lower().split())] if bound["sign"] else ">="
        asked.bound, asked.joint = (sign, number), bool(_JOINT.search(bound[0]))
    people = asked.take(told.BY_THE_SAME_PEOPLE)
    if people is not None:
        asked.counted.add("customer")
        asked.joint = bool(_JOINT.search(people[0]))
        asked.most = bool(re.search(r"\bmost\b", people[0], re.I))
    asked.same_order = asked.take(told.SAME_ORDER) is not None
    asked.share = asked.take(told.AND_WHAT_SHARE) is not None
    for pattern in (told.MOST_OF, told.MOST):
        while (piece := asked.take(pattern)) is not None:
            asked.most = True
            asked.joint = asked.joint or bool(_JOINT.search(piece[0]))
    while (piece := asked.take(told.AND_HOW_OFTEN)) is not None:
        asked.joint = asked.joint or bool(_JOINT.search(piece[0]))
    asked.together = asked.take(told.TOGETHER) is not None
    top = (
        asked.take(told.TOP)
        if not re.search(rf"\btop\s+{told.NUMBER}\s+(?:[\w-]+\s+)?{told.PAIR}\b", asked.text, re.I)
        else None
    )
    if top is not None:
        asked.top, asked.most = number_of(top["n"]), True
    return asked
