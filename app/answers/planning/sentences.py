"""What is asked, told from what is only said around it: sentences before a question, clauses that lead to it, asides.

People tell why they ask: "We're reviewing discounts this afternoon. What was the average discount in 2024?" Nothing is
left aside that says what the question does not: a value, a period, a number or a restriction that stands elsewhere is
brought into the question where a word points back to it ("there", "in that quarter"), else it is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.answers.planning.draft import Surroundings
from app.answers.planning.outcome import Planned, PlanOf, UnclearError, planned_or_none, trimmed
from app.answers.reading import Chunk, read
from app.answers.vocabulary.around import (
    ASKS,
    BRACKET,
    CHANGES_NOTHING,
    CHANGES_NOTHING_AT_ALL,
    CLAUSE,
    DOES_NOT_MATTER,
    EACH_OF_THEM,
    END,
    FOR_EXAMPLE,
    LEAD,
    LIMITS,
    OF_REMARKS,
    OF_THE_DAY,
    PART_AHEAD,
    POINTS_BACK,
    RHETORICAL,
    TELLS_WHICH,
    THAT_TIME,
    THEM,
    THERE,
    TITLE,
    TOPIC,
    WHAT_FOR,
    WHOLE_TIME,
)

RUNNING = "cumulative_"
FEWEST_WORDS = 3  # of a question
MOST_WORDS = 6  # of a title


@dataclass(frozen=True)
class _Said:
    """What a piece of text says that a question must not lose."""

    values: tuple[tuple[str, frozenset[tuple[str, str]]], ...]
    periods: tuple[tuple[str, object], ...]
    numbers: tuple[float, ...]
    groups: tuple[str, ...]


def plan_of_what_is_asked(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of what is asked in a text that says more than that; None where it says no more.

    Raises UnclearError where what is said around the question could belong to it.
    """
    asked, aside = _asked(question, around)
    if asked is None or asked == question.strip():
        return None
    planned = plan_of(asked)
    for name in _groups(asked, around):
        if name not in planned.plan.dimensions:
            raise UnclearError(f"by {around.layer.dimension(name).label.lower()} as well?")
    note = f"left aside “{' '.join(aside)}”"
    return replace(planned, notes=(*planned.notes, note)) if aside else planned


def plan_of_titled(question: str, plan_of: PlanOf, around: Surroundings) -> Planned | None:
    """The plan of a question with a title: "Dead articles: how many products were never sold?". None for others.

    A title says nothing that the question does not say again: no value, period or number, and no group or thing that
    is counted; an adjective of one ("loyal customers") may only be told anew in the question.
    """
    match = TITLE.match(question)
    if (
        match is None
        or PART_AHEAD.match(match["title"])
        or ASKS.match(match["title"])
        or len(match["title"].split()) > 6
    ):
        return None
    title, asked = match["title"], match["asked"]
    chunks, others = _chunks(title, around), _chunks(asked, around)
    known = {c.metric for c in others if c.metric} | {c.key for c in others if c.key}
    told = [c for c in chunks if (c.metric or c.key) and not c.word.values]
    if any(c.is_("neg", "by", "op", "rank", "share", "average", "vs") for c in chunks):
        return None
    if any(not ({c.metric, c.key} - {""}) & known for c in told):
        return None
    described = len(told) < len([c for c in chunks if c.content or not c.grammar])
    if told and described and TELLS_WHICH.search(asked) is None:
        return None
    _check_carried(title, asked, around)
    planned = planned_or_none(asked, plan_of)
    return None if planned is None else replace(planned, notes=(*planned.notes, f"left aside “{title}”"))


def tells_around(question: str) -> bool:
    """Whether something is said ahead of what is asked, in a sentence of its own."""
    sentences = _sentences(question.strip())
    return len(sentences) > 1 and not _is_asking(sentences[0]) and any(map(_is_asking, sentences))


def _sentences(text: str) -> list[str]:
    return [part for part in END.split(text) if part.strip()]


def _is_asking(sentence: str) -> bool:
    told = sentence.rstrip().endswith("?") or ASKS.match(sentence) or LEAD.match(sentence.strip())
    return bool(told) and len(sentence.split()) >= FEWEST_WORDS


def _asked(question: str, around: Surroundings) -> tuple[str | None, list[str]]:
    """What is asked in a text, in one sentence, and what was left aside; None where that cannot be told."""
    aside: list[str] = []
    sentences = _sentences(BRACKET.sub(lambda found: _bracket(found, around, aside), question.strip()))
    asking = [i for i, part in enumerate(sentences) if _is_asking(part)]
    if not asking and len(sentences) > 1 and len(sentences[-1].split()) >= FEWEST_WORDS:
        asking = [len(sentences) - 1]  # "Critical orders have to be fast. Share of those that took a week, by market"
    if not asking:
        return None, []
    leads_on = len(asking) > 1 and _is_leading_on(sentences[asking[0]], sentences[asking[1]], around)
    first = asking[1] if leads_on else asking[0]
    before, asked, after = sentences[:first], sentences[first].strip(), sentences[first + 1 :]
    lead = LEAD.match(asked)
    if lead is not None and _leads(lead["lead"], around):
        before, asked = [*before, lead["lead"]], lead["asked"]
    asked, before = _with_topics(trimmed(asked), before, around)
    if before:
        asked = _with_what_it_points_to(asked, " ".join(before), around)
    asked = _with_remarks(asked, after, around)
    for part in before:
        _check_carried(part, asked, around)
    if before and POINTS_BACK.search(asked) and not POINTS_BACK.search(" ".join(before)):
        return None, []
    return asked, [*before, *aside]


def _leads(clause: str, around: Surroundings) -> bool:
    """ "I hate surprises, so", "quick one:": what only leads to a question, unlike "for each segment,"."""
    if PART_AHEAD.match(clause) or ASKS.match(clause):
        return False
    return bool(CLAUSE.match(clause)) or _says_nothing(clause, around) or _tells_what_for(clause, around)


def _tells_what_for(clause: str, around: Surroundings) -> bool:
    """ "For a campaign:", "for my talk on Monday:": neither a value nor a period, a figure or a group."""
    if not WHAT_FOR.match(clause):
        return False
    chunks = _chunks(re.sub(r"\w+-\w+", " ", OF_THE_DAY.sub(" ", clause)), around)
    told = (c for c in chunks if c.word.values or c.period or c.number is not None or c.metric or c.key)
    return not any(told) and not any(c.is_("neg", "op", "vs") for c in chunks)


def _is_leading_on(sentence: str, asked: str, around: Surroundings) -> bool:
    """ "Are Same Day orders returned more often? Return rate per ship mode": it only leads to the one that is meant."""
    if not RHETORICAL.match(sentence):
        return False
    chunks, groups = _chunks(sentence, around), {c.dimension for c in _chunks(asked, around) if c.dimension}
    told = [c for c in chunks if c.word.values and not c.metric]
    return not any(c.period or c.number is not None for c in chunks) and all(
        any(d in groups for d, _ in c.word.values) for c in told
    )


def _bracket(found: re.Match[str], around: Surroundings, aside: list[str]) -> str:
    """What is read instead of a bracket: nothing where it says nothing, else the bracket."""
    inner = found[1].strip()
    rest = f"{found.string[: found.start()]} {found.string[found.end() :]}"
    aside_said = FOR_EXAMPLE.search(inner) or DOES_NOT_MATTER.search(inner) or _says_nothing(inner, around)
    if aside_said or _names_columns(inner, rest, around):
        aside.append(f"({inner})")
        return ""
    return found[0]


def _names_columns(inner: str, rest: str, around: Surroundings) -> bool:
    """ "(country, this year's sales)": a list of what the question shows anyway."""
    chunks, others = _chunks(inner, around), _chunks(rest, around)
    if any(c.number is not None or (c.word.values and not c.metric) or not (c.content or c.grammar) for c in chunks):
        return False
    if any(c.is_("by", "op", "neg", "rank", "share", "average", "growth", "ratio", "vs") for c in chunks):
        return False
    known = {_figure(c.metric or c.word.verb) for c in others}
    known |= {around.layer.main_metric.name} if any(c.text.lower() == "sold" for c in others) else set()
    figures = {_figure(c.metric) for c in chunks if c.metric and not c.dimension}
    keys = {c.key for c in chunks if c.key}
    periods = {c.period.period for c in chunks if c.period}
    runs = any(c.is_("running") or c.metric.startswith(RUNNING) for c in chunks)
    return (
        len(figures) + len(keys) > 1
        and figures <= known
        and keys <= {c.key for c in others}
        and periods <= {c.period.period for c in others if c.period}
        and (not runs or any(c.is_("running") for c in others))
    )


def _figure(name: str) -> str:
    return name.removeprefix(RUNNING)


def _with_topics(asked: str, before: list[str], around: Surroundings) -> tuple[str, list[str]]:
    """A question with what "let's look at Germany" ahead of it tells, and the sentences that are no such."""
    left = []
    for part in before:
        topic = TOPIC.match(part)
        chunks = _chunks(OF_THE_DAY.sub(" ", part[topic.end() :]), around) if topic is not None else []
        told = [c for c in chunks if c.content]
        plain = told and all((c.word.values and not c.metric and not c.filter) or c.period for c in told)
        if plain and not any(c.is_("neg", "or", "vs") or (not c.content and not c.grammar) for c in chunks):
            named = " and ".join(c.text for c in told if not c.period)
            if named:
                asked = THERE.sub(f"in {named}", asked) if THERE.search(asked) else f"{asked} for {named}"
            asked += "".join(f" in {c.text}" for c in told if c.period)
        else:
            left.append(part)
    return asked, left


def _with_remarks(asked: str, remarks: list[str], around: Surroundings) -> str:
    """A question with what is said behind it, but for remarks that change nothing."""
    for remark in remarks:
        if CHANGES_NOTHING_AT_ALL.match(remark):
            continue
        kept = [part for part in re.split(r",\s+", OF_REMARKS.sub("", remark.strip().rstrip(".!? "))) if part]
        if not any(c.period for c in _chunks(asked, around)):
            whole = WHOLE_TIME.fullmatch(", ".join(kept))
            kept = [] if whole else [part for part in kept if not WHOLE_TIME.fullmatch(part)]
        kept = [part for part in kept if not CHANGES_NOTHING.fullmatch(part)]
        if kept:
            asked = f"{asked}, {', '.join(kept)}"
    return asked


def _with_what_it_points_to(asked: str, before: str, around: Surroundings) -> str:
    """A question with "there", "that year" and "them" told by what stands before it, where that is one thing."""
    said = _said(OF_THE_DAY.sub(" ", before), around)
    if len(said.periods) == 1:
        asked = THAT_TIME.sub(f"in {said.periods[0][0]}", asked)
    if said.values and all(around.layer.dimension(d).expr.isidentifier() for _, pairs in said.values for d, _ in pairs):
        named = " and ".join(text for text, _ in said.values)
        asked = THERE.sub(f"in {named}", asked)
        asked = THEM.sub(lambda found: f"{found['prep']} {named}", asked)
    if len(said.groups) == 1:
        asked = EACH_OF_THEM.sub(f" by {said.groups[0]} ", asked)
    return asked


def _check_carried(part: str, asked: str, around: Surroundings) -> None:
    """Raise UnclearError where a part that is to be left aside says what the question does not."""
    kept = _said(asked, around)
    said = _said(OF_THE_DAY.sub(" ", part) if kept.periods else part, around)  # "today" may be the time of a question
    pairs = {pair for _, pairs in kept.values for pair in pairs}
    periods = {period for _, period in kept.periods}
    lost = [text for text, meant in said.values if not meant & pairs]
    lost += [text for text, period in said.periods if period not in periods]
    lost += [f"{number:g}" for number in said.numbers if number not in kept.numbers]
    limits = LIMITS.search(OF_THE_DAY.sub(" ", part))
    if lost or limits is not None:
        what = lost[0] if lost else part.strip(" .!?,")
        raise UnclearError(f"is “{what}” a part of the question? Please say it in one sentence with what you ask")


def _says_nothing(text: str, around: Surroundings) -> bool:
    bare = OF_THE_DAY.sub(" ", text)
    plain = not any(c.content or c.is_("neg", "by", "op") for c in _chunks(bare, around))
    return plain and len(text.split()) > 2 and LIMITS.search(bare) is None


def _said(text: str, around: Surroundings) -> _Said:
    chunks = _chunks(text, around)
    values = {c.text: frozenset(c.word.values) for c in chunks if c.word.values and not c.metric and not c.filter}
    return _Said(
        tuple(values.items()),
        tuple({c.text: c.period.period for c in chunks if c.period is not None}.items()),
        tuple(c.number for c in chunks if c.number is not None and c.text.lower() != "one"),
        tuple(dict.fromkeys(c.text for c in chunks if c.dimension and not c.word.values)),
    )


def _groups(asked: str, around: Surroundings) -> list[str]:
    """The groups that are listed after a comma or an "and", as in "country, city and orders"."""
    chunks = _chunks(asked, around)
    triples = zip(chunks, chunks[1:], chunks[2:], strict=False)
    listed = [c for ahead, c, after in triples if ahead.is_("and", "stop") and after.is_("and")]
    return [c.dimension for c in listed if c.dimension and not c.word.values and not c.metric]


def _chunks(text: str, around: Surroundings) -> list[Chunk]:
    return read(text, around.lexicon, around.newest, around.oldest).chunks
