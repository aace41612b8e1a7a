{{ config(meta={
    'description': 'The key of a fact is unique without its partition date.',
}) }}

-- The primary key of a partitioned fact holds its date too, so the database does not keep the key alone unique.
-- Everything else about keys, NULL among it, the contracts make the database refuse.
with sales as (
    select * from {{ to_check('fct_sales', ref('fct_sales')) }}
),

returned_orders as (
    select * from {{ to_check('fct_returns', ref('fct_returns')) }}
)

select
    'fct_sales' as mart,
    order_id,
    product_id
from sales
group by order_id, product_id
having count(*) > 1
union all
select
    'fct_returns' as mart,
    order_id,
    null as product_id
from returned_orders
group by order_id
having count(*) > 1
union all
select
    'fct_returns.return_key' as mart,
    min(order_id) as order_id,
    null as product_id
from returned_orders
group by return_key
having count(*) > 1
