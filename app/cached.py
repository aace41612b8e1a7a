"""Figures that everybody of a role shares until the next publish."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.figures import CUBE, Selection, Warehouse, by_of, trend_of

ENTRIES = 2_000


@st.cache_data(show_spinner="Computing…", max_entries=ENTRIES)
def table(
    _warehouse: Warehouse,
    run_id: str,  # noqa: ARG001 - what is kept is told apart by it
    role: str,  # noqa: ARG001
    method: str,
    selection: Selection,
    *arguments: object,
) -> pd.DataFrame:
    """What a method of the warehouse gives for a selection."""
    found: pd.DataFrame = getattr(_warehouse, method)(selection, *arguments)
    return found


def by(warehouse: Warehouse, run_id: str, role: str, selection: Selection, dimension: str) -> pd.DataFrame:
    """The figures by a dimension: from the cube where that has it."""
    if dimension in CUBE:
        return by_of(table(warehouse, run_id, role, "cube", selection), dimension)
    return table(warehouse, run_id, role, "by", selection, dimension)


def trend(warehouse: Warehouse, run_id: str, role: str, selection: Selection, grain: str) -> pd.DataFrame:
    """The figures by day, week or month: months from the cube."""
    if grain == "month":
        return trend_of(table(warehouse, run_id, role, "cube", selection))
    return table(warehouse, run_id, role, "trend", selection, grain)
