"""Files go into the OLTP as its rules say, all of one file or nothing, and twice is once."""

import csv
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from oltp.superstore import install
from oltp.superstore_files import (
    LoadOptions,
    Refusal,
    StrictRefusal,
    SuperstoreFileError,
    load_file,
    preview_file,
)  # fmt: skip
from tidemark.cli import main

REPOSITORY = Path(__file__).parents[2]
DATA = REPOSITORY / "tests" / "data"
SHARED = Path(os.environ.get("TIDEMARK_TEST_DATA") or REPOSITORY.parent / "shared" / "data")
LINES = DATA / "order_lines.csv"
RETURNS = DATA / "returns.csv"
RETURN_DEFAULTS = LoadOptions({"return_date": "2025-03-01", "return_status": "Pending"})
SAMPLE_DEFAULTS = LoadOptions({"order_priority": "Medium", "market": "US", "shipping_cost": "0"})
TABLES = ("segments", "categories", "subcategories", "products", "customers", "orders", "order_products", "returns")


def admin(servers: Mapping[str, str], database: str = "postgres") -> URL:
    return make_url(servers["OLTP_ADMIN_URL"]).set(database=database)


def plain(url: URL | str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def template(servers: Mapping[str, str]) -> Iterator[str]:
    """An empty database with the schema, owned by the OLTP's owner; each test gets a copy."""
    name = "load_files_template"
    owner = make_url(servers["OLTP_URL"])
    with psycopg.connect(plain(admin(servers)), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(str(owner.username)))
        )
        install(owner.set(database=name).render_as_string(hide_password=False))
        yield name
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def url(servers: Mapping[str, str], template: str) -> Iterator[str]:
    name = sql.Identifier("load_files")
    with psycopg.connect(plain(admin(servers)), autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))
        connection.execute(
            sql.SQL("create database {} template {} owner {}").format(
                name, sql.Identifier(template), sql.Identifier(str(make_url(servers["OLTP_URL"]).username))
            )
        )
        yield make_url(servers["OLTP_URL"]).set(database="load_files").render_as_string(hide_password=False)
        connection.execute(sql.SQL("drop database {} with (force)").format(name))


def rows(url: str, query: str) -> list[tuple]:
    with psycopg.connect(plain(url)) as connection:
        return connection.execute(query).fetchall()


def contents(url: str) -> dict[str, list[tuple]]:
    """Return every row of every table, with the time of its last change."""
    return {table: rows(url, f"select t.*, xmin::text from superstore.{table} as t order by 1, 2") for table in TABLES}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_good_rows_go_in_and_each_other_row_is_refused_with_its_reason(url: str) -> None:
    report = load_file(url, LINES, LoadOptions())
    assert (report.rows, report.accepted) == (10, 6)
    assert report.refused == (
        Refusal(7, "Product ID", "repeats the pair of order and product of line 6"),
        Refusal(9, "Sales", "is not a number"),
        Refusal(10, "Customer ID", "differs from that of the same order on line 8"),
        Refusal(11, "Quantity", "is not a whole number"),
    )
    assert report.inserted == {
        "segments": 3, "categories": 3, "subcategories": 4, "customers": 3, "products": 4, "orders": 5,
        "order_products": 6,
    }  # fmt: skip
    assert rows(url, "select * from (select order_id, product_id, sales, profit, shipping_cost, discount, quantity"
                     " from superstore.order_products) as l order by 1, 2")[:3] == [
        ("LD-1", "LP-1", Decimal("261.97"), Decimal("41.91"), Decimal("12.35"), Decimal("0.00"), 2),
        ("LD-1", "LP-2", Decimal("1731.94"), Decimal("-19.58"), Decimal("4.00"), Decimal("0.20"), 3),
        ("LD-2", "LP-3", Decimal("14.62"), Decimal("6.87"), Decimal("0.50"), Decimal("0.10"), 2),
    ]  # fmt: skip


def test_the_newest_order_names_customer_and_product(url: str) -> None:
    report = load_file(url, LINES, LoadOptions())
    assert rows(url, "select city, postal_code from superstore.customers where customer_id = 'LC-1'") == [
        ("Lund", "22100")
    ]
    assert rows(url, "select product_name from superstore.products where product_id = 'LP-1'") == [
        ('Chair "Fjäll", birch',)
    ]
    assert any("LP-1" in warning for warning in report.warnings)


def test_the_same_file_loaded_twice_changes_nothing(url: str) -> None:
    first = load_file(url, LINES, LoadOptions())
    before = contents(url)
    second = load_file(url, LINES, LoadOptions())
    assert contents(url) == before
    assert not any(second.inserted.values())
    assert not any(second.updated.values())
    assert second.unchanged["order_products"] == first.inserted["order_products"]


def test_only_rows_that_differ_are_updated_even_into_another_month(url: str, tmp_path: Path) -> None:
    load_file(url, LINES, LoadOptions())
    before = contents(url)
    changed = LINES.read_text(encoding="utf-8").replace("2/14/2025,2/10/2025", "2/14/2025,3/10/2025")
    report = load_file(url, write(tmp_path / "changed.csv", changed), LoadOptions())
    assert {table: count for table, count in report.updated.items() if count} == {"order_products": 1}
    after = contents(url)
    assert sum(row not in before["order_products"] for row in after["order_products"]) == 1
    assert rows(url, "select ship_date::text from superstore.order_products where order_id = 'LD-4'") == [
        ("2025-03-10",)
    ]


def test_an_older_file_brings_no_old_address_or_name_back(url: str, tmp_path: Path) -> None:
    load_file(url, LINES, LoadOptions())
    lines = LINES.read_text(encoding="utf-8").splitlines(keepends=True)
    older = write(tmp_path / "older.csv", lines[0] + lines[1].replace("LD-1", "LD-0").replace("11/8/2023", "11/8/2021")
                  .replace("Malmö", "Ystad") .replace("11/11/2023", "11/30/2021"))  # fmt: skip
    report = load_file(url, older, LoadOptions())
    assert report.inserted["orders"] == 1
    assert report.rules["customers_kept_of_newer_order"] == 1
    assert rows(url, "select city from superstore.customers where customer_id = 'LC-1'") == [("Lund",)]
    assert report.rules["products_kept_of_newer_order"] == 1
    assert rows(url, "select product_name from superstore.products where product_id = 'LP-1'") == [
        ('Chair "Fjäll", birch',)
    ]


def test_columns_that_a_file_lacks_and_that_may_be_empty_stay_as_they_are(url: str) -> None:
    load_file(url, LINES, LoadOptions())
    with psycopg.connect(plain(url)) as connection:
        connection.execute("update superstore.customers set email = 'a@example.org' where customer_id = 'LC-1'")
    report = load_file(url, LINES, LoadOptions())
    assert report.updated["customers"] == 0
    assert rows(url, "select email from superstore.customers where customer_id = 'LC-1'") == [("a@example.org",)]


def test_lookup_rows_of_the_same_name_are_used_again(url: str) -> None:
    with psycopg.connect(plain(url)) as connection:
        connection.execute("insert into superstore.segments (segment_id, segment_name) values ('S7', 'Consumer')")
        connection.execute("insert into superstore.categories (category_id, category_name) values ('K1', 'Furniture')")
    report = load_file(url, LINES, LoadOptions())
    assert (report.inserted["segments"], report.inserted["categories"]) == (2, 2)
    assert rows(url, "select distinct segment_id from superstore.customers where customer_id = 'LC-1'") == [("S7",)]


def test_returns_need_a_known_order_and_come_once(url: str) -> None:
    load_file(url, LINES, LoadOptions())
    report = load_file(url, RETURNS, RETURN_DEFAULTS)
    assert [(refusal.line, refusal.column) for refusal in report.refused] == [
        (4, "Order ID"), (5, "Order ID"), (6, "Returned"),
    ]  # fmt: skip
    assert report.rules == {"unknown_orders_refused": 1, "orders_returned_twice_refused": 1}
    assert rows(url, "select return_id, order_id, return_region, reason from superstore.returns order by 1") == [
        ("RET-LD-1", "LD-1", "North", None), ("RET-LD-2", "LD-2", "North Asia", None),
    ]  # fmt: skip
    before = contents(url)
    assert load_file(url, RETURNS, RETURN_DEFAULTS).unchanged == {"returns": 2}
    assert contents(url) == before


def test_an_order_that_has_another_return_is_not_returned_again(url: str) -> None:
    load_file(url, LINES, LoadOptions())
    with psycopg.connect(plain(url)) as connection:
        connection.execute(
            "insert into superstore.returns (return_id, order_id, return_date, return_status, return_region)"
            " values ('R-9', 'LD-1', '2024-01-01', 'Completed', 'North')"
        )
    report = load_file(url, RETURNS, RETURN_DEFAULTS)
    assert (
        Refusal(2, "Order ID", "is returned already: the database has another return of this order") in report.refused
    )
    assert report.inserted == {"returns": 1}


def test_strict_loads_nothing_of_a_file_with_a_refused_row(url: str) -> None:
    with pytest.raises(StrictRefusal, match="4 of them") as caught:
        load_file(url, LINES, LoadOptions(), strict=True)
    assert len(caught.value.report.refused) == 4
    assert not any(contents(url).values())


def test_a_preview_says_what_a_load_does_and_writes_nothing(url: str) -> None:
    preview = preview_file(url, LINES, LoadOptions())
    assert not any(contents(url).values())
    assert load_file(url, LINES, LoadOptions()) == preview


def test_refused_rows_can_be_mended_and_loaded(url: str, tmp_path: Path) -> None:
    refused = tmp_path / "refused.csv"
    load_file(url, LINES, LoadOptions(), refused_to=refused)
    assert refused.stat().st_mode & 0o777 == 0o600
    with refused.open(encoding="utf-8-sig", newline="") as text:
        kept = list(csv.DictReader(text))
    assert [(row["Refused Line"], row["Refused Column"], row["Sales"]) for row in kept] == [
        ("7", "Product ID", "55.00"), ("9", "Sales", "n/a"), ("10", "Customer ID", "300"), ("11", "Quantity", "300"),
    ]  # fmt: skip
    mended = refused.read_text(encoding="utf-8-sig").replace("n/a", "99").replace(",1.5,", ",4,")
    report = load_file(url, write(tmp_path / "mended.csv", mended), LoadOptions())
    assert (report.accepted, len(report.refused)) == (3, 1)


def test_a_load_that_the_database_stops_leaves_nothing_behind(url: str) -> None:
    with psycopg.connect(plain(url)) as connection:
        connection.execute(
            "create function superstore.fail() returns trigger language plpgsql as"
            " $$ begin raise exception 'the disk is full'; end $$"
        )
        connection.execute(
            "create trigger fail before insert on superstore.order_products"
            " for each row execute function superstore.fail()"
        )
    with pytest.raises(SuperstoreFileError, match=r"the disk is full.*nothing was loaded"):
        load_file(url, LINES, LoadOptions())
    assert not any(contents(url).values())


def test_a_database_without_the_schema_is_told_in_one_sentence(url: str) -> None:
    with psycopg.connect(plain(url)) as connection:
        connection.execute("drop schema superstore cascade")
    with pytest.raises(SuperstoreFileError, match="tidemark up"):
        load_file(url, LINES, LoadOptions())


def test_two_loads_at_once_are_one_load_twice(url: str) -> None:
    with ThreadPoolExecutor() as pool:
        reports = [load.result() for load in [pool.submit(load_file, url, LINES, LoadOptions()) for _ in range(2)]]
    assert sorted(report.inserted["order_products"] for report in reports) == [0, 6]
    assert rows(url, "select count(*) from superstore.segments") == [(3,)]


def test_the_refused_rows_never_replace_the_file_itself(url: str, tmp_path: Path) -> None:
    path = write(tmp_path / "lines.csv", LINES.read_text(encoding="utf-8"))
    with pytest.raises(SuperstoreFileError, match="itself"):
        load_file(url, path, LoadOptions(), refused_to=path)
    assert path.read_text(encoding="utf-8") == LINES.read_text(encoding="utf-8")
    assert not any(contents(url).values())


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tidemark_load(
    servers: Mapping[str, str], url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run `tidemark load` as the command line does; return its exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        for name, value in {**servers, "OLTP_URL": url}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["tidemark", "load", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        output = capsys.readouterr()
        return int(ended.value.code or 0), output.out, output.err

    return run


def test_the_command_reports_in_json_without_values_of_refused_rows(tidemark_load: Command) -> None:
    code, output, errors = tidemark_load(str(LINES), "--json")
    assert (code, errors) == (0, "")
    report = json.loads(output)
    assert (report["kind"], report["rows"], report["accepted"]) == ("order_lines", 10, 6)
    assert report["refused"][0] == {
        "line": 7, "column": "Product ID", "reason": "repeats the pair of order and product of line 6",
    }  # fmt: skip
    assert "Haddad" not in output


def test_the_command_fails_with_one_sentence_and_loads_nothing(
    tidemark_load: Command, url: str, tmp_path: Path
) -> None:
    for arguments in ([str(tmp_path)], [str(LINES), "--strict"], [str(RETURNS)], [str(tmp_path / "no.csv")]):
        code, _, errors = tidemark_load(*arguments)
        assert code == 1
        assert [line for line in errors.splitlines() if line.startswith("error: ")] == errors.splitlines()[-1:]
    assert not any(contents(url).values())


def test_the_command_takes_defaults_and_a_dry_run(tidemark_load: Command, url: str) -> None:
    load_file(url, LINES, LoadOptions())
    given = ("--default", "Return Date=2025-03-01", "--default", "return_status=Pending", "--default", "reason=Torn")
    code, output, _ = tidemark_load(str(RETURNS), *given, "--dry-run")
    assert (code, "would load" in output, rows(url, "select from superstore.returns")) == (0, True, [])
    assert tidemark_load(str(RETURNS), *given)[0] == 0
    assert rows(url, "select distinct return_status, reason from superstore.returns") == [("Pending", "Torn")]


@pytest.mark.skipif(not (SHARED / "sample_superstore.csv").is_file(), reason=f"no sample_superstore.csv in {SHARED}")
def test_the_sample_goes_in_to_the_cent_and_twice_is_once(url: str) -> None:
    sample = SHARED / "sample_superstore.csv"
    report = load_file(url, sample, SAMPLE_DEFAULTS)
    assert (report.rows, report.accepted, report.rules["repeated_pairs_refused"]) == (9994, 9986, 8)
    accepted: dict[tuple[str, str], Decimal] = {}
    with sample.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            cents = Decimal(row["Sales"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
            accepted.setdefault((row["Order ID"], row["Product ID"]), cents)
    assert rows(url, "select sum(sales), count(*) from superstore.order_products") == [(sum(accepted.values()), 9986)]
    before = contents(url)
    again = load_file(url, sample, SAMPLE_DEFAULTS)
    assert (sum(again.inserted.values()), sum(again.updated.values())) == (0, 0)
    assert contents(url) == before


@pytest.mark.skipif(not (SHARED / "sample_superstore.csv").is_file(), reason=f"no sample_superstore.csv in {SHARED}")
def test_the_sample_names_the_columns_that_it_lacks(url: str) -> None:
    with pytest.raises(SuperstoreFileError, match="order_priority, market, shipping_cost"):
        load_file(url, SHARED / "sample_superstore.csv", LoadOptions())


@pytest.mark.skipif(not (SHARED / "superstore_returns.csv").is_file(), reason=f"no superstore_returns.csv in {SHARED}")
def test_the_sample_of_returns_is_refused_where_its_orders_are_unknown(url: str) -> None:
    report = load_file(url, SHARED / "superstore_returns.csv", RETURN_DEFAULTS)
    assert (report.rows, report.accepted, report.rules["unknown_orders_refused"]) == (1079, 0, 1079)
