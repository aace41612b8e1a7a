with source as (
    select * from {{ source('shop', 'products') }}
),

renamed as (
    select
        -- keys
        product_id,

        -- attributes
        product_name,
        category,
        is_active,
        created_at,

        -- measures
        list_price,
        cost_price,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
