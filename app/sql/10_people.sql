-- What people own: who may sign in, how, and where they are signed in. In the database `app`, never in the warehouse.
create table if not exists users (
    user_id bigint generated always as identity primary key,
    name text not null check (name = btrim(name) and length(name) between 1 and 64),
    role text not null check (role in ('associate', 'manager', 'executive', 'administrator')),
    password_hash text not null,
    password_changed_at timestamptz not null default clock_timestamp(),
    must_change_password boolean not null default false,
    totp_secret bytea,
    totp_confirmed boolean not null default false,
    totp_last_step bigint not null default 0,
    disabled boolean not null default false,
    created_at timestamptz not null default clock_timestamp()
);
create unique index if not exists users_name on users (lower(name));
alter table users add column if not exists password_given_at timestamptz;
comment on column users.password_given_at is 'Set while the password is one that an administrator chose.';
comment on column users.totp_secret is 'Encrypted with the key of the app, which lies outside the database.';

create table if not exists password_history (
    user_id bigint not null references users on delete cascade,
    password_hash text not null,
    replaced_at timestamptz not null default clock_timestamp()
);
create index if not exists password_history_user on password_history (user_id, replaced_at desc);

create table if not exists recovery_codes (
    user_id bigint not null references users on delete cascade,
    code_hash bytea not null,
    used_at timestamptz,
    primary key (user_id, code_hash)
);

-- Where security questions are switched on: three answers, and the code by which an administrator lets them be asked.
create table if not exists security_answers (
    user_id bigint not null references users on delete cascade,
    position smallint not null check (position between 1 and 3),
    question text not null,
    answer_hash text not null,
    primary key (user_id, position)
);

create table if not exists reset_codes (
    user_id bigint primary key references users on delete cascade,
    code_hash bytea not null,
    given_at timestamptz not null default clock_timestamp(),
    tries integer not null default 0
);

-- `stage` is what the session is good for: the second factor or a new password may still be due.
create table if not exists sessions (
    session_hash bytea primary key,
    user_id bigint not null references users on delete cascade,
    stage text not null,
    created_at timestamptz not null default clock_timestamp(),
    last_seen_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    browser text not null default ''
);
do $$
begin
    if not exists (select from pg_constraint where conname = 'sessions_stage') then
        alter table sessions drop constraint if exists sessions_stage_check;
        alter table sessions add constraint sessions_stage
        check (stage in ('second_factor', 'enrol', 'new_password', 'reset', 'full'));
    end if;
end
$$;
create index if not exists sessions_user on sessions (user_id) where ended_at is null;

-- Failed tries by the hash of what was tried to be opened, so that no name (or password typed for one) is stored.
create table if not exists throttles (
    subject bytea primary key,
    failures integer not null,
    last_try_at timestamptz not null,
    blocked_until timestamptz not null
);

-- What a person had entered when the session ended.
create table if not exists drafts (
    user_id bigint not null references users on delete cascade,
    page text not null,
    entered jsonb not null,
    saved_at timestamptz not null default clock_timestamp(),
    primary key (user_id, page)
);

create table if not exists query_log (
    query_id bigint generated always as identity primary key,
    asked_at timestamptz not null default clock_timestamp(),
    user_name text not null,
    role text not null,
    kind text not null,
    question text,
    sql text,
    rows integer,
    milliseconds integer not null,
    status text not null
);
create index if not exists query_log_asked_at on query_log (asked_at);

-- Every try to sign in. A name that nobody has is not kept: people type passwords there.
create table if not exists sign_ins (
    sign_in_id bigint generated always as identity primary key,
    happened_at timestamptz not null default clock_timestamp(),
    user_name text,
    event text not null,
    browser text not null default ''
);
create index if not exists sign_ins_happened_at on sign_ins (happened_at);

create table if not exists quarantine_seen (
    subject text primary key,
    seen_by text not null,
    seen_at timestamptz not null default clock_timestamp()
);
