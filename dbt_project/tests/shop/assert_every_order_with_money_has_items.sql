{{ config(
    severity='warn',
    meta={
        'description': 'Every order that was paid or refunded has items, over which order_fact shares its money out.',
        'tells': 'order_id',
    },
) }}

-- The money of such an order is in payment_fact and return_fact, and not in order_fact, which has no row to bear it.
with order_items as (
    select * from {{ ref('order_fact') }}
),

changed_orders as (
    select order_id from {{ keys_to_check('order_fact') }}
    union distinct
    select order_id from {{ keys_to_check('return_fact') }}
    union distinct
    select order_id from {{ keys_to_check('payment_fact') }}
),

orders_with_money as (
    select changed_orders.order_id
    from changed_orders
    inner join {{ ref('return_fact') }} as return_fact on changed_orders.order_id = return_fact.order_id
    union distinct
    select changed_orders.order_id
    from changed_orders
    inner join {{ ref('payment_fact') }} as payment_fact on changed_orders.order_id = payment_fact.order_id
)

select orders_with_money.order_id
from orders_with_money
left join order_items on orders_with_money.order_id = order_items.order_id
where order_items.order_item_id is null
