"""In which order rows are wanted, in the words of the layer: "the busiest city on top" is "highest first"."""

from __future__ import annotations

from app.answers.vocabulary.text import Forms, compiled, in_forms

_HIGH = (
    r"(?:biggest|largest|highest|best|top|strongest|busiest|greatest|richest|fattest|heaviest|leading|"
    r"most\s+(?:popular|profitable|important|successful|valuable|expensive|frequent|active|loyal))"
)
_LOW = r"(?:smallest|lowest|worst|weakest|poorest|tiniest|quietest|least\s+(?:popular|profitable|important|successful|active))"
_ONE = (
    r"(?:(?:ones?|market|country|region|state|city|segment|category|sub-?category|product|customer|buyer|mode|priority|"
    r"month|quarter|year|week|day|place|group|article|item)\s+)?"
)
_AHEAD = r"(?:first|on\s+top|at\s+the\s+(?:very\s+)?top)"
_SORTED = r"(?:(?:please\s+)?(?:sort|order|rank|list|arrange|go)(?:ed|ing)?\s+(?:(?:it|them|these|those)\s+)?)?"
_BEHIND = r"(?:\s*,?\s*please)?(?=\s*(?:[,.;:?!)]|$|and\b))"
_LEAD = rf"(?:\s*[,;(–-]\s*|\s+)(?:and\s+)?{_SORTED}(?:with\s+|starting\s+with\s+)?(?:the\s+)?"
_TIME = r"(?:(?:ones?|month|quarter|year|week|day|date)\s+)?"

ORDERING: Forms = compiled(
    (
        (rf"{_LEAD}{_HIGH}\s+{_ONE}{_AHEAD}{_BEHIND}", ", highest first"),
        (rf"{_LEAD}{_LOW}\s+{_ONE}{_AHEAD}{_BEHIND}", ", lowest first"),
        # months, quarters and years come in order anyway
        (rf"{_LEAD}(?:oldest|earliest|first)\s+{_TIME}{_AHEAD}{_BEHIND}", ""),
        (rf"{_LEAD}(?:(?:in\s+)?chronological(?:ly)?(?:\s+(?:order|sequence))?|in\s+(?:time|date|calendar)\s+(?:order|sequence)){_BEHIND}", ""),
        (rf"{_LEAD}in\s+(?:the\s+)?order\s+of\s+(?:the\s+)?(?:years|months|quarters|weeks|days|dates){_BEHIND}", ""),
        (rf"{_LEAD}from\s+(?:the\s+)?(?:earliest|oldest)\s+{_TIME}to\s+(?:the\s+)?(?:latest|newest|most\s+recent)(?:\s+(?:one|month|quarter|year|week|day))?{_BEHIND}", ""),
        (rf"{_LEAD}from\s+(?:the\s+)?{_HIGH}\s+(?:one\s+)?(?:to|down\s+to)\s+(?:the\s+)?{_LOW}(?:\s+one)?{_BEHIND}", ", highest first"),
        (rf"{_LEAD}from\s+(?:the\s+)?{_LOW}\s+(?:one\s+)?(?:to|up\s+to)\s+(?:the\s+)?{_HIGH}(?:\s+one)?{_BEHIND}", ", lowest first"),
        (rf"{_LEAD}from\s+(?:the\s+)?{_HIGH}\s+{_ONE}down(?:wards?)?{_BEHIND}", ", highest first"),
    )
)  # fmt: skip


def with_order_told(question: str) -> str:
    """The question with the order of its rows in the words of the layer."""
    return in_forms(question, ORDERING)
