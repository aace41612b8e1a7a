-- Grain: one row per calendar day from calendar_start to calendar_end.
{{ config(materialized='table') }}

with days as (
    {{ date_spine('day', date_literal(var('calendar_start')), date_literal(var('calendar_end'))) }}
),

described as (
    select
        -- keys
        {{ date_key('date_day') }} as date_key,

        -- attributes
        cast(date_day as date) as date_day,
        year(date_day) as year,
        quarter(date_day) as quarter,
        month(date_day) as month,
        monthname(date_day) as month_name,
        week(date_day, 3) as iso_week,
        weekday(date_day) + 1 as weekday,
        dayname(date_day) as weekday_name,
        weekday(date_day) >= 5 as is_weekend
    from days
)

select * from described
