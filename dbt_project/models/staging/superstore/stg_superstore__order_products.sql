with source as (
    select * from {{ source('superstore', 'order_products') }}
),

renamed as (
    select
        -- keys
        order_id,
        product_id,

        -- attributes
        ship_date,
        ship_mode,

        -- measures
        quantity,
        sales,
        discount,
        profit,
        shipping_cost,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
