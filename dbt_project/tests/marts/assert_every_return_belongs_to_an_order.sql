{{ config(meta={
    'description': 'Every return has its order in staging.',
}) }}

-- A return comes into question when it changed itself, and when its order did.
with changed_returns as (
    select * from {{ to_check('dim_return', ref('dim_return')) }}
),

returns_of_changed_orders as (
    select * from {{ to_check('fct_returns', ref('dim_return')) }}
),

returns as (
    select
        return_id,
        order_id
    from changed_returns
    union distinct
    select
        return_id,
        order_id
    from returns_of_changed_orders
),

orders as (
    select * from {{ ref('stg_superstore__orders') }}
)

select returns.return_id
from returns
left join orders on returns.order_id = orders.order_id
where orders.order_id is null
