{{ config(meta={
    'description': 'Every order has its customer in staging.',
}) }}

{%- set changed_customers = keys_to_check('dim_customer') -%}
{%- do ref('fct_sales') -%}
{%- do source('superstore', 'orders') -%}

-- An order comes into question by its lines, by the loss of its customer, or because the newest load changed it.
with customers as (
    select * from {{ ref('stg_superstore__customers') }}
),

all_orders as (
    select * from {{ ref('stg_superstore__orders') }}
),

orders as (
    {%- if checks_all('dim_customer') %}
    select * from all_orders
    {%- else %}
    select
        order_id,
        customer_id
    from {{ to_check('fct_sales', ref('stg_superstore__orders'), ['order_id']) }}
    {%- if not checks_all('fct_sales') %}
    union distinct
    select
        all_orders.order_id,
        all_orders.customer_id
    from {{ changed_by_last_load('superstore', 'orders') }} as last_changed
    inner join all_orders on last_changed.order_id = all_orders.order_id
    {%- endif %}
    union distinct
    select
        all_orders.order_id,
        all_orders.customer_id
    from {{ changed_customers }} as changed_customers
    left join customers on changed_customers.customer_id = customers.customer_id
    inner join all_orders on changed_customers.customer_id = all_orders.customer_id
    where customers.customer_id is null
    {%- endif %}
)

select orders.order_id
from orders
left join customers on orders.customer_id = customers.customer_id
where customers.customer_id is null
