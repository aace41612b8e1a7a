"""The text of a row over which each database computes its digest; a source and staging have to write the same.

A row's columns in order, each ended by a bar. NULL is a tilde; text bears its length in front, so that no two rows have
one text, and is replaced by its md5 when long; bytes are their md5; instants are UTC; a float is its exact mantissa and
exponent, because databases differ in how they write one.
"""

DIGEST_DIGITS = 15  # hexadecimal: 60 bits of the md5
LONG_TEXT = 4096  # characters
PLAIN = ("SMALLINT", "INT", "BIGINT", "TINYINT", "DECIMAL", "DATE", "CHAR")
"""Types of staging whose values both databases write alike."""
