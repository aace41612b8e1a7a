-- Grain: one row per order_item_id. Additive: quantity, order_value, refund_amount, payment_amount.
-- Not additive: unit_price. What belongs to an order as a whole is shared out over its items, to the cent.
-- The unique key names the order too, so that both orders of an item that moved to another one count as changed.
{{ config(
    unique_key=['order_item_id', 'order_id'],
    indexes=[{'columns': ['order_id']}, {'columns': ['customer_id']}, {'columns': ['product_id']}],
    delta="
        with changed_items as (
            select items.order_item_id, items.order_id
            from {{ changed('shop', 'order_items') }} as changed_keys
            inner join {{ ref('stg_shop__order_items') }} as items using (order_item_id)
            union distinct
            select before_change.order_item_id, before_change.order_id
            from {{ changed('shop', 'order_items') }} as changed_keys
            inner join {{ this }} as before_change using (order_item_id)
        ),

        changed_orders as (
            select order_id from changed_items
            union distinct
            select order_id from {{ changed('shop', 'orders') }} as changed_heads
            union distinct
            select order_id from {{ touched_keys('return_fact') }} as changed_returns
            union distinct
            select order_id from {{ touched_keys('payment_fact') }} as changed_payments
        )

        select order_item_id, order_id from changed_items
        union distinct
        select unchanged.order_item_id, unchanged.order_id
        from changed_orders
        inner join {{ this }} as unchanged using (order_id)
    ",
) }}

with items as (
    select * from {{ ref('stg_shop__order_items') }}
    {{ only_changed() }}
),

orders as (
    select * from {{ ref('stg_shop__orders') }}
),

returns as (
    select * from {{ ref('return_fact') }}
),

payments as (
    select * from {{ ref('payment_fact') }}
),

orders_of_items as (
    select distinct order_id from items
),

-- a return that names an item of its own order is that item's
refunds_of_items as (
    select
        items.order_item_id,
        sum(returns.refund_amount) as refund_amount
    from items
    inner join returns
        on
            items.order_id = returns.order_id
            and items.order_item_id = returns.order_item_id
    group by items.order_item_id
),

refunds_of_orders as (
    select
        returns.order_id,
        sum(returns.refund_amount) as refund_amount
    from orders_of_items
    inner join returns on orders_of_items.order_id = returns.order_id
    group by returns.order_id
),

ranked_payments as (
    select
        payments.order_id,
        payments.payment_method,
        payments.amount,
        payments.payment_date,
        row_number() over (
            partition by payments.order_id order by payments.amount desc, payments.payment_id asc
        ) as size_rank
    from orders_of_items
    inner join payments on orders_of_items.order_id = payments.order_id
),

payments_of_orders as (
    select
        order_id,
        sum(amount) as payment_amount,
        max(case when size_rank = 1 then payment_method end) as payment_method,
        max(payment_date) as payment_date
    from ranked_payments
    group by order_id
),

totals as (
    select
        items.order_id,
        count(*) as items_of_order,
        sum(greatest(items.quantity * items.unit_price, 0)) as value_of_order,
        sum(coalesce(refunds_of_items.refund_amount, 0)) as refund_of_items
    from items
    left join refunds_of_items on items.order_item_id = refunds_of_items.order_item_id
    group by items.order_id
),

to_share as (
    select
        totals.order_id,
        totals.items_of_order,
        totals.value_of_order,
        payments_of_orders.payment_method,
        payments_of_orders.payment_date,
        coalesce(refunds_of_orders.refund_amount, 0) - totals.refund_of_items as refund_amount,
        coalesce(payments_of_orders.payment_amount, 0) as payment_amount
    from totals
    left join refunds_of_orders on totals.order_id = refunds_of_orders.order_id
    left join payments_of_orders on totals.order_id = payments_of_orders.order_id
),

-- shares go by value, and in an order without value they are equal; whole numbers keep the arithmetic exact
weighted as (
    select
        items.order_item_id,
        items.order_id,
        items.product_id,
        items.quantity,
        items.unit_price,
        to_share.payment_method,
        to_share.payment_date,
        sign(to_share.refund_amount) as refund_sign,
        sign(to_share.payment_amount) as payment_sign,
        {{ in_cents('abs(to_share.refund_amount)') }} as refund_cents,
        {{ in_cents('abs(to_share.payment_amount)') }} as payment_cents,
        case
            when to_share.value_of_order > 0 then {{ in_cents('greatest(items.quantity * items.unit_price, 0)') }}
            else 1
        end as weight,
        case
            when to_share.value_of_order > 0 then {{ in_cents('to_share.value_of_order') }}
            else to_share.items_of_order
        end as weight_of_order
    from items
    inner join to_share on items.order_id = to_share.order_id
),

divided as (
    select
        weighted.*,
        weighted.refund_cents * weighted.weight as refund_product,
        weighted.payment_cents * weighted.weight as payment_product,
        mod(weighted.refund_cents * weighted.weight, weighted.weight_of_order) as refund_rest,
        mod(weighted.payment_cents * weighted.weight, weighted.weight_of_order) as payment_rest
    from weighted
),

-- the remainders of an order add up to its cents that are left: these go to the greatest remainders, one each, and of
-- equal ones to the lower id
ranked as (
    select
        order_item_id,
        row_number() over (partition by order_id order by refund_rest desc, order_item_id asc)
        <= sum(refund_rest) over (partition by order_id) / weight_of_order as refund_cent,
        row_number() over (partition by order_id order by payment_rest desc, order_item_id asc)
        <= sum(payment_rest) over (partition by order_id) / weight_of_order as payment_cent
    from divided
    where refund_rest > 0 or payment_rest > 0
),

shared as (
    select
        -- keys
        divided.order_item_id,
        divided.order_id,
        orders.customer_id,
        divided.product_id,

        -- attributes
        orders.order_date,
        orders.order_placed_at,
        orders.status,
        divided.payment_method,
        divided.payment_date,

        -- measures
        divided.quantity,
        divided.unit_price,
        divided.quantity * divided.unit_price as order_value,
        coalesce(refunds_of_items.refund_amount, 0)
        + divided.refund_sign * (
            (divided.refund_product - divided.refund_rest) / divided.weight_of_order + coalesce(ranked.refund_cent, 0)
        ) / 100 as refund_amount,
        divided.payment_sign * (
            (divided.payment_product - divided.payment_rest) / divided.weight_of_order
            + coalesce(ranked.payment_cent, 0)
        ) / 100 as payment_amount
    from divided
    inner join orders on divided.order_id = orders.order_id  -- a test proves that no item lacks its order
    left join ranked on divided.order_item_id = ranked.order_item_id
    left join refunds_of_items on divided.order_item_id = refunds_of_items.order_item_id
)

select * from shared
