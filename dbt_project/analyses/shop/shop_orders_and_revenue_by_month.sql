{{ config(meta={'question': 'How many orders were placed in each month, and what was the revenue?'}) }}

select
    date_format(order_fact.order_date, '%Y-%m') as order_month,
    count(distinct order_fact.order_id) as orders,
    sum(order_fact.order_value) as revenue
from {{ ref('order_fact') }} as order_fact
group by order_month
order by order_month
