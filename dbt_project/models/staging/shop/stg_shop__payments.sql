with source as (
    select * from {{ source('shop', 'payments') }}
),

renamed as (
    select
        -- keys
        payment_id,
        order_id,

        -- attributes
        payment_method,
        payment_date,

        -- measures
        amount,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
