"""What the associate has entered lately."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app import layout
from app.entry.orders import own_work
from app.gate import require
from app.settings import settings

ROLES = ("associate",)


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    require(person, *ROLES)
    layout.heading("My work", "Your last hundred entries. Open one by its number on the page of orders or of returns.")
    work = own_work(settings().associate_url, person.name)
    if not work:
        st.info("You have not entered anything yet. Begin with an order.", icon=":material/info:")
        return
    st.dataframe(
        pd.DataFrame(
            {"When": [w.entered_at for w in work], "What": [w.kind for w in work], "Number": [w.row_id for w in work]}
        ),
        hide_index=True,
        column_config={"When": layout.when("When (UTC)")},
    )
