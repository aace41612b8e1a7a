-- Grain: one row per return_id; an order is returned at most once.
{{ config(
    unique_key=['return_id'],
    indexes=[{'columns': ['order_id']}],
    delta="select return_id from {{ changed('superstore', 'returns') }} as changed_returns",
) }}

with returns as (
    select * from {{ ref('stg_superstore__returns') }}
    {{ only_changed() }}
),

keyed as (
    select
        -- keys
        {{ surrogate_key('return_id') }} as return_key,
        return_id,
        order_id,

        -- attributes
        return_date,
        return_status,
        return_region,
        reason
    from returns
)

select * from keyed
