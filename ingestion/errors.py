"""The one exception that callers of ingestion need to catch."""


class IngestionError(RuntimeError):
    """What went wrong and what to do about it, in one sentence."""
