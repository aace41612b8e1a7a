"""Which row of a file was refused, and why?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not loaded.

    It bears the line, the column (None where the row as a whole is meant) and the reason, and no value of the row:
    values may be personal, and go to the file of refused rows alone.
    """

    line: int
    column: str | None
    reason: str
