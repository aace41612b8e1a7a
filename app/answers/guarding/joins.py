"""How tables may meet, so that no figure is multiplied and no table is crossed with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from app.answers.guarding.kinds import Allowed, GuardError


def check_joins(tree: exp.Expr, allowed: Allowed) -> None:
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
