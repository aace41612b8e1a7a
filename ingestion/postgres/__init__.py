"""PostgreSQL as a source: `dialect` answers what `ingestion.dialect` asks, by the other modules."""
