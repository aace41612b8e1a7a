"""A statement made anew from its tree: within the limit of rows, its texts bound as parameters."""

from __future__ import annotations

import re
import secrets

import sqlglot
from sqlglot import exp

from app.answers.guarding.kinds import Allowed, Guarded, GuardError

FORMATTED = (exp.TimeToStr, exp.StrToDate, exp.StrToTime)
PLAIN = re.compile(r"[%A-Za-z0-9 :,./_-]{0,40}")


def limited(tree: exp.Query, limit: int) -> exp.Query:
    """No more rows than the limit and one, by which a longer result is known."""
    given = tree.args.get("limit")
    count = limit + 1
    if given is not None:
        number = given.expression
        if not isinstance(number, exp.Literal) or number.is_string or not str(number.this).isdigit():
            raise GuardError("LIMIT takes a number")
        count = min(count, int(str(number.this)))
    return tree.limit(count)


def rendered(tree: exp.Expr, allowed: Allowed) -> Guarded:
    """The statement as it runs and as it is shown; raises GuardError for text that cannot be bound."""
    shown = tree.sql(dialect="mysql", pretty=True, comments=False)
    tree = sqlglot.parse_one(shown, read="mysql")  # with the texts that rendering adds, such as separators
    mark, values = secrets.token_hex(8), []
    for literal in list(tree.find_all(exp.Literal)):
        if _bindable(literal):
            values.append(str(literal.this))
            literal.set("this", f"{mark}{len(values) - 1}")
    text = tree.sql(dialect="mysql", comments=False).replace("%", "%%")
    places = [int(place) for place in re.findall(rf"'{mark}(\d+)'", text)]
    if sorted(places) != list(range(len(values))) or text.count(mark) != len(values):
        raise GuardError("the statement holds text that cannot be bound")
    known = {name.lower() for name in allowed.columns}
    return Guarded(
        re.sub(rf"'{mark}\d+'", "%s", text),
        tuple(values[place] for place in places),
        shown,
        tuple(sorted({t.name for t in tree.find_all(exp.Table) if t.name.lower() in known})),
    )


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
