"""How does a plan become rows of the OLTP?"""

from psycopg import sql

from oltp.superstore_files.database import Connection
from oltp.superstore_files.planning import INSERT, UPDATE, Plan, Table, keys, planned, staged

_LOOKUP_COLUMNS = {
    "segments": ("segment_id", "segment_name"),
    "categories": ("category_id", "category_name"),
    "subcategories": ("subcategory_id", "subcategory_name", "category_id"),
}


def apply_plan(connection: Connection, plan: Plan) -> None:
    """Write what a plan holds, in the transaction in which it was made; rows that are equal are not touched."""
    if plan.lookups is not None:
        for table, columns in _LOOKUP_COLUMNS.items():
            _add_lookups(connection, table, columns, plan.lookups.new_rows[table])
    for written in plan.tables:
        actions = plan.actions[written.name]
        if actions.get(INSERT):
            _insert(connection, written)
        if actions.get(UPDATE):
            _update(connection, written)


def _add_lookups(
    connection: Connection, table: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    statement = sql.SQL("insert into superstore.{} ({}) values ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _insert(connection: Connection, table: Table) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, (*table.key, *table.columns)))
    connection.execute(
        sql.SQL("""
            insert into superstore.{target} ({columns})
            select {columns} from {staged} join {planned} using ({keys}) where action = 'insert'
        """).format(
            target=sql.Identifier(table.name),
            columns=columns,
            staged=staged(table),
            planned=planned(table),
            keys=keys(table),
        )
    )


def _update(connection: Connection, table: Table) -> None:
    same_row = sql.SQL(" and ").join(
        sql.SQL("target.{0} = changed.{0}").format(sql.Identifier(column)) for column in table.key
    )
    assignments = sql.SQL(", ").join(
        sql.SQL("{0} = changed.{0}").format(sql.Identifier(column)) for column in table.columns
    )
    connection.execute(
        sql.SQL("""
            update superstore.{target} as target
            set {assignments}
            from {staged} as changed
            join {planned} using ({keys})
            where action = 'update'
            and {same_row}
        """).format(
            target=sql.Identifier(table.name),
            assignments=assignments,
            staged=staged(table),
            planned=planned(table),
            keys=keys(table),
            same_row=same_row,
        )
    )
