"""In which order rows are wanted, in the words of the layer: "the busiest city on top" is "highest first"."""

from __future__ import annotations

import re

from app.answers.vocabulary.text import Forms, compiled, in_forms

_HIGH = (
    r"(?:biggest|largest|highest|top|busiest|greatest|richest|fattest|heaviest|leading|"
    r"most\s+(?:popular|profitable|important|successful|valuable|expensive|frequent|active|loyal))"
)
_LOW = r"(?:smallest|lowest|tiniest|quietest|least\s+(?:popular|profitable|important|successful|active))"
_GOOD, _BAD = r"(?:best|strongest)", r"(?:worst|weakest|poorest)"  # high or low, as the figure has it
_ONE = (
    r"(?:(?:ones?|market|country|region|state|city|segment|category|sub-?category|product|customer|buyer|mode|priority|"
    r"month|quarter|year|week|day|place|group|article|item)\s+)?"
)
_AHEAD = r"(?:first|on\s+top|at\s+the\s+(?:very\s+)?top)"
_SORTED = r"(?:(?:please\s+)?(?:sort|order|rank|list|arrange|go)(?:ed|ing)?\s+(?:(?:it|them|these|those)\s+)?)?"
_BEHIND = r"(?:\s*,?\s*(?:please|pls|thanks))?(?=\s*(?:[,.;:?!)]|$|and\b))"
_LEAD = rf"(?:\s*[,;(–-]\s*|\s+)(?:and\s+)?{_SORTED}(?:with\s+|starting\s+with\s+)?(?:the\s+)?"
_STARTING = r"(?:\s*[,;(–?.-]\s*|\s+)(?:start|begin|starting|beginning)\s+(?:with|from)\s+(?:the\s+)?"
_TIME = r"(?:(?:ones?|month|quarter|year|week|day|date)\s+)?"

ORDERING: Forms = compiled(
    (
        (rf"{_LEAD}{_HIGH}\s+{_ONE}{_AHEAD}{_BEHIND}", ", highest first"),
        (rf"{_LEAD}{_LOW}\s+{_ONE}{_AHEAD}{_BEHIND}", ", lowest first"),
        (rf"{_LEAD}{_GOOD}\s+{_ONE}{_AHEAD}{_BEHIND}", ", best first"),
        (rf"{_LEAD}{_BAD}\s+{_ONE}{_AHEAD}{_BEHIND}", ", worst first"),
        (rf"{_STARTING}{_HIGH}(?:\s+one)?{_BEHIND}", ", highest first"),
        (rf"{_STARTING}{_LOW}(?:\s+one)?{_BEHIND}", ", lowest first"),
        (rf"{_STARTING}{_GOOD}(?:\s+one)?{_BEHIND}", ", best first"),
        (rf"{_STARTING}{_BAD}(?:\s+one)?{_BEHIND}", ", worst first"),
        # months, quarters and years come in order anyway
        (rf"{_LEAD}(?:oldest|earliest|first)\s+{_TIME}{_AHEAD}{_BEHIND}", ""),
        (rf"{_LEAD}(?:(?:in\s+)?chronological(?:ly)?(?:\s+(?:order|sequence))?|in\s+(?:time|date|calendar)\s+(?:order|sequence)){_BEHIND}", ""),
        (rf"{_LEAD}in\s+(?:the\s+)?order\s+of\s+(?:the\s+)?(?:years|months|quarters|weeks|days|dates){_BEHIND}", ""),
        (rf"{_LEAD}from\s+(?:the\s+)?(?:earliest|oldest)\s+{_TIME}to\s+(?:the\s+)?(?:latest|newest|most\s+recent)(?:\s+(?:one|month|quarter|year|week|day))?{_BEHIND}", ""),
        (rf"{_LEAD}from\s+(?:the\s+)?{_HIGH}\s+(?:one\s+)?(?:to|down\s+to)\s+(?:the\s+)?{_LOW}(?:\s+one)?{_BEHIND}", ", highest first"),
        (rf"{_LEAD}from\s+(?:the\s+)?best\s+(?:one\s+)?(?:to|down\s+to)\s+(?:the\s+)?worst(?:\s+one)?{_BEHIND}", ", best first"),
        (rf"{_LEAD}from\s+(?:the\s+)?worst\s+(?:one\s+)?(?:to|up\s+to)\s+(?:the\s+)?best(?:\s+one)?{_BEHIND}", ", worst first"),
        (rf"{_LEAD}from\s+(?:the\s+)?best\s+{_ONE}down(?:wards?)?{_BEHIND}", ", best first"),
        (rf"{_LEAD}from\s+(?:the\s+)?{_HIGH}\s+(?P<noun>\w+)\s+(?:down\s+)?to\s+(?:the\s+)?{_LOW}(?:\s+(?:one|(?P=noun)))?{_BEHIND}", ", highest first"),
        (rf"{_LEAD}from\s+(?:the\s+)?{_LOW}\s+(?P<noun>\w+)\s+(?:up\s+)?to\s+(?:the\s+)?{_HIGH}(?:\s+(?:one|(?P=noun)))?{_BEHIND}", ", lowest first"),
        # "the three cities with the highest sales, …, highest sales first"
        (rf"(?P<said>\b(?:highest|largest|biggest|greatest|most)\s+(?:total\s+)?(?P<figure>[a-z]+(?:\s[a-z]+)?)\b.*?){_LEAD}(?:highest|largest|biggest|greatest)\s+(?:total\s+)?(?P=figure)\s+{_AHEAD}{_BEHIND}", r"\g<said>"),
        (rf"(?P<said>\b(?:lowest|smallest|least)\s+(?:total\s+)?(?P<figure>[a-z]+(?:\s[a-z]+)?)\b.*?){_LEAD}(?:lowest|smallest)\s+(?:total\s+)?(?P=figure)\s+{_AHEAD}{_BEHIND}", r"\g<said>"),
        (rf"{_LEAD}(?:heaviest|biggest|largest|greatest|worst)\s+loss(?:es)?\s+{_AHEAD}{_BEHIND}", ", lowest first"),
        (rf"{_LEAD}in\s+descending\s+order(?:\s+of\s+(?:that|this|the\s+same)\s+\w+)?{_BEHIND}", ", highest first"),
        (rf"{_LEAD}from\s+(?:the\s+)?{_LOW}\s+(?:one\s+)?(?:to|up\s+to)\s+(?:the\s+)?{_HIGH}(?:\s+one)?{_BEHIND}", ", lowest first"),
        (rf"{_LEAD}from\s+(?:the\s+)?{_HIGH}\s+{_ONE}down(?:wards?)?{_BEHIND}", ", highest first"),
    )
)  # fmt: skip


_MOST_OF = re.compile(
    rf"{_LEAD}(?P<way>most|fewest|least)\s+(?P<noun>orders|customers|products|lines|returns|units)\s+{_AHEAD}{_BEHIND}",
    re.I,
)
_OTHER_FIGURE = re.compile(
    r"\b(?:sales|revenue|turnover|profit|margin|units?|discount|cost|value|rate|spend|days)\b", re.I
)


def _by_the_only_figure(found: re.Match[str]) -> str:
    """ "Countries with more than 10 orders, most orders first": orders are all that rows can be sorted by."""
    said, noun = found.string[: found.start()].lower(), found["noun"].lower()
    if re.search(rf"\b{noun}\b", said) is None or _OTHER_FIGURE.search(said.replace(noun, "")):
        return found[0]
    return ", highest first" if found["way"].lower() == "most" else ", lowest first"


def with_order_told(question: str) -> str:
    """The question with the order of its rows in the words of the layer."""
    return in_forms(_MOST_OF.sub(_by_the_only_figure, question), ORDERING)
