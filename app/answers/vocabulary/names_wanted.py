"""Lists that are asked for by what they show: names, and what stands beside them."""

from __future__ import annotations

from app.answers.vocabulary.text import Forms, compiled, in_forms

_GIVEN = r"(?:(?:please|kindly|just|only|also|now|and)\s+)*(?:(?:show|give|tell|list|send|get|state|provide|name|print|i\s+(?:need|want|require)|we\s+(?:need|want|require)|what\s+(?:are|were|is)|who\s+are)\s+(?:(?:me|us)\s+)?)?"
_NAMES = r"(?:all\s+(?:of\s+)?)?(?:the\s+|a\s+list\s+of\s+(?:the\s+)?)?(?:full\s+|exact\s+)?(?:names?|names?\s+list)"
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|top|best|worst|bottom|biggest|largest|smallest|most|least|highest|lowest|strongest|weakest)\b"
_THEIRS = r"(?:what|how\s+much)\s+(?:each\s+(?:of\s+them\s+)?|they\s+(?:each\s+|all\s+)?|it\s+)"

NAMES_WANTED: Forms = compiled(
    (
        # "the names of all customers in Chile who …": the members themselves, never how many there are
        (rf"^\s*{_GIVEN}{_NAMES}\s+of\s+(?:all\s+(?:of\s+)?|every\s+|any\s+)?(?:the\s+|our\s+|those\s+)?(?!{_NUMBER})(?=\w+s\b|\w+\s+\w+s\b|people\b)", "list all "),
        (rf"^\s*{_GIVEN}(?:the\s+|all\s+|all\s+the\s+)?(product|country|city|state|subcategory)\s+names\s+(?=(?:with|in|of|for|from|that|who|which|where|whose)\b)", r"list all \1s "),
        (r"^\s*(?:please\s+)?list\s+(?:all\s+)?(?:of\s+)?(?:the\s+|our\s+)?(products|articles|items)\s+(?:(?:that|which)\s+)?(?:(?:we|were|have\s+been|got)\s+)?(sold|bought|ordered|purchased)\b(?!\s+(?:more|less|fewer|at\s+least|at\s+most|over|under))", r"which \1 were \2"),
        # "together with what they spent": one more figure beside each, nothing added up
        (rf"[\s,;–-]+(?:together|along)\s+with\s+(?={_THEIRS})", " and "),
        (r"[\s,;–-]+together\s+with\s+(?=(?:the|their|its|those|these)\s+)", " along with "),
    )
)  # fmt: skip


def as_lists(question: str) -> str:
    """The question with each list asked for as a list of its members."""
    return in_forms(question, NAMES_WANTED)
