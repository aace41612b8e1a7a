"""A question as tokens: words without accents and endings, numbers with their units, quoted text, ids."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CONTRACTIONS = (
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"\bcan't\b", re.I), "can not"),
    (re.compile(r"\bcannot\b", re.I), "can not"),
    (re.compile(r"(\w)n't\b", re.I), r"\1 not"),
    (re.compile(r"\b(have|has|had|did|do|does|was|were|is|are|would|could|should)nt\b", re.I), r"\1 not"),
    (re.compile(r"\b(what|who|where|how|that|there|it|here|which)'s\b", re.I), r"\1 is"),
    (re.compile(r"\b(\w+)'re\b", re.I), r"\1 are"),
    (re.compile(r"\b(\w+)'ve\b", re.I), r"\1 have"),
    (re.compile(r"\b(i)'m\b", re.I), r"\1 am"),
    (re.compile(r"\b(\w+)'d\b", re.I), r"\1 would"),
    (re.compile(r"\b(\w+)'ll\b", re.I), r"\1 will"),
)
TOKEN = re.compile(
    r"""(?P<quoted>"[^"]{1,200}"|“[^”]{1,200}”|(?<!\w)'[^']{2,200}'(?!\w))
      |(?P<iso>\b\d{4}-\d{1,2}(?:-\d{1,2})?\b)
      |(?P<id>\b[A-Za-z]{2,}[-_](?:[A-Za-z0-9]+[-_])*\d{3,}\b)
      |(?P<slash>\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b|\b\d{1,2}/\d{4}\b)
      |(?P<number>(?:(?<=\s)[-−](?=[$€£]?\d))?(?:(?:[$€£]\s?)?\d+(?:,\d{3})+(?:\.\d+)?(?:\s?(?:k|m|mn|bn)\b)?\s?%?|(?:[$€£]\s?)?(?:\d+\.\d+|\d+)(?:(?:k|m|mn|bn)\b)?\s?%?(?![\w])))
      |(?P<word>[^\W\d_][\w'’]*|\d+(?:st|nd|rd|th)\b|[qQhH]\d\b|\d+\w+)
      |(?P<symbol>>=|<=|≥|≤|[<>=&/+,;:?!.()–—-])""",
    re.VERBOSE,
)
SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "dozen": 12,
}  # fmt: skip
KEPT = frozenset(
    [
        "less",
        "plus",
        "always",
        "is",
        "was",
        "has",
        "does",
        "this",
        "its",
        "us",
        "yes",
        "across",
        "versus",
        "vs",
        "unless",
        "christmas",
        "as",
        "minus",
        "address",
        "analysis",
        "status",
        "gross",
        "loss",
        "class",
        "business",
        "access",
        "process",
        "news",
        "series",
        "previous",
        "various",
        "basis",
        "bus",
        "gas",
        "ours",
        "whereas",
        "besides",
        "perhaps",
        "towards",
        "overseas",
        "texas",
        "kansas",
        "arkansas",
        "illinois",
        "paris",
        "laos",
        "cyprus",
        "honduras",
        "dallas",
    ]
)
IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "countries": "country",
    "sold": "sold",
    "ids": "id",
}


@dataclass(frozen=True)
class Token:
    """A piece of the question. `norm` is it in small letters without accents, `lemma` without its plural too."""

    text: str
    norm: str
    lemma: str
    kind: str
    value: float | None = None
    unit: str = ""


def plain(text: str) -> str:
    """Small letters without accents; ligatures and special letters as people type them."""
    if text.isascii():
        return text.lower()
    text = (
        text.replace("ß", "ss")
        .replace("ø", "o")
        .replace("Ø", "O")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("’", "'")
    )
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def lemma_of(word: str) -> str:
    """An English noun without its plural ending, by rule."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in KEPT or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def tokenize(text: str) -> list[Token]:
    """The tokens of a question, in order."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    for pattern, replacement in CONTRACTIONS:
        text = pattern.sub(replacement, text)
    text = re.sub(
        r"\b([A-Za-z])\.([A-Za-z])\.(?:([A-Za-z])\.)?", lambda m: "".join(g for g in m.groups() if g) + " ", text
    )
    text = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])(?![A-Za-z]*[-_]?\d)", " ", text)
    text = re.sub(r"(?<=[^\W\d])/(?=[^\W\d])", " / ", text)
    return [token for match in TOKEN.finditer(text) if (token := _token(match)) is not None]


def _token(match: re.Match[str]) -> Token | None:
    kind, raw = str(match.lastgroup), match.group()
    if kind == "quoted":
        inner = raw[1:-1].strip()
        return Token(inner, plain(inner), plain(inner), "quoted")
    if kind in ("iso", "slash"):
        return Token(raw, raw, raw, "date")
    if kind == "id":
        return Token(raw, plain(raw), raw, "id")
    if kind == "number":
        return _number(raw)
    if kind == "symbol":
        return Token(raw, raw, raw, "symbol")
    word = plain(raw)
    word = re.sub(r"(?:'s|')$", "", word)
    if not word:
        return None
    if word in NUMBER_WORDS:
        return Token(raw, word, word, "word", float(NUMBER_WORDS[word]))
    return Token(raw, word.replace("'", ""), lemma_of(word.replace("'", "")), "word")


def _number(raw: str) -> Token:
    negative, raw = raw[0] in "-−", raw.lstrip("-−")
    unit = "money" if raw[0] in "$€£" else "percent" if raw.endswith("%") else ""
    text = raw.strip("$€£% ").lower().replace(",", "")
    found = re.fullmatch(r"([\d.]+)\s?(k|mn|m|bn)?", text)
    value = float(found[1]) * SCALES.get(found[2] or "", 1) if found else 0.0
    value = -value if negative else value
    norm = text if not found or not found[2] else f"{value:g}"
    return Token(raw, norm, norm, "number", value / 100 if unit == "percent" else value, unit)


def phrase_key(text: str) -> tuple[str, ...]:
    """How a phrase is looked up: the lemmas of its words."""
    return tuple(t.lemma for t in tokenize(text) if t.kind != "symbol" or t.text in "&/")
