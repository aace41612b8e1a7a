"""Which ids do the names of segments, categories and subcategories have, and which names are new?"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from oltp.superstore_files.database import Connection

SubcategoryName = tuple[str, str]  # category, subcategory


@dataclass(frozen=True, slots=True)
class Lookups:
    """The ids of all names that a file uses, and the rows to add for those that the database does not have."""

    segments: Mapping[str, str]
    categories: Mapping[str, str]
    subcategories: Mapping[SubcategoryName, str]
    new_rows: Mapping[str, tuple[tuple[str, ...], ...]]


def find_lookups(connection: Connection, segments: Iterable[str], subcategories: Iterable[SubcategoryName]) -> Lookups:
    """Look the names up, and make ids for the new ones; of rows that share a name, the one with the least id counts.

    A subcategory is known by its name within its category. An id is made from the name, so that two loads, in two
    databases, make the same.
    """
    wanted = sorted(set(subcategories))
    segment_ids, new_segments = _resolve(
        "segment", {(name,): (name,) for name in sorted(set(segments))}, _known(connection, _SEGMENTS)
    )
    category_ids, new_categories = _resolve(
        "category", {(category,): (category,) for category, _ in wanted}, _known(connection, _CATEGORIES)
    )
    by_category: dict[tuple[str, ...], tuple[str, ...]] = {
        (category, name): (name, category_ids[category,]) for category, name in wanted
    }
    subcategory_ids, new_subcategories = _resolve("subcategory", by_category, _known(connection, _SUBCATEGORIES))
    return Lookups(
        {name: key for (name,), key in segment_ids.items()},
        {name: key for (name,), key in category_ids.items()},
        {(category, name): key for (category, name), key in subcategory_ids.items()},
        {"segments": new_segments, "categories": new_categories, "subcategories": new_subcategories},
    )


_SEGMENTS = "select segment_id, segment_name from superstore.segments"
_CATEGORIES = "select category_id, category_name from superstore.categories"
_SUBCATEGORIES = """
    select subcategory_id, category_name, subcategory_name
    from superstore.subcategories
    join superstore.categories using (category_id)
"""


def _known(connection: Connection, query: str) -> list[tuple[str, ...]]:
    return sorted(connection.execute(query).fetchall(), reverse=True)  # the least id comes last and counts


def _resolve(
    entity: str, wanted: Mapping[tuple[str, ...], tuple[str, ...]], known: list[tuple[str, ...]]
) -> tuple[dict[tuple[str, ...], str], tuple[tuple[str, ...], ...]]:
    """Return the id of each wanted name, and (id, *columns) of each row that has to be added."""
    ids = {name: key for key, *rest in known if (name := tuple(rest)) in wanted}
    taken = {key for key, *_ in known}
    new_rows = []
    for name, columns in wanted.items():
        if name not in ids:
            ids[name] = _free_id(entity, name, taken)
            taken.add(ids[name])
            new_rows.append((ids[name], *columns))
    return ids, tuple(new_rows)


def _free_id(entity: str, name: tuple[str, ...], taken: set[str]) -> str:
    slug = re.sub(r"\W+", "-", " ".join(name).casefold()).strip("-")[:40]
    digest = hashlib.sha256("\x1f".join(name).encode()).hexdigest()[:8]
    made = f"{entity}-{slug}-{digest}"
    number = 1
    while made in taken:
        number += 1
        made = f"{entity}-{slug}-{digest}-{number}"
    return made
