"""Tables and charts that everybody of a role shares until the next publish, each computed and drawn once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Concatenate

import pandas as pd
import pyarrow as pa

from app.charts import Chart
from app.figures import Selection, Totals, totals
from app.latest import Latest
from app.order_lines import OrderLines

ENTRIES = 1_500  # of a role; a chart with its table takes some 50 KB
_adding = threading.Lock()
PERCENTS = ("margin", "return_rate", "discount")


@dataclass(frozen=True)
class Drawn:
    """A table, how it is shown, and its chart where it has one. Shared: nobody changes it."""

    table: pd.DataFrame
    shown: pa.Table
    chart: Chart | None = None


Build = Callable[Concatenate[OrderLines, Selection, ...], tuple[pd.DataFrame, Chart | None]]


def draw(table: pd.DataFrame, chart: Chart | None = None) -> Drawn:
    """What is shown of a table and its chart."""
    shown = pa.Table.from_pandas(scaled(table).reset_index(drop=True))  # the browser side reads the index's description
    return Drawn(table, shown, chart)


def drawn(latest: Latest, build: Build, selection: Selection, *arguments: object) -> Drawn:
    """The table and chart that `build` makes of the order lines that a role sees."""
    key = (build.__qualname__, build.__module__, selection, *arguments)
    found: Drawn = _kept(latest, key, lambda: draw(*build(latest.lines, selection, *arguments)))
    return found


def totals_of(latest: Latest, selection: Selection) -> Totals:
    """The totals of a selection."""
    found: Totals = _kept(latest, ("totals", selection), lambda: totals(latest.lines, selection))
    return found


def scaled(table: pd.DataFrame) -> pd.DataFrame:
    """A table in which fractions are per cent."""
    fractions = [name for name in table.columns if is_percent(name)]
    return table.assign(**{name: table[name].astype(float) * 100 for name in fractions})


def is_percent(name: str) -> bool:
    """Whether a column of this name holds a fraction that people read as per cent."""
    return name in PERCENTS or name.split(" ")[0] in PERCENTS or name.startswith("change")


def _kept(latest: Latest, key: Hashable, make: Callable[[], Any]) -> Any:
    """What was made for a key of what a role sees, else made now; gone with the published run that it was made of."""
    kept = latest.made
    found = kept.get(key)
    if found is None:
        found = make()
        with _adding:
            if len(kept) >= ENTRIES:
                kept.pop(next(iter(kept)))
            kept[key] = found
    return found
