"""Can the pages be read and used, in light and dark, on a screen and on a phone?"""

from pathlib import Path

import playwright.sync_api
import pytest

from app.app_pages import PAGES
from tests.browser.conftest import SECONDS, set_up_second_factor

FAINT = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
PEOPLE = {"sally": "associate", "mona": "manager", "erin": "executive"}
PHONE = {"width": 390, "height": 844}


def open_page(page, path):
    page.goto(path)
    page.wait_for_selector("[data-testid=stApp] h1 >> visible=true")
    page.wait_for_timeout(1_500)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["sally", "mona"])
def test_every_text_stands_out_from_its_background(sign_in, app, name, scheme):
    page = sign_in(name, "settings", color_scheme=scheme)
    faint = {}
    for each in PAGES:
        if PEOPLE[name] in each.roles:
            open_page(page, f"{app}/{each.path}")
            if found := page.evaluate(FAINT):
                faint[each.path] = found
    assert not faint


def test_no_page_is_wider_than_a_telephone(sign_in, app):
    wide = []
    for name, role in PEOPLE.items():
        then = set_up_second_factor if role == "executive" else lambda page: None
        page = sign_in(name, "settings", then=then, viewport=PHONE)
        for each in PAGES:
            if role in each.roles:
                open_page(page, f"{app}/{each.path}")
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    wide.append((name, each.path))
    assert not wide


def test_a_value_that_a_browser_could_refuse_is_refused_by_the_server(sign_in):
    page = sign_in("sally", "enter-order")
    page.get_by_label("Quantity").fill("0")
    page.get_by_label("Sales ($)").fill("-5")
    page.get_by_label("Discount (%)").fill("250")
    page.get_by_label("Discount (%)").press("Tab")
    page.get_by_role("button", name="Save the order").click()
    page.get_by_text("A line is filled in and not added").wait_for()
    for label, value in (("Quantity", "0"), ("Sales ($)", "-5.00"), ("Discount (%)", "250")):
        assert page.get_by_label(label).input_value() == value
    page.locator("[data-testid=stDateInput] input").first.fill("1850/01/02")
    page.locator("h1").last.click()
    page.get_by_role("button", name="Empty the fields").click()
    quantity = page.get_by_label("Quantity")  # a click while the page is made anew is lost
    playwright.sync_api.expect(quantity).not_to_have_value("0", timeout=SECONDS)
    page.get_by_role("button", name="Save the order").click()
    page.get_by_text("The order date must lie between").wait_for()
