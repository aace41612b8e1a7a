"""The filters of the dashboards. They combine, and live in the page's address, so that a view can be shared."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.figures import DIMENSIONS, Selection, Warehouse
from app.periods import PRESETS, period_of

FILTERS = ("category", "market", "region", "segment")


def choose(warehouse: Warehouse, run_id: str) -> Selection | None:
    """Let a person choose a period and values; None when there are no orders at all."""
    days = _days(warehouse, run_id, st.session_state["person"].role)
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
                    _values(warehouse, run_id, st.session_state["person"].role, dimension),
                    key=dimension,
                    bind="query-params",
                    placeholder="All",
                )
            )
            for dimension, column in zip(FILTERS, columns[1:], strict=True)
        }
    return Selection(start, end, **chosen)


def _custom(place: DeltaGenerator, days: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    start = place.date_input("From", days[0], min_value=days[0], max_value=days[1], key="from", bind="query-params")
    end = place.date_input("To", days[1], min_value=days[0], max_value=days[1], key="to", bind="query-params")
    if start > end:
        st.warning("The period begins after its end. Its days were exchanged.")
        return end, start
    return start, end


@st.cache_data(show_spinner=False, max_entries=50)
def _days(_warehouse: Warehouse, run_id: str, role: str) -> tuple[dt.date, dt.date] | None:  # noqa: ARG001
    return _warehouse.days()


@st.cache_data(show_spinner=False, max_entries=200)
def _values(_warehouse: Warehouse, run_id: str, role: str, dimension: str) -> list[str]:  # noqa: ARG001
    assert dimension in DIMENSIONS  # noqa: S101
    return _warehouse.values(dimension)
