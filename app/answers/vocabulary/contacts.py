"""Whether a customer can be reached: "customers that have no e-mail address on file", "lacking a phone number".

Each pattern stands with what is read instead: words that the dbt project gives to the values of such a column.
"""

from __future__ import annotations

_MAIL = r"(?:e-?\s?mails?(?:\s+address(?:es)?)?)"
_PHONE = r"(?:(?:tele)?phone(?:\s+numbers?|(?=\s+on\s+file)))"
_FILE = r"(?:\s+(?:is\s+|are\s+|was\s+)?(?:on\s+(?:file|record)|stored|recorded|known|given|(?:in|on)\s+(?:the|our)\s+(?:file|files|system|books|database|records)))?"
_WHO = r"(?:(?:who|that|which)\s+)?"
_NOT = (
    rf"{_WHO}(?:(?:(?:have|has|had)\s+|with\s+|(?:have|has|had|did|gave)\s+(?:left\s+)?(?:us\s+)?)?(?:no|not\s+an?|neither\s+an?)\s+(?:known\s+)?|without\s+(?:an?\s+|any\s+)?(?:known\s+)?"
    r"|(?:do|does|did)(?:\s+not|n['’]t)\s+have\s+(?:an?\s+|any\s+)?|(?:lack|lacks|lacking|miss|missing)\s+(?:an?\s+|the\s+|their\s+)?|whose\s+)"
)
_HAVE = rf"{_WHO}(?:(?:have|has|had|with|having|gave\s+us|left)\s+)(?:an?\s+|their\s+)(?:known\s+)?"
_MISSING = r"\s+(?:is|are|was)\s+(?:missing|unknown|empty|not\s+known|not\s+on\s+file)"

CONTACTS: tuple[tuple[str, str], ...] = (
    (rf"\bwhose\s+{_MAIL}{_MISSING}\b", "without an e-mail"),
    (rf"\bwhose\s+{_PHONE}{_MISSING}\b", "without a phone number"),
    (rf"\b(?!whose){_NOT}{_MAIL}\b{_FILE}", "without an e-mail"),
    (rf"\b(?!whose){_NOT}{_PHONE}{_FILE}", "without a phone number"),
    (rf"\b{_HAVE}{_MAIL}\b{_FILE}", "with an e-mail"),
    (rf"\b{_HAVE}{_PHONE}{_FILE}", "with a phone number"),
)  # fmt: skip
