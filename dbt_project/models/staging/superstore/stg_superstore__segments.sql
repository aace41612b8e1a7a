with source as (
    select * from {{ source('superstore', 'segments') }}
),

renamed as (
    select
        -- keys
        segment_id,

        -- attributes
        segment_name,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
