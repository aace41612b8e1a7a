with source as (
    select * from {{ source('superstore', 'orders') }}
),

renamed as (
    select
        -- keys
        order_id,
        customer_id,

        -- attributes
        order_date,
        order_priority,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
