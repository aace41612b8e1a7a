"""From the associate's form to the manager's dashboard, as people do it."""

import datetime as dt
import re
import time

import playwright.sync_api
import psutil
import pytest
import sqlalchemy as sa

from local.accounts import ADMIN_NAMES
from local.connections import NAMES, OPTIONAL_NAMES
from tests.browser.conftest import SECONDS, set_up_second_factor
from tests.integration.app.conftest import PASSWORD

FIRST_ANSWER_SECONDS = 3
LINE = {"Quantity": "2", "Sales ($)": "123.45", "Discount (%)": "0", "Profit ($)": "1", "Shipping cost ($)": "2.5"}


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


def run_now(page):
    """Press the button, again while `tidemark serve` has not told Prefect of itself, and wait for the run's end."""
    started = page.get_by_text(re.compile("A run is asked for|is under way"))
    for _ in range(10):
        page.get_by_role("button", name="Run now").click()
        try:
            started.first.wait_for(timeout=5_000)
        except playwright.sync_api.TimeoutError:
            continue
        page.get_by_text("has succeeded").wait_for()
        return
    raise AssertionError(page.get_by_test_id("stMain").inner_text())


@pytest.mark.alone
def test_the_first_answer_is_there_within_three_seconds_of_opening_the_page(sign_in, app):
    """From asking for the page to the answer's sentence, in a new session: the best of five, for machines are busy."""
    took = []
    for _ in range(5):
        page = sign_in("mona", "settings")
        started = time.monotonic()
        page.goto(f"{app}/chat")
        page.get_by_test_id("stChatInputTextArea").fill("total sales by region")
        page.keyboard.press("Enter")
        page.get_by_test_id("stChatMessage").nth(1).get_by_text("Sales by region").first.wait_for()
        took.append(time.monotonic() - started)
        if took[-1] <= FIRST_ANSWER_SECONDS:
            return
    raise AssertionError(took)


def test_what_was_answered_is_shown_with_its_statement_and_nothing_fails_to_load(sign_in, app):
    page = sign_in("mona", "settings")
    failed: list[str] = []
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.goto(f"{app}/chat")
    for question, answer in (("total sales by region", "Sales by region"), ("and by segment?", "Sales by segment")):
        page.get_by_test_id("stChatInputTextArea").fill(question)
        page.keyboard.press("Enter")
        page.get_by_test_id("stChatMessage").last.get_by_text(answer).first.wait_for()
    playwright.sync_api.expect(page.get_by_test_id("stChatMessage")).to_have_count(4, timeout=SECONDS)
    last = page.get_by_text("Click a part to change it")  # the last answer's alone
    playwright.sync_api.expect(last).to_have_count(1, timeout=SECONDS)
    page.get_by_text("Where this comes from").last.click()
    page.get_by_test_id("stCode").get_by_text("fct_sales").first.wait_for()
    assert failed == []


def test_an_order_goes_from_the_associate_to_the_managers_dashboard(sign_in, pipeline, serving):
    manager = sign_in("mona", "sales")
    manager.get_by_test_id("stMetric").first.wait_for()
    before = orders_shown(manager)

    associate = sign_in("sally", "enter-order")
    find(associate, "Customer", "Find a customer", "an")
    find(associate, "Product", "Find a product", "a")
    for label, value in LINE.items():
        associate.get_by_label(label).fill(value)
    associate.get_by_role("button", name="Add line").click()
    associate.get_by_role("button", name="Take out").wait_for()
    associate.get_by_role("button", name="Save the order").dblclick()
    number = re.search(r"TM-\d{4}-\d{8}", associate.get_by_text("Its number is").inner_text())[0]
    assert pipeline.sql("select count(*) as n from superstore.entries where row_id = :id", id=number)[0].n == 1

    executive = sign_in("erin", "pipeline", then=set_up_second_factor)
    run_now(executive)
    manager.wait_for_function(  # the page renews itself
        "before => [...document.querySelectorAll('[data-testid=stMetric]')]"
        ".some(m => m.innerText.startsWith('Orders') && +m.querySelector('[data-testid=stMetricValue]')"
        ".innerText.replace(',', '') === before + 1)",
        arg=before,
    )
    customer = pipeline.sql(
        "select c.customer_name, c.email, c.phone, c.city from superstore.orders as o "
        "join superstore.customers as c using (customer_id) where o.order_id = :id",
        id=number,
    )[0]
    shown = manager.content()
    for value in (customer.customer_name, customer.email, customer.phone):
        assert value is None or value not in shown
    account = sa.create_engine(pipeline.urls["MANAGER_URL"], poolclass=sa.pool.NullPool)
    with account.connect() as connection:  # what the dashboard is computed from
        seen = connection.execute(
            sa.text(
                "select c.customer_name, c.city, sum(f.sales) as sales from fct_sales as f "
                "inner join dim_customer as c using (customer_key) where f.order_id = :id group by 1, 2"
            ),
            {"id": number},
        ).one()
    assert (seen.customer_name[:3], seen.city, float(seen.sales)) == ("tk_", customer.city, 123.45)


def test_what_was_typed_when_the_session_ended_is_back_on_the_same_page(sign_in, app):
    page = sign_in("sally", "enter-order")
    page.get_by_label("Quantity").fill("9")
    other = page.context.new_page()
    other.goto(f"{app}/sign-out")
    other.get_by_label("User name").wait_for()
    page.get_by_role("button", name="Add line").click()
    page.get_by_label("User name").fill("sally")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("What you had entered is back").wait_for()
    assert page.url == f"{app}/enter-order"
    playwright.sync_api.expect(page.get_by_label("Quantity")).to_have_value("9", timeout=SECONDS)


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
    last_year = dt.date.today().year - 1
    page.get_by_text(re.compile(rf"01 Jan ({last_year}|20\d\d) to 31 Dec")).wait_for()
    page.get_by_test_id("stMultiSelect").get_by_text("Furniture").wait_for()
    page.get_by_test_id("stMetric").first.wait_for()


def test_the_web_process_has_the_connections_of_its_roles_alone(app):
    port = app.rpartition(":")[2]
    [web] = [
        process
        for process in psutil.process_iter(["cmdline"])
        if {"app.server:app", port} <= set(process.info["cmdline"] or ())
    ]
    urls = {name for name in web.environ() if name in (*NAMES, *OPTIONAL_NAMES, *ADMIN_NAMES)}
    assert urls == {"APP_PAGES_URL", "ASSOCIATE_URL", "MANAGER_URL", "EXECUTIVE_URL", "PREFECT_API_URL"}
