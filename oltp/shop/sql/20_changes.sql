-- What extraction needs to know of a change; run for each table, with its name and its key. A blank line ends a statement.
-- MySQL gives the automatic stamp in the session's time zone, whatever that is: here it becomes UTC. Another value that the
-- writer names is kept, as MySQL keeps it. An UPDATE of several rows on which a trigger sets the stamp finds in all but the
-- first of them, on MariaDB, the old one instead of the automatic one: it is never kept.
drop trigger if exists $table_stamp_of_new;

create trigger $table_stamp_of_new before insert on $table for each row
set new.tbl_last_dt = if(new.tbl_last_dt = now(6), utc_timestamp(6), new.tbl_last_dt);

drop trigger if exists $table_stamp_of_changed;

create trigger $table_stamp_of_changed before update on $table for each row
set new.tbl_last_dt = if(new.tbl_last_dt in (now(6), old.tbl_last_dt), utc_timestamp(6), new.tbl_last_dt);

drop trigger if exists $table_tombstone_of_deleted;

create trigger $table_tombstone_of_deleted after delete on $table for each row
insert into tombstones (table_name, `key`, deleted_at)
values ('$table', json_object('$key', old.$key), utc_timestamp(6));

drop trigger if exists $table_tombstone_of_old_key;

create trigger $table_tombstone_of_old_key after update on $table for each row
insert into tombstones (table_name, `key`, deleted_at)
select '$table', json_object('$key', old.$key), utc_timestamp(6) from dual where old.$key <> new.$key;
