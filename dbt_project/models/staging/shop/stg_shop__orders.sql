with source as (
    select * from {{ source('shop', 'orders') }}
),

renamed as (
    select
        -- keys
        order_id,
        customer_id,

        -- attributes
        order_date,
        order_placed_at,
        status,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
