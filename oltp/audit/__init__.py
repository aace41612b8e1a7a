"""The audit of a PostgreSQL database: what was changed, by whom, and the proof that nobody altered the record."""

from pathlib import Path

SQL_FILE = Path(__file__).with_name("audit.sql")
