"""The dbt docs, one static page that a run writes."""

from __future__ import annotations

from pathlib import Path

DOCS_PATH = "/dbt-docs"
PAGE = "static_index.html"


def docs_file(home: Path) -> Path | None:
    """The page as the last run wrote it; None before the first one."""
    files = [file for target in ("mariadb", "mysql") if (file := home / "work" / "dbt" / target / PAGE).is_file()]
    return max(files, key=lambda file: file.stat().st_mtime, default=None)
