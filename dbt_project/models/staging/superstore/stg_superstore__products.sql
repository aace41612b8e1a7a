with source as (
    select * from {{ source('superstore', 'products') }}
),

renamed as (
    select
        -- keys
        product_id,
        subcategory_id,

        -- attributes
        product_name,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
