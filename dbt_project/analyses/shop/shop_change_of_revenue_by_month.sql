{{ config(meta={'question': 'How has revenue changed against the month before?'}) }}

with months as (
    select
        date_format(order_fact.order_date, '%Y-%m-01') as month_start,
        sum(order_fact.order_value) as revenue
    from {{ ref('order_fact') }} as order_fact
    group by month_start
),

with_the_month_before as (
    select
        this_month.month_start,
        this_month.revenue,
        month_before.revenue as revenue_before
    from months as this_month
    left join months as month_before
        on month_before.month_start = date_format(this_month.month_start - interval 1 month, '%Y-%m-01')
)

select
    revenue,
    date_format(month_start, '%Y-%m') as order_month,
    revenue - revenue_before as change_of_revenue,
    (revenue - revenue_before) / nullif(revenue_before, 0) as relative_change
from with_the_month_before
order by order_month
