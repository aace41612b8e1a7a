-- What extraction needs to know of a change: when a row was last written, and which keys are gone.
create or replace function superstore.stamp_tbl_last_dt() returns trigger
language plpgsql
as $$
begin
    new.tbl_last_dt := clock_timestamp();
    return new;
end
$$;

-- Arguments: the columns of the table's key.
create or replace function superstore.leave_tombstone() returns trigger
language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    base_name text := tg_argv[0];
    old_row jsonb := to_jsonb(old);
begin
    insert into tombstones (table_name, key)
    select base_name, jsonb_object_agg(key_column, old_row -> key_column)
    from unnest(tg_argv[1:]) as key_column;
    return null;
end
$$;

-- One resync mark per table and transaction, however many partitions were emptied; keys of rows that are gone are released.
create or replace function superstore.mark_truncated() returns trigger
language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    base_name text := tg_argv[0];
begin
    if base_name = 'orders' then
        delete from order_keys as k
        where not exists (select from orders as o where o.order_id = k.order_id and o.order_date = k.order_date);
    elsif base_name = 'order_products' then
        delete from order_product_keys as k
        where not exists (
            select from order_products as l
            where l.order_id = k.order_id and l.product_id = k.product_id and l.ship_date = k.ship_date
        );
    elsif base_name = 'returns' then
        delete from return_keys as k
        where not exists (select from returns as r where r.return_id = k.return_id and r.return_date = k.return_date);
    end if;

    insert into tombstones (table_name, key)
    select base_name, null
    where not exists (
        select from tombstones as t
        where t.deleted_at >= now() and t.table_name = base_name and t.key is null
            and t.xmin = pg_current_xact_id()::xid
    );
    return null;
end
$$;

do $$
declare
    -- each table and its key
    declared constant jsonb := '{
        "segments": ["segment_id"],
        "categories": ["category_id"],
        "subcategories": ["subcategory_id"],
        "products": ["product_id"],
        "customers": ["customer_id"],
        "orders": ["order_id"],
        "order_products": ["order_id", "product_id"],
        "returns": ["return_id"]
    }';
    base_name text;
    key_columns jsonb;
    arguments text;
    key_changed text;
begin
    for base_name, key_columns in select d.key, d.value from jsonb_each(declared) as d loop
        select string_agg(quote_literal(c), ', '),
            format('(%s) is distinct from (%s)', string_agg('old.' || c, ', '), string_agg('new.' || c, ', '))
        into arguments, key_changed
        from jsonb_array_elements_text(key_columns) as c;

        execute format(
            'create or replace trigger stamp before insert or update on superstore.%I
             for each row execute function superstore.stamp_tbl_last_dt()', base_name
        );
        execute format(
            'create or replace trigger tombstone_of_deleted after delete on superstore.%I
             for each row execute function superstore.leave_tombstone(%L, %s)', base_name, base_name, arguments
        );
        execute format(
            'create or replace trigger tombstone_of_old_key after update on superstore.%I
             for each row when (%s) execute function superstore.leave_tombstone(%L, %s)',
            base_name, key_changed, base_name, arguments
        );
        execute format(
            'create or replace trigger mark_truncated after truncate on superstore.%I
             for each statement execute function superstore.mark_truncated(%L)', base_name, base_name
        );
    end loop;
end
$$;
