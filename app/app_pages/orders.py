"""Enter an order with its lines, or correct one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import gate, layout
from app.databases import engine
from app.entry import orders
from app.entry.checks import PRIORITIES, SHIP_MODES, ConflictError, EntryError, LineEntry, OrderEntry, cents
from app.entry.literal import literal
from app.settings import settings

ROLES = ("associate",)
LINES = "entry_lines"
OPENED = "entry_opened"  # number and version of the order that is corrected
LINE_PREFIX = "entry_line_"  # the fields of a line that was not added yet
UNADDED = "unadded_line"  # what these fields begin with


def show() -> None:
    """Lay the page out."""
    person = layout.person()
    gate.require(person, *ROLES)
    layout.heading("Orders", "Enter a new order, or open one by its number to correct it.")
    _restore(person.user_id)
    _tell_done()
    opened: orders.StoredOrder | None = st.session_state.get("opened_order")
    _open(opened)
    st.subheader(f"Order {opened.order_id}" if opened else "New order")
    entry = _order_fields(opened)
    _line_fields(entry["order_date"])
    _save(person.name, opened, entry)


def _restore(user_id: int) -> None:
    """Give back what had been entered when the session ended."""
    if "order_token" not in st.session_state:
        st.session_state["order_token"] = uuid.uuid4()
        with engine(settings().app_url).begin() as connection:
            kept = gate.draft(connection, user_id, "enter-order") or {}
        if kept:
            st.info("You are signed in again. What you had entered is back.", icon=":material/restore:")
        if OPENED in kept:
            _open_again(*kept[OPENED])
        values = {key: _from_draft(key, value) for key, value in kept.items()}
        st.session_state[UNADDED] = {key: value for key, value in values.items() if key.startswith(LINE_PREFIX)}
        st.session_state.update({key: value for key, value in values.items() if not key.startswith(LINE_PREFIX)})
    st.session_state.setdefault(LINES, [])


def _open_again(order_id: str, version: str) -> None:
    """Go on with a correction of an order as it was when it was opened: what others changed since is told on saving."""
    found = orders.read_order(settings().associate_url, order_id)
    if found:
        st.session_state["opened_order"] = replace(found, version=version)
    else:
        st.warning(f"The order {literal(order_id)} was deleted in the meantime. Saving makes a new one.")


def _from_draft(key: str, value: Any) -> Any:
    return value if not key.endswith("_date") else dt.date.fromisoformat(value)


def _tell_done() -> None:
    if done := st.session_state.pop("order_done", None):
        st.success(done, icon=":material/check_circle:")


def _open(opened: orders.StoredOrder | None) -> None:
    with st.expander("Open an order to correct it", expanded=opened is not None), st.form("open_order", border=False):
        number = st.text_input("Order number", max_chars=64)
        first, second = st.columns(2)
        if first.form_submit_button("Open", icon=":material/folder_open:"):
            found = orders.read_order(settings().associate_url, number) if number.strip() else None
            if found is None:
                st.warning("There is no order of this number. Check it, or enter the order as a new one.")
            else:
                _fill(found)
                st.rerun()
        if second.form_submit_button("New order instead", icon=":material/add:", disabled=opened is None):
            _clear()
            st.rerun()


def _fill(found: orders.StoredOrder) -> None:
    _clear()
    st.session_state["opened_order"] = found
    st.session_state[OPENED] = found.as_draft()
    st.session_state["entry_customer_id"] = found.entry.customer_id
    st.session_state["entry_order_date"] = found.entry.order_date
    st.session_state["entry_priority"] = found.entry.order_priority
    st.session_state[LINES] = [_plain(line) for line in found.entry.lines]


def _clear() -> None:
    for key in [key for key in st.session_state if str(key).startswith(gate.DRAFT_PREFIX)]:
        del st.session_state[key]
    for key in ("opened_order", "chosen_customer", UNADDED):
        st.session_state.pop(key, None)
    st.session_state["order_token"] = uuid.uuid4()
    st.session_state[LINES] = []


def _order_fields(opened: orders.StoredOrder | None) -> dict[str, Any]:
    known = st.session_state.get("entry_customer_id")
    left, right = st.columns([3, 2])
    words = left.text_input(
        "Find a customer", key="entry_customer_words", placeholder="Part of the name, or the customer's number"
    )
    choices = orders.find_customers(settings().associate_url, words or known or "") if words or known else []
    titles = {choice.id: choice.title for choice in choices}
    customer = right.selectbox(
        "Customer",
        list(titles),
        list(titles).index(known) if known in titles else 0,
        format_func=lambda id_: titles[id_],
        placeholder="Find one first",
        key="chosen_customer",
    )
    st.session_state["entry_customer_id"] = customer
    first, second = st.columns(2)
    st.session_state.setdefault("entry_order_date", dt.date.today())
    st.session_state.setdefault("entry_priority", "Medium")
    order_date = first.date_input("Order date", key="entry_order_date", min_value=dt.date(2000, 1, 1))
    priority = second.selectbox("Priority", PRIORITIES, key="entry_priority")
    if opened:
        st.caption("Changing the date or the priority changes the order; its lines stay as they are below.")
    return {"customer_id": customer or "", "order_date": order_date, "order_priority": priority}


def _line_fields(order_date: dt.date) -> None:
    st.markdown("**Lines**")
    lines: list[dict[str, Any]] = st.session_state[LINES]
    if lines:
        st.dataframe(_table(lines), hide_index=True, key="lines_table")
        place, button = st.columns([3, 1], vertical_alignment="bottom")
        gone = place.selectbox(
            "Line to take out", range(len(lines)), format_func=lambda n: f"{n + 1}: {lines[n]['product_id']}"
        )
        if button.button("Take out", icon=":material/delete:"):
            del lines[gone]
            st.rerun()
    else:
        st.caption("No line yet. Find a product below and add it.")
    with st.container(border=True):
        left, right = st.columns([3, 2])
        words = left.text_input(
            "Find a product", key="entry_product_words", placeholder="Part of the name, or the product's number"
        )
        choices = orders.find_products(settings().associate_url, words) if words else []
        titles = {choice.id: choice.title for choice in choices}
        product = right.selectbox(
            "Product", list(titles), format_func=lambda id_: titles[id_], placeholder="Find one first"
        )
        given = st.session_state.get(UNADDED, {})
        modes = list(SHIP_MODES)
        with st.form("add_line", clear_on_submit=True, border=False):
            columns = st.columns(5)
            quantity = columns[0].number_input(
                "Quantity", min_value=1, value=given.get("entry_line_quantity", 1), step=1, key="entry_line_quantity"
            )
            sales = _amount(columns[1], "Sales ($)", "entry_line_sales", given, min_value=0.0)
            discount = _amount(columns[2], "Discount (%)", "entry_line_discount", given, 0.0, 100.0, step=1.0)
            profit = _amount(columns[3], "Profit ($)", "entry_line_profit", given)
            cost = _amount(columns[4], "Shipping cost ($)", "entry_line_shipping_cost", given, min_value=0.0)
            first, second, third = st.columns([2, 2, 1], vertical_alignment="bottom")
            ship_date = first.date_input(
                "Ship date", given.get("entry_line_ship_date", order_date), key="entry_line_ship_date"
            )
            mode = second.selectbox(
                "Ship mode", modes, modes.index(given.get("entry_line_mode", modes[-1])), key="entry_line_mode"
            )
            if third.form_submit_button("Add line", icon=":material/add:"):
                if not product:
                    st.warning("Find a product and choose it first.")
                    return
                try:
                    added = LineEntry(
                        product,
                        int(quantity),
                        cents(sales),
                        cents(discount / 100),
                        cents(profit),
                        ship_date,
                        mode,
                        cents(cost),
                    )
                except EntryError as error:
                    st.error(literal(str(error)), icon=":material/error:")
                    return
                lines[:] = [line for line in lines if line["product_id"] != product] + [_plain(added)]
                st.session_state.pop(UNADDED, None)
                st.rerun()


def _amount(
    place: DeltaGenerator,
    label: str,
    key: str,
    given: dict[str, Any],
    min_value: float | None = None,
    max_value: float | None = None,
    step: float = 0.01,
) -> float:
    value = given.get(key, 0.0)
    return float(place.number_input(label, min_value, max_value, value, step=step, format="%.2f", key=key))


def _save(name: str, opened: orders.StoredOrder | None, entry: dict[str, Any]) -> None:
    label = "Save the correction" if opened else "Save the order"
    if not st.button(label, type="primary", icon=":material/save:"):
        return
    order = OrderEntry(**entry, lines=tuple(_line(line) for line in st.session_state[LINES]))
    url, token, today = settings().associate_url, st.session_state["order_token"], dt.date.today()
    try:
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
    st.session_state["order_done"] = done
    st.rerun()


def _plain(line: LineEntry) -> dict[str, Any]:
    """A line as values that a draft can hold."""
    return {key: str(value) if isinstance(value, Decimal | dt.date) else value for key, value in asdict(line).items()}


def _line(plain: dict[str, Any]) -> LineEntry:
    money = {key: Decimal(plain[key]) for key in ("sales", "discount", "profit", "shipping_cost")}
    return LineEntry(**{**plain, **money, "ship_date": dt.date.fromisoformat(plain["ship_date"])})


def _table(lines: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(lines)
    table.columns = [name.replace("_", " ").capitalize() for name in table.columns]
    return table
