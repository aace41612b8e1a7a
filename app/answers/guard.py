"""What stands in front of every query, whoever wrote it: one SELECT over the role's marts, made anew from its tree.

Nothing passes that is not on a list: kinds of syntax, functions, tables, columns, joins. Comments are refused, since
some of them are executed. Strings are bound as parameters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import TokenType

from app.answers.guarding.joins import check_joins
from app.answers.guarding.kinds import Allowed, Guarded, GuardError
from app.answers.guarding.lists import CASTS, FUNCTIONS, NAMED_FUNCTIONS, NOT_OF_SELECT, NOT_OF_TABLE, SYNTAX
from app.answers.guarding.rendering import limited, rendered
from app.answers.layer import Layer

__all__ = ["ROW_LIMIT", "Allowed", "GuardError", "Guarded", "allowed_for", "guard"]

LONGEST = 20_000
MOST_NODES = 4_000
MOST_TABLES = 24
ROW_LIMIT = 20_000


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
    return Allowed(database, dict(layer.columns), frozenset(joins), frozenset(c.lower() for c in layer.personal))


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
    _no_strings_of_persons(tree, allowed)
    check_joins(tree, allowed)
    return rendered(limited(tree, limit), allowed)


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
        if isinstance(node, exp.Select) and any(node.args.get(a) for a in NOT_OF_SELECT):
            raise GuardError("INTO, locks and hints are not allowed")
        if isinstance(node, exp.With) and node.args.get("recursive"):
            raise GuardError("recursion is not allowed")
        if isinstance(node, exp.Table) and any(node.args.get(a) for a in NOT_OF_TABLE):
            raise GuardError("hints and partitions are not allowed")
        if isinstance(node, exp.Literal) and not node.is_string and len(str(node.this)) > 30:
            raise GuardError("a number is too long")
        if isinstance(node, exp.Cast) and node.to.this not in CASTS:
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


def _no_strings_of_persons(tree: exp.Expr, allowed: Allowed) -> None:
    """Refuse to string a personal column together over rows, masked or not: that row would escape the limit of rows."""
    hidden = set(allowed.personal)

    def reads(part: exp.Expr) -> bool:
        return any(column.name.lower() in hidden for column in part.find_all(exp.Column))

    grown = True
    while grown:
        before = len(hidden)
        hidden |= {alias.alias.lower() for alias in tree.find_all(exp.Alias) if reads(alias.this)}
        for alias in tree.find_all(exp.TableAlias):
            if alias.args.get("columns") and alias.parent is not None and reads(alias.parent):
                hidden |= {column.name.lower() for column in alias.args["columns"]}
        grown = len(hidden) > before
    if any(reads(together) for together in tree.find_all(exp.GroupConcat)):
        raise GuardError("personal columns are not strung together over rows")
