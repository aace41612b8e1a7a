-- Orphans, missing references, missing critical fields and repeated keys, one row per defect. With `since`, only rows written
-- at or after that instant are examined, found by the index on tbl_last_dt, so the cost grows with the change.
-- Whether a parent exists is asked of the parent's rows, never of the key tables: those may be out of step when rows were
-- written with triggers off. The key tables only say in which partition to look first.
create or replace function superstore.integrity_check(since timestamptz default null)
returns table (check_name text, table_name text, row_key jsonb, problem text)
language plpgsql stable security definer
set search_path = superstore, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
    start_at constant timestamptz := coalesce(since, '-infinity');
begin
    return query
    select 'subcategory_without_category', 'subcategories', jsonb_build_object('subcategory_id', s.subcategory_id),
        format('category %s does not exist', s.category_id)
    from subcategories as s
    where s.tbl_last_dt >= start_at
        and not exists (select from categories as c where c.category_id = s.category_id);

    return query
    select 'product_without_subcategory', 'products', jsonb_build_object('product_id', p.product_id),
        format('subcategory %s does not exist', p.subcategory_id)
    from products as p
    where p.tbl_last_dt >= start_at
        and not exists (select from subcategories as s where s.subcategory_id = p.subcategory_id);

    return query
    select 'customer_without_segment', 'customers', jsonb_build_object('customer_id', c.customer_id),
        format('segment %s does not exist', c.segment_id)
    from customers as c
    where c.tbl_last_dt >= start_at
        and not exists (select from segments as s where s.segment_id = c.segment_id);

    return query
    select 'missing_field', f.base_name, f.key, format('%s is empty', f.field)
    from (
        select 'segments' as base_name, jsonb_build_object('segment_id', s.segment_id) as key, v.field, v.value
        from segments as s
        cross join lateral (values ('segment_id', s.segment_id), ('segment_name', s.segment_name)) as v (field, value)
        where s.tbl_last_dt >= start_at
        union all
        select 'categories', jsonb_build_object('category_id', c.category_id), v.field, v.value
        from categories as c
        cross join lateral (values ('category_id', c.category_id), ('category_name', c.category_name)) as v (field, value)
        where c.tbl_last_dt >= start_at
        union all
        select 'subcategories', jsonb_build_object('subcategory_id', s.subcategory_id), v.field, v.value
        from subcategories as s
        cross join lateral (
            values ('subcategory_id', s.subcategory_id), ('subcategory_name', s.subcategory_name)
        ) as v (field, value)
        where s.tbl_last_dt >= start_at
        union all
        select 'products', jsonb_build_object('product_id', p.product_id), v.field, v.value
        from products as p
        cross join lateral (values ('product_id', p.product_id), ('product_name', p.product_name)) as v (field, value)
        where p.tbl_last_dt >= start_at
        union all
        select 'customers', jsonb_build_object('customer_id', c.customer_id), v.field, v.value
        from customers as c
        cross join lateral (
            values ('customer_id', c.customer_id), ('customer_name', c.customer_name), ('country', c.country),
                ('state', c.state), ('city', c.city), ('market', c.market), ('region', c.region)
        ) as v (field, value)
        where c.tbl_last_dt >= start_at
    ) as f
    where btrim(f.value) = '';

    if exists (select from orders as o where o.tbl_last_dt >= start_at) then
        return query
        select 'order_without_customer', 'orders', jsonb_build_object('order_id', o.order_id),
            format('customer %s does not exist', o.customer_id)
        from orders as o
        where o.tbl_last_dt >= start_at
            and not exists (select from customers as c where c.customer_id = o.customer_id);

        return query
        select 'missing_field', 'orders', jsonb_build_object('order_id', o.order_id), format('%s is empty', v.field)
        from orders as o
        cross join lateral (
            values ('order_id', o.order_id), ('order_priority', o.order_priority)
        ) as v (field, value)
        where o.tbl_last_dt >= start_at and btrim(v.value) = '';

        -- a key on two rows: at most one of them is the one that its key row names
        return query
        select 'repeated_key', 'orders', jsonb_build_object('order_id', o.order_id),
            case when k.order_id is null then 'the key is not held'
                else format('the key is held by the row of %s, not by that of %s', k.order_date, o.order_date)
            end
        from orders as o
        left join order_keys as k on k.order_id = o.order_id
        where o.tbl_last_dt >= start_at and k.order_date is distinct from o.order_date;
    end if;

    if exists (select from order_products as l where l.tbl_last_dt >= start_at) then
        return query
        with suspects as materialized (
            select l.order_id, l.product_id
            from order_products as l
            where l.tbl_last_dt >= start_at
                and not exists (
                    select from order_keys as k
                    join orders as o on o.order_id = k.order_id and o.order_date = k.order_date
                    where k.order_id = l.order_id
                )
        )
        select 'line_without_order', 'order_products',
            jsonb_build_object('order_id', s.order_id, 'product_id', s.product_id),
            format('order %s does not exist', s.order_id)
        from suspects as s
        where not exists (select from orders as o where o.order_id = s.order_id);

        return query
        select 'line_without_product', 'order_products',
            jsonb_build_object('order_id', l.order_id, 'product_id', l.product_id),
            format('product %s does not exist', l.product_id)
        from order_products as l
        where l.tbl_last_dt >= start_at
            and not exists (select from products as p where p.product_id = l.product_id);

        return query
        select 'missing_field', 'order_products',
            jsonb_build_object('order_id', l.order_id, 'product_id', l.product_id), 'ship_mode is empty'
        from order_products as l
        where l.tbl_last_dt >= start_at and btrim(l.ship_mode) = '';

        return query
        select 'repeated_key', 'order_products',
            jsonb_build_object('order_id', l.order_id, 'product_id', l.product_id),
            case when k.order_id is null then 'the key is not held'
                else format('the key is held by the row of %s, not by that of %s', k.ship_date, l.ship_date)
            end
        from order_products as l
        left join order_product_keys as k on k.order_id = l.order_id and k.product_id = l.product_id
        where l.tbl_last_dt >= start_at and k.ship_date is distinct from l.ship_date;
    end if;

    if exists (select from returns as r where r.tbl_last_dt >= start_at) then
        return query
        with suspects as materialized (
            select r.return_id, r.order_id
            from returns as r
            where r.tbl_last_dt >= start_at
                and not exists (
                    select from order_keys as k
                    join orders as o on o.order_id = k.order_id and o.order_date = k.order_date
                    where k.order_id = r.order_id
                )
        )
        select 'return_without_order', 'returns', jsonb_build_object('return_id', s.return_id),
            format('order %s does not exist', s.order_id)
        from suspects as s
        where not exists (select from orders as o where o.order_id = s.order_id);

        return query
        select 'missing_field', 'returns', jsonb_build_object('return_id', r.return_id), format('%s is empty', v.field)
        from returns as r
        cross join lateral (
            values ('return_id', r.return_id), ('return_status', r.return_status), ('return_region', r.return_region)
        ) as v (field, value)
        where r.tbl_last_dt >= start_at and btrim(v.value) = '';

        return query
        select 'repeated_key', 'returns', jsonb_build_object('return_id', r.return_id),
            format('the keys of return %s and order %s are held by another row or by none', r.return_id, r.order_id)
        from returns as r
        where r.tbl_last_dt >= start_at
            and not exists (
                select from return_keys as k
                where k.return_id = r.return_id and k.order_id = r.order_id and k.return_date = r.return_date
            );
    end if;

    if since is null then
        return query
        select 'key_without_row', 'orders', jsonb_build_object('order_id', k.order_id),
            'the key is held, but no row bears it'
        from order_keys as k
        where not exists (select from orders as o where o.order_id = k.order_id)
        union all
        select 'key_without_row', 'order_products',
            jsonb_build_object('order_id', k.order_id, 'product_id', k.product_id), 'the key is held, but no row bears it'
        from order_product_keys as k
        where not exists (
            select from order_products as l where l.order_id = k.order_id and l.product_id = k.product_id
        )
        union all
        select 'key_without_row', 'returns', jsonb_build_object('return_id', k.return_id),
            'the key is held, but no row bears it'
        from return_keys as k
        where not exists (select from returns as r where r.return_id = k.return_id);
    end if;
end
$$;
