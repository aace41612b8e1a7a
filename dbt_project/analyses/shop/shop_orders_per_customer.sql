{{ config(meta={'question': 'How many orders has each customer placed, and what were they worth?'}) }}

select
    order_fact.customer_id,
    count(distinct order_fact.order_id) as orders,
    sum(order_fact.order_value) as revenue
from {{ ref('order_fact') }} as order_fact
group by order_fact.customer_id
order by orders desc, order_fact.customer_id asc
