"""Staging tables filled by SQL as the ingestion would leave them, and dbt run on them in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows.dbt import Dbt, NodeResult

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = REPOSITORY / "dbt_project"
PROFILES = REPOSITORY / "profiles.example.yml"
COLLATION = "character set utf8mb4 collate utf8mb4_nopad_bin"
RAW = "raw_superstore"

KEYS = {
    "segments": ["segment_id"],
    "categories": ["category_id"],
    "subcategories": ["subcategory_id"],
    "products": ["product_id"],
    "customers": ["customer_id"],
    "orders": ["order_id"],
    "order_products": ["order_id", "product_id"],
    "returns": ["return_id"],
}
COLUMNS = {
    "segments": "segment_id varchar(255) not null, segment_name longtext not null",
    "categories": "category_id varchar(255) not null, category_name longtext not null",
    "subcategories": """subcategory_id varchar(255) not null, subcategory_name longtext not null,
        category_id varchar(255) not null""",
    "products": """product_id varchar(255) not null, product_name longtext not null,
        subcategory_id varchar(255) not null""",
    "customers": """customer_id varchar(255) not null, customer_name longtext not null, email longtext, phone longtext,
        country longtext not null, state longtext not null, city longtext not null, postal_code longtext,
        market longtext not null, region longtext not null, segment_id varchar(255) not null""",
    "orders": """order_id varchar(255) not null, order_date date not null, order_priority longtext not null,
        customer_id varchar(255) not null""",
    "order_products": """order_id varchar(255) not null, product_id varchar(255) not null, quantity int not null,
        sales decimal(12, 2) not null, discount decimal(5, 2) not null, profit decimal(12, 2) not null,
        ship_date date not null, ship_mode longtext not null, shipping_cost decimal(12, 2) not null""",
    "returns": """return_id varchar(255) not null, order_id varchar(255) not null, return_date date not null,
        return_status longtext not null, return_region longtext not null, reason longtext""",
}
ROWS = {
    "segments": "select concat('SEG-', seq), elt(seq, 'Consumer', 'Corporate', 'Home Office') from seq_1_to_3",
    "categories": "select concat('CAT-', seq), elt(seq, 'Furniture', 'Office Supplies', 'Technology') from seq_1_to_3",
    "subcategories": """select concat('SUB-', seq), concat('Subcategory ', seq), concat('CAT-', 1 + seq mod 3)
        from seq_1_to_17""",
    "products": """select concat('PRO-', seq), concat('Café "Möbel" ', seq), concat('SUB-', 1 + seq mod 17)
        from seq_1_to_{products}""",
    "customers": """select concat('CUS-', seq), concat('O\\'Neil 山田 ', seq),
        if(seq mod 3, concat('c', seq, '@e.org'), null), null, 'France', 'Île-de-France', concat('Paris ', seq mod 20),
        if(seq mod 5, null, lpad(seq, 5, '0')), 'EU',
        'Central', concat('SEG-', 1 + seq mod 3) from seq_1_to_{customers}""",
    "orders": """select concat('ORD-', seq), date '2022-07-01' + interval (seq * 7919) mod 1461 day,
        elt(1 + seq mod 4, 'Critical', 'High', 'Medium', 'Low'), concat('CUS-', 1 + (seq * 31) mod {customers})
        from seq_1_to_{orders}""",
    "order_products": """select concat('ORD-', o.seq), concat('PRO-', 1 + (o.seq * 13 + l.seq) mod {products}),
        1 + (o.seq + l.seq) mod 9, round(10 + (o.seq * 37 + l.seq * 11) mod 900 / 7, 2), (o.seq mod 5) / 10,
        round((o.seq * 17 + l.seq) mod 300 - 100.25, 2),
        date '2022-07-01' + interval (o.seq * 7919) mod 1461 + l.seq day, 'First Class', 4.20
        from seq_1_to_{orders} as o inner join seq_1_to_3 as l on l.seq <= 1 + o.seq mod 3""",
    "returns": """select concat('RET-', seq), concat('ORD-', seq * 20),
        date '2022-07-15' + interval (seq * 20 * 7919) mod 1461 day, 'Pending', 'Central', null
        from seq_1_to_{returns}""",
}


class Staging:
    """The staging database of the superstore, written by SQL: rows and the record of what each load changed."""

    def __init__(self, admin_url: str) -> None:
        self.engine = sa.create_engine(admin_url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
        self.seq = 1_000

    def sql(self, statement: str) -> Sequence[Any]:
        """Run a statement as the administrator and return its rows."""
        with self.engine.connect() as connection:
            result = connection.exec_driver_sql(statement.replace("%", "%%"))
            return result.all() if result.returns_rows else []

    def create_databases(self, *names: str) -> None:
        for name in names:
            self.sql(f"drop database if exists {name}")
            self.sql(f"create database {name} {COLLATION}")

    def load(self, scale: float = 0.02) -> None:
        """Fill every table as a first load does. Scale 1 has 50,000 order lines."""
        self.create_databases(RAW)
        counts = {
            "products": max(50, int(10_000 * scale**0.5)),
            "customers": max(50, int(17_000 * scale**0.5)),
            "orders": int(25_000 * scale),
            "returns": int(1_000 * scale),
        }
        self.sql(
            f"create table {RAW}._tidemark_tables (table_name varchar(64) primary key, watermark datetime(6) not null,"
            " replaced_seq bigint not null, changed_seq bigint not null)"
        )
        for table, keys in KEYS.items():
            primary_key = ", ".join(keys)
            key_columns = ", ".join(f"{key} varchar(255) not null" for key in keys)
            self.sql(
                f"create table {RAW}.{table} ({COLUMNS[table]},"
                f" tbl_last_dt datetime(6) not null default now(6), primary key ({primary_key}))"
            )
            self.sql(
                f"create table {RAW}._tidemark_changes_{table} ({key_columns}, load_seq bigint not null,"
                f" primary key (load_seq, {primary_key}))"
            )
            rows = ROWS[table].format(**counts)
            self.sql(f"insert into {RAW}.{table} select *, now(6) from ({rows}) as generated")
            self.sql(f"insert into {RAW}._tidemark_tables values ('{table}', now(6), {self.seq}, {self.seq})")
            self.sql(f"analyze table {RAW}.{table}")

    def change(self, table: str, keys: str, *statements: str) -> None:
        """Change rows in a load of their own; `keys` is a condition or a list of tuples naming the keys it touches."""
        self.seq += 10
        names = ", ".join(KEYS[table])
        self.sql(
            f"insert into {RAW}._tidemark_changes_{table} ({names}, load_seq)"
            f" select {names}, {self.seq} from {RAW}.{table} where {keys}"
        )
        for statement in statements:
            self.sql(statement)
        self.sql(
            f"insert ignore into {RAW}._tidemark_changes_{table} ({names}, load_seq)"
            f" select {names}, {self.seq} from {RAW}.{table} where {keys}"
        )
        self.sql(f"update {RAW}._tidemark_tables set changed_seq = {self.seq} where table_name = '{table}'")

    def replaced(self, table: str) -> None:
        """Record that a load replaced the whole table."""
        self.seq += 10
        self.sql(
            f"update {RAW}._tidemark_tables set replaced_seq = {self.seq}, changed_seq = {self.seq}"
            f" where table_name = '{table}'"
        )

    def published(self, schema: str = "warehouse_build") -> None:
        """Leave the build schema as a publish leaves it."""
        self.sql(f"update {schema}._tidemark_models set rebuilt = 0")
        for (name,) in self.sql(f"show tables in {schema} like '\\_tidemark\\_unpublished\\_%'"):
            self.sql(f"delete from {schema}.{name}")


def dbt_on(urls: Mapping[str, str], work_dir: Path, schema: str = "warehouse_build", project: Path = PROJECT) -> Dbt:
    """dbt as the administrator on a schema of the warehouse server."""
    url = sa.make_url(urls["WAREHOUSE_ADMIN_URL"]).set(database=schema)
    return Dbt(project, PROFILES, work_dir / schema, url.render_as_string(hide_password=False))


def failures(results: Sequence[NodeResult]) -> dict[str, str]:
    """What failed, by name, with its message."""
    return {result.name: result.message for result in results if result.status not in ("success", "pass", "no-op")}
