-- The audit of a PostgreSQL database: each change of a watched table, written in the same transaction by a trigger.
-- Rows are only ever added; values can be erased, which leaves their digest. The sealer chains the rows afterwards.
create schema if not exists audit;
revoke all on schema audit from public;

create table if not exists audit.changes (
    change_id bigint generated always as identity primary key,
    changed_at timestamptz not null default clock_timestamp(),
    transaction_id bigint not null default pg_current_xact_id()::text::bigint,
    actor text not null,
    account text not null,
    table_name text not null,
    operation text not null,
    key jsonb,
    old_values jsonb,
    new_values jsonb,
    salt bytea,
    digest bytea not null,
    erased_at timestamptz
);
create index if not exists changes_table on audit.changes (table_name, changed_at);
create index if not exists changes_erasure on audit.changes (key) where operation = 'ERASE';

create table if not exists audit.unsealed (
    change_id bigint primary key
);

create table if not exists audit.seals (
    position bigint primary key,
    change_id bigint not null unique,
    head bytea not null,
    sealed_at timestamptz not null default clock_timestamp()
);

-- Salted, so that an erased value cannot be found again by trying likely ones.
create or replace function audit.digest_of(salt bytea, old_values jsonb, new_values jsonb) returns bytea
language sql immutable parallel safe
return sha256(salt || convert_to(coalesce(old_values::text, '') || chr(31) || coalesce(new_values::text, ''), 'UTF8'));

-- Arguments: the table's name, its key columns, the columns whose values are kept out of the audit.
create or replace function audit.record_changes() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
    base_name constant text := tg_argv[0];
    key_columns constant text[] := tg_argv[1];
    hidden constant text[] := tg_argv[2];
    who constant text := coalesce(nullif(current_setting('audit.actor', true), ''), session_user);
begin
    if tg_op = 'INSERT' then
        with recorded as (
            select
                (select jsonb_object_agg(k, to_jsonb(n) -> k) from unnest(key_columns) as k) as key,
                null::jsonb as old_values, to_jsonb(n) - hidden as new_values, uuid_send(gen_random_uuid()) as salt
            from new_rows as n
        ),
        added as (
            insert into audit.changes (actor, account, table_name, operation, key, old_values, new_values, salt, digest)
            select who, session_user, base_name, tg_op, r.key, r.old_values, r.new_values, r.salt,
                audit.digest_of(r.salt, r.old_values, r.new_values)
            from recorded as r
            returning change_id
        )
        insert into audit.unsealed select a.change_id from added as a;
    elsif tg_op = 'DELETE' then
        with recorded as (
            select
                (select jsonb_object_agg(k, to_jsonb(o) -> k) from unnest(key_columns) as k) as key,
                to_jsonb(o) - hidden as old_values, null::jsonb as new_values, uuid_send(gen_random_uuid()) as salt
            from old_rows as o
        ),
        added as (
            insert into audit.changes (actor, account, table_name, operation, key, old_values, new_values, salt, digest)
            select who, session_user, base_name, tg_op, r.key, r.old_values, r.new_values, r.salt,
                audit.digest_of(r.salt, r.old_values, r.new_values)
            from recorded as r
            returning change_id
        )
        insert into audit.unsealed select a.change_id from added as a;
    elsif tg_op = 'UPDATE' then
        with before as (
            select (select jsonb_object_agg(k, to_jsonb(o) -> k) from unnest(key_columns) as k) as key,
                to_jsonb(o) - hidden as kept
            from old_rows as o
        ),
        after as (
            select (select jsonb_object_agg(k, to_jsonb(n) -> k) from unnest(key_columns) as k) as key,
                to_jsonb(n) - hidden as kept
            from new_rows as n
        ),
        recorded as (
            select
                coalesce(b.key, a.key) as key,
                case when a.kept is null then b.kept else (
                    select jsonb_object_agg(e.key, e.value) from jsonb_each(b.kept) as e
                    where a.kept -> e.key is distinct from e.value
                ) end as old_values,
                case when b.kept is null then a.kept else (
                    select jsonb_object_agg(e.key, e.value) from jsonb_each(a.kept) as e
                    where b.kept -> e.key is distinct from e.value
                ) end as new_values,
                uuid_send(gen_random_uuid()) as salt
            from before as b full join after as a on a.key = b.key
            where b.kept is distinct from a.kept
        ),
        added as (
            insert into audit.changes (actor, account, table_name, operation, key, old_values, new_values, salt, digest)
            select who, session_user, base_name, tg_op, r.key, r.old_values, r.new_values, r.salt,
                audit.digest_of(r.salt, r.old_values, r.new_values)
            from recorded as r
            returning change_id
        )
        insert into audit.unsealed select a.change_id from added as a;
    else
        with added as (
            insert into audit.changes (actor, account, table_name, operation, digest)
            values (who, session_user, base_name, tg_op, audit.digest_of(''::bytea, null, null))
            returning change_id
        )
        insert into audit.unsealed select a.change_id from added as a;
    end if;
    return null;
end
$$;

-- Sees to it that the changes of a table are recorded. Its partitions are watched through it.
create or replace function audit.watch(watched regclass, base_name text, key_columns text[], hidden text[] default '{}')
returns void
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    arguments constant text := format('%L, %L, %L', base_name, key_columns, hidden);
begin
    execute format('create or replace trigger audit_insert after insert on %s referencing new table as new_rows
        for each statement execute function audit.record_changes(%s)', watched, arguments);
    execute format('create or replace trigger audit_update after update on %s
        referencing old table as old_rows new table as new_rows
        for each statement execute function audit.record_changes(%s)', watched, arguments);
    execute format('create or replace trigger audit_delete after delete on %s referencing old table as old_rows
        for each statement execute function audit.record_changes(%s)', watched, arguments);
    execute format('create or replace trigger audit_truncate after truncate on %s
        for each statement execute function audit.record_changes(%s)', watched, arguments);
end
$$;

-- A recorded change stays as it is. All that may happen to it: its values are erased.
create or replace function audit.keep_changes() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_table_name = 'changes' and tg_op = 'UPDATE' then
        if to_jsonb(old) - '{old_values,new_values,salt,erased_at}'::text[]
                = to_jsonb(new) - '{old_values,new_values,salt,erased_at}'::text[]
            and new.old_values is null and new.new_values is null and new.salt is null and new.erased_at is not null then
            return new;
        end if;
    end if;
    raise exception 'audit.% only takes new rows', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create or replace trigger keep_changes before update or delete on audit.changes
for each row execute function audit.keep_changes();
create or replace trigger keep_all before truncate on audit.changes
for each statement execute function audit.keep_changes();
create or replace trigger keep_changes before update or delete on audit.seals
for each row execute function audit.keep_changes();
create or replace trigger keep_all before truncate on audit.seals
for each statement execute function audit.keep_changes();

-- For a person's right to erasure: the values of a change go, that and when it was made stays, and so does the chain.
-- The erasure is recorded as a change of its own: without that record, values that are gone count as an edit.
create or replace function audit.erase_values(wanted_id bigint) returns void
language sql set search_path = pg_catalog, pg_temp
as $$
    with erased as (
        update audit.changes set old_values = null, new_values = null, salt = null, erased_at = clock_timestamp()
        where change_id = wanted_id and erased_at is null
        returning change_id
    ),
    added as (
        insert into audit.changes (actor, account, table_name, operation, key, digest)
        select
            coalesce(nullif(current_setting('audit.actor', true), ''), session_user), session_user,
            'audit.changes', 'ERASE', jsonb_build_object('change_id', e.change_id),
            audit.digest_of(''::bytea, null, null)
        from erased as e
        returning change_id
    )
    insert into audit.unsealed select a.change_id from added as a
$$;

revoke all on all functions in schema audit from public;
