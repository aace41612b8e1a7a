"""From the associate's form to the manager's dashboard, as people do it."""

import datetime as dt
import re

import pytest

from tests.integration.app.conftest import PASSWORD

SECONDS = 60_000


@pytest.fixture
def sign_in(browser, app):
    """A page of a new browser, signed in."""
    contexts = []

    def signed_in(name, path):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{app}/{path}")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector("h1 >> visible=true")
        return page

    yield signed_in
    for context in contexts:
        context.close()


def orders_shown(page):
    metric = page.get_by_test_id("stMetric").filter(has_text=re.compile(r"^Orders"))
    return int(metric.get_by_test_id("stMetricValue").inner_text().replace(",", ""))


def find(page, label, typed_into, words):
    """Search, and take the first hit of the pick list, which is shown as name · number."""
    page.get_by_label(typed_into, exact=True).fill(words)
    page.get_by_label(typed_into, exact=True).press("Enter")
    page.wait_for_timeout(1_000)  # the page begins to run anew
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.get_by_role("combobox", name=re.compile(label)).first.click()
    page.get_by_role("option").filter(has_text="·").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_timeout(1_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def test_an_order_goes_from_the_associate_to_the_managers_dashboard(sign_in, pipeline):
    manager = sign_in("mona", "sales")
    manager.get_by_test_id("stMetric").first.wait_for()
    before = orders_shown(manager)

    associate = sign_in("sally", "enter-order")
    find(associate, "Customer", "Find a customer", "an")
    find(associate, "Product", "Find a product", "a")
    associate.get_by_label("Sales ($)").fill("123.45")
    associate.get_by_role("button", name="Add line").click()
    associate.get_by_role("button", name="Take out").wait_for()
    associate.get_by_role("button", name="Save the order").dblclick()
    number = re.search(r"TM-\d{4}-\d{8}", associate.get_by_text("Its number is").inner_text())[0]
    assert pipeline.sql("select count(*) as n from superstore.entries where row_id = :id", id=number)[0].n == 1

    pipeline.run_well()
    manager.wait_for_function(  # the page renews itself
        "before => [...document.querySelectorAll('[data-testid=stMetric]')]"
        ".some(m => m.innerText.startsWith('Orders') && +m.querySelector('[data-testid=stMetricValue]')"
        ".innerText.replace(',', '') === before + 1)",
        arg=before,
    )
    customer = pipeline.sql(
        "select c.customer_name from superstore.orders as o join superstore.customers as c using (customer_id) "
        "where o.order_id = :id",
        id=number,
    )[0].customer_name
    assert customer not in manager.content()


def test_a_reload_keeps_the_session_and_signing_out_ends_it_in_every_window(sign_in, app):
    first = sign_in("mona", "sales")
    assert "tidemark_session" not in first.evaluate("document.cookie")
    first.reload()
    first.wait_for_selector("h1:has-text('Sales')")
    second = first.context.new_page()
    second.goto(f"{app}/products")
    second.wait_for_selector("h1:has-text('Products')")
    first.get_by_role("button", name="Sign out").click()
    first.get_by_label("User name").wait_for()
    second.goto(f"{app}/products")
    second.get_by_label("User name").wait_for()


def test_filters_live_in_the_address(sign_in):
    page = sign_in("mona", "sales?period=Last+year&category=Furniture")
    page.get_by_test_id("stMetric").first.wait_for()
    last_year = dt.date.today().year - 1
    text = page.get_by_test_id("stMain").inner_text()
    assert re.search(rf"01 Jan ({last_year}|20\d\d) to 31 Dec", text)
    assert "Furniture" in text
