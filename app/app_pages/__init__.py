"""The pages: each lays out what plain functions compute, and asks itself whether the person's role may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.app_pages import (
    audit,
    chat,
    files,
    missed,
    orders,
    partitions,
    pipeline,
    products,
    quarantine,
    queries,
    regions,
    returned,
    returns,
    sales,
    settings,
    tables,
    users,
    work,
)


@dataclass(frozen=True)
class PageOf:
    """A page: its address, what it is called, and who may open it."""

    path: str
    title: str
    section: str
    icon: str
    roles: tuple[str, ...]
    show: Callable[[], None]


PAGES = (
    PageOf("enter-order", "Orders", "Enter data", ":material/edit_note:", orders.ROLES, orders.show),
    PageOf("enter-return", "Returns", "Enter data", ":material/undo:", returns.ROLES, returns.show),
    PageOf("bulk-load", "Load a file", "Enter data", ":material/upload_file:", files.ROLES, files.show),
    PageOf("my-work", "My work", "Enter data", ":material/history:", work.ROLES, work.show),
    PageOf("sales", "Sales", "Dashboards", ":material/monitoring:", sales.ROLES, sales.show),
    PageOf("products", "Products", "Dashboards", ":material/inventory_2:", products.ROLES, products.show),
    PageOf("returned", "Returned orders", "Dashboards", ":material/assignment_return:", returned.ROLES, returned.show),
    PageOf("regions", "Regions compared", "Dashboards", ":material/public:", regions.ROLES, regions.show),
    PageOf("chat", "Ask", "Questions", ":material/chat:", chat.ROLES, chat.show),
    PageOf("pipeline", "Runs", "Pipeline", ":material/sync:", pipeline.ROLES, pipeline.show),
    PageOf("tables", "Tables and tests", "Pipeline", ":material/table_chart:", tables.ROLES, tables.show),
    PageOf("quarantine", "Quarantine", "Pipeline", ":material/inventory:", quarantine.ROLES, quarantine.show),
    PageOf("partitions", "Partitions", "Pipeline", ":material/view_column:", partitions.ROLES, partitions.show),
    PageOf("users", "Users and roles", "Administration", ":material/group:", users.ROLES, users.show),
    PageOf("audit", "Record of changes", "Administration", ":material/fact_check:", audit.ROLES, audit.show),
    PageOf("missed", "Asked and not got", "Administration", ":material/help_center:", missed.ROLES, missed.show),
    PageOf("queries", "Query log", "Administration", ":material/manage_search:", queries.ROLES, queries.show),
    PageOf("settings", "Settings", "You", ":material/settings:", settings.ROLES, settings.show),
)
