"""Figures that everybody of a role shares until the next publish."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.figures import Selection, Totals, Warehouse

ENTRIES = 2_000


@st.cache_data(show_spinner="Computing…", max_entries=ENTRIES)
def totals(_warehouse: Warehouse, run_id: str, role: str, selection: Selection) -> Totals:  # noqa: ARG001
    """The totals of a selection."""
    return _warehouse.totals(selection)


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
