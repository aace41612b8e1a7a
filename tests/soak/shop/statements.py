"""The shop's small beginning, and the writes of which histories are made.

What a constraint refuses is refused, as in life. Keys come from small sets, so that rows are made again under keys of
rows that are gone; two of them are such as an unsigned or a floating-point number does not hold.
"""

from __future__ import annotations

from pymysql.converters import escape_string

from tests.soak.system import Statements

DAYS = "(date '2025-01-05' + interval mod(%(value)s * 17, 330) day)"
ODD_KEYS = [-3, 9007199254740993]
CUSTOMERS = [*range(1, 9), *ODD_KEYS]
PRODUCTS = [*range(1, 9), *ODD_KEYS]
ORDERS = [*range(1, 17), *ODD_KEYS]
ITEMS = [*range(1, 45), *ODD_KEYS]
RETURNS = [*range(1, 10), *ODD_KEYS]
PAYMENTS = [*range(1, 25), *ODD_KEYS]
TEXTS = [
    "plain", "trailing ", " leading", "Ünïcödé", "UNÏCÖDÉ", "ﬁ", "😀 and 👩‍👩‍👧", "tab\there", "line\nbreak\r\n",
    "quotes ' \" and \\", "NULL", "\\N", "e\u0301", "é", "\x0b\x0c\x01", 'a,b;"c"', "0", "long " * 18, "100%",
]  # fmt: skip
PHONES = [
    "2125550143", "(212) 555-0143", "+1 212 555 0143", "1-212-555-0143", "212.555.0143 x77", "001 212 555 0143",
    "tel: 212/555-0143 ext. 9", "phone 212 555 0143", "[212]555 0143 #4", "555-0143", "212-555-SHOP",
    "+44 20 7946 0123", "0044 20 7946 0123", "212-555-0143 / 212-555-0144", " ", "", "n/a", "1 212 555 014",
    "12125550143", "Mobile:2125550143",
]  # fmt: skip
CATEGORIES = [
    "Electronics", "electronics ", "HOME & kitchen", "Home  and\tKitchen", "Toys and Games", "toys & games", "Garden",
    "Misc", "", " ", "Men's Clothing", "ELEC.", "book",
]  # fmt: skip
STATUSES = ["pending", "processing", "shipped", "delivered", "cancelled", "returned", "lost"]
METHODS = ["credit_card", "paypal", "debit_card", "gift_card", "bank_transfer", "cowries"]
REASONS = ["damaged", "DAMAGED", "late", "wrong_item", ""]


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return f"'{escape_string(str(value))}'".replace("%", "%%")


def _one_of(values: list[object] | list[str] | list[int], number: str = "%(value)s") -> str:
    return f"elt(1 + mod({number}, {len(values)}), {', '.join(map(_literal, values))})"


PICKS: dict[str, str] = {}
"""Queries of the key of one row, chosen by `pick` among those that are there, by the session variable that takes it.

They are asked before the statement that names the variable, for a subquery of an UPDATE would lock what it reads.
"""


def _picked(table: str, column: str, where: str = "true") -> str:
    """A variable with the key of a row."""
    name = f"@picked_{len(PICKS):02}"
    PICKS[name] = (
        f"(select picked.k from (select t.{column} as k, row_number() over (order by t.{column}) - 1 as n,"
        f" count(*) over () as c from {table} t where {where}) picked where picked.n = mod(%(pick)s, picked.c))"
    )
    return name


A_CUSTOMER = _picked("customers", "customer_id")
A_PRODUCT = _picked("products", "product_id")
AN_ORDER = _picked("orders", "order_id")
AN_ITEM = _picked("order_items", "order_item_id")
A_RETURN = _picked("returns", "return_id")
A_PAYMENT = _picked("payments", "payment_id")
FREE_CUSTOMER = _picked("customers", "customer_id", "t.customer_id not in (select customer_id from orders)")
FREE_PRODUCT = _picked("products", "product_id", "t.product_id not in (select product_id from order_items)")
FREE_ORDER = _picked(
    "orders", "order_id",
    "t.order_id not in (select order_id from order_items) and t.order_id not in (select order_id from returns)"
    " and t.order_id not in (select order_id from payments)",
)  # fmt: skip
ORDER_ID, ITEM_ID = _one_of(ORDERS), _one_of(ITEMS)
PRICE = "mod(%(value)s * 37, 9000) / 100"  # now and then nothing
MONEY = "mod(%(value)s * 53, 30000) / 100 - 20"  # now and then negative, and often more than was sold
COLUMNS = {
    "customers": "customer_id, first_name, last_name, email, phone, city, state, signup_date",
    "products": "product_id, product_name, category, list_price, cost_price, is_active, created_at",
    "orders": "order_id, customer_id, order_date, status, order_placed_at",
    "order_items": "order_item_id, order_id, product_id, quantity, unit_price",
    "returns": "return_id, order_id, order_item_id, reason_code, refund_amount, return_date",
    "payments": "payment_id, order_id, payment_method, amount, payment_date",
}


def _insert(table: str, values: str, rest: str = "from dual") -> str:
    return f"insert into {table} ({COLUMNS[table]}) select {values} {rest}"


def _new_item(order: str) -> str:
    """An item of an order that is there, of a product that is there."""
    return _insert(
        "order_items",
        f"{ITEM_ID}, o.order_id, {A_PRODUCT}, 1 + mod(%(value)s, 7), {PRICE}",
        f"from orders o where o.order_id = {order}",
    )


NEW_ORDER = _insert(
    "orders",
    f"{ORDER_ID}, {A_CUSTOMER}, {DAYS}, {_one_of(STATUSES)}, {DAYS} + interval %(value)s * 7919 microsecond",
)
NEW_PAYMENT = _insert(
    "payments",
    f"{{id}}, o.order_id, {_one_of(METHODS, '%(pick)s')}, {MONEY}, o.order_date + interval mod(%(value)s, 40) day",
    "from orders o where o.order_id = {order}",
)
DELETE_ORDER = (
    *(f"delete from {table} where order_id = {ORDER_ID}" for table in ("returns", "payments")),
    f"delete from order_items where order_id = {ORDER_ID}",
    f"delete from orders where order_id = {ORDER_ID}",
)
WRITES: dict[str, tuple[str, ...]] = {
    "new customer": (
        _insert(
            "customers",
            f"{_one_of(CUSTOMERS)}, {_one_of(TEXTS)}, {_one_of(TEXTS, '%(pick)s')}, null, {_one_of(PHONES)},"
            f" {_one_of(TEXTS)}, 'NY', {DAYS}",
        ),
    ),
    "edit customer": (
        f"update customers set first_name = {_one_of(TEXTS)}, email = {_one_of([*TEXTS, ''])}, phone ="
        f" {_one_of(PHONES)}, city = {_one_of(TEXTS, '%(pick)s')} where customer_id = {A_CUSTOMER}",
    ),
    "customer without telephone": (f"update customers set phone = null where customer_id = {A_CUSTOMER}",),
    "delete customer": (f"delete from customers where customer_id = {FREE_CUSTOMER}",),
    "customer's key changes": (
        f"update customers set customer_id = {_one_of(CUSTOMERS)} where customer_id = {FREE_CUSTOMER}",
    ),
    "new product": (
        _insert(
            "products",
            f"{_one_of(PRODUCTS)}, {_one_of(TEXTS)}, {_one_of(CATEGORIES)}, {PRICE}, {PRICE} / 2, true,"
            f" {DAYS} + interval mod(%(value)s, 80000) second",
        ),
    ),
    "edit product": (
        f"update products set product_name = {_one_of(TEXTS)}, list_price = {PRICE}, is_active = not is_active"
        f" where product_id = {A_PRODUCT}",
    ),
    "product to another category": (
        f"update products set category = {_one_of(CATEGORIES)} where product_id = {A_PRODUCT}",
    ),
    "product without category": (f"update products set category = null where product_id = {A_PRODUCT}",),
    "delete product": (f"delete from products where product_id = {FREE_PRODUCT}",),
    "new order": (NEW_ORDER, _new_item(ORDER_ID), NEW_PAYMENT.format(id=_one_of(PAYMENTS), order=ORDER_ID)),
    "new order that nobody paid": (NEW_ORDER, _new_item(ORDER_ID)),
    "new item": (_new_item(AN_ORDER),),
    "edit item": (
        f"update order_items set quantity = 1 + mod(%(value)s, 9), unit_price = {PRICE}"
        f" where order_item_id = {AN_ITEM}",
    ),
    "item given away": (f"update order_items set unit_price = 0 where order_item_id = {AN_ITEM}",),
    "touch item": (f"update order_items set quantity = quantity where order_item_id = {AN_ITEM}",),
    "item to another product": (
        f"update order_items set product_id = {_one_of(PRODUCTS)} where order_item_id = {AN_ITEM}",
    ),
    "item to another order": (f"update order_items set order_id = {ORDER_ID} where order_item_id = {AN_ITEM}",),
    "item's key changes": (f"update order_items set order_item_id = {ITEM_ID} where order_item_id = {AN_ITEM}",),
    "delete item": (f"delete from order_items where order_item_id = {AN_ITEM}",),
    "order moves its month": (
        f"update orders set order_date = {DAYS}, order_placed_at = {DAYS} where order_id = {AN_ORDER}",
    ),
    "edit order": (
        f"update orders set status = {_one_of(STATUSES)}, customer_id = {_one_of(CUSTOMERS)}"
        f" where order_id = {AN_ORDER}",
    ),
    "order's key changes": (f"update orders set order_id = {ORDER_ID} where order_id = {FREE_ORDER}",),
    "delete order": DELETE_ORDER,
    "delete order and make it again": (*DELETE_ORDER, NEW_ORDER, _new_item(ORDER_ID)),
    "new return of an item": (
        _insert(
            "returns",
            f"{_one_of(RETURNS)}, i.order_id, i.order_item_id, {_one_of(REASONS)}, {MONEY}, {DAYS}",
            f"from order_items i where i.order_item_id = {AN_ITEM}",
        ),
    ),
    "new return of an order": (
        _insert(
            "returns",
            f"{_one_of(RETURNS)}, o.order_id, null, {_one_of(REASONS)}, {MONEY}, {DAYS}",
            f"from orders o where o.order_id = {AN_ORDER}",
        ),
    ),
    "edit return": (
        f"update returns set reason_code = {_one_of(REASONS)}, refund_amount = {MONEY} where return_id = {A_RETURN}",
    ),
    "return of an item becomes one of its order": (
        f"update returns set order_item_id = null where return_id = {A_RETURN}",
    ),
    "return of another order": (f"update returns set order_id = {ORDER_ID} where return_id = {A_RETURN}",),
    "return of another item": (f"update returns set order_item_id = {ITEM_ID} where return_id = {A_RETURN}",),
    "return moves its month": (f"update returns set return_date = {DAYS} where return_id = {A_RETURN}",),
    "return's key changes": (f"update returns set return_id = {_one_of(RETURNS)} where return_id = {A_RETURN}",),
    "delete return": (f"delete from returns where return_id = {A_RETURN}",),
    "new payment": (NEW_PAYMENT.format(id=_one_of(PAYMENTS), order=AN_ORDER),),
    "edit payment": (
        f"update payments set amount = {MONEY}, payment_method = {_one_of(METHODS)} where payment_id = {A_PAYMENT}",
    ),
    "payment of another order": (f"update payments set order_id = {ORDER_ID} where payment_id = {A_PAYMENT}",),
    "payment's key changes": (f"update payments set payment_id = {_one_of(PAYMENTS)} where payment_id = {A_PAYMENT}",),
    "delete payment": (f"delete from payments where payment_id = {A_PAYMENT}",),
    "many items at once": ("update order_items set quantity = 1 + mod(quantity + %(value)s, 9)",),
    "a writer with another time zone": (
        "set session time_zone = '-07:00'",
        "update order_items set quantity = 1 + mod(quantity + %(value)s, 9)",
        f"update customers set last_name = {_one_of(TEXTS)} where customer_id = {A_CUSTOMER}",
        "set session time_zone = '+00:00'",
    ),
}
ALONE: dict[str, tuple[str, ...]] = {  # they commit by themselves
    "truncate returns": ("truncate table returns",),
    "truncate payments": ("truncate table payments",),
    "items' table is made anew": ("alter table order_items engine = innodb",),
}
SEEN: dict[str, tuple[str, ...]] = {
    "many rows of one instant": (
        "update order_items set quantity = 1 + mod(quantity, 9), tbl_last_dt = utc_timestamp(6)",
    ),
    "a stamp in the future": (
        f"update order_items set quantity = 5, tbl_last_dt = utc_timestamp(6) + interval 1 hour"
        f" where order_item_id = {AN_ITEM}",
    ),
}
SILENT = "tbl_last_dt = tbl_last_dt - interval 1 microsecond"  # a trigger replaces the old stamp and keeps any other
UNSEEN: dict[str, tuple[str, ...]] = {
    "item edited in silence": (
        f"update order_items set quantity = 3, unit_price = 3.33, {SILENT} where order_item_id = {AN_ITEM}",
    ),
    "item backdated": (
        f"update order_items set quantity = 8, tbl_last_dt = '2020-01-01' where order_item_id = {AN_ITEM}",
    ),
    "customer edited in silence": (
        f"update customers set city = {_one_of(TEXTS)}, {SILENT} where customer_id = {A_CUSTOMER}",
    ),
    "item deleted in silence": (f"delete from order_items where order_item_id = {AN_ITEM}",),
    "payment deleted in silence": (f"delete from payments where payment_id = {A_PAYMENT}",),
    "customer's key changed in silence": (
        f"update customers set customer_id = {_one_of(CUSTOMERS)}, {SILENT} where customer_id = {FREE_CUSTOMER}",
    ),
    "item loaded with triggers off": (
        _insert(
            "order_items",
            f"{ITEM_ID}, o.order_id, {A_PRODUCT}, 2, 4.56",
            f"from orders o where o.order_id = {AN_ORDER}",
        ),
        f"update order_items set tbl_last_dt = '2021-01-01' where order_item_id = {ITEM_ID}",
    ),
    "returns emptied with triggers off": ("delete from returns",),
}
ORPHANS: dict[str, tuple[str, ...]] = {
    "customer lost": (f"delete from customers where customer_id = {A_CUSTOMER}",),
    "product lost": (f"delete from products where product_id = {A_PRODUCT}",),
    "order lost": (f"delete from orders where order_id = {AN_ORDER}",),
}
LENIENT, STRICT = "set session sql_mode = 'ALLOW_INVALID_DATES'", "set session sql_mode = default"
DEFECTS: dict[str, tuple[str, ...]] = {
    "negative quantity": (f"update order_items set quantity = -quantity where order_item_id = {AN_ITEM}",),
    "nothing of it": (f"update order_items set quantity = 0 where order_item_id = {AN_ITEM}",),
    "negative price": (f"update order_items set unit_price = -1 - unit_price where order_item_id = {AN_ITEM}",),
    "ordered in another century": (f"update orders set order_date = '1925-03-15' where order_id = {AN_ORDER}",),
    "ordered on the 31st of February": (
        LENIENT, f"update orders set order_date = '2025-02-31' where order_id = {AN_ORDER}", STRICT,
    ),
    "paid on no day": (
        LENIENT, f"update payments set payment_date = '0000-00-00' where payment_id = {A_PAYMENT}", STRICT,
    ),
    "returned on no day": (
        LENIENT, f"update returns set return_date = '2025-00-00' where return_id = {A_RETURN}", STRICT,
    ),
    "entered on no day": (
        LENIENT, f"update products set created_at = '0000-00-00 00:00:00' where product_id = {A_PRODUCT}", STRICT,
    ),
}  # fmt: skip
MENDS: dict[str, tuple[str, ...]] = {
    "items mended": (
        "update order_items set quantity = greatest(abs(quantity), 1), unit_price = abs(unit_price)"
        " where quantity <= 0 or unit_price < 0",
    ),
    "days mended": (
        LENIENT,
        f"update orders set order_date = {DAYS} where order_date < '2000-01-01' or order_date = '2025-02-31'",
        f"update payments set payment_date = {DAYS} where payment_date < '2000-01-01'",
        f"update returns set return_date = {DAYS} where return_date < '2025-01-01'",
        f"update products set created_at = {DAYS} where created_at < '2000-01-01'",
        STRICT,
    ),
    "lost parents come back": (
        _insert(
            "customers", "distinct o.customer_id, 'again', 'x', null, null, 'Rome', 'NY', '2025-01-01'",
            "from orders o where not exists (select 1 from customers c where c.customer_id = o.customer_id)",
        ),
        _insert(
            "products", "distinct i.product_id, 'again', 'Books', 1, 1, true, '2025-01-01'",
            "from order_items i where not exists (select 1 from products p where p.product_id = i.product_id)",
        ),
        *(
            _insert(
                "orders", f"distinct x.order_id, {A_CUSTOMER}, '2025-01-01', 'pending', '2025-01-01'",
                f"from {table} x where not exists (select 1 from orders o where o.order_id = x.order_id)",
            )
            for table in ("order_items", "returns", "payments")
        ),
    ),
}  # fmt: skip
NUMBERS = "(select 1 as n union select 2 union select 3 union select 4 union select 5 union select 6)"
BEGINNING = (
    f"insert into customers ({COLUMNS['customers']}) select n, concat('first ', n), 'last', null,"
    f" elt(n, {', '.join(map(_literal, PHONES[:6]))}), 'Rome', 'NY', '2024-01-01' from {NUMBERS} a",
    f"insert into products ({COLUMNS['products']}) select n, concat('product ', n),"
    f" elt(n, {', '.join(map(_literal, CATEGORIES[:6]))}), 10 * n, 5 * n, true, '2024-01-01' from {NUMBERS} a",
    f"insert into orders ({COLUMNS['orders']}) select a.n + 6 * b.n, 1 + mod(a.n, 6), date '2025-01-05' + interval"
    f" (a.n + 6 * b.n) * 11 day, 'shipped', '2025-01-05 10:11:12.131415' from {NUMBERS} a"
    " join (select 0 as n union select 1) b",
    f"insert into order_items ({COLUMNS['order_items']}) select 12 * (p.n - 1) + o.order_id, o.order_id, p.n, 1 +"
    f" mod(o.order_id, 3), 10.01 from orders o join {NUMBERS} p where p.n <= 1 + mod(o.order_id, 3)",
    f"insert into payments ({COLUMNS['payments']}) select order_id, order_id, 'paypal', 29.99, order_date from orders"
    " where order_id < 10",
    f"insert into returns ({COLUMNS['returns']}) select order_id, order_id, if(order_id < 3, order_id, null), 'late',"
    " 5.55, order_date + interval 9 day from orders where order_id < 6",
)
STATEMENTS = Statements(WRITES, ALONE, SEEN, UNSEEN, ORPHANS, DEFECTS, MENDS)
