"""Enter an order with its lines, or correct one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import streamlit as st

from app import entered, gate, layout, line_fields, picking
from app.entered import KEPT, key
from app.entry import orders
from app.entry.checks import PRIORITIES, ConflictError, EntryError, OrderEntry
from app.entry.literal import literal
from app.settings import settings

ROLES = ("associate",)
FORMS = ("order", "line")
OPENED = "opened_order"  # the order that is corrected; the form keeps its number and version
DONE = "order_done"


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    gate.require(person, *ROLES)
    layout.heading("Orders", "Enter a new order, or open one by its number to correct it.")
    if entered.restore(person.user_id, *FORMS) and entered.get("order", "opened"):
        _open_again(*entered.get("order", "opened"))
    opened: orders.StoredOrder | None = st.session_state.get(OPENED)
    if entered.get("order", "lines") or entered.get("line", "product"):
        st.session_state.pop(DONE, None)
    elif done := st.session_state.get(DONE):
        st.success(done, icon=":material/check_circle:")
    _open(opened)
    st.subheader(f"Order {opened.order_id}" if opened else "New order")
    customer, order_date, priority = _order_fields(opened)
    line_fields.show_lines()
    line_fields.show_fields(order_date)
    label = "Save the correction" if opened else "Save the order"
    if st.button(label, type="primary", icon=":material/save:", key=f"save_{entered.number('order')}"):
        _save(person.name, opened, customer, order_date, priority)


def _open_again(order_id: str, version: str) -> None:
    """Go on with a correction of an order as it was when it was opened: what others changed since is told on saving."""
    found = orders.read_order(settings().associate_url, order_id)
    if found:
        st.session_state[OPENED] = replace(found, version=version)
    else:
        st.warning(f"The order {literal(order_id)} was deleted in the meantime. Saving makes a new one.")


def _open(opened: orders.StoredOrder | None) -> None:
    with st.expander("Open an order to correct it", expanded=opened is not None), st.form("open_order", border=False):
        number = st.text_input("Order number", max_chars=64, key="order_to_open", persist_state=KEPT)
        with st.container(horizontal=True):
            open_it = st.form_submit_button("Open", icon=":material/folder_open:")
            instead = st.form_submit_button("New order instead", icon=":material/add:", disabled=opened is None)
        if open_it:
            found = orders.read_order(settings().associate_url, number) if number.strip() else None
            if found is None:
                st.warning("There is no order of this number. Check it, or enter the order as a new one.")
            else:
                _fill(found)
                st.rerun()
        if instead:
            _clear()
            st.rerun()


def _fill(found: orders.StoredOrder) -> None:
    _clear()
    st.session_state[OPENED] = found
    entered.put(
        "order",
        opened=found.as_draft(),
        customer=found.entry.customer_id,
        date=found.entry.order_date,
        priority=found.entry.order_priority,
    )
    line_fields.put_lines(found.entry.lines)


def _clear() -> None:
    for form in FORMS:
        entered.clear(form)
    for name in (OPENED, DONE, "order_token"):
        st.session_state.pop(name, None)


def _order_fields(opened: orders.StoredOrder | None) -> tuple[str | None, dt.date | None, str]:
    customer = picking.customer("order")
    first, second = st.columns(2)
    entered.preset("order", date=dt.date.today(), priority="Medium")
    date = entered.day(first, "Order date", "order", "date")
    priority = second.selectbox("Priority", PRIORITIES, key=key("order", "priority"), persist_state=KEPT)
    if opened:
        st.caption("Changing the date or the priority changes the order; its lines stay as they are below.")
    return customer, date, priority


def _save(
    name: str, opened: orders.StoredOrder | None, customer: str | None, order_date: dt.date | None, priority: str
) -> None:
    url, today = settings().associate_url, dt.date.today()
    token = st.session_state.setdefault("order_token", uuid.uuid4())
    try:
        if line_fields.has_unadded():
            raise EntryError(["A line is filled in and not added. Add it, or empty its fields; then save."])
        if order_date is None:
            raise EntryError(["Fill in the order date."])
        lines = sorted(line_fields.lines(), key=lambda line: line.product_id)
        order = OrderEntry(customer or "", order_date, priority, tuple(lines))
        if opened and order == opened.entry:
            st.info("Nothing was changed, so nothing is saved.", icon=":material/info:")
            return
        if opened:
            orders.correct_order(url, opened, order, name, token, today)
            done = f"The order {opened.order_id} is corrected."
        else:
            done = f"The order is saved. Its number is {orders.enter_order(url, order, name, token, today)}."
    except EntryError as error:
        for problem in error.problems:
            st.error(literal(problem), icon=":material/error:")
        return
    except ConflictError as error:
        st.error(str(error), icon=":material/sync_problem:")
        return
    _clear()
    st.session_state[DONE] = done
    st.rerun()
