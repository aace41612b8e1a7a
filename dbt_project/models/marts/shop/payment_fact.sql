-- Grain: one row per payment_id; an order may have several. Additive: amount.
-- The unique key names the order too, so that both orders of a payment that moved to another one count as changed.
{{ config(
    unique_key=['payment_id', 'order_id'],
    indexes=[{'columns': ['order_id']}],
    delta="
        select payments.payment_id, payments.order_id
        from {{ changed('shop', 'payments') }} as changed_payments
        inner join {{ ref('stg_shop__payments') }} as payments using (payment_id)
        union distinct
        select before_change.payment_id, before_change.order_id
        from {{ changed('shop', 'payments') }} as changed_payments
        inner join {{ this }} as before_change using (payment_id)
    ",
) }}

with payments as (
    select * from {{ ref('stg_shop__payments') }}
    {{ only_changed() }}
),

chosen as (
    select
        -- keys
        payment_id,
        order_id,

        -- attributes
        payment_method,
        payment_date,

        -- measures
        amount
    from payments
)

select * from chosen
