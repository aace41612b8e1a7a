"""What the dashboards compute in memory equals what the database says, for a role's own views."""

import datetime as dt
import threading
import time

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from app import figures, latest, warming
from app.databases import engine
from app.figures import Selection
from app.order_lines import OF_CUSTOMERS, OF_PRODUCTS, read_order_lines
from app.settings import settings
from tests.integration.app.figures_by_sql import BySql

EVERYTHING = (dt.date(2000, 1, 1), dt.date(2100, 1, 1))
A_YEAR = (dt.date(2024, 2, 17), dt.date(2025, 3, 3))
SELECTIONS = (
    Selection(*EVERYTHING),
    Selection(*A_YEAR),
    Selection(*EVERYTHING, category=("Furniture", "Technology")),
    Selection(*A_YEAR, category=("Furniture",), market=("EU", "US"), segment=("Consumer",)),
    Selection(*EVERYTHING, region=("Central", "no such region")),
    Selection(*EVERYTHING, market=("no such market",)),
)


@pytest.fixture(scope="module")
def published(pipeline, app_url):
    """A small shop, published, in which a return has no reason and a product sold at odd discounts."""
    pipeline.forget_everything()
    pipeline.seed(scale=0.1)
    pipeline.sql(
        "update superstore.returns set reason = null where return_id = (select min(return_id) from superstore.returns)"
    )
    pipeline.sql(
        "update superstore.order_products set discount = 0.13 where product_id = "
        "(select min(product_id) from superstore.order_products)"
    )
    pipeline.run_well()
    settings.cache_clear()
    return pipeline


@pytest.fixture(scope="module", params=["manager", "executive"])
def both(published, request):
    """The order lines in memory and the database, as a role."""
    url = settings().warehouse_url(request.param)
    return read_order_lines(url), BySql(url)


def assert_same(found, expected, *keys):
    found, expected = (rows.sort_values(list(keys), ignore_index=True) if keys else rows for rows in (found, expected))
    pd.testing.assert_frame_equal(
        found[list(expected.columns)], expected, check_dtype=False, check_exact=False, rtol=1e-12
    )


@pytest.mark.parametrize("selection", SELECTIONS, ids=range(len(SELECTIONS)))
def test_every_figure_equals_the_databases_own(both, selection):
    lines, by_sql = both
    totals = figures.totals(lines, selection)
    expected = by_sql.totals(selection)
    assert (totals.sales, totals.profit, totals.orders, totals.returned_orders) == tuple(np.nan_to_num(expected))
    for dimension in (*OF_CUSTOMERS, *OF_PRODUCTS):
        assert_same(figures.by(lines, selection, dimension), by_sql.by(selection, dimension), dimension)
    for grain in figures.GRAINS:
        assert_same(figures.trend(lines, selection, grain), by_sql.trend(selection, grain))
    for measure in ("sales", "profit"):
        for best in (True, False):
            chosen = (selection, measure, 10, best)
            assert_same(figures.products(lines, *chosen), by_sql.products(*chosen))
    places = ("country", "state", "city")
    assert_same(figures.cities(lines, selection, fold=False), by_sql.cities(selection), *places)
    assert_same(figures.discounts(lines, selection), by_sql.discounts(selection))
    for what in ("status", "reason"):
        assert_same(figures.returns(lines, selection, what), by_sql.returns(selection, what), what)


def test_the_first_views_of_a_role_are_there_before_anybody_opens_a_page(published):
    latest.forget()
    stop = threading.Event()
    thread = latest.follow(warming.draw_first_views, stop)
    try:
        wait_for(lambda: len(latest._kept) == len(latest.ROLES))
        run = published.run_well
        for role in latest.ROLES:
            assert latest.latest(role).made, role
        first = latest.latest("manager").published.run_id
        published.change("1%")
        newest = run().run_id
        assert newest != first
        wait_for(lambda: latest.latest("manager").published.run_id == newest)
        assert latest.latest("manager").made
    finally:
        stop.set()
        thread.join()
        latest.forget()


def test_pages_keep_what_was_read_while_the_warehouse_is_down_and_say_so(published, monkeypatch):
    latest.forget()
    stop = threading.Event()
    thread = latest.follow(lambda found: None, stop)
    try:
        wait_for(lambda: len(latest._kept) == len(latest.ROLES))
        away = settings().model_copy(update={"manager_url": "mysql+pymysql://x:y@127.0.0.1:9/none"})
        monkeypatch.setattr("app.latest.settings", lambda: away)
        wait_for(lambda: latest.trouble("manager"))
        assert latest.latest("manager").lines.order.size
        assert latest.trouble("executive") is None
        monkeypatch.undo()
        wait_for(lambda: latest.trouble("manager") is None)
    finally:
        stop.set()
        thread.join()
        latest.forget()


def wait_for(found, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found():
            return
        time.sleep(0.1)
    raise AssertionError("did not come about")


def test_nothing_personal_is_read(published):
    with engine(settings().app_url).connect() as connection:
        asked = connection.scalars(sa.text("select sql from query_log where user_name = 'tidemark'")).all()
    assert asked
    assert not [sql for sql in asked for name in ("customer_name", "email", "phone", "postal_code") if name in sql]
