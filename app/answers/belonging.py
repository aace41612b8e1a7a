"""What each customer, each order has one of: an order has one day and one customer, with all that is told of them."""

from __future__ import annotations

from app.answers.layer import Layer


def is_told_of(layer: Layer, entity: str, key: str) -> bool:
    """Whether each of an entity lies in one group of a key alone: an order in one month, a customer in one country."""
    if key.startswith("@"):
        return entity == "order"
    owner = "customer" if entity == "order" else entity
    home = next((m for m in layer.models.values() if (e := m.entity(owner)) is not None and e.is_key), None)
    return home is not None and layer.path(home, key) is not None
