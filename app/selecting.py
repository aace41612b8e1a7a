"""The filters of the dashboards. They combine, and live in the page's address, so that a view can be shared."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import query_log
from app.figures import FILTERS, Selection, days_of
from app.gate import Person
from app.latest import Latest
from app.periods import PRESETS, period_of
from app.settings import settings


def choose(latest: Latest) -> Selection | None:
    """Let a person choose a period and values; None when there are no orders at all."""
    days = days_of(latest.lines)
    if days is None:
        st.info("There are no orders yet. Enter one, or load a file, and run the pipeline.", icon=":material/info:")
        return None
    with st.container(border=True):
        columns = st.columns([2, 2, 2, 2, 2], vertical_alignment="bottom")
        preset = columns[0].selectbox("Period", PRESETS, key="period", bind="query-params")
        start, end = period_of(preset, *days)
        if preset == "Custom":
            start, end = _custom(columns[0], days)
        chosen = {
            dimension: tuple(
                column.multiselect(
                    dimension.capitalize(),
                    latest.lines.values(dimension),
                    key=dimension,
                    bind="query-params",
                    placeholder="All",
                )
            )
            for dimension, column in zip(FILTERS, columns[1:], strict=True)
        }
    selection = Selection(start, end, **chosen)
    _note(st.session_state["person"], selection)
    return selection


def _note(person: Person, selection: Selection) -> None:
    """Put what a person chose into the query log, once for each choice."""
    page = st.session_state.get("page", "")
    if st.session_state.get("noted") == (page, selection):
        return
    st.session_state["noted"] = (page, selection)
    filters = "".join(
        f", {name}: {', '.join(getattr(selection, name))}" for name in FILTERS if getattr(selection, name)
    )
    asked = f"{page}: {selection.start} to {selection.end}{filters}"
    query_log.keep(
        settings().app_url, query_log.Asked(person.name, person.role, "dashboard", None, None, 0, question=asked)
    )


def _custom(place: DeltaGenerator, days: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    start = place.date_input("From", days[0], min_value=days[0], max_value=days[1], key="from", bind="query-params")
    end = place.date_input("To", days[1], min_value=days[0], max_value=days[1], key="to", bind="query-params")
    if start > end:
        st.warning("The period begins after its end. Its days were exchanged.")
        return end, start
    return start, end
