{{ config(meta={
    'description': 'Every order item has its order in staging, and its customer and product in the dimensions.',
}) }}

-- Items that changed are looked at, and those of customers and products that are gone.
with items as (
    select * from {{ to_check('order_fact', ref('stg_shop__order_items')) }}
),

orders as (
    select * from {{ ref('stg_shop__orders') }}
),

order_items as (
    select * from {{ ref('order_fact') }}
),

customers as (
    select * from {{ ref('dim_customers') }}
),

products as (
    select * from {{ ref('dim_products') }}
),

changed_customers as (
    select * from {{ keys_to_check('dim_customers') }}
),

changed_products as (
    select * from {{ keys_to_check('dim_products') }}
)

select items.order_item_id
from items
left join orders on items.order_id = orders.order_id
left join customers on orders.customer_id = customers.customer_id
left join products on items.product_id = products.product_id
where
    customers.customer_id is null
    or products.product_id is null
union all
select order_items.order_item_id
from changed_customers
left join customers on changed_customers.customer_id = customers.customer_id
inner join order_items on changed_customers.customer_id = order_items.customer_id
where customers.customer_id is null
union all
select order_items.order_item_id
from changed_products
left join products on changed_products.product_id = products.product_id
inner join order_items on changed_products.product_id = order_items.product_id
where products.product_id is null
