"""The exceptions that callers of ingestion need to catch."""


class IngestionError(RuntimeError):
    """What went wrong and what to do about it, in one sentence."""


class SourceAbsentError(IngestionError):
    """The source has none of the tables that are declared, or its database is not there: nobody has set it up."""
