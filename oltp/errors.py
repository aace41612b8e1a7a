"""What can be wrong with any source system."""


class SourceError(RuntimeError):
    """What went wrong in a source system, in one sentence with cause and remedy."""


class NotEmptyError(SourceError):
    """The source system has data, and filling it was not told to replace them."""
