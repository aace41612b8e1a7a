-- From which discount on do lines lose money?
select
    discount,
    count(*) as order_lines,
    sum(sales) as sales,
    sum(profit) as profit
from {{ ref('fct_sales') }}
group by discount
order by discount
