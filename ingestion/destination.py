"""dlt's own SQLAlchemy destination, with the last metre exchanged: LOAD DATA, a merge by upsert, exact column types.

Load packages, schemas and their evolution stay dlt's. A table is declared to dlt as `merge` always, so that its schema
does not change between a first load and the next; whether a load goes straight into the table or through the staging
dataset is decided here, by the plan of the run.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import pymysql
import sqlalchemy as sa
from dlt.common.destination.client import FollowupJobRequest, HasFollowupJobs, LoadJob, RunnableLoadJob
from dlt.common.destination.exceptions import DestinationTerminalException
from dlt.common.storages.load_storage import ParsedLoadJobFileName
from dlt.destinations.impl.sqlalchemy.db_api_client import SqlalchemyClient
from dlt.destinations.impl.sqlalchemy.factory import sqlalchemy
from dlt.destinations.impl.sqlalchemy.sqlalchemy_job_client import SqlalchemyJobClient
from dlt.destinations.job_impl import FollowupJobRequestImpl

from ingestion import csv_files, held_rows, merge, quarantine, staging
from ingestion.csv_files import DoubledKeyError, Target, quoted
from ingestion.declarations import Source
from ingestion.errors import IngestionError
from ingestion.model import Extract, Guard, LoadReport, TablePlan, Verification
from ingestion.refusals import CONNECTION_GONE, sentence

EXACT_TYPE = "x-staging-type"
PASSING = {CONNECTION_GONE, 1205, 1213, 2006, 2013}  # lock wait timeout, deadlock, connection gone, connection lost
SMALL = 10_000  # rows; up to here DELETE is faster than TRUNCATE, which makes the table's file anew


@dataclass(frozen=True)
class Load:
    """What the jobs of one run need to know. A package never outlives the process that made it (see the decisions).

    `verify` compares what was loaded, when all of it is.
    """

    source: Source
    run_id: str
    load_seq: int
    plans: Mapping[str, TablePlan]
    extracts: Mapping[str, Extract]
    guard: Guard | None
    verify: Verification | None = None
    report: LoadReport = field(default_factory=LoadReport)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def database(self) -> str:
        """The staging database."""
        return self.source.staging

    def count(self, table: str, kind: Literal["rows", "deleted"]) -> int:
        """How many rows, or keys to delete, of a table this run loads."""
        return self.extracts[table].count(kind) if table in self.extracts else 0


class ExactType(sa.types.UserDefinedType[Any]):
    """A MySQL column type, spelled as it is to be created."""

    cache_ok = True

    def __init__(self, spelling: str) -> None:
        self.spelling = spelling

    def get_col_spec(self, **_: Any) -> str:
        """Return the type as DDL."""
        return self.spelling


class _Job(RunnableLoadJob):
    """A job that runs in one guarded transaction and leaves the sentence of its failure in the run's report."""

    _job_client: "TidemarkClient"

    def run(self) -> None:
        load = self._job_client.load
        try:
            with self._job_client.guarded_transaction() as cursor:
                self.work(cursor, load)
        except IngestionError as error:
            load.report.failure = str(error)
            if isinstance(error, DoubledKeyError):
                load.report.doubled.add(self.load_table_name)
            raise DestinationTerminalException(str(error)) from error
        except Exception as error:
            load.report.failure = f"loading {self.load_table_name} failed: {_reason(error)}"
            if _is_passing(error):
                raise
            raise DestinationTerminalException(load.report.failure) from error

    def work(self, cursor: Any, load: Load) -> None:
        """Do the job in the cursor's transaction."""
        raise NotImplementedError


class LoadFileJob(_Job, HasFollowupJobs):
    """Loads a file of rows, or of keys to delete, into the table or into the staging dataset."""

    def work(self, cursor: Any, load: Load) -> None:
        """Load the file."""
        path = Path(self._file_path)
        kind, _ = csv_files.read_header(path)
        plan = load.plans[self.load_table_name]
        target = self._target_of(kind, plan)
        if kind == "deleted":
            _empty_deleted(cursor, target, plan)
        if not csv_files.load_file(cursor, path, target):
            with load.lock:
                warning = "the warehouse forbids LOCAL INFILE: rows go in by INSERT, which is several times slower"
                if warning not in load.report.warnings:
                    load.report.warnings.append(warning)

    def _target_of(self, kind: str, plan: TablePlan) -> Target:
        client = self._job_client.sql_client
        if kind == "deleted":
            return Target(
                client.staging_dataset_name, staging.DELETED + plan.table.name, plan.key_columns,
                plan.table.primary_key, replace=False,
            )  # fmt: skip
        return Target(
            client.dataset_name, plan.table.name, plan.columns, plan.table.primary_key, replace=self._is_retried()
        )

    def _is_retried(self) -> bool:
        """Say whether an attempt went before, which may have been committed though its answer was lost."""
        return self.job_file_info().retry_count > 0


def _empty_deleted(cursor: Any, target: Target, plan: TablePlan) -> None:
    keys = ", ".join(f"{quoted(column.name)} {column.staging_type} not null" for column in plan.key_columns)
    names = ", ".join(quoted(column.name) for column in plan.key_columns)
    cursor.execute(f"create table if not exists {target.name} ({keys}, primary key ({names}))")
    cursor.execute(f"delete from {target.name}")


class MergeJob(_Job):
    """Brings what a load staged for a table into the table: all of it, or nothing."""

    def work(self, cursor: Any, load: Load) -> None:
        """Record what differs, then insert, update and delete it."""
        plan = load.plans[self.load_table_name]
        names = merge.merge_of(
            load.database, plan.table.name, [column.name for column in plan.columns], plan.table.primary_key,
            load.load_seq, plan.reshaping.unread if plan.reshaping else (),
        )  # fmt: skip
        changed = cursor.execute(merge.record_differences(names))
        if changed:
            cursor.execute(merge.upsert_differences(names))
        if names.unread:
            cursor.execute(merge.fill_unread(names))
        cursor.execute(merge.release_staged(names))
        deleted = 0
        if plan.mode == "whole":
            cursor.execute(merge.record_absences(names))
            deleted = cursor.execute(merge.delete_absent(names))
            cursor.execute(merge.release_absent(names))
        elif load.count(plan.table.name, "deleted"):
            cursor.execute(merge.record_deletions(names))
            deleted = cursor.execute(merge.delete_named(names))
            cursor.execute(merge.release_named(names))
        load.report.deleted[plan.table.name] = deleted


class _MergeRequest(FollowupJobRequestImpl):
    def __init__(self, table: str) -> None:
        super().__init__(ParsedLoadJobFileName(table, ParsedLoadJobFileName.new_file_id(), 0, "sql").file_name())
        self._save_text_file(f"-- merge the staged rows of {table}\n")


class _Client(SqlalchemyClient):
    """dlt's client; it empties big tables by TRUNCATE and leaves those that are empty alone."""

    load: Load

    def truncate_tables(self, *tables: str) -> None:
        """Empty tables; one that readers may know is declared unloaded first."""
        for table in tables:
            name = f"{quoted(self.dataset_name)}.{quoted(table)}"
            if self.dataset_name == self.load.database:
                self._forget(table)
            if self._holds(name, 0):
                self._run(f"truncate table {name}" if self._holds(name, SMALL) else f"delete from {name}")

    def _forget(self, table: str) -> None:
        with self._ensure_transaction():
            cursor = _cursor_of(self)
            if self.load.guard:
                self.load.guard(cursor)
            staging.forget(cursor, self.load.database, table)
            held_rows.forget(cursor, self.load.database, table)
            cursor.execute(f"delete from {quoted(self.load.database)}.{quoted(staging.CHANGES + table)}")

    def _holds(self, name: str, more_than: int) -> bool:
        return bool(self.execute_sql(f"select 1 from {name} limit 1 offset {more_than}"))

    def _run(self, statement: str) -> None:
        with self._ensure_transaction():
            cursor = _cursor_of(self)
            if self.load.guard:
                self.load.guard(cursor)
            cursor.execute(statement)


def _cursor_of(client: SqlalchemyClient) -> Any:
    return client.native_connection.connection.cursor()


class TidemarkClient(SqlalchemyJobClient):
    """dlt's job client with our jobs; `load` is set by the destination that makes it."""

    load: Load

    def __init__(self, schema: Any, config: Any, capabilities: Any) -> None:
        super().__init__(schema, config, capabilities)
        self.sql_client.__class__ = _Client
        cast(_Client, self.sql_client).load = self.load

    def guarded_transaction(self) -> "_Guarded":
        """Return a context manager: a transaction that begins with the guard and gives a DB-API cursor."""
        return _Guarded(self)

    def _is_direct(self, table: str) -> bool:
        return table in self.load.plans and self.load.plans[table].mode == "replace"

    def should_load_data_to_staging_dataset(self, table_name: str) -> bool:
        """Say whether the rows of a table take the way over the staging dataset."""
        return table_name in self.load.plans and not self._is_direct(table_name)

    def should_truncate_table_before_load(self, table_name: str) -> bool:
        """Say whether a table is emptied before its rows go straight in."""
        return self._is_direct(table_name)

    def _to_column_object(self, schema_column: Any, table: Any) -> sa.Column[Any]:
        column = super()._to_column_object(schema_column, table)
        if EXACT_TYPE in schema_column:
            column.type = ExactType(schema_column[EXACT_TYPE])
        return column

    def create_load_job(self, table: Any, file_path: str, load_id: str, restore: bool = False) -> LoadJob:
        """Return the job for a file of a package."""
        kind = ParsedLoadJobFileName.parse(file_path).file_format
        if kind == "csv":
            return LoadFileJob(file_path)
        if kind == "sql":
            return MergeJob(file_path)
        return super().create_load_job(table, file_path, load_id, restore)

    def _create_merge_followup_jobs(self, table_chain: Sequence[Any]) -> list[FollowupJobRequest]:
        name = table_chain[0]["name"]
        return [] if self._is_direct(name) else [_MergeRequest(name)]

    def update_stored_schema(
        self, only_tables: Iterable[str] | None = None, expected_update: Any = None, force: bool = False
    ) -> Any:
        """Create and widen tables, and beside each the table of its changed keys."""
        names = list(only_tables or self.schema.tables)
        update = super().update_stored_schema(names, expected_update, force or self._misses_any(names))
        if self.sql_client.dataset_name == self.load.database:
            with self.guarded_transaction() as cursor:
                for plan in self.load.plans.values():
                    if plan.mode == "replace":
                        staging.ensure_changes(cursor, self.load.database, plan)
                held_rows.ensure_tables(cursor, self.load.source)
        return update

    def _misses_any(self, tables: Sequence[str]) -> bool:
        """Say whether a table is gone that dlt, going by its record of schemas, takes to be there."""
        names = ", ".join(f"'{csv_files.escaped(name)}'" for name in tables)
        with self.guarded_transaction() as cursor:
            cursor.execute(
                "select count(*) from information_schema.tables where table_schema = %s"
                f" and table_name in ({names.replace('%', '%%')})",
                (self.sql_client.dataset_name,),
            )
            return bool(cursor.fetchone()[0] < len(tables))

    def complete_load(self, load_id: str) -> None:
        """Hold back what breaks a rule, declare the load complete and store its watermarks, in one transaction."""
        load = self.load
        with load.verify() if load.verify else nullcontext() as finish_verifying, self.guarded_transaction() as cursor:
            self._keep_bad_rows_away(cursor)
            if finish_verifying:
                self._finish(finish_verifying)
            super().complete_load(load_id)
            staging.record_load(
                cursor, load.database, tuple(load.plans.values()), load.extracts, load.report, load.load_seq, load_id
            )

    def _finish(self, verifying: Callable[[], None]) -> None:
        try:
            verifying()
        except IngestionError as error:
            self.load.report.failure = str(error)
            raise

    def _keep_bad_rows_away(self, cursor: Any) -> None:
        load = self.load
        held_rows.settle(cursor, load.source, load.load_seq, load.run_id, load.extracts)
        quarantine.keep_all_unrepresentable(cursor, load.source.name, load.extracts, load.run_id)
        for name, extract in load.extracts.items():
            if extract.count("rows"):
                staged = f"{quoted(f'{load.database}_staging')}.{quoted(name)}"
                among = None if self._is_direct(name) else staged
                load.report.held[name] = held_rows.count_held(cursor, load.database, load.plans[name].table, among)


class _Guarded:
    def __init__(self, client: TidemarkClient) -> None:
        self.client = client

    def __enter__(self) -> Any:
        self.transaction = self.client.sql_client._ensure_transaction()
        self.transaction.__enter__()
        self.cursor = _cursor_of(self.client.sql_client)
        try:
            if self.client.load.guard:
                self.client.load.guard(self.cursor)
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            raise
        return self.cursor

    def __exit__(self, *error: Any) -> None:
        self.cursor.close()
        self.transaction.__exit__(*error)


class tidemark_staging(sqlalchemy):
    """The destination of one run."""

    bound_client: type[TidemarkClient] = TidemarkClient

    def _raw_capabilities(self) -> Any:
        capabilities = super()._raw_capabilities()
        capabilities.supported_loader_file_formats = ["csv", "typed-jsonl", "parquet", "model"]
        capabilities.supported_merge_strategies = ["upsert", "delete-insert", "scd2"]
        capabilities.max_identifier_length = 64
        return capabilities

    @property
    def client_class(self) -> type[SqlalchemyJobClient]:
        """Return the job client, bound to this run."""
        return self.bound_client


def destination_of(engine: sa.Engine, load: Load) -> tidemark_staging:
    """Return the destination that carries out `load` over connections of `engine`."""
    destination = tidemark_staging(credentials=engine, create_primary_keys=True)
    destination.bound_client = type("BoundTidemarkClient", (TidemarkClient,), {"load": load})
    return destination


def _is_passing(error: BaseException) -> bool:
    """Say whether the same statement may succeed a moment later; dlt then tries again, a few times."""
    found = mysql_error(error)
    return found is not None and found.args[0] in PASSING


def _reason(error: BaseException) -> str:
    """Return what MySQL said, without values and without dlt's and SQLAlchemy's wrapping."""
    found = mysql_error(error)
    if found is not None:
        return sentence(found)
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def mysql_error(error: BaseException) -> pymysql.err.MySQLError | None:
    """Return the error of MySQL beneath those that dlt and SQLAlchemy raised over it."""
    current: BaseException | None = error
    while current is not None:
        if isinstance(current, pymysql.err.MySQLError):
            return current
        current = current.__cause__ or getattr(current, "orig", None)
    return None
