{{ config(meta={
    'description': 'Every key in a fact has its row in the dimension, and every customer a segment.',
}) }}

-- Rows whose own keys changed are looked at, and those that may have lost a row of a dimension.
with sales as (
    select * from {{ to_check('fct_sales', ref('fct_sales')) }}
    {%- if not checks_all('dim_customer') %}
    union distinct
    select sales_of_gone.*
    from {{ keys_to_check('dim_customer') }} as changed_customers
    left join {{ ref('dim_customer') }} as kept on changed_customers.customer_id = kept.customer_id
    inner join {{ ref('fct_sales') }} as sales_of_gone
        on sales_of_gone.customer_key = {{ surrogate_key('changed_customers.customer_id') }}
    where kept.customer_id is null
    {%- endif %}
    {%- if not checks_all('dim_product') %}
    union distinct
    select sales_of_gone.*
    from {{ keys_to_check('dim_product') }} as changed_products
    left join {{ ref('dim_product') }} as kept on changed_products.product_id = kept.product_id
    inner join {{ ref('fct_sales') }} as sales_of_gone
        on sales_of_gone.product_key = {{ surrogate_key('changed_products.product_id') }}
    where kept.product_id is null
    {%- endif %}
),

returned_orders as (
    select * from {{ to_check('fct_returns', ref('fct_returns')) }}
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
