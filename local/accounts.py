"""Databases, accounts and rights of the private servers: one least-privileged account for each job and role."""

from dataclasses import dataclass, field

MYSQL_DATABASES = (
    "raw_superstore",
    "raw_superstore_staging",
    "tidemark_control",
    "tidemark_masking",
    "warehouse_build",
    "warehouse",
    "quarantine",
    "warehouse_manager",
    "warehouse_executive",
    "shop",
    "raw_shop",
    "raw_shop_staging",
    "AnalyticalStream_build",
    "AnalyticalStream",
    "AnalyticalStream_manager",
    "AnalyticalStream_executive",
)
RAW = ("raw_superstore", "raw_superstore_staging", "raw_shop", "raw_shop_staging")
BUILD = ("warehouse_build", "AnalyticalStream_build")
LIVE = ("warehouse", "AnalyticalStream")


@dataclass(frozen=True)
class MysqlAccount:
    """An account of the MySQL side: the name of its URL, its default database, its rights by database.

    Rights on `*` are those on the whole server. An account with `stands_in` may be left out of the environment: the
    one whose URL bears that name does its work then.
    """

    url_name: str
    user: str
    database: str
    rights: dict[str, tuple[str, ...]]
    url_option: str = "charset=utf8mb4"  # one alone: a shell that reads the file would stop at an `&`
    stands_in: str | None = None


@dataclass(frozen=True)
class PostgresAccount:
    """An account of PostgreSQL: the name of its URL, its database, whether it owns it, what it is a member of.

    Who owns a database gives the others their rights in it, when it installs its tables.
    """

    url_name: str
    user: str
    database: str
    owner: bool = False
    member_of: tuple[str, ...] = field(default=())
    stands_in: str | None = None


def _readable(excluded: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in MYSQL_DATABASES if name not in excluded)


MYSQL_ACCOUNTS = (
    MysqlAccount(
        "LOAD_URL",
        "tidemark_load",
        "raw_superstore",
        {"ALL PRIVILEGES": (*RAW, "quarantine"), "SELECT, INSERT, UPDATE, CREATE": ("tidemark_control",)},
        url_option="local_infile=1",
    ),
    MysqlAccount(
        "BUILD_URL",
        "tidemark_build",
        "warehouse_build",
        {"SELECT": (*RAW, "quarantine", "tidemark_control"), "ALL PRIVILEGES": BUILD},
    ),
    MysqlAccount(
        "PUBLISH_URL",
        "tidemark_publish",
        "warehouse",
        {
            "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER": BUILD,  # to keep what a publish replaces
            "SELECT": ("tidemark_control",),
            "ALL PRIVILEGES": LIVE,
        },
    ),
    MysqlAccount(
        "WAREHOUSE_URL",
        "tidemark_read",
        "warehouse",
        {"SELECT": _readable(excluded=("shop", "tidemark_control", "tidemark_masking"))},
    ),
    MysqlAccount(
        "MANAGER_URL",
        "tidemark_manager",
        "warehouse_manager",
        {"SELECT": ("warehouse_manager", "AnalyticalStream_manager")},
    ),
    MysqlAccount(
        "EXECUTIVE_URL",
        "tidemark_executive",
        "warehouse_executive",
        {"SELECT": ("warehouse_executive", "AnalyticalStream_executive")},
    ),
    MysqlAccount("SHOP_URL", "shop_owner", "shop", {"ALL PRIVILEGES": ("shop",)}),
    MysqlAccount(
        "SHOP_EXTRACT_URL",
        "shop_extract",
        "shop",
        {"SELECT": ("shop",), "EXECUTE": ("shop",), "PROCESS": ("*",)},  # PROCESS shows all accounts' open transactions
        stands_in="SHOP_URL",
    ),
)

POSTGRES_ACCOUNTS = (
    PostgresAccount("OLTP_URL", "superstore_owner", "oltp", owner=True),
    PostgresAccount("APP_URL", "app_owner", "app", owner=True),
    PostgresAccount("APP_PAGES_URL", "app_pages", "app", stands_in="APP_URL"),
    PostgresAccount("EXTRACT_URL", "tidemark_extract", "oltp", member_of=("pg_read_all_stats",)),
    PostgresAccount("ASSOCIATE_URL", "superstore_associate", "oltp"),
)

MYSQL_ADMIN = "root"
POSTGRES_ADMIN = "postgres"

POSTGRES_NAMES = tuple(account.url_name for account in POSTGRES_ACCOUNTS if account.stands_in is None)
MYSQL_NAMES = tuple(account.url_name for account in MYSQL_ACCOUNTS if account.stands_in is None)
STAND_INS = {
    account.url_name: account.stands_in
    for account in (*POSTGRES_ACCOUNTS, *MYSQL_ACCOUNTS)
    if account.stands_in is not None
}
PREFECT_NAMES = ("PREFECT_API_URL",)
ADMIN_NAMES = ("OLTP_ADMIN_URL", "WAREHOUSE_ADMIN_URL")

USERS = (
    POSTGRES_ADMIN,
    MYSQL_ADMIN,
    *(account.user for account in POSTGRES_ACCOUNTS),
    *(account.user for account in MYSQL_ACCOUNTS),
)
