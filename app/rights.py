"""What the account of the pages may do in the database `app`: its rows, never its tables, and no hand on its record."""

from __future__ import annotations

import sqlalchemy as sa

# Logs take new rows alone: what is too old is deleted by the owner, in `tidemark app`. What runs leave is only read.
MAY = {
    "select, insert": ("query_log", "sign_ins", "password_history"),
    "select, insert, update": ("users", "sessions", "quarantine_seen", "questions_settled"),
    "select, insert, update, delete": (
        "recovery_codes",
        "security_answers",
        "reset_codes",
        "throttles",
        "drafts",
        "answer_feedback",
    ),
}


def give_rights(connection: sa.Connection, account: str) -> None:
    """Give the account its rights and no others; `connection` is the owner's."""
    to = connection.dialect.identifier_preparer.quote(account)
    statements = [
        f"revoke all on all tables in schema public from {to}",
        f"grant select on all tables in schema public to {to}",
        f"alter default privileges in schema public grant select on tables to {to}",
        *(f"grant {rights} on {', '.join(tables)} to {to}" for rights, tables in MAY.items()),
        f"grant usage on schema audit to {to}",
        f"revoke all on all tables in schema audit from {to}",
        f"grant select on audit.changes, audit.seals to {to}",
    ]
    for statement in statements:
        connection.exec_driver_sql(statement)
