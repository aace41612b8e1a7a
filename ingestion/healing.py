"""Putting named rows right: extracted again in the snapshot that showed them different, then loaded as any other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingestion import csv_files
from ingestion.compare import Key, Mismatch
from ingestion.declarations import Source
from ingestion.dialect import Oltp
from ingestion.extract import copy_to_files, extract, read_refused
from ingestion.model import Extract, ExtractFile, LoadJob, LoadReport, Progress, TablePlan
from ingestion.run import load, scratch


@dataclass(frozen=True)
class Remedy:
    """What is wrong with a table: these rows, or, if they are not `all_known`, so many that all of it is read again."""

    plan: TablePlan
    mismatches: tuple[Mismatch, ...]
    all_known: bool

    @property
    def load_plan(self) -> TablePlan:
        """How the load is to go about it. The watermark stays what the load of the same snapshot has made it."""
        return replace(self.plan, mode="keys" if self.all_known else "whole", since=None)


def heal(oltp: Oltp, source: Source, remedies: Sequence[Remedy], job: LoadJob, report: LoadReport) -> int:
    """Load the source's rows of the mismatches and delete those that it does not have; return the load's number."""
    plans = [remedy.load_plan for remedy in remedies]
    with scratch(job.work_dir, f"{source.name}.healed") as folder:
        extracts = {remedy.plan.table.name: _extract(oltp, source, remedy, folder, job.progress) for remedy in remedies}
        return load(source, plans, extracts, job, report)


def _extract(oltp: Oltp, source: Source, remedy: Remedy, folder: Path, progress: Progress | None) -> Extract:
    if not remedy.all_known:
        return extract(oltp, source, remedy.load_plan, folder, progress)
    return Extract(
        files=tuple(_files(oltp, source, remedy, folder, progress)),
        refused=read_refused(oltp, source, remedy.load_plan, all_rows=True),
        all_refused=True,
    )


def _files(
    oltp: Oltp, source: Source, remedy: Remedy, folder: Path, progress: Progress | None
) -> Iterator[ExtractFile]:
    plan = remedy.load_plan
    present = [mismatch.key for mismatch in remedy.mismatches if mismatch.in_source]
    gone = [mismatch.key for mismatch in remedy.mismatches if not mismatch.in_source]
    if present:
        rows = oltp.dialect.copy_keys(oltp.connection, source, plan, present)
        yield from copy_to_files(rows, plan, "rows", folder, progress)
    if gone:
        yield _deleted(folder / f"{plan.table.name}.deleted.0.csv", plan, gone)


def _deleted(path: Path, plan: TablePlan, keys: Sequence[Key]) -> ExtractFile:
    with path.open("wb") as file:
        file.write(csv_files.header("deleted", plan.key_columns))
        for key in keys:
            fields = ('"' + text.replace('"', '""') + '"' for text in key)
            file.write(",".join(fields).encode() + b"\n")
    return ExtractFile(path, "deleted", len(keys))
