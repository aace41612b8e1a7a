"""Questions that go on from the one before, in the words that the rules read: "same list for 2025", "ok and as a margin?".

Each pattern stands with what is read instead; they are only looked for behind another question.
"""

from __future__ import annotations

from app.answers.vocabulary.text import Forms, compiled, in_forms

_SHOWN = r"(?:percent\w*|%|share|fraction|ratio|chart|graph|table|diagram|list|whole|total|result|comparison|reminder)"
_WELL = r"(?:ok(?:ay)?|right|fine|great|thanks|thank\s+you|good|perfect|cool|alright|so|well|hm+|hmm)"
_IT = r"(?:(?:that|this|it|them|those|these|the\s+(?:list|result|table|answer|question|figures?))\s+)?"

GOING_ON: Forms = compiled(
    (
        (rf"^(?:{_WELL}[\s,.!]+)+(?=\S)", ""),
        (rf"^(?:and\s+|now\s+|then\s+)*as\s+(?:an?\s+|the\s+)?(?!{_SHOWN}\b)(?P<what>[a-z][\w\s]{{2,30}}?)\s*[?.!]*$", r"\g<what> instead"),
        (r"^(?:and\s+)?what\s+(?:was|is|were|are)\s+the\s+(?P<what>[\w\s]{3,30}?)\s+(?:of|for)\s+each(?:\s+(?:one|of\s+(?:them|those|these)))?\s*\??$", r"and the \g<what>?"),
        (r"^(?:and\s+)?what\s+(?:was|is|were|are)\s+the\s+(?P<what>[\w\s]{3,30}?)\s+(?:of|for|in)\s+(?:(?:each|all)\s+of\s+)?(?:those|these|the)\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d+)(?:\s+(?:countries|products|customers|categories|subcategories|markets|segments|cities|states|regions))?(?:\s+(?:in|for|over)\s+(?:that|the\s+same)\s+(?:year|period|time|quarter|month))?\s*\??$", r"and their \g<what>?"),
        (r"^(?:and\s+|so\s+|then\s+|ok\s+)*how\s+(?:many|much)(?:\s+(?:was|were|is|are)\s+(?:it|that|there|they|those|these))?\s+(?=(?:in|for|during|from|by|on|at)\s)", "and "),
        (r"^(?:(?:now|please|then|and|ok|can\s+you|could\s+you)[\s,]+)*(?:break|split|show|group|slice|cut|give)\s+(?:me\s+)?(?:that|it|this|them|those|these)(?:\s+(?:figure|number|result|total|numbers|figures))?\s+(?:down\s+|up\s+|out\s+)?(?:by|per|for\s+each)\s+(?P<group>[\w\s-]+?)\s*[.!?]*$", r"by \g<group>"),
        (r"^(?:(?:now|please|then|and)\s+)*only\s+count\s+(?:the\s+)?(?:orders|lines|customers|products)\s+(?:with|from|in|of)\s+", "only "),
        (rf"^(?:(?:now|please|then|and)\s+)*(?:restrict|limit|narrow|filter|reduce|cut)\s+{_IT}(?:down\s+)?to\s+(?P<some>(?:(?!\band\s+(?:add|show|include)\b).)+?)\s+and\s+(?:add|show|include)\s+(?:the\s+|their\s+)?(?P<what>[\w\s]+?)(?:\s+(?:figure|column|amount)s?)?(?:\s+(?:too|as\s+well))?\s*[.!?]*$", r"also \g<what>, only \g<some>"),
        (rf"^(?:(?:now|please|then|and)\s+)*(?:restrict|limit|narrow|filter|reduce|cut)\s+{_IT}(?:down\s+)?to\s+", "only "),
        (r"^(?:(?:now|please|then|and|ok)\s+)*(?:break\s+down|split|break)\s+(?:only\s+|just\s+)?(?P<some>(?:the\s+)?[\w\s]+?)\s+(?:down\s+)?by\s+(?P<group>[\w\s-]+?)\s*[.!?]*$", r"only \g<some>, by \g<group>"),
        (r"^(?:(?:now|please|then|and)\s+)*(?:the\s+)?same\s+(?:list|again|thing|question|figures?|table|numbers?|ranking|chart)?(?:\s+again)?[\s,]*(?:but\s+|please\s+)?(?:just\s+)?only\s+(?:what\s+(?:went\s+to|came\s+from)\s+|for\s+|those\s+(?:in|from)\s+)?", "only "),
        (r"^(?:(?:now|please|then|and)\s+)*(?:the\s+)?same\s+(?:list|again|thing|question|figures?|table|numbers?|ranking|chart)(?:\s+again)?[\s,]*(?:but\s+|please\s+)?(?=(?:for|in|by|without|per|from)\b)", ""),
        (r"^(?:now|then|and|so)\s+(?:the\s+)?(?P<what>[\w\s]{3,30}?)\s+(?:instead\s+of|rather\s+than|not)\s+(?:the\s+)?[\w\s]{3,20}?,?\s+(?:and\s+|but\s+)?only\s+(?:for\s+|in\s+)?(?P<some>[\w\s]+?)\s*[.!?]*$", r"\g<what> instead, only \g<some>"),
    )
)  # fmt: skip


def as_going_on(question: str) -> str:
    """The question with its ways of going on told plainly."""
    return in_forms(question.strip(), GOING_ON)
