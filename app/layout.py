"""What the pages have in common: headings, charts with their tables, and errors that say what to do."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from app import gate
from app.amounts import ago, instant
from app.cached import Drawn, is_percent
from app.databases import NO_ANSWER, UnreachableError
from app.gate import Person
from app.latest import Latest, latest, trouble
from app.published import Published, describe_metrics
from app.settings import settings

LOOK_AGAIN_SECONDS = 10
JUST_RUN = "page_just_run"
DAY, MINUTE, SECOND = "D MMM YYYY", "D MMM YYYY, HH:mm", "D MMM YYYY, HH:mm:ss"
DOLLARS = ("sales", "profit")
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~])")
REFERRED = {
    "$": "&#36;",
    ":": "&#58;",
}  # at formulas and emoji, even escaped ones, a browser loads what shows them first
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0")


def person() -> Person:
    """Who looks at the page; `main` has asked the database in this very rerun."""
    found: Person = st.session_state["person"]
    return found


def on_error(show: Callable[[], None]) -> Callable[[], None]:
    """A page that says what to do when a database does not answer."""

    @functools.wraps(show)
    def shown() -> None:
        try:
            show()
        except UnreachableError as error:
            _tell_outage(str(error))
        except NO_ANSWER as error:
            logging.getLogger(__name__).error("a database does not answer: %s", type(error).__name__)
            _tell_outage("A database does not answer. What you entered is still here: try again in a moment.")

    return shown


def _tell_outage(told: str) -> None:
    st.error(told, icon=":material/cloud_off:")
    st.button("Try again", icon=":material/refresh:")


def heading(title: str, text: str = "") -> None:
    """The page's title."""
    st.title(title)
    if text:
        st.caption(text)


def figures_heading(title: str, text: str = "") -> Latest | None:
    """The title of a page of figures, with the time of its data; the page renews itself after a publish."""
    role = person().role

    def shown() -> Published | None:
        found = latest(role)
        return None if found is None else found.published

    heading_with_time(title, text, shown)
    if kept_back := trouble(role):
        st.warning(f"{kept_back} Shown is what was published last.", icon=":material/cloud_off:")
    return latest(role)


def heading_with_time(title: str, text: str, shown: Callable[[], Published | None]) -> bool:
    """The title with the time of what `shown` says is published; the page renews itself when that changes.

    Returns whether anything was published.
    """
    heading(title, text)
    published = shown()
    if published is None:
        st.info(
            "Nothing was published yet. The figures come with the first run of the pipeline.", icon=":material/info:"
        )
        return False
    now = dt.datetime.now(dt.UTC)
    st.caption(
        f":material/schedule: Data up to **{instant(published.data_at)}**, {ago(published.data_at, now)} ago · "
        f"published {instant(published.published_at)}"
    )
    st.session_state[JUST_RUN] = True
    _renew_when_changed(published.run_id, shown)
    return True


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def _renew_when_changed(seen: str, shown: Callable[[], Published | None]) -> None:
    if st.session_state.pop(JUST_RUN, False):
        return  # the whole page runs: `main` has asked who it is
    published = shown()
    if not gate.is_still_open(person()) or (published is not None and published.run_id != seen):
        gate.renew()


def plain(text: str) -> str:
    """Text as it is: what a question or the data holds is never taken for Markdown."""
    escaped = MARKDOWN.sub(r"\\\1", text.replace("&", "&amp;"))
    return "".join(REFERRED.get(sign, sign) for sign in escaped)


def metric_descriptions() -> dict[str, str]:
    """How each metric is computed, in dbt's words."""
    manifest = settings().manifest
    return _descriptions_in(manifest, manifest.stat().st_mtime_ns if manifest.is_file() else 0)


@functools.lru_cache(maxsize=1)
def _descriptions_in(manifest: Path, written_at: int) -> dict[str, str]:  # noqa: ARG001 - a later one is another one
    return describe_metrics(manifest)


def chart(title: str, drawn: Drawn, metrics: tuple[str, ...], key: str) -> None:
    """A chart with its table, a download, and how its figures are computed."""
    st.subheader(title)
    if drawn.table.empty:
        st.info(
            "There is nothing in this selection. Choose a longer period or fewer filters.", icon=":material/search_off:"
        )
        return
    if drawn.chart is not None:
        st.plotly_chart(drawn.chart, key=f"{key}_chart", config={"displayModeBar": False})
    with st.expander("Table, download, and how this is computed"):
        show_table(drawn, key)
        st.markdown("\n".join(f"- **{metric.replace('_', ' ')}**: {text}" for metric, text in _described(metrics)))


def show_table(drawn: Drawn, key: str) -> None:
    """A table of figures with their units, and its download, which is written when somebody asks for it."""
    shown: dict[Any, Any] = {name: _column(name) for name in drawn.table.columns}
    st.dataframe(drawn.shown, hide_index=True, column_config=shown, key=f"{key}_table")
    st.download_button(
        "Download CSV",
        functools.partial(as_csv, drawn.table),
        f"{key}.csv",
        "text/csv",
        icon=":material/download:",
        key=f"{key}_csv",
    )


def when(label: str | None = None, form: str = MINUTE) -> Any:
    """A column of instants, as all tables write them."""
    return st.column_config.DatetimeColumn(label, format=form)


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV, in which no text can be taken for a formula by a spreadsheet."""
    safe = table.copy()
    for column in safe.select_dtypes(exclude="number"):
        safe[column] = [f"'{v}" if isinstance(v, str) and v.startswith(FORMULA_SIGNS) else v for v in safe[column]]
    return safe.to_csv(index=False).encode("utf-8")


def _described(metrics: tuple[str, ...]) -> list[tuple[str, str]]:
    descriptions = metric_descriptions()
    return [(metric, descriptions[metric]) for metric in metrics if metric in descriptions]


def _column(name: str) -> object:
    label = name.replace("_", " ").capitalize()
    if name.split(" ")[0] in DOLLARS:
        return st.column_config.NumberColumn(label, format="dollar")
    if is_percent(name):
        return st.column_config.NumberColumn(label, format="%.1f %%")
    return label
