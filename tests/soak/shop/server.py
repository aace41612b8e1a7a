"""Sessions on the shop's MySQL.

Odd writers begin their transactions by XA, for no other can be prepared. An administrator past the triggers removes the
tombstones that his own write has left, for no session can turn triggers off.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import pymysql
from pymysql.constants import SERVER_STATUS
from sqlalchemy.engine import make_url

from oltp.shop.schema import connect, install
from tests.soak.rows import Row, Tables, as_text
from tests.soak.shop.oracle import KEYS
from tests.soak.shop.statements import BEGINNING, PICKS
from tests.soak.system import Refused

SETTINGS = (
    "set session transaction isolation level read committed",  # choosing a row to write locks no others
    "set session innodb_lock_wait_timeout = 0",
    "set session lock_wait_timeout = 1",
)
MARK = "insert into tombstones (table_name, `key`) values ('none', null)"
PATIENCE = 5.0  # seconds until the server has noticed that a session is gone


class MysqlSession:
    """A connection of an account."""

    def __init__(self, url: str, *, xa: bool = False) -> None:
        self.url, self.xa = url, xa
        self.branch = ""  # of the XA transaction that is open
        self._connect()

    def _connect(self) -> None:
        self.connection = connect(self.url)
        self.connection.autocommit(True)
        for setting in SETTINGS:
            self.execute(setting)

    @property
    def in_transaction(self) -> bool:
        return bool(self.branch) or bool(self.connection.server_status & SERVER_STATUS.SERVER_STATUS_IN_TRANS)

    def execute(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def write(self, statements: Sequence[str], pick: int, value: int) -> list[tuple[Any, ...]]:
        alone = not self.in_transaction
        try:
            self.execute("begin" if alone else "savepoint own_write")
            self.carry_out(statements, pick, value)
            if alone:
                self.execute("commit")
        except pymysql.err.MySQLError as error:
            self._take_back(alone=alone)
            raise Refused(str(error.args[-1])) from error
        return []

    def carry_out(self, statements: Sequence[str], pick: int, value: int) -> None:
        """Run the statements of a write."""
        with self.connection.cursor() as cursor:
            for statement in statements:
                for variable, query in PICKS.items():
                    if variable in statement:
                        cursor.execute(f"set {variable} = {query}", {"pick": pick, "value": value})
                cursor.execute(statement, {"pick": pick, "value": value})

    def _take_back(self, *, alone: bool) -> None:
        try:
            self.execute("rollback" if alone else "rollback to savepoint own_write")
        except pymysql.err.MySQLError:  # a deadlock has rolled back all of it
            self._roll_back()

    def transact(self, what: str, name: str) -> None:
        try:
            if what == "begin":
                self._begin(name)
            elif what in ("savepoint", "rollback to savepoint"):
                self.execute(f"{what} here")
            elif what == "rollback":
                self._roll_back()
            elif what == "commit":
                self._commit()
            else:
                self._prepare()
        except pymysql.err.MySQLError as error:  # no such savepoint, or a deadlock has ended it
            self._roll_back()
            raise Refused(str(error.args[-1])) from error

    def _begin(self, name: str) -> None:
        if not self.xa or not name:
            self.execute("begin")
            return
        self.execute(f"xa start '{name}'")
        self.branch = name

    def _commit(self) -> None:
        if not self.branch:
            self.execute("commit")
            return
        self.execute(f"xa end '{self.branch}'")
        self.execute(f"xa commit '{self.branch}' one phase")
        self.branch = ""

    def _roll_back(self) -> None:
        branch, self.branch = self.branch, ""
        if not branch:
            self.execute("rollback")
            return
        with suppress(pymysql.err.MySQLError):  # it has ended, if only to be rolled back
            self.execute(f"xa end '{branch}'")
        self.execute(f"xa rollback '{branch}'")

    def _prepare(self) -> None:
        """Prepare, and leave the session, as one does whose program died: the transaction belongs to nobody then."""
        if not self.branch:
            raise pymysql.err.ProgrammingError("only an XA transaction can be prepared")
        self.execute(f"xa end '{self.branch}'")
        self.execute(f"xa prepare '{self.branch}'")
        self.branch = ""
        self.connection.close()
        self._connect()

    def close(self) -> None:
        if self.connection.open:
            self.connection.close()


class PastTriggers(MysqlSession):
    """An administrator whose writes leave no tombstone and meet no foreign key."""

    def _connect(self) -> None:
        super()._connect()
        self.execute("set session foreign_key_checks = 0")

    def carry_out(self, statements: Sequence[str], pick: int, value: int) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(MARK)
            mark = cursor.lastrowid
            super().carry_out(statements, pick, value)
            cursor.execute("delete from tombstones where tombstone_id >= %s", (mark,))


class MysqlServer:
    """The shop's server."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = urls
        self._admin_url = (
            make_url(urls["WAREHOUSE_ADMIN_URL"]).set(database="shop").render_as_string(hide_password=False)
        )
        self._admin = MysqlSession(self._admin_url)

    def begin_anew(self) -> None:
        install(self.urls["SHOP_URL"])
        with self._admin.connection.cursor() as cursor:
            cursor.execute("set session foreign_key_checks = 0")
            for table in (*KEYS, "tombstones"):
                cursor.execute(f"delete from {table}")
        self._admin.carry_out(BEGINNING, 0, 0)

    def writer(self, number: int) -> MysqlSession:
        return MysqlSession(self.urls["SHOP_URL"], xa=bool(number % 2))

    def past_triggers(self) -> MysqlSession:
        return PastTriggers(self._admin_url)

    def read(self) -> Tables:
        session = MysqlSession(self._admin_url)
        try:
            session.execute("set session transaction isolation level repeatable read")
            session.execute("start transaction with consistent snapshot, read only")
            return {table: _read_table(session.connection, table) for table in KEYS}
        finally:
            session.close()

    def resolve_prepared(self, *, commit: bool) -> list[str]:
        names = self._prepared()
        for name in names:
            self._resolve(name, "commit" if commit else "rollback")
        return names

    def _prepared(self) -> list[str]:
        with self._admin.connection.cursor() as cursor:
            cursor.execute("xa recover")
            known = [data.decode() if isinstance(data, bytes) else data for *_, data in cursor.fetchall()]
        return [name for name in known if name.startswith("soak ")]

    def _resolve(self, name: str, how: str) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self._admin.execute(f"xa {how} '{name}'")
            except pymysql.err.MySQLError:
                if name not in self._prepared():  # it had written nothing: that counts as rolled back
                    return
                if time.monotonic() > until:  # it still belongs to the session that has left
                    raise
                time.sleep(0.05)
            else:
                return

    def cut_pipeline(self) -> None:
        with self._admin.connection.cursor() as cursor:
            cursor.execute("select id from information_schema.processlist where user = 'shop_extract'")
            for (session,) in cursor.fetchall():
                with suppress(pymysql.err.MySQLError):  # it has ended by itself
                    cursor.execute(f"kill {session}")

    def close(self) -> None:
        self._admin.close()


def open_server(urls: Mapping[str, str]) -> MysqlServer:
    """Connect to the server by the addresses of `local/connections.env`."""
    return MysqlServer(urls)


def _read_table(connection: pymysql.Connection[Any], table: str) -> Sequence[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(as_text, row), strict=True)) for row in cursor.fetchall()]
