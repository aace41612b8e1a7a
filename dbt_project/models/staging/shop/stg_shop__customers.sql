with source as (
    select * from {{ source('shop', 'customers') }}
),

renamed as (
    select
        -- keys
        customer_id,

        -- attributes
        first_name,
        last_name,
        email,
        phone,
        city,
        state,
        signup_date,

        -- timestamps
        tbl_last_dt as source_changed_at
    from source
)

select * from renamed
