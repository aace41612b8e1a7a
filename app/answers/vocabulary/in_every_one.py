"""What holds in every one of several years or groups, or in one year and not in another, as the rules read it.

Whose it is must be told: "sales in each of the years 2024 and 2025" are two figures, "customers who ordered in each of
the years 2024 and 2025" are those of both.
"""

from __future__ import annotations

import re

from app.answers.vocabulary.text import Forms, compiled, in_forms
from app.answers.words import NUMBER_WORDS

_MEMBERS = r"(?:customers?|clients|buyers|shoppers|people|products|articles|countries|states|cities|markets|regions|(?:sub-?)?categories|segments)"
_WHOSE = rf"(?=[^?;:]*?\b(?:(?:how\s+many|number\s+of|which)\b[^?]*?\b{_MEMBERS}|{_MEMBERS}\b[^?]*?\b(?:who|that|which|with|sold|bought|ordered))\b)"
_NUMBER = r"(?P<number>\d|two|three|four|five|six|seven|eight|nine)"
_YEAR = r"20\d\d"
_EVERY = r"(?:each\s+and\s+every(?:\s+(?:single\s+)?one)?|every\s+single(?:\s+one)?|every\s+one|each(?:\s+(?:single\s+)?one)?|all)"
_ONES = r"(?:\s+of)?(?:\s+(?:the|these|those|our|its))?(?:\s+(?:different|calendar))?"
_AND = r"\s*(?:,\s*and|,|and|&|\+)\s*(?:also\s+)?"
_THROUGH = r"\s*(?:to|through|until|till|up\s+to|and|-|–)\s*"
_ALL_OF_THEM = r"[\s,;(–-]*(?:i\.?e\.?,?\s+)?(?:without\s+(?:ever\s+)?(?:missing|skipping|leaving\s+out)\s+(?:a|any|one|a\s+single)(?:\s+(?:one|year))?(?:\s+of\s+them)?|without\s+(?:a\s+|any\s+)?(?:gaps?|break|interruption)|(?:so\s+)?in\s+all\s+(?:(?:\d|two|three|four|five|six)\s+)?(?:of\s+(?:them|these|those)(?:\s+years)?|years)|in\s+(?:each|every\s+(?:single\s+)?one)\s+of\s+(?:them|these|those)|(?:in\s+)?every\s+(?:single\s+)?year)\)?"

LISTED = re.compile(
    rf"^(?P<lead>{_WHOSE}.*?)\b(?:in|during)\s+{_EVERY}{_ONES}(?:\s+{_NUMBER})?(?:\s+years)?[\s:,(]*(?P<years>{_YEAR}(?:{_AND}{_YEAR})+)\)?",
    re.I,
)
RANGED = re.compile(
    rf"^(?P<lead>{_WHOSE}.*?)\b(?<!for\s)(?<!per\s)(?<!by\s)(?:in\s+)?(?:(?P<every>every)|{_EVERY}){_ONES}(?:\s+{_NUMBER})?\s+years?\s+(?:from|between|of)\s+(?P<from>{_YEAR}){_THROUGH}(?P<to>{_YEAR})\b",
    re.I,
)
IN_A_ROW = re.compile(
    rf"^(?P<lead>{_WHOSE}.*?)\b(?:in|during)\s+(?P<years>{_YEAR}(?:{_AND}(?:in\s+)?{_YEAR})+)(?P<all>{_ALL_OF_THEM})(?=\s*[,.?!;:]|\s+(?:by|per|in\s+each|for\s+each)\b|\s*$)",
    re.I,
)
DEFINED = re.compile(
    rf"^(?:(?:let['’]?s\s+)?(?:call|say)\s+)?(?:an?\s+|the\s+|our\s+)?(?:[\w-]+\s+)?(?P<noun>{_MEMBERS})\s+(?:are|means?|is)\s+(?:those|the\s+ones|ones|all\s+those|all|(?:those\s+)?(?P=noun))\s+"
    r"(?P<clause>[^.;:?]+?)\s*[.;:]\s*(?:and\s+)?how\s+many(?:\s+(?:of\s+(?:them|these|those)|(?:such|[\w-]+)\s+(?P=noun)|(?P=noun)))?\s+"
    r"(?:(?:are\s+there|do\s+we\s+have|are\s+they|exist)(?:\s+(?:in|per|by|for)\s+(?:each\s+|every\s+)?(?P<group>\w+))?|(?:does|has|did)\s+(?:each|every)\s+(?P<of>\w+)\s+have|(?:per|by|in\s+each)\s+(?P<per>\w+))$",
    re.I,
)  # fmt: skip

FORMS: Forms = compiled(
    (
        # "customers active in 2024", "customers who placed at least one order in each year"
        (rf"\b(?P<who>customers|clients|buyers|shoppers)\s+(?:(?:who|that)\s+(?:are|were|have\s+been)\s+)?active\s+(?=(?:in|during)\s+(?:{_EVERY}|both|{_YEAR})\b)", r"\g<who> who ordered "),
        (r"\b(?:placed|made|had|gave\s+us)\s+(?:at\s+least\s+(?:one|1|an)|one\s+or\s+more|an?|any)\s+(?:orders?|purchases?)\s+(?=(?:in|during)\s+(?:each|every|all|both)\b)", "ordered "),
        (r"\b(?P<who>customers|clients|buyers|shoppers)\s+(?:with|having)\s+(?:at\s+least\s+(?:one|1|an)|one\s+or\s+more|an?|any)?\s*(?:orders?|purchases?)\s+(?=(?:in|during)\s+(?:each|every|all|both)\b)", r"\g<who> who ordered "),
        (r"\b(?P<who>countries|states|cities|markets|regions)\s+(?:had|have|made|with|having)\s+(?:any\s+|some\s+)?(?:sales|orders)\s+(?=(?:in|during)\s+(?:each\s+of|every\s+one|every\s+single|both)\b)", r"\g<who> ordered "),
        # who is called loyal is told behind it
        (rf"\b(?:loyal|faithful|regular|steady|evergreen|perennial|permanent)\s+(?={_MEMBERS}\s+(?:(?:do\s+we\s+have|are\s+there)\s+)?(?:(?:who|that|which)\s+)?(?:have\s+|were\s+|been\s+)*(?:ordered|bought|purchased|sold)\s+in\s+(?:{_EVERY}|both)\b)", ""),
        # "in every one of our markets"
        (rf"^(?P<lead>{_WHOSE}.*?)\b(?P<where>in|from|to|of)\s+(?:each\s+and\s+every(?:\s+(?:single\s+)?one)?|every\s+(?:single\s+)?one|all)\s+of\s+(?:(?:the|our|its|these)\s+)?(?=(?:(?:\d+|two|three|four|five|six|seven)\s+)?(?:different\s+)?(?:markets|regions|categories|segments|subcategories|countries|quarters|months)\b)", r"\g<lead>\g<where> all "),
        # sold in one year and not in another
        (r"\b(?P<what>how\s+many|number\s+of)\s+(?:of\s+)?(?:(?:the|our|different|distinct)\s+)*products\s*,?\s*(?P<by>(?:by|per)\s+\w+\s*)?,?\s*(?:that\s+(?:we\s+)?|which\s+(?:we\s+)?|we\s+)?(?:have\s+|were\s+|been\s+)*sold\s+(?P<when>(?:in|during)\s+[^?,]*?)\s*,?\s+(?:(?:but|and|yet|that|which)\s+)*(?:(?:have|has|had|were|was|did|do)\s*(?:not|n['’]?t)|not|never|(?:were|was|are)\s+no\s+longer)\s+(?:been\s+)?(?:(?:sold|sell|selling)\s+)?(?:at\s+all\s+|any\s?more\s+|again\s+)?(?P<later>(?:in|during|since|this|last)\b)", r"how many products \g<by> were sold \g<when> but not \g<later>"),
        (r"^(?P<what>products)\s+(?:that\s+|which\s+)?(?:have\s+|were\s+|been\s+)*sold\s+(?P<when>(?:in|during)\s+[^?,]*?)\s*,?\s+(?:(?:but|and|yet|that|which)\s+)*(?:(?:have|has|had|were|was|did|do)\s*(?:not|n['’]?t)|not|never|(?:were|was|are)\s+no\s+longer)\s+(?:been\s+)?(?:(?:sold|sell|selling)\s+)?(?:at\s+all\s+|any\s?more\s+|again\s+)?(?P<later>(?:in|during|since|this|last)\b)", r"products that were sold \g<when> but not \g<later>"),
        (rf"\b(?P<not>(?:never|not|did\s*n[o'’]?t|did\s+not|have\s*n[o'’]?t)\s+(?:order|buy|bought|ordered|purchased?)(?:ed)?(?:\s+anything)?)\s+(?P<later>in\s+[^,?]*?)\s*,?\s+(?:al)?though\s+they\s+(?:had|did|ordered|bought)(?:\s+(?:order|so))?\s+in\s+(?P<first>{_YEAR})", r"ordered in \g<first> but did not order \g<later>"),
        (r"\b(?P<what>how\s+many|number\s+of)\s+products\s+sold\s+(?=in\s+(?:all|both)\b)", "how many products were sold "),
    )
)  # fmt: skip


def with_sets_told(question: str) -> str:
    """The question with the years and groups in all of which something holds in one form: "in both 2023, 2024 and 2025"."""
    question = in_forms(question, FORMS)
    question = LISTED.sub(_listed, question)
    question = IN_A_ROW.sub(_listed, question)
    question = RANGED.sub(_ranged, question)
    return in_forms(question, FORMS)


def with_members_defined(question: str) -> str:
    """ "Evergreen products are those sold in 2024. How many does each category have?": their number, in one sentence."""
    found = DEFINED.match(question.strip().rstrip("?.! "))
    if found is None:
        return question
    group = found["group"] or found["of"] or found["per"]
    clause = re.sub(r"^(?:that|which|who)\s+", "", found["clause"], flags=re.I)
    verb = "were " if re.match(r"(?:sold|bought|ordered)\b", clause, re.I) and "custom" not in found["noun"] else ""
    return f"how many {found['noun']} {verb}{clause}" + (f", by {group}" if group else "")


def _listed(found: re.Match[str]) -> str:
    years = re.findall(_YEAR, found["years"])
    number = found.groupdict().get("number")
    if number and _count(number) != len(years):
        return found[0]
    return f"{found['lead']}in both {', '.join(years[:-1])} and {years[-1]}"


def _ranged(found: re.Match[str]) -> str:
    """ "Every single year from 2023 to 2026": the years; "how many ordered in every year" could be told apart."""
    years = range(int(found["from"]), int(found["to"]) + 1)
    number = found["number"]
    plain = found["every"] and not re.search(r"\b(?:who|that|which)\b", found["lead"], re.I)
    if plain or not 2 <= len(years) <= 10 or (number and _count(number) != len(years)):
        return found[0]
    return f"{found['lead']}in both {', '.join(map(str, years[:-1]))} and {years[-1]}"


def _count(number: str) -> int:
    return int(NUMBER_WORDS.get(number.lower(), 0)) or int(number)
