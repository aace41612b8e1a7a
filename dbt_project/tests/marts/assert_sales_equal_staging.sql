{{ config(meta={
    'description': 'fct_sales has the rows of staging, and each measure is the same.',
}) }}

{% if checks_all('fct_sales') -%}
-- By month, staging less mart: rows, and the sum of each measure.
with order_lines as (
    select * from {{ ref('stg_superstore__order_products') }}
),

orders as (
    select * from {{ ref('stg_superstore__orders') }}
),

months_of_staging as (
    select
        {{ date_key('orders.order_date') }} div 100 as order_month,
        count(*) as line_count,
        sum(order_lines.quantity) as quantity,
        sum(order_lines.sales) as sales,
        sum(order_lines.discount) as discount,
        sum(order_lines.profit) as profit,
        sum(order_lines.shipping_cost) as shipping_cost
    from order_lines
    left join orders on order_lines.order_id = orders.order_id
    group by order_month
),

months_of_mart as (
    select
        order_date_key div 100 as order_month,
        count(*) as line_count,
        sum(quantity) as quantity,
        sum(sales) as sales,
        sum(discount) as discount,
        sum(profit) as profit,
        sum(shipping_cost) as shipping_cost
    from {{ ref('fct_sales') }}
    group by order_month
),

differences as (
    select * from months_of_staging
    union all
    select
        order_month,
        -line_count as line_count,
        -quantity as quantity,
        -sales as sales,
        -discount as discount,
        -profit as profit,
        -shipping_cost as shipping_cost
    from months_of_mart
)

select order_month
from differences
group by order_month
having
    sum(line_count) <> 0
    or sum(quantity) <> 0
    or sum(sales) <> 0
    or sum(discount) <> 0
    or sum(profit) <> 0
    or sum(shipping_cost) <> 0
{%- else -%}
-- Each changed key: in both or in neither, and each measure the same.
with changed_keys as (
    select * from {{ keys_to_check('fct_sales') }}
),

order_lines as (
    select * from {{ ref('stg_superstore__order_products') }}
),

sales as (
    select * from {{ ref('fct_sales') }}
)

select
    changed_keys.order_id,
    changed_keys.product_id
from changed_keys
left join order_lines
    on
        changed_keys.order_id = order_lines.order_id
        and changed_keys.product_id = order_lines.product_id
left join sales
    on
        changed_keys.order_id = sales.order_id
        and changed_keys.product_id = sales.product_id
where
    not order_lines.order_id <=> sales.order_id
    or not order_lines.quantity <=> sales.quantity
    or not order_lines.sales <=> sales.sales
    or not order_lines.discount <=> sales.discount
    or not order_lines.profit <=> sales.profit
    or not order_lines.shipping_cost <=> sales.shipping_cost
{%- endif %}
