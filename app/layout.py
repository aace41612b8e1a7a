"""What the pages have in common: headings, charts with their tables, and errors that say what to do."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app import gate, query_log
from app.amounts import ago, instant
from app.databases import UnreachableError
from app.figures import Warehouse
from app.gate import Person
from app.published import Published, describe_metrics, last_published
from app.settings import settings

LOOK_AGAIN_SECONDS = 15
CHART_HEIGHT = 320
FORMATS: Mapping[str, str] = {
    "sales": "dollar", "profit": "dollar", "margin": "percent", "return_rate": "percent", "discount": "percent",
}  # fmt: skip
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|$<>~:])")
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
            st.error(str(error), icon=":material/cloud_off:")
            st.button("Try again", icon=":material/refresh:")

    return shown


def heading(title: str, text: str = "") -> None:
    """The page's title."""
    st.title(title)
    if text:
        st.caption(text)


def published_heading(title: str, text: str = "") -> Published | None:
    """The title of a page of figures, with the time of its data; the page renews itself after a publish."""
    published = last_published(settings().app_url)
    heading(title, text)
    if published is None:
        st.info(
            "Nothing was published yet. The figures come with the first run of the pipeline.", icon=":material/info:"
        )
        return None
    now = dt.datetime.now(dt.UTC)
    st.caption(
        f":material/schedule: Data up to **{instant(published.data_at)}**, {ago(published.data_at, now)} ago · "
        f"published {instant(published.published_at)}"
    )
    _renew_after_publish(published.run_id)
    return published


@st.fragment(run_every=LOOK_AGAIN_SECONDS)
def _renew_after_publish(seen: str) -> None:
    published = last_published(settings().app_url)
    if not gate.is_still_open(person()) or (published is not None and published.run_id != seen):
        gate.renew()


def plain(text: str) -> str:
    """Text as it is: what a question or the data holds is never taken for Markdown."""
    return MARKDOWN.sub(r"\\\1", text)


def warehouse() -> Warehouse:
    """The views of the person's role; each query goes into the log."""
    who = person()
    app_url = settings().app_url

    def note(sql: str, rows: int, milliseconds: int) -> None:
        query_log.keep(app_url, query_log.Asked(who.name, who.role, "dashboard", sql, rows, milliseconds))

    return Warehouse(settings().warehouse_url(who.role), note)


@st.cache_data(show_spinner=False, ttl=600)
def metric_descriptions() -> dict[str, str]:
    """How each metric is computed, in dbt's words."""
    return describe_metrics(settings().manifest)


def chart(title: str, figure: go.Figure | None, table: pd.DataFrame, metrics: tuple[str, ...], key: str) -> None:
    """A chart with its table, a download, and how its figures are computed."""
    st.subheader(title)
    if table.empty:
        st.info(
            "There is nothing in this selection. Choose a longer period or fewer filters.", icon=":material/search_off:"
        )
        return
    if figure is not None:
        figure.update_layout(height=CHART_HEIGHT, margin={"l": 8, "r": 8, "t": 8, "b": 8}, legend_title_text="")
        st.plotly_chart(figure, key=f"{key}_chart", config={"displayModeBar": False})
    with st.expander("Table, download, and how this is computed"):
        show_table(table, key)
        st.markdown("\n".join(f"- **{metric.replace('_', ' ')}**: {text}" for metric, text in _described(metrics)))


def show_table(table: pd.DataFrame, key: str) -> None:
    """A table of figures with their units, and its download."""
    shown: dict[Any, Any] = {name: _column(name) for name in table.columns}
    st.dataframe(_scaled(table), hide_index=True, column_config=shown, key=f"{key}_table")
    st.download_button(
        "Download CSV", as_csv(table), f"{key}.csv", "text/csv", icon=":material/download:", key=f"{key}_csv"
    )


def as_csv(table: pd.DataFrame) -> bytes:
    """A table as CSV, in which no text can be taken for a formula by a spreadsheet."""
    safe = table.copy()
    for column in safe.select_dtypes(exclude="number"):
        safe[column] = [f"'{v}" if isinstance(v, str) and v.startswith(FORMULA_SIGNS) else v for v in safe[column]]
    return safe.to_csv(index=False).encode("utf-8")


def _described(metrics: tuple[str, ...]) -> list[tuple[str, str]]:
    descriptions = metric_descriptions()
    return [(metric, descriptions[metric]) for metric in metrics if metric in descriptions]


def _scaled(table: pd.DataFrame) -> pd.DataFrame:
    scaled = table.copy()
    for name in scaled.columns:
        if _format(name) == "percent":
            scaled[name] = scaled[name].astype(float) * 100
    return scaled


def _format(name: str) -> str | None:
    return FORMATS.get(name) or FORMATS.get(name.split(" ")[0]) or ("percent" if name.startswith("change") else None)


def _column(name: str) -> object:
    label = name.replace("_", " ").capitalize()
    kind = _format(name)
    if kind == "dollar":
        return st.column_config.NumberColumn(label, format="dollar")
    if kind == "percent":
        return st.column_config.NumberColumn(label, format="%.1f %%")
    return label
