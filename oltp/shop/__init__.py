"""The online shop's transactional system: its schema in MySQL, and the generator of its data."""

from oltp.shop.schema import ShopError, connect, install

__all__ = ["ShopError", "connect", "install"]
