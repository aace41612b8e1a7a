"""What every run works with: the addresses of the servers, the declared sources and the dbt project, loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from sqlalchemy.engine import make_url

from flows.dbt import Dbt, project_digest
from flows.readers import readers_of
from flows.stars import stars_of
from ingestion.declarations import Source, read_sources
from ingestion.drift import Readers
from warehouse.marts import Mart, SourceTable, read_marts, readers_of_changes

DOCS_STAMP = "docs.sha256"
DEFAULT_SOURCE = "superstore"  # that commands mean when they name none; several have a table orders


@dataclass(frozen=True)
class Workshop:
    """The surroundings of a run. `urls` are connections by name (`EXTRACT_URL`, …); `work_dir` may be lost at any time.

    A process that runs many times keeps its workshop, so that dbt parses the project only once.
    """

    urls: Mapping[str, str]
    project_dir: Path
    profiles: Path
    work_dir: Path
    margin_seconds: float = 2.0
    idle_warning_minutes: float = 15.0
    blind_reconcile_hours: float = 6.0

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources that dbt's YAML declares, the default one first."""
        declared = read_sources(self.project_dir).values()
        return tuple(sorted(declared, key=lambda source: source.name != DEFAULT_SOURCE))

    @cached_property
    def build(self) -> Dbt:
        """dbt on the warehouse's build schema."""
        return Dbt(self.project_dir, self.profiles, self.work_dir / "dbt", self.urls["BUILD_URL"])

    def checks(self, source: Source) -> Dbt | None:
        """dbt on a source database; None for a kind whose tests look at the copies alone."""
        url = self.urls[source.connection]
        if make_url(url).get_backend_name() != "postgresql":
            return None
        if source.name not in self._checks:
            self._checks[source.name] = Dbt(self.project_dir, self.profiles, self.work_dir / "dbt", url)
        return self._checks[source.name]

    def stars_of(self, names: Iterable[str]) -> frozenset[str]:
        """The live databases of the stars that models and tests of these names belong to."""
        return stars_of(self.marts, self.build.manifest, names)

    def readers(self, source: Source) -> Readers:
        """Which models read a column of a source table."""
        if source.name not in self._readers:
            self._readers[source.name] = readers_of(self.build.manifest, source.name)
        return self._readers[source.name]

    @cached_property
    def _readers(self) -> dict[str, Readers]:
        return {}

    @cached_property
    def readers_of_changes(self) -> Mapping[SourceTable, frozenset[tuple[str, str]]]:
        """The models, by schema and name, that read which keys of a source table changed."""
        return readers_of_changes(self.build.manifest)

    @cached_property
    def _checks(self) -> dict[str, Dbt]:
        return {}

    @cached_property
    def marts(self) -> tuple[Mart, ...]:
        """The models that readers see."""
        project = yaml.safe_load((self.project_dir / "dbt_project.yml").read_text(encoding="utf-8"))
        return read_marts(self.build.manifest, project.get("vars") or {})

    def docs_are_old(self) -> bool:
        """Whether the dbt project differs from the one that the docs were last written from."""
        stamp = self.build.target_dir / DOCS_STAMP
        return not stamp.is_file() or stamp.read_text(encoding="ascii") != self._project_digest

    def write_docs(self) -> Path:
        """Write the dbt docs as one static page and return its path."""
        page = self.build.docs()
        (self.build.target_dir / DOCS_STAMP).write_text(self._project_digest, encoding="ascii")
        return page

    @cached_property
    def _project_digest(self) -> str:
        return project_digest(self.project_dir)

    def warm_up(self) -> None:
        """Import and parse all that a run needs, so that the run itself only works."""
        from ingestion.package import configure  # dlt is imported only where it is used

        configure()
        _ = self.marts
        for source in self.sources:
            if checks := self.checks(source):
                _ = checks.manifest
