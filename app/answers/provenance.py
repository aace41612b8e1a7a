"""Where an answer comes from: when its data was last loaded, how its tests went, when it was last shown equal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy.engine.url import make_url

from app.answers.layer import Layer

STALE = dt.timedelta(hours=26)
RUNS = """select run_id, status, report, error from runs
    where request->>'job' is distinct from 'reconcile' order by started_at desc limit 20"""
PUBLISHED = "select run_id from runs where report->>'published' = 'true' order by started_at desc limit 1"
PROOFS = 'select source, "table", max(proved_equal_at) from proofs group by 1, 2'


@dataclass(frozen=True)
class Source:
    """A model that an answer was read from. Instants are ISO 8601 in UTC; `tests` is pass, warn, fail or unknown."""

    model: str
    description: str
    loaded_at: str | None
    tests: str
    proved_equal_at: str | None

    def as_json(self) -> dict[str, Any]:
        """What `tidemark ask --json` tells of it."""
        return {
            "model": self.model,
            "loaded_at": self.loaded_at,
            "tests": self.tests,
            "proved_equal_at": self.proved_equal_at,
        }


@dataclass(frozen=True)
class Freshness:
    """What is known of the last runs: `stamp` names the published state; `warnings` are for whoever reads an answer."""

    stamp: str = ""
    loaded: Mapping[str, dt.datetime] = field(default_factory=dict)
    proved: Mapping[str, dt.datetime] = field(default_factory=dict)
    tests: str = "unknown"
    warnings: tuple[str, ...] = ()

    def sources(self, layer: Layer, tables: Sequence[str]) -> tuple[Source, ...]:
        """The origin of each model that was read."""
        found = []
        for table in tables:
            behind = layer.sources_of.get(table, ())
            loaded, proved = _oldest(self.loaded, behind), _oldest(self.proved, behind)
            found.append(Source(table, layer.descriptions.get(table, ""), loaded, self.tests, proved))
        return tuple(found)


def _oldest(known: Mapping[str, dt.datetime], tables: Sequence[str]) -> str | None:
    """The earliest instant of all tables; None when one has none."""
    found = [known[t] for t in tables if t in known]
    return min(found).isoformat() if found and len(found) == len(tables) else None


def read_freshness(url: str, now: dt.datetime | None = None) -> Freshness:
    """What the database `app` keeps of the last runs; a warning when it cannot be read."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            runs = connection.execute(RUNS).fetchall()
            published = connection.execute(PUBLISHED).fetchone()
            proofs = connection.execute(PROOFS).fetchall()
    except psycopg.Error:
        return Freshness(warnings=("nothing is known of the last runs: their history cannot be read",))
    loaded: dict[str, dt.datetime] = {}
    for _, status, report, _ in runs:
        for table in (report or {}).get("tables", ()) if status == "succeeded" else ():
            if table.get("watermark"):
                loaded.setdefault(f"{table['source']}.{table['table']}", dt.datetime.fromisoformat(table["watermark"]))
    counts = [r["tests"] for _, s, r, _ in runs if r and s == "succeeded" and any(r.get("tests", {}).values())]
    tests = (
        "unknown" if not counts else "fail" if counts[0].get("error") else "warn" if counts[0].get("warn") else "pass"
    )
    warnings = []
    if runs and runs[0][1] == "failed":
        warnings.append(f"the last run failed, so these are the figures of the run before it: {runs[0][3]}")
    now = now or dt.datetime.now(dt.UTC)
    if loaded and now - min(loaded.values()) > STALE:
        warnings.append(f"the data was last brought up to date on {min(loaded.values()):%Y-%m-%d %H:%M} UTC")
    proved = {f"{source}.{table}": at for source, table, at in proofs}
    for _, _, report, _ in runs:  # a load of a whole table proves it too
        for table in (report or {}).get("tables", ()):
            if table.get("proved_equal_at"):
                name, at = f"{table['source']}.{table['table']}", dt.datetime.fromisoformat(table["proved_equal_at"])
                proved[name] = max(at, proved.get(name, at))
    return Freshness(published[0] if published else "", loaded, proved, tests, tuple(warnings))
