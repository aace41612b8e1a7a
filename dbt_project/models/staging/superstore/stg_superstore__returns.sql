with source as (
    select * from {{ source('superstore', 'returns') }}
),

renamed as (
    select
        -- keys
        return_id,
        order_id,

        -- attributes
        return_date,
        return_status,
        return_region,
        reason,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
