"""Orders by what is in them: both of two kinds, neither, nothing but one, at least one such line, lines that differ.

The condition is on whole orders, whatever figure of them is asked for. What the kinds are is left to the planner: "a
copier", "a discounted line" and "a line with a discount above 30%" each count some lines, by conditions on these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.answers.layer import Layer
from app.answers.plan import Cohort, Filter, Plan, Term
from app.answers.planning.conditions_of_members import (
    counts_lines,
    differs_within_order,
    flag_of_returned,
    members_counted,
)
from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.planning.wholes import SHARE
from app.answers.vocabulary.lines_of_orders import told_of_lines
from app.answers.words import NUMBER_WORDS

_RELATIVE = r"(?:(?:that|which|where|who)\s+)?(?:(?:do|did|does|would)\s+)?"
_HOLD = (
    r"contain(?:s|ed|ing)?|includ(?:e|es|ed|ing)|consist(?:s|ed|ing)?\s+of|compris(?:e|es|ed|ing)|"
    r"(?:(?:are|were|is)\s+)?made\s+up\s+of|combin(?:e|es|ed|ing)|mix(?:es|ed|ing)?|hold(?:s|ing)?"
)
_HAVE = r"with|have|has|had|having"
_DIFFERENT = r"(?:different|several|multiple|various|more\s+than\s+one|at\s+least\s+two)"
_TOLD = (
    rf"both\b|neither\b|only\b|nothing\s+but\b|(?:their\s+)?(?:order\s+)?lines?\b.{{0,40}}\b{_DIFFERENT}\b|"
    rf"(?:products?|items?|articles?|goods)\s+(?:from|of|in)\s+{_DIFFERENT}\b|"
    r"(?:at\s+least\s+one|one\s+or\s+more|any|some|an?)\s+(?:order\s+)?lines?\s+(?:with|that|which|where|of)\b|"
    r"[\w\s&-]{3,50}?\band\b[\w\s&-]{3,40}?\s(?:together|at\s+once|in\s+one\s+(?:go|order))\b|"
    r"(?:at\s+least\s+(?:one|1|an?)|one\s+or\s+more)\s+(?:[a-z-]+\s+){1,3}?(?:order\s+)?lines?\b(?!\s+with)"
)
_ASIDE = (
    r"(?:placed\s+|made\s+)?(?:(?:in|from|of|during)\s+[\w\s]{3,20}?|(?:this|last)\s+(?:year|quarter|month|week))\s+|"
    r"(?:per|by|each|in\s+each)\s+(?:week|month|quarter|year)\s+"
)
ORDERS = re.compile(
    rf"^(?P<before>.*\borders)\s+(?P<aside>{_ASIDE})?{_RELATIVE}(?P<not>not\s+|n['’]t\s+)?"
    rf"(?:(?:only|just)\s+)?(?P<hold>{_HOLD}|(?:{_HAVE})(?=\s+(?:{_TOLD})))\s+(?P<rest>.+)$",
    re.I,
)
ONLY_AHEAD = re.compile(rf"\borders\s+{_RELATIVE}(?:only|just)\s+(?:{_HOLD})\s", re.I)
TOLD_FIRST = re.compile(
    r"^(?:for|of|among|taking|take|across)\s+(?:all\s+)?(?:the\s+)?(?P<orders>(?:[\w'-]+\s+){0,3}?orders\s+[^,;:]+?)\s*[,;:]\s+(?P<question>.+)$",
    re.I,
)
SHARED = re.compile(
    rf"^(?P<lead>.*?)(?:(?:what|which)\s+(?:is\s+the\s+)?)?{SHARE}\s+of\s+(?:all\s+)?(?:the\s+|our\s+)?(?P<whole>(?:[\w'-]+\s+){{0,3}}?orders)$",
    re.I,
)
RETURNED = re.compile(r"\breturned\s+orders\b", re.I)
WHOLE_ORDER = re.compile(r"\b(?:the|an|each|such\s+an?)\s+(?:whole|entire|complete|full)\s+order\b", re.I)
ALL_COUNTED = re.compile(
    r",?\s*\(?(?:(?:i\.?\s?e\.?|that\s+is|so|meaning),?\s+)?(?:with\s+|counting\s+|including\s+|count\s+|include\s+)?(?:everything|all(?:\s+lines)?)\s+(?:that\s+is\s+)?(?:in|on|of)\s+"
    r"(?:it|them|(?:those|these|the|such)\s+(?:whole\s+)?orders?)(?:\s+(?:is\s+|are\s+)?(?:counted|included))?(?:,?\s+(?:and\s+)?not\s+(?:just|only)\s+(?:the\s+|its\s+)?[\w-]+(?:\s+(?:lines?|items?|products?))?)?\)?",
    re.I,
)
IN_OTHER_WORDS = re.compile(
    r"\borders\s+(?:(?!\borders\b)[^,;]){3,60}[,;(]\s*(?:that\s+is|i\.?\s?e\.?|meaning),?\s+(?=with\b|having\b|contain)",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:,|\s(?=(?:in|during|by|per|for|since|of|from|placed|last|this|each|split|are|were|is|was)\b|\d{4}\b))\s*",
    re.I,
)
_ARTICLE = re.compile(r"^(?:at\s+least\s+(?:one|1|an?)|one\s+or\s+more|an?|any|some|one|the|either)\s+", re.I)
_SEVERAL = re.compile(r"^at\s+least\s+(?P<number>two|three|four|five|\d+)\s+(?P<what>.*\blines)$", re.I)
_LINE = re.compile(r"\s*\b(?:order\s+)?(?:lines?|items?|products?|articles?|positions?|pieces?)$", re.I)
# Words that no kind of lines has in its name: they tell when, by what, or the other of two.
_NO_KIND = re.compile(
    r"[,:;()?]|\b(?:in|during|by|per|each|every|only|alone|year|month|for|but|not|and|nor|what|how|vs|versus|than|(?:19|20)\d\d)\b",
    re.I,
)
_NO_CONDITION = re.compile(r"[,:;()?]|\b(?:in|during|per|each|every|only|and|but|vs|versus|(?:19|20)\d\d)\b", re.I)
# "customers whose orders contain …": all of their orders, or some?
_OF_ALL_ORDERS = re.compile(
    r"\b(?:whose|every|all|never|not|no|without|except|excluding|only|more|less|fewer|most|least)\b|n['’]t\b", re.I
)
_DIFFER = re.compile(
    rf"^(?:all\s+)?(?:their\s+|its\s+)?(?:order\s+)?(?:lines|items|products|articles|goods)\s+(?:(?:that|which)\s+)?(?:(?:were|was|with|from|of|in|on|shipped|sent|dispatched|leaving|left|going\s+out|went\s+out|by|have|had)\s+)+(?:on\s+|by\s+|in\s+|with\s+|from\s+)?{_DIFFERENT}\s+(?P<what>[\w\s-]+)$",
    re.I,
)
_TOGETHER = re.compile(r"^(.+?)\s+(?:together|at\s+once|in\s+one\s+(?:go|order))$", re.I)
_MIXED = re.compile(r"(?:combin|mix)", re.I)
_LINES_MANY = re.compile(
    r"^(?P<rest>.+?)\s+and\s+(?:have\s+|with\s+)?(?:at\s+least\s+(?P<number>two|three|four|five|\d+)|(?P<two>two\s+or\s+more|more\s+than\s+one|several))"
    r"\s+(?:order\s+)?lines$",
    re.I,
)
_DAYS = re.compile(r"^(?:ship(?:ping|ment)?\s+|calendar\s+)?(?:days?|dates?)$", re.I)


@dataclass(frozen=True)
class _Parser:
    """What resolving the words of contents needs: the planner, the layer, and what counts lines and orders."""

    plan_of: PlanOf
    layer: Layer
    lines: str
    order: str
    counting: str


def plan_of_contents(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question about orders of certain contents; None where it tells no contents."""
    text = told_of_lines(_about_orders(trimmed(question)))
    match = ORDERS.match(text)
    parser = _parser(plan_of, around.layer) if match is not None else None
    if match is None or parser is None or _OF_ALL_ORDERS.search(match["before"]):
        return None
    only, mixed = bool(ONLY_AHEAD.search(text)), bool(_MIXED.match(match["hold"]))
    for contents, tail in _endings(match["rest"]):
        cohorts = _cohorts_of(parser, f"only {contents}" if only else f"both {contents}" if mixed else contents)
        if cohorts is not None and match["not"]:
            cohorts = [replace(cohorts[0], negated=not cohorts[0].negated)] if len(cohorts) == 1 else None
        if not cohorts:
            continue
        made = _with_contents(parser, match["before"], f"{match['aside'] or ''}{tail}", tuple(cohorts))
        if made is not None:
            return made
    return None


def _about_orders(text: str) -> str:
    """The question with the orders told where the figure is: "for orders with …, what is the average value"."""
    text = ALL_COUNTED.sub("", re.sub(r"\s*\(all\s+time\)", "", text, flags=re.I))
    text = IN_OTHER_WORDS.sub("orders ", text)
    text = re.sub(
        r"^in\s+how\s+many\s+orders\s+(?:did|does|do)\s+(?:the\s+same\s+order|they|it|(?:some|any)(?:one|body)|people|(?:a\s+|our\s+|the\s+)?(?:customers?|clients?|buyers?))\s+"
        r"(?:(?:buy|order|purchase|take|include|contain|have)\b)?\s*",
        "how many orders contain ",
        text,
        flags=re.I,
    )
    text = re.sub(r"\borders\s+(?:did|do|does)\s+(?:the\s+same\s+order\s+)", "orders ", text, flags=re.I)
    told = TOLD_FIRST.match(text)
    if told is None:
        return text
    asked = WHOLE_ORDER.sub("an order", told["question"])
    if re.match(rf"(?:what|which)\s+{SHARE}|how\s+many", asked, re.I):
        return text
    asked = re.sub(
        r"\b(?:of|per|for|in)\s+(?:an|the|each|such\s+an?)\s+order\b|\b(?:of|for)\s+(?:them|these|those)\b", "", asked
    )
    return f"{asked.strip()} of {told['orders']}"


def _parser(plan_of: PlanOf, layer: Layer) -> _Parser | None:
    lines = next((m for m in layer.metrics.values() if counts_lines(layer, m) and m.kind == "simple"), None)
    order = layer.identifier("order")
    return (
        _Parser(plan_of, layer, lines.label.lower(), order.name, lines.name)
        if lines is not None and order is not None
        else None
    )


def _endings(rest: str) -> Iterator[tuple[str, str]]:
    """Each way to end the contents: the longest first, with what follows them."""
    yield rest, ""
    for place in reversed(list(_TAIL.finditer(rest))):
        yield rest[: place.start()], rest[place.end() :]


def _with_contents(parser: _Parser, before: str, tail: str, cohorts: tuple[Cohort, ...]) -> Planned | None:
    """The plan of the rest of the question, kept to the orders of these contents."""
    shared = SHARED.match(before)
    text = f"{shared['lead']}how many {shared['whole']} {tail}" if shared is not None else f"{before} {tail}"
    flag = flag_of_returned(parser.layer) if RETURNED.search(text) and shared is not None else None
    returned = Filter(flag.name, "in", ("returned",)) if flag is not None else None
    planned = planned_or_none(
        (RETURNED.sub("orders", text) if returned is not None else text).strip(" ,"), parser.plan_of
    )
    if planned is None or (returned is not None and planned.plan.periods):
        return None  # orders of that time, or returns of that time?
    plan = replace(planned.plan, filters=(*planned.plan.filters, *([returned] if returned is not None else [])))
    if plan.cohorts or plan.having or plan.missing or plan.tally or plan.limit or any(t.share for t in plan.terms):
        return None
    if shared is None:
        return replace(planned, plan=replace(plan, cohorts=cohorts))
    members = members_counted(parser.layer, plan)
    if members is None or members.key != parser.order:
        return None
    return replace(planned, plan=replace(plan, terms=(replace(plan.terms[0], share=True, cohorts=cohorts),)))


def _cohorts_of(parser: _Parser, contents: str) -> list[Cohort] | None:
    """The conditions that the words of contents set to an order, None where they are not understood."""
    text = contents.strip(" ,()")
    many = _LINES_MANY.match(text)
    if many is not None:
        found = _cohorts_of(parser, many["rest"])
        number = 2.0 if many["two"] else _number(many["number"])
        return (
            [*found, Cohort(parser.order, metric=parser.counting, operator=">=", values=(number,))] if found else None
        )
    if (differing := _DIFFER.match(text)) is not None:
        return _differing(parser, differing["what"])
    split = re.match(
        rf"^(?P<one>.+?)[,\s]+(?:but|and)\s+(?:(?:do|did)\s+)?(?:(?:{_HOLD}|{_HAVE})\s+)?(?P<not>no(?:t\s+(?:contain\s+|include\s+|have\s+)?any)?\s+.+)$",
        text,
        re.I,
    )
    if split is not None:
        one, other = _cohorts_of(parser, split["one"]), _cohorts_of(parser, split["not"])
        return [*one, *other] if one and other else None
    neither = re.match(r"^(?:neither|no|not\s+any)\s+(.+)$", text, re.I)
    if neither is not None:
        kinds = [
            _kind(parser, k)
            for k in re.split(r"\s*(?:,\s*)?\b(?:nor|or)\b\s*(?:any\s+|no\s+)?", neither[1], flags=re.I)
        ]
        return [replace(k, negated=True) for k in kinds if k] if all(kinds) else None
    alone = re.match(r"^(?:only|just|nothing\s+but|exclusively|solely)\s+(?P<what>.+)$", text, re.I) or re.match(
        r"^(?P<what>.+?)\s+(?:only|alone|exclusively|and\s+nothing\s+else)$", text, re.I
    )
    if alone is not None:
        kind = _kind(parser, alone["what"]) if not re.search(r"\b(?:and|or)\b", alone["what"], re.I) else None
        turned = _opposite(kind.filters[0]) if kind is not None and len(kind.filters) == 1 else None
        return [Cohort(parser.order, True, filters=(turned,))] if turned is not None else None
    return _several(parser, text)


def _several(parser: _Parser, text: str) -> list[Cohort] | None:
    """ "Both a phone and a table", "at least one discounted line": each of them."""
    both = re.match(r"^both\s+(.+?)(?:\s+together)?$", text, re.I) or _TOGETHER.match(text)
    told = both[1] if both is not None else text
    pieces = re.split(r"\s*,?\s*(?:\band(?:\s+also)?\b|\bas\s+well\s+as\b|\btogether\s+with\b)\s*", told, flags=re.I)
    if len(pieces) == 1:
        kind = _kind(parser, told) if both is None else None
        return [kind] if kind is not None else None
    if both is None and not all(_ARTICLE.match(p) for p in pieces):
        return None  # "phones and accessories": each of them, or any?
    shared = _LINE.search(pieces[-1])
    kinds = [_kind(parser, p if shared is None or _LINE.search(p) else f"{p} {shared[0].strip()}") for p in pieces]
    return [k for k in kinds if k] if all(kinds) else None


def _kind(parser: _Parser, text: str) -> Cohort | None:
    """Orders with a line of a kind: the conditions on lines that its words set."""
    text = text.strip()
    many = _SEVERAL.match(text)
    if many is not None:
        found = _kind(parser, many["what"])
        number = _number(many["number"])
        return replace(found, metric=parser.counting, operator=">=", values=(number,)) if found is not None else None
    text = re.sub(r"^profitable\b", "profit above 0", _ARTICLE.sub("", text), flags=re.I)
    positive = text.lower().startswith("profit above 0")
    what = _LINE.sub("", text).strip()
    if _NO_KIND.search(what) and not re.match(r"(?:order\s+)?(?:lines?|items?|products?)\s", text, re.I):
        return None
    lines = re.match(r"^(?:order\s+)?(?:lines?|items?|products?)\s+(?P<told>.+)$", text, re.I)
    if lines is not None and _NO_CONDITION.search(lines["told"]):
        return None
    if lines is not None:
        tries = [f"how many {parser.lines} {lines['told']}"]
    elif positive:
        tries = [f"how many {parser.lines} with a profit above 0"]
    else:
        tries = [f"how many {what} {parser.lines}", f"how many {parser.lines} were {what}"]
    for question in tries if what else ():
        filters = _line_filters(parser, question)
        if filters:
            return Cohort(parser.order, filters=filters)
    return None


def _line_filters(parser: _Parser, question: str) -> tuple[Filter, ...]:
    """The conditions on single lines of a question that counts them, none where it has others."""
    planned = planned_or_none(question, parser.plan_of)
    if planned is None or replace(planned.plan, terms=(), filters=()) != Plan(()):
        return ()
    terms = planned.plan.terms
    if len(terms) != 1 or terms[0] != Term(terms[0].metric) or not terms[0].metric:
        return ()
    if not counts_lines(parser.layer, parser.layer.metric(terms[0].metric)):
        return ()
    return planned.plan.filters if all(differs_within_order(parser.layer, f) for f in planned.plan.filters) else ()


def _number(text: str) -> float:
    return float(NUMBER_WORDS.get(text.lower()) or text)


def _opposite(f: Filter) -> Filter | None:
    turned = {"in": "not_in", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}.get(f.operator)
    return replace(f, operator=turned) if turned else None


def _differing(parser: _Parser, what: str) -> list[Cohort] | None:
    """ "Lines shipped on different days", "products from more than one category": not all of one."""
    if _DAYS.match(what.strip()):
        key = next((d.name for d in parser.layer.main.dimensions.values() if d.is_time and "shipped" in d.verbs), "")
    else:
        planned = planned_or_none(f"how many {what.strip()}", parser.plan_of)
        terms = planned.plan.terms if planned is not None else ()
        key = (
            terms[0].distinct
            if len(terms) == 1 and planned and planned.plan == Plan((Term(distinct=terms[0].distinct),))
            else ""
        )
    return [Cohort(parser.order, distinct=key, operator=">", values=(1.0,))] if key else None
