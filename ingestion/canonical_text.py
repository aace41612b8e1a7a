"""The text of a row over which each database computes its digest; a source and staging have to write the same.

A row's columns in order, then the lengths of its texts in bytes of UTF-8, all with bars between: no two rows have one
text. NULL is a tilde; text and its length are each that, and text is replaced by its sha256 when long; bytes are their
sha256; instants are UTC; a float is its exact mantissa and exponent, because databases differ in how they write one.
"""

DIGEST_DIGITS = 15  # hexadecimal: 60 bits of the sha256
LONG_TEXT = 4096  # bytes
HASHED = ("LONGBLOB", "VARBINARY")
"""Types of staging of which the hash stands for the value."""
OF_KNOWN_FORM = ("SMALLINT", "INT", "BIGINT", "TINYINT", "DECIMAL", "DOUBLE", "DATE", "DATETIME", "CHAR", *HASHED)
"""Types of staging whose text has no bar in it, so that its length need not be told."""
