"""What a run has to build: only what its sources, its definition or an unfinished earlier run give a reason for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from warehouse.engine import engine_of
from warehouse.marts import Mart, SourceTable
from warehouse.state import LOADS, MartState, broken_views, existing_tables, read_changed_seqs, read_states


class PlanError(RuntimeError):
    """A mart cannot be built as things stand; the sentence says what it lacks."""


@dataclass(frozen=True)
class BuildPlan:
    """Models for dbt to build anew (`full`), to bring up to date (`incremental`); views and files to lay first."""

    full: tuple[str, ...]
    incremental: tuple[str, ...]
    views: tuple[str, ...]
    seeds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.full or self.incremental)


def plan_build(
    url: str,
    marts: Sequence[Mart],
    *,
    full_refresh: bool = False,
    check_all: bool = False,
    tables: Collection[tuple[str, str]] | None = None,
) -> BuildPlan:
    """Compare what was loaded with what was built.

    `tables` narrows the plan to marts made from one of these (source, table) pairs, and to the marts that those read;
    a mart of no source, as a calendar, goes with all marts of its star.
    A mart with changes that were built but never published is in every plan, so that its tests run again before it is
    published. With `check_all` every mart is, so that all tests run. Raises `PlanError` when a chosen mart reads a
    staging table that was not loaded completely.
    """
    with engine_of(url).connect() as connection:
        states = read_states(connection, marts)
        seqs = read_changed_seqs(connection, {source for mart in marts for source in mart.sources})
        builds = {mart.build_schema for mart in marts}
        staging = {source.schema for mart in marts for source in mart.sources}
        present = existing_tables(connection, builds | staging) - broken_views(connection, builds)
    full: list[str] = []
    incremental: list[str] = []
    views: set[str] = set()
    seeds: set[str] = set()
    for mart in _chosen(marts, states, tables):
        _require_loaded(mart, seqs, present)
        state = states[mart.name]
        newest = max((seqs[source] for source in mart.sources), default=0)
        anew = full_refresh or state.built_seq is None or state.definition != mart.definition
        if anew:
            full.append(mart.name)
        elif check_all or state.pending or (state.built_seq or 0) < newest:
            incremental.append(mart.name)
        if anew or any((mart.build_schema, view) not in present for view in mart.views):
            views.update(mart.views)
        if anew or any((mart.build_schema, seed) not in present for seed in mart.seeds):
            seeds.update(mart.seeds)
    return BuildPlan(tuple(full), tuple(incremental), tuple(sorted(views)), tuple(sorted(seeds)))


def plan_publish(url: str, marts: Sequence[Mart]) -> tuple[str, ...]:
    """The marts whose tests have to pass before what was built and waits is published; empty when nothing waits.

    Raises `PlanError` when the last build did not come to its end, so that what waits is of more than one state.
    """
    with engine_of(url).connect() as connection:
        states = read_states(connection, marts)
        seqs = read_changed_seqs(connection, {source for mart in marts for source in mart.sources})
    waiting = [mart for mart in marts if states[mart.name].pending]
    newest = max((states[mart.name].built_seq or 0 for mart in waiting), default=0)
    loaded = [mart for mart in marts if mart.sources <= seqs.keys()]  # a source that was never filled holds nobody back
    behind = [mart.name for mart in loaded if waiting and _lags(mart, states[mart.name], seqs, newest)]
    if behind:
        raise PlanError(
            f"the last build did not come to its end: {', '.join(behind)} lacks changes that others have; "
            "finish it by tidemark run, then publish"
        )
    parents = {parent for mart in waiting for parent in mart.parents}
    return tuple(mart.name for mart in marts if mart in waiting or mart.name in parents)


def _lags(mart: Mart, state: MartState, seqs: Mapping[SourceTable, int], newest: int) -> bool:
    loaded = max((seqs.get(source, 0) for source in mart.sources), default=0)
    built = -1 if state.built_seq is None else state.built_seq
    return built < min(loaded, newest)


def _chosen(
    marts: Sequence[Mart], states: Mapping[str, MartState], tables: Collection[tuple[str, str]] | None
) -> list[Mart]:
    if tables is None:
        return list(marts)
    names = {m.name for m in marts if any((s.source, s.name) in tables for s in m.sources) or states[m.name].pending}
    names |= {parent for mart in marts if mart.name in names for parent in mart.parents}
    stars = {mart.live_schema for mart in marts if mart.name in names}
    names |= {mart.name for mart in marts if not mart.sources and mart.live_schema in stars}  # tests hold others to it
    return [mart for mart in marts if mart.name in names]


def _require_loaded(mart: Mart, seqs: Mapping[SourceTable, int], present: Collection[tuple[str, str]]) -> None:
    for schema in sorted({source.schema for source in mart.sources}):
        if (schema, LOADS) not in present:
            raise PlanError(
                f"{mart.name} cannot be built: the build account sees no record of loads in {schema}; grant it SELECT "
                "on that database (docs/own-servers.md), or load it by a run without --select"
            )
    missing = sorted(f"{source.source}.{source.name}" for source in mart.sources if source not in seqs)
    if missing:
        raise PlanError(
            f"{mart.name} cannot be built: {', '.join(missing)} was never loaded, or not to the end; "
            "run without --select, which loads all tables"
        )
