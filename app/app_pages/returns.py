"""Enter the return of an order, or correct one."""

from __future__ import annotations

import datetime as dt
import uuid

import streamlit as st

from app import gate, layout
from app.databases import engine
from app.entry import orders
from app.entry.checks import RETURN_STATUSES, ConflictError, EntryError, ReturnEntry
from app.entry.literal import literal
from app.settings import settings

ROLES = ("associate",)


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    gate.require(person, *ROLES)
    layout.heading(
        "Returns", "Type the number of an order. If it was returned already, its return opens to be corrected."
    )
    _restore(person.user_id)
    if done := st.session_state.pop("return_done", None):
        st.success(done, icon=":material/check_circle:")
    number = st.text_input("Order number", key="entry_return_order", max_chars=64)
    if not number.strip():
        return
    url = settings().associate_url
    order, stored = orders.read_order(url, number), orders.read_return(url, number)
    if order is None:
        st.warning("There is no order of this number. Check it.")
        return
    total = sum(line.sales for line in order.entry.lines)
    st.info(
        f"Ordered {order.entry.order_date:%d %b %Y}, {len(order.entry.lines)} lines, ${total:,.2f}".replace("$", r"\$")
    )
    _form(person.name, order, stored)


def _restore(user_id: int) -> None:
    if "return_token" not in st.session_state:
        st.session_state["return_token"] = uuid.uuid4()
        with engine(settings().app_url).begin() as connection:
            kept = gate.draft(connection, user_id, "enter-return") or {}
        st.session_state.update(kept)
        if kept:
            st.info("You are signed in again. What you had entered is back.", icon=":material/restore:")


def _form(name: str, order: orders.StoredOrder, stored: orders.StoredReturn | None) -> None:
    url, today = settings().associate_url, dt.date.today()
    entry = stored.entry if stored else None
    regions = orders.regions(url)
    st.subheader(f"Return {stored.return_id}" if stored else "New return")
    with st.form("return"):
        first, second, third = st.columns(3)
        date = first.date_input("Return date", entry.return_date if entry else today, min_value=order.entry.order_date)
        statuses = list(RETURN_STATUSES)
        status = second.selectbox("Status", statuses, index=_position(statuses, entry.return_status if entry else None))
        region = third.selectbox("Region", regions, index=_position(regions, entry.return_region if entry else None))
        reason = st.text_area("Reason", entry.reason or "" if entry else "", max_chars=2000, key="entry_reason")
        sent = st.form_submit_button(
            "Save the correction" if stored else "Save the return", type="primary", icon=":material/save:"
        )
    if not sent:
        return
    given = ReturnEntry(order.order_id, date, status, region or "", reason.strip() or None)
    token = st.session_state["return_token"]
    try:
        if stored:
            orders.correct_return(url, stored, given, name, token, today)
            done = f"The return {stored.return_id} is corrected."
        else:
            done = f"The return is saved. Its number is {orders.enter_return(url, given, name, token, today)}."
    except EntryError as error:
        for problem in error.problems:
            st.error(literal(problem), icon=":material/error:")
        return
    except ConflictError as error:
        st.error(str(error), icon=":material/sync_problem:")
        return
    for key in ("entry_return_order", "entry_reason"):
        st.session_state.pop(key, None)
    st.session_state["return_token"] = uuid.uuid4()
    st.session_state["return_done"] = done
    st.rerun()


def _position(values: list[str], value: str | None) -> int:
    return values.index(value) if value in values else 0
