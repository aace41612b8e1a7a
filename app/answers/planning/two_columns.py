"""Two dimensions that differ, or agree: "returns whose return region differs from the region of the customer".

The clause that compares them is taken out of the question; what is left is planned by itself, and the comparison joins
it as a condition on rows. Groups without any such row are not shown, whether or not the question says so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.answers.plan import DIFFERS, SAME, Filter, Term
from app.answers.planning.draft import Surroundings
from app.answers.planning.nothing_else import SHARED
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.planning.two_dates import PLACED
from app.answers.reading import read

_IS = r"(?:is|was|are|were|be|being)"
_NOT = r"(?:not|n['’]t)"
_ISNT = rf"(?:{_IS}\s+not|(?:is|was|are|were)n['’]?t)"
_DOESNT = r"(?:(?:does|do|did|has|have)\s+not|(?:does|do|did)n['’]?t|fails?\s+to)"
_ALIKE = (
    r"(?:the\s+same\s+as|equal\s+to|identical\s+(?:to|with)|that\s+of|in\s+line\s+with|one\s+and\s+the\s+same\s+as)"
)
_AGREE = r"(?:match(?:es|ed)?|equals?|agrees?\s+with|corresponds?\s+(?:to|with)|coincides?\s+with|fits?)"
DIFFERENT = (
    rf"(?:(?:(?:that|which)\s+)?(?:differ(?:s|ed|ing)?\s+from|deviat(?:es|ed|ing)\s+from|disagrees?\s+with|mismatch(?:es)?|(?:{_IS}\s+)?(?:different|distinct|another|other)\s+(?:from|than|to)"
    rf"|(?:{_IS}\s+)?unlike|{_ISNT}\s+(?:also\s+)?{_ALIKE}|{_DOESNT}\s+{_AGREE}|{_ISNT}|<>|!=|≠)|not\s+{_ALIKE}|(?:not\s+)(?:matching|equal(?:l)?ing))"
)
_IS_ALIKE = rf"(?:(?:{_IS}\s+)?(?:also\s+|exactly\s+)?{_ALIKE}|{_AGREE}|matching|equal(?:l)?ing|{_IS}\s+also|{_IS}|=)"
ALIKE = rf"(?:(?:(?:that|which)\s+)?{_IS_ALIKE})"
BETWEEN = re.compile(rf"\s(?:(?P<differs>{DIFFERENT})|(?P<same>{ALIKE}))\s", re.I)
BEHIND = re.compile(
    rf"\s(?:(?P<differs>differ|disagree|{_IS}\s+(?:different|not\s+the\s+same|not\s+equal|not\s+identical)|{_DOESNT}\s+(?:match|agree|coincide|correspond)|{_ISNT}\s+(?:the\s+same|equal|identical))"
    rf"|(?P<same>match|agree|coincide|{_IS}\s+(?:the\s+same|equal|identical)))(?:\s+from\s+each\s+other)?(?=\s*(?:$|[,;:?.]|\b(?:by|per|for|in)\b))",
    re.I,
)
AHEAD = re.compile(
    r"\b(?:(?P<differs>(?:an?\s+)?(?:different|differing|another|mismatching|mismatched)|(?:an?\s+)?(?:mismatch(?:es)?|differences?|discrepanc(?:y|ies))\s+between)|(?P<same>(?:the\s+)?(?:same|identical|matching)))\s+(?=\w)",
    re.I,
)
_LINK = re.compile(r"^\s*(?:and|than|from|to|as|vs\.?|versus)\s+", re.I)
_OWN = re.compile(r"\b(?:own|home|actual|respective|registered|corresponding|real)\s+", re.I)
_ARTICLE = re.compile(r"^(?:(?:the|an?|its|their|his|her|our|that|this|of)\s+)+", re.I)
_WHOSE = re.compile(r"^(?:customers?|buyers?|clients?|orders?)(?:['’]s?)?\s+(?=\w)", re.I)
_OF_WHOM = re.compile(
    r"\s+(?:of|where|in\s+which|to\s+which|for)\s+(?:the|that|its|their|his|this|each)\s+(?:customers?|buyers?|clients?|orders?)(?:\s+(?:lives?|lived|is(?:\s+(?:based|located|in))?|was|resides?|sits|belongs?(?:\s+to)?|itself|who\s+(?:ordered|bought|returned\s+(?:it|them))))*$|\s+(?:they|it|he|she)\s+(?:lives?|lived|belongs?)\s+(?:in|to)$",
    re.I,
)
_ONLY_IS = re.compile(rf"{_IS}|{_ISNT}", re.I)
_WHERE = re.compile(r"\b(?:whose|where|in\s+which|for\s+which)\s+(?:the\s+)?$", re.I)
_WHO = re.compile(r"^\s*the\s+(?:customers?|buyers?|clients?)(?=\s*(?:$|[,;:?.]|\b(?:by|per|for|in)\b))", re.I)
_THEIRS = re.compile(
    r"^\s*(?:(?:that|the\s+one)\s+of\s+the\s+(?:customers?|buyers?|clients?)|the\s+(?:customer|buyer|client)['’]s?(?:\s+own)?(?:\s+one)?)(?=\s*(?:$|[,;:?.)]|\b(?:by|per|for|in)\b))",
    re.I,
)
_LEFT_END = re.compile(
    r"(?:[\s,(–-]*\b(?:where(?:by)?|whose|in\s+which|for\s+which|with|under|having|that|which|who|have|has|had|does|do|did|is|was|were|are|been|got|if|when|"
    r"(?:booked|filed|recorded|registered|logged|processed|handled|entered|made|posted|assigned|carry|carries|carried|show|shows|showing)(?:\s+(?:under|in|to|at|on|for|with))?|"
    r"an?|the|its|their|from|ever|actually)\b)+[\s,(–-]*$",
    re.I,
)
_CASES = re.compile(r"^\W*(?:for|in|on|of|with|among)\s+(?=(?:how\s+many|which|what)\b)", re.I)
_COUNT = re.compile(
    r"^[\s:;,)–-]*(?:please\s+)?(?:(?:count|number|show|give|list|tell|break\s+down|split)(?:\s+(?:me|it|them|these|down))*\s*(?:the\s+)?(?:(?:number|count)s?\s*)?(?:of\s+(?:them|these|such\s+\w+|returns|orders)\s*)?)?(?=(?:per|by|for\s+each|in\s+each)\b)",
    re.I,
)
ONLY_WITH_ANY = re.compile(
    r"[\s.;,:(?–-]*(?:(?:please|and|but)\s+)?(?:(?:list|show|include|give|name|report|keep|return|display)\s+)?(?:me\s+)?(?:"
    r"only\s+(?:list\s+|show\s+|include\s+)?(?:the\s+|those\s+)?[\w-]+\s+(?:where|in\s+which|for\s+which|with|that\s+have|which\s+have|having)\s+(?:that|this|it|any|there|at\s+least\s+one|such|one)\b[^.;]*"
    r"|(?:leave|leaving|omit(?:ting)?|skip(?:ping)?|drop(?:ping)?|without|ignore|ignoring|exclud(?:e|ing))\s*(?:out\s+)?(?:the\s+|those\s+|any\s+|all\s+)?[\w-]+\s+(?:without|with\s+(?:none|zero|no)|where\s+(?:there\s+are\s+none|that\s+(?:has|did)\s+(?:not|never))|that\s+have\s+none)[^.;]*)\)?[.\s]*$",
    re.I,
)
ON_THAT_DAY = re.compile(
    r"\b(?P<one>\w+)\s+(?P<how>(?:on\s+)?(?:the\s+)?(?:(?:very\s+)?same|very)\s+day|(?:on\s+)?the\s+day|(?:on\s+)?(?:a\s+different|another|some\s+other)\s+day)\s*(?:(?:as|that|when|on\s+which|than|from\s+that\s+on\s+which)\s+)*"
    r"(?:(?:they|it|these|those|the\s+(?:order|orders))\s+(?:was|were|is|are|had\s+been|got)\s+|(?=(?:ordered|placed)\b))(?P<two>\w+)",
    re.I,
)
ON_DAY_OF_ORDER = re.compile(
    r"\b(?P<one>\w+)\s+(?P<how>(?:on\s+)?the\s+(?:very\s+|same\s+)*day\s+(?:of|as)|on(?=\s+\w+\s+\w+\s+date\b))\s+(?:the|their|its)\s+"
    r"(?P<two>order|purchase)(?:\s+date|\s+itself)?(?=\s*(?:$|[,;?.]|\b(?:by|per|for|in|with)\b))",
    re.I,
)
_DAYS_OFF = re.compile(r"different|another|other", re.I)


def plan_of_two_columns(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of rows in which two dimensions differ, or are the same; None for other questions.

    Raises UnclearError where two are compared and the rest of the question is not understood.
    """
    text = ONLY_WITH_ANY.sub("", trimmed(question))
    parted = _of_days(text, around) or _between(text, around) or _beside(text, around)
    if parted is None:
        return None
    left, condition, right = parted
    planned = _planned(_asked(left, right), condition, plan_of)
    if planned is not None:
        return planned
    one, other = (around.layer.dimension(d).label.lower() for d in condition.named)
    word = "the same as" if condition.operator == SAME else "other than"
    raise UnclearError(f"where the {one} is {word} the {other}, I understand; but what of these rows?")


def _asked(left: str, right: str) -> list[str]:
    """What is asked of the rows, in the ways that it may be said."""
    left = _CASES.sub("", _LEFT_END.sub("", f" {left} ").strip())
    right = re.sub(r"\s+of\s+the\s+customers?\b", "", _COUNT.sub(" ", right))
    text = " ".join(f"{left} {right}".replace("?", " ").split()).strip(" ,;:.")
    return [text, f"number of {text}"]


def _planned(ways: list[str], condition: Filter, plan_of: PlanOf) -> Planned | None:
    """The plan of what is asked, with the condition; of a share, the condition tells the part."""
    shared = SHARED.match(ways[0])
    for text in [f"how many {shared['whole']}", f"number of {shared['whole']}"] if shared is not None else ways:
        planned = planned_or_none(text, plan_of) if re.search(r"\w", text) else None
        plan = planned.plan if planned is not None else None
        if planned is None or plan is None or plan.missing or plan.pairs or any(t.share for t in plan.terms):
            continue
        if shared is None:
            return replace(planned, plan=replace(plan, filters=(*plan.filters, condition)))
        if len(plan.terms) == 1 and plan.terms[0] == Term(plan.terms[0].metric) and not plan.compare:
            terms = (replace(plan.terms[0], share=True, filters=(condition,)),)
            return replace(planned, plan=replace(plan, terms=terms))
    return None


def _of_days(text: str, around: Surroundings) -> tuple[str, Filter, str] | None:
    """ "Shipped on the day they were ordered": the two dates of what happened on one day, or on two."""
    found = ON_THAT_DAY.search(text) or ON_DAY_OF_ORDER.search(text)
    dates = [_date_of(found[part], around) for part in ("one", "two")] if found is not None else []
    if found is None or not all(dates) or dates[0] == dates[1]:
        return None
    negated = re.search(rf"\b{_NOT}\s+$|n['’]t\s+$", text[: found.start()], re.I)
    if negated is not None and _DAYS_OFF.search(found["how"]):
        return None
    differs = negated is not None or _DAYS_OFF.search(found["how"]) is not None
    left = text[: negated.start() if negated is not None else found.start()]
    return left, Filter(dates[0], DIFFERS if differs else SAME, (dates[1],)), text[found.end() :]


def _date_of(word: str, around: Surroundings) -> str:
    """The date that a verb tells."""
    if word.lower() in (*PLACED, "order", "purchase"):
        return around.layer.main.default_time
    chunks = list(read(word, around.lexicon, around.newest, around.oldest))
    if len(chunks) == 1 and any(v == "returned" for _, v in chunks[0].word.values):
        counted = next((m for m in around.layer.metrics.values() if m.meta.get("about") == "return"), None)
        return around.layer.time_of(counted) if counted is not None else ""
    return chunks[0].word.time if len(chunks) == 1 else ""


def _between(text: str, around: Surroundings) -> tuple[str, Filter, str] | None:
    """ "Whose return region differs from the region of the customer"."""
    for found in BETWEEN.finditer(text):
        one = _ends_with(text[: found.start()], around)
        if one is None or (_ONLY_IS.fullmatch(found[0].strip()) and not _WHERE.search(one[1])):
            continue
        other = _begins_with(text[found.end() :], around)
        if other is None and _WHO.match(text[found.end() :]):
            raise UnclearError(f"{around.layer.dimension(one[0]).label.lower()} compared with what of the customer?")
        if one is not None and other is None:
            other = _that_of_whom(text[found.end() :], one[0], around)
        condition = _condition(one, other, found["differs"] is not None, around)
        if one is not None and other is not None and condition is not None:
            return one[1], condition, other[1]
    return None


def _beside(text: str, around: Surroundings) -> tuple[str, Filter, str] | None:
    """ "Whose return region and region differ", "with a different return region than region"."""
    for found in BEHIND.finditer(text):
        for linked in re.finditer(r"\s+and\s+", text[: found.start()]):
            left = _ends_with(text[: linked.start()], around)
            right = (_dimension(text[linked.end() : found.start()], around), "")
            condition = _condition(left, right, found["differs"] is not None, around) if right[0] else None
            if left is not None and condition is not None:
                return left[1], condition, text[found.end() :]
    for found in AHEAD.finditer(text):
        one = _begins_with(text[found.end() :], around)
        link = _LINK.match(one[1]) if one is not None else None
        other = _begins_with(one[1][link.end() :], around) if one is not None and link is not None else None
        if one is not None and link is not None and other is None:
            other = _that_of_whom(one[1][link.end() :], one[0], around)
        condition = _condition(one, other, found["differs"] is not None, around)
        if other is not None and condition is not None:
            return text[: found.start()], condition, other[1]
    return None


def _condition(
    one: tuple[str, str] | None, other: tuple[str, str] | None, differs: bool, around: Surroundings
) -> Filter | None:
    if one is None or other is None or one[0] == other[0]:
        return None
    kinds = {around.layer.dimension(d).kind for d in (one[0], other[0])}
    return Filter(one[0], DIFFERS if differs else SAME, (other[0],)) if len(kinds) == 1 else None


def _ends_with(text: str, around: Surroundings) -> tuple[str, str] | None:
    """The dimension that a text ends with, the longest name first, and what stands ahead of it."""
    text = re.sub(r"[\s,]*(?:\b(?:that|which|it)\b)?[\s,]*$", "", text, flags=re.I)
    words = list(re.finditer(r"\S+", text))
    for word in words[-10:]:
        if (name := _dimension(text[word.start() :], around)) != "":
            return name, text[: word.start()]
    return None


def _begins_with(text: str, around: Surroundings) -> tuple[str, str] | None:
    """The dimension that a text begins with, the longest name first, and what follows it."""
    words = list(re.finditer(r"[^\s,;:?.()]+", text))[:12]
    for word in reversed(words):
        if (name := _dimension(text[: word.end()], around)) != "":
            return name, text[word.end() :]
    return None


def _dimension(text: str, around: Surroundings) -> str:
    """The dimension that a text names and says nothing more; "" where it is none."""
    if re.search(r"[,;:?.()]", text):
        return ""
    bare = _OWN.sub("", _ARTICLE.sub("", _OF_WHOM.sub("", f" {text.strip()}").strip()))
    for name in dict.fromkeys((bare, _ARTICLE.sub("", _WHOSE.sub("", bare)))):
        chunks = list(read(name, around.lexicon, around.newest, around.oldest)) if 0 < len(name.split()) < 4 else []
        if len(chunks) == 1 and not chunks[0].word.values and not chunks[0].period:
            found = chunks[0].dimension or chunks[0].word.time
            known = around.layer.dimensions.get(found)
            if known is not None and not (known.identifies or known.names):
                return found
    return ""


def _that_of_whom(text: str, one: str, around: Surroundings) -> tuple[str, str] | None:
    """ "Than the customer's": of whom the same is meant, which the name of the first dimension ends with."""
    found = _THEIRS.match(text)
    who = around.layer.identifier("customer") if found is not None else None
    home = next(
        (
            m
            for m in around.layer.models.values()
            if who is not None and who.name in m.dimensions and m is not around.layer.main
        ),
        None,
    )
    if found is None or home is None:
        return None
    label = around.layer.dimension(one).label.lower()
    same = [d.name for d in home.dimensions.values() if label.endswith(f" {d.label.lower()}")]
    return (same[0], text[found.end() :]) if len(same) == 1 else None
