-- Constraints are keys, foreign keys and NOT NULL only: rules about values live in dbt, so that bad values can occur and be caught.
create schema if not exists superstore;

create table if not exists superstore.segments (
    segment_id text primary key,
    segment_name text not null,
    tbl_last_dt timestamptz not null default clock_timestamp()
);

create table if not exists superstore.categories (
    category_id text primary key,
    category_name text not null,
    tbl_last_dt timestamptz not null default clock_timestamp()
);

create table if not exists superstore.subcategories (
    subcategory_id text primary key,
    subcategory_name text not null,
    category_id text not null references superstore.categories,
    tbl_last_dt timestamptz not null default clock_timestamp()
);

create table if not exists superstore.products (
    product_id text primary key,
    product_name text not null,
    subcategory_id text not null references superstore.subcategories,
    tbl_last_dt timestamptz not null default clock_timestamp()
);

create table if not exists superstore.customers (
    customer_id text primary key,
    customer_name text not null,
    email text,
    phone text,
    country text not null,
    state text not null,
    city text not null,
    postal_code text,
    market text not null,
    region text not null,
    segment_id text not null references superstore.segments,
    tbl_last_dt timestamptz not null default clock_timestamp()
);

-- A unique index of a partitioned table must hold the partition column, so it cannot keep order_id alone unique, and no
-- foreign key can point at order_id. These plain tables hold each key once, with the date that names the row's partition.
create table if not exists superstore.order_keys (
    order_id text primary key,
    order_date date not null
);

create table if not exists superstore.order_product_keys (
    order_id text not null,
    product_id text not null,
    ship_date date not null,
    primary key (order_id, product_id)
);

create table if not exists superstore.return_keys (
    return_id text primary key,
    order_id text not null unique,
    return_date date not null
);

create table if not exists superstore.orders (
    order_id text not null,
    order_date date not null,
    order_priority text not null,
    customer_id text not null references superstore.customers,
    tbl_last_dt timestamptz not null default clock_timestamp(),
    primary key (order_id, order_date)
) partition by range (order_date);

create table if not exists superstore.order_products (
    order_id text not null references superstore.order_keys,
    product_id text not null references superstore.products,
    quantity integer not null,
    sales numeric(12, 2) not null,
    discount numeric(5, 2) not null,
    profit numeric(12, 2) not null,
    ship_date date not null,
    ship_mode text not null,
    shipping_cost numeric(12, 2) not null,
    tbl_last_dt timestamptz not null default clock_timestamp(),
    primary key (order_id, product_id, ship_date)
) partition by range (ship_date);

create table if not exists superstore.returns (
    return_id text not null,
    order_id text not null references superstore.order_keys,
    return_date date not null,
    return_status text not null,
    return_region text not null,
    reason text,
    tbl_last_dt timestamptz not null default clock_timestamp(),
    primary key (return_id, return_date)
) partition by range (return_date);

create table if not exists superstore.orders_default partition of superstore.orders default;
create table if not exists superstore.order_products_default partition of superstore.order_products default;
create table if not exists superstore.returns_default partition of superstore.returns default;

create table if not exists superstore.tombstones (
    tombstone_id bigint generated always as identity primary key,
    table_name text not null,
    key jsonb,
    deleted_at timestamptz not null default clock_timestamp()
);

comment on table superstore.tombstones is
'Keys of rows that were deleted or whose key was changed. A NULL key is a resync mark: the whole table was emptied or filled past the triggers. A tombstone counts only if its key is absent: a row that changes its month leaves one too.';

-- extraction by cursor
create index if not exists segments_tbl_last_dt on superstore.segments (tbl_last_dt);
create index if not exists categories_tbl_last_dt on superstore.categories (tbl_last_dt);
create index if not exists subcategories_tbl_last_dt on superstore.subcategories (tbl_last_dt);
create index if not exists products_tbl_last_dt on superstore.products (tbl_last_dt);
create index if not exists customers_tbl_last_dt on superstore.customers (tbl_last_dt);
create index if not exists orders_tbl_last_dt on superstore.orders (tbl_last_dt);
create index if not exists order_products_tbl_last_dt on superstore.order_products (tbl_last_dt);
create index if not exists returns_tbl_last_dt on superstore.returns (tbl_last_dt);
create index if not exists tombstones_deleted_at on superstore.tombstones (deleted_at);

-- joins and foreign keys from the far side; order_products by order_id is served by its primary key
create index if not exists products_subcategory_id on superstore.products (subcategory_id);
create index if not exists orders_customer_id on superstore.orders (customer_id);
create index if not exists order_products_product_id on superstore.order_products (product_id);
create index if not exists returns_order_id on superstore.returns (order_id);
