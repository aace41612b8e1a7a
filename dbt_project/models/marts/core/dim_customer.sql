-- Grain: one row per customer_id. Two people of one name are two customers.
{{ config(
    unique_key=['customer_id'],
    delta="
        select customer_id from {{ changed('superstore', 'customers') }} as changed_customers
        union distinct
        select customers.customer_id
        from {{ changed('superstore', 'segments') }} as changed_segments
        inner join {{ ref('stg_superstore__customers') }} as customers using (segment_id)
    ",
) }}

with customers as (
    select * from {{ ref('stg_superstore__customers') }}
    {{ only_changed() }}
),

segments as (
    select * from {{ ref('stg_superstore__segments') }}
),

joined as (
    select
        -- keys
        {{ surrogate_key('customers.customer_id') }} as customer_key,
        customers.customer_id,

        -- attributes
        customers.customer_name,
        customers.email,
        customers.phone,
        segments.segment_name as segment,
        customers.country,
        customers.state,
        customers.city,
        customers.postal_code,
        customers.market,
        customers.region
    from customers
    left join segments on customers.segment_id = segments.segment_id  -- a test proves that none is missing
)

select * from joined
