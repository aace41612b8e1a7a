"""Which number does a text mean, with a decimal point and with a decimal comma?"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache
from unicodedata import category


class DecimalMark(StrEnum):
    """The sign between a number's whole and its fraction."""

    POINT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A text's two readings; None where a reading gives no number. A percentage is not yet divided by 100."""

    point: Decimal | None
    comma: Decimal | None
    percent: bool = False

    def by(self, mark: DecimalMark) -> Decimal | None:
        """Return the reading by a decimal mark."""
        return self.point if mark is DecimalMark.POINT else self.comma


NO_NUMBER = ReadNumber(None, None)
_BLANKS = " \u00a0\u2009\u202f"
_EXPONENT = r"(?P<exponent>[eE][+-]?\d{1,4})?"
_CENT = Decimal("0.01")
_LONGEST = 60
_EXACT = Context(prec=2 * _LONGEST)


def _pattern(mark: str, group: str) -> re.Pattern[str]:
    signs = rf"[{group}'’{_BLANKS}]"
    grouped = (
        rf"[1-9]\d{{0,2}}(?:(?P<sign>{signs})\d{{3}})(?:(?P=sign)\d{{3}})*|[1-9]\d?(?:{group}\d{{2}})+{group}\d{{3}}"
    )
    return re.compile(rf"(?P<whole>{grouped}|\d*)(?:{mark}(?P<fraction>\d*))?{_EXPONENT}", re.ASCII)


_PATTERNS = {DecimalMark.POINT: _pattern(r"\.", ","), DecimalMark.COMMA: _pattern(",", r"\.")}


# What most cells hold, read without further looks: a fraction of three digits could be a group, and is not plain.
_PLAIN = re.compile(r"-?\d+(?P<fraction>\.(?:\d{1,2}|\d{4,}))?", re.ASCII)


@lru_cache(maxsize=1 << 16)
def read_number(text: str) -> ReadNumber:
    """Read a number as spreadsheets write it.

    Currency signs are passed over; a minus may stand before, behind, or be written as brackets; thousands may be
    grouped (the Indian way too); a per cent sign is kept apart. Spreadsheet errors, NaN and infinity are no numbers.
    """
    text = text.strip()
    if len(text) <= _LONGEST and (plain := _PLAIN.fullmatch(text)):
        number = Decimal(text)
        return ReadNumber(number, None if plain["fraction"] else number)
    body, negative = _without_sign(_without_currency(text))
    body, percent = (body[:-1].rstrip(_BLANKS), True) if body.endswith("%") else (body, False)
    if not body or len(body) > _LONGEST:
        return NO_NUMBER
    return ReadNumber(_reading(body, DecimalMark.POINT, negative), _reading(body, DecimalMark.COMMA, negative), percent)


def to_cents(number: Decimal) -> Decimal:
    """Round to two decimals, half away from zero (the definition of money in files of the Superstore format)."""
    rounded = number.quantize(_CENT, rounding=ROUND_HALF_UP, context=_EXACT)
    return abs(rounded) if rounded.is_zero() else rounded  # no -0.00


def per_cent(number: Decimal) -> Decimal:
    """Return a hundredth of a number, exactly."""
    return number.scaleb(-2, context=_EXACT)


def _without_currency(text: str) -> str:
    return "".join(character for character in text if character.isascii() or category(character) != "Sc").replace(
        "$", ""
    )


def _without_sign(text: str) -> tuple[str, bool]:
    text = text.replace("\u2212", "-").strip(_BLANKS)
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(_BLANKS), True
    if text.startswith(("-", "+")):
        return text[1:].lstrip(_BLANKS), text[0] == "-"
    if text.endswith("-"):
        return text[:-1].rstrip(_BLANKS), True
    return text, False


def _reading(body: str, mark: DecimalMark, negative: bool) -> Decimal | None:
    found = _PATTERNS[mark].fullmatch(body)
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    fraction = found["fraction"] or ""
    if not whole and not fraction:
        return None
    return Decimal(f"{'-' if negative else ''}{whole or '0'}.{fraction or '0'}{found['exponent'] or ''}")
