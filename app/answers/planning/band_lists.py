"""Bands as people tell them: "1, 2-4, 5-9 and 10+", "under 100, 100 to 500, above 500", "in steps of 500 up to 2,000".

Bands meet without a gap and without an overlap, or it is asked which of them a number belongs to.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.answers.plan import Band
from app.answers.planning.outcome import UnclearError
from app.answers.vocabulary.band_lists import (
    CENT,
    FROM_TO,
    LIST,
    MOST_STEPS,
    ONE,
    PIECE,
    SCALES,
    STEPS,
    UNIT,
    WORDS,
    YEAR,
)


@dataclass(frozen=True)
class Told:
    """Bands as they were told: where in the text they stand, and whether they are percentages or money."""

    bands: tuple[Band, ...]
    start: int
    end: int
    percent: bool = False
    money: bool = False
    unit: str = ""


def bands_in(text: str) -> list[Told]:
    """Each list of bands in a text; one alone, or plain years, is none."""
    steps = _steps_in(text)
    if steps is not None:
        return [steps]
    found = []
    for match in LIST.finditer(text):
        pieces = _pieces(match[0])
        bands = _read(pieces)
        if bands is None or len(bands) < 2 or all(b.low == b.high for b in bands):
            continue
        if len(bands) == 2 and _is_a_range(*bands):
            continue
        if YEAR.search(match[0]):
            continue
        unit = re.search(rf"{UNIT}\b", match[0], re.I)
        found.append(
            Told(
                bands,
                match.start(),
                match.end(),
                _is_percent(match[0]),
                _is_money(match[0]),
                unit[0].lower() if unit else "",
            )
        )
    return found


def _is_a_range(one: Band, two: Band) -> bool:
    """ "More than 3 and less than 6": one range, told by both of its ends."""
    low, high = (one, two) if one.high is None else (two, one)
    return low.high is None and high.low is None and (low.low or 0) < (high.high or 0)


def _is_percent(text: str) -> bool:
    return re.search(r"%|\bpercent\b|\bper\s+cent\b", text, re.I) is not None


def _is_money(text: str) -> bool:
    return re.search(r"[$€£]|\bdollars?\b|\busd\b", text, re.I) is not None


def _pieces(text: str) -> list[str]:
    """The bands of a list, each with its own words."""
    return [m[0].strip() for m in re.finditer(ONE, text, re.I)]


def _read(pieces: Sequence[str]) -> tuple[Band, ...] | None:
    """The pieces as bands, in the order in which they were told; None where one is none."""
    found: list[Band] = []
    for piece in pieces:
        match = PIECE.match(piece)
        if match is None:
            return None
        band = _band(match, piece, found[-1] if found else None)
        if band is None:
            return None
        found.append(band)
    return tuple(found)


def _band(match: re.Match[str], piece: str, before: Band | None) -> Band | None:
    label = _label(piece)
    if match["low"]:
        low, high = number(match["low"]), number(match["high"])
        low = _same_scale(low, match["low"], match["high"])
        either = not match["between"] and re.search(r"\b(?:or|and)\b", piece, re.I) and high != low + 1
        return Band(label, low, high, below=bool(match["without"])) if low < high and not either else None
    if match["over"]:
        return Band(label, low=number(match["n1"]), above=True)
    if match["under"]:
        return Band(label, high=number(match["n2"]), below=True)
    if match["upto"]:
        return Band(label, high=number(match["n3"]))
    if match["n4"] or match["n5"]:
        return Band(label, low=number(match["n4"] or match["n5"]))
    if match["n6"]:
        return Band(label, high=number(match["n6"]))
    if match["n7"]:
        value = number(match["n7"])
        return Band(label, value, value)
    if match["sign"]:
        below = label.lower() == "negative"
        return Band(label, None if below else 0.0, 0.0 if below else None, above=not below, below=below)
    if before is None or before.high is None:
        return None
    end = f"{before.high:g}" if before.high < 1e6 else f"{before.high:,.0f}"
    return Band(f"{'from' if before.below else 'above'} {end}", low=before.high, above=not before.below)


def _label(piece: str) -> str:
    """What a band is called: as it was told, without what is counted."""
    text = re.sub(rf"\s*\b{UNIT}$", "", " ".join(piece.split()), flags=re.I)
    text = re.sub(rf"(?<=\d)\s*{UNIT}\b", "", text, flags=re.I)
    text = re.sub(r"^(?:exactly|only|just)\s+", "", text, flags=re.I)
    text = re.sub(r"\s*[–—]\s*", "-", re.sub(r"(?<=[\d%])\s+-\s+(?=[$\d])", "-", text))
    return re.sub(rf"\b(?:{'|'.join(WORDS)})\b(?!\s+(?:more|less)\s+than)", _as_number, text, flags=re.I)


def _as_number(found: re.Match[str]) -> str:
    return str(WORDS[found[0].lower()])


def number(text: str) -> float:
    """A number as it is written: "$1,500", "2k", "20%", "two"."""
    low = text.lower().strip()
    if low in WORDS:
        return float(WORDS[low])
    found = re.match(r"[$€£]?\s*([\d,.]+)\s*([a-z]*)", low)
    if found is None:
        raise UnclearError(f"the number “{text}”?")
    return float(found[1].replace(",", "")) * SCALES.get(found[2], 1)


def _same_scale(low: float, told: str, other: str) -> float:
    """ "1-5k": both are thousands."""
    scale = re.search(r"\d\s*(k|m|thousand|million)\b", other.lower())
    alone = scale is not None and not re.search(r"\d\s*(?:k|m|thousand|million)\b", told.lower())
    return low * SCALES[scale[1]] if scale is not None and alone else low


def _steps_in(text: str) -> Told | None:
    """Bands of one width; how far they go must be told."""
    match = STEPS.search(text)
    if match is None:
        return None
    told = match["step"] or match["step2"]
    step, end = number(told), FROM_TO.match(text[match.end() :])
    if end is None:
        raise UnclearError("bands up to which number?", [f"{text} up to {10 * step:,.0f}"])
    low, high = number(end["low"]) if end["low"] else 0.0, number(end["high"])
    count = round((high - low) / step) if step > 0 else 0
    if not 2 <= count <= MOST_STEPS or abs(low + count * step - high) > 1e-9:
        raise UnclearError(f"from {low:g} to {high:g} in steps of {step:g}: they do not go into it")
    edges = [low + i * step for i in range(count + 1)]
    bands = [Band(f"{a:,.6g} to under {b:,.6g}", a, b, below=True) for a, b in itertools.pairwise(edges)]
    if end["rest"]:
        bands.append(Band(f"{high:,.6g} and more", high))
    span = text[match.start() : match.end() + end.end()]
    return Told(tuple(bands), match.start(), match.end() + end.end(), _is_percent(span), _is_money(span))


def fitted(told: Told, *, whole: bool, percent: bool, least_is_one: bool) -> tuple[Band, ...]:
    """The bands as bounds of a figure: `whole` numbers or not, a `percent`, and whether each member has one at least.

    Raises UnclearError where they overlap, leave a gap, or are of another kind of figure.
    """
    bands = list(told.bands)
    if told.percent and not percent:
        raise UnclearError("percentages of what? The bands are of no rate")
    if percent and (told.percent or any(abs(e) > 1 for b in bands for e in (b.low, b.high) if e is not None)):
        bands = [_scaled(b) for b in bands]
    bands = _started(bands)
    order = sorted(range(len(bands)), key=lambda i: (_least(bands[i]), bands[i].high is None, bands[i].high))
    step = 1.0 if whole else CENT if percent else 1.0
    shared = _owner_of_edges(bands, whole or percent)
    for one, two in itertools.pairwise(order):
        bands[one], bands[two] = _meeting(bands[one], bands[two], whole, step, shared)
    if least_is_one and any(_holds(b, 0.0) and b.low is not None for b in bands):
        raise UnclearError("those with none are not among those that are counted: bands from 1 on, please")
    if len({b.label for b in bands}) < len(bands):
        raise UnclearError("the same band twice: which ones do you mean?")
    return tuple(bands)


def _scaled(band: Band) -> Band:
    low, high = (None if e is None else round(e / 100, 9) for e in (band.low, band.high))
    return replace(band, low=low, high=high)


def _least(band: Band) -> float:
    return float("-inf") if band.low is None else band.low


def _holds(band: Band, value: float) -> bool:
    low = band.low is None or value > band.low or (value == band.low and not band.above)
    high = band.high is None or value < band.high or (value == band.high and not band.below)
    return low and high


def _started(bands: Sequence[Band]) -> list[Band]:
    """Bands that are told by their end alone go on where the one before ends: "0, up to 20%, above 20%"."""
    found: list[Band] = []
    for band in bands:
        before = found[-1] if found else None
        if band.low is None and before is not None and before.high is not None and before.high < (band.high or 0):
            band = replace(band, low=before.high, above=not before.below)
        found.append(band)
    if sum(b.low is None for b in bands) > 1 and found[-1].high is not None:
        raise UnclearError("each band by itself, or each with those before it?")
    return found


def _owner_of_edges(bands: Sequence[Band], exact: bool) -> str:
    """To which of two bands a bound belongs that both name: as the last band, or the first, tells it."""
    last = next((b for b in bands if b.high is None), None)
    first = next((b for b in bands if b.low is None), None)
    if last is not None:
        return "lower" if last.above else "upper"
    if first is not None:
        return "upper" if first.below else "lower"
    return "" if exact else "upper"


def _meeting(one: Band, two: Band, whole: bool, step: float, shared: str) -> tuple[Band, Band]:
    """Two bands next to each other, so that each number between them lies in one of them."""
    if one.high is None or two.low is None or one.high > two.low:
        raise UnclearError(f"“{one.label}” and “{two.label}” overlap: to which of them does a number in both belong?")
    gap = round(two.low - one.high, 9)
    if gap == 0 and not (one.below or two.above):
        return _with_shared_bound(one, two, shared)
    start, end = two.low + (whole and two.above), one.high - (whole and one.below)
    if (whole and start - end != 1) or gap > step + 1e-9 or (gap == 0 and one.below and two.above):
        raise UnclearError(f"what lies between “{one.label}” and “{two.label}” is in no band: where does it belong?")
    if whole or gap == 0:
        return one, two
    if one.low == one.high:  # "0%, 1-20%"
        return one, replace(two, low=one.high, above=True)
    return replace(one, high=two.low, below=not two.above), two


def _with_shared_bound(one: Band, two: Band, shared: str) -> tuple[Band, Band]:
    """Two bands that name the same bound: it is in one of them."""
    if one.low == one.high:  # "0, up to 20%"
        return one, replace(two, above=True)
    if two.low == two.high:
        return replace(one, below=True), two
    if not shared:
        raise UnclearError(f"“{one.label}” and “{two.label}” share a bound: to which of them does it belong?")
    return (one, replace(two, above=True)) if shared == "lower" else (replace(one, below=True), two)
