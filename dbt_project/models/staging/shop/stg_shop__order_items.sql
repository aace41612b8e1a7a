with source as (
    select * from {{ source('shop', 'order_items') }}
),

renamed as (
    select
        -- keys
        order_item_id,
        order_id,
        product_id,

        -- measures
        quantity,
        unit_price,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
