-- Grain: one row per returned order. Additive: sales, quantity (those of the order's lines).
{{ config(
    unique_key=['order_id'],
    partition_by_month='order_date_key',
    partition_span="select min(order_date), max(order_date) from {{ ref('stg_superstore__orders') }}",
    indexes=[{'columns': ['order_id']}, {'columns': ['customer_key']}],
    delta="
        select returns.order_id
        from {{ changed('superstore', 'returns') }} as changed_returns
        inner join {{ ref('dim_return') }} as returns using (return_id)
        union distinct
        select before_change.order_id
        from {{ changed('superstore', 'returns') }} as changed_returns
        inner join {{ this }} as before_change
            on before_change.return_key = {{ surrogate_key('changed_returns.return_id') }}
        union distinct
        select returns.order_id
        from {{ changed('superstore', 'orders') }} as changed_orders
        inner join {{ ref('dim_return') }} as returns using (order_id)
        union distinct
        select returns.order_id
        from {{ changed('superstore', 'order_products') }} as changed_lines
        inner join {{ ref('dim_return') }} as returns using (order_id)
    ",
) }}

with returns as (
    select * from {{ ref('dim_return') }}
    {{ only_changed() }}
),

orders as (
    select * from {{ ref('stg_superstore__orders') }}
),

order_lines as (
    select * from {{ ref('stg_superstore__order_products') }}
),

joined as (
    select
        -- keys
        returns.return_key,
        returns.order_id,
        {{ surrogate_key('orders.customer_id') }} as customer_key,
        {{ date_key('orders.order_date') }} as order_date_key,
        {{ date_key('returns.return_date') }} as return_date_key,

        -- measures
        order_lines.sales,
        order_lines.quantity
    from returns
    inner join orders on returns.order_id = orders.order_id  -- a test proves that no return lacks its order
    left join order_lines on returns.order_id = order_lines.order_id
),

returned_orders as (
    select
        return_key,
        order_id,
        customer_key,
        order_date_key,
        return_date_key,
        coalesce(sum(sales), 0) as sales,
        coalesce(sum(quantity), 0) as quantity
    from joined
    group by return_key, order_id, customer_key, order_date_key, return_date_key
)

select * from returned_orders
