"""dbt in this process: parsed once, run many times."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

# Logging and events are a third of what a small dbt run costs; the results carry all that is shown.
QUIET = ("--log-level", "none", "--log-level-file", "none", "--no-print")
SILENT = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}  # before a command, the option of this name does nothing
# As mysql-connector words them: lock wait, deadlock, server gone, connection lost or refused, shutdown.
PASSING = re.compile(
    r"\b(1205|1213|2006|2013|2055|2003|1053)\b(?: \(|:)|Lost connection to MySQL|MySQL Connection not available"
)
OnNode = Callable[[str], None]


class DbtError(RuntimeError):
    """dbt could not do what it was asked to; the sentence says why."""


PARSED_STAMP = "parsed.sha256"
PROJECT_FILES = (".sql", ".yml", ".md", ".csv")


def project_digest(project_dir: Path) -> str:
    """A digest of all that a dbt project is written in; it changes with any of its files."""
    digest = hashlib.sha256()
    for path in sorted(project_dir.rglob("*")):
        if path.suffix in PROJECT_FILES and "target" not in path.parts:
            digest.update(str(path.relative_to(project_dir)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class NodeResult:
    """What became of one model or test. `failures` counts the failing rows of a test, `rows` those of a model.

    `told`: what a test tells of its failing rows in brackets, such as the first values of a column.
    """

    name: str
    kind: str
    status: str
    seconds: float
    rows: int
    failures: int
    message: str
    sql: str
    told: str = ""

    @property
    def failed(self) -> bool:
        """Whether the run may not be published with this result."""
        return self.status in ("error", "fail", "runtime error")


class Dbt:
    """One target of the dbt project.

    `url` is the account that the target connects with (SQLAlchemy form): a MySQL or MariaDB one for the build, a
    PostgreSQL one for the checks on the source. `work_dir` takes the profile and dbt's artifacts.
    """

    def __init__(self, project_dir: Path, profiles: Path, work_dir: Path, url: str) -> None:
        self.project_dir = project_dir
        self._url = sa.make_url(url)
        self.target = target_of(self._url)
        self.target_dir = work_dir / self.target
        self._profiles = profiles.read_bytes()

    @cached_property
    def manifest(self) -> Manifest:
        """The parsed project. Raises `DbtError` with dbt's own words when it does not parse.

        dbt's memory of an earlier parse is used only for the very same project: of one that was edited it can keep
        macros twice and lose the constraints of contracts.
        """
        stamp, digest = self.target_dir / PARSED_STAMP, project_digest(self.project_dir)
        known = stamp.is_file() and stamp.read_text(encoding="ascii") == digest
        result = self._invoke(["parse"] if known else ["parse", "--no-partial-parse"], manifest=None)
        if not result.success:
            stamp.unlink(missing_ok=True)
            raise DbtError(f"the dbt project does not parse: {_words(result)}; mend it, then run again")
        stamp.write_text(digest, encoding="ascii")
        manifest: Manifest = result.result  # type: ignore[assignment]  # dbt types it as a union over all commands
        return manifest

    def build(
        self,
        select: Sequence[str],
        *,
        full_refresh: bool = False,
        variables: Mapping[str, object] | None = None,
        on_node: OnNode | None = None,
    ) -> list[NodeResult]:
        """Run `dbt build` for the selected nodes and their tests. What failed is in the result, not raised."""
        return self._run(["build", *_refresh(full_refresh), "--select", *select], variables, on_node)

    def run(
        self, select: Sequence[str], *, full_refresh: bool = False, on_node: OnNode | None = None
    ) -> list[NodeResult]:
        """Run `dbt run`: the selected models without their tests. What failed is in the result, not raised."""
        return self._run(["run", *_refresh(full_refresh), "--select", *select], None, on_node)

    def test(
        self, select: Sequence[str], *, variables: Mapping[str, object] | None = None, on_node: OnNode | None = None
    ) -> list[NodeResult]:
        """Run `dbt test` for the selected nodes. What failed is in the result, not raised."""
        return self._run(["test", "--select", *select], variables, on_node)

    def seed(self, select: Sequence[str], *, on_node: OnNode | None = None) -> list[NodeResult]:
        """Run `dbt seed`: load the selected files anew. What failed is in the result, not raised."""
        return self._run(["seed", "--full-refresh", "--select", *select], None, on_node)

    def docs(self) -> Path:
        """Write the documentation as one static page and return its path."""
        result = self._invoke(["docs", "generate", "--static"], manifest=None)
        if not result.success:
            raise DbtError(f"dbt could not write the docs: {_words(result)}")
        return self.target_dir / "static_index.html"

    def _run(
        self, command: list[str], variables: Mapping[str, object] | None, on_node: OnNode | None
    ) -> list[NodeResult]:
        command.append("--no-write-json")
        if variables:
            command += ["--vars", json.dumps(variables)]
        result = self._invoke(command, manifest=self.manifest, on_node=on_node)
        if result.exception is not None:
            words = _words(result)
            remedy = "; is the server running? (tidemark status) Then run again" if PASSING.search(words) else ""
            raise DbtError(f"dbt stopped: {words}{remedy}") from result.exception
        return [_node_result(node) for node in result.result]  # type: ignore[union-attr]  # a list of run results

    def _lay_folder(self) -> None:
        """Put the profile into the target folder, which may have been lost since the last call."""
        self.target_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.target_dir, delete=False) as file:  # another run may be reading it
            file.write(self._profiles)
        Path(file.name).replace(self.target_dir / "profiles.yml")

    def _invoke(self, command: list[str], manifest: Manifest | None, on_node: OnNode | None = None) -> dbtRunnerResult:
        from dbt.cli.main import dbtRunner

        self._lay_folder()
        packages = {"DBT_PACKAGES_PATH": str(self.target_dir / "packages")}
        os.environ.update(connection_environment(self._url) | packages | SILENT)
        places = {"project-dir": self.project_dir, "profiles-dir": self.target_dir, "target-path": self.target_dir}
        options = [part for name, path in places.items() for part in (f"--{name}", str(path))]
        callbacks = [_reporter(on_node)] if on_node else []
        if manifest is not None:
            callbacks.append(_macro_giver(manifest))
        runner = dbtRunner(manifest=manifest, callbacks=callbacks)
        result = runner.invoke([*QUIET, *command, *options, "--target", self.target])
        if isinstance(result.exception, KeyboardInterrupt):
            raise result.exception
        return result


def _refresh(full_refresh: bool) -> list[str]:
    return ["--full-refresh"] if full_refresh else []


def target_of(url: sa.URL) -> str:
    """The profile's target for a database: `oltp` for PostgreSQL, else `mariadb` or `mysql`, as the server says."""
    if url.get_backend_name() == "postgresql":
        return "oltp"
    with sa.create_engine(url, poolclass=sa.pool.NullPool).connect() as connection:
        return "mariadb" if "MariaDB" in str(connection.scalar(sa.text("select version()"))) else "mysql"


def connection_environment(url: sa.URL) -> dict[str, str]:
    """The variables that `profiles.example.yml` reads for this database."""
    prefix = "OLTP" if url.get_backend_name() == "postgresql" else "BUILD"
    database = "DBNAME" if prefix == "OLTP" else "SCHEMA"
    return {
        f"DBT_{prefix}_HOST": url.host or "127.0.0.1",
        f"DBT_{prefix}_PORT": str(url.port or (5432 if prefix == "OLTP" else 3306)),
        f"DBT_{prefix}_USER": url.username or "",
        f"DBT_ENV_SECRET_{prefix}_PASSWORD": url.password or "",
        f"DBT_{prefix}_{database}": url.database or "",
    }


def _reporter(on_node: OnNode) -> Callable[[Any], None]:
    def report(event: Any) -> None:
        if event.info.name == "NodeFinished":
            on_node(event.data.node_info.node_name)

    return report


def _macro_giver(manifest: Manifest) -> Callable[[Any], None]:
    """dbt hands a parsed manifest to the run but not its macros to the adapter, which then parses them all again."""

    def give(event: Any) -> None:
        if event.info.name == "FoundStats":  # the first event after the adapter was made
            from dbt.adapters.factory import FACTORY
            from dbt.contracts.graph.manifest import MacroManifest

            for adapter in FACTORY.adapters.values():
                if adapter.type() == manifest.metadata.adapter_type:
                    vars(adapter)["_macro_manifest_lazy"] = MacroManifest(manifest.macros)

    return give


def _node_result(result: Any) -> NodeResult:
    if not hasattr(result, "node"):  # what dbt says when the database went away before a hook
        return NodeResult("dbt", "hook", str(result.status), 0.0, 0, 0, str(result.message or ""), "")
    response = result.adapter_response or {}
    rows = response.get("rows_affected", 0)
    kept = f"; their keys are in {response['_message']}" if response.get("code") == "FAILING ROWS" else ""
    _, _, told = str(response.get("_message", "")).partition(" (") if kept else ("", "", "")
    return NodeResult(
        name=result.node.name,
        kind=str(result.node.resource_type),
        status=str(result.status),
        seconds=round(result.execution_time, 3),
        rows=int(rows) if isinstance(rows, int) else 0,
        failures=int(result.failures or 0),
        message=f"{result.message or ''}{kept}",
        sql=getattr(result.node, "compiled_code", None) or "",
        told=f" ({told}" if told else "",
    )


def passing_reasons(results: Sequence[NodeResult]) -> list[str]:
    """Why nodes failed, if trying again can help all of those that did: locks, deadlocks, connections that were cut."""
    errors = [result for result in results if result.status == "error"]
    reasons = [f"{r.name}: {' '.join(r.message.split())}" for r in errors if PASSING.search(r.message)]
    return reasons if len(reasons) == len(errors) and not any(r.failed and r not in errors for r in results) else []


def _words(result: dbtRunnerResult) -> str:
    return " ".join(str(result.exception or "no reason given").split())
