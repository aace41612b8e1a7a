"""Where do people find the refused rows, to mend and load them again?"""

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from oltp.superstore_files.errors import SuperstoreFileError
from oltp.superstore_files.reading import TextFile, read_rows
from oltp.superstore_files.refusals import Refusal

_ADDED = ("Refused Line", "Refused Column", "Refused Reason")


def write_refused_rows(file: TextFile, refusals: Iterable[Refusal], target: Path) -> None:
    """Write the refused rows as they stand in the file, each behind its line, column and reason.

    The result is UTF-8 with a byte order mark, readable by its owner alone since it may hold personal data, and can
    itself be loaded once mended: the added columns are not read. It appears complete or not at all.
    Raises SuperstoreFileError if it cannot be written.
    """
    if target.exists() and target.samefile(file.path):
        raise SuperstoreFileError(f"{target} is the file to load itself: name another file with --refused")
    by_line = {refusal.line: refusal for refusal in refusals}
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8-sig", newline="") as text:  # noqa: PTH123 - opened by descriptor
            writer = csv.writer(text, delimiter=file.delimiter)
            writer.writerow((*_ADDED, *file.header.titles))
            for row in read_rows(file):
                if refusal := by_line.get(row.line):
                    writer.writerow((refusal.line, refusal.column or "", refusal.reason, *row.cells))
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SuperstoreFileError(
            f"cannot write the refused rows to {target}: {error.strerror}; name another file with --refused"
        ) from error
