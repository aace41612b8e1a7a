{{ config(meta={'question': 'What are total sales and refunds by city and category?'}) }}

select
    dim_customers.city,
    dim_products.category_new,
    sum(order_fact.order_value) as total_sales,
    sum(order_fact.refund_amount) as total_refunded
from {{ ref('order_fact') }} as order_fact
inner join {{ ref('dim_customers') }} as dim_customers on order_fact.customer_id = dim_customers.customer_id
inner join {{ ref('dim_products') }} as dim_products on order_fact.product_id = dim_products.product_id
group by dim_customers.city, dim_products.category_new
