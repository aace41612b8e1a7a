-- Look-ups for people and for the app: one row each, also for an id that does not exist. `missing` names what a valid row
-- must have and this one lacks, `unknown` what may be absent and is.
create or replace function superstore.validate_customer(wanted_id text)
returns table (
    customer_id text,
    customer_exists boolean,
    segment_exists boolean,
    order_count bigint,
    line_count bigint,
    last_order_date date,
    missing text[],
    unknown text[],
    is_valid boolean
)
language sql stable set search_path = superstore, pg_temp
as $$
    with found as (
        select
            wanted_id as customer_id,
            c.customer_id is not null as customer_exists,
            s.segment_id is not null as segment_exists,
            o.order_count,
            o.last_order_date,
            l.line_count,
            case when c.customer_id is null then array['customer'] else array_remove(array[
                case when btrim(c.customer_name) = '' then 'customer_name' end,
                case when btrim(c.country) = '' then 'country' end,
                case when btrim(c.state) = '' then 'state' end,
                case when btrim(c.city) = '' then 'city' end,
                case when btrim(c.market) = '' then 'market' end,
                case when btrim(c.region) = '' then 'region' end,
                case when s.segment_id is null then 'segment' end
            ], null) end as missing,
            case when c.customer_id is null then '{}'::text[] else array_remove(array[
                case when coalesce(btrim(c.email), '') = '' then 'email' end,
                case when coalesce(btrim(c.phone), '') = '' then 'phone' end,
                case when coalesce(btrim(c.postal_code), '') = '' then 'postal_code' end
            ], null) end as unknown
        from (values (wanted_id)) as asked (id)
        left join customers as c on c.customer_id = asked.id
        left join segments as s on s.segment_id = c.segment_id
        cross join lateral (
            select count(*) as order_count, max(orders.order_date) as last_order_date
            from orders where orders.customer_id = asked.id
        ) as o
        cross join lateral (
            select count(*) as line_count
            from orders join order_products on order_products.order_id = orders.order_id
            where orders.customer_id = asked.id
        ) as l
    )
    select
        f.customer_id, f.customer_exists, f.segment_exists, f.order_count, f.line_count, f.last_order_date,
        f.missing, f.unknown, cardinality(f.missing) = 0
    from found as f
$$;

create or replace function superstore.validate_order(wanted_id text)
returns table (
    order_id text,
    order_exists boolean,
    customer_exists boolean,
    line_count bigint,
    lines_without_product bigint,
    sales numeric,
    returned boolean,
    missing text[],
    is_valid boolean
)
language sql stable set search_path = superstore, pg_temp
as $$
    with found as (
        select
            o.row_count,
            o.customer_exists,
            o.priority_given,
            l.line_count,
            l.lines_without_product,
            l.sales,
            exists (select from returns as r where r.order_id = asked.id) as returned
        from (values (wanted_id)) as asked (id)
        cross join lateral (
            select
                count(*) as row_count,
                coalesce(bool_and(c.customer_id is not null), false) as customer_exists,
                coalesce(bool_and(btrim(orders.order_priority) <> ''), false) as priority_given
            from orders left join customers as c on c.customer_id = orders.customer_id
            where orders.order_id = asked.id
        ) as o
        cross join lateral (
            select
                count(*) as line_count,
                count(*) filter (where p.product_id is null) as lines_without_product,
                sum(lines.sales) as sales
            from order_products as lines left join products as p on p.product_id = lines.product_id
            where lines.order_id = asked.id
        ) as l
    ),

    judged as (
        select
            found.*,
            array_remove(array[
                case when row_count = 0 then 'order' end,
                case when row_count > 1 then 'unique order_id' end,
                case when row_count > 0 and not customer_exists then 'customer' end,
                case when row_count > 0 and not priority_given then 'order_priority' end,
                case when line_count = 0 then 'lines' end,
                case when lines_without_product > 0 then 'products' end
            ], null) as missing
        from found
    )
    select
        wanted_id, j.row_count > 0, j.customer_exists, j.line_count, j.lines_without_product, j.sales, j.returned,
        j.missing, cardinality(j.missing) = 0
    from judged as j
$$;

create or replace function superstore.validate_product(wanted_id text)
returns table (
    product_id text,
    product_exists boolean,
    subcategory_exists boolean,
    category_exists boolean,
    line_count bigint,
    missing text[],
    is_valid boolean
)
language sql stable set search_path = superstore, pg_temp
as $$
    with found as (
        select
            p.product_id is not null as product_exists,
            s.subcategory_id is not null as subcategory_exists,
            c.category_id is not null as category_exists,
            (select count(*) from order_products as l where l.product_id = wanted_id) as line_count,
            case when p.product_id is null then array['product'] else array_remove(array[
                case when btrim(p.product_name) = '' then 'product_name' end,
                case when s.subcategory_id is null then 'subcategory' end,
                case when c.category_id is null then 'category' end
            ], null) end as missing
        from (values (wanted_id)) as asked (id)
        left join products as p on p.product_id = asked.id
        left join subcategories as s on s.subcategory_id = p.subcategory_id
        left join categories as c on c.category_id = s.category_id
    )
    select
        wanted_id, f.product_exists, f.subcategory_exists, f.category_exists, f.line_count,
        f.missing, cardinality(f.missing) = 0
    from found as f
$$;

create or replace function superstore.validate_return(wanted_id text)
returns table (
    return_id text,
    return_exists boolean,
    order_exists boolean,
    line_count bigint,
    returns_of_order bigint,
    returned_before_ordered boolean,
    missing text[],
    is_valid boolean
)
language sql stable set search_path = superstore, pg_temp
as $$
    with found as (
        select
            count(*) as row_count,
            min(r.order_id) as order_id,
            coalesce(bool_and(btrim(r.return_status) <> ''), false) as status_given,
            coalesce(bool_and(btrim(r.return_region) <> ''), false) as region_given,
            min(r.return_date) as return_date
        from returns as r
        where r.return_id = wanted_id
    ),

    related as (
        select
            found.*,
            (select min(o.order_date) from orders as o where o.order_id = found.order_id) as order_date,
            (select count(*) from order_products as l where l.order_id = found.order_id) as line_count,
            (select count(*) from returns as r where r.order_id = found.order_id) as returns_of_order
        from found
    ),

    judged as (
        select
            related.*,
            array_remove(array[
                case when row_count = 0 then 'return' end,
                case when row_count > 1 then 'unique return_id' end,
                case when row_count = 1 and returns_of_order > 1 then 'unique order_id' end,
                case when row_count > 0 and order_date is null then 'order' end,
                case when row_count > 0 and line_count = 0 then 'lines' end,
                case when row_count > 0 and not status_given then 'return_status' end,
                case when row_count > 0 and not region_given then 'return_region' end
            ], null) as missing
        from related
    )
    select
        wanted_id, j.row_count > 0, j.order_date is not null, j.line_count, j.returns_of_order,
        coalesce(j.return_date < j.order_date, false), j.missing, cardinality(j.missing) = 0
    from judged as j
$$;
