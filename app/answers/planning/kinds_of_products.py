"""Products told by their kind alone: "which tables lost money", "top 5 phones by sales", "accessories never sold".

A kind that is ranked, listed or counted by its different ones means the products of it. Read so only where a question
cannot be understood as it stands.
"""

from __future__ import annotations

import re

from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, planned_or_none, trimmed
from app.answers.words import NUMBER_WORDS, phrase_key

_N = rf"(?:\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"
_BEST = (
    r"(?:(?:best|worst|least|most|slowest|fastest)[\s-]+(?:selling|profitable|sold|popular)|most\s+profitable|least\s+profitable|"
    r"best|worst|top|bottom|biggest|largest|smallest)"
)
ASKED = re.compile(
    r"^(?P<ask>how\s+many\s+(?:different|distinct|unique)\s+"
    r"|(?:(?:please\s+)?(?:which|what|list|show(?:\s+me)?|name|find|give\s+me)\s+)?(?:(?:are|is|were|was)\s+)?(?:all\s+)?(?:the\s+|our\s+)?"
    rf"(?:(?:{_BEST}\s+)?{_N}\s+(?:{_BEST}\s+)?|{_BEST}\s+)?)"
    r"(?P<kind>[a-z][\w&-]*(?:\s+[a-z][\w&-]*)?)\b(?P<rest>.*)$",
    re.I,
)
_OPENS = re.compile(rf"\b(?:which|what|list|show|name|find|give|how\s+many|{_N}|{_BEST})\b", re.I)


def plan_of_kinds_of_products(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question that names the kind of the products that it lists; None for other questions."""
    match = ASKED.match(trimmed(question))
    if match is None or not (_OPENS.search(match["ask"]) or _is_denied(match["kind"] + match["rest"])):
        return None
    for kind in (match["kind"], match["kind"].split()[0]):
        dimension = _of_products(kind, around)
        if dimension:
            rest = trimmed(question)[match.start("kind") + len(kind) :]
            noun = around.layer.dimension(dimension).label.lower()
            products = "product" if _is_one(match["ask"], kind) else "products"
            return planned_or_none(f"{match['ask']}{products} in the {noun} {kind}{rest}", plan_of)
        if phrase_key(kind) in around.lexicon.business:
            return None  # "phone numbers" are no phones
    return None


def plan_of_different_ones(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """ "How many different chairs did we sell": products, not pieces; None for other questions."""
    told = re.match(r"how\s+many\s+(?:different|distinct|unique)\b", question, re.I)
    return plan_of_kinds_of_products(question, plan_of, around) if told else None


def _is_one(ask: str, kind: str) -> bool:
    """ "Which chair", "the best selling copier": one of them."""
    return not kind.lower().endswith("s") and not re.search(rf"\b(?:{_N}|many)\b", ask, re.I)


def _is_denied(told: str) -> bool:
    """ "Accessories never sold": what is not done with them is told behind their name."""
    return re.match(r"\S+\s+(?:that\s+|which\s+)?(?:were\s+|have\s+|are\s+)?(?:never|not)\b", told, re.I) is not None


def _of_products(kind: str, around: Surroundings) -> str:
    """The dimension of products that has a value of this name, "" where another one has it, too."""
    found = around.lexicon.business.get(phrase_key(kind))
    product = around.layer.identifier("product")
    if found is None or product is None or found.metric:
        return ""
    home = next((m for m in around.layer.models.values() if product.name in m.dimensions), None)
    named = {dimension for dimension, _ in found.values}
    return named.pop() if home is not None and len(named) == 1 and named <= set(home.dimensions) else ""
