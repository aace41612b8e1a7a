"""What stands in front of every query, whoever wrote it: one SELECT over the role's marts, made anew from its tree.

Nothing passes that is not on a list: kinds of syntax, functions, tables, columns, joins. Comments are refused, since
some of them are executed. Strings are bound as parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType

from app.answers.layer import Layer

LONGEST = 20_000
MOST_NODES = 4_000
MOST_TABLES = 24
ROW_LIMIT = 20_000

SYNTAX = frozenset(
    getattr(exp, name)
    for name in [
        "Select",
        "From",
        "Join",
        "Where",
        "Group",
        "Having",
        "Order",
        "Ordered",
        "Limit",
        "Offset",
        "Table",
        "TableAlias",
        "Alias",
        "Column",
        "Identifier",
        "Literal",
        "Star",
        "Subquery",
        "With",
        "CTE",
        "Union",
        "Intersect",
        "Except",
        "Distinct",
        "Paren",
        "And",
        "Or",
        "Not",
        "EQ",
        "NEQ",
        "GT",
        "GTE",
        "LT",
        "LTE",
        "NullSafeEQ",
        "NullSafeNEQ",
        "In",
        "Between",
        "Like",
        "Is",
        "Null",
        "Boolean",
        "Case",
        "If",
        "Add",
        "Sub",
        "Mul",
        "Div",
        "Mod",
        "IntDiv",
        "Neg",
        "Cast",
        "DataType",
        "DataTypeParam",
        "Interval",
        "Var",
        "Window",
        "WindowSpec",
        "Tuple",
        "Exists",
        "Rollup",
        "Xor",
    ]
)
FUNCTIONS = frozenset(
    getattr(exp, name)
    for name in [
        "Sum",
        "Count",
        "Avg",
        "Min",
        "Max",
        "Stddev",
        "StddevPop",
        "StddevSamp",
        "Variance",
        "VariancePop",
        "Coalesce",
        "Nullif",
        "Round",
        "Abs",
        "Floor",
        "Ceil",
        "Least",
        "Greatest",
        "Year",
        "Month",
        "Day",
        "Quarter",
        "Week",
        "WeekOfYear",
        "DayOfWeek",
        "DayOfMonth",
        "DayOfYear",
        "DateAdd",
        "DateSub",
        "DateDiff",
        "DateTrunc",
        "StrToDate",
        "TimeToStr",
        "Date",
        "TsOrDsToDate",
        "TsOrDsAdd",
        "TsOrDsDiff",
        "TsOrDsToTimestamp",
        "TsOrDsToDateStr",
        "Concat",
        "ConcatWs",
        "Lower",
        "Upper",
        "Length",
        "Substring",
        "Left",
        "Right",
        "Trim",
        "RowNumber",
        "Rank",
        "DenseRank",
        "Lag",
        "Lead",
        "FirstValue",
        "LastValue",
        "Ntile",
        "PercentRank",
        "CumeDist",
        "Extract",
        "LastDay",
        "Dayname",
        "Monthname",
        "Sqrt",
        "Pow",
        "Ln",
        "Exp",
        "Sign",
        "TimestampTrunc",
        "IsNull",
        "CurrentDate",
        "TimestampDiff",
        "Log",
        "StrPosition",
        "Trunc",
        "Replace",
    ]
    if hasattr(exp, name)
)
NAMED_FUNCTIONS = frozenset(
    [
        "weekday",
        "dayname",
        "monthname",
        "makedate",
        "stddev_samp",
        "stddev_pop",
        "stddev",
        "var_samp",
        "var_pop",
        "variance",
        "rank",
        "dense_rank",
        "row_number",
        "percent_rank",
        "cume_dist",
        "ntile",
        "lag",
        "lead",
        "first_value",
        "last_value",
        "date_format",
        "str_to_date",
        "year",
        "month",
        "day",
        "quarter",
        "week",
        "weekofyear",
        "yearweek",
        "dayofweek",
        "dayofmonth",
        "dayofyear",
        "truncate",
        "round",
        "ceil",
        "ceiling",
        "floor",
        "abs",
        "mod",
        "power",
        "pow",
        "sqrt",
        "field",
        "if",
        "ifnull",
        "nullif",
        "coalesce",
        "least",
        "greatest",
        "datediff",
        "timestampdiff",
        "last_day",
        "concat",
        "lower",
        "upper",
        "length",
        "char_length",
        "substring",
        "substr",
        "left",
        "right",
        "trim",
        "replace",
        "to_days",
    ]
)
FORMATTED = (exp.TimeToStr, exp.StrToDate, exp.StrToTime)
PLAIN = re.compile(r"[%A-Za-z0-9 :,./_-]{0,40}")


class GuardError(ValueError):
    """The statement may not run; the sentence says why."""


@dataclass(frozen=True)
class Allowed:
    """What a role may read: columns by table, and the pairs of columns by which tables may be joined."""

    database: str
    columns: Mapping[str, tuple[str, ...]]
    joins: frozenset[frozenset[str]]


@dataclass(frozen=True)
class Guarded:
    """A statement that may run: its text with `%s` for strings, these strings, and the text to show."""

    text: str
    values: tuple[str, ...]
    shown: str
    tables: tuple[str, ...]


def allowed_for(layer: Layer, database: str) -> Allowed:
    """The tables of a layer's star in the database of a role, and its declared joins."""
    joins: set[frozenset[str]] = set()
    entities: dict[str, set[str]] = {}
    for model in layer.models.values():
        for entity in model.entities:
            if entity.expr.isidentifier():
                entities.setdefault(entity.name, set()).add(f"{model.table}.{entity.expr}")
    for places in entities.values():
        joins |= {frozenset((a, b)) for a in places for b in places}
    dates = [f"{t}.{c}" for t, cs in layer.columns.items() for c in cs if c.endswith("date_key")]
    joins |= {frozenset((a, b)) for a in dates for b in dates if b.endswith(".date_key") or a.endswith(".date_key")}
    return Allowed(database, dict(layer.columns), frozenset(joins))


def guard(sql: str, allowed: Allowed, limit: int = ROW_LIMIT) -> Guarded:
    """The statement as it may run; raises GuardError when it may not."""
    if len(sql) > LONGEST:
        raise GuardError(f"the statement is longer than {LONGEST:,} characters")
    if "\x00" in sql or any(ord(c) < 32 and c not in "\n\r\t" for c in sql):
        raise GuardError("the statement holds control characters")
    if not re.match(r"\s*\(*\s*(select|with)\b", sql, re.IGNORECASE):
        raise GuardError("only a SELECT may run")
    _no_comments(sql)
    try:
        statements = [s for s in sqlglot.parse(sql, read="mysql") if s is not None]
    except (SqlglotError, RecursionError, ValueError) as error:
        raise GuardError("the statement is no SQL that can be read") from error
    if len(statements) != 1:
        raise GuardError("one statement at a time")
    tree = _without_parentheses(statements[0])
    if not isinstance(tree, exp.Select | exp.SetOperation):
        raise GuardError("only a SELECT may run")
    _syntax(tree)
    _tables(tree, allowed)
    _columns(tree, allowed)
    _joins(tree, allowed)
    return _rendered(_limited(tree, limit), allowed)


def _without_parentheses(tree: exp.Expr) -> exp.Expr:
    """The statement within parentheses around the whole of it."""
    while isinstance(tree, exp.Subquery) and not any(v for k, v in tree.args.items() if k != "this"):
        tree = tree.this
    return tree


def _no_comments(sql: str) -> None:
    """Comments are refused as they stand in the text: parsers drop them, and servers execute some."""
    quote, i = "", 0
    while i < len(sql):
        c, two = sql[i], sql[i : i + 2]
        if quote:
            if c == "\\" and quote != "`":
                i += 2
                continue
            if c == quote:
                quote = ""
        elif c in "'\"`":
            quote = c
        elif two in ("/*", "*/") or c == "#" or two == "--":
            raise GuardError("comments are not allowed")
        i += 1
    try:
        tokens = sqlglot.tokenize(sql, read="mysql")
    except SqlglotError as error:
        raise GuardError("the statement is no SQL that can be read") from error
    if any(t.comments for t in tokens) or any(
        t.token_type in (TokenType.PARAMETER, TokenType.SESSION_PARAMETER, TokenType.PLACEHOLDER) for t in tokens
    ):
        raise GuardError("comments, variables and parameters are not allowed")


def _syntax(tree: exp.Expr) -> None:
    for count, node in enumerate(tree.walk()):
        if count >= MOST_NODES:
            raise GuardError("the statement is too long")
        kind = type(node)
        if isinstance(node, exp.Anonymous):
            if str(node.this).lower() not in NAMED_FUNCTIONS:
                raise GuardError(f"the function {str(node.this).lower()} is not allowed")
        elif kind not in SYNTAX and kind not in FUNCTIONS:
            what = "function" if isinstance(node, exp.Func) else "part"
            raise GuardError(f"the {what} {node.key} is not allowed")
        if isinstance(node, exp.Select) and any(
            node.args.get(a)
            for a in (
                "into",
                "locks",
                "hint",
                "kind",
                "operation_modifiers",
                "sample",
                "settings",
                "laterals",
                "match",
                "connect",
                "windows",
                "prewhere",
                "qualify",
                "cluster",
                "distribute",
                "sort",
                "format",
                "options",
                "pivots",
            )
        ):
            raise GuardError("INTO, locks and hints are not allowed")
        if isinstance(node, exp.With) and node.args.get("recursive"):
            raise GuardError("recursion is not allowed")
        if isinstance(node, exp.Table) and any(
            node.args.get(a)
            for a in (
                "hints",
                "partition",
                "version",
                "when",
                "sample",
                "joins",
                "pivots",
                "system_time",
                "ordinality",
                "pattern",
                "only",
                "rows_from",
                "changes",
            )
        ):
            raise GuardError("hints and partitions are not allowed")
        if isinstance(node, exp.Literal) and not node.is_string and len(str(node.this)) > 30:
            raise GuardError("a number is too long")
        if isinstance(node, exp.Cast) and node.to.this not in (
            exp.DataType.Type.DATE,
            exp.DataType.Type.DOUBLE,
            exp.DataType.Type.DECIMAL,
            exp.DataType.Type.INT,
            exp.DataType.Type.BIGINT,
            exp.DataType.Type.CHAR,
            exp.DataType.Type.VARCHAR,
            exp.DataType.Type.TEXT,
            exp.DataType.Type.UBIGINT,
            exp.DataType.Type.UINT,
            exp.DataType.Type.DATETIME,
            exp.DataType.Type.FLOAT,
        ):
            raise GuardError("this cast is not allowed")


def _ctes(tree: exp.Expr) -> set[str]:
    return {c.alias.lower() for c in tree.find_all(exp.CTE)}


def _tables(tree: exp.Expr, allowed: Allowed) -> None:
    ctes = _ctes(tree)
    known = {t.lower() for t in allowed.columns}
    if ctes & known:
        raise GuardError("a WITH may not bear the name of a table")
    tables = list(tree.find_all(exp.Table))
    if len(tables) > MOST_TABLES:
        raise GuardError(f"the statement reads more than {MOST_TABLES} tables")
    if not any(t.name.lower() not in ctes for t in tables):
        raise GuardError("the statement reads no table")
    for table in tables:
        if not isinstance(table.this, exp.Identifier):
            raise GuardError("only tables can be read from")
        if table.args.get("catalog") or (table.db and table.db.lower() != allowed.database.lower()):
            raise GuardError(f"only tables of {allowed.database} can be read")
        if table.name.lower() not in ctes and table.name.lower() not in known:
            raise GuardError(f"there is no table {table.name} that you may read")
    _spelt_as_declared(tree, tables, ctes, {t.lower(): t for t in allowed.columns})


def _spelt_as_declared(
    tree: exp.Expr, tables: Sequence[exp.Table], ctes: set[str], declared: Mapping[str, str]
) -> None:
    """Write the tables' names as they are declared: servers tell small from capital letters in them."""
    aliases = {t.alias for t in tables}
    for table in tables:
        if table.name.lower() not in ctes:
            table.this.set("this", declared[table.name.lower()])
    for column in tree.find_all(exp.Column):
        if column.table and column.table not in aliases and column.table.lower() in declared:
            column.args["table"].set("this", declared[column.table.lower()])


def _columns(tree: exp.Expr, allowed: Allowed) -> None:
    tables = {t.name.lower() for t in tree.find_all(exp.Table)}
    names = {c.lower() for t, cs in allowed.columns.items() if t.lower() in tables for c in cs}
    names |= {a.alias.lower() for a in tree.find_all(exp.Alias)}
    for alias in tree.find_all(exp.TableAlias):
        names |= {c.name.lower() for c in alias.args.get("columns") or ()}
    for column in tree.find_all(exp.Column):
        if column.args.get("db") or column.args.get("catalog"):
            raise GuardError("columns are named by their table alone")
        if not isinstance(column.this, exp.Star) and column.name.lower() not in names:
            raise GuardError(f"there is no column {column.name} that you may read")


def _joins(tree: exp.Expr, allowed: Allowed) -> None:
    """Tables meet by declared keys alone; what is joined to them is one row, or meets by equal columns."""
    for select in tree.find_all(exp.Select):
        joins = select.args.get("joins") or []
        sources = [s for s in [_from(select), *(j.this for j in joins)] if s is not None]
        if len(sources) < 2:
            continue
        names = {(s.alias_or_name or "").lower(): s for s in sources}
        if len(names) < len(sources):
            raise GuardError("each table needs a name of its own")
        where = select.args.get("where")
        met = {next(iter(names))}
        for join in joins:
            if join.args.get("method") or str(join.args.get("side") or "").upper() in ("FULL",):
                raise GuardError("this kind of join is not allowed")
            name = (join.this.alias_or_name or "").lower()
            on = join.args.get("on")
            if join.args.get("using"):
                if not _used_key_is_declared(join, met, names, allowed):
                    raise GuardError(f"{name or 'a table'} is not joined by a declared key")
                met.add(name)
                continue
            conditions = [
                *(_equalities(on) if on is not None else ()),
                *(_equalities(where.this) if where is not None else ()),
            ]
            if not (
                _one_row(join.this)
                or (_one_row(sources[0]) and len(met) == 1)
                or any(_declared(a, b, name, met, names, allowed) for a, b in conditions)
            ):
                raise GuardError(f"{name or 'a table'} is not joined by a declared key")
            if on is not None and _mentions_or(on):
                raise GuardError("a join holds by keys that are equal, not by OR")
            met.add(name)


def _used_key_is_declared(join: exp.Join, met: set[str], names: Mapping[str, exp.Expr], allowed: Allowed) -> bool:
    """Whether USING names one key that is declared between the table and one of those before it."""
    using = join.args["using"]
    joined = join.this
    if len(using) != 1 or not isinstance(joined, exp.Table):
        return False
    key = using[0].name
    earlier = [s for n, s in names.items() if n in met and isinstance(s, exp.Table)]
    return any(frozenset((f"{s.name}.{key}", f"{joined.name}.{key}")) in allowed.joins for s in earlier)


def _from(select: exp.Select) -> exp.Expr | None:
    clause = select.args.get("from") or select.args.get("from_")
    return clause.this if clause is not None else None


def _mentions_or(on: exp.Expr) -> bool:
    return any(True for _ in on.find_all(exp.Or))


def _equalities(tree: exp.Expr) -> Iterator[tuple[exp.Column, exp.Column]]:
    if isinstance(tree, exp.Paren):
        yield from _equalities(tree.this)
    elif isinstance(tree, exp.And):
        yield from _equalities(tree.left)
        yield from _equalities(tree.right)
    elif isinstance(tree, exp.EQ | exp.NullSafeEQ):
        left = list([tree.left] if isinstance(tree.left, exp.Column) else tree.left.find_all(exp.Column))
        right = list([tree.right] if isinstance(tree.right, exp.Column) else tree.right.find_all(exp.Column))
        if left and right:
            yield left[0], right[0]


def _declared(
    a: exp.Column, b: exp.Column, name: str, met: set[str], names: Mapping[str, exp.Expr], allowed: Allowed
) -> bool:
    sides = {a.table.lower(): a, b.table.lower(): b}
    if name not in sides or not (set(sides) - {name}) <= met or len(sides) != 2:
        return False
    places = []
    for table, column in sides.items():
        source = names.get(table)
        if isinstance(source, exp.Table) and source.name.lower() in {t.lower() for t in allowed.columns}:
            places.append(f"{source.name}.{column.name}")
    if len(places) == 2:
        return frozenset(places) in allowed.joins
    if len(places) == 1 and any(places[0] in pair for pair in allowed.joins):
        return True
    return any(_grouped(names.get(table)) for table in sides)


def _grouped(source: exp.Expr | None) -> bool:
    """Whether a source is a subquery or a CTE with groups or of distinct rows, which names each key once."""
    body = source.this if isinstance(source, exp.Subquery) else _cte_body(source)
    if isinstance(body, exp.SetOperation):
        return bool(body.args.get("distinct")) or _has_groups(body.left)
    return _has_groups(body)


def _has_groups(body: object) -> bool:
    return isinstance(body, exp.Select) and bool(body.args.get("group") or body.args.get("distinct"))


def _cte_body(source: exp.Expr | None) -> exp.Expr | None:
    if not isinstance(source, exp.Table):
        return None
    cte = next((c for c in source.root().find_all(exp.CTE) if c.alias.lower() == source.name.lower()), None)
    return cte.this if cte is not None else None


def _one_row(source: exp.Expr) -> bool:
    """Whether a source is a subquery, or a CTE, of aggregates without groups."""
    body = source.this if isinstance(source, exp.Subquery) else _cte_body(source)
    if isinstance(body, exp.SetOperation):
        return _aggregate_only(body.left) and _aggregate_only(body.right)
    return isinstance(body, exp.Select) and _aggregate_only(body)


def _aggregate_only(select: exp.Expr) -> bool:
    return (
        isinstance(select, exp.Select)
        and not select.args.get("group")
        and all(
            any(True for _ in e.find_all(exp.AggFunc)) and not any(True for _ in e.find_all(exp.Window))
            for e in select.expressions
        )
    )


def _limited(tree: exp.Expr, limit: int) -> exp.Expr:
    """No more rows than the limit and one, by which a longer result is known."""
    given = tree.args.get("limit")
    count = limit + 1
    if given is not None:
        number = given.expression
        if not isinstance(number, exp.Literal) or number.is_string or not str(number.this).isdigit():
            raise GuardError("LIMIT takes a number")
        count = min(count, int(str(number.this)))
    assert isinstance(tree, exp.Query)  # noqa: S101 - the kinds of statement were checked
    return tree.limit(count)


def _rendered(tree: exp.Expr, allowed: Allowed) -> Guarded:
    shown = tree.sql(dialect="mysql", pretty=True, comments=False)
    values: list[str] = []
    for literal in list(tree.find_all(exp.Literal)):
        if _bindable(literal):
            literal.set("this", f"\N{SECTION SIGN}{len(values)}\N{SECTION SIGN}")
            values.append("")
    text = tree.sql(dialect="mysql", comments=False)
    return _bound(text, shown, tree, allowed)


def _bindable(literal: exp.Literal) -> bool:
    """Whether a text is bound: all but formats of dates, which the parser translates, and numbers of intervals."""
    if not literal.is_string:
        return False
    if (isinstance(literal.parent, FORMATTED) and literal.arg_key == "format") or isinstance(
        literal.parent, exp.Interval
    ):
        if not PLAIN.fullmatch(str(literal.this)):
            raise GuardError("this format is not allowed")
        return False
    return True


def _bound(text: str, shown: str, tree: exp.Expr, allowed: Allowed) -> Guarded:
    original = [n for n in sqlglot.parse_one(shown, read="mysql").find_all(exp.Literal) if _bindable(n)]
    order: list[int] = []
    parts = text.replace("%", "%%").split("\N{SECTION SIGN}")
    built = parts[0]
    for i in range(1, len(parts) - 1, 2):
        order.append(int(parts[i]))
        built = built.removesuffix("'") + "%s" + parts[i + 1].removeprefix("'")
        parts[i + 1] = ""
    if len(order) != len(original):
        raise GuardError("the statement holds text that cannot be bound")
    tables = tuple(
        sorted({t.name for t in tree.find_all(exp.Table) if t.name.lower() in {k.lower() for k in allowed.columns}})
    )
    return Guarded(built, tuple(str(original[i].this) for i in order), shown, tables)
