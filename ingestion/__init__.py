"""From the transactional databases to MySQL staging, by dlt."""

from ingestion.declarations import Source, Table, read_sources
from ingestion.errors import IngestionError
from ingestion.model import IngestResult, Probe, TableResult
from ingestion.run import ingest, probe

__all__ = [
    "IngestResult",
    "IngestionError",
    "Probe",
    "Source",
    "Table",
    "TableResult",
    "ingest",
    "probe",
    "read_sources",
]
