-- Grain: one row per calendar day. dbt's semantic layer asks for a model of this name.
with days as (
    select * from {{ ref('dim_date') }}
)

select date_day from days
