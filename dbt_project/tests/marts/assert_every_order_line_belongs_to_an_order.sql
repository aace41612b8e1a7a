{{ config(meta={
    'description': 'Every order line has its order in staging.',
}) }}

with order_lines as (
    select * from {{ to_check('fct_sales', ref('stg_superstore__order_products')) }}
),

orders as (
    select * from {{ ref('stg_superstore__orders') }}
)

select
    order_lines.order_id,
    order_lines.product_id
from order_lines
left join orders on order_lines.order_id = orders.order_id
where orders.order_id is null
