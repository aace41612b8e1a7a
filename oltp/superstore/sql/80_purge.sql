-- Deletes tombstones that were left before an instant, the oldest first and at most so many, and returns how many it deleted.
-- Those of the last 30 days stay, whoever asks: another copy of these tables may lag behind.
create or replace function superstore.purge_tombstones(before timestamptz, most integer) returns integer
strict language plpgsql security definer set search_path = superstore, pg_temp
as $$
declare
    purged integer;
begin
    delete from tombstones
    where tombstone_id in (
        select t.tombstone_id from tombstones as t
        where t.deleted_at < least(before, now() - interval '30 days')
        order by t.deleted_at
        limit most
    );
    get diagnostics purged = row_count;
    return purged;
end
$$;
