"""What stops the load of a whole file, told in one sentence, and what refuses a single value."""


class SuperstoreFileError(RuntimeError):
    """The file as a whole cannot be loaded: the message is one sentence with cause and remedy."""


class BadValueError(ValueError):
    """A single value is refused: the message completes the sentence "line 12, column Sales: …"."""
