"""The superstore's small beginning, and the writes of which histories are made.

Each write is a few statements with two numbers, `pick` to choose among the rows that are there and `value` for what is
written, so that a history stays meaningful when steps are taken out of it. What a constraint refuses is refused, as in
life.
"""

from __future__ import annotations

from tests.soak.system import Statements

DAYS = "(date '2025-01-05' + (%(value)s::int * 17) %% 330)"
CUSTOMERS = ["c-1", "C-1", "c-1 ", "ç-1", "Ç-1", "c-2", "c-3", "ß", "SS", "ss", "😀", "o'b\"\\", "c\u200b-1"]
PRODUCTS = ["p-1", "P-1", "p-1 ", "p\u0301-1", "ṕ-1", "p-2", "p-3", "p,4", 'p"5', "p\\6", "NULL", "\\N"]
ORDERS = [*(f"o-{n}" for n in range(1, 16)), *(f"O-{n}" for n in range(1, 6)), "o-1 ", "ö-1", "o\t1", "o\n2"]
RETURNS = [*(f"r-{n}" for n in range(1, 8)), "R-1", "r-1 ", "ŕ-1"]
TEXTS = [
    "plain", "trailing ", " leading", "Ünïcödé", "UNÏCÖDÉ", "ﬁ", "😀 and 👩‍👩‍👧", "tab\there", "line\nbreak\r\n",
    "quotes ' \" and \\", "NULL", "\\N", "e\u0301", "é", "\x0b\x0c\x01", 'a,b;"c"', "0", "long " * 18,
]  # fmt: skip
MODES = ["Same Day", "First Class", "Second Class", "Standard Class"]
PRIORITIES = ["Critical", "High", "Medium", "Low"]
STATUSES = ["Pending", "Approved", "Rejected", "Completed"]


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def _one_of(texts: list[str], number: str = "%(value)s") -> str:
    array = ", ".join(map(_literal, texts))
    return f"(array[{array}]::text[])[1 + {number}::int %% {len(texts)}]"


def _picked(table: str, columns: str, where: str = "true") -> str:
    """SQL of the key of one row, chosen by `pick` among those that are there."""
    count = f"greatest((select count(*)::int from {table} where {where}), 1)"
    order = ", ".join(str(n + 1) for n in range(columns.count(",") + 1))
    return f"(select {columns} from {table} where {where} order by {order} offset %(pick)s::int %% {count} limit 1)"


A_CUSTOMER = _picked("customers", "customer_id")
A_PRODUCT = _picked("products", "product_id")
AN_ORDER = _picked("orders", "order_id")
A_RETURN = _picked("returns", "return_id")
A_LINE = _picked("order_products", "order_id, product_id")
IS_LINE = f"(order_id, product_id) = {A_LINE}"
FREE_CUSTOMER = _picked("customers", "customer_id", "customer_id not in (select customer_id from orders)")
LINE_VALUES = (
    "1 + %(value)s::int %% 9, (%(value)s::int %% 5000) / 7.0 + 1, (%(value)s::int %% 100) / 100.0,"
    " (%(value)s::int %% 900) - 300.25"
)
NEW_LINE = (
    "insert into order_products (order_id, product_id, quantity, sales, discount, profit, ship_date, ship_mode,"
    f" shipping_cost) select o.order_id, {{product}}, {LINE_VALUES}, o.order_date + %(value)s::int %% 45,"
    f" {_one_of(MODES)}, %(value)s::int %% 40 from orders o where o.order_id = {{order}} limit 1"
)
ORDER_ID = _one_of(ORDERS)
LATER = "greatest(interval '0', (%(value)s::int %% 60) * interval '1 day')"

WRITES: dict[str, tuple[str, ...]] = {
    "new customer": (
        f"insert into customers select {_one_of(CUSTOMERS)}, {_one_of(TEXTS, '%(pick)s')}, null,"
        f" {_one_of(TEXTS)}, 'US', 'NY', {_one_of(TEXTS, '%(pick)s')}, '0' || %(value)s::text, 'US', 'East',"
        f" {_picked('segments', 'segment_id')}",
    ),
    "edit customer": (
        f"update customers set customer_name = {_one_of(TEXTS)}, email = {_one_of([*TEXTS, ''])}, city ="
        f" {_one_of(TEXTS)} where customer_id = {A_CUSTOMER}",
    ),
    "customer to another segment": (
        f"update customers set segment_id = {_picked('segments', 'segment_id')} where customer_id ="
        f" {_one_of(CUSTOMERS)}",
    ),
    "delete customer": (f"delete from customers where customer_id = {FREE_CUSTOMER}",),
    "customer's key changes": (
        f"update customers set customer_id = {_one_of(CUSTOMERS)} where customer_id = {FREE_CUSTOMER}",
    ),
    "new product": (
        f"insert into products select {_one_of(PRODUCTS)}, {_one_of(TEXTS, '%(pick)s')},"
        f" {_picked('subcategories', 'subcategory_id')}",
    ),
    "edit product": (f"update products set product_name = {_one_of(TEXTS)} where product_id = {A_PRODUCT}",),
    "product to another subcategory": (
        f"update products set subcategory_id = {_picked('subcategories', 'subcategory_id')} where product_id ="
        f" {_one_of(PRODUCTS)}",
    ),
    "delete product": (
        "delete from products where product_id ="
        f" {_picked('products', 'product_id', 'product_id not in (select product_id from order_products)')}",
    ),
    "rename segment": (
        f"update segments set segment_name = {_one_of(TEXTS)} where segment_id = {_picked('segments', 'segment_id')}",
    ),
    "rename subcategory": (
        f"update subcategories set subcategory_name = {_one_of(TEXTS)} where subcategory_id ="
        f" {_picked('subcategories', 'subcategory_id')}",
    ),
    "rename category": (
        f"update categories set category_name = {_one_of(TEXTS)} where category_id ="
        f" {_picked('categories', 'category_id')}",
    ),
    "subcategory to another category": (
        f"update subcategories set category_id = {_picked('categories', 'category_id')} where subcategory_id ="
        f" 's-' || (1 + %(value)s::int %% 3)",
    ),
    "new order": (
        f"insert into orders select {ORDER_ID}, {DAYS}, {_one_of(PRIORITIES)}, {A_CUSTOMER}",
        NEW_LINE.format(order=ORDER_ID, product=A_PRODUCT),
    ),
    "new line": (NEW_LINE.format(order=AN_ORDER, product=_one_of(PRODUCTS)),),
    "edit line": (
        f"update order_products set (quantity, sales, discount, profit) = (select {LINE_VALUES}) where {IS_LINE}",
    ),
    "touch line": (f"update order_products set quantity = quantity where {IS_LINE}",),
    "line to another product": (f"update order_products set product_id = {_one_of(PRODUCTS)} where {IS_LINE}",),
    "line to another order": (
        f"update order_products l set order_id = o.order_id, ship_date = greatest(l.ship_date, o.order_date)"
        f" from orders o where o.order_id = {ORDER_ID} and (l.order_id, l.product_id) = {A_LINE}",
    ),
    "line moves its month": (
        f"update order_products l set ship_date = o.order_date + %(value)s::int %% 90 from orders o"
        f" where o.order_id = l.order_id and (l.order_id, l.product_id) = {A_LINE}",
    ),
    "delete line": (f"delete from order_products where {IS_LINE}",),
    "order moves its month": (
        f"update orders o set order_date = (select least({DAYS}, min(l.ship_date), (select min(r.return_date) from"
        f" returns r where r.order_id = {AN_ORDER})) from order_products l where l.order_id = {AN_ORDER})"
        f" where o.order_id = {AN_ORDER} and exists (select from order_products l where l.order_id = o.order_id)",
    ),
    "edit order": (
        f"update orders set order_priority = {_one_of(PRIORITIES)}, customer_id = {_one_of(CUSTOMERS)}"
        f" where order_id = {AN_ORDER}",
    ),
    "order's key changes": (
        f"update orders set order_id = {ORDER_ID} where order_id ="
        f" {_picked('orders', 'order_id', 'order_id not in (select order_id from order_products union select order_id from returns)')}",  # noqa: E501
    ),
    "delete order": (
        f"delete from returns where order_id = {ORDER_ID}",
        f"delete from order_products where order_id = {ORDER_ID}",
        f"delete from orders where order_id = {ORDER_ID}",
    ),
    "delete order and make it again": (
        f"delete from returns where order_id = {ORDER_ID}",
        f"delete from order_products where order_id = {ORDER_ID}",
        f"delete from orders where order_id = {ORDER_ID}",
        f"insert into orders select {ORDER_ID}, {DAYS}, {_one_of(PRIORITIES)}, {A_CUSTOMER}",
        NEW_LINE.format(order=ORDER_ID, product=A_PRODUCT),
    ),
    "new return": (
        f"insert into returns select {_one_of(RETURNS)}, o.order_id, o.order_date + %(value)s::int %% 60,"
        f" {_one_of(STATUSES)}, 'East', {_one_of(TEXTS, '%(pick)s')} from orders o where o.order_id = {AN_ORDER}",
    ),
    "edit return": (
        f"update returns set return_status = {_one_of(STATUSES)}, reason = {_one_of([*TEXTS, ''])}"
        f" where return_id = {A_RETURN}",
    ),
    "return of another order": (
        f"update returns r set order_id = o.order_id, return_date = greatest(r.return_date, o.order_date)"
        f" from orders o where o.order_id = {ORDER_ID} and r.return_id = {A_RETURN}",
    ),
    "return moves its month": (
        f"update returns r set return_date = o.order_date + %(value)s::int %% 90 from orders o"
        f" where o.order_id = r.order_id and r.return_id = {A_RETURN}",
    ),
    "return's key changes": (f"update returns set return_id = {_one_of(RETURNS)} where return_id = {A_RETURN}",),
    "delete return": (f"delete from returns where return_id = {A_RETURN}",),
    "many lines at once": ("update order_products set quantity = 1 + (quantity + %(value)s::int) %% 9 where true",),
}
ALONE: dict[str, tuple[str, ...]] = {  # they lock whole tables, so they are never left open
    "truncate returns": ("truncate returns",),
    "truncate lines": ("truncate order_products",),
    "truncate a month": ("truncate order_products_2025_03",),
    "months are added": (
        "select ensure_partitions(date '2026-01-01', date '2026-01-01' + (%(value)s::int %% 3) * 31)",
    ),
}
SEEN: dict[str, tuple[str, ...]] = {  # past the triggers, by an administrator, and yet a cursor can see them
    "many rows of one instant": ("update order_products set tbl_last_dt = now(), quantity = 1 + quantity %% 9",),
    "a stamp in the future": (
        f"update order_products set tbl_last_dt = now() + interval '1 hour', quantity = 5 where {IS_LINE}",
    ),
}
UNSEEN: dict[str, tuple[str, ...]] = {  # past the triggers, and left to reconciliation
    "line edited in silence": (f"update order_products set quantity = 3, sales = 3.33 where {IS_LINE}",),
    "line backdated": (
        f"update order_products set tbl_last_dt = '2020-01-01', quantity = 8 where {IS_LINE}",
    ),
    "customer edited in silence": (
        f"update customers set city = {_one_of(TEXTS)} where customer_id = {A_CUSTOMER}",
    ),
    "line deleted in silence": (
        f"with gone as (delete from order_products where {IS_LINE} returning *) delete from order_product_keys k"
        " using gone where (k.order_id, k.product_id) = (gone.order_id, gone.product_id)",
    ),
    "return deleted in silence": (
        f"with gone as (delete from returns where return_id = {A_RETURN} returning *) delete from return_keys k"
        " using gone where k.return_id = gone.return_id",
    ),
    "customer's key changed in silence": (
        f"update customers set customer_id = {_one_of(CUSTOMERS)} where customer_id = {FREE_CUSTOMER}",
    ),
    "line loaded with triggers off": (
        f"with added as ({NEW_LINE.format(order=AN_ORDER, product=_one_of(PRODUCTS))} returning *)"
        " insert into order_product_keys select order_id, product_id, ship_date from added",
        "update order_products set tbl_last_dt = '2021-01-01' where tbl_last_dt > now() - interval '1 second'"
        " and quantity = 1 + %(value)s::int %% 9",
    ),
    "returns truncated with triggers off": ("alter table returns disable trigger user", "delete from return_keys",
                                            "truncate returns", "alter table returns enable trigger user"),
}  # fmt: skip
ORPHANS: dict[str, tuple[str, ...]] = {  # past the triggers: a parent is gone
    "customer lost": (f"delete from customers where customer_id = {A_CUSTOMER}",),
    "product lost": (f"delete from products where product_id = {A_PRODUCT}",),
    "order lost": (f"delete from orders where order_id = {AN_ORDER}",),
    "segment lost": (f"delete from segments where segment_id = {_picked('segments', 'segment_id')}",),
}
DEFECTS: dict[str, tuple[str, ...]] = {  # the triggers see them; rules forbid them
    "negative quantity": (f"update order_products set quantity = -quantity where {IS_LINE}",),
    "negative sales": (f"update order_products set sales = -1 - sales where {IS_LINE}",),
    "not a number": (f"update order_products set profit = 'NaN' where {IS_LINE}",),
    "discount above one": (f"update order_products set discount = 1.5 where {IS_LINE}",),
    "unknown ship mode": (f"update order_products set ship_mode = 'Drone' where {IS_LINE}",),
    "shipped before ordered": (
        f"update order_products l set ship_date = o.order_date - 1 - %(value)s::int %% 40 from orders o"
        f" where o.order_id = l.order_id and (l.order_id, l.product_id) = {A_LINE}",
    ),
    "shipped at infinity": (f"update order_products set ship_date = 'infinity' where {IS_LINE}",),
    "unknown priority": (f"update orders set order_priority = 'Whenever' where order_id = {AN_ORDER}",),
    "ordered before Christ": (f"update orders set order_date = '0044-03-15 BC' where order_id = {AN_ORDER}",),
    "returned before ordered": (
        f"update returns r set return_date = o.order_date - 3 from orders o where o.order_id = r.order_id"
        f" and r.return_id = {A_RETURN}",
    ),
    "unknown status": (f"update returns set return_status = 'Lost' where return_id = {A_RETURN}",),
}
MENDS: dict[str, tuple[str, ...]] = {
    "lines mended": (
        "update order_products set quantity = abs(quantity) + case when quantity = 0 then 1 else 0 end, sales ="
        " case when sales = 'NaN' then 1 else abs(sales) end, profit = case when profit = 'NaN' then 0 else profit end,"
        " discount = case when discount > 1 then 0.5 else discount end, ship_mode = 'Same Day'"
        " where quantity <= 0 or sales < 0 or sales = 'NaN' or profit = 'NaN' or discount > 1 or ship_mode = 'Drone'",
        "update order_products l set ship_date = o.order_date from orders o where o.order_id = l.order_id"
        " and (l.ship_date < o.order_date or l.ship_date > '2049-12-31')",
    ),
    "orders mended": (
        "update orders set order_priority = 'Low' where order_priority = 'Whenever'",
        f"update orders set order_date = {DAYS} where order_date < '2000-01-01'",
    ),
    "returns mended": (
        "update returns set return_status = 'Pending' where return_status = 'Lost'",
        "update returns r set return_date = o.order_date from orders o where o.order_id = r.order_id"
        " and r.return_date < o.order_date",
    ),
    "lost parents come back": (
        "insert into segments select distinct c.segment_id, 'again' from customers c where not exists"
        " (select from segments s where s.segment_id = c.segment_id)",
        "insert into customers select distinct o.customer_id, 'again', null, null, 'US', 'NY', 'Rome', null, 'US',"
        " 'East', 'seg-1' from orders o where not exists (select from customers c where c.customer_id = o.customer_id)",
        "insert into products select distinct l.product_id, 'again', 's-1' from order_products l where not exists"
        " (select from products p where p.product_id = l.product_id)",
        f"insert into orders select distinct l.order_id, date '2025-01-01', 'Low', {A_CUSTOMER} from order_products l"
        " where not exists (select from orders o where o.order_id = l.order_id)",
    ),
}
EMPTYING = tuple(
    f"delete from {table}"
    for table in ("returns", "order_products", "orders", "customers", "products", "subcategories", "categories",
                  "segments", "return_keys", "order_product_keys", "order_keys", "tombstones")
)  # fmt: skip
BEGINNING = (
    "select ensure_partitions('2025-01-01', '2025-12-31')",
    "insert into segments select 'seg-' || n, 'segment ' || n from generate_series(1, 3) n",
    "insert into categories select 'cat-' || n, 'category ' || n from generate_series(1, 2) n",
    "insert into subcategories select 's-' || n, 'subcategory ' || n, 'cat-' || (1 + n %% 2)"
    " from generate_series(1, 3) n",
    f"insert into products select key, 'product ' || n, 's-' || (1 + n %% 3) from unnest(array[{', '.join(map(_literal, PRODUCTS[:8]))}]) with ordinality as t (key, n)",  # noqa: E501
    f"insert into customers select key, 'customer ' || n, null, null, 'US', 'NY', 'Rome', null, 'US', 'East', 'seg-' || (1 + n %% 3) from unnest(array[{', '.join(map(_literal, CUSTOMERS[:8]))}]) with ordinality as t (key, n)",  # noqa: E501
    f"insert into orders select key, date '2025-01-05' + (n * 11)::int, 'Low', (array[{', '.join(map(_literal, CUSTOMERS[:8]))}])[1 + n %% 8] from unnest(array[{', '.join(map(_literal, ORDERS[:18]))}]) with ordinality as t (key, n)",  # noqa: E501
    "insert into order_products select o.order_id, p.product_id, 2, 10.50, 0.1, 2.25, o.order_date + 3, 'Same Day', 1 from orders o join products p on abs(hashtext(o.order_id || p.product_id)) %% 3 = 0",  # noqa: E501
    "insert into returns select 'r-' || row_number() over (order by order_id), order_id, order_date + 9, 'Pending', 'East', null from orders where order_id like 'o-1%%'  and order_id < 'o-14'",  # noqa: E501
)
STATEMENTS = Statements(WRITES, ALONE, SEEN, UNSEEN, ORPHANS, DEFECTS, MENDS)
