-- Removes every row that does not reach its parents, and reports each: lines before orders, orders before customers.
-- A row whose parent is itself removed is removed too. All or nothing: one call is one transaction at least.
create or replace function superstore.remove_orphans()
returns table (table_name text, row_key jsonb, problem text, removed_row jsonb)
language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    lost_products constant text[] := array(
        select p.product_id from products as p
        where not exists (
            select from subcategories as s join categories as c on c.category_id = s.category_id
            where s.subcategory_id = p.subcategory_id
        )
    );
    lost_customers constant text[] := array(
        select c.customer_id from customers as c
        where not exists (select from segments as s where s.segment_id = c.segment_id)
    );
    lost_orders constant text[] := array(
        select o.order_id from orders as o
        where o.customer_id = any(lost_customers)
            or not exists (select from customers as c where c.customer_id = o.customer_id)
    );
begin
    return query
    delete from returns as r
    where r.order_id = any(lost_orders) or not exists (select from orders as o where o.order_id = r.order_id)
    returning 'returns', jsonb_build_object('return_id', r.return_id),
        format('order %s is missing', r.order_id), to_jsonb(r);

    return query
    delete from order_products as l
    where l.order_id = any(lost_orders)
        or l.product_id = any(lost_products)
        or not exists (select from orders as o where o.order_id = l.order_id)
        or not exists (select from products as p where p.product_id = l.product_id)
    returning 'order_products', jsonb_build_object('order_id', l.order_id, 'product_id', l.product_id),
        case when l.product_id = any(lost_products)
            or not exists (select from products as p where p.product_id = l.product_id)
            then format('product %s is missing', l.product_id)
            else format('order %s is missing', l.order_id)
        end,
        to_jsonb(l);

    return query
    delete from orders as o
    where o.order_id = any(lost_orders)
    returning 'orders', jsonb_build_object('order_id', o.order_id),
        format('customer %s is missing', o.customer_id), to_jsonb(o);

    return query
    delete from order_keys as k
    where not exists (select from orders as o where o.order_id = k.order_id)
    returning 'order_keys', jsonb_build_object('order_id', k.order_id), 'no order bears this key'::text, to_jsonb(k);

    return query
    delete from customers as c
    where c.customer_id = any(lost_customers)
    returning 'customers', jsonb_build_object('customer_id', c.customer_id),
        format('segment %s is missing', c.segment_id), to_jsonb(c);

    return query
    delete from products as p
    where p.product_id = any(lost_products)
    returning 'products', jsonb_build_object('product_id', p.product_id),
        format('subcategory %s or its category is missing', p.subcategory_id), to_jsonb(p);

    return query
    delete from subcategories as s
    where not exists (select from categories as c where c.category_id = s.category_id)
    returning 'subcategories', jsonb_build_object('subcategory_id', s.subcategory_id),
        format('category %s is missing', s.category_id), to_jsonb(s);
end
$$;
