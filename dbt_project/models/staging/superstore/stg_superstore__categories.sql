with source as (
    select * from {{ source('superstore', 'categories') }}
),

renamed as (
    select
        -- keys
        category_id,

        -- attributes
        category_name,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
