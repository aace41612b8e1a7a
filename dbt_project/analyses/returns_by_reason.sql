-- Why do orders come back, and what were they worth?
select
    dim_return.reason,
    dim_return.return_status,
    count(*) as returned_orders,
    sum(fct_returns.sales) as sales
from {{ ref('fct_returns') }} as fct_returns
inner join {{ ref('dim_return') }} as dim_return on fct_returns.return_key = dim_return.return_key
group by dim_return.reason, dim_return.return_status
order by sales desc
