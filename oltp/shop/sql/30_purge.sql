-- Deletes tombstones that were left before an instant (UTC), the oldest first and at most so many, and returns how many it
-- deleted. Those of the last 30 days stay, whoever asks: another copy of these tables may lag behind.
drop function if exists purge_tombstones;

create function purge_tombstones(before_instant datetime(6), most int) returns int
not deterministic modifies sql data sql security definer
begin
    if before_instant is null or most is null then
        return null;
    end if;
    delete from tombstones
    where deleted_at < least(before_instant, utc_timestamp(6) - interval 30 day)
    order by deleted_at
    limit most;
    return row_count();
end;
