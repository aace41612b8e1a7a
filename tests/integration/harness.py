"""Drive the whole pipeline, and compare what it made with what it was made from."""

import datetime as dt
import decimal
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

REPOSITORY = Path(__file__).resolve().parents[2]
CHECK_SCHEMA = "warehouse_check"
SCHEMAS = (
    "raw_superstore", "raw_superstore_staging", "warehouse_build", "warehouse",
    "raw_shop", "raw_shop_staging", "AnalyticalStream_build", "AnalyticalStream",
)  # fmt: skip
COLLATION = "character set utf8mb4 collate utf8mb4_nopad_bin"
LOCK_WAIT_TIMEOUT = 1205
OTHERS = (
    "select id, user, db, command, time, state, info from information_schema.processlist where id <> connection_id()"
)


STAGED = "select table_schema from information_schema.tables where table_name = '_tidemark_tables'"


class Pipeline:
    """The pipeline on the tests' servers; `run` runs it in this process, `start` in one that can be killed."""

    def __init__(self, urls: Mapping[str, str], workshop) -> None:
        self.urls = urls
        self.workshop = workshop
        self.admin = sa.create_engine(
            urls["WAREHOUSE_ADMIN_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT"
        )
        self.oltp = sa.create_engine(urls["OLTP_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
        self.shop = sa.create_engine(urls["SHOP_URL"], poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")

    def run(self, **request):
        from flows.pipeline import run_pipeline
        from flows.report import RunRequest

        return run_pipeline(self.workshop, RunRequest(**request))

    def run_well(self, **request):
        report = self.run(**request)
        assert report.status == "succeeded", report.error
        return report

    def start(self, command: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command of `tidemark` in a process of its own."""
        home = {"TIDEMARK_HOME": str(self.workshop.work_dir.parent)}
        environment = os.environ | dict(self.urls) | home | environment
        return subprocess.Popen(
            [sys.executable, "-m", "tidemark", command, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )

    def seed(self, scale: float = 0.1, seed: int = 1) -> None:
        self.tidemark("seed", "--replace", "--scale", str(scale), "--seed", str(seed), "--until", "2026-06-30")

    def drop_shop(self) -> None:
        """Drop the tables of the shop, which need not be there: it is as before its first installation."""
        tables = "select table_name from information_schema.tables where table_schema = 'shop'"
        with self.shop.connect() as connection:
            connection.execute(sa.text("set foreign_key_checks = 0"))
            for table in connection.scalars(sa.text(tables)).all():
                connection.execute(sa.text(f"drop table shop.{table}"))

    def change(self, amount: str = "1%", seed: int = 1) -> None:
        self.tidemark("seed", "--change", amount, "--seed", str(seed))

    def tidemark(self, *arguments: str) -> str:
        from click.testing import CliRunner

        from tidemark.cli import cli

        result = CliRunner().invoke(cli, arguments, env=dict(self.urls), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    def forget_everything(self) -> None:
        """Empty staging, build and live databases, and the work folder."""
        with self.admin.connect() as connection:
            for schema in SCHEMAS:
                drop_database(connection, schema)
                connection.execute(sa.text(f"create database {schema} {COLLATION}"))
        for folder in ("dlt",):
            shutil.rmtree(self.workshop.work_dir / folder, ignore_errors=True)

    def sql(self, statement: str, **parameters):
        """Run a statement on the OLTP as its owner."""
        with self.oltp.connect() as connection:
            result = connection.execute(sa.text(statement), parameters)
            return result.all() if result.returns_rows else None

    def warehouse(self, statement: str):
        """The rows of a query on the MySQL side."""
        with self.admin.connect() as connection:
            return connection.execute(sa.text(statement)).all()

    def checksums(self) -> dict[str, int]:
        """The checksum of each published mart."""
        names = ", ".join(f"{mart.live_schema}.{mart.name}" for mart in self.workshop.marts)
        return dict(self.warehouse(f"checksum table {names}"))

    def loaded_sources(self):
        """The sources that a run has loaded; one that was never filled is none of them."""
        staged = {name for (name,) in self.warehouse(STAGED)}
        return [source for source in self.workshop.sources if source.staging in staged]

    def assert_staging_equals_source(self) -> None:
        for source in self.loaded_sources():
            oltp = self.shop if source.name == "shop" else self.oltp
            for table in source.tables:
                theirs = _rows(oltp, f"select * from {source.schema}.{table.name} limit 0", None)
                columns = ", ".join(theirs)
                expected = _rows(oltp, f"select {columns} from {source.schema}.{table.name}", columns)
                found = _rows(self.admin, f"select {columns} from {source.staging}.{table.name}", columns)
                assert len(found) == len(expected), table.name
                assert found == expected, (table.name, list(found - expected)[:3], list(expected - found)[:3])

    def assert_marts_equal_a_rebuild(self) -> None:
        """Each published mart equals, row for row, the same models built from scratch in another schema."""
        from flows.dbt import Dbt
        from flows.stars import stars_reading

        with self.admin.connect() as connection:
            connection.execute(sa.text(f"drop database if exists {CHECK_SCHEMA}"))
            connection.execute(sa.text(f"create database {CHECK_SCHEMA} {COLLATION}"))
        url = sa.make_url(self.urls["WAREHOUSE_ADMIN_URL"]).set(database=CHECK_SCHEMA)
        check = Dbt(
            self.workshop.project_dir,
            self.workshop.profiles,
            self.workshop.work_dir / "check",
            url.render_as_string(hide_password=False),
        )
        loaded = {source.name for source in self.loaded_sources()}
        absent = stars_reading(
            self.workshop.marts, {source.name for source in self.workshop.sources if source.name not in loaded}
        )
        marts = [mart for mart in self.workshop.marts if mart.live_schema not in absent]
        results = check.build([f"+{mart.name}" for mart in marts], full_refresh=True)
        assert not [r for r in results if r.failed], [r.message for r in results if r.failed]
        for mart in marts:
            for schema in (mart.live_schema, mart.build_schema):
                for left, right in ((schema, CHECK_SCHEMA), (CHECK_SCHEMA, schema)):
                    query = f"select * from {left}.{mart.name} except all select * from {right}.{mart.name} limit 3"
                    assert self.warehouse(query) == [], f"{mart.name}: in {left} but not in {right}"

    def assert_all_equal(self) -> None:
        self.assert_staging_equals_source()
        self.assert_marts_equal_a_rebuild()


def drop_database(connection: sa.Connection, schema: str) -> None:
    """Drop a database; who kept it locked through a lock wait is named in a warning, and disconnected."""
    statement = sa.text(f"drop database if exists {schema}")
    try:
        connection.execute(statement)
    except sa.exc.OperationalError as error:
        if error.orig.args[0] != LOCK_WAIT_TIMEOUT:
            raise
        others = connection.execute(sa.text(OTHERS)).all()
        state = connection.execute(sa.text("show engine innodb status")).scalars(2).one()
        told = state[state.find("TRANSACTIONS") :][:6000]
        warnings.warn(f"{schema} could not be dropped; connected: {others}; {told}", stacklevel=2)
        for number, *_ in others:
            with suppress(sa.exc.OperationalError):  # it may have gone
                connection.execute(sa.text(f"kill {number}"))
        connection.execute(statement)


def _rows(engine: sa.Engine, query: str, columns: str | None):
    with engine.connect() as connection:
        result = connection.execute(sa.text(query))
        if columns is None:
            return list(result.keys())
        return {tuple(_plain(value) for value in row) for row in result}


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, decimal.Decimal):
        return str(value)
    return value
