with source as (
    select * from {{ source('superstore', 'subcategories') }}
),

renamed as (
    select
        -- keys
        subcategory_id,
        category_id,

        -- attributes
        subcategory_name,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
