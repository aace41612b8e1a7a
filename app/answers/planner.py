"""The offline planner: a question becomes a plan by rules, or it is asked back, or refused. It never guesses.

Each rule takes the chunks that it understands and marks them as used. What no rule has used must be mere grammar;
a business word, a number or a comparison left over means that the question was not understood.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.answers.layer import Dimension, Layer, Metric
from app.answers.lexicon import Lexicon
from app.answers.periods import previous, whole, year_ago
from app.answers.plan import GRAINS, Cohort, Filter, Having, Period, Plan, Term
from app.answers.reading import Chunk, Reading, read
from app.answers.words import tokenize

TOP = 10
COMPARATIVES = {"more", "better", "higher", "bigger", "larger", "greater", "fewer", "worse", "lower", "smaller", "less"}
SUPERLATIVE_N = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
PASSIVE = ("ordered", "bought", "purchased", "placed", "made", "returned")
IGNORED = (
    "stop",
    "prep",
    "and",
    "q",
    "rel",
    "follow",
    "entityless",
    "much",
    "exist",
    "of_total",
    "by",
    "count",
    "zero",
    "once",
    "times",
    "vs",
    "compare",
    "trend",
    "sort",
    "recurring",
)
MUST = (
    "ordinal",
    "rank",
    "share",
    "growth",
    "neg",
    "never",
    "average",
    "op",
    "yoy",
    "running",
    "or",
    "grain",
    "part",
    "negative",
    "positive",
    "after_number",
    "repeat",
    "why",
    "vs",
    "compare",
    "sort",
    "trend",
    "recurring",
    "once",
    "times",
    "by",
    "zero",
    "count",
)


class UnclearError(Exception):
    """The question can be read in several ways, or a part of it not at all: what to ask back, with choices."""

    def __init__(self, message: str, choices: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.choices = tuple(choices)


class RefusedError(Exception):
    """The question cannot be answered from the data: why."""


@dataclass(frozen=True)
class Planned:
    """A plan, how sure the planner is (0 to 1), and which readings it took."""

    plan: Plan
    confidence: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What the planner needs to know beside the question. `same_rows` tells whether two values pick the same rows,
    `parents` in which values of the dimension above a value lies, `lookup` finds long names and ids."""

    layer: Layer
    lexicon: Lexicon
    newest: dt.date
    oldest: dt.date
    same_rows: Callable[[tuple[str, str], tuple[str, str]], bool] = lambda _a, _b: False
    parents: Callable[[str, str, Mapping[str, Sequence[str]]], Sequence[str]] = lambda _d, _v, _f: ()
    lookup: Callable[[str], Sequence[tuple[str, str]]] = lambda _text: ()
    contains: Callable[[str, str], bool] = lambda _dimension, _text: False
    clear: frozenset[str] = frozenset()


def make_plan(question: str, surroundings: Surroundings, before: Plan | None = None) -> Planned:
    """The plan of a question; `before` is the plan of the one that it follows.

    Raises UnclearError to ask back, RefusedError when the data cannot answer.
    """
    reading = read(question, surroundings.lexicon, surroundings.newest, surroundings.oldest)
    return _Planner(question, reading, surroundings, before).plan()


@dataclass
class _Threshold:
    term: Term
    operator: str
    values: tuple[float, ...]
    at: int
    average: bool = False
    growth: bool = False


@dataclass
class _Rank:
    at: int
    descending: bool
    limit: int | None
    offset: int = 0
    metric: str = ""
    target: str = ""


class _Planner:
    """One question on its way to a plan."""

    def __init__(self, question: str, reading: Reading, around: Surroundings, before: Plan | None) -> None:
        self.question = question
        self.reading = reading
        self.cs = reading.chunks
        self.around = around
        self.layer = around.layer
        self.before = before
        self.notes: list[str] = [f"read “{wrong}” as “{right}”" for wrong, right in reading.mended]
        self.confidence = 1.0 - 0.05 * len(reading.mended)
        self.terms: list[Term] = []
        self.dimensions: list[str] = []
        self.per: list[str] = []
        self.filters: list[Filter] = []
        self.periods: list[Period] = []
        self.split = False
        self.time = ""
        self.cohorts: list[Cohort] = []
        self.having: list[Having] = []
        self.thresholds: list[_Threshold] = []
        self.ranks: list[_Rank] = []
        self.compare = ""
        self.base: Period | None = None
        self.growth = ""
        self.share = False
        self.running = False
        self.aggregate = ""
        self.over = ""
        self.order: list[tuple[str, bool]] = []
        self.limit: int | None = None
        self.offset = 0
        self.missing = False
        self.listing = ""
        self.counted = False
        self.value_chunks: list[tuple[int, Filter]] = []
        self.compared: list[str] = []
        self.part: list[Filter] = []
        self.share_at = 0
        self.found: list[Chunk] = []

    def plan(self) -> Planned:
        self._refuse_early()
        self._values()
        self._unknown()
        self._personal()
        self._times()
        self._thresholds()
        self._ranks()
        self._groups()
        self._heads()
        self._negations()
        self._counts()
        self._aggregates()
        self._shares()
        self._growth()
        self._comparisons()
        self._metrics()
        self._subject()
        self._filters()
        if self._follows():
            return self._followed()
        self._finish_terms()
        self._apply_thresholds()
        self._apply_ranks()
        self._check_all_used()
        plan = self._make()
        self._check_periods(plan)
        return Planned(plan, round(max(0.3, self.confidence), 2), tuple(self.notes))

    # looking around

    def _next(self, i: int, *skip: str, step: int = 1) -> int | None:
        """The place of the next chunk that is not mere filling."""
        skip = skip or ("stop", "prep")
        j = i + step
        while 0 <= j < len(self.cs):
            c = self.cs[j]
            if c.content or not c.is_(*skip):
                return j
            j += step
        return None

    def _chunk(self, i: int | None) -> Chunk | None:
        return None if i is None else self.cs[i]

    def _metric(self, name: str) -> Metric:
        return self.layer.metrics[name]

    def _entity_dim(self, c: Chunk) -> Dimension | None:
        if not c.dimension:
            return None
        dimension = self.layer.dimensions[c.dimension]
        return dimension if dimension.identifies else None

    def _about(self, entity: str) -> Metric | None:
        return next((m for m in self.layer.metrics.values() if m.meta.get("about") == entity), None)

    # what cannot be answered at all

    def _refuse_early(self) -> None:
        for trouble in self.reading.troubles:
            raise UnclearError(trouble.message)
        for c in self.cs:
            if c.word.kind:
                continue
            if c.is_("unsupported") and not c.is_("growth", "rank"):
                raise RefusedError(f"I cannot answer questions about {c.payload('unsupported')}")
            if c.is_("foreign") and not c.is_("grain"):
                raise RefusedError(f"the data does not say anything about “{c.text}”")

    # values

    def _values(self) -> None:
        """Quoted text, ids and long names are looked up; a value of several columns is told apart or asked about."""
        for c in self.cs:
            if c.token is not None and c.token.kind in ("quoted", "id") and not c.word.kind:
                found = self.around.lookup(c.text)
                if not found:
                    raise RefusedError(f"there is no “{c.text}” in the data that you may see")
                c.word = replace(c.word, kind="word", values=tuple(found))
        for c in self.cs:
            dimension = self.layer.dimensions.get(c.dimension)
            if c.word.values and dimension is not None and dimension.pii not in ("none", *self.around.clear):
                c.word = replace(c.word, dimension="")
        for i, c in enumerate(self.cs):
            noun = (
                self.around.lexicon.business.get(tuple(t.lemma for t in tokenize(c.text)[:1]))
                if " " in c.text and c.metric
                else None
            )
            if noun is not None and noun.dimension and i and self.cs[i - 1].text.lower() in ("which", "what"):
                c.word, c.text = noun, c.text.split()[0]
        for i, c in enumerate(self.cs):
            first = self.around.lexicon.business.get((c.text.lower().split()[0],)) if " " in c.text else None
            ahead = self.cs[i - 1] if i else None
            if (
                (
                    c.metric
                    and first is not None
                    and first.values
                    and ahead is not None
                    and ahead.is_("prep", "neg")
                    and not ahead.content
                )
                and any(o.metric and not self._entity_dim(o) for o in self.cs[:i])
                and self._metric(c.metric).meta.get("about")
            ):
                c.word = replace(c.word, metric="", values=first.values)
        self._unknown_runs()

    def _unknown_runs(self) -> None:
        """Words that nothing explains, in a row: perhaps the name of a product or of a person."""
        i = 0
        while i < len(self.cs):
            j = i
            while j < len(self.cs) and self._name_like(self.cs[j]):
                j += 1
            if j > i and any(not c.content and not c.grammar for c in self.cs[i:j]):
                for end in range(j, i, -1):
                    text = " ".join(c.text for c in self.cs[i:end])
                    found = self.around.lookup(text)
                    if found:
                        first = self.cs[i]
                        first.text, first.grammar, first.number = text, (), None
                        first.word = replace(first.word, kind="word", metric="", dimension="", values=tuple(found))
                        del self.cs[i + 1 : end]
                        break
            i = max(j, i + 1)

    def _name_like(self, c: Chunk) -> bool:
        return (not c.content and not c.grammar) or bool(
            c.text[:1].isupper()
            and c.token is not None
            and c.token.kind == "word"
            and not c.period
            and not c.is_("q", "count", "much")
        )

    def _unknown(self) -> None:
        for c in self.cs:
            if not c.content and not c.grammar and c.token is not None and c.token.kind != "symbol":
                if self._part_of_a_name(c):
                    continue
                raise UnclearError(f"I do not know the word “{c.text}”")

    def _part_of_a_name(self, c: Chunk) -> bool:
        """ "Canon products": a word that names of products hold, beside their noun."""
        i = self.cs.index(c)
        for j in (i + 1, i - 1, i - 2):
            entity = self._entity_dim(self.cs[j]) if 0 <= j < len(self.cs) else None
            name = self.layer.name_of(entity.identifies) if entity is not None else None
            if name is not None and name.pii == "none" and self.around.contains(name.name, c.text):
                c.used = True
                c.word = replace(c.word, kind="word")
                self.filters.append(Filter(name.name, "contains", (c.text,)))
                return True
        return False

    def _personal(self) -> None:
        for c in self.cs:
            dimension = self.layer.dimensions.get(c.dimension)
            if dimension is not None and dimension.pii != "none" and dimension.pii not in self.around.clear:
                if dimension.fold_below:
                    continue
                raise RefusedError(f"{dimension.label.lower()} is personal, and your role does not see it")

    def _resolve(self, c: Chunk) -> Filter:
        """The one column that a value belongs to."""
        options = list(c.word.values)
        if len(options) > 1:
            options = [o for i, o in enumerate(options) if not any(self.around.same_rows(o, p) for p in options[:i])]
        by_dimension: dict[str, list[str]] = {}
        for dimension, value in options:
            by_dimension.setdefault(dimension, []).append(value)
        if len(by_dimension) > 1:
            named = [d for d in by_dimension if any(o.dimension == d for o in self.cs)]
            if len(named) == 1:
                by_dimension = {named[0]: by_dimension[named[0]]}
        if len(by_dimension) > 1:
            choices = [
                self._instead(c, f"{self.layer.dimension(d).label.lower()} {values[0]}")
                for d, values in by_dimension.items()
            ]
            places = " and a ".join(self.layer.dimension(d).label.lower() for d in by_dimension)
            raise UnclearError(f"“{c.text}” is a {places}: which one do you mean?", choices)
        dimension, values = next(iter(by_dimension.items()))
        return Filter(dimension, "in", tuple(values))

    def _instead(self, c: Chunk, words: str) -> str:
        """The question with other words in the place of a chunk."""
        found = self.question.lower().find(c.text.lower())
        if found < 0:
            return f"{self.question} ({words})"
        return self.question[:found] + words + self.question[found + len(c.text) :]

    # time

    def _times(self) -> None:
        for i, c in enumerate(self.cs):
            if c.word.time and not c.word.values and not c.metric and not (c.word.verb or c.dimension):
                before = self._chunk(self._next(i, "stop", step=-1))
                if before is not None and before.is_("by") and not before.used and c.word.time in self.layer.dimensions:
                    c.grammar = (*c.grammar,)
                c.used = True
                if self._dates(i):
                    self.time = c.word.time
        if self.time == self.layer.main.default_time:
            self.time = ""
        found = [c for c in self.cs if c.period is not None]
        for c in found:
            c.used = True
        for i, c in enumerate(self.cs):
            after = self._chunk(self._next(i, "stop"))
            if c.text.lower() in ("over", "within", "under") and after is not None and after.period is not None:
                c.used = True
        self.found = found
        self.periods = list(dict.fromkeys(c.period.period for c in found if c.period))
        for c in self.cs:
            if c.period and c.period.kind == "month" and c.period.no_year:
                every = any(
                    o.is_("by") and (n := self._chunk(self._next(j))) is not None and n.grain == "@year"
                    for j, o in enumerate(self.cs)
                )
                yearly = any(o.grain == "@year" and not o.used for o in self.cs)
                if every or yearly:
                    self.filters.append(Filter("@month_of_year", "in", (_month_name(c.period.month),)))
                    self.periods.remove(c.period.period)
                else:
                    self.notes.append(f"{_month_name(c.period.month)} means {c.period.period.label}")
                    self.confidence -= 0.05
        for i, c in enumerate(self.cs):
            if c.filter is not None and not c.used:
                c.used = True
                other = next((f for f in self.filters if f.dimension == c.filter.dimension), None)
                if other:
                    self.filters.remove(other)
                    self.filters.append(replace(other, values=(*other.values, *c.filter.values)))
                else:
                    self.filters.append(c.filter)
            if c.is_("recurring") and not c.used and not c.is_("part"):
                by = self._chunk(self._next(i, "stop", step=-1))
                if by is not None and by.is_("by"):
                    continue
                c.used = True
                self.filters.append(Filter("@day_type", "in", (c.payload("recurring"),)))
        if sum(1 for f in self.filters if f.dimension == "@day_type") > 1:
            self.filters = [f for f in self.filters if f.dimension != "@day_type"]
            self.dimensions.append("@day_type")

    def _dates(self, i: int) -> bool:
        """Whether a verb such as "shipped" says by which date, and is no mere part of "shipped first class"."""
        c = self.cs[i]
        if c.text.lower() not in self.layer.dimensions[c.word.time].verbs:
            return True
        after = self._chunk(self._next(i, "stop", "prep", "by"))
        return after is not None and bool(after.period or after.grain or after.filter)

    # thresholds

    def _thresholds(self) -> None:
        for i, c in enumerate(self.cs):
            if c.used:
                continue
            if c.is_("op") and not c.period:
                self._threshold(i)
        for i, c in enumerate(self.cs):
            if c.number is not None and not c.used:
                after = self._chunk(self._next(i, "stop"))
                j = self._next(i, "stop")
                noun = None
                if after is not None and after.content and not after.is_("after_number") and j is not None:
                    noun, after, j = j, self._chunk(self._next(j, "stop")), self._next(j, "stop")
                if (
                    after is not None
                    and after.is_("after_number")
                    and (noun is None or self.cs[noun].metric or self.cs[noun].is_("times") or self.cs[noun].grain)
                ):
                    after.used = c.used = True
                    self._take_threshold(i, i, after.payload("after_number"), (c.number,), c.unit)
        for i, c in enumerate(self.cs):
            if c.used:
                continue
            if c.word.below_zero:
                c.used = True
                self.thresholds.append(_Threshold(Term(c.word.below_zero), "<", (0.0,), i))
            elif c.is_("negative", "positive"):
                j = self._next(i)
                if j is not None and self.cs[j].metric:
                    c.used = self.cs[j].used = True
                    self.thresholds.append(
                        _Threshold(Term(self.cs[j].metric), "<" if c.is_("negative") else ">", (0.0,), i)
                    )
            elif c.is_("once") and not c.is_("and"):
                self._take_times(i, "=", float(c.payload("once")))
            elif c.is_("repeat"):
                count = next((m for m in self.layer.metrics.values() if m.meta.get("about") == "order"), None)
                if count is not None:
                    c.used = True
                    self.thresholds.append(_Threshold(Term(count.name), ">", (1.0,), i))
                    if not any(o.dimension and self._entity_dim(o) for o in self.cs):
                        c.word = replace(
                            c.word,
                            kind="word",
                            metric="customers" if "customers" in self.layer.metrics else "",
                            dimension=next(
                                (d.name for d in self.layer.dimensions.values() if d.identifies == "customer"), ""
                            ),
                        )
                        c.used = False
                        c.grammar = ()

    def _take_times(self, i: int, operator: str, value: float) -> None:
        verb = next((c for c in reversed(self.cs[:i]) if c.word.verb or c.metric), None)
        metric = self._counting_metric(verb)
        if metric:
            self.cs[i].used = True
            self.thresholds.append(_Threshold(Term(metric), operator, (value,), i))

    def _counting_metric(self, verb: Chunk | None) -> str:
        if verb is not None and verb.word.verb and self._metric(verb.word.verb).format == "count":
            return verb.word.verb
        if verb is not None and any(v == "returned" for _, v in verb.word.values):
            verb.used = True
            about = self._about("return")
            return about.name if about else ""
        about = self._about("order")
        return about.name if about else ""

    def _threshold(self, i: int) -> None:
        c = self.cs[i]
        j = self._next(i, "stop", "prep")
        if j is None or self.cs[j].number is None or self.cs[j].period:
            return
        number = self.cs[j]
        operator = c.payload("op")
        values: tuple[float, ...] = (number.number or 0.0,)
        end = j
        if operator == "between" or (
            (self._chunk(j + 1 if j + 1 < len(self.cs) else None) or number).is_("and") and operator == "between"
        ):
            k = self._next(j, "stop", "prep", "and")
            if k is None or self.cs[k].number is None:
                return
            values = (values[0], self.cs[k].number or 0.0)
            number = self.cs[k] if not number.unit else number
            self.cs[k].used = True
            end = k
        if self._negated_before(i):
            operator = {">": "<=", "<": ">=", ">=": "<", "<=": ">"}.get(operator, operator)
        c.used = self.cs[j].used = True
        self._take_threshold(i, end, operator, values, number.unit)

    def _negated_before(self, i: int) -> bool:
        j = i - 1
        if j >= 0 and self.cs[j].is_("neg") and not self.cs[j].used and self.cs[j].text.lower() in ("not", "no"):
            self.cs[j].used = True
            return True
        return False

    def _take_threshold(self, i: int, end: int, operator: str, values: tuple[float, ...], unit: str) -> None:
        """Find what the number is compared with: the figure named after it, or before it, or an order's worth."""
        term = self._named_after(end, unit) or self._named_before(i, unit)
        if term is None:
            raise UnclearError(f"I do not see which figure should be {self._words(i, end)}")
        metric = self.layer.metrics.get(term.metric)
        average = any(c.is_("average") and c.payload("average") == "average" for c in self.cs[:i])
        if metric is not None and metric.format == "percent" and unit != "percent" and max(values) > 1:
            values = tuple(v / 100 for v in values)
        self.thresholds.append(_Threshold(term, operator, values, i, average))

    def _words(self, i: int, end: int) -> str:
        return " ".join(c.text for c in self.cs[i : end + 1])

    def _named_after(self, end: int, unit: str) -> Term | None:
        beside = self._chunk(end + 1 if end + 1 < len(self.cs) else None)
        if beside is not None and beside.is_("after_number"):
            beside = self._chunk(end + 2 if end + 2 < len(self.cs) else None)
        if beside is not None and beside.is_("times") and not unit:
            beside.used = True
            verb = next((o for o in reversed(self.cs[:end]) if o.word.verb or o.word.values), None)
            metric = self._counting_metric(verb)
            return Term(metric) if metric else None
        j = self._next(end, "stop", "prep")
        c = self._chunk(j)
        if (
            c is None
            or (unit in ("money",) and not (c.metric and self._metric(c.metric).format == "money"))
            or c.period
        ):
            return None
        if unit == "percent" and not (c.metric and self._metric(c.metric).format == "percent"):
            return None
        if c.word.payload.startswith("over:"):
            return None
        if c.metric and (self._metric(c.metric).format in ("count", "days") or unit):
            c.used = True
            c.role = "threshold"
            return Term(c.metric)
        if c.dimension and not c.metric:
            c.used = True
            return Term(distinct=c.dimension)
        if c.grain == "@day" and not unit:
            metric = self._days_metric()
            if metric:
                c.used = True
                return Term(metric)
        return None

    def _days_metric(self) -> str:
        named = next((c.metric for c in self.cs if c.metric and self._metric(c.metric).format == "days"), "")
        if named:
            for c in self.cs:
                if c.metric == named:
                    c.used = True
            return named
        times = [c.word.time for c in self.cs if c.word.time]
        for time in times:
            metric = self._duration(time)
            if metric:
                self.time = ""
                return metric
        return ""

    def _duration(self, time: str) -> str:
        """The metric in days whose measure reads a date."""
        column = self.layer.dimensions[time].expr
        for metric in self.layer.metrics.values():
            if metric.format == "days" and any(column in leaf.expr for leaf in self.layer.leaves(metric)):
                return metric.name
        return ""

    def _named_before(self, i: int, unit: str) -> Term | None:
        for j in range(i - 1, -1, -1):
            c = self.cs[j]
            if c.used and c.role != "threshold":
                if c.period:
                    continue
                continue
            if c.is_("growth") and unit in ("percent", "") and not c.word.kind:
                return None
            entity = self._entity_dim(c)
            if c.word.payload.startswith("over:"):
                c.used = True
                self.over_dimension = c.word.payload[5:]
                return Term(c.metric)
            if c.metric and entity is None:
                about = self._metric(c.metric).meta.get("about")
                listed = any(o.key and o is not c and not (o.metric and not self._entity_dim(o)) for o in self.cs[:j])
                if about and not listed and (unit == "money" or j == i - 1):
                    return Term(self.layer.main_metric.name)
                c.used = True
                c.role = "threshold"
                return Term(c.metric)
            if c.word.verb and (unit == "money" or self._metric(c.word.verb).format == "money"):
                c.used = True
                return Term(c.word.verb if self._metric(c.word.verb).format == "money" else self.layer.main_metric.name)
            if entity is not None:
                return Term(self.layer.main_metric.name)
        if unit == "money":
            return Term(self.layer.main_metric.name)
        return None

    # ranks

    def _ranks(self) -> None:
        for i, c in enumerate(self.cs):
            if c.used or c.period:
                continue
            superlative = c.word.superlative
            if c.is_("rank") and c.text.lower() not in COMPARATIVES and not self._summarises(i):
                self._rank(i)
            elif (
                superlative[0]
                and not c.is_("rank")
                and not (c.word.values and not self._superlative_context(i))
                and not (c.metric and not self._superlative_context(i))
            ):
                before = self._chunk(i - 1 if i else None)
                if before is not None and before.is_("rank") and before.role == "rank":
                    continue
                if (
                    c.text.lower().endswith(("est", "selling"))
                    or c.text.lower() in ("most " + c.text.lower(),)
                    or self._superlative_context(i)
                ):
                    self._superlative(i)

    def _summarises(self, i: int) -> bool:
        """Whether "maximum" and the like is of an order's value or of a mean, not of groups."""
        if not self.cs[i].is_("average"):
            return False
        j = self._next(i, "stop", "prep", "and", "average", "rank")
        n = self._chunk(j)
        if n is None or not n.metric:
            return False
        row = (
            self._metric(n.metric).kind == "simple"
            and self.layer.leaves(self._metric(n.metric))[0].aggregation == "average"
        )
        return n.word.payload.startswith("over:") or row

    def _superlative_context(self, i: int) -> bool:
        j = i - 1
        return j >= 0 and self.cs[j].is_("rank")

    def _rank(self, i: int) -> None:
        c = self.cs[i]
        c.used, c.role = True, "rank"
        descending = c.payload("rank") == "desc"
        rank = _Rank(i, descending, None)
        for j in (i + 1, i - 1):
            n = self._chunk(j if 0 <= j < len(self.cs) else None)
            if (
                n is not None
                and n.number is not None
                and not n.used
                and not n.unit
                and n.number == int(n.number)
                and 0 < n.number <= 1000
            ):
                n.used = True
                rank.limit = int(n.number)
                break
        if rank.limit is None:
            self._ranked_before(i, rank)
        if rank.limit is None:
            self._asked_number(i, rank)
        before = self.cs[i - 1] if i else None
        if before is not None and before.text.lower() in SUPERLATIVE_N:
            rank.offset, rank.limit = SUPERLATIVE_N[before.text.lower()] - 1, 1
            before.used = True
        following = self._next(i, "stop")
        after = self._chunk(following)
        if after is not None and after.number is not None and after.used:
            after = self._chunk(self._next(following or i, "stop"))
        if after is not None and after.word.superlative[0] and not (after.metric and after.text.lower().endswith("s")):
            after.used = True
            rank.metric = after.word.superlative[0]
            if after.word.superlative[1] == "asc":
                rank.descending = not rank.descending
            if c.text.lower() in ("least", "the least"):
                rank.descending = False
        elif after is not None and after.is_("rank"):
            return self._rank_twice(i, rank)
        elif (
            after is not None
            and after.metric
            and self._entity_dim(after) is not None
            and (rank.target or self._other_head(after.key))
        ):
            after.used, after.role = True, "rank"
            rank.metric = after.metric
        self.ranks.append(rank)
        return None

    def _other_head(self, key: str) -> bool:
        head = self._head_key()
        return bool(head) and head != key

    def _asked_number(self, i: int, rank: _Rank) -> None:
        """ "which 5 cities have the most …": how many stands before what is asked for."""
        head = self._head_key()
        for number, noun in zip(self.cs[:i], self.cs[1:i], strict=False):
            counts = number.number is not None and number.number == int(number.number) and not number.unit
            if head and noun.key == head and counts and not number.used:
                number.used = True
                rank.limit, rank.target = int(number.number or 1), head

    def _ranked_before(self, i: int, rank: _Rank) -> None:
        """ "5 products with the highest sales": what is ranked stands before, perhaps with how many."""
        j = self._next(i, "stop", step=-1)
        if (
            j is None
            or not self.cs[j].is_("prep", "rel")
            or self.cs[j].text.lower() not in ("with", "having", "that", "which", "who", "by")
        ):
            return
        if self.cs[j].text.lower() == "by":
            return
        k = self._next(j, "stop", "rel", step=-1)
        noun = self._chunk(k)
        if noun is None or k is None or not noun.key or (noun.metric and self._entity_dim(noun) is None) or noun.used:
            return
        behind = self._chunk(self._next(k, "stop", step=-1))
        if behind is not None and behind.is_("by") and not behind.is_("follow"):
            return
        rank.target = noun.key
        n = self.cs[k - 1] if k else None
        if n is not None and n.number is not None and not n.used and not n.unit and n.number == int(n.number):
            n.used = True
            rank.limit = int(n.number)

    def _rank_twice(self, i: int, rank: _Rank) -> None:
        rank.limit = rank.limit
        self.ranks.append(rank)
        j = self._next(i, "stop")
        if j is not None:
            self.cs[j].used = True
            rank.descending = self.cs[j].payload("rank") == "desc"

    def _superlative(self, i: int) -> None:
        c = self.cs[i]
        c.used, c.role = True, "rank"
        metric, direction = c.word.superlative
        rank = _Rank(i, direction == "desc", None, 0, metric)
        before = self.cs[i - 1] if i else None
        if before is not None and before.text.lower() in SUPERLATIVE_N:
            rank.offset, rank.limit = SUPERLATIVE_N[before.text.lower()] - 1, 1
            before.used = True
        for j in (i - 1, i + 1):
            n = self._chunk(j if 0 <= j < len(self.cs) else None)
            if n is not None and n.number is not None and not n.used and not n.unit and n.number == int(n.number):
                n.used = True
                rank.limit = int(n.number)
                break
        self.ranks.append(rank)

    # groups

    def _groups(self) -> None:
        """By, per, each … followed by dimensions or parts of the date; "by" and a metric say what to rank by."""
        for i, c in enumerate(self.cs):
            if c.used or not (c.is_("by") or (c.is_("grain") and c.text.lower().endswith(("ly", "annual")))):
                continue
            if c.is_("grain"):
                self._adverb(i)
                continue
            if self._passive(i):
                c.used = True
                continue
            self._by(i)
        for c in self.cs:
            if c.is_("trend") and not c.used:
                c.used = True
                if not any(d.startswith("@") for d in self.dimensions) and not any(
                    o.grain and not o.used for o in self.cs
                ):
                    self.dimensions.append(self._fitting_grain())

    def _passive(self, i: int) -> bool:
        """ "ordered by German customers": who did it, not what to group by."""
        before, after = (self.cs[i - 1] if i else None), self._chunk(self._next(i, "stop"))
        done = before is not None and before.text.lower().split()[-1] in PASSIVE
        return done and after is not None and bool(after.word.values) and not after.key

    def _adverb(self, i: int) -> None:
        c = self.cs[i]
        before, after = self._chunk(self._next(i, "stop", step=-1)), self._chunk(self._next(i, "stop"))
        if (before is not None and before.is_("average") and not before.used) or (
            after is not None and after.is_("average") and not after.used
        ):
            self.over = c.grain
            c.used = True
            return
        c.used = True
        if c.grain not in self.dimensions:
            self.dimensions.append(c.grain)

    def _by(self, i: int) -> None:
        j = self._next(i, "stop", "rank", "prep") if not self.cs[i].is_("follow") else self._next(i, "stop")
        took = False
        while j is not None:
            c = self.cs[j]
            ranked = (
                c.metric
                and not took
                and self._ranks_by(i)
                and (not self._entity_dim(c) or (c.plural and self._rank_target() not in ("", c.key)))
            )
            if c.key and not c.used and not ranked:
                if self._is_ratio_per(i, c):
                    took = True
                    break
                self._group_by(c.key)
                c.used = took = True
            elif c.metric and not took and not c.used:
                if not self._ranks_by(i) and self.before is None:
                    break
                self._rank_metric(i, c)
                took = True
                break
            elif c.is_("count") and not took and self._ranks_by(i):
                k = self._next(j)
                if k is not None and self.cs[k].metric:
                    c.used = True
                    self._rank_metric(i, self.cs[k])
                    took = True
                break
            elif c.word.time and took is False:
                c.used = True
                self.time = c.word.time if c.word.time != self.layer.main.default_time else ""
                self.dimensions.append("@day")
                took = True
            else:
                break
            k = self._next(j, "stop")
            if k is not None and self.cs[k].is_("and", "by") and not self.cs[k].content:
                n = self._next(k, "stop", "by", "and")
                if n is not None and self.cs[n].key and not self.cs[n].used and not self._starts_new(n):
                    self.cs[k].used = True
                    j = n
                    continue
            if k is not None and self.cs[k].key and not self.cs[k].metric and not self.cs[k].used and k == j + 1:
                j = k
                continue
            break
        if took:
            self.cs[i].used = True

    def _starts_new(self, n: int) -> bool:
        c = self.cs[n]
        return bool(c.metric and not self._entity_dim(c))

    def _ranks_by(self, i: int) -> bool:
        return bool(self.ranks) or any(c.is_("sort") for c in self.cs[: i + 1])

    def _rank_metric(self, i: int, c: Chunk) -> None:
        c.used, c.role = True, "rank"
        if (self.ranks and not self.ranks[-1].metric) or (self.ranks and self.ranks[-1].metric != c.metric):
            self.ranks[-1].metric = c.metric
        else:
            self.ranks.append(_Rank(i, True, -1, 0, c.metric))
        for s in self.cs[: i + 1]:
            if s.is_("sort"):
                s.used = True

    def _is_ratio_per(self, i: int, c: Chunk) -> bool:
        """ "average X per customer": the mean over customers, not one row for each."""
        if self.cs[i].text.lower() not in ("per", "each", "for each", "every", "for every", "by", "of each", "in each"):
            return False
        averaged = any(o.is_("average") and not o.used for o in self.cs[:i])
        if not averaged and self._plain_ratio(i, c):
            return True
        if not averaged:
            return False
        named = next((o.metric for o in reversed(self.cs[:i]) if o.metric), "")
        if named and (
            self._metric(named).kind == "ratio" or self.layer.leaves(self._metric(named))[0].aggregation == "average"
        ):
            return False
        if c.grain in ("@day", "@week", "@month", "@quarter", "@year") or self._entity_dim(c):
            if self.cs[i].text.lower() == "by" and not self._entity_dim(c):
                return False
            self.over = c.key
            c.used = True
            return True
        return False

    def _plain_ratio(self, i: int, c: Chunk) -> bool:
        """ "sales per order": a ratio, where the metric and the entity are all that is told."""
        entity = self._entity_dim(c)
        named = next((o for o in reversed(self.cs[:i]) if o.metric), None)
        if (
            entity is None
            or c.plural
            or named is None
            or named.used
            or self.cs[i].text.lower() != "per"
            or self.ranks
            or self.thresholds
        ):
            return False
        about = self._about(entity.identifies)
        ready = next(
            (
                m
                for m in self.layer.metrics.values()
                if m.kind == "ratio"
                and m.numerator == named.metric
                and about is not None
                and m.denominator == about.name
            ),
            None,
        )
        if ready is None:
            return False
        named.used = c.used = True
        self.terms.append(Term(ready.name))
        return True

    def _group_by(self, key: str) -> None:
        target = self._rank_target()
        if self.ranks and target and key != target and (self.ranks[0].limit != -1) and key not in self.per:
            self.per.append(key)
        if key not in self.dimensions:
            self.dimensions.append(key)

    def _fitting_grain(self) -> str:
        """Months, but days for a span of less than two months."""
        spans = [(p.end - p.start).days for p in self.periods]
        return "@day" if spans and max(spans) < 62 else "@month"

    def _rank_target(self) -> str:
        """What is ranked: the dimension after the superlative, or the one that was asked for by which or who."""
        for rank in self.ranks:
            if rank.target:
                return rank.target
            for j in range(rank.at + 1, min(rank.at + 6, len(self.cs))):
                c = self.cs[j]
                if c.is_("by", "rel") or c.period:
                    break
                if c.is_("prep") and not c.content:
                    if c.text.lower() in ("in", "for", "from", "by", "during", "on"):
                        break
                    continue
                if c.key and not (c.metric and not self._entity_dim(c)):
                    head = self._head_key()
                    if self._entity_dim(c) and c.metric and head and head != c.key:
                        return head
                    return c.key
            if head := self._head_key():
                return head
        return ""

    def _head_key(self) -> str:
        """The dimension asked for by which, what, who, list, when."""
        for i, c in enumerate(self.cs):
            if c.text.lower() in ("who", "whom") and i <= 3:
                person = self.layer.identifier("customer")
                return person.name if person else ""
            if c.is_("q", "rel") and i <= 3:
                j = self._next(i, "stop", "rank", "neg", "q", "prep")
                while j is not None and (
                    self.cs[j].number is not None
                    or (self.cs[j].word.values and not self.cs[j].key)
                    or (self.cs[j].word.superlative[0] and not self.cs[j].key)
                ):
                    j = self._next(j, "stop", "rank", "prep")
                n = self._chunk(j)
                if n is not None and n.metric and c.text.lower() == "what" and self.dimensions:
                    return ""
                if (
                    c.text.lower() == "what"
                    and i + 1 < len(self.cs)
                    and self.cs[i + 1].text.lower() in ("did", "do", "does")
                ):
                    return ""
                if n is not None and n.key and not (n.metric and not self._entity_dim(n)):
                    return n.key
        return ""

    def _heads(self) -> None:
        """The dimension that the question lists or ranks."""
        target = self._rank_target() if self.ranks else ""
        head = self._head_key() or self._bare_list()
        counting = any(c.is_("count") and not c.used for c in self.cs[:4])
        if target:
            if target not in self.dimensions:
                self.dimensions.append(target)
            self._use_key(target)
            if head == target:
                self._use_question_word()
        elif head and not counting:
            if head not in self.dimensions:
                self.dimensions.append(head)
            self.listing = head
            self._use_key(head)
            self._use_question_word()
        for i, c in enumerate(self.cs):
            if c.is_("sort") and not c.used:
                j = self._next(i)
                n = self._chunk(j)
                c.used = True
                descending = c.payload("sort") == "desc"
                if n is not None and n.key and not (n.metric and not self._entity_dim(n)):
                    if n.key not in self.dimensions:
                        self.dimensions.append(n.key)
                    n.used = True
                if not any(r.limit == -1 for r in self.ranks):
                    self.ranks.append(_Rank(i, descending, -1))
                elif not descending:
                    self.ranks[-1].descending = False

    def _bare_list(self) -> str:
        """ "customers who …", "orders above $500": the noun that opens the question is listed."""
        for i, c in enumerate(self.cs[:4]):
            entity = self._entity_dim(c)
            if entity is not None and not c.used:
                after = self._chunk(self._next(i, "stop"))
                told = after is not None and (after.is_("rel", "never") or after.is_("op") or after.is_("neg"))
                with_figure = after is not None and after.is_("prep") and any(t.at > i for t in self.thresholds)
                figures = any(o.metric and not self._entity_dim(o) and not o.used for o in self.cs)
                if (
                    (told or with_figure or any(t.at == i + 1 for t in self.thresholds))
                    and not figures
                    and (self.thresholds or (after is not None and after.is_("rel", "never")))
                ):
                    return entity.name
                return ""
            if c.content or not c.is_("stop", "prep", "follow", "and"):
                return ""
        return ""

    def _use_key(self, key: str) -> None:
        for c in self.cs:
            if c.key == key and not c.used:
                c.used = True
                break

    def _use_question_word(self) -> None:
        for c in self.cs[:4]:
            if c.is_("q", "rel", "exist"):
                c.used = True

    # negation

    def _negations(self) -> None:
        """ "not returned", "without furniture", "never ordered", "but not in 2024"."""
        for i, c in enumerate(self.cs):
            if c.used or not c.is_("neg", "never", "zero") or (c.is_("zero") and not c.is_("neg")):
                continue
            never = c.is_("never")
            subject = self._subject_entity(i)
            verb = next((j for j in range(i + 1, len(self.cs)) if self._event(self.cs[j])), None)
            values = self._negated_values(i)
            bare = self._chunk(self._next(i, "stop"))
            if (
                subject is not None
                and not values
                and bare is not None
                and bare.metric
                and self._metric(bare.metric).meta.get("about") in ("order", "return")
                and self._entity_dim(bare) is not subject
            ):
                self._anti_cohort(i, subject, verb, values)
                continue
            people = subject is not None and (never or self._relative_before(i)) and (verb is not None or not values)
            people = people or (subject is not None and self._contrasted(i, values))
            if people and subject is not None:
                self._anti_cohort(i, subject, verb, values)
                continue
            if values:
                c.used = True
                for j in values:
                    self.cs[j].used = True
                    f = self._resolve_with_parent(self.cs[j])
                    self._add_negative(f)
                continue
            if never and subject is None:
                raise UnclearError("I do not see who or what never did that")

    def _contrasted(self, i: int, values: Sequence[int]) -> bool:
        """Whether what is excluded is told against what came before: "bought furniture but not technology"."""
        negated = {d for j in values for d, _ in self.cs[j].word.values}
        before = {d for c in self.cs[:i] if c.word.values for d, _ in c.word.values}
        return bool(negated & before) and self._relative_before(i)

    def _event(self, c: Chunk) -> bool:
        return bool(
            c.word.verb
            or c.word.time
            or any(v == "returned" for _, v in c.word.values)
            or (c.word.superlative[0] == "sales" and c.text.lower() == "sold")
        )

    def _relative_before(self, i: int) -> bool:
        return any(c.is_("rel") or c.is_("q") or c.is_("count") for c in self.cs[:i])

    def _subject_entity(self, i: int) -> Dimension | None:
        for c in self.cs[:i]:
            d = self._entity_dim(c)
            if d is not None:
                return d
        if any(c.text.lower() == "who" for c in self.cs[:i]):
            return self.layer.identifier("customer")
        return None

    def _negated_values(self, i: int) -> list[int]:
        found: list[int] = []
        j = self._next(i, "stop", "prep")
        joined = True
        while j is not None and (
            self.cs[j].word.values
            or (self.cs[j].is_("and", "or") and found)
            or ((self.cs[j].word.verb or self.cs[j].key) and not found)
        ):
            if self.cs[j].word.values and not self.cs[j].used:
                if found and not joined:
                    break
                found.append(j)
                joined = False
            elif self.cs[j].is_("and", "or"):
                joined = True
            j = self._next(j, "stop", "prep")
        return found

    def _add_negative(self, f: Filter) -> None:
        old = next((o for o in self.filters if o.dimension == f.dimension and o.operator == "not_in"), None)
        if old is not None:
            self.filters.remove(old)
            f = replace(f, values=(*old.values, *f.values))
        if len(f.values) == 1 and f.values[0] in ("returned", "not returned", "discounted", "at full price"):
            other = [v for v in self.layer.dimensions[f.dimension].values if v != f.values[0]]
            if len(other) == 1:
                self.filters.append(Filter(f.dimension, "in", (other[0],)))
                return
        self.filters.append(Filter(f.dimension, "not_in", f.values))

    def _anti_cohort(self, i: int, subject: Dimension, verb: int | None, values: list[int]) -> None:
        """Customers who never …: none of the entity's rows fulfils the condition."""
        self.cs[i].used = True
        filters: list[Filter] = []
        if verb is not None:
            event = self.cs[verb]
            event.used = True
            if any(v == "returned" for _, v in event.word.values):
                filters.append(self._returned(event))
                values = [v for v in values if v != verb]
            if event.word.time and not event.word.values:
                self.time = ""
        for j in values:
            self.cs[j].used = True
            filters.append(self._resolve_with_parent(self.cs[j]))
        for c in self.cs[i:]:
            if (
                (c.metric or c.dimension)
                and not c.used
                and c is not self.cs[i]
                and (self._entity_dim(c) or c.metric in ("orders", "returns"))
            ):
                c.used = True
                if c.metric and self._metric(c.metric).meta.get("about") == "return":
                    event_dim = next((d for d in self.layer.dimensions.values() if "returned" in d.values), None)
                    if event_dim and not filters:
                        filters.append(Filter(event_dim.name, "in", ("returned",)))
            if c.word.values and not c.used and not c.key:
                c.used = True
                filters.append(self._resolve_with_parent(c))
        contrasted = any(c.word.values and not c.used for c in self.cs[:i])
        before = tuple(c.period.period for c in self.cs[:i] if c.period)
        after = tuple(c.period.period for c in self.cs[i:] if c.period)
        self.cohorts.append(Cohort(subject.name, True, filters=tuple(_merged(filters)), periods=after))
        counting = any(c.is_("count") for c in self.cs[:i])
        positive = any(c.word.verb or (c.word.values and not c.used) for c in self.cs[:i]) or before
        if contrasted and not before and after and not self.cs[i].is_("never"):
            self.cohorts[-1] = replace(self.cohorts[-1], periods=after)
            self.periods, self.missing = list(after), False
        elif positive:
            self.periods = list(before)
            self.missing = False
        else:
            self.periods = []
            self.missing = True
        if not counting:
            if subject.name not in self.dimensions:
                self.dimensions.insert(0, subject.name)
            self.listing = subject.name
            for c in self.cs[:i]:
                if c.key == subject.name:
                    c.used = True
                    break
            self._use_question_word()

    def _returned(self, c: Chunk) -> Filter:
        pair = next((d, v) for d, v in c.word.values if v == "returned")
        return Filter(pair[0], "in", (pair[1],))

    # counts

    def _counts(self) -> None:
        for i, c in enumerate(self.cs):
            if c.used or not c.is_("count"):
                continue
            j = self._next(i, "stop", "prep", "rank", "and")
            n = self._chunk(j)
            if n is None:
                continue
            while (
                n is not None
                and j is not None
                and (
                    (n.word.values and not n.metric and not n.dimension)
                    or (n.used and not n.metric and not n.key)
                    or n.number is not None
                )
            ):
                k = self._next(j, "stop", "and")
                later = self._chunk(k)
                if later is None or not (later.metric or later.dimension or later.word.values):
                    break
                j, n = k, later
            if n is None:
                continue
            if n.metric:
                c.used = True
                if self._metric(n.metric).format not in ("count",) and self._metric(n.metric).kind != "ratio":
                    count = [m for m in self.layer.metrics.values() if m.meta.get("about") == "order"]
                    raise UnclearError(
                        f"{n.text} are an amount, not a number of things: what should be counted?",
                        [self._instead(c, f"number of {m.label.lower()}").replace(f" {n.text}", "", 1) for m in count],
                    )
                n.used = True
                self.counted = True
                self.terms.append(Term(n.metric))
            elif n.key and n.dimension:
                c.used = n.used = True
                self.counted = True
                self.terms.append(Term(distinct=n.dimension))
            elif n.word.values:
                term = self._things(n)
                if term:
                    c.used = True
                    self.counted = True
                    self.terms.append(Term(term))
            elif n.grain and not n.used:
                raise RefusedError(f"I cannot count {n.text}")

    def _things(self, c: Chunk) -> str:
        """What "how many chairs" counts: pieces of a product group, customers of a segment, else orders."""
        dimension = c.word.values[0][0]
        home = next((m for m in self.layer.models.values() if dimension in m.dimensions), None)
        key = next((e.name for e in home.entities if e.is_key), "") if home else ""
        if key == "product" or (home is not None and any(d.identifies == "product" for d in home.dimensions.values())):
            things = next((m for m in self.layer.metrics.values() if m.meta.get("counts_things")), None)
            return things.name if things else ""
        about = self._about(key)
        return about.name if about else (o.name if (o := self._about("order")) else "")

    # averages and the like

    def _aggregates(self) -> None:
        for i, c in enumerate(self.cs):
            if c.used or not c.is_("average"):
                continue
            self._aggregate(i)

    def _aggregate(self, i: int) -> None:
        c = self.cs[i]
        kind = c.payload("average")
        j = (
            self._next(i, "stop", "prep", "count", "average", "grain", "and", "rank")
            if not self.over
            else self._next(i, "stop", "prep", "count", "grain")
        )
        n = self._chunk(j)
        if n is None or not (n.metric or n.dimension):
            earlier = [o for o in self.cs[:i] if o.metric and not o.used]
            n = earlier[-1] if earlier else n
            grains = [d for d in self.dimensions if d.startswith("@") and d[1:] in GRAINS]
            if (
                (earlier or self.terms)
                and len(grains) == 1
                and self.dimensions == grains
                and kind == "average"
                and self._next(i, "stop", "prep") is None
            ):
                c.used = True
                self.dimensions.remove(grains[0])
                if earlier:
                    earlier[-1].used = True
                self._average_over(
                    kind, self._metric(earlier[-1].metric if earlier else self.terms.pop().metric), grains[0]
                )
                return
        if n is None or not n.metric:
            verb = next((o for o in self.cs if o.word.verb), None)
            if verb is None:
                raise UnclearError(f"{c.text} of what?")
            metric = self._metric(verb.word.verb)
        else:
            metric = self._metric(n.metric)
        c.used = True
        over = self.over
        if n is not None and n.word.payload.startswith("over:"):
            over = n.word.payload[5:]
        if n is not None and n.metric:
            n.used = True
        for o in self.cs:
            if o.is_("count") and not o.used:
                o.used = True
        leaves = self.layer.leaves(metric)
        if over:
            self._average_over(kind, metric, over)
        elif metric.kind == "ratio" or leaves[0].aggregation == "average":
            if kind in ("average",):
                self.terms.append(Term(metric.name))
            elif metric.kind == "ratio":
                raise UnclearError(f"{kind} of {metric.label.lower()}: over what?")
            else:
                self.terms.append(Term(metric.name, aggregate=kind, over="line"))
        elif (
            kind in ("maximum", "minimum")
            and any(d for d in self.dimensions if d != self.listing) is False
            and self.dimensions
        ):
            self.ranks.append(_Rank(i, kind == "maximum", None, 0, metric.name))
        elif leaves[0].aggregation == "sum" and not metric.meta.get("main") and metric.kind == "simple":
            self.terms.append(Term(metric.name, aggregate=kind, over="line"))
            self.notes.append(f"{kind} over order lines")
            self.confidence -= 0.1
        elif metric.meta.get("about") == "order" or leaves[0].aggregation == "count_distinct":
            raise UnclearError(
                f"{kind} {metric.label.lower()} per what?",
                [f"{self.question.rstrip('?. ')} per {w}" for w in ("month", "customer")],
            )
        else:
            raise UnclearError(
                f"{kind} {metric.label.lower()} per what?",
                [
                    self._instead(c, "average").replace(n.text if n else "", f"{metric.label.lower()} per {w}", 1)
                    for w in ("order", "customer", "month")
                ],
            )

    def _average_over(self, kind: str, metric: Metric, over: str) -> None:
        """The mean per customer is a ratio of sums; per month, or a median, it is over the groups' own figures."""
        if not over.startswith("@") and kind == "average":
            entity = self.layer.dimensions[over].identifies
            about = self._about(entity)
            ready = next(
                (
                    m
                    for m in self.layer.metrics.values()
                    if m.kind == "ratio"
                    and m.numerator == metric.name
                    and about is not None
                    and m.denominator == about.name
                ),
                None,
            )
            if ready is not None:
                self.terms.append(Term(ready.name))
                return
        if metric.kind != "simple":
            raise UnclearError(f"{kind} {metric.label.lower()} per {over.lstrip('@')} is not defined")
        self.terms.append(Term(metric.name, aggregate=kind, over=over))

    # shares, growth, comparisons

    def _shares(self) -> None:
        for i, c in enumerate(self.cs):
            if c.used or not c.is_("share") or c.word.metric:
                continue
            c.used = True
            self.share = True
            self.share_at = i
        for c in self.cs:
            if c.is_("of_total") and not c.used and self.share:
                c.used = True

    def _growth(self) -> None:
        for i, c in enumerate(self.cs):
            if c.used:
                continue
            if c.is_("yoy"):
                c.used = True
                self.compare = c.payload("yoy")
                text = c.text.lower()
                this_year = next((p for p in self.periods if p.label.startswith("this year")), None)
                if "last year" in text and "same" not in text and this_year and len(self.periods) == 1:
                    self.periods = [this_year, whole(self.around.newest.year - 1)]
                    self.compare, self.split = "", True
                wide = all((p.end - p.start).days > 100 for p in self.periods)
                if ("month" in text or text == "mom") and wide and not self._has_grain():
                    self.dimensions.append("@month")
                elif ("quarter" in text or text == "qoq") and wide and not self._has_grain():
                    self.dimensions.append("@quarter")
                elif ("week" in text or text == "wow") and wide and not self._has_grain():
                    self.dimensions.append("@week")
                elif (
                    ("year" in text or "yoy" in text)
                    and not self.periods
                    and not self._has_grain()
                    and self.compare
                    and not self.ranks
                ):
                    self.dimensions.append("@year")
            elif c.is_("running"):
                c.used = True
                self.running = True
            elif (
                c.is_("compare")
                and c.text.lower().startswith(("difference", "the difference", "gap"))
                and (len(self.periods) > 1 or any(f.period and f.period.ends for f in self.found))
            ):
                c.used = True
                self.growth = "growth"
            elif c.is_("growth") and not c.metric:
                c.used = True
                self.growth = c.payload("growth")
                self.growth_at = i
        named = [d for c in self.cs if c.word.values and not c.metric for d in {d for d, _ in c.word.values}]
        contrast = self.growth or (
            any(c.is_("compare") and not c.used for c in self.cs) and len(named) == len(set(named))
        )
        for f in self.found:
            if f.period and f.period.ends and contrast and not self._has_grain():
                first, last = f.period.ends
                if (
                    first.end < last.start
                    and (f.text.lower().startswith("from") or f.text.lower().startswith("between"))
                    and first != last
                ):
                    at = self.periods.index(f.period.period)
                    self.periods[at : at + 1] = [first, last]
        for f in self.found:
            if f.period and f.period.kind == "same":
                self.periods = [p for p in self.periods if p != f.period.period]
                self.compare = "year_ago"
                self.split = False
        if self.running and not self._has_grain():
            self.dimensions.append("@month")

    def _has_grain(self) -> bool:
        return any(d.startswith("@") and d[1:] in GRAINS for d in self.dimensions)

    def _comparisons(self) -> None:
        versus = [
            i
            for i, c in enumerate(self.cs)
            if not c.used and (c.is_("vs", "compare") or (c.text.lower() in COMPARATIVES and c.is_("rank")))
        ]
        ors = [i for i, c in enumerate(self.cs) if not c.used and c.is_("or")]
        values = self._open_values()
        by_dimension: dict[str, int] = {}
        for _, f in values:
            by_dimension[f.dimension] = by_dimension.get(f.dimension, 0) + len(f.values)
        several = [d for d, n in by_dimension.items() if n > 1]
        comparatives = [i for i in versus if self.cs[i].text.lower() in COMPARATIVES]
        if versus or (ors and len(self.periods) > 1):
            used = False
            if len(self.periods) > 1 and not self.growth and not self.compare:
                self.split = used = True
            elif len(self.periods) > 1 and self.growth:
                used = True
            elif several:
                for d in several:
                    self.compared.append(d)
                    if d not in self.dimensions:
                        self.dimensions.append(d)
                used = True
            elif self.compare or (
                (any(self.cs[i].is_("compare") for i in versus) and self.dimensions)
                or any(c.key and not c.used for c in self.cs)
            ):
                used = True
            if used:
                for i in versus + (ors if comparatives or several or self.split else []):
                    self.cs[i].used = True
                if comparatives and several:
                    self.ranks.append(_Rank(comparatives[0], self.cs[comparatives[0]].payload("rank") == "desc", -1))
                if any(self.cs[i].is_("compare") for i in versus):
                    for c in self.cs:
                        if c.key and not c.used and not c.metric and c.key not in self.dimensions and not values:
                            self.dimensions.append(c.key)
                            c.used = True
        for i in ors:
            self.cs[i].used = True
        if len(self.periods) > 1 and not self.split and not self.growth and not self.compare and not self._has_grain():
            self.split = True

    def _open_values(self) -> list[tuple[int, Filter]]:
        if not self.value_chunks:
            for i, c in enumerate(self.cs):
                if c.word.values and not c.used and not self._inert_value(i):
                    self.value_chunks.append((i, self._resolve_with_parent(c)))
        return self.value_chunks

    def _inert_value(self, i: int) -> bool:
        """A word that can be a value, and is a metric, a date's verb or a dimension where it stands."""
        c = self.cs[i]
        return bool(c.metric)

    def _resolve_with_parent(self, c: Chunk) -> Filter:
        f = self._resolve(c)
        dimension = self.layer.dimensions[f.dimension]
        if not dimension.within or len(f.values) != 1:
            return f
        if any(o.dimension == dimension.within for o in self.cs):
            return f
        given: dict[str, list[str]] = {}
        for o in self.cs:
            if o is not c and o.word.values and not o.metric:
                for d, v in o.word.values:
                    given.setdefault(d, []).append(v)
        parents = self.around.parents(f.dimension, str(f.values[0]), given)
        if len(parents) > 1:
            above = self.layer.dimensions[dimension.within].label.lower()
            where = f"{dimension.label.lower()} {f.values[0]}"
            choices = [self._instead(c, f"{where} in the {above} {p}") for p in parents]
            choices.append(self._instead(c, f"{where} in all {above}s"))
            several = f"{f.values[0]} is a {dimension.label.lower()} of several {above}s ({', '.join(parents)})"
            raise UnclearError(f"{several}: which one do you mean?", choices)
        return f

    # metrics

    def _metrics(self) -> None:
        """Every metric that is named and not yet part of something else."""
        for i, c in enumerate(self.cs):
            if c.used or not c.metric or self._entity_dim(c):
                continue
            if c.word.payload.startswith("over:"):
                self._value_of(i)
                continue
            c.used = True
            term = Term(c.metric)
            if term not in self.terms:
                self.terms.append(term)

    def _value_of(self, i: int) -> None:
        c = self.cs[i]
        over = c.word.payload[5:]
        rank = next((r for r in self.ranks if not r.metric), None)
        c.used = True
        if rank is not None:
            self.ranks.remove(rank)
            self.terms.append(Term(c.metric, aggregate="maximum" if rank.descending else "minimum", over=over))
            return
        if over in self.dimensions:
            self.terms.append(Term(c.metric))
            return
        raise UnclearError(
            f"which {c.text}: the average, the highest, the median?",
            [self._instead(c, f"{w} {c.text}") for w in ("average", "highest", "median")],
        )

    def _listed_with(self, i: int) -> bool:
        """ "orders and shipping cost by region": a noun that is named along with a metric is a figure itself."""
        for step in (1, -1):
            j = i + step
            if 0 <= j < len(self.cs) and self.cs[j].is_("and") and not self.cs[j].content:
                other = self._chunk(self._next(j, "stop", "average", step=step))
                if other is not None and other.metric and other.role != "rank" and not other.word.values:
                    return True
        return False

    def _subject(self) -> None:
        """Nouns such as customers or orders: what is counted, where nothing else is asked for, else mere filling."""
        words = [c.text.lower() for c in self.cs[:2]]
        if words in (["what", "did"], ["what", "do"], ["what", "does"]) and not self.terms and not self.ranks:
            told = [c.word.verb for c in self.cs if c.word.verb and not c.dimension]
            if not told or self._metric(told[0]).format != "money":
                raise UnclearError("which figure do you want to see?")
        actions = [c.word.verb for c in self.cs if c.word.verb and not c.dimension]
        money = [v for v in actions if self._metric(v).format == "money"]
        open_ended = any(c.is_("much") or c.text.lower() == "what" for c in self.cs[:3])
        if money and open_ended and not (self.terms or self.ranks or self.listing or self.thresholds):
            self.terms.append(Term(money[0]))
        nouns = [(i, c) for i, c in enumerate(self.cs) if not c.used and self._entity_dim(c) is not None]
        pending = list(self.thresholds)
        for i, c in nouns:
            entity = self._entity_dim(c)
            if entity is None:
                continue
            asked = bool(self.terms or self.ranks or (self.listing and self.listing != entity.name))
            if c.metric and (not asked or self._listed_with(i)):
                c.used = True
                self.terms.append(Term(c.metric))
                self.counted = self.counted or not asked
            else:
                c.used = True
        verbs = [c for c in self.cs if c.word.verb and not c.used]
        for c in verbs:
            c.used = True
        for c in self.cs:
            if c.is_("much") and c.text.lower().startswith("how long"):
                self.terms = [t for t in self.terms if t.metric and self._metric(t.metric).format == "days"]
                if self.terms:
                    continue
                ready = next(
                    (o.word.verb for o in self.cs if o.word.verb and self._metric(o.word.verb).format == "days"), ""
                )
                if ready:
                    self.terms.append(Term(ready))
                    continue
                time = next((o.word.time for o in self.cs if o.word.time), "")
                back = any(v == "returned" for o in self.cs for _, v in o.word.values)
                metric = self._duration(time) if time else ""
                if metric:
                    self.terms.append(Term(metric))
                    self.time = ""
                elif back:
                    raise UnclearError("do you mean the days from order to return?", ["days to return"])
                else:
                    raise UnclearError("how long does what take?")
        if not self.terms and verbs and not self.listing and not self.ranks and not pending:
            much = any(c.is_("much") for c in self.cs)
            sell = [c for c in verbs if self._metric(c.word.verb).format == "money"]
            if sell or much:
                self.terms.append(Term(sell[0].word.verb if sell else self.layer.main_metric.name))
            elif any(c.is_("exist") or c.text.lower() == "did" for c in self.cs[:2]):
                self.terms.append(Term(verbs[0].word.verb))
        if (
            not self.terms
            and not self.listing
            and not self.ranks
            and any(c.word.superlative[0] and c.text.lower() == "sold" for c in self.cs)
        ):
            self.terms.append(Term(self.layer.main_metric.name))
        for c in self.cs:
            if (
                c.word.superlative[0]
                and not c.used
                and not c.word.values
                and not c.metric
                and c.text.lower() in ("sold", "selling")
            ):
                c.used = True

    def _all_of(self) -> None:
        """ "customers who bought chairs and tables": each of the things, not either."""
        subject = self._subject_entity(len(self.cs))
        told = (any(c.is_("rel", "q") for c in self.cs) and any(c.word.verb for c in self.cs)) or any(
            c.text.lower() == "both" for c in self.cs
        )
        if subject is None or not told or self.compared or any(c.is_("or") for c in self.cs):
            return
        values = [(i, f) for i, f in self._open_values() if not self.cs[i].used]
        for dimension in {f.dimension for _, f in values}:
            same = [(i, f) for i, f in values if f.dimension == dimension]
            home = next((m for m in self.layer.models.values() if dimension in m.dimensions), None)
            if len(same) > 1 and home is not None and home.entity(subject.identifies) is None:
                for i, f in same:
                    self.cs[i].used = True
                    self.cohorts.append(Cohort(subject.name, filters=(f,), periods=tuple(self.periods)))

    # filters

    def _filters(self) -> None:
        self._all_of()
        share_of: list[Filter] = []
        for i, f in self._open_values():
            c = self.cs[i]
            if c.used:
                continue
            c.used = True
            if self.share and not self._has_compared(f) and self._is_part(i):
                share_of.append(f)
            else:
                self.filters.append(f)
        self.filters = _merged(self.filters)
        self.part = _merged(share_of)
        for i, c in enumerate(self.cs):
            if c.key and not c.used and not c.metric:
                self._stray_dimension(i)

    def _has_compared(self, f: Filter) -> bool:
        return f.dimension in self.compared

    def _is_part(self, i: int) -> bool:
        """Whether a value is the part that a share is of, not the whole: "share of furniture in European sales"."""
        metric = next((j for j, c in enumerate(self.cs) if c.metric and j > self.share_at), None)
        values = [j for j, _ in self._open_values()]
        later = [j for j in values if metric is not None and j > metric]
        text = [c.text.lower() for c in self.cs]
        comes = any(
            w in text[self.share_at :]
            for w in (
                "from",
                "come from",
                "comes from",
                "is",
                "are",
                "were",
                "was",
                "go to",
                "to",
                "for",
                "account for",
                "accounted for by",
                "is from",
                "are from",
                "by",
            )
        )
        if metric is not None and later and comes and i < metric:
            return False
        if metric is not None and i < metric:
            between = [c for c in self.cs[self.share_at : i] if c.text.lower() in ("in", "within")]
            earlier = [j for j in values if self.share_at < j < i]
            return not (between and earlier)
        if i < self.share_at:
            return True
        link = [c.text.lower() for c in self.cs[metric:i]] if metric is not None and metric < i else []
        comes = any(
            w in link
            for w in (
                "from",
                "come from",
                "comes from",
                "is",
                "are",
                "were",
                "was",
                "go to",
                "account for",
                "accounted for by",
                "is from",
                "are from",
                "came from",
                "came",
            )
        )
        earlier = [j for j in values if self.share_at < j < (metric if metric is not None else i)]
        if metric is not None and earlier and not comes:
            return False
        previous_word = self.cs[i - 1].text.lower() if i else ""
        if metric is not None and previous_word == "in" and earlier:
            return False
        return not (
            metric is not None and previous_word in ("in", "for") and not comes and self.dimensions and len(values) == 1
        )

    def _stray_dimension(self, i: int) -> None:
        """A dimension that stands beside its own value, or before a metric ("region sales"), or without any role."""
        c = self.cs[i]
        neighbours = [f for _, f in self.value_chunks if f.dimension == c.dimension]
        if neighbours or any(f.dimension == c.dimension for f in self.filters):
            c.used = True
            return
        before = self._chunk(i - 1 if i else None)
        if before is not None and before.text.lower() in ("all", "any", "every", "different", "in all", "for all"):
            c.used = True
            if before.text.lower() in ("every", "different"):
                self.dimensions.append(c.key)
            return
        if self.share and c.dimension and c.key not in self.dimensions:
            self.dimensions.append(c.key)
            c.used = True
            return
        after = self._chunk(self._next(i, "stop"))
        ending = self._next(i, "stop") is None
        if (
            (after is not None and (after.metric or after.is_("share", "growth", "trend")))
            or (c.plural and not self.terms)
        ) and c.key not in self.dimensions:
            self.dimensions.append(c.key)
            c.used = True
            return
        if ending and c.grain and self.growth:
            self.dimensions.append(c.key)
            c.used = True
        if not self.terms and not self.dimensions and not self.before and c.plural:
            self.dimensions.append(c.key)
            self.listing = c.key
            c.used = True

    # follow-ups

    def _follows(self) -> bool:
        if self.before is None or (self.terms and any(c.is_("why") for c in self.cs)):
            return any(c.is_("why") for c in self.cs) and bool(self.terms)
        first = self.cs[0] if self.cs else None
        cue = first is not None and first.is_("follow") and not first.metric
        why = any(c.is_("why") for c in self.cs)
        if why:
            return True
        if cue and not (
            self.terms
            and (self.dimensions or self.filters or self.periods)
            and first is not None
            and first.text.lower() in ("and", "now", "then", "just", "only")
        ):
            return True
        return (
            not self.terms
            and not (self.listing and self.ranks)
            and not (self.ranks and self.dimensions and self.ranks[0].metric)
        )

    def _followed(self) -> Planned:
        """The plan before, with what the question changes."""
        old = self.before
        if any(c.is_("why") for c in self.cs) and self.terms:
            old = Plan(
                tuple(self.terms[:1]), tuple(self.dimensions), tuple(self.filters), tuple(self.periods), time=self.time
            )
        assert old is not None  # noqa: S101 - _follows has seen it
        if any(c.is_("why") for c in self.cs):
            return self._why(old)
        text = " ".join(c.text.lower() for c in self.cs[:3])
        adding = any(w in text for w in ("also", "add", "as well"))
        self._finish_terms(required=False)
        changes: dict[str, object] = {}
        if self.terms:
            terms = tuple(self.terms)
            changes["terms"] = (*old.terms, *(t for t in terms if t not in old.terms)) if adding else terms
            if old.order:
                changes["order"] = tuple((k, d) for k, d in old.order if not k.isdigit() or int(k) < len(terms)) or (
                    ("0", True),
                )
        if self.dimensions:
            added = list(self.dimensions)
            base = [d for d in old.dimensions if adding and d not in added]
            changes["dimensions"] = (*base, *added)
            if old.limit and not self.ranks:
                changes |= {"limit": None, "per": (), "order": ()}
            elif not self.ranks:
                changes["order"] = tuple((k, d) for k, d in old.order if k.isdigit() or k in changes["dimensions"])  # type: ignore[operator]
            if old.per:
                changes["per"] = ()
        if self.filters:
            named = {f.dimension for f in self.filters}
            changes["filters"] = (*(f for f in old.filters if f.dimension not in named), *self.filters)
        if self.periods:
            against = any(c.is_("vs", "compare") for c in self.cs) and len(self.periods) == len(old.periods) == 1
            changes["periods"] = (*old.periods, *self.periods) if against else tuple(self.periods)
            changes["split"] = self.split or against
            for c in self.cs:
                c.used = c.used or (against and c.is_("vs", "compare"))
            if old.base is not None and not self.compare:
                changes["base"] = year_ago(self.periods[0]) if old.compare == "year_ago" else previous(self.periods[0])
        if self.time:
            changes["time"] = self.time
        plan = replace(old, **changes)  # type: ignore[arg-type]  # names and types are Plan's own
        if self.share:
            plan = replace(plan, terms=tuple(replace(t, share=True) for t in plan.terms))
        if self.running:
            plan = replace(
                plan,
                terms=tuple(replace(t, running=True) for t in plan.terms),
                dimensions=plan.dimensions or ("@month",),
            )
        if self.compare or self.growth:
            plan = self._compared_plan(plan)
        if self.ranks:
            rank = self.ranks[0]
            limit = (
                rank.limit
                if rank.limit and rank.limit > 0
                else plan.limit
                if rank.limit == -1
                else TOP
                if not rank.limit
                else rank.limit
            )
            plan = replace(plan, order=(("0", rank.descending),), limit=limit, offset=rank.offset)
            if rank.metric and rank.metric not in [t.metric for t in plan.terms]:
                plan = replace(plan, terms=(Term(rank.metric),))
        if self.thresholds:
            plan = replace(plan, having=tuple(Having(0, t.operator, t.values) for t in self.thresholds))
        if plan == old:
            raise UnclearError("I do not see what should change from the question before")
        self._check_all_used()
        self._check_periods(plan)
        return Planned(plan, round(max(0.3, self.confidence - 0.03), 2), tuple(self.notes))

    def _why(self, old: Plan) -> Planned:
        """Where a change comes from: the figure against the period before, by the first dimension not yet used."""
        for c in self.cs:
            c.used = True
        term = (
            replace(old.terms[0], share=False, running=False, rank=False)
            if old.terms
            else Term(self.layer.main_metric.name)
        )
        period = old.periods[-1] if old.periods else whole(self.around.newest.year - 1)
        candidates = [
            d
            for d in self.layer.dimensions.values()
            if d.values and not d.about and d.pii == "none" and d.kind == "categorical"
        ]
        usable = [
            d.name
            for d in candidates
            if d.name not in old.dimensions
            and (not term.metric or self.layer.reachable(self._metric(term.metric), d.name))
        ]
        product = [d for d in usable if d in ("category",)] or usable
        if not product:
            raise RefusedError("I can say what changed, not why")
        plan = Plan(
            (term,),
            (product[0],),
            old.filters,
            (period,),
            time=old.time,
            compare="previous",
            base=previous(period),
            order=(("change", True),),
        )
        self.notes.append("the data shows where a figure changed, not why")
        return Planned(plan, 0.6, tuple(self.notes))

    # putting it together

    def _finish_terms(self, required: bool = True) -> None:
        if not self.terms and self.ranks:
            metric = (
                next((r.metric for r in self.ranks if r.metric), "")
                or self._verb_metric()
                or self.layer.main_metric.name
            )
            if not any(r.metric for r in self.ranks) and not self._verb_metric():
                self.notes.append(f"ranked by {self.layer.main_metric.label.lower()}")
                self.confidence -= 0.05
            self.terms.append(Term(metric))
        if not self.terms and self.growth and self.dimensions:
            self.terms.append(Term(self.layer.main_metric.name))
        for rank in self.ranks:
            self._counted_at_home(rank)
            if rank.metric and rank.metric not in [t.metric for t in self.terms]:
                self.terms.append(Term(rank.metric))
        if not self.terms and self.thresholds:
            listing = self.listing or (self.dimensions[0] if self.dimensions else "")
            if not listing:
                noun = next((c for c in self.cs if self._entity_dim(c)), None)
                listing = noun.dimension if noun is not None else ""
                if listing:
                    self.dimensions.append(listing)
                    self.listing = listing
            if listing:
                self.terms.append(self.thresholds[0].term)
        if not self.terms and required and not self.ranks:
            for c in self.cs:
                home = next((m for m in self.layer.models.values() if c.dimension in m.dimensions), None)
                key = next((e.name for e in home.entities if e.is_key), "") if home is not None and c.dimension else ""
                about = self._about(key) if key else None
                if (
                    about is not None
                    and not self._entity_dim(c)
                    and home is not None
                    and not self.listing
                    and about.name == "returns"
                    and c.dimension not in [f.dimension for f in self.filters]
                ):
                    c.used = True
                    self.terms.append(Term(about.name))
                    if c.dimension not in self.dimensions:
                        self.dimensions.append(c.dimension)
        exists = any(c.is_("exist") for c in self.cs[:2])
        if (
            not self.terms
            and required
            and not self.listing
            and not self.missing
            and (self.filters or self.periods)
            and exists
        ):
            order = self._about("order")
            if order:
                self.terms.append(Term(order.name))
        if not self.terms and required and not self.listing and not self.missing:
            if self.filters or self.periods or self.dimensions or self.share:
                words = " ".join(c.text for c in self.cs)
                metrics = [self.layer.main_metric, *(m for m in self.layer.metrics.values() if m.meta.get("about"))][:4]
                raise UnclearError(
                    f"which figure do you want to see for “{words}”?",
                    [f"{m.label} — {words}".replace(" — ", " ") for m in metrics],
                )
            raise UnclearError("I do not see which figure you ask for")
        if any(c.word.verb or c.text.lower() == "sold" for c in self.cs):
            self.terms = [self._sold(t) for t in self.terms]
        if self.share and self.terms:
            self.terms = [
                replace(t, share=True, filters=tuple(self.part)) if i == 0 or not self.part else t
                for i, t in enumerate(self.terms)
            ]
            if self.part and not self.terms[0].filters:
                raise UnclearError("share of what?")
            if not self.part and not self.dimensions and not self.periods:
                raise UnclearError("a share of what in what?")
            if not self.part and not [d for d in self.dimensions if not d.startswith("@")] and not self.dimensions:
                raise UnclearError("a share of what in what?")
        if self.running:
            self.terms = [replace(t, running=True) for t in self.terms]
        for i, t in enumerate(self.terms):
            if t.metric and self._metric(t.metric).kind == "cumulative":
                self.terms[i] = replace(t, running=True)
                if not self._has_grain():
                    self.dimensions.append("@month")

    def _sold(self, term: Term) -> Term:
        """All of an assortment is counted, unless the question says that they were sold."""
        metric = self.layer.metrics.get(term.metric)
        if metric is None or not metric.meta.get("population"):
            return term
        same = [
            m
            for m in self.layer.metrics.values()
            if m.measure == metric.measure and m.kind == metric.kind and not m.meta.get("population")
        ]
        return replace(term, metric=same[0].name) if same else term

    def _counted_at_home(self, rank: _Rank) -> None:
        """ "most common return reason" counts returns, not orders."""
        if not rank.metric or self._metric(rank.metric).meta.get("about") != "order":
            return
        for key in self.dimensions:
            homes = [m for m in self.layer.models.values() if key in m.dimensions]
            about = self._about(next((e.name for e in homes[0].entities if e.is_key), "")) if homes else None
            if (
                about is not None
                and self.layer.base_of(about) is not self.layer.main
                and homes[0] is not self.layer.main
            ):
                self.terms = [Term(about.name) if t.metric == rank.metric else t for t in self.terms]
                rank.metric = about.name

    def _verb_metric(self) -> str:
        verb = next((c for c in self.cs if c.word.verb and not c.dimension), None)
        if verb is not None:
            return verb.word.verb
        if any(c.word.superlative[0] and c.text.lower() == "sold" for c in self.cs):
            things = next((m for m in self.layer.metrics.values() if m.meta.get("counts_things")), None)
            return things.name if things else ""
        return ""

    def _apply_thresholds(self) -> None:
        for t in self.thresholds:
            if (
                t.term.metric
                and not t.average
                and self._is_row_figure(t.term.metric)
                and not (
                    self.listing and self.listing != "order_id" and t.term in self.terms and not self._lists_orders()
                )
            ):
                if t.term in self.terms and len(self.terms) > 1:
                    self.terms.remove(t.term)
                if not (t.term in self.terms and self.dimensions and not self._lists_orders()):
                    if t.term in self.terms and self._lists_orders():
                        self.terms.remove(t.term)
                        self.terms.append(Term(self.layer.main_metric.name))
                    self.filters.append(Filter(f"#{t.term.metric}", t.operator, t.values))
                    continue
            listed = [d for d in self.dimensions if d != "@period"]
            noun = self._threshold_noun(t)
            if listed and (self.listing or self.ranks or not self.counted) and (noun is None or noun in listed):
                if t.term not in self.terms:
                    self.terms.append(t.term)
                self.having.append(Having(self.terms.index(t.term), t.operator, t.values))
                continue
            if noun is None:
                if listed:
                    if t.term not in self.terms:
                        self.terms.append(t.term)
                    self.having.append(Having(self.terms.index(t.term), t.operator, t.values))
                    continue
                raise UnclearError("I do not see whose figure should be compared with the number")
            if t.term.distinct:
                raise RefusedError(
                    f"I cannot pick by the number of different {self.layer.dimension(t.term.distinct).label.lower()}s"
                )
            self.cohorts.append(
                Cohort(noun, False, t.term.metric, t.operator, t.values, tuple(self.filters), tuple(self.periods))
            )

    def _lists_orders(self) -> bool:
        return any(
            d in self.dimensions and self.layer.dimensions[d].identifies == "order"
            for d in self.dimensions
            if not d.startswith("@")
        )

    def _is_row_figure(self, name: str) -> bool:
        metric = self._metric(name)
        return metric.kind == "simple" and self.layer.leaves(metric)[0].aggregation == "average"

    def _threshold_noun(self, t: _Threshold) -> str | None:
        """The entity before the number: customers who ordered more than 5 times."""
        over = getattr(self, "over_dimension", "")
        if over:
            return str(over)
        for c in reversed(self.cs[: t.at]):
            d = self._entity_dim(c)
            if d is not None and c.role != "threshold":
                return d.name
            about = self._metric(c.metric).meta.get("about") if c.metric and c.role != "threshold" else None
            if about and (counted := self.layer.identifier(str(about))) is not None:
                return counted.name
            if c.key and not c.metric:
                return c.key if c.key in self.dimensions else None
            if c.text.lower() == "who":
                person = self.layer.identifier("customer")
                return person.name if person else None
        if any(t.term == term for term in self.terms) is False and self.counted:
            about = [self._metric(term.metric).meta.get("about") for term in self.terms if term.metric]
            entity = self.layer.identifier(str(about[0])) if about and about[0] else None
            return entity.name if entity else None
        return None

    def _apply_ranks(self) -> None:
        if self.growth and self.ranks and not self.compare:
            self.compare = "previous"
        if not self.ranks:
            return
        rank = self.ranks[0]
        main = next((r for r in self.ranks if r.metric), rank)
        place = next((i for i, t in enumerate(self.terms) if main.metric and t.metric == main.metric), 0)
        key = str(place)
        if self.growth:
            key = "growth"
        descending = rank.descending if self.growth != "decline" else not rank.descending
        self.order = [(key, descending)]
        if rank.limit == -1:
            return
        target = self._rank_target() or (self.dimensions[-1] if self.dimensions else "")
        if not target and not self.dimensions:
            term = self.terms[0]
            if rank.limit:
                raise UnclearError(f"the top {rank.limit} of what?")
            if (
                term.metric
                and (
                    self._metric(term.metric).kind == "ratio"
                    or self.layer.leaves(self._metric(term.metric))[0].aggregation == "average"
                )
                and self.layer.leaves(self._metric(term.metric))[0].aggregation == "average"
            ):
                self.terms[0] = replace(term, aggregate="maximum" if rank.descending else "minimum", over="line")
                self.order = []
                return
            raise UnclearError(
                f"the {self.cs[rank.at].text} {self._label(term)} of what?",
                [
                    f"{self.question.rstrip('?. ')} by {d}"
                    for d in ("category", "region", "month")
                    if d in self.layer.dimensions or d == "month"
                ],
            )
        if rank.limit is None:
            chunk = next((c for c in self.cs if c.key == target), None)
            only_groups = target in self.dimensions and not self._rank_target()
            if only_groups:
                return
            plural = chunk is not None and chunk.plural
            self.limit = TOP if plural else 1
            if plural:
                self.notes.append(f"the first {TOP}")
                self.confidence -= 0.05
        else:
            self.limit = rank.limit
        self.offset = rank.offset
        if self.per:
            self.dimensions = [*self.per, *(d for d in self.dimensions if d not in self.per)]
            if target in self.per:
                self.per = [d for d in self.per if d != target]

    def _label(self, term: Term) -> str:
        return (
            self._metric(term.metric).label.lower()
            if term.metric
            else self.layer.dimension(term.distinct).label.lower()
        )

    def _compared_plan(self, plan: Plan) -> Plan:
        """Fill in what is compared with what."""
        compare = self.compare or plan.compare or "previous"
        periods = plan.periods
        grain = any(d.startswith("@") and d[1:] in GRAINS for d in plan.dimensions)
        if len(periods) == 2:
            early, late = sorted(periods, key=lambda p: p.start)
            return replace(plan, periods=(late,), base=early, compare="previous", split=False)
        if grain:
            return replace(plan, compare=compare, split=False)
        if len(periods) > 2:
            raise UnclearError("a change needs two periods")
        if not periods:
            last = whole(self.around.newest.year - 1)
            if self.ranks or plan.dimensions:
                self.notes.append(f"{last.label} against {last.start.year - 1}")
                self.confidence -= 0.1
                return replace(plan, periods=(last,), base=year_ago(last), compare=compare)
            return replace(plan, dimensions=("@year",), compare=compare)
        period = periods[0]
        base = year_ago(period) if compare == "year_ago" else previous(period)
        if period.label.startswith("since") or (period.end - period.start).days > 370:
            return replace(plan, dimensions=(*plan.dimensions, "@year"), compare=compare)
        return replace(plan, base=base, compare=compare)

    def _returned_in(self) -> None:
        """What is asked of returned orders goes by the date of the return, unless it says when they were ordered."""
        if self.time or self.share:
            return
        ordered = any(
            w in ("placed", "ordered", "bought", "purchased") for c in self.cs for w in c.text.lower().split()
        )
        dated = bool(self.periods) or any(d.startswith("@") for d in self.dimensions)
        if ordered or not dated:
            return
        for f in self.filters:
            if f.operator != "in" or f.dimension.startswith(("@", "#")):
                continue
            time = next(
                (
                    d.name
                    for d in self.layer.dimensions.values()
                    if d.is_time and any(str(v) in d.verbs for v in f.values)
                ),
                "",
            )
            home = next((m for m in self.layer.models.values() if f.dimension in m.dimensions), None)
            if home is not None and home is not self.layer.main and not time:
                time = next((d.name for d in home.dimensions.values() if d.is_time), "")
            if not time or time == self.layer.main.default_time:
                continue
            counted = [t for t in self.terms if t.metric and self._metric(t.metric).meta.get("about") == "order"]
            about = next(
                (m for m in self.layer.metrics.values() if self.layer.time_of(m) == time and m.meta.get("about")), None
            )
            if counted == self.terms and about is not None and f.values == ("returned",):
                self.terms = [Term(about.name)]
                self.filters.remove(f)
                self.notes.append("by the date of the return")
                return
            plain = [t for t in self.terms if t.metric and self.layer.time_of(self._metric(t.metric)) != time]
            if (
                plain
                and all(self.layer.reachable(self._metric(t.metric), time) for t in plain)
                and not any(self._metric(t.metric).kind == "ratio" and len(self.filters) == 0 for t in plain)
            ):
                self.time = time
                self.notes.append("by the date of the return")
                return

    def _make(self) -> Plan:
        self._returned_in()
        periods = tuple(dict.fromkeys(self.periods))
        if not self.terms and self.split and len(periods) > 1:
            raise UnclearError(f"a list is of one period: {' or '.join(period.label for period in periods)}?")
        plan = Plan(
            terms=tuple(self.terms),
            dimensions=tuple(dict.fromkeys(self.dimensions)),
            filters=tuple(self.filters),
            periods=periods,
            split=self.split and len(periods) > 1,
            time=self.time,
            cohorts=tuple(self.cohorts),
            having=tuple(self.having),
            order=tuple(self.order),
            limit=self.limit,
            offset=self.offset,
            per=tuple(self.per),
            missing=self.missing,
        )
        if self.compare or self.growth:
            plan = self._compared_plan(plan)
        if self.share and not self.part and len(plan.dimensions) > 1:
            grains = [d for d in plan.dimensions if d.startswith("@")]
            outer = grains or list(plan.dimensions[1:] if self.share else ())
            plan = replace(plan, per=tuple(outer))
        return plan

    def _check_periods(self, plan: Plan) -> None:
        newest, oldest = self.around.newest, self.around.oldest
        for period in plan.periods:
            if period.start > newest or period.end < oldest:
                raise RefusedError(f"there is no data for {period.label}: the data goes from {oldest} to {newest}")

    def _check_all_used(self) -> None:
        left = [c for c in self.cs if not c.used and self._matters(c)]
        if left:
            words = "”, “".join(c.text for c in left)
            raise UnclearError(f"I did not understand what “{words}” should mean here")

    def _matters(self, c: Chunk) -> bool:
        if c.token is not None and c.token.kind == "symbol":
            return c.is_("op", "share")
        if c.period is not None:
            return False
        if c.number is not None:
            return not (c.text.lower() == "one" or c.is_("stop"))
        if c.word.values or c.metric or c.dimension or c.word.superlative[0] or c.word.below_zero:
            return True
        if c.word.verb or c.word.time:
            return False
        if c.is_("stop", "prep", "and", "follow", "q", "rel", "much", "exist", "entityless", "of_total"):
            return False
        return c.is_(*MUST) or not c.grammar


def _merged(filters: Iterable[Filter]) -> list[Filter]:
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


def _month_name(month: int) -> str:
    from app.answers.compile import MONTHS

    return MONTHS[month - 1]
