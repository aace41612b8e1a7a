-- Keys stay unique across partitions. A row claims its key before it is inserted; a key whose row is no longer at the stored
-- date is stale and is taken over, which is how a row that changes its month (BEFORE UPDATE, then DELETE, then INSERT) stays one row.
-- Two sessions that claim one key wait for each other on the key table's primary key; the second one fails.
create or replace function superstore.keep_order_key() returns trigger
language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    held_date date;
begin
    if tg_op = 'DELETE' then
        delete from order_keys as k
        where k.order_id = old.order_id and k.order_date = old.order_date
            and not exists (select from orders as o where o.order_id = old.order_id and o.order_date = old.order_date);
        return null;
    end if;

    if tg_op = 'UPDATE' then
        update order_keys as k set order_id = new.order_id, order_date = new.order_date
        where k.order_id = old.order_id and k.order_date = old.order_date;
        if found then
            return new;
        end if;
    end if;

    loop
        insert into order_keys (order_id, order_date) values (new.order_id, new.order_date) on conflict do nothing;
        exit when found;

        select k.order_date into held_date from order_keys as k where k.order_id = new.order_id;
        continue when not found;

        perform from orders as o where o.order_id = new.order_id and o.order_date = held_date for key share;
        if found then
            raise unique_violation using
                message = 'duplicate key value violates unique constraint "order_keys_pkey"',
                detail = format('Key (order_id)=(%s) already exists.', new.order_id),
                schema = 'superstore', table = 'orders', constraint = 'order_keys_pkey';
        end if;

        update order_keys as k set order_date = new.order_date
        where k.order_id = new.order_id and k.order_date = held_date;
        exit when found;
    end loop;
    return new;
end
$$;

create or replace function superstore.keep_order_product_key() returns trigger
language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    held_date date;
begin
    if tg_op = 'DELETE' then
        delete from order_product_keys as k
        where k.order_id = old.order_id and k.product_id = old.product_id and k.ship_date = old.ship_date
            and not exists (
                select from order_products as l
                where l.order_id = old.order_id and l.product_id = old.product_id and l.ship_date = old.ship_date
            );
        return null;
    end if;

    if tg_op = 'UPDATE' then
        update order_product_keys as k
        set order_id = new.order_id, product_id = new.product_id, ship_date = new.ship_date
        where k.order_id = old.order_id and k.product_id = old.product_id and k.ship_date = old.ship_date;
        if found then
            return new;
        end if;
    end if;

    loop
        insert into order_product_keys (order_id, product_id, ship_date)
        values (new.order_id, new.product_id, new.ship_date) on conflict do nothing;
        exit when found;

        select k.ship_date into held_date from order_product_keys as k
        where k.order_id = new.order_id and k.product_id = new.product_id;
        continue when not found;

        perform from order_products as l
        where l.order_id = new.order_id and l.product_id = new.product_id and l.ship_date = held_date for key share;
        if found then
            raise unique_violation using
                message = 'duplicate key value violates unique constraint "order_product_keys_pkey"',
                detail = format('Key (order_id, product_id)=(%s, %s) already exists.', new.order_id, new.product_id),
                schema = 'superstore', table = 'order_products', constraint = 'order_product_keys_pkey';
        end if;

        update order_product_keys as k set ship_date = new.ship_date
        where k.order_id = new.order_id and k.product_id = new.product_id and k.ship_date = held_date;
        exit when found;
    end loop;
    return new;
end
$$;

-- An order is returned at most once, so a return claims two keys: its own and its order's.
create or replace function superstore.keep_return_key() returns trigger
language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    held return_keys%rowtype;
begin
    if tg_op = 'DELETE' then
        delete from return_keys as k
        where k.return_id = old.return_id and k.return_date = old.return_date
            and not exists (select from returns as r where r.return_id = old.return_id and r.return_date = old.return_date);
        return null;
    end if;

    if tg_op = 'UPDATE' then
        update return_keys as k
        set return_id = new.return_id, order_id = new.order_id, return_date = new.return_date
        where k.return_id = old.return_id and k.return_date = old.return_date;
        if found then
            return new;
        end if;
    end if;

    loop
        insert into return_keys (return_id, order_id, return_date)
        values (new.return_id, new.order_id, new.return_date) on conflict do nothing;
        exit when found;

        for held in
            select k.* from return_keys as k where k.return_id = new.return_id
            union
            select k.* from return_keys as k where k.order_id = new.order_id
        loop
            perform from returns as r where r.return_id = held.return_id and r.return_date = held.return_date for key share;
            if found and held.return_id = new.return_id then
                raise unique_violation using
                    message = 'duplicate key value violates unique constraint "return_keys_pkey"',
                    detail = format('Key (return_id)=(%s) already exists.', new.return_id),
                    schema = 'superstore', table = 'returns', constraint = 'return_keys_pkey';
            elsif found then
                raise unique_violation using
                    message = 'duplicate key value violates unique constraint "return_keys_order_id_key"',
                    detail = format('Order %s is already returned by %s.', new.order_id, held.return_id),
                    schema = 'superstore', table = 'returns', constraint = 'return_keys_order_id_key';
            end if;
            delete from return_keys as k where k.return_id = held.return_id and k.return_date = held.return_date;
        end loop;
    end loop;
    return new;
end
$$;

create or replace trigger keep_key before insert on superstore.orders
for each row execute function superstore.keep_order_key();
create or replace trigger move_key before update on superstore.orders
for each row when ((old.order_id, old.order_date) is distinct from (new.order_id, new.order_date))
execute function superstore.keep_order_key();
create or replace trigger release_key after delete on superstore.orders
for each row execute function superstore.keep_order_key();

create or replace trigger keep_key before insert on superstore.order_products
for each row execute function superstore.keep_order_product_key();
create or replace trigger move_key before update on superstore.order_products
for each row when (
    (old.order_id, old.product_id, old.ship_date) is distinct from (new.order_id, new.product_id, new.ship_date)
)
execute function superstore.keep_order_product_key();
create or replace trigger release_key after delete on superstore.order_products
for each row execute function superstore.keep_order_product_key();

create or replace trigger keep_key before insert on superstore.returns
for each row execute function superstore.keep_return_key();
create or replace trigger move_key before update on superstore.returns
for each row when (
    (old.return_id, old.order_id, old.return_date) is distinct from (new.return_id, new.order_id, new.return_date)
)
execute function superstore.keep_return_key();
create or replace trigger release_key after delete on superstore.returns
for each row execute function superstore.keep_return_key();

-- Brings the key tables in step with the rows, for who wrote past the triggers. Fails if a key is on two rows.
create or replace function superstore.sync_keys() returns void
language plpgsql set search_path = superstore, pg_temp
as $$
begin
    delete from return_keys as k
    where not exists (
        select from returns as r
        where r.return_id = k.return_id and r.order_id = k.order_id and r.return_date = k.return_date
    );
    insert into return_keys (return_id, order_id, return_date)
    select r.return_id, r.order_id, r.return_date from returns as r
    where not exists (select from return_keys as k where k.return_id = r.return_id and k.return_date = r.return_date);

    delete from order_product_keys as k
    where not exists (
        select from order_products as l
        where l.order_id = k.order_id and l.product_id = k.product_id and l.ship_date = k.ship_date
    );
    insert into order_product_keys (order_id, product_id, ship_date)
    select l.order_id, l.product_id, l.ship_date from order_products as l
    where not exists (
        select from order_product_keys as k
        where k.order_id = l.order_id and k.product_id = l.product_id and k.ship_date = l.ship_date
    );

    update order_keys as k set order_date = o.order_date from orders as o
    where o.order_id = k.order_id and o.order_date <> k.order_date
        and not exists (select from orders as held where held.order_id = k.order_id and held.order_date = k.order_date);
    delete from order_keys as k where not exists (select from orders as o where o.order_id = k.order_id);
    insert into order_keys (order_id, order_date)
    select o.order_id, o.order_date from orders as o
    where not exists (select from order_keys as k where k.order_id = o.order_id and k.order_date = o.order_date);
end
$$;
