{{ config(meta={
    'description': 'The refunds and payments of the items of an order add up to those of the order, to the cent.',
}) }}

-- An order comes into question when an item, a return or a payment of it changed. Their keys name
-- the order, those of rows that are gone too.
with changed_orders as (
    select order_id from {{ keys_to_check('order_fact') }}
    union distinct
    select order_id from {{ keys_to_check('return_fact') }}
    union distinct
    select order_id from {{ keys_to_check('payment_fact') }}
),

items as (
    select
        changed_orders.order_id,
        sum(order_items.refund_amount) as refund_amount,
        sum(order_items.payment_amount) as payment_amount
    from changed_orders
    inner join {{ ref('order_fact') }} as order_items on changed_orders.order_id = order_items.order_id
    group by changed_orders.order_id
),

returns as (
    select
        changed_orders.order_id,
        sum(return_fact.refund_amount) as refund_amount
    from changed_orders
    inner join {{ ref('return_fact') }} as return_fact on changed_orders.order_id = return_fact.order_id
    group by changed_orders.order_id
),

payments as (
    select
        changed_orders.order_id,
        sum(payment_fact.amount) as payment_amount
    from changed_orders
    inner join {{ ref('payment_fact') }} as payment_fact on changed_orders.order_id = payment_fact.order_id
    group by changed_orders.order_id
)

select items.order_id
from items
left join returns on items.order_id = returns.order_id
left join payments on items.order_id = payments.order_id
where
    items.refund_amount <> coalesce(returns.refund_amount, 0)
    or items.payment_amount <> coalesce(payments.payment_amount, 0)
