{{ config(meta={
    'description': 'Every key in a fact has its row in the dimension, and every customer a segment.',
}) }}

-- Rows whose own keys changed are looked at, and those that may have lost a row of a dimension.
with sales as (
    select *
    from {{ to_check_against('fct_sales', {
        'dim_customer': 'customer_key', 'dim_product': 'product_key', 'dim_return': 'return_key',
    }) }}
),

returned_orders as (
    select *
    from {{ to_check_against('fct_returns', {
        'dim_customer': 'customer_key', 'dim_return': 'return_key',
    }) }}
),

customers as (
    select * from {{ to_check('dim_customer', ref('dim_customer')) }}
)

select
    'fct_sales' as mart,
    sales.order_id,
    sales.product_id
from sales
left join {{ ref('dim_customer') }} as dim_customer on sales.customer_key = dim_customer.customer_key
left join {{ ref('dim_product') }} as dim_product on sales.product_key = dim_product.product_key
left join {{ ref('dim_return') }} as dim_return on sales.return_key = dim_return.return_key
left join {{ ref('dim_date') }} as order_dates on sales.order_date_key = order_dates.date_key
left join {{ ref('dim_date') }} as ship_dates on sales.ship_date_key = ship_dates.date_key
where
    dim_customer.customer_key is null
    or dim_product.product_key is null
    or (sales.return_key is not null and dim_return.return_key is null)
    or order_dates.date_key is null
    or ship_dates.date_key is null
union all
select
    'fct_returns' as mart,
    returned_orders.order_id,
    null as product_id
from returned_orders
left join {{ ref('dim_customer') }} as dim_customer on returned_orders.customer_key = dim_customer.customer_key
left join {{ ref('dim_return') }} as dim_return on returned_orders.return_key = dim_return.return_key
left join {{ ref('dim_date') }} as order_dates on returned_orders.order_date_key = order_dates.date_key
left join {{ ref('dim_date') }} as return_dates on returned_orders.return_date_key = return_dates.date_key
where
    dim_customer.customer_key is null
    or dim_return.return_key is null
    or order_dates.date_key is null
    or return_dates.date_key is null
union all
select
    'dim_customer.segment' as mart,
    customer_id as order_id,
    null as product_id
from customers
where segment is null
