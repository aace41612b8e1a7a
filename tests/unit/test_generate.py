"""The generated Superstore is life-like, and the same for the same arguments; no server is needed to see it."""

import hashlib
from datetime import date

import numpy as np
import pytest

from oltp.names import ORIGINS
from oltp.places import read_places, regions
from oltp.seasons import first_day
from oltp.superstore.catalogue import SUBCATEGORIES, cost_share, list_price
from oltp.superstore.copying import text
from oltp.superstore.generate import size_at, tables
from oltp.superstore.schema import COLUMNS

UNTIL = date(2026, 6, 30)


def digest(scale: float, seed: int, until: date) -> str:
    return hashlib.sha256(repr(list(tables(scale, seed, until))).encode()).hexdigest()


@pytest.fixture(scope="module")
def generated() -> dict[str, dict[str, list[str]]]:
    """Table → column → values, at a tenth of the usual size."""
    return {name: dict(zip(COLUMNS[name], map(list, columns), strict=True)) for name, columns in tables(0.1, 7, UNTIL)}


def test_the_same_arguments_give_the_same_rows_and_others_give_other_rows():
    first = digest(0.01, 1, UNTIL)
    assert digest(0.01, 1, UNTIL) == first
    assert len({first, digest(0.01, 2, UNTIL), digest(0.02, 1, UNTIL), digest(0.01, 1, date(2026, 7, 1))}) == 4


def test_scale_1_is_the_worldwide_superstore_and_what_orders_refer_to_grows_with_its_root():
    assert tuple(vars(size_at(1)).values()) == (10_292, 17_415, 25_035, 51_290, 1_079)
    assert size_at(4).products == 2 * size_at(1).products
    assert size_at(4).lines == 4 * size_at(1).lines


def test_keys_are_unique_and_every_reference_has_its_parent(generated):
    lines = generated["order_products"]
    for table, keys in {
        "orders": generated["orders"]["order_id"],
        "customers": generated["customers"]["customer_id"],
        "products": generated["products"]["product_id"],
        "returns": generated["returns"]["return_id"],
        "returned orders": generated["returns"]["order_id"],
        "lines": list(zip(lines["order_id"], lines["product_id"], strict=True)),
    }.items():
        assert len(keys) == len(set(keys)), table
    assert set(lines["order_id"]) == set(generated["orders"]["order_id"])
    assert set(lines["product_id"]) <= set(generated["products"]["product_id"])
    assert set(generated["orders"]["customer_id"]) <= set(generated["customers"]["customer_id"])
    assert set(generated["returns"]["order_id"]) <= set(generated["orders"]["order_id"])


def test_the_years_end_with_the_given_day_and_the_business_grows_and_has_seasons(generated):
    dates = generated["orders"]["order_date"]
    assert max(dates) <= "2026-06-30"
    assert min(dates) >= "2022-07-01"
    by_year = [sum(f"{year}-07" <= day < f"{year + 1}-07" for day in dates) for year in range(2022, 2026)]
    assert by_year == sorted(by_year)
    by_month = [sum(day[5:7] == month for day in dates) for month in ("02", "12")]
    assert by_month[1] > 1.7 * by_month[0]


@pytest.mark.parametrize(
    ("until", "first"),
    [
        (date(2026, 6, 30), date(2022, 7, 1)),
        (date(2024, 2, 28), date(2020, 2, 28)),
        (date(2026, 12, 31), date(2023, 1, 1)),
    ],
)
def test_the_data_covers_four_years(until, first):
    assert first_day(until) == first


def test_shipping_and_returning_follow_ordering(generated):
    ordered = dict(zip(generated["orders"]["order_id"], generated["orders"]["order_date"], strict=True))
    lines, back = generated["order_products"], generated["returns"]
    assert all(day >= ordered[order] for order, day in zip(lines["order_id"], lines["ship_date"], strict=True))
    assert all(ordered[order] < day for order, day in zip(back["order_id"], back["return_date"], strict=True))
    assert max(back["return_date"]) <= "2026-06-30"
    assert set(back["return_status"]) == {"Pending", "Approved", "Rejected", "Completed"}


def test_discounts_hurt_profit(generated):
    lines = {name: np.array(values, float) for name, values in generated["order_products"].items() if name in
             ("sales", "discount", "profit")}  # fmt: skip

    def margin(chosen):
        return lines["profit"][chosen].sum() / lines["sales"][chosen].sum()

    assert margin(lines["discount"] == 0) > 0.15 > margin(lines["discount"] == 0.2) > margin(lines["discount"] >= 0.4)
    assert margin(lines["discount"] >= 0.4) < 0
    assert 0.05 < margin(lines["discount"] >= 0) < 0.2


def test_text_holds_what_damages_careless_pipes(generated):
    products, customers, back = generated["products"], generated["customers"], generated["returns"]
    names = "".join(products["product_name"]) + "".join(customers["customer_name"])
    for needle in ('"', "'", "\\\\", "\\t", "\N{PARTY POPPER}", "ß", "Ж", "김", "王", "リ", "أ", "כ", "ش", "ş"):
        assert needle in names, needle
    assert {"\\N", "", "\\\\N"} <= set(back["reason"])  # NULL, empty, and a reader's own backslash-N are three things
    assert 0 < customers["email"].count("\\N") < customers["phone"].count("\\N")
    names_only = customers["customer_name"]
    assert len(set(names_only)) < len(names_only)  # two people of one name are two customers


def test_postal_codes_are_rarely_known_outside_the_us(generated):
    customers = generated["customers"]
    known = {market: [] for market in customers["market"]}
    for market, code in zip(customers["market"], customers["postal_code"], strict=True):
        known[market].append(code != "\\N")
    assert np.mean(known["US"]) > 0.9
    assert np.mean(known["APAC"]) < 0.15


def test_places_are_those_of_the_superstore():
    places = read_places()
    assert len({place.country for place in places}) >= 60
    assert len({(place.country, place.city) for place in places}) >= 300
    assert {place.market for place in places} == {"US", "APAC", "EU", "LATAM", "EMEA", "Africa", "Canada"}
    assert len(regions()) == 13
    assert {origin for place in places for origin in place.name_origins} == set(ORIGINS)


def test_there_are_17_subcategories_and_a_price_follows_from_the_product_alone():
    assert len(SUBCATEGORIES) == 17
    assert list_price("FUR-CH-10000001") == list_price("FUR-CH-10000001") != list_price("FUR-CH-10000002")
    assert all(0.5 < cost_share(f"{group.subcategory_id}-1") < 1.05 for group in SUBCATEGORIES)


def test_copy_text_escapes_its_own_signs():
    assert text(["a\tb\nc\\d\re", None, "\\N", ""]) == ["a\\tb\\nc\\\\d\\re", "\\N", "\\\\N", ""]
