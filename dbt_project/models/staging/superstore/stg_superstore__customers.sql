with source as (
    select * from {{ source('superstore', 'customers') }}
),

renamed as (
    select
        -- keys
        customer_id,
        segment_id,

        -- attributes
        customer_name,
        email,
        phone,
        country,
        state,
        city,
        postal_code,
        market,
        region,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
