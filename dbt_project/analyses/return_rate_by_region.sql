-- Which regions send most orders back? Returned orders divided by orders, whatever the return's status.
select
    dim_customer.region,
    count(distinct fct_sales.order_id) as orders,
    count(distinct case when fct_sales.return_key is not null then fct_sales.order_id end)
    / count(distinct fct_sales.order_id) as return_rate
from {{ ref('fct_sales') }} as fct_sales
inner join {{ ref('dim_customer') }} as dim_customer on fct_sales.customer_key = dim_customer.customer_key
group by dim_customer.region
order by return_rate desc
