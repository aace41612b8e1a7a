{{ config(meta={'question': 'Which categories sell best?'}) }}

select
    dim_products.category_new,
    sum(order_fact.quantity) as units,
    sum(order_fact.order_value) as revenue
from {{ ref('order_fact') }} as order_fact
inner join {{ ref('dim_products') }} as dim_products on order_fact.product_id = dim_products.product_id
group by dim_products.category_new
order by revenue desc
