"""dbt's cross-database functions and the project's keys give the right values on the warehouse's server."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil

import pytest

from tests.integration.dbt_place import PROJECT, Staging, dbt_on, failures

SCHEMA = "warehouse_functions"
DATES = "cast('2024-02-29 13:14:15' as datetime)"
EXPRESSIONS = {
    "concat": ("{{ dbt.concat([\"'a'\", \"'b'\", \"'ç'\"]) }}", "abç"),
    "dateadd_day": (f'{{{{ dbt.dateadd("day", 2, "{DATES}") }}}}', dt.datetime(2024, 3, 2, 13, 14, 15)),
    "dateadd_month": (f'{{{{ dbt.dateadd("month", -1, "{DATES}") }}}}', dt.datetime(2024, 1, 29, 13, 14, 15)),
    "datediff_day": ('{{ dbt.datediff("date \'2024-02-28\'", "date \'2024-03-01\'", "day") }}', 2),
    "datediff_month": ('{{ dbt.datediff("date \'2024-01-31\'", "date \'2024-02-01\'", "month") }}', 1),
    "datediff_year": ('{{ dbt.datediff("date \'2023-12-31\'", "date \'2024-01-01\'", "year") }}', 1),
    "datediff_week": ('{{ dbt.datediff("date \'2024-03-03\'", "date \'2024-03-04\'", "week") }}', 1),
    "datediff_hour": ('{{ dbt.datediff("\'2024-03-03 00:59:00\'", "\'2024-03-03 01:00:00\'", "hour") }}', 1),
    "date_trunc_month": (f'{{{{ dbt.date_trunc("month", "{DATES}") }}}}', dt.datetime(2024, 2, 1)),
    "date_trunc_quarter": (f'{{{{ dbt.date_trunc("quarter", "{DATES}") }}}}', dt.datetime(2024, 1, 1)),
    "date_trunc_week": (f'{{{{ dbt.date_trunc("week", "{DATES}") }}}}', dt.datetime(2024, 2, 26)),
    "date_trunc_hour": (f'{{{{ dbt.date_trunc("hour", "{DATES}") }}}}', dt.datetime(2024, 2, 29, 13)),
    "last_day_month": (f'{{{{ dbt.last_day("{DATES}", "month") }}}}', dt.date(2024, 2, 29)),
    "last_day_quarter": (f'{{{{ dbt.last_day("{DATES}", "quarter") }}}}', dt.date(2024, 3, 31)),
    "hash": ("{{ dbt.hash(\"'é'\") }}", hashlib.md5("é".encode()).hexdigest()),
    "split_part": ("{{ dbt.split_part(\"'a::b::c'\", \"'::'\", 2) }}", "b"),
    "split_part_missing": ("{{ dbt.split_part(\"'a::b::c'\", \"'::'\", 4) }}", ""),
    "split_part_last": ("{{ dbt.split_part(\"'a::b::c'\", \"'::'\", -1) }}", "c"),
    "type_string": ("cast(12 as {{ dbt.type_string() }})", "12"),
    "type_int": ("cast('12' as {{ dbt.type_int() }})", 12),
    "type_bigint": ("cast('1152921504606846975' as {{ dbt.type_bigint() }})", 2**60 - 1),
    "type_timestamp": (f"cast({DATES} as {{{{ dbt.type_timestamp() }}}})", dt.datetime(2024, 2, 29, 13, 14, 15)),
    "type_numeric": ("cast(1.5 as {{ dbt.type_numeric() }}) = 1.5", 1),
    "surrogate_key": ("{{ surrogate_key(\"'é'\") }}", int(hashlib.md5("é".encode()).hexdigest()[:15], 16)),
    "date_key": (f'{{{{ date_key("{DATES}") }}}}', 20240229),
    "date_literal": ("{{ date_literal('2024-02-29') }}", dt.date(2024, 2, 29)),
}


@pytest.fixture(scope="module")
def functions(servers, tmp_path_factory) -> Staging:
    """One view for each expression, on a project that has no more than our macros."""
    project = tmp_path_factory.mktemp("functions")
    shutil.copytree(PROJECT / "macros", project / "macros")
    (project / "models").mkdir()
    (project / "dbt_project.yml").write_text(
        "{name: functions, version: 1.0.0, profile: tidemark, vars: {check_all: false, since: null}}"
    )
    for name, (expression, _) in EXPRESSIONS.items():
        (project / "models" / f"f_{name}.sql").write_text(
            f"{{{{ config(materialized='view') }}}}\nwith value as (select {expression} as v)\nselect v from value"
        )
    staging = Staging(servers["WAREHOUSE_ADMIN_URL"])
    staging.create_databases(SCHEMA)
    results = dbt_on(servers, project, SCHEMA, project).build(["resource_type:model"])
    assert failures(results) == {}
    return staging


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_function_gives(functions: Staging, name: str) -> None:
    assert functions.sql(f"select v from {SCHEMA}.f_{name}") == [(EXPRESSIONS[name][1],)]
