"""Orders, returns and files as an associate enters them, in the source itself."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from app.databases import UnreachableError, engine
from app.entry import files, orders
from app.entry.checks import ConflictError, EntryError, LineEntry, OrderEntry, ReturnEntry
from oltp.superstore.seeding import seed_superstore
from oltp.superstore_files import LoadOptions

TODAY = dt.date(2026, 6, 30)
HOSTILE = "Robert'); drop table superstore.orders;-- <script>alert(1)</script> {{7*7}} 山田 😀"


@pytest.fixture(scope="module")
def url(servers):
    seed_superstore(servers["OLTP_URL"], 0.05, 1, TODAY, replace=True)
    return servers["ASSOCIATE_URL"]


@pytest.fixture(scope="module")
def owner(servers):
    return engine(servers["OLTP_URL"])


@pytest.fixture(scope="module")
def entry(url):
    customer = orders.find_customers(url, "a")[0].id
    products = [choice.id for choice in orders.find_products(url, "a")[:2]]
    lines = tuple(
        LineEntry(id_, 2, Decimal("10.00"), Decimal("0.10"), Decimal("1.00"), TODAY, "First Class", Decimal("1.50"))
        for id_ in products
    )
    return OrderEntry(customer, TODAY, "High", lines)


def count(owner, table):
    with owner.connect() as connection:
        return connection.scalar(sa.text(f"select count(*) from superstore.{table}"))


def test_an_order_is_written_with_its_lines_and_found_again(url, entry):
    order_id = orders.enter_order(url, entry, "sally", uuid.uuid4(), TODAY)
    assert orders.read_order(url, order_id).entry == replace(
        entry, lines=tuple(sorted(entry.lines, key=lambda line: line.product_id))
    )
    assert orders.own_work(url, "sally")[0].row_id == order_id


def test_a_double_click_writes_one_order(url, owner, entry):
    before, token = count(owner, "orders"), uuid.uuid4()
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda _: orders.enter_order(url, entry, "sally", token, TODAY), range(4)))
    assert len(set(numbers)) == 1
    assert count(owner, "orders") == before + 1


@pytest.mark.parametrize("fault", ["customer", "product"])
def test_an_order_that_the_database_does_not_take_leaves_nothing(url, owner, entry, fault):
    bad = replace(entry, customer_id="NOBODY") if fault == "customer" else entry
    if fault == "product":
        bad = replace(entry, lines=(*entry.lines, replace(entry.lines[0], product_id=HOSTILE)))
    before = count(owner, "orders"), count(owner, "order_products"), count(owner, "entries")
    with pytest.raises(EntryError, match=f"The {fault} .* cannot be used"):
        orders.enter_order(url, bad, "sally", uuid.uuid4(), TODAY)
    assert (count(owner, "orders"), count(owner, "order_products"), count(owner, "entries")) == before


def test_a_correction_changes_adds_and_takes_out_lines(url, entry):
    order_id = orders.enter_order(url, entry, "sally", uuid.uuid4(), TODAY)
    stored = orders.read_order(url, order_id)
    third = orders.find_products(url, "e")[-1].id
    kept = replace(stored.entry.lines[0], quantity=7)
    wanted = replace(stored.entry, order_priority="Low", lines=(kept, replace(kept, product_id=third)))
    orders.correct_order(url, stored, wanted, "sally", uuid.uuid4(), TODAY)
    found = orders.read_order(url, order_id).entry
    assert found.order_priority == "Low"
    assert {line.product_id: line.quantity for line in found.lines} == {kept.product_id: 7, third: 7}


def test_of_two_people_who_edit_one_order_the_second_is_told(url, entry):
    order_id = orders.enter_order(url, entry, "sally", uuid.uuid4(), TODAY)
    opened_by_both = orders.read_order(url, order_id)
    first = replace(opened_by_both.entry, lines=(replace(opened_by_both.entry.lines[0], quantity=9),))
    orders.correct_order(url, opened_by_both, first, "sally", uuid.uuid4(), TODAY)
    with pytest.raises(ConflictError, match="changed by somebody else"):
        orders.correct_order(
            url, opened_by_both, replace(opened_by_both.entry, order_priority="Low"), "sam", uuid.uuid4(), TODAY
        )
    assert orders.read_order(url, order_id).entry == first


def test_a_return_is_written_once_for_an_order_and_can_be_corrected(url, entry):
    order_id = orders.enter_order(url, entry, "sally", uuid.uuid4(), TODAY)
    given = ReturnEntry(order_id, TODAY, "Pending", orders.regions(url)[0], HOSTILE)
    return_id = orders.enter_return(url, given, "sally", uuid.uuid4(), TODAY)
    stored = orders.read_return(url, order_id)
    assert (stored.return_id, stored.entry) == (return_id, given)
    with pytest.raises(EntryError, match="returned already"):
        orders.enter_return(url, given, "sally", uuid.uuid4(), TODAY)
    orders.correct_return(url, stored, replace(given, return_status="Approved"), "sally", uuid.uuid4(), TODAY)
    assert orders.read_return(url, return_id).entry.return_status == "Approved"
    with pytest.raises(ConflictError):
        orders.correct_return(url, stored, given, "sam", uuid.uuid4(), TODAY)


def test_an_order_is_not_returned_before_it_was_made_nor_when_there_is_none(url, entry):
    order_id = orders.enter_order(url, entry, "sally", uuid.uuid4(), TODAY)
    early = ReturnEntry(order_id, TODAY - dt.timedelta(days=1), "Pending", "East", None)
    with pytest.raises(EntryError, match="cannot be returned before"):
        orders.enter_return(url, early, "sally", uuid.uuid4(), TODAY)
    with pytest.raises(EntryError, match="There is no order"):
        orders.enter_return(url, ReturnEntry("NONE", TODAY, "Pending", "East", None), "sally", uuid.uuid4(), TODAY)


@pytest.mark.parametrize("words", [HOSTILE, "%", "_", "!", "\\", "'"])
def test_what_is_searched_for_is_taken_as_text(url, words):
    assert all(words.strip() in choice.title for choice in orders.find_customers(url, words))
    assert isinstance(orders.find_products(url, words), list)


def test_the_audit_names_who_entered_what(url, owner, entry):
    order_id = orders.enter_order(url, entry, "sally", uuid.uuid4(), TODAY)
    with owner.connect() as connection:
        rows = connection.execute(
            sa.text(
                "select actor, account, table_name, operation, new_values ->> 'order_priority' from audit.changes "
                "where key ->> 'order_id' = :id order by change_id"
            ),
            {"id": order_id},
        ).all()
    assert ("sally", "superstore_associate", "orders", "INSERT", "High") in rows
    assert len(rows) == 1 + len(entry.lines)


def test_an_associate_can_neither_read_nor_alter_the_audit(url):
    with engine(url).connect() as connection:
        for statement in ("select * from audit.changes", "delete from audit.changes", "delete from superstore.entries"):
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
                connection.execute(sa.text(statement))
            connection.rollback()


HEADER = (
    "Order ID,Order Date,Order Priority,Customer ID,Customer Name,Segment,Country,State,City,Market,Region,Product ID,"
    "Product Name,Category,Sub-Category,Quantity,Sales,Discount,Profit,Ship Date,Ship Mode,Shipping Cost\n"
)


def lines_file(path, rows, header=HEADER, name="FILE"):
    with path.open("w") as file:
        file.write(header)
        for line in range(rows):
            order, place = line // 3, line % 3
            file.write(
                f"{name}-{order},2026-05-0{1 + order % 9},High,FC-{order % 900},Name {order % 900},Consumer,France,IDF,"
                f"Paris,EU,Central,FP-{place}-{order % 500},Thing {place}-{order % 500},Furniture,Chairs,1,10.00,0.1,"
                f"1.00,2026-05-1{order % 9},First Class,1.00\n"
            )


def test_a_file_is_loaded_as_a_whole_in_the_name_of_the_associate(url, owner, tmp_path):
    path, name = tmp_path / "lines.csv", f"F{uuid.uuid4().hex[:8]}"
    lines_file(path, 3_000, name=name)
    shown = []
    report = files.load_file(url, path, LoadOptions(), progress=lambda done, total: shown.append(done), actor="sally")
    assert (report.accepted, len(report.refused), shown[-1]) == (3_000, 0, 3_000)
    query = "select count(*) from audit.changes where actor = 'sally' and key ->> 'order_id' like :name"
    with owner.connect() as connection:
        assert connection.scalar(sa.text(query), {"name": f"{name}-%"}) == 3_000 + report.inserted["orders"]


def test_an_account_has_ten_connections_at_most(url, monkeypatch):
    pool = engine(url)
    monkeypatch.setattr(pool.pool, "_timeout", 0.1)
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(pool.connect())
        with pytest.raises(sa.exc.TimeoutError):
            pool.connect()
        with pytest.raises(UnreachableError, match="order system does not answer"):
            orders.find_customers(url, "a")
    assert isinstance(orders.find_customers(url, "a"), list)


def test_columns_of_other_names_are_mapped(url, tmp_path):
    path = tmp_path / "other.csv"
    lines_file(path, 3, HEADER.replace("Region,", "Gebiet,"))
    titles = files.titles_of(path)
    assert [column.header for column in files.missing_columns(titles)] == ["Region"]
    assert files.unknown_titles(titles) == ["Gebiet"]
    files.rename_columns(path, {"Gebiet": "Region"})
    assert files.missing_columns(files.titles_of(path)) == []
    assert files.preview_file(url, path, LoadOptions()).accepted == 3
