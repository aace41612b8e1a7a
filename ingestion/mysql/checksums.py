"""The canonical text of a row, its digest and its part, in the SQL of MySQL and MariaDB.

The text is that of `canonical_text`. `Value` gives the SQL of a column's value as staging holds it: in staging that
is the column itself, in a source of this kind the expression by which it is read.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from ingestion.buckets import HASH_BITS, NO_MONTH, Figures, Part, month_bounds
from ingestion.canonical_text import DIGEST_DIGITS, HASHED, LONG_TEXT, OF_KNOWN_FORM
from ingestion.model import Column, TablePlan

Value = Callable[[Column], str]


def select_figures(
    relation: str, plan: TablePlan, bits: int, within: Sequence[Part], value: Value, among: str = "true"
) -> str:
    """Return the SELECT of month, prefix, number and checksum of the rows of each part of `bits` bits.

    `relation` is the table, whose alias is `t`; of its rows only those count for which the condition `among` holds.
    """
    return (
        f"select {month_of(plan, value)} as month, {prefix_of(plan, bits, value)} as prefix, count(*),"
        f" sum({row_digest(plan.columns, value)}) from {relation} t where {is_within(plan, within, value)} and {among}"
        " group by month, prefix"
    )


def figures_of(rows: Iterable[tuple[int, int, int, Decimal]], plan: TablePlan, bits: int) -> dict[Part, Figures]:
    """Return what `select_figures` gave, by part."""
    return {
        Part(month_name(plan, int(month)), int(prefix), bits): Figures(count, int(checksum))
        for month, prefix, count, checksum in rows
    }


def select_digests(relation: str, plan: TablePlan, within: Sequence[Part], value: Value, among: str = "true") -> str:
    """Return the SELECT of digest, cursor and key, as canonical text, of each row of the parts `within`."""
    by_name = {column.name: column for column in plan.columns}
    texts = [as_text(column, value) for column in (by_name[plan.table.cursor], *plan.key_columns)]
    return (
        f"select {row_digest(plan.columns, value)}, {', '.join(texts)} from {relation} t"
        f" where {is_within(plan, within, value)} and {among}"
    )


def as_text(column: Column, value: Value) -> str:
    """Return a column's value as canonical text, also outside of `concat_ws`."""
    return f"cast({plain_text(column, value)} as char)"


def plain_text(column: Column, value: Value) -> str:
    """Return a column's value as the source writes it. Within `concat_ws` it is text, which a cast makes slower."""
    if column.kind == "DATETIME":
        return f"trim(trailing '.' from trim(trailing '0' from {value(column)}))"
    return f"lower(hex({value(column)}))" if column.hexed else value(column)


def _canonical(column: Column, value: Value) -> str:
    kind = column.kind
    named = value(column)
    if kind == "DOUBLE":
        text = _float_text(named)
    elif kind in HASHED:
        text = f"sha2({named}, 256)"
    elif kind == "LONGTEXT":
        text = f"if(length({named}) > {LONG_TEXT}, sha2({named}, 256), {named})"
    else:
        text = plain_text(column, value)
    return _or_tilde(text, column)


def _or_tilde(text: str, column: Column) -> str:
    return f"coalesce({text}, '~')" if column.nullable else text


def _float_text(named: str) -> str:
    """Return sign, mantissa of 53 bits and exponent; the logarithm is a guess that may be off by one."""
    guess = f"least(greatest(floor(log2(abs({named}))), -1074), 1023)"
    mantissa = f"(abs({named}) / pow(2, {guess}))"
    forms = [
        f"concat(cast({mantissa} * {scale} as signed), 'p', cast({guess} + {shift} as signed))"
        for scale, shift in ((9007199254740992, -1), (2251799813685248, 1), (4503599627370496, 0))
    ]
    return (
        f"if({named} = 0, '0', concat(if({named} < 0, '-', ''), case when {mantissa} < 1 then {forms[0]}"
        f" when {mantissa} >= 2 then {forms[1]} else {forms[2]} end))"
    )


def row_digest(columns: Sequence[Column], value: Value) -> str:
    """Return the digest of a row, a number."""
    texts = [_canonical(column, value) for column in columns]
    lengths = [_or_tilde(f"length({value(column)})", column) for column in columns if column.kind not in OF_KNOWN_FORM]
    return f"cast({_leading_digits([*texts, *lengths], DIGEST_DIGITS)} as signed)"


def _leading_digits(texts: Iterable[str], digits: int) -> str:
    """Return the first hexadecimal digits of the hash of texts with bars between, as text of a decimal number."""
    return f"conv(left(sha2(concat_ws('|', {', '.join(texts)}), 256), {digits}), 16, 10)"


def month_of(plan: TablePlan, value: Value) -> str:
    """Return the month as a number, by which MySQL groups faster than by text; 0 if there is none."""
    return f"coalesce(extract(year_month from {value(plan.month_column)}), 0)" if plan.month_column else "0"


def month_name(plan: TablePlan, number: int) -> str:
    """Return the month of a part by its number."""
    if plan.month_column is None:
        return ""
    return f"{number // 100:04}-{number % 100:02}" if number else NO_MONTH


def _month_number(name: str) -> int:
    return 0 if name in ("", NO_MONTH) else int(name.replace("-", ""))


def prefix_of(plan: TablePlan, bits: int, value: Value) -> str:
    """Return the first bits of the hash of a row's key."""
    if bits == 0:
        return "0"
    key = _leading_digits((plain_text(column, value) for column in plan.key_columns), HASH_BITS // 4)
    return f"(cast({key} as unsigned) >> {HASH_BITS - bits})"


def is_within(plan: TablePlan, parts: Sequence[Part], value: Value) -> str:
    """Return the condition that a row belongs to one of the parts; of all rows if there are none."""
    if not parts:
        return "true"
    months = ", ".join(str(number) for number in sorted({_month_number(part.month) for part in parts}))
    codes = ", ".join(str((_month_number(part.month) << HASH_BITS) + part.prefix) for part in parts)
    condition = f"{month_of(plan, value)} in ({months})"
    if parts[0].bits:
        condition += (
            f" and {month_of(plan, value)} * {1 << HASH_BITS} + {prefix_of(plan, parts[0].bits, value)} in ({codes})"
        )
    bounds = month_bounds(parts)
    if plan.month_column is None or bounds is None:
        return condition
    column = value(plan.month_column)
    return f"{column} >= '{bounds[0]}' and {column} < '{bounds[1]}' and {condition}"
