{{ config(meta={'description': 'fct_sales has the rows of staging, and each measure is the same.'}) }}

{%- set measures = ['quantity', 'sales', 'discount', 'profit', 'shipping_cost'] -%}
{%- if checks_all('fct_sales') -%}
-- All months: rows and sums of each measure, staging less mart.
with order_lines as (
    select * from {{ ref('stg_superstore__order_products') }}
),

orders as (
    select * from {{ ref('stg_superstore__orders') }}
),

differences as (
    select
        {{ date_key('orders.order_date') }} div 100 as order_month,
        1 as row_count,
        {%- for measure in measures %}
        order_lines.{{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from order_lines
    left join orders on order_lines.order_id = orders.order_id
    union all
    select
        order_date_key div 100 as order_month,
        -1 as row_count,
        {%- for measure in measures %}
        -{{ measure }} as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('fct_sales') }}
)

select order_month
from differences
group by order_month
having
    sum(row_count) <> 0
    {%- for measure in measures %}
    or sum({{ measure }}) <> 0
    {%- endfor %}
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
    {%- for measure in measures %}
    or not order_lines.{{ measure }} <=> sales.{{ measure }}
    {%- endfor %}
{%- endif %}
