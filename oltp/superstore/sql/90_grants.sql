-- The associate writes the eight tables, notes what was entered, and nothing else; tombstones and key tables are written by triggers, as their owner.
revoke all on all functions in schema superstore from public;

do $$
begin
    if exists (select from pg_roles where rolname = 'tidemark_extract') then
        grant usage on schema superstore to tidemark_extract;
        grant select on all tables in schema superstore to tidemark_extract;
        alter default privileges in schema superstore grant select on tables to tidemark_extract;
        grant execute on function
            superstore.validate_customer(text),
            superstore.validate_order(text),
            superstore.validate_product(text),
            superstore.validate_return(text),
            superstore.integrity_check(timestamptz),
            superstore.quality_summary(timestamptz),
            superstore.purge_tombstones(timestamptz, integer)
        to tidemark_extract;
    end if;

    if exists (select from pg_roles where rolname = 'superstore_associate') then
        grant usage on schema superstore to superstore_associate;
        grant select, insert, update, delete on
            superstore.segments, superstore.categories, superstore.subcategories, superstore.products,
            superstore.customers, superstore.orders, superstore.order_products, superstore.returns
        to superstore_associate;
        grant select, insert on superstore.entries to superstore_associate;
        grant usage on sequence superstore.entered_order_numbers, superstore.entered_return_numbers
        to superstore_associate;
        grant execute on function
            superstore.validate_customer(text),
            superstore.validate_order(text),
            superstore.validate_product(text),
            superstore.validate_return(text),
            superstore.integrity_check(timestamptz),
            superstore.quality_summary(timestamptz),
            superstore.remove_orphans()
        to superstore_associate;
    end if;
end
$$;
