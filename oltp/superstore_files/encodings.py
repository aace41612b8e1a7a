"""Which encoding is this file written in?"""

import codecs
import io
from dataclasses import dataclass
from pathlib import Path

from oltp.superstore_files.errors import SuperstoreFileError

_CHUNK_BYTES = 1 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it is asked for first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NULS_OF_A_TEXT = 0.01  # a stray one refuses its row; UTF-16 without a mark and binary files have far more
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A Python codec name, and whether it had to be guessed."""

    name: str
    guessed: bool = False


def detect_encoding(path: Path, asked_for: str | None = None) -> Encoding:
    """Return the encoding of a text file: the one asked for, or else the one that its bytes show.

    A byte order mark decides; bytes that are valid UTF-8 are UTF-8; else the file is taken for cp1252, unless
    it is mostly UTF-8 with some damaged bytes, where cp1252 would garble every other name.

    Raises SuperstoreFileError if the file is a workbook, no text, or damaged, and for an unknown encoding.
    """
    head = _head(path)
    if head.startswith(_WORKBOOKS):
        raise SuperstoreFileError(f"{path} is an Excel workbook: save it as CSV UTF-8 and load that")
    if asked_for is not None:
        return Encoding(_known_codec(asked_for, head))
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if head.count(0) > _NULS_OF_A_TEXT * len(head):
        raise SuperstoreFileError(
            f"{path} is not a text file: export it as CSV UTF-8, or name its encoding with --encoding"
        )
    if _is_valid(path, "utf-8"):
        return Encoding("utf-8")
    _refuse_damaged_utf8(path)
    if _is_valid(path, "cp1252"):
        return Encoding("cp1252", guessed=True)
    raise SuperstoreFileError(
        f"{path} is neither UTF-8 nor cp1252 text: export it as CSV UTF-8, or name its encoding with --encoding"
    )


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _known_codec(name: str, head: bytes) -> str:
    try:
        codec = codecs.lookup(name).name
        io.TextIOWrapper(io.BytesIO(), encoding=codec)  # refuses codecs that make no text
    except LookupError as error:
        raise SuperstoreFileError(
            f"the encoding {name!r} is unknown: name one like utf-8, utf-16, cp1252 or latin-1"
        ) from error
    return "utf-8-sig" if codec == "utf-8" and head.startswith(codecs.BOM_UTF8) else codec


def _is_valid(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_damaged_utf8(path: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    intact = damaged = lines = 0
    first_damaged_line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            text = decoder.decode(chunk)
            found = text.count("\ufffd")
            if found and not damaged:
                first_damaged_line = 1 + lines + text.count("\n", 0, text.index("\ufffd"))
            damaged += found
            intact += sum(character > "\x7f" for character in text) - found
            lines += text.count("\n")
    if intact > damaged:
        raise SuperstoreFileError(
            f"{path} is UTF-8 but for line {first_damaged_line}, which holds damaged bytes:"
            " mend that line, or name the file's encoding with --encoding"
        )
