"""What can go wrong before a question is even read."""


class AnswersError(RuntimeError):
    """The answers part cannot work; the sentence says why and what to do."""
