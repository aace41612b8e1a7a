"""What one compilation knows: the plan, the layer, the role, and the tables read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from app.answers.layer import Dimension, Layer
from app.answers.order_gaps import GAPS
from app.answers.pairs import OTHER
from app.answers.plan import GRAINS, Cohort, Filter, Period, Plan


@dataclass(frozen=True)
class Column:
    """A column of the answer: `kind` is "key" or "figure"; `term` is the place of the term that a figure belongs to."""

    name: str
    label: str
    kind: str
    unit: str = ""
    format: str = ""
    term: int = -1
    part: str = ""


@dataclass(frozen=True)
class Compiled:
    """The statement as a syntax tree, its columns, and the tables that it reads."""

    tree: exp.Select
    columns: tuple[Column, ...]
    tables: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The statement as text."""
        return self.tree.sql(dialect="mysql", pretty=True)


@dataclass(frozen=True)
class Leaf:
    """One aggregate: an expression over a model's rows, under conditions, at the level of some keys."""

    model: str
    aggregation: str
    expr: str
    filters: tuple[Filter, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    conditions: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    first_of: str = ""
    keys: tuple[str, ...] | None = None
    over: str = ""
    summary: str = ""
    inner: str = ""
    unfiltered: bool = False

    @property
    def block(self) -> tuple[Any, ...]:
        """Leaves with the same value can be computed in one SELECT."""
        nested = (
            (self.over, self.summary, self.inner, self.filters, self.cohorts, self.conditions, self.periods)
            if self.over
            else ("",)
        )
        gap = self.expr if self.expr in GAPS else ""
        return (self.model, self.first_of, self.keys, self.unfiltered, *nested, gap)


class Work:
    """The state of one compilation."""

    def __init__(self, plan: Plan, layer: Layer, clear: frozenset[str], fold: bool) -> None:
        self.plan = plan
        self.layer = layer
        self.clear = clear
        self.fold = fold
        self.tables: set[str] = set()
        self.keys = self.expanded(plan.dimensions)
        self.others = tuple(f"{OTHER}{key}" for key in self.expanded((plan.pairs,))) if plan.pairs else ()
        self.grain = next((d[1:] for d in plan.dimensions if d.startswith("@") and d[1:] in GRAINS), "")
        self.aliases: dict[Leaf, str] = {}

    def is_clear(self, dimension: Dimension) -> bool:
        """Whether the role sees a dimension clear."""
        return dimension.pii == "none" or dimension.pii in self.clear

    def expanded(self, dimensions: Sequence[str]) -> tuple[str, ...]:
        """An entity's key is shown with its name where the role sees names."""
        found: list[str] = []
        for key in dimensions:
            found.append(key)
            if not key.startswith("@"):
                dimension = self.layer.dimension(key)
                name = self.layer.name_of(dimension.identifies) if dimension.identifies else None
                if name is not None and self.is_clear(name):
                    found.append(name.name)
        return tuple(dict.fromkeys(found))

    def all_keys(self) -> tuple[str, ...]:
        """What the answer is grouped by, told-apart periods first."""
        return (("@period",) if self.plan.split else ()) + self.keys

    def conditional(self) -> bool:
        """Whether figures of several periods stand side by side."""
        return bool(self.plan.compare) and not self.grain
