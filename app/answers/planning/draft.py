"""One question on its way to a plan: what was read of it so far, and how to look around in its chunks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.answers.layer import Dimension, Layer, Metric
from app.answers.lexicon import Lexicon
from app.answers.plan import GRAINS, Cohort, Filter, Having, Period, Plan, Term
from app.answers.reading import Chunk, Reading

COMPARATIVES = {"more", "better", "higher", "bigger", "larger", "greater", "fewer", "worse", "lower", "smaller", "less"}


@dataclass(frozen=True)
class Surroundings:
    """What the planner needs to know beside the question. `same_rows` tells whether two values pick the same rows,
    `parents` in which values of the dimension above a value lies, `above` in which values of another dimension,
    `nested` whether each value of a dimension lies in one of another, `known` the values of a dimension with few,
    `lookup` finds long names and ids."""

    layer: Layer
    lexicon: Lexicon
    newest: dt.date
    oldest: dt.date
    same_rows: Callable[[tuple[str, str], tuple[str, str]], bool] = lambda _a, _b: False
    parents: Callable[[str, str, Mapping[str, Sequence[str]]], Sequence[str]] = lambda _d, _v, _f: ()
    above: Callable[[str, str, str], Sequence[str]] = lambda _inner, _outer, _value: ()
    nested: Callable[[str, str], bool] = lambda _inner, _outer: False
    known: Callable[[str], Sequence[str]] = lambda _dimension: ()
    lookup: Callable[[str], Sequence[tuple[str, str]]] = lambda _text: ()
    contains: Callable[[str, str], bool] = lambda _dimension, _text: False
    clear: frozenset[str] = frozenset()


@dataclass
class Threshold:
    """A number that a figure is compared with, and its place; `average` looks at the mean of a row's figure."""

    term: Term
    operator: str
    values: tuple[float, ...]
    at: int
    average: bool = False
    growth: bool = False


@dataclass
class Benchmark:
    """A figure that is compared with that of the whole ("overall", "company") or with the "mean" of the groups."""

    metric: str
    operator: str
    against: str


@dataclass
class Rank:
    """A superlative: its place, direction and how many; -1 orders without a limit, None leaves it open."""

    at: int
    descending: bool
    limit: int | None
    offset: int = 0
    metric: str = ""
    target: str = ""


class Draft:
    """What the rules have read of one question. Each marks the chunks that it has accounted for as used."""

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
        self.thresholds: list[Threshold] = []
        self.benchmarks: list[Benchmark] = []
        self.benchmark = ""
        self.ranks: list[Rank] = []
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
        self.contrast = ""
        self.together = False
        self.target = ""
        self.growth_condition: tuple[str, tuple[float, ...]] | None = None
        self.change_condition = False
        self.moves: list[Having] = []
        self.listing = ""
        self.counted = False
        self.value_chunks: list[tuple[int, Filter]] = []
        self.compared: list[str] = []
        self.part: list[Filter] = []
        self.part_cohorts: list[Cohort] = []
        self.share_at = 0
        self.found: list[Chunk] = []
        self.over_dimension = ""
        self.dated = False
        self.not_in: list[Period] = []
        self.each: list[Period] = []
        self.each_unit = ""
        self.both = False
        self.pick: list[Filter] = []

    def drop(self, term: Term) -> None:
        """Take a figure out, unless a condition is on it; conditions on those behind it keep to them."""
        at = self.terms.index(term) if term in self.terms else None
        if at is None or any(h.term == at or h.against == str(at) for h in self.having):
            return
        self.terms.pop(at)

        def moved(h: Having) -> Having:
            against = str(int(h.against) - 1) if h.against.isdigit() and int(h.against) > at else h.against
            return replace(h, term=h.term - (h.term > at), against=against)

        self.having = [moved(h) for h in self.having]

    def next(self, i: int, *skip: str, step: int = 1) -> int | None:
        """The place of the next chunk that is not mere filling."""
        skip = skip or ("stop", "prep")
        j = i + step
        while 0 <= j < len(self.cs):
            c = self.cs[j]
            if c.content or not c.is_(*skip):
                return j
            j += step
        return None

    def chunk(self, i: int | None) -> Chunk | None:
        """The chunk at a place, None where there is none."""
        return None if i is None else self.cs[i]

    def metric(self, name: str) -> Metric:
        """The metric of a name."""
        return self.layer.metrics[name]

    def entity(self, c: Chunk) -> Dimension | None:
        """The dimension of a chunk, if it identifies customers, orders or the like."""
        if not c.dimension:
            return None
        dimension = self.layer.dimensions[c.dimension]
        return dimension if dimension.identifies else None

    def about(self, entity: str) -> Metric | None:
        """The metric that counts an entity."""
        return next((m for m in self.layer.metrics.values() if m.meta.get("about") == entity), None)

    def counts_lines(self, name: str) -> bool:
        """Whether a metric counts the lines of its model."""
        leaves = self.layer.leaves(self.layer.metric(name))
        return len(leaves) == 1 and leaves[0].expr == "1"

    def has_grain(self) -> bool:
        """Whether the answer is grouped by periods in a row."""
        return any(d.startswith("@") and d[1:] in GRAINS for d in self.dimensions)
