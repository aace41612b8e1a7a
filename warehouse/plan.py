"""What a run has to build: only what its sources, its definition or an unfinished earlier run give a reason for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.marts import Mart
from warehouse.state import MartState, existing_tables, read_changed_seqs, read_states


@dataclass(frozen=True)
class BuildPlan:
    """Models for dbt to build anew (`full`), to bring up to date (`incremental`), and views to lay first (`views`).

    `left_out` are marts that wait to be published but were not chosen, so that their tests do not run again.
    """

    full: tuple[str, ...]
    incremental: tuple[str, ...]
    views: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.full or self.incremental)


def plan_build(
    url: str,
    marts: Sequence[Mart],
    *,
    full_refresh: bool = False,
    tables: frozenset[tuple[str, str]] | None = None,
) -> BuildPlan:
    """Compare what was loaded with what was built.

    `tables` narrows the plan to marts made from one of these (source, table) pairs. A mart with changes that were
    built but never published is in the plan too, so that its tests run again before it is published.
    """
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    chosen = [m for m in marts if tables is None or any((s.source, s.name) in tables for s in m.sources)]
    with engine.connect() as connection:
        states = read_states(connection, marts)
        seqs = read_changed_seqs(connection, {source for mart in chosen for source in mart.sources})
        present = existing_tables(connection, {mart.build_schema for mart in chosen})
    full: list[str] = []
    incremental: list[str] = []
    views: set[str] = set()
    for mart in chosen:
        state = states[mart.name]
        newest = max((seqs[source] for source in mart.sources), default=0)
        anew = full_refresh or _must_be_built_anew(mart, state)
        if anew:
            full.append(mart.name)
        elif state.pending or (state.built_seq or 0) < newest:
            incremental.append(mart.name)
        if anew or any((mart.build_schema, view) not in present for view in mart.views):
            views.update(mart.views)
    left_out = tuple(mart.name for mart in marts if mart not in chosen and states[mart.name].pending)
    return BuildPlan(tuple(full), tuple(incremental), tuple(sorted(views)), left_out)


def _must_be_built_anew(mart: Mart, state: MartState) -> bool:
    return state.built_seq is None or state.definition != mart.definition
