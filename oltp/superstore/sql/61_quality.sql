-- Figures per entity, of rows written at or after `since` (of all rows if NULL). Values out of the ordinary are counted, not refused.
create or replace function superstore.quality_summary(since timestamptz default null)
returns table (entity text, metric text, value bigint)
language plpgsql stable security definer
set search_path = superstore, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
    start_at constant timestamptz := coalesce(since, '-infinity');
begin
    return query
    select 'segments', 'rows', count(*) from segments as s where s.tbl_last_dt >= start_at
    union all
    select 'categories', 'rows', count(*) from categories as c where c.tbl_last_dt >= start_at
    union all
    select 'subcategories', 'rows', count(*) from subcategories as s where s.tbl_last_dt >= start_at;

    return query
    select 'products', v.metric, v.value
    from (
        select count(*) as row_count, count(*) filter (where btrim(p.product_name) = '') as empty_name
        from products as p where p.tbl_last_dt >= start_at
    ) as a
    cross join lateral (values ('rows', a.row_count), ('empty_product_name', a.empty_name)) as v (metric, value);

    return query
    select 'customers', v.metric, v.value
    from (
        select
            count(*) as row_count,
            count(*) - count(c.email) as null_email,
            count(*) - count(c.phone) as null_phone,
            count(*) - count(c.postal_code) as null_postal_code,
            count(*) filter (where btrim(c.customer_name) = '') as empty_name,
            count(*) filter (where c.email not like '%_@_%') as malformed_email
        from customers as c where c.tbl_last_dt >= start_at
    ) as a
    cross join lateral (
        values ('rows', a.row_count), ('null_email', a.null_email), ('null_phone', a.null_phone),
            ('null_postal_code', a.null_postal_code), ('empty_customer_name', a.empty_name),
            ('malformed_email', a.malformed_email)
    ) as v (metric, value);

    return query
    select 'orders', v.metric, v.value
    from (
        select
            count(*) as row_count,
            count(*) filter (where k.order_id is null) as without_lines,
            count(*) filter (where o.order_date > current_date) as in_future
        from orders as o
        left join lateral (
            select l.order_id from order_product_keys as l where l.order_id = o.order_id limit 1
        ) as k on true
        where o.tbl_last_dt >= start_at
    ) as a
    cross join lateral (
        values ('rows', a.row_count), ('without_lines', a.without_lines), ('order_date_in_future', a.in_future)
    ) as v (metric, value);

    return query
    select 'order_products', v.metric, v.value
    from (
        select
            count(*) as row_count,
            count(*) filter (where l.quantity < 0) as negative_quantity,
            count(*) filter (where l.quantity = 0) as zero_quantity,
            count(*) filter (where l.sales < 0) as negative_sales,
            count(*) filter (where l.discount not between 0 and 1) as discount_out_of_range,
            count(*) filter (where l.profit < 0) as negative_profit,
            count(*) filter (where l.profit > l.sales) as profit_above_sales,
            count(*) filter (where l.shipping_cost < 0) as negative_shipping_cost,
            count(*) filter (where l.ship_date < k.order_date) as shipped_before_ordered
        from order_products as l
        left join order_keys as k on k.order_id = l.order_id
        where l.tbl_last_dt >= start_at
    ) as a
    cross join lateral (
        values ('rows', a.row_count), ('negative_quantity', a.negative_quantity), ('zero_quantity', a.zero_quantity),
            ('negative_sales', a.negative_sales), ('discount_out_of_range', a.discount_out_of_range),
            ('negative_profit', a.negative_profit), ('profit_above_sales', a.profit_above_sales),
            ('negative_shipping_cost', a.negative_shipping_cost), ('shipped_before_ordered', a.shipped_before_ordered)
    ) as v (metric, value);

    return query
    select 'returns', v.metric, v.value
    from (
        select
            count(*) as row_count,
            count(*) - count(r.reason) as null_reason,
            count(*) filter (where r.return_status not in ('Pending', 'Approved', 'Rejected', 'Completed')) as unknown_status,
            count(*) filter (where r.return_date < k.order_date) as returned_before_ordered
        from returns as r
        left join order_keys as k on k.order_id = r.order_id
        where r.tbl_last_dt >= start_at
    ) as a
    cross join lateral (
        values ('rows', a.row_count), ('null_reason', a.null_reason), ('unknown_status', a.unknown_status),
            ('returned_before_ordered', a.returned_before_ordered)
    ) as v (metric, value);
end
$$;
