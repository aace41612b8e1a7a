"""Which values of a question are the part that a share is of, and which the whole: "furniture in European sales"."""

from __future__ import annotations

from collections.abc import Sequence

from app.answers.plan import Filter
from app.answers.planning.draft import Draft
from app.answers.planning.named_values import open_values
from app.answers.planning.outcome import UnclearError
from app.answers.vocabulary.text import words

TELLS = words("""
    that | which | who | is | are | was | were | contain | contains | contained | with | containing | from | came |
    coming | made | via | had | has | have | go | goes | went | get | gets | got | been | be | account for |
    accounted for by | by
""")
WITHIN = ("in", "within", "of", "among", "for", "to", "inside")


OUT_OF = ("of", "of the", "of all", "of our", "of all the", "out of", "among", "from")


def read_shares(draft: Draft) -> None:
    """Words of a share."""
    for i, c in enumerate(draft.cs):
        if c.used or not c.is_("share") or c.word.metric:
            continue
        if c.text.lower().startswith("in per") and any(o.is_("growth") and not o.content for o in draft.cs):
            c.used = True  # how a growth is shown
            continue
        c.used = True
        draft.share = True
        draft.share_at = i
    for c in draft.cs:
        if c.is_("of_total") and not c.used and draft.share:
            c.used = True


def parts_of_share(draft: Draft) -> set[int]:
    """The places of the values that the share is of.

    Raises UnclearError where the question leaves open which is the part.
    """
    if not draft.share:
        return set()
    named = [i for i, _ in open_values(draft)]
    if any(
        (r.limit or 0) > 1 and draft.share_at < r.at and not _between(draft.share_at, named, r.at) for r in draft.ranks
    ):
        return _of_the_ranked(draft)  # "share of the top 5 products in furniture sales": the ranked are the part
    values = [(i, f) for i, f in open_values(draft) if not draft.cs[i].used and f.dimension not in draft.compared]
    values = [(i, f) for i, f in values if not _spans_groups(draft, f)]
    figure = next((j for j, c in enumerate(draft.cs) if j > draft.share_at and c.metric and not c.word.values), None)
    ahead = [i for i, _ in values if i < draft.share_at]
    between = [i for i, _ in values if figure is not None and draft.share_at < i < figure]
    behind = [i for i, _ in values if i > (draft.share_at if figure is None else figure)]
    if (
        ahead
        and draft.cs[0].text.lower() in ("for", "in", *OUT_OF)
        and any(t.at > draft.share_at for t in draft.thresholds)
    ):
        return set()  # "for Standard Class, what portion of the lines took longer than 6 days": who did so is the part
    if ahead and draft.cs[0].text.lower() in OUT_OF and behind:
        return set(behind)  # "of the critical orders, what percentage went by air": what is said first is the whole
    if ahead:
        return set(ahead)
    tell = _tell(draft, draft.share_at if figure is None else figure, behind)
    if tell is not None and any(i > tell for i in behind):
        return set(_first_group(draft, [i for i in behind if i > tell]))
    flags = {i for i, f in values if i in behind and draft.layer.dimensions[f.dimension].about}
    if between and flags:
        return flags
    if not flags and _is_owned(draft):
        return set()  # "each market's share of technology sales": the groups are the parts
    if between and figure is not None and any(t.at > figure for t in draft.thresholds):
        return set()  # "furniture lines with a discount of 30% or more": who fulfils the condition is the part
    if between:
        return set(_first_group(draft, between))
    return _part_behind(draft, [(i, f) for i, f in values if i in behind])


def _of_the_ranked(draft: Draft) -> set[int]:
    """ "Sales of the ten biggest German customers": the values between the superlative and what is ranked."""
    j = next(r.at for r in draft.ranks if (r.limit or 0) > 1 and draft.share_at < r.at) + 1
    places: set[int] = set()
    while j < len(draft.cs) and not draft.cs[j].key and (draft.cs[j].word.values or draft.cs[j].number is not None):
        places |= {j} if draft.cs[j].word.values else set()
        j += 1
    return places if j < len(draft.cs) and draft.cs[j].key else set()


def _is_owned(draft: Draft) -> bool:
    """Whether a share is that of groups: "each market's share"."""
    owner = draft.chunk(draft.next(draft.share_at, "stop", step=-1))
    return owner is not None and owner.key in draft.dimensions and owner.text.lower().endswith(("'s", "s'"))


def _between(start: int, places: Sequence[int], end: int) -> bool:
    return any(start < place < end for place in places)


def _tell(draft: Draft, start: int, behind: Sequence[int]) -> int | None:
    """The word after which the part is told: "sales in Europe that came from Germany", "orders are critical"."""
    if not behind:
        return None
    for j in range(start + 1, behind[-1]):
        text = draft.cs[j].text.lower()
        if text in TELLS or text.split()[0] in TELLS or text.split()[-1] == "from":
            later = [i for i in behind if i > j]
            if text in ("from", "with", "via") and any(i < j for i in behind) and len(later) == 0:
                continue
            if _tells_of_groups(draft, j, later):
                continue
            return j
    return None


def _tells_of_groups(draft: Draft, j: int, later: Sequence[int]) -> bool:
    """ "By category in Germany", "does each category have in the US": it is the groups that are parts."""
    grouping = draft.cs[j].text.lower().split()[0] in ("by", "has", "have", "had", "account")
    return bool(draft.dimensions and later) and grouping and _link(draft, later[0]) in ("in", "within", "inside")


def _link(draft: Draft, i: int) -> str:
    """The word that joins a value to what stands before it, past an article."""
    before = draft.chunk(draft.next(i, "stop", step=-1))
    return before.text.lower() if before is not None else ""


def _first_group(draft: Draft, places: Sequence[int]) -> list[int]:
    group = [places[0]]
    for i in places[1:]:
        if any(c.text.lower() in WITHIN for c in draft.cs[group[-1] + 1 : i]):
            break
        group.append(i)
    return group


def _part_behind(draft: Draft, values: list[tuple[int, Filter]]) -> set[int]:
    """Of several values after the figure the one that lies within the others is the part."""
    dimensions = list(dict.fromkeys(f.dimension for _, f in values))
    if len(dimensions) < 2:
        link = _link(draft, values[0][0]) if values else ""
        grouped = bool(draft.dimensions) and link in ("in", "for", "within")
        return set() if grouped else {i for i, _ in values}
    inner = [d for d in dimensions if all(d == o or draft.around.nested(d, o) for o in dimensions)]
    if len(inner) != 1:
        names = " or ".join(draft.cs[i].text for i, _ in values)
        raise UnclearError(f"a share of which part: {names}?")
    return {i for i, f in values if f.dimension == inner[0]}


def _spans_groups(draft: Draft, f: Filter) -> bool:
    """ "each subcategory's share of furniture sales": the value holds all of the groups, so it is the whole."""
    return any(
        not d.startswith("@") and d != f.dimension and draft.around.nested(d, f.dimension) for d in draft.dimensions
    )
