"""A server that goes away in the middle: a clean failure with its reason, or another attempt; nothing half done."""

import dataclasses
import re

import pytest

from tests.integration.proxy import Proxy

PLACES = {
    "extract": ("EXTRACT_URL", "copy (", 100, "cannot reach the source .* is it running"),
    "load": ("LOAD_URL", "load data local", 0, "connection to the warehouse ended; is the server running"),
    "build": ("BUILD_URL", "insert into `warehouse_build`.`fct_sales`", 0, "is the server running"),
    "publish": ("PUBLISH_URL", "insert into `warehouse`.`fct_sales`", 0, "cannot publish: .* is the server running"),
}


@pytest.fixture
def proxies(pipeline):
    """A pipeline whose accounts go through proxies, and the proxies by place."""
    original = pipeline.workshop
    with (
        Proxy(pipeline.urls["EXTRACT_URL"]) as extract,
        Proxy(pipeline.urls["LOAD_URL"]) as load,
        Proxy(pipeline.urls["BUILD_URL"]) as build,
        Proxy(pipeline.urls["PUBLISH_URL"]) as publish,
    ):
        found = {"extract": extract, "load": load, "build": build, "publish": publish}
        urls = dict(pipeline.urls) | {PLACES[place][0]: proxy.url for place, proxy in found.items()}
        pipeline.workshop = dataclasses.replace(original, urls=urls, work_dir=original.work_dir / "proxied")
        try:
            yield found
        finally:
            pipeline.workshop = original


def test_a_server_that_is_gone_for_good_ends_the_run_cleanly_and_the_next_one_finishes(seeded, proxies):
    seeded.run_well()
    before = seeded.checksums()
    for number, (place, (_, words, after, told)) in enumerate(PLACES.items(), start=1):
        seeded.change("1%", seed=number)
        proxies[place].cut_at(words, after=after, for_good=True)
        report = seeded.run()
        assert (place, report.status, report.published, proxies[place].cuts > 0) == (place, "failed", False, True)
        assert re.search(told, report.error), (place, report.error)
        assert seeded.checksums() == before, place
        proxies[place].mend()
    seeded.run_well()
    seeded.assert_all_equal()


def test_a_connection_that_is_cut_once_is_tried_again_with_its_reason(seeded, proxies):
    seeded.run_well()
    seeded.change("1%", seed=1)
    for place, (_, words, after, _) in PLACES.items():
        proxies[place].cut_at(words, after=after)
    report = seeded.run_well()
    assert report.published
    assert [proxy.cuts for proxy in proxies.values()] == [1, 1, 1, 1]
    assert any("the build was tried again: fct_sales" in warning for warning in report.warnings)
    assert any("publishing was tried again" in warning for warning in report.warnings)
    seeded.assert_all_equal()
