-- What the views of the roles stand on. Run as an administrator, as often as you like; `tidemark up` does it on private
-- servers. The databases must exist. tidemark_views is locked: nobody logs in as it, its rights are lent to readers by
-- the views that it owns. It alone reads the masking key; the publishing account may have a view made, and no more.
create table if not exists tidemark_masking.masking_key (
    id tinyint not null primary key,
    inner_key binary(64) not null,
    outer_key binary(64) not null,
    check (id = 1)
);

-- The key is made here, by the server, and never leaves it.
insert ignore into tidemark_masking.masking_key (id, inner_key, outer_key) values (1, random_bytes(64), random_bytes(64));

create table if not exists tidemark_masking.role_views (
    view_schema varchar(64) not null,
    view_name varchar(64) not null,
    signature char(64) not null,
    primary key (view_schema, view_name)
);

create user if not exists tidemark_views@'%' account lock;
grant select on tidemark_masking.masking_key to tidemark_views@'%';
grant select, insert, update on tidemark_masking.role_views to tidemark_views@'%';
grant select on `warehouse`.* to tidemark_views@'%';
grant select on `AnalyticalStream`.* to tidemark_views@'%';
grant create view, drop on `warehouse\_manager`.* to tidemark_views@'%';
grant create view, drop on `warehouse\_executive`.* to tidemark_views@'%';
grant create view, drop on `AnalyticalStream\_manager`.* to tidemark_views@'%';
grant create view, drop on `AnalyticalStream\_executive`.* to tidemark_views@'%';

drop procedure if exists tidemark_masking.make_role_view;

-- The view `role_schema`.`table_name` on the table of that name in `live_schema`. `columns_json` lists its columns:
-- [{"name": "email", "masked": 1}, …]. A masked value is a keyed hash of two rounds (HMAC with two independent keys).
-- The key comes by a join, not by a subquery, which would keep the server from merging the view into a query.
delimiter //
create definer = tidemark_views@'%' procedure tidemark_masking.make_role_view(
    in role_schema varchar(64), in live_schema varchar(64), in table_name varchar(64),
    in columns_json longtext, in signature char(64)
)
sql security definer
begin
    declare select_list longtext;

    if not exists (select 1 from tidemark_masking.masking_key where id = 1) then
        signal sqlstate '45000' set message_text = 'the masking key is missing: run role_views.sql as an administrator';
    end if;

    set session group_concat_max_len = 1000000;
    select group_concat(
        if(
            listed.masked,
            concat(
                'concat(''tk_'', left(sha2(concat(masking.outer_key, unhex(sha2(concat(masking.inner_key, ',
                'convert(live.', listed.quoted, ' using utf8mb4)), 256))), 256), 16)) as ', listed.quoted
            ),
            concat('live.', listed.quoted, ' as ', listed.quoted)
        )
        order by listed.position separator ', '
    ) into select_list
    from (
        select t.position, t.masked, concat('`', replace(t.name, '`', '``'), '`') as quoted
        from json_table(
            columns_json, '$[*]' columns (
                position for ordinality, name varchar(64) path '$.name', masked tinyint path '$.masked'
            )
        ) as t
    ) as listed;

    set @tidemark_statement = concat(
        'create or replace algorithm = merge sql security definer view `', replace(role_schema, '`', '``'), '`.`',
        replace(table_name, '`', '``'), '` as select ', select_list, ' from `', replace(live_schema, '`', '``'), '`.`',
        replace(table_name, '`', '``'), '` as live',
        if(
            select_list like '%masking.inner_key%',
            ' inner join tidemark_masking.masking_key as masking on masking.id = 1', ''
        )
    );
    prepare made from @tidemark_statement;
    execute made;
    deallocate prepare made;
    set @tidemark_statement = null;

    insert into tidemark_masking.role_views (view_schema, view_name, signature)
    values (role_schema, table_name, signature)
    on duplicate key update signature = values(signature);
end//
delimiter ;

grant execute on procedure tidemark_masking.make_role_view to tidemark_publish@'%';
grant execute on procedure tidemark_masking.make_role_view to tidemark_views@'%';
grant select on tidemark_masking.role_views to tidemark_publish@'%';
grant show view, drop on `warehouse\_manager`.* to tidemark_publish@'%';
grant show view, drop on `warehouse\_executive`.* to tidemark_publish@'%';
grant show view, drop on `AnalyticalStream\_manager`.* to tidemark_publish@'%';
grant show view, drop on `AnalyticalStream\_executive`.* to tidemark_publish@'%';
