"""Values, names and ids in a question: which column each belongs to, and words that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.answers.lexicon import Meaning
from app.answers.plan import Filter
from app.answers.planning.draft import Draft
from app.answers.planning.outcome import RefusedError, UnclearError, UnknownWordError
from app.answers.reading import Chunk
from app.answers.words import phrase_key, tokenize

DEGREES = ("low", "high", "medium")  # of a figure they say nothing, though priorities are called so


def refuse_early(draft: Draft) -> None:
    """Refuse what the data cannot answer at all; ask back where a time cannot be read."""
    for trouble in draft.reading.troubles:
        raise UnclearError(trouble.message)
    for c in draft.cs:
        if c.word.kind:
            continue
        if c.is_("unsupported") and not c.is_("growth", "rank"):
            raise RefusedError(f"I cannot answer questions about {c.payload('unsupported')}")
        if c.is_("foreign") and not c.is_("grain"):
            raise RefusedError(f"the data does not say anything about “{c.text}”")


def look_up_values(draft: Draft) -> None:
    """Quoted text, ids and long names are looked up; a value of several columns is told apart or asked about."""
    for i, c in enumerate(draft.cs):
        if c.token is not None and c.token.kind == "quoted" and "*" in (c.text[0], c.text[-1]):
            _named_by_part(draft, i)
        elif c.token is not None and c.token.kind in ("quoted", "id") and not c.word.kind:
            said = draft.around.lexicon.business.get(phrase_key(c.text))
            found = (
                (list(said.values) if said is not None else [])
                or draft.around.lookup(c.text)
                or _told_value(draft, c.text)
            )
            if not found:
                raise RefusedError(f"there is no “{c.text}” in the data that you may see")
            c.word = replace(c.word, kind="word", values=tuple(found))
    for c in draft.cs:
        dimension = draft.layer.dimensions.get(c.dimension)
        if c.word.values and dimension is not None and dimension.pii not in ("none", *draft.around.clear):
            c.word = replace(c.word, dimension="")
    _leave_full_counts(draft)
    for i, c in enumerate(draft.cs):
        noun = (
            draft.around.lexicon.business.get(tuple(t.lemma for t in tokenize(c.text)[:1]))
            if " " in c.text and c.metric
            else None
        )
        asked = i - 2 if i > 1 and draft.cs[i - 1].number is not None else i - 1  # "which three products sold best"
        deed = draft.around.lexicon.business.get(tuple(t.lemma for t in tokenize(c.text)[1:]))
        done = deed is not None and bool(deed.verb or deed.superlative[0])  # unlike the rate of "return rate"
        if noun is not None and noun.dimension and done and i and draft.cs[asked].text.lower() in ("which", "what"):
            c.word, c.text = noun, c.text.split()[0]
    for i, c in enumerate(draft.cs):
        first = draft.around.lexicon.business.get((c.text.lower().split()[0],)) if " " in c.text else None
        ahead = draft.cs[i - 1] if i else None
        if (
            (
                c.metric
                and first is not None
                and first.values
                and ahead is not None
                and ahead.is_("prep", "neg")
                and not ahead.content
            )
            and any(o.metric and not draft.entity(o) for o in draft.cs if o is not c)
            and draft.metric(c.metric).meta.get("about")
        ):
            c.word = replace(c.word, metric="", values=first.values)
    _split_listed_nouns(draft)
    for c, after in zip(draft.cs, draft.cs[1:], strict=False):
        plain = bool(after.metric) and not after.dimension and draft.metric(after.metric).format != "count"
        if c.word.values and plain and c.text.lower() in DEGREES:
            raise UnclearError(f"“{c.text} {after.text}”: from which number on?")
    _unknown_runs(draft)
    _done_by(draft)


def _named_by_part(draft: Draft, i: int) -> None:
    """'products named "Samsung*"': those whose names start so, '"*Samsung"' end so, '"*Samsung*"' have it anywhere."""
    c = draft.cs[i]
    part = _as_typed(draft, c.text.strip("*").strip())
    noun = draft.cs[i - 2] if i > 1 and draft.cs[i - 1].text.lower() in ("named", "called") else draft.cs[max(0, i - 1)]
    dimension = draft.layer.dimensions.get(noun.dimension)
    name = draft.layer.name_of(dimension.identifies) if dimension is not None and dimension.identifies else dimension
    if name is None or not part:
        raise UnclearError(f"whose name is meant by “{c.text}”?")
    if name.pii not in ("none", *draft.around.clear):
        raise RefusedError(f"{name.label.lower()} is personal, and your role does not see it")
    if len(part) > 2 and not draft.around.contains(name.name, part):
        raise RefusedError(f"there is no “{part}” among the names of {noun.text} in the data")
    operator = "contains" if c.text[0] == c.text[-1] == "*" else "ends" if c.text[0] == "*" else "starts"
    if noun is not draft.cs[i - 1]:
        draft.cs[i - 1].used, draft.cs[i - 1].grammar = True, (Meaning("stop"),)
    c.filter = Filter(name.name, operator, (part,))


def _as_typed(draft: Draft, part: str) -> str:
    """A part of a name with the hyphens that it has in the question."""
    words = part.split()
    found = re.search(r"[\s-]+".join(map(re.escape, words)), draft.question, re.I) if len(words) > 1 else None
    return found[0] if found is not None else part


def _leave_full_counts(draft: Draft) -> None:
    """ "The three segments": all that there are, so that the number says nothing."""
    for ahead, c, noun in list(zip(draft.cs, draft.cs[1:], draft.cs[2:], strict=False)):
        told = ahead.text.lower() in ("the", "our", "of the", "for the", "by the", "each of the") or ahead.is_("by")
        grouped = told and noun.dimension and noun.plural and not noun.word.values
        if grouped and c.number is not None and c.number == len(draft.around.known(noun.dimension)):
            draft.cs.remove(c)


def _done_by(draft: Draft) -> None:
    """ "orders shipped by first class", "sales by corporate customers": by a value is not by a group."""
    for i, (by, c) in enumerate(zip(draft.cs, draft.cs[1:], strict=False)):
        one = bool(c.word.values) and not c.metric and not c.dimension
        after = draft.chunk(draft.next(i + 1))
        grouped = noun_of_kind(draft, i + 1) is not None or _tells_one(draft, i + 1)
        if by.text.lower() == "by" and one and not grouped and (after is None or not after.is_("and", "or", "vs")):
            by.grammar = (Meaning("prep"),)


def _behind_values(draft: Draft, j: int) -> int:
    """The place of the noun behind one value or several: "European" or "corporate German" customers."""
    while j + 1 < len(draft.cs) and draft.cs[j].word.values and not (draft.cs[j].key or draft.cs[j].metric):
        j += 1
    return j


def _tells_one(draft: Draft, j: int) -> bool:
    """ "Sales by Technology customer": each of them, unlike "by corporate customers", who all did it."""
    noun = draft.cs[_behind_values(draft, j)]
    return bool(noun.dimension) and not noun.plural and not any(d == noun.dimension for d, _ in draft.cs[j].word.values)


def noun_of_kind(draft: Draft, j: int) -> int | None:
    """The place of the groups in "each Technology subcategory", "by German state", behind what says which of them."""
    k = _behind_values(draft, j)
    noun = draft.cs[k]
    if k == j or not noun.dimension or noun.word.values or (noun.plural and draft.entity(noun)):
        return None
    kinds = [{d for d, _ in c.word.values} - {noun.dimension} for c in draft.cs[j:k]]
    homes = [m.dimensions for m in draft.layer.models.values() if noun.dimension in m.dimensions]
    return k if any(all(kind & set(home) for kind in kinds) for home in homes) else None


def _told_value(draft: Draft, text: str) -> list[tuple[str, str]]:
    """A value in quotes of a column whose values count only beside its name, where the question names it."""
    plain = draft.around.lexicon.business.get(phrase_key(text))
    found = list(plain.values) if plain is not None else []
    for o in draft.cs if not found else ():
        names = [draft.layer.dimensions[o.dimension].label] if o.dimension else []
        word = next((w for n in names if (w := draft.around.lexicon.business.get(phrase_key(f"{text} {n}")))), None)
        found += [pair for pair in (word.values if word is not None else ()) if pair[0] == o.dimension]
    return found


def _split_listed_nouns(draft: Draft) -> None:
    """ "products sold in more than 20 countries" lists products; "products sold by market" counts them."""
    first = next((c for c in draft.cs if c.content or not c.is_("stop", "prep")), None)
    if first is None or not first.metric or " " not in first.text or first.dimension:
        return
    mended = dict(draft.reading.mended)
    lemmas = tuple(t.lemma for t in tokenize(" ".join(mended.get(word, word) for word in first.text.split())))
    noun = draft.around.lexicon.business.get(lemmas[:1])
    rest = draft.around.lexicon.business.get(lemmas[1:]) or draft.around.lexicon.business.get(lemmas[-1:])
    done = rest is not None and (rest.verb or rest.superlative[0])
    if noun is not None and noun.dimension and done and any(c.is_("op", "never", "neg") for c in draft.cs):
        first.word, first.text, first.plural = noun, first.text.split()[0], True


def _unknown_runs(draft: Draft) -> None:
    """Words that nothing explains, in a row: perhaps the name of a product or of a person."""
    i = 0
    while i < len(draft.cs):
        j = i
        while j < len(draft.cs) and (_name_like(draft.cs[j]) or (j > i and _ends_a_name(draft, j))):
            j += 1
        if j > i and any(not c.content and not c.grammar for c in draft.cs[i:j]):
            for end in range(j, i, -1):
                text = " ".join(c.text for c in draft.cs[i:end]).replace(" ,", ",")
                found = draft.around.lookup(text)
                if found:
                    first = draft.cs[i]
                    first.text, first.grammar, first.number = text, (), None
                    first.word = replace(first.word, kind="word", metric="", dimension="", values=tuple(found))
                    del draft.cs[i + 1 : end]
                    break
        i = max(j, i + 1)


def _ends_a_name(draft: Draft, j: int) -> bool:
    """The comma before the number of a model: "Cuisinart Blender, K113"."""
    if draft.cs[j].text != "," or j + 1 == len(draft.cs):
        return False
    return re.fullmatch(r"[A-Z]+-?\d+", draft.cs[j + 1].text) is not None


def _name_like(c: Chunk) -> bool:
    return (not c.content and not c.grammar) or bool(
        c.text[:1].isupper()
        and c.token is not None
        and c.token.kind == "word"
        and not c.period
        and not c.is_("q", "count", "much")
    )


def refuse_unknown(draft: Draft) -> None:
    """Ask back on a word that nothing explains."""
    for c in draft.cs:
        if not c.content and not c.grammar and c.token is not None and c.token.kind != "symbol":
            if _part_of_a_name(draft, c):
                continue
            raise UnknownWordError(c.text)


def _part_of_a_name(draft: Draft, c: Chunk) -> bool:
    """ "Canon products": a word that names of products hold, beside their noun."""
    i = draft.cs.index(c)
    for j in (i + 1, i - 1, i - 2):
        entity = draft.entity(draft.cs[j]) if 0 <= j < len(draft.cs) else None
        name = draft.layer.name_of(entity.identifies) if entity is not None else None
        if name is not None and name.pii == "none" and draft.around.contains(name.name, c.text):
            c.used = True
            c.word = replace(c.word, kind="word")
            draft.filters.append(Filter(name.name, "contains", (c.text,)))
            return True
    return False


def refuse_personal(draft: Draft) -> None:
    """Refuse personal columns that the role does not see."""
    for c in draft.cs:
        dimension = draft.layer.dimensions.get(c.dimension)
        if dimension is not None and dimension.pii != "none" and dimension.pii not in draft.around.clear:
            if dimension.fold_below:
                continue
            raise RefusedError(f"{dimension.label.lower()} is personal, and your role does not see it")


def _resolved(draft: Draft, c: Chunk) -> Filter:
    """The one column that a value belongs to."""
    options = list(c.word.values)
    before = {f.dimension for f in draft.before.filters} if draft.before is not None else set()
    if any(d in before for d, _ in options):  # "and Canada?" after a market
        options = [o for o in options if o[0] in before]
    if len(options) > 1:
        options = [o for i, o in enumerate(options) if not any(draft.around.same_rows(o, p) for p in options[:i])]
    by_dimension: dict[str, list[str]] = {}
    for dimension, value in options:
        by_dimension.setdefault(dimension, []).append(value)
    if len(by_dimension) > 1:
        named = [d for d in by_dimension if any(o.dimension == d for o in draft.cs)]
        if len(named) == 1:
            by_dimension = {named[0]: by_dimension[named[0]]}
    if len(by_dimension) > 1:
        choices = [
            with_instead(draft, c, f"{draft.layer.dimension(d).label.lower()} {values[0]}")
            for d, values in by_dimension.items()
        ]
        places = " and a ".join(draft.layer.dimension(d).label.lower() for d in by_dimension)
        raise UnclearError(f"“{c.text}” is a {places}: which one do you mean?", choices)
    dimension, values = next(iter(by_dimension.items()))
    return Filter(dimension, "in", tuple(values))


def with_instead(draft: Draft, c: Chunk, words: str) -> str:
    """The question with other words in the place of a chunk."""
    found = draft.question.lower().find(c.text.lower())
    if found < 0:
        return f"{draft.question} ({words})"
    return draft.question[:found] + words + draft.question[found + len(c.text) :]


def open_values(draft: Draft) -> list[tuple[int, Filter]]:
    """The values that no rule has used yet, with their places."""
    if not draft.value_chunks:
        for i, c in enumerate(draft.cs):
            if c.word.values and not c.used and not _is_inert(draft, i):
                draft.value_chunks.append((i, resolved_within(draft, c)))
            elif c.filter is not None and not c.used:
                draft.value_chunks.append((i, c.filter))
    return draft.value_chunks


def _is_inert(draft: Draft, i: int) -> bool:
    """A word that can be a value, and is a metric, a date's verb or a dimension where it stands."""
    c = draft.cs[i]
    return bool(c.metric)


def resolved_within(draft: Draft, c: Chunk) -> Filter:
    """The filter of a value; one of several parents is asked back."""
    f = _resolved(draft, c)
    dimension = draft.layer.dimensions[f.dimension]
    if not dimension.within or len(f.values) != 1:
        return f
    if any(o.dimension == dimension.within for o in draft.cs):
        return f
    given: dict[str, list[str]] = {}
    for o in draft.cs:
        if o is not c and o.word.values and not o.metric:
            for d, v in o.word.values:
                given.setdefault(d, []).append(v)
    parents = draft.around.parents(f.dimension, str(f.values[0]), given)
    if len(parents) > 1:
        above = draft.layer.dimensions[dimension.within].label.lower()
        where = f"{dimension.label.lower()} {f.values[0]}"
        choices = [with_instead(draft, c, f"{where} in the {above} {p}") for p in parents]
        choices.append(with_instead(draft, c, f"{where} in all {above}s"))
        several = f"{f.values[0]} is a {dimension.label.lower()} of several {above}s ({', '.join(parents)})"
        raise UnclearError(f"{several}: which one do you mean?", choices)
    return f


def merged(filters: Iterable[Filter]) -> list[Filter]:
    """Values of one dimension together."""
    found: list[Filter] = []
    for f in filters:
        same = next(
            (
                o
                for o in found
                if o.dimension == f.dimension and o.operator == f.operator and f.operator in ("in", "not_in")
            ),
            None,
        )
        if same is not None:
            found[found.index(same)] = replace(same, values=tuple(dict.fromkeys((*same.values, *f.values))))
        else:
            found.append(f)
    return found
