-- Creates the months from one date to another that are missing, in each partitioned table, and moves rows that waited in the
-- default partition into their month. Such rows keep their tbl_last_dt: nothing in them has changed.
create or replace function superstore.ensure_partitions(first_date date, last_date date) returns integer
language plpgsql set search_path = superstore, pg_temp
as $$
declare
    most_months constant integer := 1200;  -- a mistyped year must not create thousands of tables
    months integer := (extract(year from age(date_trunc('month', last_date), date_trunc('month', first_date))) * 12
        + extract(month from age(date_trunc('month', last_date), date_trunc('month', first_date))))::integer + 1;
    created integer := 0;
    base_name text;
    date_column text;
    month_start date;
begin
    if months > most_months then
        raise invalid_parameter_value using message = format(
            '%s to %s are %s months, more than the %s that ensure_partitions creates at once; narrow the dates',
            first_date, last_date, months, most_months
        );
    end if;
    perform pg_advisory_xact_lock(hashtext('superstore.ensure_partitions'));
    for base_name, date_column, month_start in
        select t.base_name, t.date_column, m.month_start::date
        from (values ('orders', 'order_date'), ('order_products', 'ship_date'), ('returns', 'return_date'))
            as t (base_name, date_column)
        cross join generate_series(
            date_trunc('month', first_date::timestamp), last_date::timestamp, interval '1 month'
        ) as m (month_start)
        where to_regclass(format('superstore.%I', t.base_name || to_char(m.month_start, '_YYYY_MM'))) is null
    loop
        perform create_month(base_name, date_column, month_start);
        created := created + 1;
    end loop;
    return created;
end
$$;

-- Attaching a filled table locks readers of the parent out for less than creating a partition in place would.
create or replace function superstore.create_month(base_name text, date_column text, month_start date) returns void
language plpgsql set search_path = superstore, pg_temp
as $$
declare
    month_name text := base_name || to_char(month_start, '_YYYY_MM');
    default_name text := base_name || '_default';
    next_start date := (month_start + interval '1 month')::date;
    waiting boolean;
begin
    execute format('create table superstore.%I (like superstore.%I including all)', month_name, base_name);
    execute format('select exists (select from superstore.%I where %I >= $1 and %I < $2)', default_name, date_column, date_column)
    into waiting using month_start, next_start;
    if waiting then
        execute format('lock table superstore.%I in access exclusive mode', default_name);
        execute format('alter table superstore.%I disable trigger user', default_name);
        execute format(
            'with moved as (delete from superstore.%I where %I >= $1 and %I < $2 returning *)
             insert into superstore.%I select * from moved', default_name, date_column, date_column, month_name
        ) using month_start, next_start;
        execute format('alter table superstore.%I enable trigger user', default_name);
    end if;
    execute format(
        'alter table superstore.%I attach partition superstore.%I for values from (%L) to (%L)',
        base_name, month_name, month_start, next_start
    );
    execute format(
        'create or replace trigger mark_truncated after truncate on superstore.%I
         for each statement execute function superstore.mark_truncated(%L)', month_name, base_name
    );
end
$$;

create or replace trigger mark_truncated after truncate on superstore.orders_default
for each statement execute function superstore.mark_truncated('orders');
create or replace trigger mark_truncated after truncate on superstore.order_products_default
for each statement execute function superstore.mark_truncated('order_products');
create or replace trigger mark_truncated after truncate on superstore.returns_default
for each statement execute function superstore.mark_truncated('returns');
