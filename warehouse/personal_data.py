"""Do columns that are said to hold nothing personal hold it all the same? Asked of the values themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from warehouse.engine import engine_of
from warehouse.state import existing_tables

SAMPLE = 500  # distinct values of a column that are looked at
SHARE = 0.2  # of the sample: from there on a likeness is no accident
LOOKS = {
    "an e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "a phone number": re.compile(r"(?=(?:\D*\d){8})(?!\d{4}-\d\d-\d\d)[+(]?\d[\d ()/.-]*[ ()/-][\d ()/.-]*\d"),
}


def suspects(url: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each text column classed `none` whose values look personal, or are those of a classed column.

    `url` is an account that reads the published marts of `manifest` (dbt's, as JSON).
    """
    marts = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"]["meta"].get("publish_to")
    ]
    with engine_of(url).connect() as connection:
        present = existing_tables(connection, {mart["config"]["meta"]["publish_to"] for mart in marts})
        marts = [mart for mart in marts if (mart["config"]["meta"]["publish_to"], mart["name"]) in present]
        known: set[str] = set()
        for mart in marts:
            for column in mart["columns"].values():
                if column["meta"].get("pii") not in (None, "none"):
                    known |= {value for value in _values(connection, mart, column["name"], None) if len(value) > 4}
        for mart in marts:
            for column in mart["columns"].values():
                text = re.match(r"(var)?char|text", str(column.get("data_type")), re.IGNORECASE)
                if text and column["meta"].get("pii") == "none":
                    values = _values(connection, mart, column["name"], SAMPLE)
                    if why := likeness(values, known):
                        yield f"{mart['name']}.{column['name']}: is classed none, and its values {why}"


def likeness(values: list[str], known: set[str]) -> str | None:
    """Why the values of a column seem personal, None if they do not; `known` are personal values of other columns."""
    if not values:
        return None
    for what, pattern in LOOKS.items():
        if sum(bool(pattern.fullmatch(value.strip())) for value in values) >= SHARE * len(values):
            return f"look like {what}"
    if sum(value in known for value in values) >= SHARE * len(values):
        return "are those of a personal column"
    return None


def _values(connection: sa.Connection, mart: Mapping[str, Any], column: str, limit: int | None) -> list[str]:
    table = f"`{mart['config']['meta']['publish_to']}`.`{mart['name']}`"
    bound = f" limit {limit}" if limit else ""
    query = f"select distinct `{column}` from {table} where `{column}` is not null{bound}"
    return [str(value) for (value,) in connection.execute(sa.text(query))]
