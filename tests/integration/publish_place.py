"""Two built tables of one row per id, for the tests of publishing: no dbt, no sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from warehouse.marts import Mart
from warehouse.publish import PublishResult, UndoResult, publish, undo

BUILD, LIVE = "warehouse_build", "warehouse"
NAMES = ("publish_a", "publish_b", "publish_c")
MONTHS = "partition by range (month) (partition p1 values less than (2), partition rest values less than maxvalue)"
COLUMNS = "(id int not null, month int not null, amount decimal(12,2), primary key (id, month))"


def mart(name: str) -> Mart:
    return Mart(name, BUILD, LIVE, ("id",), (), (), (), frozenset(), "definition")


@dataclass(frozen=True)
class PublishPlace:
    """What was built by hand, and what readers see of it."""

    url: str
    connection: sa.Connection
    marts: tuple[Mart, ...]

    def sql(self, statement: str) -> Sequence[Any]:
        result = self.connection.exec_driver_sql(statement)
        return result.all() if result.returns_rows else []

    def build(self, name: str, rows: str = "values (1, 1, 10), (2, 1, 20), (3, 2, 30)") -> Mart:
        """A built table that was never published."""
        self.sql(f"create or replace table {BUILD}.{name} {COLUMNS} {MONTHS}")
        self.sql(f"create or replace table {BUILD}._tidemark_unpublished_{name} (id int primary key, at_month int)")
        self.sql(f"insert into {BUILD}.{name} {rows}")
        self.sql(f"replace into {BUILD}._tidemark_models values ('{name}', 1, 1)")
        return mart(name)

    def change(self, name: str, *statements: str, keys: Sequence[int]) -> None:
        """Change the built table as a model does, in one transaction."""
        for statement in statements:
            self.sql(statement.format(table=f"{BUILD}.{name}"))
        for key in keys:
            self.sql(
                f"replace into {BUILD}._tidemark_unpublished_{name} "
                f"values ({key}, (select min(month) from {BUILD}.{name} where id = {key}))"
            )

    def rebuilt(self, name: str, *statements: str) -> None:
        """Change the built table as a full refresh does."""
        for statement in statements:
            self.sql(statement.format(table=f"{BUILD}.{name}"))
        self.sql(f"update {BUILD}._tidemark_models set rebuilt = 1 where model = '{name}'")

    def publish(self, **options: Any) -> PublishResult:
        return publish(self.url, self.marts, **options)

    def undo(self, **options: Any) -> UndoResult:
        return undo(self.url, self.marts, **options)

    def rows(self, schema: str) -> dict[str, list[tuple[Any, ...]] | None]:
        """All rows of each table of a schema; None for a table that is not there."""
        tables = {row[0] for row in self.sql(f"show tables in {schema}")}
        return {
            m.name: [tuple(row) for row in self.sql(f"select * from {schema}.{m.name} order by id, month")]
            if m.name in tables
            else None
            for m in self.marts
        }

    def live(self) -> dict[str, list[tuple[Any, ...]] | None]:
        return self.rows(LIVE)

    def built(self) -> dict[str, list[tuple[Any, ...]] | None]:
        return self.rows(BUILD)

    def left_behind(self) -> list[str]:
        """Tables that are neither marts nor state: copies, and what can be undone by a RENAME."""
        names = [*self.sql(f"show tables in {LIVE}"), *self.sql(f"show tables in {BUILD}")]
        return sorted(
            name
            for (name,) in names
            if ("publish_" in name and name.startswith(("_tidemark_p", "_tidemark_d")))
            or name.endswith(("__new", "__old"))
        )


@pytest.fixture
def place(servers: Mapping[str, str]) -> Iterator[PublishPlace]:
    """Two marts that are built and were never published."""
    engine = sa.create_engine(servers["WAREHOUSE_ADMIN_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        place = PublishPlace(servers["PUBLISH_URL"], connection, tuple(mart(name) for name in NAMES[:2]))
        clean(place)
        place.sql(
            f"create table if not exists {BUILD}._tidemark_models "
            "(model varchar(64) primary key, built_seq bigint not null, rebuilt boolean not null)"
        )
        for m in place.marts:
            place.build(m.name)
        yield place
        clean(place)


def clean(place: PublishPlace) -> None:
    for schema in (BUILD, LIVE):
        for (name,) in place.sql(f"show tables in {schema}"):
            if "publish_" in name or name in ("_tidemark_undo", "_tidemark_hold"):
                place.sql(f"drop table {schema}.{name}")
    if ("_tidemark_models",) in place.sql(f"show tables in {BUILD}"):
        place.sql(f"delete from {BUILD}._tidemark_models where model like 'publish_%%'")
