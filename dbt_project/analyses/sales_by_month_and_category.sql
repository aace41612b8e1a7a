-- How do sales and margin develop by month and category? A margin is a ratio of sums.
select
    dim_date.year,
    dim_date.month,
    dim_product.category,
    sum(fct_sales.sales) as sales,
    sum(fct_sales.profit) / nullif(sum(fct_sales.sales), 0) as margin
from {{ ref('fct_sales') }} as fct_sales
inner join {{ ref('dim_date') }} as dim_date on fct_sales.order_date_key = dim_date.date_key
inner join {{ ref('dim_product') }} as dim_product on fct_sales.product_key = dim_product.product_key
group by dim_date.year, dim_date.month, dim_product.category
order by dim_date.year, dim_date.month, dim_product.category
