"""What a run is to do with each table: decided from the warehouse's state and a survey of the source's snapshot."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingestion import drift, trust
from ingestion.declarations import Source, Table
from ingestion.dialect import Key, Oltp
from ingestion.drift import Readers
from ingestion.errors import IngestionError
from ingestion.model import Column, Drift, Look, Mode, SeenColumn, Sighting, Stopped, Survey, TablePlan, TableState
from ingestion.structure import structure_of


@dataclass(frozen=True)
class Wish:
    """What the caller asks for: rows from `since` on again, or everything anew."""

    since: datetime | None
    full_refresh: bool


def plan_tables(
    oltp: Oltp,
    source: Source,
    tables: Sequence[Table],
    states: Mapping[str, TableState],
    *,
    margin: timedelta,
    since: datetime | None = None,
    full_refresh: bool = False,
    warn_after: timedelta = trust.WARN_AFTER,
    readers: Readers | None = None,
    doubtful: Collection[str] = (),
) -> tuple[Look, tuple[TablePlan, ...]]:
    """Look at open transactions, begin the snapshot and return the plan of each table in it.

    A table that was loaded before and cannot be as it is now has no plan; the look says why. `readers` tells which
    models read a column. In `doubtful` tables, and in those of which a load has found it before, several rows may have
    one key. Raises IngestionError if a table never loaded, or its key or cursor, is missing in the source.
    """
    wish = Wish(since, full_refresh)
    readers = drift.with_rules(source, readers)
    dialect, connection = oltp.dialect, oltp.connection
    look = trust.look_at(dialect.read_activity(connection), margin, warn_after)
    dialect.begin_snapshot(connection)
    columns, faults = dialect.read_columns(connection, source, tables)
    drifts, stopped = _drifts(tables, columns, faults, states, readers, full_refresh)
    identities = dialect.read_identities(connection, source, tables)
    loadable = [table for table in tables if table.name not in stopped]
    bounds = {table.name: trust.bounds_of(look, states.get(table.name)) for table in loadable}
    watermarks = {name: trust.watermark_of(look, those) for name, those in bounds.items()}
    surveys = dialect.survey(
        connection, source, columns, loadable, states, watermarks, look.taken_at + trust.FUTURE
    )  # fmt: skip
    doubts = {
        table.name: reason
        for table in loadable
        if (state := states.get(table.name)) and not full_refresh
        if (reason := trust.doubt(look, source, state, identities[table.name], margin))
    }
    plans = []
    for table in loadable:
        plan = _plan(
            table, columns[table.name], states.get(table.name), surveys[table.name], watermarks[table.name], wish,
            _sighting(look, bounds[table.name], columns[table.name], identities[table.name]), drifts.get(table.name),
            trusted=table.name not in doubts,
        )  # fmt: skip
        before = plan.state.doubled if plan.state else ()
        plans.append(with_doubled_keys(oltp, source, plan) if table.name in doubtful or before else plan)
    warnings = [
        *look.warnings,
        *dialect.warn_of_missing_indexes(connection, source, loadable),
        *trust.doubts_told(doubts),
        *(line for name, found in drifts.items() for line in drift.notes(name, found, readers)),
        *trust.future_told({t.name: surveys[t.name].ahead for t in loadable}, {t.name: t.cursor for t in loadable}),
    ]
    held = {name: Stopped(sentence, states[name].watermark) for name, sentence in stopped.items()}
    return replace(look, warnings=tuple(warnings), stopped=held), tuple(plans)


def with_doubled_keys(oltp: Oltp, source: Source, plan: TablePlan) -> TablePlan:
    """Return the plan with the keys that several rows share now, and with those that did so until now."""
    doubled = oltp.dialect.read_doubled_keys(oltp.connection, source, plan.table, plan.columns)
    before = plan.state.doubled if plan.state else ()
    known: tuple[Key, ...] = ()
    if before:
        known = oltp.dialect.read_key_texts(oltp.connection, source, plan.table, plan.columns, before)
    undoubled = tuple(key for key in known if key not in set(doubled))
    mode: Mode = "since" if plan.mode == "none" and undoubled else plan.mode
    return replace(plan, doubled=doubled, undoubled=undoubled, mode=mode)


def _drifts(
    tables: Sequence[Table], columns: Mapping[str, tuple[Column, ...]], faults: Mapping[str, str],
    states: Mapping[str, TableState], readers: Readers | None, full_refresh: bool,
) -> tuple[Mapping[str, Drift], Mapping[str, str]]:  # fmt: skip
    """Return by table how its columns changed, and the sentence that says why it cannot be loaded."""
    for name, fault in faults.items():
        if name not in states:
            raise IngestionError(fault)
    stopped = {name: f"{name} was not loaded: {fault}" for name, fault in faults.items()}
    drifts: dict[str, Drift] = {}
    for table in tables:
        if table.name not in columns or table.name in stopped:
            continue
        found, sentence = _drift(table, columns[table.name], states.get(table.name), readers, full_refresh)
        if sentence:
            stopped[table.name] = sentence
        elif found:
            drifts[table.name] = found
    return drifts, stopped


def _drift(
    table: Table, columns: tuple[Column, ...], state: TableState | None, readers: Readers | None, full_refresh: bool
) -> tuple[Drift | None, str | None]:
    """Return how the columns changed, and the sentence that says why the table cannot be loaded with them."""
    if state is None or structure_of(columns) == state.structure:
        return None, None
    if state.sighting is None:
        if full_refresh:
            return None, None
        return None, (
            f"the columns of {table.name} changed in the source since it was loaded; load it anew by --full-refresh"
        )
    found = drift.drift_of(table.name, state.sighting.columns, columns, readers)
    return found, drift.obstacle(table, found, readers, full_refresh)


def _sighting(look: Look, bounds: Mapping[str, datetime], columns: tuple[Column, ...], identity: str) -> Sighting:
    seen = tuple(SeenColumn(c.name, c.source_type, c.staging_type, c.nullable) for c in columns)
    return Sighting(
        look.taken_at, look.watermark, look.activity.origin, look.activity.least_lead, bounds, seen, identity
    )


def _plan(
    table: Table, columns: tuple[Column, ...], state: TableState | None, survey: Survey, watermark: datetime,
    wish: Wish, sighting: Sighting, found: Drift | None, *, trusted: bool,
) -> TablePlan:  # fmt: skip
    mode = _mode(state, survey, wish, as_it_was=trusted and found is None)
    start = None
    if mode in ("since", "none") and state is not None:
        start = min(state.watermark, wish.since) if wish.since else state.watermark
    return TablePlan(
        table, columns, mode, start, watermark, survey.fresh, structure_of(columns), state, sighting=sighting,
        drift=found,
    )  # fmt: skip


def _mode(state: TableState | None, survey: Survey, wish: Wish, *, as_it_was: bool) -> Mode:
    if state is None or wish.full_refresh:
        return "replace"
    if survey.resynced or not as_it_was:
        return "whole"
    return "since" if wish.since or survey.seen != state.fingerprint else "none"
