"""Enter the return of an order, or correct one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import streamlit as st

from app import gate, layout
from app.databases import engine
from app.entry import orders
from app.entry.checks import RETURN_STATUSES, ConflictError, EntryError, ReturnEntry
from app.entry.literal import literal
from app.settings import settings

ROLES = ("associate",)
FIELDS = ("entry_return_date", "entry_return_status", "entry_return_region", "entry_reason")
OPENED = "entry_return_opened"  # number of the order, and version of its return when it was opened
GIVEN = "return_given"  # what the fields begin with, where they were filled before the session ended


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
    """Give back what had been entered when the session ended."""
    if "return_token" not in st.session_state:
        st.session_state["return_token"] = uuid.uuid4()
        with engine(settings().app_url).begin() as connection:
            kept = gate.draft(connection, user_id, "enter-return") or {}
        st.session_state[GIVEN] = {key: kept.pop(key) for key in FIELDS if key in kept}
        st.session_state.update(kept)
        if kept:
            st.info("You are signed in again. What you had entered is back.", icon=":material/restore:")


def _form(name: str, order: orders.StoredOrder, stored: orders.StoredReturn | None) -> None:
    url, today = settings().associate_url, dt.date.today()
    version = _version_opened(order, stored)
    entry = stored.entry if stored else None
    kept: dict[str, str] = st.session_state.get(GIVEN, {})
    regions = orders.regions(url)
    st.subheader(f"Return {stored.return_id}" if stored else "New return")
    with st.form("return"):
        first, second, third = st.columns(3)
        stored_date = entry.return_date if entry else today
        date = first.date_input(
            "Return date",
            dt.date.fromisoformat(kept.get("entry_return_date", stored_date.isoformat())),
            min_value=order.entry.order_date,
            key="entry_return_date",
        )
        statuses = list(RETURN_STATUSES)
        stored_status = entry.return_status if entry else None
        status = second.selectbox(
            "Status",
            statuses,
            _position(statuses, kept.get("entry_return_status", stored_status)),
            key="entry_return_status",
        )
        stored_region = entry.return_region if entry else None
        region = third.selectbox(
            "Region",
            regions,
            _position(regions, kept.get("entry_return_region", stored_region)),
            key="entry_return_region",
        )
        stored_reason = (entry.reason or "") if entry else ""
        reason = st.text_area("Reason", kept.get("entry_reason", stored_reason), max_chars=2000, key="entry_reason")
        sent = st.form_submit_button(
            "Save the correction" if stored else "Save the return", type="primary", icon=":material/save:"
        )
    if not sent:
        return
    given = ReturnEntry(order.order_id, date, status, region or "", reason.strip() or None)
    token = st.session_state["return_token"]
    try:
        if stored:
            orders.correct_return(url, replace(stored, version=version), given, name, token, today)
            done = f"The return {stored.return_id} is corrected."
        else:
            done = f"The return is saved. Its number is {orders.enter_return(url, given, name, token, today)}."
    except EntryError as error:
        for problem in error.problems:
            st.error(literal(problem), icon=":material/error:")
        return
    except ConflictError as error:
        st.error(str(error), icon=":material/sync_problem:")
        st.button("Open it again", icon=":material/folder_open:", on_click=_forget_fields)
        return
    _forget_fields()
    st.session_state.pop("entry_return_order", None)
    st.session_state["return_token"] = uuid.uuid4()
    st.session_state["return_done"] = done
    st.rerun()


def _version_opened(order: orders.StoredOrder, stored: orders.StoredReturn | None) -> str:
    """The version of the return when this person opened it, which the page keeps while it runs anew."""
    opened: list[str] | None = st.session_state.get(OPENED)
    if opened is None or opened[0] != order.order_id:
        if opened is not None:
            _forget_fields()
        opened = [order.order_id, stored.version if stored else ""]
        st.session_state[OPENED] = opened
    return opened[1]


def _forget_fields() -> None:
    for key in (*FIELDS, OPENED, GIVEN):
        st.session_state.pop(key, None)


def _position(values: list[str], value: str | None) -> int:
    return values.index(value) if value in values else 0
