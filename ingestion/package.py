"""The files of a run on their way through dlt: one load package, with dlt's schema, state and record of loads."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import Any

import dlt
import sqlalchemy as sa
from dlt.common.configuration.container import Container
from dlt.common.configuration.providers import CustomLoaderDocProvider
from dlt.common.configuration.providers.provider import ConfigProvider
from dlt.common.configuration.specs.pluggable_run_context import PluggableRunContext
from dlt.common.runtime.run_context import RunContext
from dlt.common.runtime.signals import SignalReceivedException
from dlt.pipeline.exceptions import PipelineStepFailed
from sqlalchemy.engine import make_url

from ingestion import staging
from ingestion.csv_files import DoubledKeyError
from ingestion.declarations import Source
from ingestion.destination import EXACT_TYPE, Load, destination_of, mysql_error
from ingestion.errors import IngestionError
from ingestion.extract import make_private
from ingestion.model import Column, Extract, ExtractFile, Guard, LoadJob, LoadReport, TablePlan
from ingestion.refusals import sentence
from ingestion.reshape import reshape

WORKERS = 2
DLT_TYPES = {
    "SMALLINT": "bigint", "INT": "bigint", "BIGINT": "bigint", "TINYINT": "bool", "DECIMAL": "decimal",
    "DOUBLE": "double", "DATE": "date", "DATETIME": "timestamp", "LONGBLOB": "binary", "VARBINARY": "binary",
}  # fmt: skip


SETTINGS = {
    "runtime": {"dlthub_telemetry": False, "log_level": "CRITICAL"},  # its log would quote values
    "schema": {"naming": "direct"},
    "load": {"delete_completed_jobs": True, "workers": WORKERS, "raise_on_max_retries": 3},
    "normalize": {"workers": 1},
    "enable_runtime_trace": False,
}


class _Surroundings(RunContext):
    """What dlt knows of the process: the settings above, and none of files or variables that happen to be there.

    Its own looks for files of settings, and where there are none imports Streamlit to ask that for some.
    """

    def initial_providers(self) -> list[ConfigProvider]:
        """Return what dlt's settings are read from."""
        return [CustomLoaderDocProvider("tidemark", lambda: SETTINGS)]


@cache
def configure() -> None:
    """Give dlt its settings; costs time at first only."""
    logging.getLogger("dlt").setLevel(logging.CRITICAL)  # its logger was made before it could read its settings
    Container()[PluggableRunContext] = PluggableRunContext(_Surroundings(None))


def load_package(
    source: Source, warehouse: Any, plans: Sequence[TablePlan], extracts: Mapping[str, Extract], job: LoadJob,
    report: LoadReport,
) -> int:  # fmt: skip
    """Load what was extracted and store the watermarks that it reaches; return the number of the load.

    A package that a dead run left behind is dropped: it holds an older snapshot, and the watermark was not advanced.
    """
    configure()
    load = Load(
        source=source,
        run_id=job.run_id,
        load_seq=staging.next_sequence(warehouse, source.staging),
        plans={plan.table.name: plan for plan in plans},
        extracts=extracts,
        guard=_remembering(job.guard, report),
        verify=job.verify,
        report=report,
    )
    engine = sa.create_engine(
        make_url("mysql+pymysql://").set(host="warehouse"),
        connect_args=staging.connect_arguments(job.load_url),
        pool_size=WORKERS + 1,
    )
    load_ids: list[str] = []
    try:
        make_private(job.work_dir / "dlt")
        pipeline = _pipeline(source, engine, load, job.work_dir)
        _take_in_columns(pipeline, warehouse, plans, load)
        load_ids += pipeline.extract(_dlt_source(source, plans, extracts), workers=1).loads_ids
        pipeline.normalize()
        pipeline.load(workers=WORKERS)
    except PipelineStepFailed as error:
        load_ids.append(error.load_id)
        if report.stopped_by is not None:
            raise report.stopped_by from error
        if isinstance(error.exception, (KeyboardInterrupt, SignalReceivedException)):
            raise KeyboardInterrupt from error
        kind = DoubledKeyError if report.doubled else IngestionError
        raise kind(_sentence(load, error)) from error
    finally:
        engine.dispose()
        _remove(job.work_dir / "dlt" / source.name, load_ids)
    if job.progress:
        for plan in plans:
            job.progress("load", plan.table.name, load.count(plan.table.name, "rows"))
    return load.load_seq


def _remove(working_dir: Path, load_ids: Sequence[str | None]) -> None:
    """Remove the files of packages, loaded or not: they hold rows of the source, and no run takes them up again.

    Those of a newer run, which may have begun in the same folder when this one lost its lock, stay.
    """
    for load_id in filter(None, load_ids):
        for folder in list(working_dir.rglob(load_id)):
            rmtree(folder, ignore_errors=True)


def _remembering(guard: Guard | None, report: LoadReport) -> Guard | None:
    """Return the guard, keeping what it raises: on its way through dlt an exception loses its class."""
    if guard is None:
        return None

    def remembering(cursor: Any) -> None:
        try:
            guard(cursor)
        except BaseException as error:
            report.stopped_by = error
            raise

    return remembering


def _pipeline(source: Source, engine: sa.Engine, load: Load, work_dir: Path) -> Any:
    """Return dlt's pipeline with an empty queue; a new work folder takes schema and state from the warehouse."""
    pipeline = dlt.pipeline(
        pipeline_name=source.name,
        destination=destination_of(engine, load),
        dataset_name=source.staging,
        pipelines_dir=str(work_dir / "dlt"),
    )
    if pipeline.has_pending_data:
        pipeline = pipeline.drop()
    if not pipeline.default_schema_name:
        pipeline.sync_destination()
    return pipeline


def _take_in_columns(pipeline: Any, warehouse: Any, plans: Sequence[TablePlan], load: Load) -> None:
    """Alter the tables whose columns changed, or drop those that are loaded anew; dlt's schema forgets both kinds."""
    outgrown = [
        plan.table.name
        for plan in plans
        if plan.mode == "replace" and plan.state is not None and plan.structure != plan.state.structure
    ]
    for name in outgrown:
        staging.drop_table(warehouse, load.database, name, load.guard)
    for plan in plans:
        if plan.reshaping:
            reshape(warehouse, load.database, plan, plan.reshaping, load.guard)
            outgrown.append(plan.table.name)
    if outgrown and pipeline.default_schema_name:
        schema = pipeline.default_schema.clone()
        schema.drop_tables([name for name in outgrown if name in schema.tables])
        pipeline.schemas.save_schema(schema)


def _dlt_source(source: Source, plans: Sequence[TablePlan], extracts: Mapping[str, Extract]) -> Any:
    def resources() -> Iterator[Any]:
        for plan in plans:
            if plan.table.name in extracts and extracts[plan.table.name].files:
                yield _resource(plan, extracts[plan.table.name].files)

    return dlt.source(resources, name=source.name, max_table_nesting=0)()


def _resource(plan: TablePlan, files: Sequence[ExtractFile]) -> Any:
    def imported() -> Iterator[Any]:
        for file in files:
            yield dlt.mark.with_file_import(str(file.path), "csv", file.rows)

    return dlt.resource(
        imported,
        name=plan.table.name,
        primary_key=list(plan.table.primary_key),
        write_disposition={"disposition": "merge", "strategy": "upsert"},
        columns={column.name: _hints(column) for column in plan.columns},
    )


def _hints(column: Column) -> Any:
    return {
        "name": column.name,
        "data_type": DLT_TYPES.get(column.staging_type.split("(")[0], "text"),
        "nullable": column.nullable,
        EXACT_TYPE: column.staging_type,
    }


def _sentence(load: Load, error: PipelineStepFailed) -> str:
    if load.report.failure:
        return load.report.failure
    found = mysql_error(error.exception)
    if found is not None:
        first = sentence(found)
    else:
        cause: BaseException = error.exception
        while cause.__cause__ is not None:
            cause = cause.__cause__
        first = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    return f"loading into {load.database} failed: {first}; the watermarks stay where they were, run again"
