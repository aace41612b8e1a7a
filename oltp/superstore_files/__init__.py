"""Files of the Superstore format: reading, checking, planning and loading them into the OLTP.

parse_file → check_order_lines | check_returns → plan_order_lines | plan_returns → apply_plan
"""

from oltp.superstore_files.dates import DateOrder
from oltp.superstore_files.errors import SuperstoreFileError
from oltp.superstore_files.loading import LoadOptions, StrictRefusal, load_file, parse_file, preview_file
from oltp.superstore_files.numbers import DecimalMark
from oltp.superstore_files.refusals import Refusal
from oltp.superstore_files.report import LoadReport
from oltp.superstore_files.samples import Sample

__all__ = [
    "DateOrder",
    "DecimalMark",
    "LoadOptions",
    "LoadReport",
    "Refusal",
    "Sample",
    "StrictRefusal",
    "SuperstoreFileError",
    "load_file",
    "parse_file",
    "preview_file",
]
