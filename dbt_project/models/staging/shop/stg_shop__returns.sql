with source as (
    select * from {{ source('shop', 'returns') }}
),

renamed as (
    select
        -- keys
        return_id,
        order_id,
        order_item_id,

        -- attributes
        reason_code,
        return_date,

        -- measures
        refund_amount,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
