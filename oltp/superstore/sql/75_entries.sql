-- What people enter by hand: numbers for new rows, and what was entered by whom. A token is entered once: who sends the
-- same form twice gets the number of the first time.
create sequence if not exists superstore.entered_order_numbers;
create sequence if not exists superstore.entered_return_numbers;

create table if not exists superstore.entries (
    token uuid primary key,
    kind text not null,
    row_id text not null,
    entered_by text not null,
    entered_at timestamptz not null default clock_timestamp()
);
create index if not exists entries_entered_by on superstore.entries (entered_by, entered_at desc);
