"""The pages of an associate, as an associate works on them."""

import datetime as dt
import uuid

import pytest
import sqlalchemy as sa
from streamlit.util import calc_hash

from app.auth import sessions
from app.databases import engine
from app.settings import settings
from tests.integration.app.conftest import field, press

LINE = {"Quantity": 3, "Sales ($)": 99.9, "Discount (%)": 10, "Profit ($)": 10.0, "Shipping cost ($)": 0}


def type_line(page, product=0, **other):
    """Fill in the fields of a line, with other values for some; None leaves a field empty."""
    field(page, "text_input", "Find a product").set_value("a").run()
    field(page, "selectbox", "Product").select_index(product)
    for label, value in (LINE | other).items():
        if value is not None:
            field(page, "number_input", label).set_value(value)
    return page


def fill_order(page):
    field(page, "text_input", "Find a customer").set_value("a").run()
    field(page, "selectbox", "Customer").select_index(0).run()
    return press(type_line(page), "Add line")


def entered_order(page):
    """The number of an order that was entered on the page."""
    return press(fill_order(page), "Save the order").success[0].value.rstrip(".").split()[-1]


def shown_lines(page):
    return page.dataframe[0].value if page.dataframe else []


def end_sessions(people):
    with engine(settings().app_url).begin() as connection:
        sessions.end_sessions_of(connection, people["associate"])


@pytest.fixture
def order_system(monkeypatch, published):
    """Stop and start what the pages reach the order system by."""
    good = settings().associate_url

    def reachable(yes):
        monkeypatch.setenv("ASSOCIATE_URL", good if yes else "postgresql+psycopg://x:y@127.0.0.1:9/none")
        settings.cache_clear()

    yield reachable
    monkeypatch.undo()
    settings.cache_clear()


def test_an_associate_enters_an_order_and_sees_its_number_after_the_commit(open_page, published):
    page = press(fill_order(open_page("associate", "enter-order")), "Save the order")
    assert not page.error, page.error
    number = page.success[0].value.rstrip(".").split()[-1]
    assert number.startswith(f"TM-{dt.date.today().year}-")
    found = published.sql(
        "select quantity, sales, discount from superstore.order_products where order_id = :id", id=number
    )
    assert [(row.quantity, float(row.sales), float(row.discount)) for row in found] == [(3, 99.9, 0.1)]


def test_an_order_without_customer_and_lines_names_both(open_page):
    page = press(open_page("associate", "enter-order"), "Save the order")
    assert [error.value for error in page.error] == [r"Choose a customer.", r"An order needs at least one line."]


@pytest.mark.parametrize(
    ("label", "value", "told"),
    [
        ("Sales ($)", -5, "sales cannot be negative"),
        ("Sales ($)", 10.005, "sales has at most two decimals"),
        ("Sales ($)", None, "Fill in the sales"),
        ("Discount (%)", 250, "discount must lie between"),
        ("Discount (%)", 12.5, "discount has no decimals"),
        ("Quantity", 0, "quantity must lie between"),
        ("Quantity", 2.5, "quantity has no decimals"),
        ("Quantity", None, "Fill in the quantity"),
        ("Shipping cost ($)", -1, "shipping cost cannot be negative"),
        ("Profit ($)", 1e300, "profit cannot be greater"),
    ],
)
def test_what_is_not_taken_is_refused_and_never_stored_as_something_else(open_page, label, value, told):
    page = press(type_line(open_page("associate", "enter-order"), **{label: value}), "Add line")
    assert told.lower() in " ".join(error.value.replace("\\", "") for error in page.error).lower()
    assert not len(shown_lines(page))
    assert field(page, "number_input", label).value == value


def test_no_field_of_an_order_keeps_a_value_from_the_server(open_page):
    """A browser does not send what a field's own bounds refuse: the value before it would be stored in its place."""
    page = open_page("associate", "enter-order")
    for number in page.number_input:
        assert not number.proto.has_min, number.label
        assert not number.proto.has_max, number.label
        assert number.value is None, number.label


def test_nothing_is_chosen_by_itself_and_a_save_empties_the_form(open_page):
    page = open_page("associate", "enter-order")
    for what in ("customer", "product"):
        field(page, "text_input", f"Find a {what}").set_value("a").run()
        assert field(page, "selectbox", what.capitalize()).value is None
    page = press(fill_order(page), "Save the order")
    assert page.success
    for what in ("customer", "product"):
        assert not field(page, "text_input", f"Find a {what}").value
        assert field(page, "selectbox", what.capitalize()).value is None
    page = press(press(type_line(page), "Add line"), "Save the order")
    assert [error.value for error in page.error] == ["Choose a customer."]


def test_a_line_that_was_not_added_is_not_left_out_in_silence(open_page):
    page = fill_order(open_page("associate", "enter-order"))
    field(page, "number_input", "Quantity").set_value(4)
    page = press(page, "Save the order")
    assert "not added" in page.error[0].value
    assert press(press(page, "Empty the fields"), "Save the order").success


def test_a_product_is_added_once(open_page):
    page = fill_order(open_page("associate", "enter-order"))
    page = press(type_line(page, Quantity=5), "Add line")
    assert "in the order already" in page.error[0].value
    assert list(shown_lines(page)["Quantity"]) == [3]


def test_an_order_that_is_opened_shows_all_that_is_stored_of_it(open_page, published):
    page = open_page("associate", "enter-order")
    number = entered_order(page)
    field(page, "text_input", "Order number").set_value(number)
    page = press(page, "Open")
    stored = published.sql(
        "select o.customer_id, o.order_date, o.order_priority, p.product_name from superstore.orders as o "
        "join superstore.order_products using (order_id) join superstore.products as p using (product_id) "
        "where order_id = :id",
        id=number,
    )[0]
    assert field(page, "selectbox", "Customer").value == stored.customer_id
    assert field(page, "date_input", "Order date").value == stored.order_date
    assert field(page, "selectbox", "Priority").value == stored.order_priority
    shown = shown_lines(page).iloc[0]
    assert (shown["Product"], shown["Sales"], shown["Discount"]) == (stored.product_name, 99.9, 0.1)
    assert "Nothing was changed" in press(page, "Save the correction").info[0].value


def test_a_session_that_ends_in_the_middle_of_a_form_loses_nothing(open_page, people):
    page = fill_order(open_page("associate", "enter-order"))
    end_sessions(people)
    page = press(page, "Save the order")
    assert "kept" in page.info[0].value
    again = open_page("associate", "enter-order")
    assert "is back" in again.info[0].value
    assert list(shown_lines(again)["Quantity"]) == [3]
    assert press(again, "Save the order").success


def test_a_correction_that_a_session_ended_on_goes_on_as_a_correction(open_page, people, published):
    page = open_page("associate", "enter-order")
    number = entered_order(page)
    field(page, "text_input", "Order number").set_value(number)
    page = press(page, "Open")
    field(page, "selectbox", "Priority").select("Critical")
    end_sessions(people)
    press(page, "Save the correction")
    again = press(open_page("associate", "enter-order"), "Save the correction")
    assert f"The order {number} is corrected." in [told.value for told in again.success]
    stored = published.sql("select order_priority from superstore.orders where order_id = :id", id=number)
    assert [row.order_priority for row in stored] == ["Critical"]


@pytest.mark.parametrize("pressed", ["Add line", "Save the order"])
def test_a_line_that_was_not_added_when_the_session_ended_is_back(open_page, people, pressed):
    page = type_line(open_page("associate", "enter-order"), Quantity=7, **{"Profit ($)": -12.5})
    end_sessions(people)
    press(page, pressed)
    again = open_page("associate", "enter-order")
    shown = {number.label: number.value for number in again.number_input}
    assert (shown["Quantity"], shown["Profit ($)"]) == (7, -12.5)
    assert list(shown_lines(press(again, "Add line"))["Profit"]) == [-12.5]


def test_who_signs_in_again_comes_back_to_the_same_page(open_page, people):
    page = open_page("associate", "enter-return")
    page.query_params["period"] = "Last year"
    end_sessions(people)
    assert "(/sign-in?next=%2Fenter-return%3Fperiod%3DLast%2Byear)" in page.run().info[0].value


def test_what_was_entered_outlives_an_outage_and_a_look_at_another_page(open_page, order_system, published):
    page = type_line(fill_order(open_page("associate", "enter-order")), product=5, Quantity=8)
    field(page, "selectbox", "Priority").select("Critical").run()
    order_system(False)
    page = press(page, "Save the order")
    page.run()
    assert field(page, "number_input", "Quantity").value == 8
    order_system(True)
    page.run()
    page._page_hash, here = calc_hash("my-work"), page._page_hash
    assert page.run().title[0].value == "My work"
    page._page_hash = here
    page.run()
    assert not page.error
    assert field(page, "selectbox", "Priority").value == "Critical"
    assert field(page, "selectbox", "Product").value
    page = press(press(page, "Add line"), "Save the order")
    assert not page.error, page.error
    number = page.success[0].value.rstrip(".").split()[-1]
    stored = published.sql("select order_priority from superstore.orders where order_id = :id", id=number)
    assert [row.order_priority for row in stored] == ["Critical"]


HEADER = (
    "Order ID,Order Date,Order Priority,Customer ID,Customer Name,Segment,Country,State,City,Market,Region,Product ID,"
    "Product Name,Category,Sub-Category,Quantity,Sales,Discount,Profit,Ship Date,Ship Mode,Shipping Cost\n"
)
ROW = (
    "{order},2026-05-01,High,{order}-C,Somebody,Consumer,France,IDF,Paris,EU,Central,{order}-P,Thing,Furniture,Chairs,"
    "{quantity},10.00,0.1,1.00,2026-05-02,First Class,1.00\n"
)


def give(page, text, name="lines.csv"):
    """Put a file onto the page."""
    page.file_uploader[0].set_value((name, text.encode(), "text/csv"))
    return page.run()


def counted(page):
    return {metric.label: metric.value for metric in page.metric}


def test_a_file_is_shown_and_then_loaded_with_its_refused_rows_to_take_back(open_page, published):
    order = f"L{uuid.uuid4().hex[:8]}"
    text = HEADER + ROW.format(order=order, quantity=2) + ROW.format(order=f"{order}-bad", quantity="two")
    page = give(open_page("associate", "bulk-load"), text)
    assert counted(page) == {"Rows": "2", "Accepted": "1", "Refused": "1"}
    added = next(table.value for table in page.dataframe if "Quantity" in table.value)
    assert (added["Number"][0], added["Quantity"][0], added["Sales"][0]) == (f"{order} · {order}-P", 2, 10.0)
    refused = page.dataframe[-1].value
    assert (refused["Line"][0], refused["Column"][0]) == (3, "Quantity")
    [download] = page.get("download_button")
    assert download.label == "Download the refused rows"
    page = press(page, "Load 1 row").run()
    assert "1 row loaded, 1 refused" in page.success[0].value
    assert not page.info
    rows = published.sql("select quantity from superstore.order_products where order_id like :id", id=f"{order}%")
    assert [row.quantity for row in rows] == [2]
    page = give(page, HEADER + ROW.format(order=order, quantity=7))
    changed = next(table.value for table in page.dataframe if "Now" in table.value)
    assert changed[["Column", "Now", "Then"]].values.tolist() == [["Quantity", "2", "7"]]


def test_columns_of_other_names_are_mapped_on_the_page(open_page):
    text = HEADER.replace("Region", "Gebiet") + ROW.format(order=f"M{uuid.uuid4().hex[:8]}", quantity=2)
    page = give(open_page("associate", "bulk-load"), text)
    assert "lacks" in page.error[0].value or "Region" in page.error[0].value
    field(page, "selectbox", "Region").select("Gebiet")
    page = page.run()
    assert counted(page)["Accepted"] == "1"


@pytest.mark.parametrize("text", ["", "one,two\n1,2\n", "\0\0\0", HEADER])
def test_a_file_of_something_else_is_refused_in_a_sentence(open_page, text):
    page = give(open_page("associate", "bulk-load"), text)
    assert not page.exception
    assert page.error
    assert "--" not in page.error[0].value


def test_while_the_order_system_is_down_a_file_waits(open_page, order_system):
    page = open_page("associate", "bulk-load")
    order_system(False)
    page = give(page, HEADER + ROW.format(order=f"W{uuid.uuid4().hex[:8]}", quantity=2))
    assert not page.exception
    assert "order system does not answer" in page.error[0].value
    order_system(True)
    page = press(page, "Try again")
    assert counted(page)["Accepted"] == "1"
    order_system(False)
    page = press(page, "Load 1 row")
    assert not page.exception
    assert "order system does not answer" in page.error[0].value


def test_of_two_people_who_correct_one_return_the_second_is_told(open_page):
    number = entered_order(open_page("associate", "enter-order"))
    first = open_page("associate", "enter-return")
    field(first, "text_input", "Order number").set_value(number).run()
    field(first, "selectbox", "Region").select_index(0)
    assert press(first, "Save the return").success
    pages = [open_page("associate", "enter-return") for _ in range(2)]
    for page, status in zip(pages, ("Approved", "Rejected"), strict=True):
        field(page, "text_input", "Order number").set_value(number).run()
        field(page, "selectbox", "Status").select(status)
    assert "is corrected" in press(pages[0], "Save the correction").success[0].value
    second = press(pages[1], "Save the correction")
    assert "changed by somebody else" in second.error[0].value
    reopened = press(second, "Open it again")
    assert field(reopened, "selectbox", "Status").value == "Approved"
    assert "Nothing was changed" in press(reopened, "Save the correction").info[-1].value


def test_what_was_entered_for_a_return_is_back_after_the_session_ended(open_page, people):
    number = entered_order(open_page("associate", "enter-order"))
    page = open_page("associate", "enter-return")
    field(page, "text_input", "Order number").set_value(number).run()
    field(page, "selectbox", "Status").select("Approved")
    field(page, "selectbox", "Region").select_index(0)
    field(page, "text_area", "Reason").set_value("too small")
    end_sessions(people)
    press(page, "Save the return")
    again = open_page("associate", "enter-return")
    assert field(again, "text_input", "Order number").value == number
    assert field(again, "selectbox", "Status").value == "Approved"
    assert field(again, "text_area", "Reason").value == "too small"
    assert press(again, "Save the return").success


def test_nothing_is_kept_for_a_person_by_who_was_never_signed_in(open_page, people):
    with engine(settings().app_url).begin() as connection:
        token = sessions.start_session(connection, people["associate"], "full")
        sessions.end_sessions_of(connection, people["associate"])
    page = open_page("associate", "enter-order", token=token)
    page.session_state["entry_order_0_lines"] = ["of somebody else"]
    page.run()
    with engine(settings().app_url).connect() as connection:
        assert connection.scalar(sa.text("select count(*) from drafts")) == 0


@pytest.mark.parametrize("hostile", ["\0" * 3 + "a", "%_!'\\"])
def test_hostile_characters_in_the_fields_of_an_order_are_text(open_page, hostile):
    page = open_page("associate", "enter-order")
    for what in ("customer", "product"):
        field(page, "text_input", f"Find a {what}").set_value(hostile)
    assert not page.run().exception
    field(page, "text_input", "Order number").set_value(hostile)
    assert "no order of this number" in press(page, "Open").warning[0].value


def test_when_the_order_system_is_down_pages_say_so_and_what_was_entered_stays(open_page, order_system):
    order_system(False)
    assert "order system does not answer" in open_page("associate", "my-work").error[0].value
    page = open_page("associate", "enter-order")
    field(page, "text_input", "Find a customer").set_value("ann").run()
    assert "order system does not answer" in page.error[0].value
    assert field(page, "text_input", "Find a customer").value == "ann"
    page = open_page("associate", "enter-return")
    field(page, "text_input", "Order number").set_value("AO-1").run()
    assert "order system does not answer" in page.error[0].value
    assert not open_page("manager", "sales").error
