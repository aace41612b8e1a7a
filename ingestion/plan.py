"""What a run is to do with each table: decided from the warehouse's state and a survey of the source's snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from ingestion import postgres, postgres_limits
from ingestion.declarations import Source, Table
from ingestion.errors import IngestionError
from ingestion.model import Column, Look, Mode, Survey, TablePlan, TableState
from ingestion.postgres_indexes import warn_of_missing_indexes


def plan_tables(
    connection: Any,
    source: Source,
    tables: Sequence[Table],
    states: Mapping[str, TableState],
    *,
    margin: timedelta,
    since: datetime | None = None,
    full_refresh: bool = False,
    doubtful: Collection[str] = (),
) -> tuple[Look, tuple[TablePlan, ...]]:
    """Look at open transactions, begin the snapshot on `connection` and return the plan of each table in it.

    In `doubtful` tables, and in those of which a load has found it before, several rows may have one key.
    Raises IngestionError if a table, a key or a cursor is missing in the source.
    """
    look = postgres.look(connection, margin)
    postgres.begin_snapshot(connection)
    columns = postgres.read_columns(connection, source, tables)
    look = replace(look, warnings=look.warnings + warn_of_missing_indexes(connection, source, tables))
    watermarks = {table.name: _watermark(look, states.get(table.name)) for table in tables}
    surveys = postgres.survey(connection, source, columns, tables, states, watermarks)
    plans = []
    for table in tables:
        plan = _plan(
            table, columns[table.name], states.get(table.name), surveys[table.name], watermarks[table.name], look,
            since, full_refresh,
        )  # fmt: skip
        before = plan.state.doubled if plan.state else ()
        plans.append(with_doubled_keys(connection, source, plan) if table.name in doubtful or before else plan)
    return look, tuple(plans)


def with_doubled_keys(connection: Any, source: Source, plan: TablePlan) -> TablePlan:
    """Return the plan with the keys that several rows share now, and with those that did so until now."""
    doubled = postgres_limits.read_doubled_keys(connection, source, plan.table, plan.columns)
    before = plan.state.doubled if plan.state else ()
    known = postgres_limits.read_key_texts(connection, source, plan.table, before) if before else ()
    undoubled = tuple(key for key in known if key not in set(doubled))
    mode: Mode = "since" if plan.mode == "none" and undoubled else plan.mode
    return replace(plan, doubled=doubled, undoubled=undoubled, mode=mode)


def _watermark(look: Look, state: TableState | None) -> datetime:
    if not look.prepared:
        return look.watermark
    return min(look.watermark, state.watermark) if state else postgres.BEGINNING


def _plan(
    table: Table, columns: tuple[Column, ...], state: TableState | None, survey: Survey, watermark: datetime,
    look: Look, since: datetime | None, full_refresh: bool,
) -> TablePlan:  # fmt: skip
    structure = postgres.structure_of(columns)
    mode = _mode(table, state, survey, structure, look, since is not None, full_refresh)
    start = None
    if mode in ("since", "none") and state is not None:
        start = min(state.watermark, since) if since else state.watermark
    return TablePlan(table, columns, mode, start, watermark, survey.fresh, structure, state)


def _mode(
    table: Table, state: TableState | None, survey: Survey, structure: str, look: Look, backfill: bool,
    full_refresh: bool,
) -> Mode:  # fmt: skip
    if state is None or full_refresh:
        return "replace"
    if structure != state.structure:
        raise IngestionError(
            f"the columns of {table.name} changed in the source since it was loaded; load it anew by --full-refresh"
        )
    clock_went_back = look.taken_at < state.watermark
    if survey.resynced or clock_went_back:
        return "whole"
    return "since" if backfill or survey.seen != state.fingerprint else "none"
