"""Enter the return of an order, or correct one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import streamlit as st

from app import entered, gate, layout
from app.entered import KEPT, key
from app.entry import orders
from app.entry.checks import RETURN_STATUSES, ConflictError, EntryError, ReturnEntry
from app.entry.literal import literal
from app.settings import settings

ROLES = ("associate",)
NUMBER, FIELDS = "return", "returned"  # the forms: which order, and the fields of its return
DONE = "return_done"


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    gate.require(person, *ROLES)
    layout.heading(
        "Returns", "Type the number of an order. If it was returned already, its return opens to be corrected."
    )
    entered.restore(person.user_id, NUMBER, FIELDS)
    number = st.text_input("Order number", key=key(NUMBER, "order"), max_chars=64, persist_state=KEPT)
    if not number.strip():
        if done := st.session_state.get(DONE):
            st.success(done, icon=":material/check_circle:")
        return
    st.session_state.pop(DONE, None)
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


def _form(name: str, order: orders.StoredOrder, stored: orders.StoredReturn | None) -> None:
    version = _version_opened(order, stored)
    known = {stored.entry.return_region} if stored else set()
    regions = sorted({*orders.regions(settings().associate_url), *known})
    st.subheader(f"Return {stored.return_id}" if stored else "New return")
    first, second, third = st.columns(3)
    date = entered.day(first, "Return date", FIELDS, "date")
    status = second.selectbox("Status", RETURN_STATUSES, key=key(FIELDS, "status"), persist_state=KEPT)
    region = third.selectbox(
        "Region", regions, index=None, placeholder="Choose one", key=key(FIELDS, "region"), persist_state=KEPT
    )
    reason = st.text_area("Reason", max_chars=2000, key=key(FIELDS, "reason"), persist_state=KEPT)
    label = "Save the correction" if stored else "Save the return"
    if st.button(label, type="primary", icon=":material/save:", key=f"save_return_{entered.number(FIELDS)}"):
        given = ReturnEntry(order.order_id, date or dt.date.min, status, region or "", reason.strip() or None)
        _save(name, given, replace(stored, version=version) if stored else None)
    if conflict := entered.get(FIELDS, "conflict"):
        st.error(conflict, icon=":material/sync_problem:")
        if st.button("Open it again", icon=":material/folder_open:"):
            entered.clear(FIELDS)
            st.rerun()


def _version_opened(order: orders.StoredOrder, stored: orders.StoredReturn | None) -> str:
    """The version of the return when this person opened it; whoever opens another one finds its fields filled."""
    opened: list[str] = entered.get(FIELDS, "opened", ["", ""])
    if opened[0] != order.order_id:
        entered.clear(FIELDS)
        opened = [order.order_id, stored.version if stored else ""]
        begun = stored.entry if stored else None
        entered.put(
            FIELDS,
            opened=opened,
            date=begun.return_date if begun else dt.date.today(),
            status=begun.return_status if begun else RETURN_STATUSES[0],
            region=begun.return_region if begun else None,
            reason=(begun.reason or "") if begun else "",
        )
    return opened[1]


def _save(name: str, given: ReturnEntry, stored: orders.StoredReturn | None) -> None:
    url, today = settings().associate_url, dt.date.today()
    token = st.session_state.setdefault("return_token", uuid.uuid4())
    if stored and given == stored.entry:
        st.info("Nothing was changed, so nothing is saved.", icon=":material/info:")
        return
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
        entered.put(FIELDS, conflict=str(error))
        return
    entered.clear(NUMBER)
    entered.clear(FIELDS)
    del st.session_state["return_token"]
    st.session_state[DONE] = done
    st.rerun()
