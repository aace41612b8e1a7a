"""The lines of the order that is being entered: the list of them, and the fields of the next one."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from app import entered, picking
from app.entered import KEPT, key
from app.entry.checks import DECIMALS, SHIP_MODES, TYPED, EntryError, LineEntry, line_of
from app.entry.literal import literal

LABELS = {
    "quantity": "Quantity",
    "sales": "Sales ($)",
    "discount": "Discount (%)",
    "profit": "Profit ($)",
    "shipping_cost": "Shipping cost ($)",
}


def lines() -> list[LineEntry]:
    """The lines that were added."""
    return [_line(plain) for plain in entered.get("order", "lines", [])]


def put_lines(kept: tuple[LineEntry, ...] | list[LineEntry]) -> None:
    """Make these the lines of the order."""
    entered.put("order", lines=[_plain(line) for line in kept])


def has_unadded() -> bool:
    """Whether something was filled in that is in no line yet."""
    return any(entered.get("line", name) not in (None, "") for name in ("product", *LABELS))


def show_lines() -> None:
    """The lines that were added, with their total, and a way to take one out."""
    st.markdown("**Lines**")
    known = lines()
    if not known:
        st.caption("No line yet. Find a product below and add it.")
        return
    names = picking.product_names([line.product_id for line in known])
    dollars = st.column_config.NumberColumn(format="dollar")
    st.dataframe(
        pd.DataFrame(
            {
                "Product": [names[line.product_id] for line in known],
                "Number": [line.product_id for line in known],
                "Quantity": [line.quantity for line in known],
                "Sales": [float(line.sales) for line in known],
                "Discount": [float(line.discount) for line in known],
                "Profit": [float(line.profit) for line in known],
                "Shipping cost": [float(line.shipping_cost) for line in known],
                "Ship date": [line.ship_date for line in known],
                "Ship mode": [line.ship_mode for line in known],
            }
        ),
        hide_index=True,
        key="lines_table",
        column_config={
            "Sales": dollars,
            "Profit": dollars,
            "Shipping cost": dollars,
            "Discount": st.column_config.NumberColumn(format="percent"),
        },
    )
    total = sum(line.sales for line in known)
    st.markdown(f"{len(known)} {'line' if len(known) == 1 else 'lines'}, sales in all **\\${total:,.2f}**")
    place, button = st.columns([3, 1], vertical_alignment="bottom")
    gone = place.selectbox(
        "Line to take out", range(len(known)), format_func=lambda n: f"{n + 1}: {names[known[n].product_id]}"
    )
    if button.button("Take out", icon=":material/delete:"):
        put_lines([line for number, line in enumerate(known) if number != gone])
        st.rerun()


def show_fields(order_date: dt.date | None) -> None:
    """The fields of the next line; all begin empty, and what is typed is checked here, not in the browser."""
    if entered.get("line", "ship_date") == entered.get("line", "ship_date_begun"):  # it follows the order's date
        entered.put("line", ship_date=order_date, ship_date_begun=order_date)
    entered.preset("line", ship_mode=SHIP_MODES[-1])
    with st.container(border=True):
        typed: dict[str, Any] = {"product": picking.product("line")}
        for column, (name, label) in zip(st.columns(len(LABELS)), LABELS.items(), strict=True):
            form = "%.2f" if DECIMALS[name] else "%g"
            typed[name] = column.number_input(
                label, value=None, step=0.01 if DECIMALS[name] else 1.0, format=form, key=key("line", name),
                persist_state=KEPT,
            )  # fmt: skip
        first, second = st.columns(2)
        typed["ship_date"] = entered.day(first, "Ship date", "line", "ship_date")
        typed["ship_mode"] = second.selectbox("Ship mode", SHIP_MODES, key=key("line", "ship_mode"), persist_state=KEPT)
        number = entered.number("line")  # what is clicked twice is a line's own button, which adds it once
        with st.container(horizontal=True):
            add = st.button("Add line", key=f"add_{number}", icon=":material/add:")
            empty = st.button("Empty the fields", key=f"empty_{number}", disabled=not has_unadded())
        if empty:
            entered.clear("line")
            st.rerun()
        if add:
            _add(typed, order_date)


def _add(typed: dict[str, Any], order_date: dt.date | None) -> None:
    known = lines()
    try:
        if order_date is None:
            raise EntryError(["Fill in the order date first."])
        added = line_of({name: typed[name] for name in TYPED}, order_date)
        if any(line.product_id == added.product_id for line in known):
            raise EntryError(["This product is in the order already. Take that line out first, then add this one."])
    except EntryError as error:
        for problem in error.problems:
            st.error(literal(problem), icon=":material/error:")
        return
    put_lines([*known, added])
    entered.clear("line")
    st.rerun()


def _plain(line: LineEntry) -> dict[str, Any]:
    """A line as values that are kept when the session ends."""
    return {name: str(value) if isinstance(value, Decimal | dt.date) else value for name, value in asdict(line).items()}


def _line(plain: dict[str, Any]) -> LineEntry:
    money = {name: Decimal(plain[name]) for name in ("sales", "discount", "profit", "shipping_cost")}
    return LineEntry(**{**plain, **money, "ship_date": dt.date.fromisoformat(plain["ship_date"])})
