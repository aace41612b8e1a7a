-- Text compares as in most shops, without regard to case; foreign keys do not cascade, because a cascade fires no
-- trigger. Rules about values live in dbt, so that bad values can occur and be caught. A blank line ends a statement.
create table if not exists customers (
    customer_id bigint not null auto_increment,
    first_name varchar(100) not null,
    last_name varchar(100) not null,
    email varchar(255),
    phone varchar(50),
    city varchar(100) not null,
    state varchar(100) not null,
    signup_date date not null,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    primary key (customer_id),
    index (tbl_last_dt)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table if not exists products (
    product_id bigint not null auto_increment,
    product_name varchar(255) not null,
    category varchar(100),
    list_price decimal(10, 2) not null,
    cost_price decimal(10, 2) not null,
    is_active boolean not null default true,
    created_at datetime not null,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    primary key (product_id),
    index (tbl_last_dt)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table if not exists orders (
    order_id bigint not null auto_increment,
    customer_id bigint not null,
    order_date date not null,
    status varchar(20) not null,
    order_placed_at datetime(6) not null,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    primary key (order_id),
    index (customer_id),
    index (tbl_last_dt),
    foreign key (customer_id) references customers (customer_id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table if not exists order_items (
    order_item_id bigint not null auto_increment,
    order_id bigint not null,
    product_id bigint not null,
    quantity int not null,
    unit_price decimal(10, 2) not null,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    primary key (order_item_id),
    index (order_id),
    index (product_id),
    index (tbl_last_dt),
    foreign key (order_id) references orders (order_id),
    foreign key (product_id) references products (product_id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table if not exists returns (
    return_id bigint not null auto_increment,
    order_id bigint not null,
    order_item_id bigint,
    reason_code varchar(30),
    refund_amount decimal(12, 2) not null,
    return_date date not null,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    primary key (return_id),
    index (order_id),
    index (order_item_id),
    index (tbl_last_dt),
    foreign key (order_id) references orders (order_id),
    foreign key (order_item_id) references order_items (order_item_id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table if not exists payments (
    payment_id bigint not null auto_increment,
    order_id bigint not null,
    payment_method varchar(30) not null,
    amount decimal(12, 2) not null,
    payment_date date not null,
    tbl_last_dt datetime(6) not null default current_timestamp(6) on update current_timestamp(6),
    primary key (payment_id),
    index (order_id),
    index (tbl_last_dt),
    foreign key (order_id) references orders (order_id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table if not exists tombstones (
    tombstone_id bigint not null auto_increment,
    table_name varchar(64) character set utf8mb4 collate utf8mb4_bin not null,
    `key` json,
    deleted_at datetime(6) not null default current_timestamp(6),
    primary key (tombstone_id),
    index (deleted_at)
) character set utf8mb4 collate utf8mb4_bin;
