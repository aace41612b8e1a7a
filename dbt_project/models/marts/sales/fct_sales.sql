-- Grain: one row per (order_id, product_id), an order line.
-- Additive: quantity, sales, profit, shipping_cost. Not additive: discount, a fraction.
{{ config(
    unique_key=['order_id', 'product_id'],
    partition_by_month='order_date_key',
    partition_span="select min(order_date), max(order_date) from {{ ref('stg_superstore__orders') }}",
    indexes=[{'columns': ['customer_key']}, {'columns': ['product_key']}, {'columns': ['return_key']}],
    delta="
        select order_id, product_id
        from {{ changed('superstore', 'order_products') }} as changed_lines
        union distinct
        select order_lines.order_id, order_lines.product_id
        from {{ changed('superstore', 'orders') }} as changed_orders
        inner join {{ ref('stg_superstore__order_products') }} as order_lines using (order_id)
        union distinct
        select order_lines.order_id, order_lines.product_id
        from {{ changed('superstore', 'returns') }} as changed_returns
        inner join {{ ref('dim_return') }} as returns using (return_id)
        inner join {{ ref('stg_superstore__order_products') }} as order_lines using (order_id)
        union distinct
        select before_change.order_id, before_change.product_id
        from {{ changed('superstore', 'returns') }} as changed_returns
        inner join {{ this }} as before_change
            on before_change.return_key = {{ surrogate_key('changed_returns.return_id') }}
    ",
) }}

with order_lines as (
    select * from {{ ref('stg_superstore__order_products') }}
    {{ only_changed() }}
),

orders as (
    select * from {{ ref('stg_superstore__orders') }}
),

returns as (
    select * from {{ ref('dim_return') }}
),

joined as (
    select
        -- keys
        order_lines.order_id,
        order_lines.product_id,
        {{ surrogate_key('orders.customer_id') }} as customer_key,
        {{ surrogate_key('order_lines.product_id') }} as product_key,
        {{ date_key('orders.order_date') }} as order_date_key,
        {{ date_key('order_lines.ship_date') }} as ship_date_key,
        returns.return_key,

        -- attributes
        orders.order_priority,
        order_lines.ship_mode,

        -- measures
        order_lines.quantity,
        order_lines.sales,
        order_lines.discount,
        order_lines.profit,
        order_lines.shipping_cost
    from order_lines
    inner join orders on order_lines.order_id = orders.order_id  -- a test proves that no line lacks its order
    left join returns on order_lines.order_id = returns.order_id
)

select * from joined
