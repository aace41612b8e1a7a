-- Grain: one row per return_id; an order may have several. Additive: refund_amount.
-- The unique key names the order too, so that both orders of a return that moved to another one count as changed.
{{ config(
    unique_key=['return_id', 'order_id'],
    indexes=[{'columns': ['order_id']}],
    delta="
        select returns.return_id, returns.order_id
        from {{ changed('shop', 'returns') }} as changed_returns
        inner join {{ ref('stg_shop__returns') }} as returns using (return_id)
        union distinct
        select before_change.return_id, before_change.order_id
        from {{ changed('shop', 'returns') }} as changed_returns
        inner join {{ this }} as before_change using (return_id)
    ",
) }}

with returns as (
    select * from {{ ref('stg_shop__returns') }}
    {{ only_changed() }}
),

chosen as (
    select
        -- keys
        return_id,
        order_id,
        order_item_id,

        -- attributes
        reason_code,
        return_date,

        -- measures
        refund_amount
    from returns
)

select * from chosen
