{{ config(meta={
    'description': 'fct_returns has the returned orders of staging, with the sales and quantity of their lines.',
}) }}

-- Each returned order: in both or in neither, with the sales and quantity of its lines.
with returned_orders as (
    select * from {{ ref('fct_returns') }}
),

returns as (
    select * from {{ to_check('fct_returns', ref('dim_return')) }}
),

order_lines as (
    select * from {{ ref('stg_superstore__order_products') }}
),

expected as (
    select
        returns.order_id,
        coalesce(sum(order_lines.sales), 0) as sales,
        coalesce(sum(order_lines.quantity), 0) as quantity
    from returns
    left join order_lines on returns.order_id = order_lines.order_id
    group by returns.order_id
),

unexpected as (
    select changed_keys.order_id
    from {{ keys_to_check('fct_returns') }} as changed_keys
    inner join returned_orders on changed_keys.order_id = returned_orders.order_id
    left join {{ ref('dim_return') }} as dim_return on changed_keys.order_id = dim_return.order_id
    where dim_return.order_id is null
)

select expected.order_id
from expected
left join returned_orders on expected.order_id = returned_orders.order_id
where
    not expected.sales <=> returned_orders.sales
    or not expected.quantity <=> returned_orders.quantity
union all
select order_id from unexpected
